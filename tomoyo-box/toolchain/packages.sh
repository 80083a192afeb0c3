#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# packages.sh GROUP...: installs the Debian packages a part of the project needs, when one is missing.
#
# Groups: make build arm64 vm test lint kernel fresh. Each entry is PACKAGE=WITNESS, where the witness is a command or a
# pattern for a file (or several, with "|" between them) which the package brings. Looking for witnesses costs hardly a
# process, so a call with nothing to do is free, and it also works on a system which has the tools but not Debian's
# package names.
set -euo pipefail

here=${BASH_SOURCE[0]%"${BASH_SOURCE[0]##*/}"}
# Witnesses may be patterns, which are nobody's but present()'s.
set -f
machine=$(uname -m)
multiarch=$machine-linux

lacks() { [[ " $compilers_missing " = *" $1 "* ]]; }

# What is wanted depends on which compilers there are, so it is asked anew after an installation. A compiler that is too
# old, or not there, has a witness that no system has.
tables() {
	# shellcheck source=compilers.sh
	. "${here:-./}compilers.sh"
	local gcc=$GCC=$GCC gxx=$GXX=$GXX clang=$CLANG=$CLANGXX tidy=$CLANG_TIDY=$CLANG_TIDY format=$CLANG_FORMAT=$CLANG_FORMAT
	local suffix=${GCC#gcc} fuzzer=lib/linux/libclang_rt.fuzzer-$machine.a
	local runtime=libclang-rt${CLANG#clang}-dev
	! lacks gcc || gcc="$GCC=gcc>=$gcc_minimum" gxx="$GXX=g++>=$gcc_minimum"
	! lacks clang-tidy || tidy="$CLANG_TIDY=clang-tidy>=$clang_minimum"
	! lacks clang-format || format="$CLANG_FORMAT=clang-format>=$clang_minimum"
	if lacks clang; then
		clang="$CLANG=clang>=$clang_minimum" runtime="$runtime=libclang_rt.fuzzer>=$clang_minimum"
	else
		runtime="$runtime=/usr/lib/llvm${CLANG#clang}/lib/clang/*/$fuzzer|/usr/lib*/clang/*/$fuzzer"
	fi

	build="$gxx $gcc binutils=ld make=make musl-dev=/usr/lib/$multiarch-musl/crt1.o
		linux-libc-dev=/usr/include/linux/types.h libcli11-dev=/usr/include/CLI/CLI.hpp
		libfmt-dev=/usr/include/fmt/core.h ncurses-bin=tic
		ncurses-base=/lib/terminfo/t/tmux-256color|/usr/share/terminfo/t/tmux-256color
		xz-utils=xz dpkg-dev=dpkg-source"
	arm64="g++$suffix-aarch64-linux-gnu=aarch64-linux-gnu-g++$suffix qemu-user-static=qemu-aarch64-static"
	vm="qemu-system-x86=qemu-system-x86_64 busybox-static=/usr/share/doc/busybox-static cpio=cpio gzip=gzip
		xz-utils=xz zstd=zstd e2fsprogs=mke2fs kmod=depmod"
	test="bats=bats bats-assert=/usr/lib/bats/bats-assert/load.bash bats-support=/usr/lib/bats/bats-support/load.bash
		bats-file=/usr/lib/bats/bats-file/load.bash $clang $runtime libncurses-dev=/usr/include/curses.h
		procps=ps tmux=tmux util-linux=script bsdextrautils=column jq=jq zsh=zsh fish=fish"
	kernel="make=make $gcc binutils=ld bc=bc bison=bison flex=flex perl=pod2usage xz-utils=xz sparse=sparse
		libc6-dev=/usr/include/stdio.h libelf-dev=/usr/include/libelf.h util-linux=flock"
	lint="git=git $tidy $format shellcheck=shellcheck mandoc=mandoc"
	fresh="debootstrap=debootstrap git=git util-linux=unshare"
}

# Who may ask for what: unknown names are mistakes of the caller, not something to skip.
entries() {
	local group
	for group in "$@"; do
		case $group in
		make) echo make=make ;;
		build) echo "$build" ;;
		arm64) echo "$arm64" ;;
		vm) echo "$vm" ;;
		test) echo "$test" ;;
		lint) echo "$lint" ;;
		kernel) echo "$kernel" ;;
		fresh) echo "$fresh" ;;
		*)
			echo "packages: no group '$group' (make build arm64 vm test lint kernel fresh)" >&2
			return 2
			;;
		esac
	done
}

present() {
	local patterns pattern
	case $1 in
	/*)
		IFS='|' read -ra patterns <<<"$1"
		for pattern in "${patterns[@]}"; do
			! compgen -G "$pattern" >/dev/null || return 0
		done
		return 1
		;;
	*) command -v "$1" >/dev/null ;;
	esac
}

# Prints one PACKAGE=WITNESS for each thing that is not there.
missing() {
	local entry
	for entry in "$@"; do present "${entry#*=}" || echo "$entry"; done
}

# A mirror in the middle of a sync, or a lock held by another apt, goes away by itself.
apt() {
	local try
	for try in 1 2 3; do
		DEBIAN_FRONTEND=noninteractive apt-get -qq -o Acquire::Retries=3 -o DPkg::Lock::Timeout=300 "$@" \
			</dev/null && return 0
		echo "packages: apt-get $1 failed (try $try of 3)" >&2
		sleep $((try * 3))
	done
	return 1
}

needed() { # GROUP...
	local list
	tables
	list=$(entries "$@") || return
	# shellcheck disable=SC2086 # a list of words
	missing $list
}

need=$(needed "$@")
[ -n "$need" ] || exit 0

# shellcheck source=/dev/null # the system's, not ours
if [ "$(. /etc/os-release 2>/dev/null && echo "${ID:-}")" != debian ] || ! present apt-get; then
	{
		echo "packages: this system is not Debian, please provide (Debian package: command or file):"
		# shellcheck disable=SC2086 # a list of words
		printf '    %s\n' $need
	} >&2
	exit 2
fi
names=$(echo "$need" | sed 's/=.*//' | sort -u | tr '\n' ' ')
if [ "$(id -u)" != 0 ]; then
	{
		echo "packages: missing: $names"
		echo "packages: run once as root: apt-get install --no-install-recommends $names"
	} >&2
	exit 2
fi

echo "packages: installing $names(usually less than a minute, once)"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# An image's package lists may be absent or old: in both cases the install is what tells.
{
	apt update
	# shellcheck disable=SC2086 # a list of names
	apt install --no-install-recommends -y -o Dpkg::Use-Pty=0 $names
} >"$log" 2>&1 || {
	cat "$log" >&2
	exit 1
}
need=$(needed "$@")
if [ -n "$need" ]; then
	echo "packages: installed, and still not found: $(echo "$need" | tr '\n' ' ')" >&2
	exit 1
fi
