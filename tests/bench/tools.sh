#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# tools.sh BINARY TSV [POLICY]...: what the offline tools take for large policies, beside tomoyo-tools: processor time, the best of
# three runs in turn, and the most memory at once. Writes lines "name<TAB>value<TAB>unit" to TSV and prints them.
#
#   many_domains   1,000 domains of 71 lines each
#   few_domains    10 domains of 7,000 entries each
#   huge           100,000 domains of 2 entries each; sort and diff of tomoyo-tools, which take a minute or two, run once
#
# ".ratio" is how many times longer tomoyo-tools take; ".memory_ratio" is our memory in sizes of the input.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=../../tomoyo-box/toolchain/compilers.sh
. "$here/../../tomoyo-box/toolchain/compilers.sh"
binary=$(realpath "$1") tsv=$2
shift 2
[ $# -gt 0 ] || set -- many_domains few_domains huge
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$(dirname "$tsv")"
: >"$tsv.tmp"
reference=$("$here/../vm/reference-tools.sh")
export LD_LIBRARY_PATH=$reference/usr/lib
"$GCC" -O2 -static -o "$work/measure" "$here/measure.c"
LD_LIBRARY_PATH=$reference/usr/lib "$reference/usr/lib/tomoyo/init_policy" policy_dir="$work/default" >"$work/log" 2>&1
mkdir "$work/ours"
for path in $("$binary" --list-full); do ln -s "$binary" "$work/ours/${path##*/}"; done

make_policy() { awk -f "$here/../vm/suite/data/make-policy.awk" -v domains="$1" -v lines="$2" -v distinct=1; }
make_policy 1000 66 >"$work/many_domains"
make_policy 10 7000 >"$work/few_domains"
make_policy 100000 2 >"$work/huge"
# A day later: some domains are gone, some are new, some lines are others.
for policy in many_domains few_domains huge; do
	awk 'NR % 47 == 0 && !/^(<|use_|$)/ { sub(/[a-z]*$/, "&x") } NR % 331 == 0 && /^</ { $0 = $0 "/new" }
		NR % 53 || /^(<|use_|$)/' "$work/$policy" >"$work/$policy.new"
done

# compare NAME POLICY RUNS APPLET [ARGUMENT]...: ours three times, tomoyo-tools RUNS times.
compare() {
	local name=tools.$1.$2 policy=$work/$2 runs=$3 tool=tomoyo-$4 run size
	shift 4
	rm -f "$work"/{ours,reference}.figures
	for run in 1 2 3; do
		"$work/measure" "$policy" "$work/ours.out" "$work/ours/$tool" "$@" >>"$work/ours.figures"
		[ "$run" -gt "$runs" ] ||
			"$work/measure" "$policy" "$work/reference.out" "$reference/usr/sbin/$tool" "$@" >>"$work/reference.figures"
	done
	# Figures of different work would say nothing; reports have words of their own.
	if [ "$tool" != tomoyo-checkpolicy ] && ! cmp "$work/ours.out" "$work/reference.out" >&2; then
		echo "tools.sh: $name: the answers differ" >&2
		exit 1
	fi
	size=$(stat -c %s "$policy")
	[[ $tool != tomoyo-diffpolicy ]] || size=$((size + $(stat -c %s "$policy.new")))
	awk -v name="$name" -v size="$size" -v OFS='\t' '
		{
			which = FILENAME ~ /ours/
			if (!(which in time) || $1 < time[which]) time[which] = $1
			if (!(which in memory) || $2 < memory[which]) memory[which] = $2
		}
		END {
			print name, sprintf("%.4f", time[1]), "s"
			print name ".reference", sprintf("%.4f", time[0]), "s"
			print name ".ratio", sprintf("%.1f", time[0] / (time[1] ? time[1] : 0.000001)), "x"
			print name ".memory", memory[1], "kB"
			print name ".memory.reference", memory[0], "kB"
			print name ".memory_ratio", sprintf("%.2f", memory[1] * 1024 / size), "x"
		}' "$work/ours.figures" "$work/reference.figures" | tee -a "$tsv.tmp"
}

for policy; do
	runs=3
	[ "$policy" != huge ] || runs=1
	compare sort "$policy" $runs sortpolicy
	compare diff "$policy" $runs diffpolicy "$work/$policy" "$work/$policy.new"
	runs=3
	compare patternize "$policy" $runs patternize "$work/default/tools/patternize.conf"
	compare findtemp "$policy" $runs findtemp
	compare select "$policy" $runs selectpolicy -r '<kernel> /usr/sbin/httpd-1'
	compare check "$policy" $runs checkpolicy d
done
mv "$tsv.tmp" "$tsv"
