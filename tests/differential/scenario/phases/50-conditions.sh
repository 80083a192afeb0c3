# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC1083,SC2016,SC2034,SC2086,SC2102,SC2154 # words for act; variables of lib.bash, without blanks
# Conditions of entries, groups, environment variables.

conditions_files() {
	empty /tmp/conditions
	cd /tmp/conditions || return
	for name in plain setuid owned public; do
		echo text >$name
	done
	/bin/chmod 4755 setuid
	/bin/chown 1000:100 owned
	/bin/chmod 666 public
	/bin/chmod 640 plain
	/bin/mkdir dir
	/bin/ln -s plain link
	/usr/bin/mkfifo fifo
	/bin/mknod null c 1 3
	/bin/mknod disk b 7 9
	copies . program
	cd /
}
T=/tmp/conditions

phase conditions-numbers
conditions_files
exception 'number_group IDS 0' 'number_group IDS 100-2000' 'number_group MODES 0600-0640'
domain numbers 3
# Each condition decides about a name of its own: which opens are refused tells which of them hold.
conditions=(
	'task.uid=0' 'task.uid!=0' 'task.euid=1000' 'task.suid=0-10' 'task.fsuid=@IDS' 'task.fsuid!=@IDS' 'task.gid=@NONE' 'task.gid!=@NONE'
	'task.egid=0' 'task.sgid=0' 'task.fsgid=0x0' 'task.pid!=0' 'task.ppid=1' '0=0' '0-5=5-9' '0-4=5-9' '0=@IDS' '50!=@IDS'
	'path1.uid=0' 'path1.uid=1000' 'path1.gid=100' 'path1.gid=task.gid' 'path1.uid=task.uid' 'path1.uid!=task.euid' 'path1.ino!=0'
	'path1.perm=0640' 'path1.perm=@MODES' 'path1.perm=owner_read' 'path1.perm!=others_read' 'setuid=path1.perm' 'path1.perm=sticky'
	'owner_read=0400' '0400=owner_read' 'owner_read=owner_read' 'path1.perm=group_execute' 'path1.perm!=group_write'
	'path1.type=file' 'path1.type!=file' 'path1.type=directory' 'char=path1.type' 'path1.type=fifo' 'path1.type=block' 'path1.type=symlink'
	'path1.type=0100000' 'path1.type=socket' 'path1.major=0' 'path1.minor!=999' 'path1.dev_major=1' 'path1.dev_minor=3' 'path1.dev_major=7'
	'path1.parent.uid=0' 'path1.parent.gid!=0' 'path1.parent.perm=0755' 'path1.parent.perm=others_write' 'path1.parent.ino!=path1.ino'
	'path2.uid=0' 'path2.uid!=0' 'path2.parent.uid=0' 'exec.argc!=0' 'exec.envc=0' 'symlink.target!="x"' 'exec.realpath!="x"'
	'exec.argv[0]!="x"' 'exec.envp["A"]=NULL' 'task.uid=exec.realpath'
)
for condition in "${conditions[@]}"; do
	policy 'select <kernel> //numbers' "file read $T/plain $condition" "file getattr $T/\\*/ $condition" \
		"file getattr $T/\\* $condition" "file chmod $T/\\* 0-07777 $condition" "file create $T/new\\* 0-0777 $condition" \
		"file rename $T/new\\* $T/renamed\\* $condition" "file write $T/new\\* $condition" "file unlink $T/renamed\\* $condition"
	act numbers open $T/plain rdonly : stat $T/plain : stat $T/setuid : stat $T/owned : stat $T/public : stat $T/dir : \
		lstat $T/link : stat $T/fifo : stat $T/null : stat $T/disk : open $T/new creat,wronly 0600 : rename $T/new $T/renamed : \
		unlink $T/renamed : setgid 100 : setuid 1000 : stat $T/plain : stat $T/owned : seteuid 1000 : open $T/public rdonly
	# The domain anew, and with it its entries.
	policy 'delete <kernel> //numbers' '<kernel> //numbers' 'use_profile 3'
	/bin/rm -f $T/new $T/renamed
done
phase_end

phase conditions-strings
conditions_files
exception "path_group PROGRAMS $T/pro\\*" 'path_group TARGETS a\040\*' 'path_group TARGETS \*/\*'
domain strings 3
for condition in 'symlink.target="plain"' 'symlink.target!="plain"' 'symlink.target="a\040\*"' 'symlink.target=@TARGETS' \
	'symlink.target!=@TARGETS' 'symlink.target="\*" path1.parent.uid=0' 'symlink.target="" path1.uid=0'; do
	policy 'select <kernel> //strings' "file symlink $T/s\\* $condition"
	act strings symlink plain $T/s1 : symlink 'a b' $T/s2 : symlink x/y $T/s3 : symlink /x $T/s4
	policy 'delete <kernel> //strings' '<kernel> //strings' 'use_profile 3'
	/bin/rm -f $T/s?
done
for condition in 'exec.realpath="'$T'/program"' 'exec.realpath!=@PROGRAMS' 'exec.argc=2' 'exec.argc=3-9 exec.envc=0' \
	'exec.envc=2' 'exec.argv[1]="self"' 'exec.argv[4]!="x"' 'exec.argv[0]="\*/program"' 'exec.argv[2]=":"' \
	'exec.envp["A"]="1"' 'exec.envp["A"]!="1"' 'exec.envp["B"]=NULL' 'exec.envp["\*"]!=NULL' 'exec.envp["DUP"]="\$"' \
	'exec.envp["DUP"]="1"' 'exec.argv[1]="self" exec.envp["A"]="\*" task.uid=0' 'path1.uid=0 exec.argc!=2'; do
	policy 'select <kernel> //strings' "file execute $T/program keep $condition" "misc env \\* $condition"
	act strings spawn $T/program self : execenv '' { $T/program self }
	act strings execenv 'A=1,B=2' { $T/program self : self }
	act strings execenv 'DUP=1,DUP=2' { $T/program self }
	act strings execargv $T/program { other self }
	policy 'delete <kernel> //strings' '<kernel> //strings' 'use_profile 3'
done
phase_end

phase conditions-learning
conditions_files
for mode in 1 2; do
	domain learning$mode $mode "file read $T/plain task.uid=1000" "file execute $T/program exec.argc=7" \
		"file symlink $T/s symlink.target=\"other\""
	act learning$mode open $T/plain rdonly : symlink 'a "b"\c' $T/s : unlink $T/s : spawn $T/program self
	act learning$mode setgid 100 : setuid 1000 : open $T/public rdonly : open $T/plain rdonly : spawn $T/program self
done
phase_end

phase groups
conditions_files
exception "path_group FILES $T/p\\*" "path_group FILES $T/owned" "number_group PORTS 4300-4309" 'number_group PORTS 4320' \
	'number_group BITS 0600' 'number_group BITS 0640-0644' 'address_group HERE 127.0.0.1' 'address_group HERE ::1' \
	'address_group HERE 127.1.0.0-127.1.255.255' 'acl_group 50 file read @FILES' 'acl_group 50 file chmod @FILES @BITS' \
	'acl_group 51 network inet dgram bind/send @HERE @PORTS' 'acl_group 51 file read/getattr @EMPTY' \
	'acl_group 51 file getattr @FILES task.uid=0' 'acl_group 52 network unix dgram bind @FILES'
domain grouped 3 'use_group 51' 'use_group 50' "file rename @FILES @FILES"
groups_job() {
	act grouped open $T/plain rdonly : open $T/setuid rdonly : open $T/owned rdonly : stat $T/public : stat $T/dir
	act grouped chmod $T/plain 0600 : chmod $T/plain 0641 : chmod $T/plain 0700 : chmod $T/setuid 0600
	act grouped rename $T/plain $T/p2 : rename $T/p2 $T/dir2 : rename $T/p2 $T/plain
	act grouped socket inet dgram : bind inet:127.0.0.1:4300 : sendto inet:127.0.0.1:4320 : sendto inet:127.1.2.3:4310 : \
		sendto inet:127.2.0.1:4300 : socket inet6 dgram : bind inet6:[::1]:4309 : sendto inet6:[::ffff:127.0.0.1]:4300
	act grouped chdir $T : socket unix dgram : bind unix:$T/psocket : bind unix:psocket2
}
groups_job
phase_save
phase groups-changed
exception "delete path_group FILES $T/p\\*" 'delete number_group PORTS 4320' 'address_group HERE 127.2.0.0-127.2.0.1' \
	"path_group EMPTY $T/setuid" 'delete acl_group 50 file read @FILES' 'acl_group 52 file mksock @FILES 0-0777'
policy 'select <kernel> //grouped' 'use_group 52' 'delete use_group 50'
groups_job
phase_end

phase environment
for mode in 1 2 3; do
	domain environment$mode $mode 'file execute /bin/act'
	domain "environment$mode /bin/act" $mode 'misc env A' 'misc env LC_\*' 'misc env N\$ exec.argc=2' 'misc env \\x'
	act environment$mode execenv 'A=1' { /bin/act self }
	act environment$mode execenv 'A=1,LC_ALL=C,LC_=x' { /bin/act self }
	act environment$mode execenv 'N1=1' { /bin/act self }
	act environment$mode execenv 'N2=1' { /bin/act self : self }
	act environment$mode execenv 'noequals,=empty,A' { /bin/act self }
	act environment$mode execenv 'B\040C=1,\\x=2,D\12=3' { /bin/act self }
	act environment$mode execenv '' { /bin/act self }
done
phase_end
