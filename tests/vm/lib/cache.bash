# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# The download cache: unpacked Debian packages, kept so that later runs need no network.
#
#   cache_root            prints the cache directory of the project
#   cache_newest KIND     prints the newest cached directory .../KIND-VERSION, or fails
#   cache_fill KIND NOTE FUNCTION
#                         prints a directory .../KIND-VERSION; when there is none (or VM_UPDATE=1)
#                         calls FUNCTION, which has to set cache_version and then, called again
#                         with a directory, to fill it

cache_root()
{
    local home=${HOME:-}
    # With HOME unset (cron, some containers) the shell still knows the account's directory.
    [ -n "$home" ] || home=~
    printf '%s\n' "${XDG_CACHE_HOME:-$home/.cache}/tomoyo-box"
}

cache_newest()
{
    local root newest
    root=$(cache_root)
    newest=$(find "$root/${1%"${1##*/}"}" -maxdepth 1 -type d \
        -name "$(basename "$1")-[0-9]*" 2>/dev/null | sort -V | tail -n 1)
    [ -n "$newest" ] && printf '%s\n' "$newest"
}

cache_fill()
{
    local kind=$1 note=$2 fetch=$3 root dir cache_version=''
    root=$(cache_root)
    if [ "${VM_UPDATE:-0}" = 0 ] && cache_newest "$kind"; then
        return 0
    fi
    mkdir -p "$root/$(dirname "$kind")" || return 1
    (
        # Two test runs that start together must not fetch the same thing twice.
        flock 9 || exit 1
        if [ "${VM_UPDATE:-0}" = 0 ] && cache_newest "$kind"; then
            exit 0
        fi
        "$fetch" || exit 1
        dir=$root/$kind-$cache_version
        if [ ! -d "$dir" ]; then
            printf '%s: fetching %s %s (%s)\n' "${0##*/}" "$kind" "$cache_version" "$note" >&2
            work=$(mktemp -d "$root/tmp.XXXXXX") || exit 1
            trap 'rm -rf "$work"' EXIT
            mkdir "$work/result" "$work/scratch"
            (cd "$work/scratch" && "$fetch" "$work/result") || exit 1
            chmod 755 "$work/result"
            # The rename is the commit: a directory of this name is always complete.
            mv -T "$work/result" "$dir" || exit 1
        fi
        printf '%s\n' "$dir"
    ) 9>"$root/$kind.lock"
}

# What later releases of Debian lack (tomoyo-tools, Linux 6.1) is in this one's archives.
cache_fallback=bookworm
cache_derive=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../../tomoyo-box/toolchain" && pwd)/apt-derived.sh

# cache_archive PACKAGE: prints the apt configuration with which PACKAGE is found: the system's own, which has no name, or
# else that of a private state with the archives of Debian 12.
cache_archive()
{
    local root state
    # A name that others only mention is not an error for apt, and one that is not there is a pattern: "6.1" is found in "6.12".
    if [[ $'\n'$(apt-cache show --no-all-versions "$1" 2>/dev/null)$'\n' = *$'\n'"Package: $1"$'\n'* ]]; then
        return 0
    fi
    root=$(cache_root)
    state=$root/apt-$cache_fallback
    mkdir -p "$root" || return 1
    (
        flock 8 || exit 1
        # Package lists of yesterday name packages that may be gone.
        if [ -z "$(find "$state/updated" -mmin -720 2>/dev/null)" ] || [ "${VM_UPDATE:-0}" != 0 ]; then
            rm -rf "$state"
            "$cache_derive" "$state" "$(dpkg --print-architecture)" "$cache_fallback" >&2 || exit 1
            compgen -G "$state/lists/*_Packages*" >/dev/null || exit 1
            : >"$state/updated"
        fi
    ) 8>"$state.lock" || return 1
    printf '%s\n' "$state/apt.conf"
}

# cache_unpack_deb PACKAGE DIR: downloads with the system's own package manager, which also
# verifies the signature chain, and unpacks without installing.
cache_unpack_deb()
{
    local config
    config=$(cache_archive "$1") || return 1
    APT_CONFIG=$config apt-get -q -o APT::Sandbox::User=root download "$1" >&2 || return 1
    dpkg-deb -x "$1"_*.deb "$2"
}

# cache_deb_version PACKAGE: prints the version that apt would fetch.
cache_deb_version()
{
    local config
    config=$(cache_archive "$1") || return 1
    APT_CONFIG=$config apt-cache show --no-all-versions "$1" 2>/dev/null | sed -n 's/^Version: //p' | head -n 1
}
