# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC1083,SC2016,SC2034,SC2086,SC2102,SC2154 # words for act; variables of lib.bash, without blanks
# What things are called: odd and long names, file systems of all kinds, what is deleted or no longer mounted.

N=/tmp/names

names_odd() {
	empty $N/dir
	act names chdir $N : open 'a b' creat,wronly 0644 : open $'tab\there' creat,wronly 0644 : open $'new\nline' creat,wronly 0644 : \
		open 'back\slash' creat,wronly 0644 : open $'\xc3\xa9' creat,wronly 0644 : open $'\x01\x7f\xff' creat,wronly 0644 : \
		open '"quoted"=<x>@[y]*' creat,wronly 0644 : open 'dollar\$' creat,wronly 0644 : mkdir ' ' 0755 : mkdir ' /x' 0755
	act names chdir $N : rename 'a b' $'b\na' : link $'\xc3\xa9' 'dir/e e' : symlink $'to\\\n' 'dir/s s' : unlink 'dir/e e' : \
		socket unix stream : bind 'unix:dir/so\040cket' : mknod 'fi fo' fifo 0600
	act names chdir $N/dir : stat .. : stat ../dir/./../dir// : open /tmp//names///dir/ rdonly : open ../.. rdonly,directory : \
		open . rdonly : stat / : open / rdonly : stat //tmp : open $N/dir/nosuch/x rdonly : open loop creat,excl,wronly 0600 : \
		open loop creat,excl,wronly 0600 : open loop/x rdonly : open . wronly : open loop directory,rdonly : mkdir loop 0755
	act names symlink self $N/self : open $N/self rdonly : lstat $N/self : symlink $N/dir $N/link : open $N/link rdonly,nofollow : \
		open $N/link/loop rdonly : unlink $N/link : unlink $N/self
}

# A name of 255 bytes is four times as long when each byte has to be encoded.
names_long() {
	local plain odd i deep=$N
	plain=$(printf 'x%.0s' {1..250})
	odd=$(printf '\001%.0s' {1..250})
	empty $N
	for i in 1 2 3 4 5; do
		act names chdir $deep : mkdir $odd 0755 : open $odd/f creat,wronly 0644
		deep+=/$odd
	done
	deep=$N
	for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14; do
		deep+=/$plain
	done
	/bin/mkdir -p $deep
	act names open $deep/f creat,wronly 0644 : chdir $deep : mkdir $plain 0755 : chdir $plain : open f creat,wronly 0644 : mkdir $plain 0755
	act names open $deep/$plain/f rdonly : rename $deep/f $deep/g : stat $deep
}

names_filesystems() {
	empty $N $N/{proc,sys,pts,queue,cgroup,shm,ram,huge,debug,trace,disk}
	act names mount none $N/proc proc 0 : mount none $N/sys sysfs 0 : mount none $N/pts devpts 0 : mount none $N/queue mqueue 0 : \
		mount none $N/cgroup cgroup2 0 : mount none $N/shm tmpfs 0 : mount none $N/ram ramfs 0 : mount none $N/huge hugetlbfs 0 : \
		mount none $N/debug debugfs 0 : mount none $N/trace tracefs 0 : mount /dev/disk/1 $N/disk ext4 0
	act names readfile $N/proc/sys/kernel/ostype : open $N/proc/self/stat rdonly : open $N/proc/1/comm rdonly : stat $N/proc/self/fd/0 : \
		open $N/proc/thread-self/comm rdonly : lstat $N/proc/self : open $N/proc/self/ns/mnt rdonly : open $N/proc/1/ns/net rdonly : \
		open $N/proc/self/exe rdonly : open $N/proc/self/cwd rdonly : open $N/proc/mounts rdonly : open $N/proc/net/unix rdonly
	act names open $N/sys/kernel/uevent_seqnum rdonly : open $N/sys/kernel rdonly : open $N/sys/class/net/lo/mtu rdonly
	act names open $N/pts rdonly : open $N/pts/ptmx rdwr : open /dev/ptmx rdwr : ioctl 0x5414
	act names open $N/queue/q creat,rdwr 0600 : unlink $N/queue/q
	act names mkdir $N/cgroup/group 0755 : open $N/cgroup/group/cgroup.procs rdonly : rmdir $N/cgroup/group
	act names open $N/shm/f creat,rdwr 0600 : ftruncate 3 : fchmod 0644 : mkdir $N/ram/d 0755 : open $N/ram/d/f creat,rdwr 0600
	act names open $N/huge/f creat,rdwr 0600 : open $N/debug rdonly : open $N/trace/README rdonly : open $N/debug/tracing/README rdonly
	act names open $N/disk/f creat,rdwr 0600 : mkdir $N/disk/d 0777 : rename $N/disk/f $N/disk/d/g : link $N/disk/d/g $N/disk/h : \
		stat $N/disk/lost+found : mknod $N/disk/n char 0600 1 3 : open $N/disk/n rdonly : chown $N/disk/h 1 1 : open $N/disk tmpfile,rdwr 0600
	# Where the programs of a disk and of what is no longer mounted are said to be.
	/bin/cp /bin/act $N/disk/program
	/bin/cp /bin/act $N/shm/program
	act names spawn $N/disk/program self : chdir $N/disk : umount $N/disk detach : open d/g rdonly : open . rdonly : mkdir e 0755 : \
		spawn ./program self : stat .. : unlink h
	act names open $N/shm/f rdonly : save 1 : chdir $N/shm : umount $N/shm detach : use 1 : fstat : reopen rdonly : open f rdonly : \
		mkdir e 0755 : spawn ./program self : rename f g : stat . : unshare mnt : stat g
	for i in proc sys pts queue cgroup shm ram huge debug/tracing debug trace disk; do
		/bin/umount -l $N/$i 2>/dev/null || :
	done
}

names_deleted() {
	empty $N $N/{dir,gone,jail}
	copies $N program
	/bin/cp /bin/act $N/jail/act
	act names open $N/f creat,rdwr 0600 : unlink $N/f : fstat : ftruncate 3 : fchmod 0640 : fchown 1 1 : reopen rdonly : linkfd $N/again
	act names chdir $N/gone : rmdir $N/gone : stat . : open . rdonly : open x creat,wronly 0600 : stat ..
	act names memfd 'a "name"' : fstat : reopen rdonly : ftruncate 1 : fchmod 0700
	act names open $N/program path : save 1 : unlink $N/program : use 1 : fstat : fexec /proc/self/fd/3 self
	act names open $N/jail rdonly : chroot $N/jail : stat /act : open / rdonly : mkdir /d 0755 : chdir / : spawn /act self : \
		rename /d /e : symlink /etc/passwd /s : open /s rdonly
}

names_job() {
	names_odd
	names_long
	names_filesystems
	names_deleted
}

/sbin/mke2fs /dev/disk/1 >/dev/null 2>&1
phase names-learning
exception 'aggregator proc:/self/fd/\$ /fd/program'
domain names 1
names_job
phase_save

phase names-permissive
thin 3
use 2
names_job
phase_save

phase names-enforcing
use 3
names_job
phase_end

# Mounts that mount(2) has no part in: see D-16.
phase mounts-attached
for mode in 1 2 3; do
	empty $N/{a,b}
	domain attached$mode $mode
	act attached$mode fsopen tmpfs : fsconfig source none : fsconfig create : fsmount : attach $N/a : open $N/a/f creat,wronly 0644 : \
		open_tree $N/a clone : attach $N/b : stat $N/b/f : mount_setattr $N/b ro : open $N/b/g creat,wronly 0644 : \
		umount $N/b : umount $N/a
	/bin/umount $N/b 2>/dev/null || :
	/bin/umount $N/a 2>/dev/null || :
done
phase_end
