#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# Builds the base initramfs of the bench (once for the same content) and prints its path.
#
# usage: initramfs.sh [OUT.cpio] [--box PATH | --no-box] [--loader box|reference|none]
#                     [--suite DIR]
#
#   OUT.cpio      also copy the archive there
#   --box PATH    the tomoyo-box under test; default build/tomoyo-box
#   --no-box      build without tomoyo-box; also the default as long as none has been built
#   --loader X    what /sbin/tomoyo-init is: tomoyo-box, Debian's tomoyo-init, or missing;
#                 default: tomoyo-box if it is there and has that applet, otherwise Debian's
#   --suite DIR   becomes /suite; default tests/vm/suite
#
# /bin/act and /suite-lib are made from guest/. Archives are kept in build/vm/, named by a hash of everything that went in. What a single test
# adds (policy, scripts) does not belong here but in an overlay, see run.sh.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
top=$(cd "$here/../.." && pwd)
cache=$top/build/vm
# shellcheck source=../../tomoyo-box/toolchain/compilers.sh
. "$top/tomoyo-box/toolchain/compilers.sh"
# shellcheck source=lib/cpio.bash
. "$here/lib/cpio.bash"

die()
{
    printf 'initramfs.sh: %s\n' "$*" >&2
    exit 2
}

out='' box=$top/build/tomoyo-box loader='' suite=$here/suite box_required=0
while [ $# -gt 0 ]; do
    case $1 in
    --box) box=$2 box_required=1 && shift ;;
    --no-box) box='' ;;
    --loader) loader=$2 && shift ;;
    --suite) suite=$2 && shift ;;
    -*) die "unknown option $1" ;;
    *) out=$1 ;;
    esac
    shift
done
if [ -n "$box" ] && [ ! -x "$box" ]; then
    [ $box_required = 0 ] || die "no program $box"
    box=''
fi
box_links=''
[ -z "$box" ] || box_links=$("$box" --list-full)
if [ -z "$loader" ]; then
    loader=reference
    ! grep -qx sbin/tomoyo-init <<<"$box_links" || loader=box
fi
reference=$("$here/reference-tools.sh")

# The plan has one line per item of the archive: "file GUEST HOST", "link GUEST TARGET" or
# "dir GUEST". It is written first, because plan + content of the files = the archive's identity.
plan=()
add_file() { plan+=("file $1 $2"); }
add_link() { plan+=("link $1 $2"); }
add_tree()
{
    local file
    while IFS= read -r file; do
        add_file "$1/${file#"$2"/}" "$(readlink -f "$file")"
    done < <(find -L "$2" -type f | LC_ALL=C sort)
}
# add_libs PROGRAM: what a dynamic program of the host loads, at the same paths.
add_libs()
{
    local lib
    while IFS= read -r lib; do
        add_file "${lib#/}" "$(readlink -f "$lib")"
    done < <(ldd "$1" | grep -o '/[^ ]*' | grep -v libtomoyotools)
}

# /bin and /sbin are real directories, not links into /usr as on Debian: TOMOYO compares the
# string that was given to execve() with its trigger, and names domains by resolved directories.
for dir in bin sbin dev proc sys tmp run root etc usr/bin usr/sbin lib lib64 out mnt \
    var/log/tomoyo; do
    plan+=("dir $dir")
done

busybox=$(readlink -f "$(type -P busybox)") || die 'busybox is missing (package busybox-static)'
add_file bin/busybox "$busybox"
while IFS= read -r path; do
    # Not the names for which the real thing is here, nor init, which is the guest's own script.
    case $path in
    linuxrc | sbin/init | */busybox | bin/bash) ;;
    *) add_link "$path" /bin/busybox ;;
    esac
done < <("$busybox" --list-full)

bash=$(readlink -f "$(type -P bash)")
add_file bin/bash "$bash"
add_link usr/bin/bash /bin/bash
add_libs "$bash"

type -P bats >/dev/null || die 'bats is missing (packages bats, bats-support, bats-assert, bats-file)'
add_file usr/bin/bats "$(readlink -f "$(type -P bats)")"
for dir in usr/lib/bats-core usr/libexec/bats-core usr/lib/bats; do
    add_tree "$dir" "/$dir"
done

for tool in "$reference"/sbin/* "$reference"/usr/sbin/* "$reference"/usr/lib/tomoyo/*; do
    add_file "opt/tomoyo-tools/sbin/${tool##*/}" "$tool"
done
add_file lib/libtomoyotools.so.3 "$(readlink -f "$reference/usr/lib/libtomoyotools.so.3")"
add_libs "$reference/usr/sbin/tomoyo-editpolicy"
for term in ansi dumb linux screen tmux vt100 vt220 xterm xterm-256color; do
    for dir in /lib/terminfo /usr/share/terminfo; do
        file=${term:0:1}/$term
        [ -e "$dir/$file" ] || continue
        add_file "lib/terminfo/$file" "$dir/$file"
        continue 2
    done
    die "the terminal $term is not described here (package ncurses-base)"
done

if [ -n "$box" ]; then
    add_file usr/sbin/tomoyo-box "$(readlink -f "$box")"
    while IFS= read -r path; do
        case $path in
        usr/sbin/tomoyo-box) ;;
        sbin/tomoyo-init) [ "$loader" != box ] || add_link "$path" /usr/sbin/tomoyo-box ;;
        *) add_link "$path" /usr/sbin/tomoyo-box ;;
        esac
    done <<<"$box_links"
fi
case $loader in
reference) add_file sbin/tomoyo-init "$reference/sbin/tomoyo-init" ;;
box) grep -qx sbin/tomoyo-init <<<"$box_links" || die 'tomoyo-box has no tomoyo-init' ;;
none) ;;
*) die "unknown loader $loader" ;;
esac

# act: the program that the suites about the kernel make do things.
act_sources=("$here"/guest/act/*.c)
act=$cache/act-$(cat "$here"/guest/act/* | sha256sum | cut -c 1-16)
if [ ! -x "$act" ]; then
    mkdir -p "$cache"
    "${CC:-$GCC}" -O2 -static -Wall -Wextra -Werror -D_GNU_SOURCE -o "$act.$$" "${act_sources[@]}"
    mv "$act.$$" "$act"
fi
add_file bin/act "$act"
add_file suite-lib/k.bash "$here/guest/k.bash"
add_file suite-lib/k-rows.bash "$here/guest/k-rows.bash"

add_file sbin/init "$here/guest/init"
add_tree etc "$here/guest/etc"
add_tree suite "$suite"

# The hash covers this script and the archive writer too: they decide what the plan means.
key=$({
    printf '%s\n' "${plan[@]}" | sed "s|$top||"
    printf '%s\n' "${plan[@]}" | sed -n 's/^file [^ ]* //p' | LC_ALL=C sort -u |
        tr '\n' '\0' | xargs -0 sha256sum | cut -d ' ' -f 1
    cat "$here/initramfs.sh" "$here/lib/cpio.bash"
} | sha256sum | cut -c 1-16)
base=$cache/base-$key.cpio

if [ -e "$base" ]; then
    touch "$base"
else
    mkdir -p "$cache"
    work=$(mktemp -d "$cache/tmp.XXXXXX")
    trap 'rm -rf "$work"' EXIT
    tree=$work/tree
    for item in "${plan[@]}"; do
        read -r kind guest host <<<"$item"
        case $guest in */*) [ -d "$tree/${guest%/*}" ] || mkdir -p "$tree/${guest%/*}" ;; esac
        case $kind in
        dir) mkdir -p "$tree/$guest" ;;
        file) cp "$host" "$tree/$guest" ;;
        link) printf '%s\0%s\0' "$host" "$tree/$guest" ;;
        esac
    done | xargs -0 -r -n 2 ln -sfn
    chmod 1777 "$tree/tmp"
    # Not packed: the emulator hands 8 MB over at once, while to unpack 4 MB is work for the emulated processor.
    { cpio_tree "$tree" && cpio_devices; } >"$work/base"
    cpio_pad "$work/base"
    mv "$work/base" "$base"
    # Every build of tomoyo-box makes a new archive: drop what no running test can still want.
    find "$cache" -maxdepth 1 -name 'base-*.cpio*' -mmin +60 -delete
fi
if [ -n "$out" ]; then
    cp "$base" "$out"
fi
printf '%s\n' "$base"
