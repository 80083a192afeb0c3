#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# Prints the path of a tar archive with the root file system of a small Debian with servers and their clients in it, and
# makes it first when it is not cached.
#
# usage: debian-root.sh [--update] systemd|sysvinit
#
# Needs root. It is this machine's release of Debian, from the archives that its apt is configured for. What is in it
# depends on this script alone: a change makes a new one, --update looks for newer packages.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=lib/cache.bash
. "$here/lib/cache.bash"

die()
{
    printf 'debian-root.sh: %s\n' "$*" >&2
    exit 2
}

if [ "${1:-}" = --update ]; then
    export VM_UPDATE=1
    shift
fi
init=${1:-}
packages=openssh-server,openssh-client,dropbear-bin,dropbear,dnsmasq,nginx-light,mosquitto
packages+=,mosquitto-clients,bind9-dnsutils,curl,netbase,procps,iproute2,udev,ca-certificates
case $init in
systemd) packages+=,systemd-sysv,dbus,libpam-systemd ;;
sysvinit) packages+=,sysvinit-core,ifupdown ;;
*) die 'usage: debian-root.sh [--update] systemd|sysvinit' ;;
esac

# archive: the first of Debian's archives that apt uses here: URI and suite.
archive()
{
    local own
    # shellcheck source=/dev/null # the system's, not ours
    own=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
    # shellcheck disable=SC2016 # apt's variables
    apt-get indextargets --format '$(ORIGIN) $(REPO_URI) $(RELEASE) $(COMPONENT)' 'Identifier: Packages' |
        awk -v own="$own" '$1 == "Debian" && $3 == own && $4 == "main" { print $2, $3; exit }'
}

# Called by cache_fill, see there.
make_root()
{
    local uri suite
    # shellcheck disable=SC2034 # read by cache_fill
    cache_version=$(cache_deb_version base-files)
    [ $# = 0 ] && return 0

    [ "$(id -u)" = 0 ] || die 'a root file system can only be made by root'
    type -P debootstrap >/dev/null || die 'debootstrap is missing (package debootstrap)'
    read -r uri suite < <(archive) || die 'apt is configured for no archive of Debian (apt-get update?)'
    # debootstrap asks the environment, apt its configuration.
    if [ -z "${http_proxy:-}" ]; then
        eval "$(apt-config shell http_proxy Acquire::http::Proxy)"
    fi
    export http_proxy
    # What is mounted or started on the way is gone when this ends.
    if ! unshare --mount --pid --fork --kill-child \
        debootstrap --variant=minbase --include="$packages" "$suite" root "$uri" >log 2>&1; then
        tail -n 20 log root/debootstrap/debootstrap.log 2>/dev/null | sed 's/^/debian-root.sh: /' >&2
        die "debootstrap makes no $suite"
    fi
    # What no program reads makes the image large and slow to write.
    rm -rf root/usr/share/{doc,man,locale,info} root/var/cache/apt/* root/var/lib/apt/lists/* root/var/log/*.log
    tar -C root --numeric-owner --xattrs -cf - . | zstd -q -3 -T0 -o "$1/root.tar.zst"
}

key=$(sha256sum <"${BASH_SOURCE[0]}" | cut -c 1-12)
dir=$(cache_fill "debian-root/$init-$key" 'about 150 MB, 2 to 5 minutes' make_root)
printf '%s\n' "$dir/root.tar.zst"
