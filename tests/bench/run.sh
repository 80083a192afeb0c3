#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# run.sh [NAME]...: runs the benchmarks (default: all of them); each prints its figures and writes build/bench/NAME.tsv.
#
# A benchmark is tests/bench/NAME.sh BINARY TSV; a line of its file is name<TAB>value<TAB>unit. Figures that compare are taken in
# one run, in turn, because machines are noisy. Nothing here passes or fails by a time.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 2
tomoyo-box/toolchain/packages.sh build test vm || exit 2
mkdir -p build/bench
[ $# -gt 0 ] || set -- size engine spawn loadpolicy tools kernel boot
failed=0
for name in "$@"; do
	printf '\n== %s\n' "$name"
	case $name in
	size) make --no-print-directory size ;;
	*) "tests/bench/$name.sh" build/tomoyo-box "build/bench/$name.tsv" ;;
	esac || {
		echo "bench: $name failed" >&2
		failed=1
	}
done
exit "$failed"
