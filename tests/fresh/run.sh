#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Makes a new minimal Debian with a clone of HEAD in it, and nothing else of this machine, and runs a command there.
#
# usage: run.sh RELEASE [COMMAND [ARGUMENT]...]
#
#   RELEASE    bookworm (Debian 12) or trixie (Debian 13)
#   COMMAND    what is run in the clone; default: .ci/run
#
# Needs root. Packages come from the archives that this system's apt is configured for. The exit status is COMMAND's, or 125
# when there is no system to run it in. FRESH_OUT is a folder to which build/check of the clone is copied at the end.
#
# The system lives in build/fresh (or FRESH_DIR) and is removed at the end. It has its own mounts, devices and processes, which
# are gone when this script ends, in whatever way it does. In the eyes of the machine nothing is mounted in that folder, so
# removing it removes nothing else.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
top=$(cd "$here/../.." && pwd)

die()
{
    printf 'fresh: %s\n' "$*" >&2
    exit 125
}

# archives: one line for each part of Debian's archive that apt uses here: URI, suite, components.
archives()
{
    # shellcheck disable=SC2016 # apt's variables
    apt-get indextargets --format '$(ORIGIN) $(REPO_URI) $(RELEASE) $(COMPONENT)' 'Identifier: Packages' |
        sed -n 's/^Debian //p' | sort -u
}

# populate: what makes a minimal system one that can install packages, and the clone.
populate()
{
    archives | sed -En "s#^([^ ]+) $own(-updates|-security)? main\$#deb \1 $release\2 main#p" >"$root/etc/apt/sources.list"
    apt-config dump | grep -E '^Acquire::(https?::|Retries|Check-)' >"$root/etc/apt/apt.conf.d/90machine" || :
    # Nobody misses what a crash of the machine takes away.
    mkdir -p "$root/etc/dpkg/dpkg.cfg.d"
    echo force-unsafe-io >"$root/etc/dpkg/dpkg.cfg.d/unsafe-io"
    cp -L /etc/resolv.conf /etc/hosts "$root/etc/"
    git clone -q --no-hardlinks "$top" "$root/srv/tomoyo-box"
}

devices()
{
    local device
    mount -t proc proc "$root/proc"
    mount -t sysfs -o ro sysfs "$root/sys"
    mount -t tmpfs -o mode=755 dev "$root/dev"
    for device in null zero full random urandom tty; do
        : >"$root/dev/$device"
        mount --bind "/dev/$device" "$root/dev/$device"
    done
    mkdir "$root/dev/pts" "$root/dev/shm"
    mount -t devpts -o newinstance,ptmxmode=0666,mode=620 devpts "$root/dev/pts"
    mount -t tmpfs -o mode=1777 shm "$root/dev/shm"
    ln -s pts/ptmx "$root/dev/ptmx"
    ln -s /proc/self/fd "$root/dev/fd"
    ln -s fd/0 "$root/dev/stdin"
    ln -s fd/1 "$root/dev/stdout"
    ln -s fd/2 "$root/dev/stderr"
}

# The second half, as the first process of the new system: WORK RELEASE COMMAND...
if [ "${1:-}" = --inside ]; then
    work=$2 release=$3 root=$2/root own=$FRESH_OWN
    shift 3
    set -E
    trap 'die "the new system cannot be made"' ERR
    mount --make-rprivate /
    mount -t proc proc /proc
    debootstrap --variant=minbase "$release" "$root" "$FRESH_MIRROR" >"$work/log" 2>&1 || {
        tail -n 20 "$work/log" | sed 's/^/fresh: /' >&2
        die "debootstrap makes no $release"
    }
    populate
    devices
    trap - ERR
    status=0
    env -i HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin TERM="${TERM:-dumb}" \
        ${http_proxy:+"http_proxy=$http_proxy"} ${https_proxy:+"https_proxy=$https_proxy"} \
        chroot "$root" /bin/sh -c 'cd /srv/tomoyo-box && exec "$@"' - "$@" || status=$?
    if [ -n "${FRESH_OUT:-}" ] && [ -d "$root/srv/tomoyo-box/build/check" ]; then
        cp "$root"/srv/tomoyo-box/build/check/* "$FRESH_OUT"
    fi
    exit $status
fi

release=${1:-}
case $release in
bookworm | trixie) shift ;;
*) die "usage: run.sh bookworm|trixie [COMMAND [ARGUMENT]...]" ;;
esac
[ $# -gt 0 ] || set -- .ci/run
[ "$(id -u)" = 0 ] || die "a new system can only be made by root"
type -P debootstrap >/dev/null || die "debootstrap is missing (package debootstrap)"
# shellcheck source=/dev/null # the system's, not ours
FRESH_OWN=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
FRESH_MIRROR=$(archives | awk -v own="$FRESH_OWN" '$2 == own && $3 == "main" { print $1; exit }')
[ -n "$FRESH_MIRROR" ] || die "apt is configured for no archive of Debian (apt-get update?)"
# debootstrap asks the environment, apt its configuration.
if [ -z "${http_proxy:-}" ]; then
    eval "$(apt-config shell http_proxy Acquire::http::Proxy)"
fi
export FRESH_OWN FRESH_MIRROR http_proxy

dir=${FRESH_DIR:-$top/build/fresh}
mkdir -p "$dir"
# Whoever holds no lock any more was killed.
for left in "$dir"/*.lock; do
    [ -e "$left" ] || continue
    (
        exec 9<"$left"
        ! flock -n 9 || rm -rf --one-file-system "${left%.lock}" "$left"
    )
done
work=$(mktemp -d "$dir/$release.XXXXXX")
exec 9>"$work.lock"
flock 9
child=
# shellcheck disable=SC2317 # called by the trap
cleanup()
{
    [ -z "$child" ] || kill -KILL "$child" 2>/dev/null || :
    wait || :
    rm -rf --one-file-system "$work" "$work.lock"
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
# The signals at a parent's death reach the first process, and its death ends all others.
setpriv --pdeathsig KILL unshare --mount --pid --ipc --kill-child "$0" --inside "$work" "$release" "$@" <&0 9>&- &
child=$!
status=0
wait "$child" || status=$?
child=
exit "$status"
