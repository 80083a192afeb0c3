#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# Makes the disk of board.bats: a board with BusyBox and its httpd, Debian's dropbear, the tool box as the README installs it,
# and the administrator of guest.sh.
#
# usage: board.sh IMAGE
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
top=$(cd "$here/../../.." && pwd)
# shellcheck source=../../../tomoyo-box/toolchain/compilers.sh
. "$top/tomoyo-box/toolchain/compilers.sh"
# shellcheck source=../lib/cache.bash
. "$here/../lib/cache.bash"
image=$1

die()
{
    printf 'board.sh: %s\n' "$*" >&2
    exit 2
}

# Called by cache_fill, see there.
fetch_dropbear()
{
    # shellcheck disable=SC2034 # read by cache_fill
    cache_version=$(cache_deb_version dropbear-bin)
    [ -n "$cache_version" ] || die 'apt knows no package dropbear-bin (apt-get update?)'
    [ $# = 0 ] && return 0
    # With all libraries: those of this machine may be others.
    apt-cache depends --recurse --no-recommends --no-suggests --no-conflicts --no-breaks --no-replaces --no-enhances \
        dropbear-bin | grep '^[a-z]' >packages
    mapfile -t packages <packages
    apt-get -q -o APT::Sandbox::User=root download "${packages[@]}" >&2 || return 1
    for package in ./*.deb; do dpkg-deb -x "$package" "$1" || return 1; done
    rm -rf "${1:?}/usr/share"
}

# These live in sbin, which is not in everybody's PATH.
PATH=$PATH:/usr/sbin:/sbin
busybox=$(readlink -f "$(type -P busybox)") || die 'busybox is missing (package busybox-static)'
dropbear=$(cache_fill dropbear '5 MB, usually a few seconds' fetch_dropbear)
work=$(mktemp -d "$image.XXXXXX")
trap 'rm -rf "$work"' EXIT
root=$work/root
umask 022

# /bin and /sbin are real directories here: TOMOYO starts when exactly /sbin/init is executed.
for dir in bin sbin usr/bin usr/sbin usr/lib lib dev proc sys tmp run etc/init.d etc/dropbear opt/readme root www home/user/.ssh \
    srv/public; do
    mkdir -p "$root/$dir"
done
cp -r "$dropbear/." "$root"
cp "$busybox" "$root/bin/busybox"
while IFS= read -r path; do
    [ -e "$root/$path" ] || ln -s /bin/busybox "$root/$path"
done < <("$busybox" --list-full)

printf '%s\n' 'root:x:0:0:root:/root:/bin/sh' 'user:x:1000:1000:user:/home/user:/bin/sh' >"$root/etc/passwd"
printf '%s\n' 'root:x:0:' 'user:x:1000:' >"$root/etc/group"
(umask 077 && printf '%s\n' 'root:*:20000::::::' 'user:*:20000::::::' >"$root/etc/shadow")
echo board >"$root/etc/hostname"
echo '127.0.0.1 localhost board' >"$root/etc/hosts"
echo /bin/sh >"$root/etc/shells"

cat >"$root/etc/inittab" <<'INITTAB'
::sysinit:/etc/init.d/rcS
::once:/opt/readme/guest.sh >/dev/console 2>&1
::shutdown:/bin/mount -o remount,ro /
INITTAB
cat >"$root/etc/init.d/rcS" <<'RCS'
#!/bin/sh
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t securityfs securityfs /sys/kernel/security
mount -t devtmpfs devtmpfs /dev
mkdir -p /dev/pts
mount -t devpts -o ptmxmode=666,mode=620 devpts /dev/pts
mount -t tmpfs -o mode=1777 tmpfs /tmp
mount -t tmpfs -o mode=755 tmpfs /run
hostname -F /etc/hostname
ip link set lo up
/etc/init.d/dropbear start
/etc/init.d/httpd start
RCS
# service NAME COMMAND: how the init scripts of boards are.
service()
{
    cat >"$root/etc/init.d/$1" <<SERVICE
#!/bin/sh
case \$1 in
start) start-stop-daemon -S -m -b -p /run/$1.pid -x /usr/sbin/$1 -- $2 ;;
stop) start-stop-daemon -K -p /run/$1.pid ;;
restart)
    \$0 stop
    \$0 start
    ;;
esac
SERVICE
}
service dropbear '-F -E -s -p 2222'
service httpd '-f -h /www'
chmod 755 "$root"/etc/init.d/*

cp "$here/guest.sh" "$root/opt/readme/"
chmod 755 "$root/opt/readme/guest.sh"
"${CC:-$GCC}" -O2 -static -Wall -Wextra -Werror -D_GNU_SOURCE -o "$root/opt/readme/inject" "$here/inject.c"
awk -v dir="$root/opt/readme" -f "$here/readme.awk" "$top/README.md"

# key FILE: made with the board's own program; prints the public half.
key()
{
    local loader library
    loader=$(echo "$root"/lib*/ld-linux-*.so.*)
    library=$(echo "$root"/lib/*-linux-gnu)
    "$loader" --library-path "$library:${library%/lib/*}/usr/lib/${library##*/}" "$root/usr/bin/dropbearkey" -t ed25519 -f "$1" |
        grep '^ssh-'
}
key "$root/etc/dropbear/dropbear_ed25519_host_key" >/dev/null
key "$root/opt/readme/dropbear-key" >"$root/home/user/.ssh/authorized_keys"
chmod 600 "$root/etc/dropbear"/* "$root/opt/readme/dropbear-key"
chmod 700 "$root/home/user/.ssh"

# What the attacks are after: nothing but the policy protects it.
chmod 777 "$root/srv/public"
: >"$root/srv/public/file"
chmod 666 "$root/srv/public/file"
echo SECRET >"$root/srv/secret"
echo 'It works.' >"$root/www/index.html"
ln -s /srv/secret "$root/www/leak"

# What the README says of a board, as it stands there.
readme=$(sed -n '/^## On a board/,/^## /s#^\(make install\|build/tomoyo-box\) .*#&#p' "$top/README.md")
[ "$(wc -l <<<"$readme")" = 2 ] || die "the README's commands for a board are not what they were: $readme"
(cd "$top" && sh -ec "${readme//\/path\/to\/rootfs/$root}" >"$work/log" 2>&1) || die "$(cat "$work/log")"
rm -rf "${root:?}/usr/share"

rm -f "$image"
truncate -s 64M "$image"
mke2fs -q -t ext4 -F -d "$root" "$image"
# Owners and devices are put in from outside, so that nobody has to be root here.
{
    find "$root" -printf 'sif "/%P" uid 0\nsif "/%P" gid 0\n'
    find "$root/home/user" -printf 'sif "/home/user/%P" uid 1000\nsif "/home/user/%P" gid 1000\n'
    printf '%s\n' 'cd dev' 'mknod console c 5 1' 'mknod null c 1 3'
} | debugfs -w -f - "$image" >/dev/null 2>&1
