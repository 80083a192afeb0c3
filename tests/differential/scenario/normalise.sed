# SPDX-License-Identifier: GPL-2.0-only
# Takes out of a result what differs from run to run: times, process and inode numbers, file systems without a device.
s,#[0-9]+/[0-9]+/[0-9]+ [0-9:]+#,#TIME#,g
s/\b(pid|ppid|global-pid|ino)=[0-9]+/\1=N/g
s/major=0 minor=[0-9]+/major=0 minor=N/g
s/\b(pipe|socket|mnt|net|pid|user|ipc|uts|cgroup|time):\[[0-9]+\]/\1:[N]/g
s,(proc:|/proc|/task)/[0-9]+\b,\1/N,g
s,/#[0-9]+,/#N,g
s/\bREMOTE_PORT=[0-9]+/REMOTE_PORT=N/g
# What mkstemp() has made.
s,\blog[A-Za-z0-9]{6}\b,logXXXXXX,g
# What the kernel has called a socket that was bound to no name.
s,\\000[0-9a-f]{5}( |$),\\000XXXXX\1,g
