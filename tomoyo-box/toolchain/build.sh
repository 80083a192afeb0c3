#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# build.sh ARCH: makes the static musl C++ toolchain for ARCH when the cache has none, and prints its folder.
#
# Everything but that one line goes to stderr. The folder's name holds a hash of what it was made from, so a changed
# script or an upgraded compiler makes a new one. It appears by a rename when it is complete: an interrupted build
# leaves nothing that looks like a toolchain. A lock lets a second build wait for the first.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
arch=$1
# shellcheck source=target.sh
. "$here/target.sh"

say() { echo "toolchain: $*" >&2; }

# The cache must also exist for a user without a home: then it stays inside the tree.
cache_folder() {
	local dir=${XDG_CACHE_HOME:-${HOME:+$HOME/.cache}}
	if [ -n "$dir" ] && mkdir -p "$dir/tomoyo-box" 2>/dev/null && [ -w "$dir/tomoyo-box" ]; then
		echo "$dir/tomoyo-box"
	else
		dir=$here/../../build/cache
		mkdir -p "$dir"
		(cd "$dir" && pwd)
	fi
}

# shellcheck disable=SC2086 # a list of groups
"$here/packages.sh" $group >&2
# Only now there is a compiler to be found.
. "$here/target.sh"
cache=$(cache_folder)
key=$({
	cat "$here"/{compilers,target,apt-derived,fetch,wrappers,libstdcxx,ncurses}.sh "$here"/*.c
	dpkg-query -W -f '${Package} ${Version}\n' "$GXX" musl-dev linux-libc-dev ncurses-base binutils
	"$cxx" -dumpfullversion
} | sha256sum | cut -c1-16)
out=$cache/toolchain-$arch-$key

if [ ! -d "$out" ]; then
	exec 9>"$cache/lock-$arch"
	flock -n 9 || {
		say "another build is making the toolchain, waiting for it"
		flock 9
	}
fi
if [ ! -d "$out" ]; then
	say "making the static C++ toolchain for $arch (1 to 2 minutes, once; 90 MB of Debian packages)"
	# Whoever left these was killed: the lock says nobody is at work on them.
	rm -rf "$cache/tmp-$arch".*
	tmp=$(mktemp -d "$cache/tmp-$arch.XXXXXX")
	trap 'rm -rf "$tmp"' EXIT
	trap 'exit 130' INT TERM HUP
	# The library's own makefiles must not see the options and the job server of the make that called us.
	unset MAKEFLAGS MFLAGS MAKELEVEL MAKEOVERRIDES
	for step in fetch wrappers libstdcxx ncurses; do
		progress=()
		case $step in
		fetch) say "fetching the sources (about 10 seconds)" ;;
		libstdcxx)
			say "building libstdc++ for musl (about 1 minute)"
			progress=("$here/progress.sh" "toolchain: libstdc++" "$tmp/build-libstdcxx" 170)
			;;
		ncurses)
			say "building ncurses with its built-in terminals (about 25 seconds)"
			progress=("$here/progress.sh" "toolchain: ncurses" "$tmp/build-ncurses" 240)
			;;
		esac
		# shellcheck disable=SC2016 # the inner shell's arguments
		"${progress[@]}" bash -c 'exec "$1.sh" "$2" "$3" >"$3/log" 2>&1' - "$here/$step" "$arch" "$tmp" 9>&- </dev/null || {
			say "$step.sh failed; the last lines of what it said:"
			tail -n 25 "$tmp/log" | cut -c1-300 >&2
			exit 1
		}
	done
	mv "$tmp/out" "$out"
	say "done: $out"
fi
echo "$out"
