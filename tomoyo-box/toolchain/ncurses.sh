#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# ncurses.sh ARCH TMP: builds the wide ncurses of TMP/ncurses into TMP/out, with the terminals it must know built in.
#
# A static tool in an initramfs or a rescue system finds no terminfo database, so the library looks for none.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
arch=$1 tmp=$2 out=$2/out
# shellcheck source=target.sh
. "$here/target.sh"
terminals="linux vt100 vt102 vt220 ansi xterm xterm-256color screen tmux tmux-256color dumb"

# A name which the host's database lacks would be left out without a word.
for name in $terminals; do
	infocmp "$name" >/dev/null || {
		echo "ncurses.sh: the terminal '$name' is not described on this system (package ncurses-base)"
		exit 1
	}
done

mkdir "$tmp/build-ncurses"
cd "$tmp/build-ncurses"
../ncurses/configure --build="$($GCC -dumpmachine)" --host="$musl" --prefix="$out" --libdir="$out/lib" \
	--includedir="$out/include" --enable-widec --with-normal --without-shared --without-debug --without-profile \
	--without-ada --without-cxx --without-cxx-binding --without-manpages --without-progs --without-tests \
	--without-tack --without-gpm --without-dlsym --disable-db-install --disable-database --disable-termcap \
	--disable-home-terminfo --disable-lib-suffixes --enable-overwrite --disable-stripping --disable-rpath \
	--disable-pc-files --disable-mixed-case --enable-const --with-fallbacks="${terminals// /,}" \
	--with-tic-path="$(command -v tic)" --with-infocmp-path="$(command -v infocmp)" CC="$out/bin/tb-cc" \
	BUILD_CC="$GCC" CFLAGS="-Os -ffunction-sections -fdata-sections -ffile-prefix-map=$tmp=. -g0" \
	CPPFLAGS=-D_GNU_SOURCE AR="${tool}ar" RANLIB="${tool}ranlib"
# The archives hold no time stamps, so the same sources give the same toolchain.
make -j"$(nproc)" ARFLAGS=-crvD libs
make ARFLAGS=-crvD install.libs install.includes
rm -rf "$out"/bin/*-config
