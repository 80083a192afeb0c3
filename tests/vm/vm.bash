# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# For bats files on the host that boot virtual machines themselves (tests/vm/boot/*.bats).
#
# Usage: `load ../vm` at the top of the bats file; every function works in its own directory
# below $BATS_FILE_TMPDIR, under the NAME that the test gives.
#
#   vm_base_initrd [OPTION]...  prints the base initrd (built when needed); options of initramfs.sh
#   vm_overlay NAME             creates an overlay directory, prints it
#   vm_policy DIR [OPTION]...   writes /etc/tomoyo into the overlay DIR; options of policy.sh
#   vm_script DIR <<'END'       installs stdin as /vmrun in the overlay DIR; use with --run /vmrun
#   vm_boot NAME [OPTION]...    boots and waits; options and exit status of run.sh
#                               (0 success, 1 tests failed, 2 trouble); kernel: $VM_KERNEL
#   vm_console NAME             prints what was on the console, without carriage returns
#   vm_out NAME                 prints the directory with what the guest left in /out
#   vm_log NAME                 prints the output of what the guest ran (/out/log)
#
# Example:
#   @test "an empty profile stops the boot" {
#       overlay=$(vm_overlay empty)
#       vm_policy "$overlay" --profile /dev/null
#       vm_boot empty --overlay "$overlay" --expect-panic
#       vm_console empty | grep -F "Profile 0 (used by '<kernel>') is not defined."
#   }

# The directory of this file: the bench.
VM_BENCH=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# check.sh runs every bats file once per kernel.
: "${VM_KERNEL:=debian-6.12}"

vm_dir()
{
    printf '%s\n' "${VM_DIR:-${BATS_FILE_TMPDIR:?}}/vm-$1"
}

vm_base_initrd()
{
    "$VM_BENCH/initramfs.sh" "$@"
}

vm_overlay()
{
    local dir
    dir=$(vm_dir "$1")/overlay
    mkdir -p "$dir" && printf '%s\n' "$dir"
}

vm_policy()
{
    "$VM_BENCH/policy.sh" "$@"
}

vm_script()
{
    cat >"$1/vmrun" && chmod 755 "$1/vmrun"
}

vm_boot()
{
    local dir
    dir=$(vm_dir "$1")
    shift
    rm -rf "$dir/out"
    mkdir -p "$dir/out"
    # Descriptor 3 belongs to bats: a child that keeps it open would keep bats waiting.
    "$VM_BENCH/run.sh" --kernel "$VM_KERNEL" --console-log "$dir/console" --out "$dir/out" \
        "$@" 3>&-
}

vm_console()
{
    tr -d '\r' <"$(vm_dir "$1")/console"
}

vm_out()
{
    printf '%s\n' "$(vm_dir "$1")/out"
}

vm_log()
{
    cat "$(vm_dir "$1")/out/log"
}
