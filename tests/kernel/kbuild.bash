# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# kbuild TREE BITS ARGUMENT...: the kernel's own make in a tree of tree.sh; silent unless something is wrong.
#
# TREE/64 and TREE/32 hold what is configured; both use the sources in TREE. The environment is left behind, as the kernel's
# makefiles read much of it (V, ARCH, KCFLAGS...).

# shellcheck source=../../tomoyo-box/toolchain/compilers.sh
. "$(dirname "${BASH_SOURCE[0]}")/../../tomoyo-box/toolchain/compilers.sh"

kbuild() {
	local tree=$1 bits=$2 arch=x86_64
	shift 2
	[ "$bits" = 64 ] || arch=i386
	env -i PATH="$PATH" LC_ALL=C make --silent --no-print-directory -C "$tree" \
		O="$bits" ARCH="$arch" CC="$GCC" HOSTCC="$GCC" "$@"
}
