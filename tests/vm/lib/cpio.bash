# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# Writing initramfs archives without being root: owners and device nodes exist only in the archive.

# cpio_tree DIR: writes DIR as an archive in which root owns everything.
cpio_tree()
{
    (cd "$1" && find . -mindepth 1 -print0 | LC_ALL=C sort -z |
        cpio --quiet --null --create --format=newc --owner=+0:+0)
}

# cpio_node NAME MODE MAJOR MINOR: writes the header of one device node. The fields are: inode,
# mode, uid, gid, links, time, size, device (2), device of the node (2), length of the name, sum.
cpio_node()
{
    local length=$((110 + ${#1} + 1))
    printf '070701%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%s' \
        0 "$2" 0 0 1 0 0 0 0 "$3" "$4" $((${#1} + 1)) 0 "$1"
    head -c $((1 + (4 - length % 4) % 4)) /dev/zero
}

# cpio_devices: writes an archive with the two nodes that programs need before the guest's init
# has mounted devtmpfs: the kernel opens /dev/console for init, and the policy loader runs earlier.
cpio_devices()
{
    cpio_node dev/console 020600 5 1
    cpio_node dev/null 020666 1 3
    cpio_node 'TRAILER!!!' 0 0 0
}

# cpio_pad FILE: fills FILE up to a multiple of 512, since an appended archive has to be aligned.
cpio_pad()
{
    local size
    size=$(stat -c %s "$1")
    truncate -s $(((size + 511) / 512 * 512)) "$1"
}
