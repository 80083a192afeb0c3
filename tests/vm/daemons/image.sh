#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# Makes the disk of daemons.bats: a Debian with servers that are configured as people do, the tool box installed as the
# README says, and the administrator of guest.sh.
#
# usage: image.sh systemd|sysvinit IMAGE
#
# Needs root: everything in the image has its own owner.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
top=$(cd "$here/../../.." && pwd)
# shellcheck source=../../../tomoyo-box/toolchain/compilers.sh
. "$top/tomoyo-box/toolchain/compilers.sh"
init=$1
image=$2

# These live in sbin, which is not in everybody's PATH.
PATH=$PATH:/usr/sbin:/sbin
archive=$("$here/../debian-root.sh" "$init")
work=$(mktemp -d "$image.XXXXXX")
trap 'rm -rf "$work"' EXIT
root=$work/root
mkdir "$root"
tar -C "$root" --numeric-owner --xattrs -xf "$archive"

make -s -C "$top" install DESTDIR="$root" LINKS=symlink

mkdir "$root/opt/readme"
awk -v dir="$root/opt/readme" -f "$here/readme.awk" "$top/README.md"
install -m 755 "$here/guest.sh" "$root/opt/readme/guest.sh"
"${CC:-$GCC}" -O2 -static -Wall -Wextra -Werror -D_GNU_SOURCE -o "$root/opt/readme/inject" "$here/inject.c"

echo board >"$root/etc/hostname"
echo '127.0.0.1 localhost board' >"$root/etc/hosts"
# Not to be looked at when it boots: the box kernel lets nobody write to what is mounted.
echo '/dev/nvme0n1 / ext4 defaults 0 0' >"$root/etc/fstab"
chroot "$root" useradd -m -s /bin/sh user
install -d -m 700 "$root/home/user/.ssh"
chroot "$root" ssh-keygen -q -t ed25519 -N '' -f /opt/readme/key
chroot "$root" dropbearkey -t ed25519 -f /opt/readme/dropbear-key | grep '^ssh-' |
    cat - "$root/opt/readme/key.pub" >"$root/home/user/.ssh/authorized_keys"
chroot "$root" chown -R user:user /home/user
echo 'LoginGraceTime 0' >"$root/etc/ssh/sshd_config.d/slow.conf"
echo 'DROPBEAR_PORT=2222' >>"$root/etc/default/dropbear"
printf '%s\n' 'no-resolv' 'listen-address=127.0.0.1' 'bind-interfaces' 'address=/board.test/192.0.2.7' \
    >"$root/etc/dnsmasq.d/board.conf"
rm -f "$root"/var/www/html/*
echo 'It works.' >"$root/var/www/html/index.html"

# What the attacks are after: nothing but the policy protects it.
install -d -m 777 "$root/srv/public"
install -m 666 /dev/null "$root/srv/public/file"
echo SECRET >"$root/srv/secret"
chmod 644 "$root/srv/secret"
ln -s /srv/secret "$root/var/www/html/leak"

case $init in
systemd)
    cat >"$root/etc/systemd/system/readme.service" <<'UNIT'
[Unit]
Description=Administrator who follows the README
After=multi-user.target ssh.service dropbear.service dnsmasq.service nginx.service mosquitto.service

[Service]
Type=exec
ExecStart=/opt/readme/guest.sh
StandardOutput=file:/dev/console
StandardError=file:/dev/console

[Install]
WantedBy=graphical.target
UNIT
    mkdir -p "$root/etc/systemd/system/graphical.target.wants"
    ln -sf ../readme.service "$root/etc/systemd/system/graphical.target.wants/readme.service"
    # What takes time on an emulated processor and tells nothing here: devices are there without udev, and a login without
    # a session of logind.
    for unit in serial-getty@ttyS0.service modprobe@.service systemd-udevd.service systemd-udev-trigger.service \
        systemd-udevd-control.socket systemd-udevd-kernel.socket systemd-logind.service apt-daily.timer \
        apt-daily-upgrade.timer dpkg-db-backup.timer e2scrub_all.timer e2scrub_reap.service fstrim.timer; do
        ln -sf /dev/null "$root/etc/systemd/system/$unit"
    done
    sed -i '/pam_systemd/d' "$root/etc/pam.d/common-session"
    # A busy machine may take minutes for what takes seconds.
    mkdir -p "$root/etc/systemd/system.conf.d"
    printf '%s\n' '[Manager]' 'DefaultTimeoutStartSec=1h' 'DefaultTimeoutStopSec=1h' >"$root/etc/systemd/system.conf.d/slow.conf"
    ;;
sysvinit)
    # No terminals here.
    sed -i '/getty/d' "$root/etc/inittab"
    echo 'rm:2345:once:/opt/readme/guest.sh </dev/null >/dev/console 2>&1' >>"$root/etc/inittab"
    printf 'auto lo\niface lo inet loopback\n' >"$root/etc/network/interfaces"
    # Debian leaves it to systemd to make the folder in /run.
    sed -i 's#^PIDFILE=.*#PIDFILE=/run/mosquitto.pid#' "$root/etc/init.d/mosquitto"
    sed -i '/^pid_file /d' "$root/etc/mosquitto/mosquitto.conf"
    ;;
esac

rm -f "$image"
truncate -s 2G "$image"
mke2fs -q -t ext4 -F -d "$root" "$image"
