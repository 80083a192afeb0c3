// SPDX-License-Identifier: GPL-2.0-only
// Help topic: conditions.
#include "tomoyo-box/topics/topics.h"

const std::string_view topic::conditions =
    R"topic(Conditions: what else must hold for an entry to grant, all of them

In domain policy:
  file read /srv/\* task.uid=0 task.gid!=100-200
  file write /srv/\* path1.uid=task.uid            only files of one's own
  file read /srv/\* path1.perm=others_read path1.type=file
  file chmod /srv/\* 0-0777 task.uid=@ADMINS       a number_group
  file execute /bin/sh exec.argv[1]="-c" exec.envp["LD_PRELOAD"]=NULL
  file execute /srv/\* exec.realpath="/bin/busybox"
  file symlink /srv/\* symlink.target="/srv/\*"
  file read /etc/shadow grant_log=yes              no condition: log it
Wrong in domain policy:
  file read /srv/x task.uid = 0                    no blanks around = and !=
  file read /srv/x @ADMINS=task.uid                groups stand on the right

Numbers  10, 0755, 0x1F, 1-99; @GROUP on the right
task.    uid euid suid fsuid gid egid sgid fsgid pid ppid
exec.    argc envc; texts: realpath argv[N] envp["NAME"]
path1.   uid gid ino major minor perm type dev_major dev_minor
path1.parent.  uid gid ino perm   (path2. and path2.parent.: the second name)
type is  file directory symlink socket block char fifo
perm is  setuid setgid sticky owner_read owner_write owner_execute group_read
         group_write group_execute others_read others_write others_execute
What a request does not have makes both = and != false. Text is in quotes, may
have wildcards, or is @GROUP (not argv, envp). envp may be NULL: not there.
)topic";
