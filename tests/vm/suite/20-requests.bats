#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# Proves which requests system calls make: refused without an entry, learned as which one, and granted with it.
# Kernel ABI specification 3.5 to 3.8, 3.12 and 3.13, checks K-215 to K-262.
# shellcheck disable=SC2034,SC2154 # variables of k.bash

load /suite-lib/k

setup_file()
{
    k_setup_file
    mkdir /tmp/k/src /tmp/k/dst /tmp/k/m
    : >/tmp/k/f
    : >/tmp/k/a
    : >/tmp/k/b
    : >/tmp/k/src/x
    ln -s f /tmp/k/l
}

teardown()
{
    k_cleanup
}

teardown_file()
{
    rm -rf /tmp/k
}

# ---- open ----

@test "K-215 open to read" {
    k_requests open /tmp/k/f rdonly
    k_output ok
    k_learned 'file read /tmp/k/f'
}

@test "K-216 open to read and write" {
    k_requests open /tmp/k/f rdwr
    k_output ok
    k_learned 'file read/write /tmp/k/f'
}

@test "K-217 open to append" {
    k_requests open /tmp/k/f wronly,append
    k_output ok
    k_learned 'file append /tmp/k/f'
}

@test "K-218 access mode 3 asks for reading and writing" {
    k_requests open /tmp/k/f acc3
    k_output ok
    k_learned 'file read/write /tmp/k/f'
    # Reading is asked for first, and either is not enough alone.
    k_audit_drain
    k_try enforcing -- open /tmp/k/f acc3
    k_audit_records
    k_equal "${#records[@]}" 1
    k_like "${records[0]}" '#*' '*' 'file read /tmp/k/f' ''
    k_try enforcing 'file read /tmp/k/f' -- open /tmp/k/f acc3
    k_output EPERM
    k_try enforcing 'file write /tmp/k/f' -- open /tmp/k/f acc3
    k_output EPERM
}

@test "K-219 open with O_TRUNC" {
    k_requests open /tmp/k/f wronly,trunc
    k_output ok
    k_learned 'file write/truncate /tmp/k/f'
    k_try enforcing 'file write /tmp/k/f' -- open /tmp/k/f wronly,trunc
    k_output EPERM
    k_try enforcing 'file truncate /tmp/k/f' -- open /tmp/k/f wronly,trunc
    k_output EPERM
}

@test "K-220 open that creates" {
    k_undo=(unlink /tmp/k/new)
    k_requests open /tmp/k/new wronly,creat 0600
    k_output ok
    k_learned 'file create /tmp/k/new 0600' 'file write /tmp/k/new'
    # With O_TRUNC nothing else: the file is new.
    k_learn unlink /tmp/k/new : open /tmp/k/new wronly,creat,trunc 0640 : unlink /tmp/k/new
    k_learned 'file write/unlink /tmp/k/new' 'file create /tmp/k/new 0640'
}

@test "K-221 open with O_PATH asks for nothing" {
    k_learn open /tmp/k/f path
    k_output ok
    k_learned
    k_try enforcing -- open /tmp/k/f path
    k_output ok
}

@test "K-222 open of a directory" {
    k_requests open /tmp/k/src rdonly
    k_output ok
    k_learned 'file read /tmp/k/src/'
    k_learn open / rdonly,directory
    k_learned 'file read /'
}

@test "an open that fails early asks for nothing" {
    k_learn open /tmp/k/none rdonly : open /tmp/k/l rdonly,nofollow : open /tmp/k/src wronly : open /tmp/k/f rdonly,directory
    k_output ENOENT ELOOP EISDIR ENOTDIR
    k_learned
}

# ---- attributes ----

@test "K-223 stat, lstat, fstat, statx" {
    k_requests stat /tmp/k/l
    k_learned 'file getattr /tmp/k/f'
    k_requests lstat /tmp/k/l
    k_learned 'file getattr /tmp/k/l'
    k_requests statx /tmp/k/f
    k_learned 'file getattr /tmp/k/f'
    k_requests fd 9 : fstat 9</tmp/k/f
    k_learned 'file getattr /tmp/k/f'
}

@test "K-234 chmod and fchmod" {
    k_requests chmod /tmp/k/f 0644
    k_output ok
    k_learned 'file chmod /tmp/k/f 0644'
    k_requests fd 9 : fchmod 0600 9</tmp/k/f
    k_output ok
    k_learned 'file chmod /tmp/k/f 0600'
    k_try enforcing 'file chmod /tmp/k/f 0600' -- chmod /tmp/k/f 04755
    k_output EPERM
}

@test "K-235 chown of user and group" {
    k_requests chown /tmp/k/f 1 2
    k_output ok
    k_learned 'file chown /tmp/k/f 1' 'file chgrp /tmp/k/f 2'
    k_try enforcing 'file chown /tmp/k/f 1' -- chown /tmp/k/f 1 2
    k_output EPERM
    # The second is skipped when the first is rejected.
    k_audit_drain
    k_try enforcing -- chown /tmp/k/f 1 2
    k_audit_records
    k_equal "${#records[@]}" 1
    k_like "${records[0]}" '#*' '*' 'file chown /tmp/k/f 1' ''
}

@test "K-236 chown of the group only, of the user only" {
    k_requests chown /tmp/k/f -1 2
    k_output ok
    k_learned 'file chgrp /tmp/k/f 2'
    k_requests fd 9 : fchown 0 -1 9</tmp/k/f
    k_output ok
    k_learned 'file chown /tmp/k/f 0'
    k_requests lchown /tmp/k/l 3 -1
    k_output ok
    k_learned 'file chown /tmp/k/l 3'
    k_learn chown /tmp/k/f -1 -1
    k_output ok
    k_learned
}

# ---- directories ----

@test "K-224 mkdir" {
    k_undo=(rmdir /tmp/k/nd)
    k_requests mkdir /tmp/k/nd 0777
    k_output ok
    k_learned 'file mkdir /tmp/k/nd/ 0777'
    k_learn mkdir /tmp/k/nd 0700 : rmdir /tmp/k/nd
    k_output EEXIST ok
    k_learned 'file rmdir /tmp/k/nd/'
}

@test "K-225 rmdir" {
    mkdir /tmp/k/nd
    k_undo=(mkdir /tmp/k/nd 0755)
    k_requests rmdir /tmp/k/nd
    k_output ok
    k_learned 'file rmdir /tmp/k/nd/'
    # Asked for before the kernel sees that it is no directory.
    k_learn rmdir /tmp/k/f : rmdir /tmp/k/none
    k_output ENOTDIR ENOENT
    k_learned 'file rmdir /tmp/k/f/'
}

@test "K-226 unlink" {
    : >/tmp/k/x
    k_undo=(mknod /tmp/k/x file 0600)
    k_requests unlink /tmp/k/x
    k_output ok
    k_learned 'file unlink /tmp/k/x'
    k_learn unlink /tmp/k/src : unlink /tmp/k/none
    k_output EISDIR ENOENT
    k_learned 'file unlink /tmp/k/src/'
}

@test "K-227 link" {
    k_undo=(unlink /tmp/k/a2)
    k_requests link /tmp/k/a /tmp/k/a2
    k_output ok
    k_learned 'file link /tmp/k/a /tmp/k/a2'
    k_learn link /tmp/k/a /tmp/k/a2 : unlink /tmp/k/a2 : link /tmp/k/src /tmp/k/a2
    k_output EEXIST ok EPERM
    k_like "$learned" 'file unlink /tmp/k/a2' 'file link /tmp/k/src/ /tmp/k/a2/'
    k_try enforcing 'file link /tmp/k/a2 /tmp/k/a' -- link /tmp/k/a /tmp/k/a2
    k_output EPERM
}

@test "K-228 symlink, with its target as a condition" {
    k_undo=(unlink /tmp/k/s)
    k_requests symlink 'a b\c' /tmp/k/s
    k_output ok
    k_learned 'file symlink /tmp/k/s symlink.target="a\040b\\c"'
    k_mode disabled
    k_act unlink /tmp/k/s
    k_mode enforcing
    k_act symlink other /tmp/k/s
    k_output EPERM
}

@test "K-229 rename of a file" {
    : >/tmp/k/r
    k_undo=(rename /tmp/k/r2 /tmp/k/r)
    k_requests rename /tmp/k/r /tmp/k/r2
    k_output ok
    k_learned 'file rename /tmp/k/r /tmp/k/r2'
    # What is overwritten needs nothing more.
    : >/tmp/k/r
    k_learn rename /tmp/k/r /tmp/k/r2
    k_output ok
    k_learned 'file rename /tmp/k/r /tmp/k/r2'
}

@test "K-230 rename of a directory" {
    mkdir /tmp/k/rd
    k_undo=(rename /tmp/k/rd2 /tmp/k/rd)
    k_requests rename /tmp/k/rd /tmp/k/rd2
    k_output ok
    k_learned 'file rename /tmp/k/rd/ /tmp/k/rd2/'
}

@test "K-231 an exchange is two renames, the backward one first" {
    k_requests exchange /tmp/k/a /tmp/k/b
    k_output ok
    k_learned 'file rename /tmp/k/b /tmp/k/a' 'file rename /tmp/k/a /tmp/k/b'
    k_try enforcing 'file rename /tmp/k/b /tmp/k/a' -- exchange /tmp/k/a /tmp/k/b
    k_output EPERM
    k_try enforcing 'file rename /tmp/k/a /tmp/k/b' -- exchange /tmp/k/a /tmp/k/b
    k_output EPERM
}

@test "K-237 mknod of a FIFO and of a socket" {
    k_undo=(unlink /tmp/k/x : unlink /tmp/k/y)
    k_requests mknod /tmp/k/x fifo 0644 : mknod /tmp/k/y sock 0640
    k_output ok ok
    k_learned 'file mkfifo /tmp/k/x 0644' 'file mksock /tmp/k/y 0640'
    k_act unlink /tmp/k/x : unlink /tmp/k/y
    k_output EPERM EPERM
    rm /tmp/k/x /tmp/k/y
}

@test "K-238 mknod of a character device" {
    k_undo=(unlink /tmp/k/x)
    k_requests mknod /tmp/k/x char 0640 1 3
    k_output ok
    k_learned 'file mkchar /tmp/k/x 0640 1 3'
    rm /tmp/k/x
}

@test "K-239 mknod of a block device" {
    k_undo=(unlink /tmp/k/x)
    k_requests mknod /tmp/k/x block 0640 7 300
    k_output ok
    k_learned 'file mkblock /tmp/k/x 0640 7 300'
    rm /tmp/k/x
}

@test "K-240 mknod of a regular file" {
    k_undo=(unlink /tmp/k/x : unlink /tmp/k/y)
    k_requests mknod /tmp/k/x file 0640 : mknod /tmp/k/y none 0
    k_output ok ok
    k_learned 'file create /tmp/k/x 0640' 'file create /tmp/k/y 00'
    rm /tmp/k/x /tmp/k/y
}

# ---- open files ----

@test "K-232 truncate" {
    k_requests truncate /tmp/k/f 5
    k_output ok
    k_learned 'file truncate /tmp/k/f'
}

@test "K-233 ftruncate" {
    k_requests fd 9 : ftruncate 3 9<>/tmp/k/f
    k_output ok
    k_learned 'file truncate /tmp/k/f'
}

@test "K-241 ioctl" {
    k_requests fd 9 : ioctl 0x5451 9</tmp/k/f
    k_output ok
    k_learned 'file ioctl /tmp/k/f 0x5451'
    # Asked for even if the file knows nothing of it; the command has 32 bits.
    k_requests fd 9 : ioctl 0x1deadbeef 9</tmp/k/f
    k_output ENOTTY
    k_learned 'file ioctl /tmp/k/f 0xDEADBEEF'
}

@test "K-242 ioctl on a pipe and on a socket" {
    k_learn pipe : ioctl 0x541b 0 : socket unix stream : ioctl 0x8912 0
    k_like "$learned" 'file ioctl pipe:\[+([0-9])] 0x541B' 'file ioctl socket:\[+([0-9])] 0x8912'
    k_try enforcing -- pipe : ioctl 0x541b 0 : socket unix stream : ioctl 0x8912 0
    k_output ok EPERM ok EPERM
}

@test "K-243 fcntl that sets and clears O_APPEND" {
    k_requests fd 9 : setfl append 9<>/tmp/k/f
    k_output ok
    k_learned 'file append /tmp/k/f'
    k_requests fd 9 : setfl none 9>>/tmp/k/f
    k_output ok
    k_learned 'file write /tmp/k/f'
    # What leaves it as it is asks for nothing.
    k_learn fd 9 : setfl none 9<>/tmp/k/f
    k_output ok
    k_learned
    k_learn open /tmp/k/f rdonly : setfl append : setfl none
    k_output ok ok ok
    k_learned 'file read/write/append /tmp/k/f'
}

# ---- roots and mounts ----

@test "K-244 chroot" {
    k_requests chroot /tmp/k
    k_output ok
    k_learned 'file chroot /tmp/k/'
}

@test "K-245 mount of tmpfs" {
    k_learn unshare mnt : mount none /tmp/k/m tmpfs 0
    k_output ok ok
    k_learned 'file mount none /tmp/k/m/ tmpfs 0x0'
    k_mode enforcing
    k_act unshare mnt : mount none /tmp/k/m tmpfs 0 : mount none /tmp/k/m tmpfs ro : mount none /tmp/k/m ramfs 0
    k_output ok ok EPERM EPERM
    # The historic magic does not count; the source is the text as given.
    k_learn unshare mnt : mount 'a b' /tmp/k/m proc magic,ro,nosuid,nodev,noexec
    k_output ok ok
    k_learned 'file mount a\040b /tmp/k/m/ proc 0xF'
}

@test "K-246 bind mount" {
    k_learn unshare mnt : mount /tmp/k/src /tmp/k/dst NULL bind
    k_output ok ok
    k_learned 'file mount /tmp/k/src/ /tmp/k/dst/ --bind 0x0'
    k_mode enforcing
    k_act unshare mnt : mount /tmp/k/src /tmp/k/dst NULL bind : mount /tmp/k/src /tmp/k/dst NULL bind,rec
    k_output ok ok EPERM
    k_learn unshare mnt : mount /tmp/k/f /tmp/k/a NULL bind,rec
    k_output ok ok
    k_learned 'file mount /tmp/k/f /tmp/k/a --bind 0x4000'
}

@test "K-247 remount" {
    k_learn unshare mnt : mount NULL /tmp NULL remount,bind,ro
    k_output ok ok
    k_learned 'file mount <NULL> /tmp/ --remount 0x1001'
    k_try enforcing -- unshare mnt : mount NULL /tmp NULL remount,bind,ro
    k_output ok EPERM
}

@test "K-248 change of the propagation, and move" {
    k_learn unshare mnt : mount none /tmp NULL rec,private
    k_output ok ok
    k_learned 'file mount none /tmp/ --make-private 0x4000'
    k_learn unshare mnt : mount none /tmp NULL shared : mount none /tmp NULL slave : mount none /tmp NULL unbindable
    k_output ok ok ok ok
    k_learned 'file mount none /tmp/ --make-shared 0x0' 'file mount none /tmp/ --make-slave 0x0' \
        'file mount none /tmp/ --make-unbindable 0x0'
    k_learn unshare mnt : mount none /tmp/k/m tmpfs 0 : mount /tmp/k/m /tmp/k/dst NULL move
    k_output ok ok ok
    k_learned 'file mount none /tmp/k/m/ tmpfs 0x0' 'file mount /tmp/k/m/ /tmp/k/dst/ --move 0x0'
    k_try enforcing -- unshare mnt : mount none /tmp NULL private : mount none /tmp NULL shared : \
        mount none /tmp NULL slave : mount none /tmp NULL unbindable : mount /tmp /tmp/k/dst NULL move
    k_output ok EPERM EPERM EPERM EPERM EPERM
}

@test "K-249 umount" {
    k_learn unshare mnt : mount none /tmp/k/m tmpfs 0 : umount /tmp/k/m
    k_output ok ok ok
    k_learned 'file mount none /tmp/k/m/ tmpfs 0x0' 'file unmount /tmp/k/m/'
    k_learn unshare mnt : mount none /tmp/k/m proc 0 : umount /tmp/k/m
    k_output ok ok ok
    k_learned 'file mount none /tmp/k/m/ proc 0x0' 'file unmount proc:/'
    k_try enforcing 'file mount none /tmp/k/m/ proc 0' -- unshare mnt : mount none /tmp/k/m proc 0 : umount /tmp/k/m
    k_output ok ok EPERM
}

@test "K-250 pivot_root" {
    # The initial root file system cannot be left, but the request comes before the kernel says so.
    k_learn unshare mnt : mount /tmp/k/src /tmp/k/src NULL bind : pivot_root /tmp/k/src /tmp/k/src
    k_output ok ok EINVAL
    k_learned 'file mount /tmp/k/src/ /tmp/k/src/ --bind 0x0' 'file pivot_root /tmp/k/src/ /tmp/k/src/'
    k_requests pivot_root /tmp/k/src /tmp/k/dst
    k_learned 'file pivot_root /tmp/k/src/ /tmp/k/dst/'
}

@test "K-251 mount with two changes of the propagation" {
    for mode in learning permissive enforcing; do
        k_try $mode -- unshare mnt : mount none /tmp NULL shared,private
        k_output ok EINVAL
        k_read_domain
        k_learned
    done
}

@test "K-252 mount of a file system that is not known" {
    for mode in learning permissive enforcing; do
        k_try $mode -- unshare mnt : mount none /tmp/k/m nosuchfs 0
        k_output ok ENODEV
    done
    k_try disabled -- unshare mnt : mount NULL /tmp/k/m NULL 0
    k_output ok EINVAL
    for mode in learning permissive; do
        k_try $mode -- unshare mnt : mount NULL /tmp/k/m NULL 0
        # D-13: who only watches does not change the error.
        if k_ours; then k_output ok EINVAL; else k_output ok ENODEV; fi
    done
    k_try enforcing -- unshare mnt : mount NULL /tmp/k/m NULL 0
    k_output ok ENODEV
}

@test "K-253 bind mount of what is not there" {
    for mode in learning permissive enforcing; do
        k_try $mode -- unshare mnt : mount /tmp/k/none /tmp/k/m NULL bind
        k_output ok ENOENT
    done
}

@test "K-254 the source of a file system without a device is not compared" {
    k_try enforcing 'file mount x /tmp/k/m/ tmpfs 0' -- unshare mnt : mount none /tmp/k/m tmpfs 0
    k_output ok ok
}

@test "K-255 the source of a bind mount is compared" {
    k_try enforcing 'file mount /nomatch /tmp/k/m/ --bind 0' -- unshare mnt : mount /tmp/k/src /tmp/k/m NULL bind
    k_output ok EPERM
    k_try enforcing 'file mount /tmp/k/src/ /tmp/k/m/ --bind 0' -- unshare mnt : mount /tmp/k/src /tmp/k/m NULL bind
    k_output ok ok
}

@test "K-262 the new mount calls" {
    local new=(unshare mnt : newmount tmpfs /tmp/k/m src) \
        clone=(unshare mnt : opentree-clone-attach /tmp/k/src /tmp/k/dst) \
        move=(unshare mnt : mount none /tmp/k/m tmpfs 0 : movemount /tmp/k/m /tmp/k/dst)
    k_learn "${new[@]}"
    k_output ok ok
    if k_ours; then k_learned 'file mount <NULL> /tmp/k/m/ tmpfs 0x0'; else k_learned; fi
    k_learn "${clone[@]}"
    k_output ok ok
    if k_ours; then k_learned 'file mount tmpfs:/k/src/ /tmp/k/dst/ --bind 0x0'; else k_learned; fi
    k_learn "${move[@]}"
    k_output ok ok ok
    if k_ours; then
        k_learned 'file mount none /tmp/k/m/ tmpfs 0x0' 'file mount /tmp/k/m/ /tmp/k/dst/ --move 0x0'
        k_try enforcing -- "${new[@]}"
        k_output ok EPERM
        k_try enforcing -- "${clone[@]}"
        k_output ok EPERM
        k_try enforcing 'file mount none /tmp/k/m/ tmpfs 0x0' -- "${move[@]}"
        k_output ok ok EPERM
    else
        k_learned 'file mount none /tmp/k/m/ tmpfs 0x0'
    fi
}

# ---- names ----

@test "K-256 the mode of mkdir and open: the umask taken away, unless the file system has POSIX ACLs" {
    k_learn unshare mnt : mount none /tmp/k/m ramfs 0 : umask 077 : mkdir /tmp/k/m/d 0777 : \
        open /tmp/k/m/f wronly,creat 0666
    k_output ok ok ok ok
    k_learned 'file mount none /tmp/k/m/ ramfs 0x0' 'file mkdir /tmp/k/m/d/ 0700' 'file create /tmp/k/m/f 0600' \
        'file write /tmp/k/m/f'
    k_learn umask 077 : mkdir /tmp/k/d 0777 : rmdir /tmp/k/d : open /tmp/k/u wronly,creat 0666 : unlink /tmp/k/u
    k_output ok ok ok ok
    k_learned 'file mkdir /tmp/k/d/ 0777' 'file rmdir /tmp/k/d/' 'file create /tmp/k/u 0666' 'file write/unlink /tmp/k/u'
}

@test "K-257 procfs: the own directory is self" {
    k_requests open /proc/self/stat rdonly : open /proc/1/stat rdonly : open /proc/sys/kernel/hostname rdonly
    k_output ok ok ok
    k_learned 'file read proc:/self/stat' 'file read proc:/1/stat' 'file read proc:/sys/kernel/hostname'
    k_learn open /proc/mounts rdonly : open /proc/self/fd rdonly : thread open /proc/self/stat rdonly
    k_learned 'file read proc:/self/mounts' 'file read proc:/self/fd/' 'file read proc:/self/stat'
    k_learn open /proc/thread-self/stat rdonly
    k_like "$learned" 'file read proc:/self/task/+([0-9])/stat'
}

@test "K-258 a name in a chroot is that from the root of the namespace" {
    k_learn chroot /tmp/k : open /f rdonly : mkdir /d 0700 : rmdir /d
    k_output ok ok ok ok
    k_learned 'file chroot /tmp/k/' 'file read /tmp/k/f' 'file mkdir /tmp/k/d/ 0700' 'file rmdir /tmp/k/d/'
}

@test "K-258 relative names and links are resolved" {
    k_learn chdir /tmp/k/src : open ../l rdonly : open ./x rdonly
    k_output ok ok ok
    k_learned 'file read /tmp/k/f' 'file read /tmp/k/src/x'
}

@test "K-259 memfd, O_TMPFILE, a deleted file" {
    k_learn memfd 'a b' : reopen rdwr : ftruncate 1
    k_output ok ok ok
    k_learned 'file read/write/truncate /memfd:a\040b\040(deleted)'
    k_learn open /tmp/k tmpfile,rdwr 0600 : linkfd /tmp/k/linked : unlink /tmp/k/linked
    k_output ok ok ok
    k_like "$learned" 'file read/write /tmp/k/#+([0-9])' 'file link /tmp/k/#+([0-9]) /tmp/k/linked' \
        'file unlink /tmp/k/linked'
    k_learn open /tmp/k/gone rdwr,creat 0600 : unlink /tmp/k/gone : fstat : reopen rdonly
    k_like "$output" ok ok 'ok *' ok
    k_learned 'file create /tmp/k/gone 0600' 'file read/write/unlink/getattr /tmp/k/gone'
}

@test "K-260 file systems that name their files themselves" {
    k_learn open /sys/kernel/security/tomoyo/version rdonly : open /dev/pts/ptmx rdonly
    k_output ok ok
    k_learned 'file read securityfs:/tomoyo/version' 'file read devpts:/ptmx'
    k_learn unshare mnt : mount none /tmp/k/m debugfs 0 : open /tmp/k/m rdonly
    k_output ok ok ok
    k_learned 'file mount none /tmp/k/m/ debugfs 0x0' 'file read debugfs:/'
    k_learn unshare mnt : mount none /tmp/k/m tracefs 0 : open /tmp/k/m/README rdonly
    k_output ok ok ok
    k_learned 'file mount none /tmp/k/m/ tracefs 0x0' 'file read tracefs:/README'
    k_learn unshare mnt : mount none /tmp/k/m mqueue 0 : open /tmp/k/m/q1 wronly,creat 0600 : unlink /tmp/k/m/q1
    k_output ok ok ok ok
    k_learned 'file mount none /tmp/k/m/ mqueue 0x0' 'file create mqueue:/q1 0600' 'file write/unlink mqueue:/q1'
}

@test "K-260 file systems whose files have a place in the tree" {
    k_learn open /sys/kernel/uevent_seqnum rdonly : open /dev/null rdonly
    k_output ok ok
    k_learned 'file read /sys/kernel/uevent_seqnum' 'file read /dev/null'
    k_learn unshare mnt : mount none /tmp/k/m cgroup2 0 : open /tmp/k/m/cgroup.procs rdonly
    k_output ok ok ok
    k_learned 'file mount none /tmp/k/m/ cgroup2 0x0' 'file read /tmp/k/m/cgroup.procs'
    k_learn unshare mnt : mount none /tmp/k/m hugetlbfs 0 : open /tmp/k/m/h wronly,creat 0600
    k_output ok ok ok
    k_learned 'file mount none /tmp/k/m/ hugetlbfs 0x0' 'file create /tmp/k/m/h 0600' 'file write /tmp/k/m/h'
}

@test "K-261 a file of a mount that is lazily detached" {
    k_learn unshare mnt : mount none /tmp/k/m cgroup2 0 : chdir /tmp/k/m : umount /tmp/k/m detach : open cgroup.procs rdonly
    k_output ok ok ok ok ok
    k_learned 'file mount none /tmp/k/m/ cgroup2 0x0' 'file unmount /tmp/k/m/' 'file read cgroup2:/cgroup.procs'
}

@test "names of pipes, sockets, anonymous inodes and namespaces" {
    k_learn pipe : fstat : socket inet dgram : fstat : eventfd : ioctl 0x541b 0 : open /proc/self/ns/mnt rdonly
    k_like "$learned" 'file getattr pipe:\[+([0-9])]' 'file getattr socket:\[+([0-9])]' \
        'file ioctl anon_inode:\[eventfd] 0x541B' 'file read mnt:\[+([0-9])]'
    # Linux 6.12 opens a real file for it, which is asked for.
    k_learn pidfd
    case $k_release in
    6.1.*) k_learned ;;
    *) k_learned 'file read/write anon_inode:[pidfd]' ;;
    esac
}

@test "what is not mediated" {
    k_try enforcing -- access /tmp/k/f : readlink /tmp/k/l : chdir /tmp/k : chdir / : memfd x : write x : pipe : socketpair
    k_output ok 'ok f' ok ok ok 'ok 1' ok ok
}
