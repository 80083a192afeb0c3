#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# spawn.sh BINARY TSV [COUNT]: how long it takes to start tomoyo-box and to have it end, beside BusyBox' true, both
# static, started in turn on this machine. Writes lines "name<TAB>value<TAB>unit" to TSV and prints them.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=../../tomoyo-box/toolchain/compilers.sh
. "$here/../../tomoyo-box/toolchain/compilers.sh"
binary=$(realpath "$1") tsv=$2 count=${3:-1000}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$(dirname "$tsv")"
busybox=$(type -P busybox)
ln -s "$busybox" "$work/true"
# An applet that has nothing to do, and the same for us: no option is its cheapest call.
ln -s "$binary" "$work/tomoyo-box"
"$GCC" -O2 -o "$work/spawn" "$here/spawn.c"
"$work/spawn" "$count" "$work/tomoyo-box --version" "$work/true" >"$work/out"
awk -v OFS='\t' '
	{ median[NR] = $1 }
	END {
		print "spawn.tomoyo-box", median[1], "ns"
		print "spawn.busybox_true", median[2], "ns"
		print "spawn.ratio", sprintf("%.2f", median[1] / median[2]), "x"
	}' "$work/out" | tee "$tsv.tmp"
mv "$tsv.tmp" "$tsv"
