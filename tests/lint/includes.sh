#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# includes.sh: do our sources stay away from the headers that would cost every user 100 KB?
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 2
# shellcheck source=files.sh
. tests/lint/files.sh

# <iostream> brings the locale machinery, <regex> all of itself; CLI11 is wanted in one file only, it takes 6 s to compile.
verdict 'costly headers' "$(
	list=$(files 'tomoyo-box/*.cc' 'tomoyo-box/*.h' 'applets/*.cc')
	echo "$list" | xargs -r grep -nE '^ *# *include *<(regex|iostream)>'
	echo "$list" | grep -v '^tomoyo-box/cli/command.cc$' | xargs -r grep -nE '^ *# *include *<CLI/'
	echo "$list" | grep -v '^tomoyo-box/base/fmt.cc$' | xargs -r grep -nE 'format-inl\.h|FMT_HEADER_ONLY'
)"
