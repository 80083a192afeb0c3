# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034 # read by the scripts which source this
# target.sh: names of compilers, tools and folders for $arch (amd64 or arm64); to be sourced by bash.
#
# The compiler is the g++ of compilers.sh; for another CPU than the machine's own it is Debian's cross compiler of that version.
# shellcheck source=compilers.sh
. "${here:?}/compilers.sh"
case ${arch:?} in
amd64) cpu=x86_64 ;;
arm64) cpu=aarch64 ;;
*)
	echo "toolchain: ARCH must be amd64 or arm64, not '$arch'" >&2
	exit 2
	;;
esac
gnu=$cpu-linux-gnu
musl=$cpu-linux-musl
if [ "$(uname -m)" = "$cpu" ]; then
	tool='' cc=$GCC cxx=$GXX group=build
	kernel_headers="/usr/include/linux /usr/include/asm-generic /usr/include/$gnu/asm"
else
	tool=$gnu- cc=$gnu-$GCC cxx=$gnu-$GXX group="build $arch"
	kernel_headers="/usr/$gnu/include/linux /usr/$gnu/include/asm-generic /usr/$gnu/include/asm"
fi
