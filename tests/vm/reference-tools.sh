#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# Prints the directory with Debian's unpacked tomoyo-tools, the reference for comparisons.
#
# usage: reference-tools.sh [--update]
set -euo pipefail
# shellcheck source=lib/cache.bash
. "$(dirname "${BASH_SOURCE[0]}")/lib/cache.bash"

# Called by cache_fill, see there.
fetch_tools()
{
    # shellcheck disable=SC2034 # read by cache_fill
    cache_version=$(cache_deb_version tomoyo-tools)
    if [ -z "$cache_version" ]; then
        echo "reference-tools.sh: apt knows no package tomoyo-tools (apt-get update?)" >&2
        return 1
    fi
    [ $# = 0 ] && return 0
    cache_unpack_deb tomoyo-tools "$1" && cache_unpack_deb libtomoyotools3 "$1"
}

if [ "${1:-}" = --update ]; then
    # shellcheck disable=SC2034 # read by cache_fill
    VM_UPDATE=1
fi
cache_fill tomoyo-tools "1 MB, usually a few seconds" fetch_tools
