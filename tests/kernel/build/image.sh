#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# image.sh [--if-built] box-6.12|mainline-6.12|debug-6.12|box-6.1|...: prints the folder of a small kernel; builds it when the
# cache has none. With --if-built it fetches and builds nothing: exit status 1 when there is no such kernel yet.
#
#   box       with what is in lsm/ now
#   mainline  the same kernel with the TOMOYO that it came with
#   debug     as box, with everything that finds mistakes
#
# The folder holds vmlinuz, config and version. Its name holds a hash of all that the kernel is made of. Objects stay in
# the cache as well, one folder for each name, so a change of one file in lsm/ costs that file and a link. What the
# compiler says, and everything else but the folder, goes to stderr.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../../.." && pwd)
# shellcheck source=../../vm/lib/cache.bash
. "$here/../../vm/lib/cache.bash"

say() { echo "kernel $name: $*" >&2; }

# In an environment of its own, as the kernel's makefiles read much of it (V, ARCH, KCFLAGS...).
kbuild() {
	"${progress[@]}" env -i PATH="$PATH" LC_ALL=C nice make --silent --no-print-directory -C "$tree" O=objects ARCH=x86_64 \
		CC="$GCC" HOSTCC="$GCC" KBUILD_BUILD_VERSION="$key" KBUILD_BUILD_USER=tomoyo-box \
		KBUILD_BUILD_HOST=localhost KBUILD_BUILD_TIMESTAMP='1970-01-01 00:00:00 UTC' "$@"
}
progress=()

fragments() {
	local file files=(tiny.config "tiny-$version.config")
	[ "$kind" != debug ] || files+=(debug.config "debug-$version.config")
	for file in "${files[@]}"; do [ ! -e "$here/$file" ] || cat "$here/$file"; done
	echo "CONFIG_LOCALVERSION=\"$suffix\""
}

# What comes later wins; Kconfig would say so each time.
merged() {
	fragments | sed -nE 's/^(# )?(CONFIG_[A-Za-z0-9_]+).*/\2 &/p' | tac | awk '!seen[$1]++' | cut -d ' ' -f 2- | tac
}

configure() {
	kbuild KCONFIG_ALLCONFIG="$tree/objects/fragment" allnoconfig
	# Kconfig drops without a word what contradicts something else.
	"$here/check-config.sh" "$tree/objects/fragment" "$tree/objects/.config"
}

# The objects of box and mainline differ in one folder. The other one's are as good as our own, if nobody is at work on them.
seed() {
	local other
	case $kind in
	box) other=mainline ;;
	mainline) other=box ;;
	*) return 0 ;;
	esac
	[ -e "$source/$other/objects/arch/x86/boot/bzImage" ] || return 0
	(
		flock -n 8 || exit 0
		rm -rf "$tree/objects.new"
		cp -a "$source/$other/objects" "$tree/objects.new"
		rm -rf "$tree/objects.new/security/tomoyo"
		# Only the kernel's own tools know where they were built; built anew, they would take everything with them.
		grep -rlZF --include='.*.cmd' "$source/$other/" "$tree/objects.new/tools" |
			xargs -0 -r sed -i "s|$source/$other/|$tree/|g"
		mv -T "$tree/objects.new" "$tree/objects"
	) 8>"$cache/lock-kernel-$other-$version"
}

compile() { # ARGUMENT...
	# What the compiler says goes through sed; how far it is goes past it, to the terminal.
	local progress=("$top/tomoyo-box/toolchain/progress.sh" "kernel $name" "$tree/objects" "$total"
		bash -c 'set -o pipefail; "$@" 2>&1 | sed "s|\.\./security/tomoyo/|lsm/|g" >&2' -)
	kbuild -j"${JOBS:-$(nproc)}" "$@"
}

build() { # DIR
	[ -d "$tree/objects" ] || seed
	mkdir -p "$tree/objects"
	merged >"$tree/objects/fragment"
	[ "$kind" = mainline ] || "$top/lsm/install.sh" --quiet "$tree"
	configure
	# Our own part first: what is wrong there is said at once and as a whole.
	[ "$kind" = mainline ] || compile --keep-going security/tomoyo/
	compile bzImage
	cp "$tree/objects/arch/x86/boot/bzImage" "$1/vmlinuz"
	cp "$tree/objects/.config" "$1/config"
	cat "$tree/objects/include/config/kernel.release" >"$1/version"
}

# The latest of a name may be wanted by several working copies, whose lsm/ differ, in turns.
forget_old() {
	find "$cache/kernels" -maxdepth 1 -type d -name "$name-*" -printf '%T@ %p\n' | sort -rn | tail -n +7 |
		cut -d ' ' -f 2- | tr '\n' '\0' | xargs -0 -r rm -rf
}

# All that the kernel is made of.
identity() {
	{
		echo "$name ${source##*/}"
		"$GCC" -dumpfullversion
		cat "$here/image.sh"
		merged
		[ "$kind" = mainline ] || "$top/lsm/install.sh" --sums
	} | sha256sum | cut -c1-16
}

if_built=
if [ "${1:-}" = --if-built ]; then
	if_built=1
	shift
fi
name=${1:-}
kind=${name%%-*} version=${name#*-}
case $kind in
box) suffix=-tomoyo-box ;;
mainline) suffix=-mainline ;;
debug) suffix=-tomoyo-box-debug ;;
esac
case $name in
box-6.12 | box-6.1 | mainline-6.12 | mainline-6.1 | debug-6.12 | debug-6.1) ;;
*)
	echo "usage: image.sh [--if-built] box-6.12|mainline-6.12|debug-6.12|box-6.1|mainline-6.1|debug-6.1" >&2
	exit 2
	;;
esac
[ -n "$if_built" ] || "$top/tomoyo-box/toolchain/packages.sh" kernel >&2
# Only now there is a compiler to be found.
# shellcheck source=../../../tomoyo-box/toolchain/compilers.sh
. "$top/tomoyo-box/toolchain/compilers.sh"
# Object files of a whole build, for who waits for it.
case $kind in
debug) total=1410 ;;
*) total=1360 ;;
esac
cache=$(cache_root)
if [ -n "$if_built" ]; then
	# Without its sources there is no kernel either, and they would be fetched now.
	compgen -G "$cache/kernel-source-$version-*-$(sha256sum <"$here/source.sh" | cut -c1-8)" >/dev/null || exit 1
fi
source=$("$here/source.sh" "$version")
tree=$source/$kind
key=$(identity)
out=$cache/kernels/$name-$key

[ -z "$if_built" ] || [ -d "$out" ] || exit 1
if [ ! -d "$out" ]; then
	mkdir -p "$cache/kernels"
	exec 9>"$cache/lock-kernel-$name"
	flock -n 9 || {
		say "another one is building a kernel of this name, waiting for it"
		flock 9
	}
fi
if [ ! -d "$out" ]; then
	say "building (10 minutes the first time, later less than one)"
	tmp=$(mktemp -d "$cache/kernels/tmp.XXXXXX")
	trap 'rm -rf "$tmp"' EXIT
	trap 'exit 130' INT TERM HUP
	build "$tmp" 9>&-
	if [ "$(identity)" != "$key" ]; then
		say "what it is made of has changed meanwhile: once more"
		rm -rf "$tmp"
		exec "$0" "$name"
	fi
	chmod 755 "$tmp"
	mv -T "$tmp" "$out"
	forget_old
fi
touch "$out"
echo "$out"
