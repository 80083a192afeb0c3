#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# source.sh 6.12|6.1: prints the folder of a kernel's sources, of which bootable kernels are built; makes it when the cache has none.
#
# It is Debian's source package, of which that is unpacked which a kernel for x86 can be made of, three times:
#
#   FOLDER/mainline  as it is
#   FOLDER/box       for security/tomoyo to be replaced by lsm/install.sh (FOLDER/debug: the same, for the debug kernel)
#
# The files of these trees are links to the same data, so nothing may be written into a file that is there. The name holds
# the package's version, which remains what it is until VM_UPDATE=1 asks for a newer one, and a hash of this script.
# Everything but the folder goes to stderr.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
version=$1
package=linux-source-$version
# shellcheck source=../../vm/lib/cache.bash
. "$here/../../vm/lib/cache.bash"

say() { echo "kernel sources: $*" >&2; }

# What an x86 never compiles, as long as the configuration asks for no such driver. Kconfig and make still read all of
# their own files.
unwanted="arch/[a-wyz]* drivers/accel drivers/clk drivers/comedi drivers/crypto drivers/gpu drivers/hid drivers/iio
	drivers/infiniband drivers/media drivers/mtd drivers/net/ethernet drivers/net/wireless drivers/pinctrl drivers/s390
	drivers/scsi drivers/staging drivers/usb drivers/video/fbdev samples sound tools/perf
	tools/testing"

unpack() { # ARCHIVE DIR
	local path exclude=(--exclude="$package/Documentation/[a-z]*" --exclude="$package/tools/perf/pmu-events/arch"
		--exclude="$package/arch/*/boot/dts")
	for path in $unwanted; do
		exclude+=(--exclude="$package/$path/*.[chS]" --exclude="$package/$path/*/configs")
	done
	mkdir "$2"
	xz -dc -T2 "$1" | tar -x -C "$2" --strip-components=1 --no-same-owner --anchored --wildcards "${exclude[@]}"
}

newest() { # prints the newest folder made by this script
	find "$cache" -maxdepth 1 -type d -name "kernel-source-$version-*-$hash" | sort -V | tail -n 1
}

cache=$(cache_root)
mkdir -p "$cache"
hash=$(sha256sum <"$here/source.sh" | cut -c1-8)
out=
[ "${VM_UPDATE:-0}" != 0 ] || out=$(newest)
if [ -z "$out" ]; then
	deb_version=$(cache_deb_version "$package")
	if [ -z "$deb_version" ]; then
		say "apt knows no package $package: is its index there (apt-get update)?"
		exit 1
	fi
	out=$cache/kernel-source-$version-$deb_version-$hash
fi
if [ ! -d "$out" ]; then
	exec 9>"$cache/lock-kernel-source-$version"
	flock -n 9 || {
		say "another one is unpacking the sources of $version, waiting for it"
		flock 9
	}
fi
if [ ! -d "$out" ]; then
	say "fetching $package $deb_version (half a minute, once; 150 MB, unpacked 480 MB)"
	# Whoever left these was killed: the lock says nobody is at work on them.
	rm -rf "$cache/tmp-kernel-source-$version".*
	tmp=$(mktemp -d "$cache/tmp-kernel-source-$version.XXXXXX")
	trap 'rm -rf "$tmp"' EXIT
	trap 'exit 130' INT TERM HUP
	(cd "$tmp" && cache_unpack_deb "$package" package)
	mkdir "$tmp/trees"
	unpack "$tmp/package/usr/src/$package.tar.xz" "$tmp/trees/mainline"
	for tree in box debug; do
		cp -al "$tmp/trees/mainline" "$tmp/trees/$tree"
		rm -rf "$tmp/trees/$tree/security/tomoyo"
	done
	mv -T "$tmp/trees" "$out"
	# What nobody has asked for in a week is of an older package, or of an older script.
	find "$cache" -maxdepth 1 -type d -name "kernel-source-$version-*" -mtime +7 -exec rm -rf {} +
fi
touch "$out"
echo "$out"
