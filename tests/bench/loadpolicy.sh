#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# loadpolicy.sh BINARY TSV [KERNEL]: what loading a domain policy of 70,000 lines takes, of ours and of tomoyo-tools,
# with many domains and with few. Writes lines "name<TAB>value<TAB>unit" to TSV and prints them.
#
# Runs in virtual machines whose clock counts instructions, a nanosecond each: a busy host does not show in the
# figures. The share of user time is what the tool itself adds to the kernel's work.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
vm=$here/../vm
binary=$1 tsv=$2 kernel=${3:-debian-6.12}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
initrd=$("$vm/initramfs.sh" --box "$binary")
mkdir -p "$(dirname "$tsv")"
: >"$tsv.tmp"

# measure NAME TOOL DOMAINS LINES: one machine for each, so that none finds what another has left.
measure()
{
	local overlay=$work/$1
	mkdir -p "$overlay/out"
	"$vm/policy.sh" "$overlay"
	cat >"$overlay/vmrun" <<-END
		#!/bin/sh
		# In memory, so that nothing but the policy is read from disk.
		awk -f /suite/data/make-policy.awk -v domains=$3 -v lines=$4 >/tmp/policy
		# BusyBox may print the memory in quarters of a kB: a program of known size tells.
		busybox time -v dd if=/dev/zero of=/dev/null bs=16M count=1 2>/out/known
		busybox time -v $2 -d </tmp/policy 2>/out/single
		# Times are counted in ticks of 4 ms; loading the same again costs the same.
		busybox time -v sh -c 'for i in 1 2 3 4 5; do $2 -d </tmp/policy; done' 2>/out/measured
	END
	chmod 755 "$overlay/vmrun"
	"$vm/run.sh" --kernel "$kernel" --initrd "$initrd" --overlay "$overlay" --run /vmrun --icount --timeout 600 --silence 600 \
		--console-log "$work/$1.console" --out "$work/$1.out"
	awk -v name="loadpolicy.$1" -v OFS='\t' '
		FILENAME ~ /measured/ && /User time/ { user = $NF / 5 }
		FILENAME ~ /measured/ && /System time/ { kernel = $NF / 5 }
		FILENAME ~ /known/ && /Maximum resident/ { known = $NF }
		FILENAME ~ /single/ && /Maximum resident/ { memory = $NF }
		END {
			print name ".user", user, "s"
			print name ".kernel", kernel, "s"
			print name ".outside_kernel", sprintf("%.1f", 100 * user / (user + kernel)), "%"
			print name ".memory", memory / int(known / 16384 + 0.5), "kB"
		}' "$work/$1.out/known" "$work/$1.out/single" "$work/$1.out/measured" | tee -a "$tsv.tmp"
}

reference=/opt/tomoyo-tools/sbin/tomoyo-loadpolicy
measure many_domains /usr/sbin/tomoyo-loadpolicy 500 140
measure many_domains.reference $reference 500 140
measure few_domains /usr/sbin/tomoyo-loadpolicy 10 7000
measure few_domains.reference $reference 10 7000
mv "$tsv.tmp" "$tsv"
