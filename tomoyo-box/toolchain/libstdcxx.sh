#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# libstdcxx.sh ARCH TMP: builds the C++ library of TMP/gcc against musl, for size, into TMP/out.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
arch=$1 tmp=$2 out=$2/out
# shellcheck source=target.sh
. "$here/target.sh"

cd "$tmp/gcc"
# The thread model is chosen by gcc's own build, which does not run here.
ln -s gthr-posix.h libgcc/gthr-default.h
# Weak references to pthread functions stay null in a static program: it would take itself for single-threaded and
# std::mutex would not lock.
sed -i 's/#define GTHREAD_USE_WEAK 1/#define GTHREAD_USE_WEAK 0/' libgcc/gthr.h

# While the library does not exist its own headers and -lstdc++ must not be in sight.
# shellcheck disable=SC2016 # the wrapper's own variable
sed -E -e "s|^tc=.*|tc=$out|" -e 's/-isystem \$tc\/include\/c\+\+[^ ]*//g' -e 's/ -lstdc\+\+ / /' \
	"$out/bin/tb-cxx" >"$tmp/cxx0"
chmod +x "$tmp/cxx0"

flags="-Os -ffunction-sections -fdata-sections -ffile-prefix-map=$tmp=. -g0"
mkdir "$tmp/build-libstdcxx"
cd "$tmp/build-libstdcxx"
# Without wchar_t the linked program is 90 KB smaller; nothing here uses std::wstring.
../gcc/libstdc++-v3/configure --build="$($GCC -dumpmachine)" --host="$musl" --prefix="$out" --libdir="$out/lib" \
	--with-gxx-include-dir="$out/include/c++" --enable-static --disable-shared --disable-multilib --disable-nls \
	--disable-cet --disable-wchar_t --disable-libstdcxx-pch --disable-libstdcxx-verbose \
	--disable-libstdcxx-dual-abi --disable-libstdcxx-filesystem-ts --disable-libstdcxx-backtrace \
	--enable-clocale=generic --enable-libstdcxx-time=yes CC="$out/bin/tb-cc" CXX="$tmp/cxx0" CFLAGS="$flags" \
	CXXFLAGS="$flags" AR="${tool}ar" RANLIB="${tool}ranlib" NM="${tool}nm" STRIP="${tool}strip" AS="${tool}as" \
	LD="${tool}ld"
make -j"$(nproc)"
make install
rm -rf "$out"/lib/*.la "$out"/lib/*.py "$out/share"
