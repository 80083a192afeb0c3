#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# clang-tidy.sh: what does static analysis find in the C and C++ sources?
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 2
# shellcheck source=files.sh
. tests/lint/files.sh
# shellcheck source=../../tomoyo-box/toolchain/compilers.sh
. tomoyo-box/toolchain/compilers.sh

# A file is looked at again only when it, a header it includes, or the rules changed: a stamp named by the hash of all
# these says that it was found clean.
stamps=build/lint/tidy
mkdir -p "$stamps"
make build/gen/applets.inc build/gen/cli11/made >/dev/null 2>&1
flags=$(make -s print-flags)
headers=$(files 'tomoyo-box/*.h' 'applets/*.h' 'lsm/engine/*.h' 'tests/*.h')
rules=$(cat .clang-tidy; echo "$flags"; "$CLANG_TIDY" --version)

# The build noted which headers a file includes; without such a note it is all of them.
inputs() {
	local note
	for note in build/obj/*/"$1".d; do
		if [ -e "$note" ] && [ "$note" -nt "$1" ]; then
			sed 's/[ \\]/\n/g' "$note" | grep -E '^(tomoyo-box|applets|lsm|tests|build/gen)/.*[a-z]$' | sort -u
			return
		fi
	done
	echo "$headers"
}

tidy_one() {
	local file=$1 stamp=$2 std=-std=c++20 log
	case $file in *.c) std=-std=gnu11 ;; esac
	# shellcheck disable=SC2086 # a list of flags
	log=$("$CLANG_TIDY" --quiet "$file" -- $std $flags 2>&1) && {
		: >"$stamp"
		return
	}
	echo "$log" | grep -vE '^[0-9]+ warnings? (generated|treated)|^Suppressed|^Use -header-filter'
}
export -f tidy_one
export flags CLANG_TIDY

complaints=$(
	files 'lsm/engine/*.c' 'tomoyo-box/*.cc' 'applets/*.cc' 'tests/unit/*.c' 'tests/unit/*.cc' 'tests/fuzz/*.cc' 'tests/model/*.c' 'tests/model/*.cc' |
		while IFS= read -r file; do
			# shellcheck disable=SC2046 # a list of files
			key=$({
				echo "$rules"
				cat "$file" $(inputs "$file") 2>/dev/null
			} | sha256sum | cut -c1-24)
			stamp=$stamps/${file//\//_}.$key
			[ -e "$stamp" ] || echo "$file $stamp"
		done | xargs -r -P "$(nproc)" -L 1 bash -c 'tidy_one "$@"' -
)
verdict clang-tidy "$complaints"
