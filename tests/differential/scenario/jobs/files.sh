#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash disable=SC1010,SC2016
# A job of the scenario: programs that work on files, each by its path so that it gets its own domain.

try() {
	"$@"
	echo "$1: $?"
}

cd /tmp/files || exit 1
umask 022
i=0
while [ $i -lt 3 ]; do
	try /bin/mkdir dir$i
	echo "line $i" >dir$i/text
	echo "line $i" >>log
	i=$((i + 1))
done
try /bin/cat log
try /bin/cp log copy
try /bin/cp -a dir0 dir3
try /bin/mv copy moved
try /bin/mv dir3 dir4
try /bin/mv moved /scenario/space/elsewhere
try /bin/mv /scenario/space/elsewhere back
try /bin/ln log hard
try /bin/ln -s log soft
try /bin/ln -s "a b\\c" "so ft"
try /bin/readlink soft
try /bin/ls -R
try /usr/bin/find . -name 'text' -exec /bin/chmod 600 {} ';'
# Two programs at once would be audited in any order.
list=$(/usr/bin/find . -type f)
echo "$list" | try /usr/bin/sort
try /bin/sed -i s/line/word/ log
try /bin/sed -n 2p log
try /usr/bin/awk '{ sum += $2 } END { print sum >"sum"; print sum }' log
try /bin/grep word log
try /usr/bin/head -n 1 log
try /usr/bin/wc -l log
try /usr/bin/sort -o sorted -r log
try /usr/bin/diff log sorted
try /bin/dd if=/dev/zero of=block bs=512 count=2 conv=notrunc status=none
try /bin/dd if=/dev/zero of=block bs=1 seek=100 count=1 status=none
try /usr/bin/truncate -s 10 block
try /bin/touch block new
try /bin/chmod 640 new
try /bin/chmod u+s,o-r new
try /bin/chown 1000:1000 new
try /bin/chown 0 new
try /bin/chgrp 65534 new
try /usr/bin/mkfifo fifo
# A reader in the background would be a second program at work: opened both ways, it waits for nobody.
exec 3<>fifo
echo through >fifo
read -r line <fifo
echo "$line"
exec 3>&-
try /bin/mknod null c 1 3
try /bin/mknod disk b 7 9
echo nothing >null
try /bin/tar cf all.tar dir0 dir1 log hard soft fifo null
try /bin/mkdir unpacked
try /bin/tar xf all.tar -C unpacked
try /bin/tar tf all.tar
try /bin/gzip all.tar
try /bin/gunzip -c all.tar.gz >again.tar
try /usr/bin/cmp again.tar all.tar
try /bin/gunzip all.tar.gz
/usr/bin/md5sum all.tar >sums
try /usr/bin/md5sum -c sums
echo log | try /bin/cpio -o -H newc >archive
try /usr/bin/xargs -n 1 /bin/echo <log
value=$(/bin/cat sum)
echo "value $value"
/bin/cat <<TEXT
here
TEXT
try /bin/stat -c '%n %a %u %g %F' new fifo null soft
try /usr/bin/du -s dir0
try /usr/bin/realpath soft
try /bin/rmdir dir4
try /bin/rm dir4/text
try /bin/rmdir dir4
try /bin/rm -r unpacked
try /bin/rm -f soft nosuch
try /usr/bin/unlink hard
try /usr/bin/env X=1 /bin/echo done
