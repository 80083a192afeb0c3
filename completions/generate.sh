#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# generate.sh BINARY FOLDER: writes the completions for bash, zsh and fish into FOLDER, from what BINARY says of its options.
#
# `make completions` calls it with this folder; a host test compares what is committed with what it would write.
set -euo pipefail
binary=$1 folder=$2
here=$(cd "$(dirname "$0")" && pwd)
options=$(mktemp)
trap 'rm -f "$options"' EXIT
export LC_ALL=C
unset TOMOYO_BOX_COMPAT
"$binary" --dump-options >"$options"
links=$("$binary" --list-full | sed "s|.*/||" | tr "\n" " ")
# What patternize's --pack takes is a table of its own.
packs=$("$binary" patternize --list-packs | sed -nE 's/^# ([a-z]+): .*/\1/p' | tr '\n' ' ')
for file in tomoyo-box.bash _tomoyo-box tomoyo-box.fish; do
	awk -v links="${links% }" -v packs="${packs}all" -v template="$here/$file.in" -f "$here/generate.awk" "$options" >"$folder/$file.new"
	mv "$folder/$file.new" "$folder/$file"
done
