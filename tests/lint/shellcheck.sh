#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Are the shell scripts free of the mistakes shellcheck knows?
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 2
# shellcheck source=files.sh
. tests/lint/files.sh

list=$(
	files '*.sh' '*.bash' '*.bats'
	files ':!*.*' .ci/run | while IFS= read -r file; do
		head -n 1 "$file" | grep -qaE '^#!.*[/ ](ba|da)?sh( |$)' && echo "$file"
	done
)
verdict shellcheck "$(echo "$list" | sort -u | xargs -r -n 8 -P "$(nproc)" shellcheck -f gcc 2>&1)"
