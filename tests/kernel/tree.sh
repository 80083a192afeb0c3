#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# tree.sh 6.12|6.1: prints the folder of a kernel tree that is ready to compile modules; makes it when the cache has none.
#
# It is Debian's source package, of which only that is unpacked which compiling something outside of the tree needs, and
# configured twice (64.config, 32.config). Everything but the folder goes to stderr. As with the toolchain, the name holds
# a hash of what the tree was made from, it appears by a rename, and a lock lets a second caller wait.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
version=$1
package=linux-source-$version
# shellcheck source=kbuild.bash
. "$here/kbuild.bash"
# shellcheck source=../vm/lib/cache.bash
. "$here/../vm/lib/cache.bash"

say() { echo "kernel tree: $*" >&2; }

unpack() { # ARCHIVE DIR
	local path paths=()
	# A pattern that tar does not find is an error. "Kconfig*" is everywhere, as each one names others.
	for path in Makefile Kbuild scripts include arch/x86 fs/internal.h kernel/bounds.c kernel/time/timeconst.bc \
		tools/{Makefile,build,scripts,include,lib,objtool,arch/x86}; do
		paths+=("$package/$path")
	done
	mkdir "$2"
	xz -dc -T2 "$1" | tar -x -C "$2" --strip-components=1 --no-same-owner --wildcards --no-anchored "${paths[@]}" 'Kconfig*'
}

configure() { # TREE BITS
	local line
	mkdir "$1/$2"
	kbuild "$1" "$2" KCONFIG_ALLCONFIG="$here/$2.config" alldefconfig
	# Kconfig drops without a word what contradicts something else.
	grep CONFIG_ "$here/$2.config" | while IFS= read -r line; do
		# An option that does not exist here is as good as one that is not set.
		grep -qxF "$line" "$1/$2/.config" || [[ $line = \#* ]] || {
			say "$version for $2 bits: the configuration has no '$line'"
			exit 1
		}
	done
	kbuild "$1" "$2" -j2 prepare modules_prepare
}

deb_version=$(cache_deb_version "$package")
if [ -z "$deb_version" ]; then
	say "apt knows no package $package: is its index there (apt-get update)?"
	exit 1
fi
cache=$(cache_root)
mkdir -p "$cache"
key=$({
	echo "$package $deb_version"
	"$GCC" -dumpfullversion
	cat "$here"/{tree.sh,kbuild.bash,64.config,32.config}
} | sha256sum | cut -c1-16)
out=$cache/kernel-tree-$version-$key

if [ ! -d "$out" ]; then
	exec 9>"$cache/lock-kernel-tree-$version"
	flock -n 9 || {
		say "another one is making the tree of $version, waiting for it"
		flock 9
	}
fi
if [ ! -d "$out" ]; then
	say "making the tree of $version (1 minute, once; 150 MB of Debian's $package, 120 MB remain)"
	# Whoever left these was killed: the lock says nobody is at work on them.
	rm -rf "$cache/tmp-kernel-tree-$version".*
	tmp=$(mktemp -d "$cache/tmp-kernel-tree-$version.XXXXXX")
	trap 'rm -rf "$tmp"' EXIT
	trap 'exit 130' INT TERM HUP
	(cd "$tmp" && cache_unpack_deb "$package" package)
	unpack "$tmp/package/usr/src/$package.tar.xz" "$tmp/tree"
	for bits in 64 32; do configure "$tmp/tree" "$bits" >&2 9>&-; done
	mv -T "$tmp/tree" "$out"
fi
echo "$out"
