#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# Makes the disk of the demo: a bootable root file system with BusyBox, the tool box and a web site.
#
# usage: disk.sh IMAGE
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
box=$(cd "$here/../.." && pwd)/build/tomoyo-box
image=$1

die()
{
    printf 'demo: %s\n' "$*" >&2
    exit 2
}

# These live in sbin, which is not in everybody's PATH.
PATH=$PATH:/usr/sbin:/sbin
busybox=$(type -P busybox) || die 'busybox is missing (package busybox-static)'
type -P mkfs.ext4 >/dev/null || die 'mkfs.ext4 is missing (package e2fsprogs)'
# Not through a pipe: grep -q leaves before the list ends, and then busybox is said to have failed.
applets=$("$busybox" --list)
for applet in init httpd nc wget timeout; do
    grep -qx "$applet" <<<"$applets" || die "$busybox has no $applet (package busybox-static)"
done
[ -x "$box" ] || die 'build/tomoyo-box is missing (make)'

work=$(mktemp -d "${TMPDIR:-/tmp}/tomoyo-demo.XXXXXX")
trap 'rm -rf "$work"' EXIT
root=$work/root
umask 022
mkdir "$root"
cp -r "$here/root/." "$root"
echo 'root:x:0:0:root:/root:/bin/sh' >"$root/etc/passwd"
echo 'root:x:0:' >"$root/etc/group"
# shellcheck disable=SC2016 # this is what a password looks like
(umask 077 && echo 'root:$6$tomoyo$NotTheHashOfAnyPassword.ButWhatTheAttackIsAfter:20000::::::' >"$root/etc/shadow")

# links TARGET: makes the paths in stdin links to TARGET, except for what is there already.
links()
{
    local path
    while IFS= read -r path; do
        [ -e "$root/$path" ] || [ -L "$root/$path" ] || printf '%s\0%s\0' "$1" "$root/$path"
    done | xargs -0 -r -n 2 ln -s
}

# /bin and /sbin are real directories here: TOMOYO starts when exactly /sbin/init is executed.
for dir in bin sbin usr/bin usr/sbin usr/lib/tomoyo dev proc sys tmp root; do
    mkdir -p "$root/$dir"
done
cp -L "$busybox" "$root/bin/busybox"
cp "$box" "$root/usr/sbin/tomoyo-box"
"$box" --list-full | links /usr/sbin/tomoyo-box
"$busybox" --list-full | links /bin/busybox

"$box" init-policy --root="$root" 2>/dev/null

rm -f "$image.new"
truncate -s 32M "$image.new"
mkfs.ext4 -q -F -d "$root" "$image.new"
# Owners and the two devices that the kernel and tomoyo-init need are put in from outside, so that
# nobody has to be root here.
{
    find "$root" -printf 'sif "/%P" uid 0\nsif "/%P" gid 0\n'
    printf '%s\n' 'cd dev' 'mknod console c 5 1' 'mknod null c 1 3'
} | debugfs -w -f - "$image.new" >/dev/null 2>&1
mv "$image.new" "$image"
