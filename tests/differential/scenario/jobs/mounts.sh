#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash
# A job of the scenario: mounts, other roots and namespaces.

try() {
	"$@"
	echo "$*: $?"
}

cd /tmp/mounts || exit 1
umask 022
try /bin/mount -t tmpfs none a
echo text >a/file
try /bin/mount -t tmpfs -o size=1m,mode=700 'a name' b
try /bin/mount -t proc proc c
try /bin/cat c/self/comm c/1/comm
try /bin/mount -o bind a d
try /bin/cat d/file
try /bin/mount -o bind a/file b/nosuch
echo >b/file
try /bin/mount -o bind a/file b/file
try /bin/mount -o remount,ro a
try /bin/touch a/new
try /bin/mount -o remount,rw a
try /bin/act mount none a NULL private
try /bin/act mount none a NULL shared
try /bin/act mount none a NULL slave
try /bin/act mount none b NULL unbindable
try /bin/act mount NULL a NULL private,rec
try /bin/mount --move d e
try /bin/cat e/file
try /bin/mount -t nosuchtype none d
try /bin/mount -t ext4 /dev/nosuch d
try /bin/umount e
try /bin/umount b/file
try /bin/umount -l b
try /bin/umount c
try /bin/umount c
try /bin/mkdir -p a/bin a/old a/new a/proc
try /bin/cp /bin/busybox /bin/act a/bin
try /usr/sbin/chroot a /bin/busybox echo inside
try /usr/sbin/chroot a /bin/act readlink /bin/busybox : mkdir /made 0755 : open /bin/act rdonly
try /bin/act chroot a : chdir / : mount none /new tmpfs 0 : stat /new : pivot_root /new /new
try /bin/act unshare mnt : mount none / NULL rec,private : chroot a : chdir / : mount none /new tmpfs 0 : \
	mkdir /new/old 0755 : pivot_root /new /new/old : readfile /old/file : umount /old detach : stat /
try /bin/umount a/new
try /usr/bin/unshare -m /bin/mount -t tmpfs none d
/bin/grep -c tmp/mounts /proc/mounts
try /bin/umount a
try /bin/rmdir a b c d e
