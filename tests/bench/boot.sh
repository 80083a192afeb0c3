#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# boot.sh BINARY TSV [KERNEL]...: what it takes to load a policy at boot, in instructions. Writes lines
# "name<TAB>value<TAB>unit" to TSV and prints a table.
#
# Each kernel (default: box-6.12 and debian-6.12) boots with 3 and with 70,000 lines of domain policy, each with our tomoyo-init
# and with that of tomoyo-tools. The machine's clock counts instructions, and the kernel says when it calls its loader and when
# its policy is active: the figure is what is between.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
vm=$here/../vm
binary=$1 tsv=$2
shift 2
[ $# -gt 0 ] || set -- box-6.12 debian-6.12
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$(dirname "$tsv")"
initrd=$("$vm/initramfs.sh" --box "$binary")

lines() { # DOMAINS
	awk -v domains="$1" 'BEGIN {
		print "<kernel>\nuse_profile 0\n"
		for (d = 0; d < domains; d++) {
			printf "<kernel> /usr/sbin/daemon%d\nuse_profile 1\nuse_group 0\n\n", d
			for (i = 0; i < 136; i++)
				printf "file read/write/append /var/lib/daemon%d/some/where/file%d.dat\n", d, i
			print ""
		}
	}'
}

# overlay NAME DOMAINS LOADER: the files of a machine.
overlay() {
	mkdir -p "$work/$1/sbin"
	lines "$2" >"$work/lines"
	"$vm/policy.sh" "$work/$1" --domain "$work/lines"
	ln -s "$3" "$work/$1/sbin/tomoyo-init"
	printf '#!/bin/sh\ndmesg >/out/dmesg\n' >"$work/$1/vmrun"
	chmod 755 "$work/$1/vmrun"
}

# The clock stands still for nobody here: a second is 1,000,000,000 instructions.
between() { # DMESG
	awk -F '[][]' '/Calling .*tomoyo-init to load policy/ { from = $2 }
		/Mandatory Access Control activated/ { to = $2 }
		END { if (!from || !to) exit 1; printf "%d\n", (to - from) * 1000000 }' "$1"
}

for kernel; do
	for loader in ours tomoyo-tools; do
		program=/usr/sbin/tomoyo-box
		[ "$loader" = ours ] || program=/opt/tomoyo-tools/sbin/tomoyo-init
		for domains in 0 500; do
			name=$kernel-$loader-$domains
			overlay "$name" "$domains" "$program"
			"$vm/run.sh" --kernel "$kernel" --initrd "$initrd" --overlay "$work/$name" --run /vmrun --icount \
				--append "mitigations=off nokaslr" --timeout 900 --silence 900 --console-log "$work/console" --out "$work/$name/out"
			printf 'boot.%s.%s.%s\t%s\tthousand instructions\n' "$kernel" "$loader" "$domains" "$(between "$work/$name/out/dmesg")"
		done
	done
done >"$tsv.tmp"
awk -F '[.\t]' '
	BEGIN { printf "%-12s %-14s %14s %14s   thousand instructions\n", "kernel", "tomoyo-init of", "3 lines", "70,000 lines" }
	$5 == 0 { few = $6 }
	$5 == 500 { printf "%-12s %-14s %14d %14d\n", $2 "." $3, $4, few, $6 }' "$tsv.tmp"
mv "$tsv.tmp" "$tsv"
