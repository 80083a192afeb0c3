#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# clang-format.sh [--fix]: is the source laid out as .clang-format and lsm/.clang-format say? --fix makes it so.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 2
# shellcheck source=files.sh
. tests/lint/files.sh
# shellcheck source=../../tomoyo-box/toolchain/compilers.sh
. tomoyo-box/toolchain/compilers.sh

# C is the kernel's language here, so it follows the kernel's style wherever it lies.
c=$(files '*.c' 'lsm/*.h')
cxx=$(files '*.cc' '*.h' ':!lsm/*')
if [ "${1-}" = --fix ]; then
	echo "$c" | xargs -r "$CLANG_FORMAT" --style=file:lsm/.clang-format -i
	echo "$cxx" | xargs -r "$CLANG_FORMAT" -i
	exit
fi
verdict 'clang-format (make format mends it)' "$(
	{
		echo "$c" | xargs -r "$CLANG_FORMAT" --style=file:lsm/.clang-format --dry-run -Werror
		echo "$cxx" | xargs -r "$CLANG_FORMAT" --dry-run -Werror
	} 2>&1 | grep -E '^[^ ]+: ?(error|[0-9]+:)|No such|[Ii]nvalid' | awk -F: '!seen[$1]++'
)"
