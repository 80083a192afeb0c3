#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# compare.sh A B WORK [EXCEPTIONS]: compares the results of two guests; prints TAP, a test for each kind of result and
# one for each exception, which must not be there in vain.
#
# A and B are what guests have left in /out; WORK gets the normalised results and their differences.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck disable=SC2034 # a and b are read by their names
a=$1 b=$2 work=$3 exceptions=${4:-/dev/null}
kinds=(outcomes audit domain_policy exception_policy profile manager stat)

count=0
# test_line STATUS NAME [FILE]: one TAP line, with the file's first lines as the reason of a failure.
test_line() {
	count=$((count + 1))
	if [ "$1" = 0 ]; then
		echo "ok $count - $2"
	else
		echo "not ok $count - $2"
		head -n 60 "$3" | cut -c 1-600 | sed 's/^/# /'
	fi
}

rm -rf "$work"
mkdir -p "$work/a" "$work/b"
: >"$work/used"
echo "1..$((${#kinds[@]} + $(grep -c '^D-' "$exceptions" || :)))"
for kind in "${kinds[@]}"; do
	for side in a b; do
		awk -v KIND="$kind" -f "$here/normalise.awk" "${!side}/$kind" |
			sed -E -f "$here/normalise.sed" >"$work/$side/$kind"
	done
	diff -U 0 "$work/a/$kind" "$work/b/$kind" >"$work/$kind.diff" || :
	awk -v kind="$kind" -v used="$work/used" -v exceptions="$exceptions" '
	BEGIN {
		for (row = 1; (getline <exceptions) > 0; row++)
			if (/^D-/ && $2 == kind) {
				number[++n] = row
				pattern[n] = $0
				sub(/^[^ ]+ +[^ ]+ +/, "", pattern[n])
			}
	}
	/^(---|\+\+\+|@@)/ { next }
	{
		known = 0
		for (i = 1; i <= n; i++)
			if ($0 ~ pattern[i]) {
				known = 1
				print number[i] >>used
			}
		if (!known)
			print
	}' "$work/$kind.diff" >"$work/$kind.unexpected"
	status=0
	[ ! -s "$work/$kind.unexpected" ] || status=1
	# A result that is empty on both sides proves nothing.
	[ -s "$work/a/$kind" ] || { status=1 && echo "nothing to compare" >"$work/$kind.unexpected"; }
	test_line $status "$kind: $(wc -l <"$work/a/$kind") lines" "$work/$kind.unexpected"
done
number=0
while IFS= read -r line; do
	number=$((number + 1))
	[[ $line == D-* ]] || continue
	status=0
	grep -qx $number "$work/used" || status=1
	test_line $status "an exception is needed: $line" <(echo "it matches no difference any more")
done <"$exceptions"
