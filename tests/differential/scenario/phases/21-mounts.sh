# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC1083,SC2016,SC2034,SC2086,SC2102,SC2154 # words for act; variables of lib.bash, without blanks
# Mounts of all kinds, chroot, pivot_root, mount namespaces.

mounts_job() {
	local line lines i
	# What an attempt with less rights has left mounted, the last one first.
	mapfile -t lines </proc/mounts
	for ((i = ${#lines[@]} - 1; i >= 0; i--)); do
		read -r _ line _ <<<"${lines[i]}"
		[[ $line != /tmp/mounts/* ]] || /bin/umount -l "$line" || :
	done
	empty /tmp/mounts/{a,b,c,d,e}
	run mounts /scenario/jobs/mounts.sh
}

phase mounts-learning
domain mounts 1
mounts_job
phase_save

phase mounts-permissive
thin 4
use 2
mounts_job
phase_save

phase mounts-enforcing
use 3
mounts_job
phase_save

# A device that a file system type needs and that is not there, and the like: see D-13.
phase mount-errors
empty /tmp/mounts
/bin/mkdir /tmp/mounts/d
for mode in 0 1 2 3; do
	domain "mount$mode" $mode
	act "mount$mode" mount none /tmp/mounts/d nosuchtype 0
	act "mount$mode" mount /dev/nosuch /tmp/mounts/d ext4 ro
	act "mount$mode" mount NULL /tmp/mounts/d ext4 0
	act "mount$mode" mount NULL /tmp/mounts/d NULL 0
	act "mount$mode" mount /tmp/mounts/nosuch /tmp/mounts/d NULL bind
	act "mount$mode" mount NULL /tmp/mounts/d NULL bind
	act "mount$mode" mount /tmp/mounts/nosuch /tmp/mounts/d NULL move
	act "mount$mode" mount none /tmp/mounts/d NULL shared,private
	act "mount$mode" mount none /tmp/mounts/d NULL magic,remount,ro
	act "mount$mode" mount none /tmp/mounts/nosuch tmpfs 0
	act "mount$mode" umount /tmp/mounts/d
	act "mount$mode" umount /tmp/mounts/nosuch
	act "mount$mode" pivot_root /tmp/mounts /tmp/mounts/d
done
phase_end

# A source that is the empty text, as BusyBox gives it: see D-39.
phase mount-empty-source
empty /tmp/mounts/d
/bin/mount -t tmpfs none /tmp/mounts/d
for mode in 1 2 3; do
	domain "source$mode" $mode
	act "source$mode" mount '' /tmp/mounts/d NULL private
done
policy 'select <kernel> //source3' 'file mount any /tmp/mounts/d/ --make-private 0x0'
act source3 mount '' /tmp/mounts/d NULL private
/bin/umount /tmp/mounts/d
phase_end
