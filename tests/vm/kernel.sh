#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# Prints the path of the kernel image called NAME, and fetches or builds it first when it is not cached.
#
# usage: kernel.sh [--update | --if-built] [NAME]
#        kernel.sh --list
#
#   debian-6.12, debian-6.1      Debian's kernel, with mainline's TOMOYO
#   box-6.12, box-6.1            a small kernel with what is in lsm/ now
#   mainline-6.12, mainline-6.1  the same small kernel with mainline's TOMOYO
#   debug-6.12, debug-6.1        as box, with everything that finds mistakes
#
# The kernel's config and version lie beside the image. --update looks for a newer one; --if-built takes no time: exit status 1
# when the kernel would have to be built here first.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=lib/cache.bash
. "$here/lib/cache.bash"

# Debian's meta packages always name the current kernel of a series. The "cloud" flavour has
# everything that the bench needs built in, so that no module has to be loaded. The release's own
# series has the plain name; whose series that is, the dependency tells.
debian=(debian-6.12 debian-6.1)
# What is built here.
built=(box-6.12 box-6.1 mainline-6.12 mainline-6.1 debug-6.12 debug-6.1)

# debian_package SERIES: prints the package of the current kernel of this series. It is where the sources of the series are.
debian_package()
{
    local meta config
    config=$(cache_archive "linux-source-$1") || return 1
    for meta in "linux-image-$1-cloud-amd64" linux-image-cloud-amd64; do
        APT_CONFIG=$config apt-cache depends "$meta" 2>/dev/null |
            sed -n "s/^ *Depends: \(linux-image-${1/./\\.}[-.+].*\)/\1/p"
    done | head -n 1
}

# Called by cache_fill, see there.
fetch_debian()
{
    local package
    package=$(debian_package "$series") || :
    if [ -z "$package" ]; then
        echo "kernel.sh: apt knows no kernel image of $series: is its index there (apt-get update)?" >&2
        return 1
    fi
    # shellcheck disable=SC2034 # read by cache_fill
    cache_version=$(cache_deb_version "$package")
    [ $# = 0 ] && return 0

    cache_unpack_deb "$package" tree || return 1
    cp tree/boot/vmlinuz-* "$1/vmlinuz" &&
        cp tree/boot/config-* "$1/config" &&
        printf '%s\n' "${package#linux-image-}" >"$1/version"
}

if [ "${1:-}" = --list ]; then
    printf '%s\n' "${debian[@]}"
    printf '%s\n' "${built[@]}"
    exit 0
fi
if [ "${1:-}" = --update ]; then
    export VM_UPDATE=1
    shift
fi
if_built=
if [ "${1:-}" = --if-built ]; then
    if_built=--if-built
    shift
fi
name=${1:-debian-6.12}

if [[ " ${debian[*]} " = *" $name "* ]]; then
    series=${name#debian-}
    dir=$(cache_fill "kernels/$name" "about 30 MB, usually 10 to 60 s" fetch_debian)
elif [[ " ${built[*]} " = *" $name "* ]]; then
    dir=$("$here/../kernel/build/image.sh" $if_built "$name")
else
    echo "kernel.sh: unknown kernel '$name', known: $("$0" --list | tr '\n' ' ')" >&2
    exit 2
fi
printf '%s\n' "$dir/vmlinuz"
