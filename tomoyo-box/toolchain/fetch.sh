#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# fetch.sh ARCH TMP: puts the sources of libstdc++ (TMP/gcc) and ncurses (TMP/ncurses) and, for another CPU than
# the machine's own, musl (TMP/out/sysroot) in place, all from Debian packages.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
arch=$1 tmp=$2
# shellcheck source=target.sh
. "$here/target.sh"

# Tries the version that is installed first: the library must fit its compiler, and one CPU's musl the other's.
download() {
	local version
	version=$(dpkg-query -W -f '${Version}' "$2")
	apt-get -qq download "$1=$version" || apt-get -qq download "$1"
}

retry() {
	"$@" || { sleep 3 && "$@"; } || { sleep 10 && "$@"; }
}

# The compiler's version: "12" for packages, "12.2.0" for what is in them.
version=$("$cxx" -dumpversion)
version=${version%%.*} full=$("$cxx" -dumpfullversion)
source=gcc-$version-source

mkdir -p "$tmp/dl" "$tmp/out"
retry "$here/apt-derived.sh" "$tmp/apt" "$arch"
export APT_CONFIG=$tmp/apt/apt.conf
cd "$tmp/dl"
retry download "$source" "g++-$version"
# The Debian patches to ncurses matter (they hold security fixes), so the package is unpacked with them.
retry apt-get -qq source --download-only ncurses
if [ -n "$tool" ]; then
	retry download musl-dev musl-dev
	dpkg-deb -x musl-dev_*_"$arch".deb "$tmp/out/sysroot"
fi

dpkg-source --no-check -x ncurses_*.dsc "$tmp/ncurses"
dpkg-deb -x "$source"_*.deb "$tmp/gcc-package"
tarball=$(echo "$tmp/gcc-package/usr/src/gcc-$version/gcc-$version".*.tar.xz)
top=$(basename "$tarball" | sed -E 's/(-dfsg)?\.tar\.xz$//')
mkdir "$tmp/gcc"
# Only what the stand-alone configure of libstdc++ looks at: a twentieth of the whole.
parts="libstdc++-v3 libiberty libbacktrace libgcc include config gcc/BASE-VER gcc/DATESTAMP config-ml.in
	config.guess config.sub config.rpath install-sh ltmain.sh move-if-change mkinstalldirs missing depcomp
	compile symlink-tree"
# shellcheck disable=SC2046,SC2086 # a list of words
tar -xJf "$tarball" -C "$tmp/gcc" --strip-components=1 \
	--exclude="$top/libstdc++-v3/testsuite/[0-9a-z]*" --exclude="$top/libstdc++-v3/doc/html" \
	--exclude="$top/libstdc++-v3/doc/xml" --exclude='*/libiberty/testsuite' --exclude="$top/libgcc/config" \
	$(printf "$top/%s " $parts)
[ "$(cat "$tmp/gcc/gcc/BASE-VER")" = "$full" ] || {
	echo "fetch.sh: $source is of $(cat "$tmp/gcc/gcc/BASE-VER"), but $cxx is $full (apt-get upgrade makes them one version)"
	exit 1
}
rm -rf "$tmp/gcc-package" "$tmp/dl"
