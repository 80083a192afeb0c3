#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# kernel.sh BINARY TSV [KERNEL]...: what our checks and mainline's add to system calls, in instructions. Writes lines
# "name<TAB>value<TAB>unit" to TSV and prints a table.
#
# Each kernel (default: box-6.12, and debian-6.12 for mainline) boots without any LSM; with a policy that is loaded, but
# disabled; and with one that enforces, where what is asked for stands behind 0 and behind 20,000 other entries. Figures are
# what comes on top of the same kernel without an LSM. The machine's clock counts instructions, so a busy host does not show;
# but an execution's figure varies by a thousand from boot to boot, with where the memory it gets happens to lie.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=../../tomoyo-box/toolchain/compilers.sh
. "$here/../../tomoyo-box/toolchain/compilers.sh"
vm=$here/../vm
binary=$1 tsv=$2
shift 2
[ $# -gt 0 ] || set -- box-6.12 debian-6.12
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$(dirname "$tsv")" "$work/overlay/bin"
initrd=$("$vm/initramfs.sh" --box "$binary")
"$vm/policy.sh" "$work/overlay"
"$GCC" -O2 -Wall -Wextra -static -o "$work/overlay/bin/cost" "$here/cost.c"
cat >"$work/overlay/vmrun" <<'END'
#!/bin/bash
# The kernel's command line says which mode and how many entries.
for word in $(</proc/cmdline); do
    case $word in cost_*=*) declare "$word" ;; esac
done
set -e
ip link set lo up
mkdir -p /tmp/bench
cp /bin/cost /tmp/bench/exit
: >/tmp/bench/f0
cd /sys/kernel/security/tomoyo 2>/dev/null && {
    echo "9-CONFIG={ mode=$cost_mode grant_log=no reject_log=no }" >profile
    echo 'initialize_domain /bin/cost from any' >exception_policy
    {
        printf '<kernel> /bin/cost /tmp/bench/exit\nuse_profile 9\n<kernel> /bin/cost\nuse_profile 9\n'
        awk -v n="$cost_entries" 'BEGIN {
            for (i = 0; i < n; i++) print "file read/write/getattr /srv/www/data-" i
        }'
        cat <<-'POLICY'
			misc env \*
			file read/write/getattr/truncate /tmp/bench/f0
			file ioctl /tmp/bench/f0 0x541B
			file chmod /tmp/bench/f0 0600
			file create /tmp/bench/new 0600
			file write/unlink /tmp/bench/new
			file mkdir /tmp/bench/dir/ 0700
			file rmdir /tmp/bench/dir/
			file rename /tmp/bench/f0 /tmp/bench/f1
			file rename /tmp/bench/f1 /tmp/bench/f0
			network inet dgram send 127.0.0.1 9
			file execute /tmp/bench/exit
		POLICY
    } >domain_policy
}
cd /
/bin/cost >/out/cost
END
chmod 755 "$work/overlay/vmrun"

# boot KERNEL NAME LSM MODE ENTRIES: one machine for each, so that none finds what another has left.
boot()
{
	"$vm/run.sh" --kernel "$1" --initrd "$initrd" --overlay "$work/overlay" --run /vmrun --icount --lsm "$3" \
		--append "cost_mode=$4 cost_entries=$5 init_on_alloc=0 mitigations=off nokaslr" --timeout 600 --silence 600 \
		--console-log "$work/console" --out "$work/$1/$2"
}

for kernel; do
	boot "$kernel" none '' disabled 0
	boot "$kernel" disabled tomoyo disabled 0
	boot "$kernel" granted tomoyo enforcing 0
	boot "$kernel" granted_20000 tomoyo enforcing 20000
	for case in disabled granted granted_20000; do
		awk -v OFS='\t' -v prefix="kernel.$kernel.$case." 'NR == FNR { base[$1] = $2; next }
			{ print prefix $1, $2 - base[$1], "instructions" }' "$work/$kernel/none/cost" "$work/$kernel/$case/cost"
	done
done >"$tsv.tmp"
awk -F'[.\t]' '
	{
		# Kernels have a dot in their names.
		column = $2 "." $3 " " $4
		if (!(column in seen)) { seen[column]; columns[++n] = column }
		if (!($5 in rows)) { rows[$5]; order[++m] = $5 }
		value[$5, column] = $6
	}
	END {
		printf "%-16s", "instructions"
		for (i = 1; i <= n; i++) printf " %26s", columns[i]
		print ""
		for (j = 1; j <= m; j++) {
			printf "%-16s", order[j]
			for (i = 1; i <= n; i++) printf " %26s", "+" value[order[j], columns[i]]
			print ""
		}
	}' "$tsv.tmp"
mv "$tsv.tmp" "$tsv"
