# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC1083,SC2016,SC2034,SC2086,SC2102,SC2154 # words for act; variables of lib.bash, without blanks
# Programs that change who they are, scripts, and executions that fail.

tasks_files() {
	empty /tmp/tasks
	/bin/cp /bin/act /tmp/tasks/setuid
	/bin/chmod 4755 /tmp/tasks/setuid
	/bin/cp /bin/act /tmp/tasks/setgid
	/bin/chown 0:100 /tmp/tasks/setgid
	/bin/chmod 2755 /tmp/tasks/setgid
	/bin/chmod 777 /tmp/tasks
	printf '#!/bin/sh\necho "$0 $*"\n/bin/echo more\n' >/tmp/tasks/script
	printf '#!/tmp/tasks/script with argument\n' >/tmp/tasks/nested
	printf 'no program at all\n' >/tmp/tasks/text
	printf '#!/tmp/tasks/nosuch\n' >/tmp/tasks/orphan
	printf '#!/tmp/tasks/loop\n' >/tmp/tasks/loop
	/bin/chmod 755 /tmp/tasks/{script,nested,text,orphan,loop}
	echo text >/tmp/tasks/file
}

tasks_job() {
	tasks_files
	act tasks setgid 1000 : setuid 1000 : spawn /tmp/tasks/setuid stat /tmp/tasks/file : \
		exec /tmp/tasks/setgid mkdir /tmp/tasks/d 0755
	act tasks setgid 1000 : setuid 1000 : open /tmp/tasks/new creat,wronly 0644 : unlink /tmp/tasks/new : unlink /tmp/tasks/file : \
		exec /tmp/tasks/setuid chown /tmp/tasks/file 5 6
	act tasks setfsuid 1000 : open /tmp/tasks/file rdonly : seteuid 1000 : setfsgid 5 : stat /tmp/tasks/file : setegid 7 : stat /tmp/tasks
	run tasks /tmp/tasks/script a b
	run tasks /tmp/tasks/nested c
	act tasks setgid 1000 : setuid 1000 : exec /bin/sh -c '/usr/bin/id; echo $0'
	run tasks /usr/bin/setpriv --nnp /bin/act stat /tmp/tasks/file
	act tasks unshare pid : fork { pid : open /proc/self/stat rdonly : stat /tmp/tasks/file : spawn /bin/act pid }
	act tasks unshare user : stat /tmp/tasks/file : mkdir /tmp/tasks/e 0700
	act tasks unshare net,ipc : socket inet dgram : bind inet:0.0.0.0:4500
	act tasks memfd 'a name' : write text : reopen rdonly : fstat : eventfd : fstat : pipe : fstat : reopen wronly
	act tasks open /tmp/tasks tmpfile,rdwr 0600 : write text : linkfd /tmp/tasks/linked : fchmod 0640 : fchown 1 2 : ftruncate 1
	act tasks open /tmp/tasks/file acc3 : open /tmp/tasks/file path : fstat : open /tmp/tasks/file rdwr : setfl append : setfl none : \
		open /tmp/tasks/file wronly,append : setfl none : setfl append : open /tmp/tasks/file trunc,wronly
	act tasks open /dev/null rdwr : ioctl 0x5401 : ioctl 0x80045430 : open /dev/tty rdonly : open /dev/console wronly : ioctl 0x5401
	act tasks mkdir /tmp/tasks/x 0700 : exchange /tmp/tasks/x /tmp/tasks/file : exchange /tmp/tasks/x /tmp/tasks/file : \
		rename /tmp/tasks/x /tmp/tasks/y : unlink /tmp/tasks/y : rmdir /tmp/tasks/file : rmdir /tmp/tasks/y : lchown /tmp/tasks/file 1 -1 : \
		chown /tmp/tasks/file -1 1 : chown /tmp/tasks/file -1 -1
	act tasks access /tmp/tasks/file : readlink /bin/sh : chdir /tmp : statx /tmp/tasks/file : stat /nosuch : mkdir /tmp 0755 : symlink x /tmp
	act tasks umask 077 : mkdir /tmp/tasks/m 0777 : mknod /tmp/tasks/n none 0666 : mknod /tmp/tasks/s sock 0666 : open /tmp/tasks/o creat,rdwr 0666
	act tasks open /proc/self/status rdonly : open /proc/1/status rdonly : readfile /proc/sys/kernel/ostype : stat /proc/self/task : stat /sys/kernel : \
		readfile $tomoyo/version : stat /dev/pts/ptmx
	act tasks thread { mkdir /tmp/tasks/t 0755 : open /proc/self/comm rdonly } : fork { rmdir /tmp/tasks/t }
}

phase tasks-learning
domain tasks 1
tasks_job
phase_save

phase tasks-permissive
thin 4
use 2
tasks_job
phase_save

phase tasks-enforcing
use 3
tasks_job
phase_end

# Executions that fail late: see D-01. After each the domain is asked for; reading it is a request of its own.
for mode in 0 1 2 3; do
	phase late-failure-$mode
	tasks_files
	domain late$mode $mode 'file execute /tmp/tasks/\*' 'misc env OLD\*' 'file read securityfs:/tomoyo/self_domain'
	for name in text orphan loop script; do
		domain "late$mode /tmp/tasks/$name" $mode
	done
	for name in text orphan loop; do
		act late$mode exec /tmp/tasks/$name : self : stat /tmp/tasks/file
	done
	act late$mode execenv 'NEW=1' { /tmp/tasks/script } : self
	act late$mode execenv 'OLD=1' { /tmp/tasks/nosuch } : self
	act late$mode exec /tmp/tasks/text : setfsuid 0 : self
	phase_end
done

# The name of an entry whose condition does not hold: see D-02.
phase name-of-condition
tasks_files
for mode in 0 1 2 3; do
	domain left$mode $mode 'file execute /tmp/tasks/set\* task.uid=1000' \
		'misc env \*' 'file read securityfs:/tomoyo/self_domain'
	act left$mode exec /tmp/tasks/setuid self
done
phase_end
