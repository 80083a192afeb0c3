#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Gives the offline tools and those of tomoyo-tools 2.6.1 the same random inputs, and compares what they answer; prints TAP.
#
# usage: run.sh [OPTION]...
#   --inputs N       for each tool; default 1000
#   --seed S         a number, or "random"; default 1
#   --first K        the number of the first input; with --inputs 1 just this one
#   --only APPLET    just this tool (tomoyo-sortpolicy ...)
#   --faults N       how many differences of a tool are shown; default 3
#   --questions N    how often the tools are asked at most to make an input that differs small; default 600
#   --box PATH       the tool box; default build/tomoyo-box. "reference": tomoyo-tools once more, to try this test out
#   --print APPLET   only print an input (with --seed and --first)
#   --self-test      instead: is it noticed when a tool answers wrongly?
#
# Inputs that make a difference are kept in build/differential/tools/.
set -euo pipefail
cd "$(dirname "$0")/../../.."
here=tests/differential/tools build=$PWD/build/differential/tools
# shellcheck source=../../../tomoyo-box/toolchain/compilers.sh
. tomoyo-box/toolchain/compilers.sh

box=build/tomoyo-box self_test=0 print=0 options=()
while [ $# -gt 0 ]; do
	case $1 in
	--self-test)
		self_test=1
		shift
		continue
		;;
	--inputs | --seed | --first | --faults | --questions | --only | --box | --print) ;;
	*)
		echo "run.sh: unknown option $1" >&2
		exit 2
		;;
	esac
	[ $# -ge 2 ] || {
		echo "run.sh: $1 lacks its value" >&2
		exit 2
	}
	case $1$2 in
	--box*) box=$2 ;;
	--seedrandom) options+=(--seed "$(date +%s)") ;;
	--print*) print=1 options+=("$1" "$2") ;;
	*) options+=("$1" "$2") ;;
	esac
	shift 2
done

mkdir -p "$build"
program=$build/compare
sources=("$here"/*.cc tests/differential/lines.cc)
if [ ! -e "$program" ] || [ -n "$(find "$here" tests/differential/*.h "${sources[@]}" -newer "$program" -name '*.[ch]*')" ]; then
	"$GXX" -std=c++20 -O1 -Wall -Wextra -I. -o "$program.new" "${sources[@]}"
	mv "$program.new" "$program"
fi
[ $print = 0 ] || exec "$program" "${options[@]}"

reference=$(tests/vm/reference-tools.sh)
# links DIR PROGRAM...: each program is DIR/NAME.
links() {
	local dir=$1 program
	shift
	rm -rf "$dir"
	mkdir -p "$dir"
	for program; do ln -s "$program" "$dir/"; done
}
links "$build/reference" "$reference"/usr/sbin/* "$reference"/usr/lib/tomoyo/*
if [ "$box" = reference ]; then
	links "$build/ours" "$reference"/usr/sbin/* "$reference"/usr/lib/tomoyo/*
else
	links "$build/ours"
	box=$(realpath "$box")
	for path in $("$box" --list-full); do ln -s "$box" "$build/ours/${path##*/}"; done
fi

# The rules that tomoyo-tools come with.
if [ ! -e "$build/reference-policy/tools/patternize.conf" ]; then
	rm -rf "$build/reference-policy"
	LD_LIBRARY_PATH=$reference/usr/lib "$reference/usr/lib/tomoyo/init_policy" policy_dir="$build/reference-policy" >"$build/log" 2>&1
fi

# compare OURS OPTION...: in a place of its own: files in memory, and one that is taken for the kernel's interface.
compare() {
	local ours=$1 own=(--mount)
	shift
	[ "$(id -u)" = 0 ] || own+=(--map-root-user)
	# shellcheck disable=SC2016 # the inner shell's variables
	unshare "${own[@]}" sh -ec '
		mount -t tmpfs none /mnt
		mount -t tmpfs none /sys/kernel
		mkdir -p /mnt/work /sys/kernel/security/tomoyo
		cp "$1" /mnt/default-rules
		cd /mnt/work
		shift
		LD_LIBRARY_PATH=$1/usr/lib
		export LD_LIBRARY_PATH
		shift
		exec "$@"' sh "$build/reference-policy/tools/patternize.conf" "$reference" \
		"$program" --reference "$build/reference" --ours "$ours" --exceptions "$PWD/$here/exceptions" --keep "$build" "$@"
}

if [ $self_test = 0 ]; then
	find "$build" -mindepth 1 -maxdepth 1 -type d -name '*-*-*' -exec rm -rf {} +
	compare "$build/ours" "${options[@]}"
	exit
fi

# Each of these spoils the answers of tomoyo-tools; if it is not noticed everywhere, this test is worth nothing.
# shellcheck disable=SC2016 # awk's variables
mutations=(
	'two lines change places'
	'awk "{ line[NR] = \$0 } END {
		for (i = 2; i <= NR && line[i] == line[i - 1]; i++);
		if (i <= NR) { t = line[i]; line[i] = line[i - 1]; line[i - 1] = t }
		for (i = 1; i <= NR; i++) print line[i] }"'
	'the last line is lost' 'sed \$d'
	'the first line is printed twice' 'sed 1p'
	'another exit status' 'cat && status=3'
)
tools=(tomoyo-{sort,select,diff}policy tomoyo-{patternize,checkpolicy,findtemp,domainmatch} convert-{audit-log,exec-param})
echo "1..$((${#mutations[@]} / 2))"
for ((i = 0; i < ${#mutations[@]}; i += 2)); do
	rm -rf "$build/wrong"
	mkdir -p "$build/wrong"
	for tool in "${tools[@]}"; do
		# shellcheck disable=SC2016 # the wrapper's variables
		printf '#!/bin/sh\n%s "$@" >answer\nstatus=$?\n<answer %s\nexit $status\n' "$build/reference/$tool" \
			"${mutations[i + 1]}" >"$build/wrong/$tool"
		chmod 755 "$build/wrong/$tool"
	done
	compare "$build/wrong" --inputs 40 --faults 1 --questions 0 --keep "$build/self-test" >"$build/self-test.tap" || :
	unnoticed=$(grep '^ok ' "$build/self-test.tap" || :)
	noticed=$(grep -c '^not ok .*differences' "$build/self-test.tap" || :)
	if [ -z "$unnoticed" ] && [ "$noticed" = ${#tools[@]} ]; then
		echo "ok $((i / 2 + 1)) - noticed in each of $noticed tools: ${mutations[i]}"
	else
		echo "not ok $((i / 2 + 1)) - not noticed: ${mutations[i]}"
		printf '%s\n' "${unnoticed:-only $noticed tools were compared}" | sed 's/^/# /'
	fi
done
