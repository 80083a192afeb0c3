# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# files.sh: which files are ours, and how a lint script reports; to be sourced by bash with the project's top as
# working directory.

# files PATHSPEC...: the files of the project, in the index or not yet, one a line.
files() {
	if git rev-parse --git-dir >/dev/null 2>&1; then
		git -c safe.directory='*' ls-files -co --exclude-standard -- "$@" | sort -u | while IFS= read -r file; do
			# The index may still name what is already deleted.
			[ ! -f "$file" ] || echo "$file"
		done
	else
		# An unpacked archive has no index: the same patterns, as far as the shell knows them.
		find . -name .git -prune -o -path ./build -prune -o -type f -printf '%P\n' | sort |
			while IFS= read -r file; do
				for pattern in "$@"; do
					# shellcheck disable=SC2254 # a pattern
					case $file in $pattern) echo "$file" ;; *) [ "$pattern" != . ] || echo "$file" ;; esac
				done
			done
	fi
}

# verdict NAME OUTPUT: one TAP result; any output is a complaint.
verdict() {
	echo "1..1"
	if [ -z "$2" ]; then
		echo "ok 1 - $1"
	else
		echo "not ok 1 - $1"
		printf '%s\n' "$2" | head -n 60 | sed 's/^/# /'
		exit 1
	fi
}
