#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# size.sh BINARY MAP TSV: prints what each applet and each library weighs in the binary, writes it to TSV as well, and
# fails when the binary is above SIZE_BUDGET bytes.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
binary=$1 map=$2 tsv=$3
budget=${SIZE_BUDGET:-1007616}
total=$(wc -c <"$binary")
mkdir -p "$(dirname "$tsv")"
LC_ALL=C awk -v total="$total" -f "$here/size.awk" "$map" >"$tsv.tmp"
mv "$tsv.tmp" "$tsv"

awk -F'\t' -v budget="$budget" '
	{ sub(/^size\./, "", $1); printf "%9d  %s\n", $2, $1 }
	END { printf "%9d  budget (%d bytes left)\n", budget, budget - $2 }' "$tsv"
if [ "$total" -gt "$budget" ]; then
	echo "size: $binary has $total bytes, $((total - budget)) more than the budget of $budget" >&2
	exit 1
fi
