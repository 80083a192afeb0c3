#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# objects.sh [6.12|6.1|all]: does lsm/ compile as a part of these kernels, for 64 bits and (6.12) for 32, without a
# complaint of the compiler, sparse, objtool and kernel-doc, and does the engine ask the kernel only for what it may? TAP.
#
# The headers of the kernels must be there in full, so it needs the trees of tree.sh, but no kernel is built.
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
engine=$top/lsm/engine
# shellcheck source=kbuild.bash
. "$here/kbuild.bash"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM HUP

# What the engine may call. First stands what os.h says; everything else is what the compiler and the kernel's headers make
# of it. A function of libgcc, as for dividing 64 bits by 64 on a machine of 32, is none of them.
may_call='memchr|memcmp|memcpy|memmove|memset|kvmalloc_node|kvfree
	mutex_lock|mutex_unlock|down_read|down_write|up_read|up_write|synchronize_rcu|get_random_u64|ktime_get_real_seconds
	__kvmalloc_node_noprof|__mutex_init|__init_rwsem|atomic64_[a-z0-9_]+|__rcu_read_lock|__rcu_read_unlock|const_pcpu_hot|pcpu_hot|current_task
	fortify_panic|__fortify_panic|__stack_chk_fail|__stack_chk_guard|__ref_stack_chk_guard
	__x86_return_thunk|__x86_indirect_thunk_[a-z0-9]+
	mutex_lock_nested|lock_acquire|lock_release|lock_is_held_type|debug_locks|lockdep_rcu_suspicious
	debug_lockdep_rcu_enabled|tmy_assert_scratch_not_held|rcu_is_watching|rcu_lock_map|rcu_read_lock_held'
may_call=$(echo "$may_call" | tr -s '\n\t' '||')

# The other home's side of os.h stays at home.
sources=()
for source in "$engine"/*.c; do [ "${source##*/}" = os_user.c ] || sources+=("$source"); done

count=0
failed=0
verdict() { # NAME COMPLAINTS
	count=$((count + 1))
	if [ -z "$2" ]; then
		echo "ok $count - $1"
	else
		echo "not ok $count - $1"
		printf '%s\n' "$2" | sed "s|$scratch/|lsm/engine/|g; s/^/# /" | head -n 60
		failed=1
	fi
}

# module DIR SOURCE...: DIR holds nothing but these, to become one object, like a driver's module. What was compiled there
# before without a complaint stays, and is compiled again only when it has to be.
module() {
	local file
	scratch=$1
	shift
	# A file that was compiled with a complaint, or when nobody was there to hear it, has to complain again.
	rm "$scratch/clean" 2>/dev/null || rm -rf "$scratch"
	mkdir -p "$scratch"
	for file in "$scratch"/*.[ch]; do [ -e "$engine/${file##*/}" ] || rm -f "$file"; done
	for file in "$engine"/*.h "$@"; do
		cmp -s "$file" "$scratch/${file##*/}" || cp "$file" "$scratch"
	done
	{
		echo 'obj-m := engine.o'
		for file in "${@##*/}"; do echo "engine-y += ${file%.c}.o"; done
	} | "$top/tomoyo-box/replace-if-changed.sh" "$scratch/Kbuild"
}

# Its output is what there is to complain about: a silent make that fails is a complaint as well.
compile() { # TREE BITS ARGUMENT...
	kbuild "$1" "$2" M="$scratch" W=1 "${@:3}" --keep-going engine.o 2>&1 || echo "make: exit status $?"
}

# side TREE BITS [SYMBOL]...: the kernel side, compiled like the engine, with what Kconfig says by default or with these symbols
# set. It is no module, so it gets what built-in code has without asking.
side() {
	local side=$top/build/kernel/${1##*/}/side-$2${3:+-$3} sources symbol
	mkdir -p "$side"
	(cd "$top/lsm" && find . -name '*.[ch]' ! -name 'os_user*' -printf '%P\n') | LC_ALL=C sort >"$work/files"
	while IFS= read -r file; do
		mkdir -p "$side/$(dirname "$file")"
		cmp -s "$top/lsm/$file" "$side/$file" || cp "$top/lsm/$file" "$side/$file"
	done <"$work/files"
	for file in profile exception_policy domain_policy manager stat; do
		echo "static const char tmy_builtin_${file}[] __initconst = \"\";"
	done >"$side/builtin-policy.h"
	sources=$(grep -v '^engine/.*' "$work/files" | sed -n 's/\.c$/.o/p' | tr '\n' ' ')
	# shellcheck disable=SC2016 # make's variables
	{
		cat "$top/lsm/compat/probe.mk"
		echo 'obj-m := side.o'
		echo "side-y := $sources"
		echo 'ccflags-y := -I$(src) $(tmy-probes) -Wno-unused-function'
		echo 'CFLAGS_lookup.o := -I$(srctree)'
		# Where no other header brings it along, as it does for modules.
		grep -q '<linux/bpf.h>' "$1/include/linux/security.h" ||
			echo 'CFLAGS_fs/interface.o := -D"fs_initcall(f)=static void *initcall __used = f"'
		echo 'ccflags-y += -DCONFIG_SECURITY_TOMOYO_MAX_ACCEPT_ENTRY=2048 -DCONFIG_SECURITY_TOMOYO_MAX_AUDIT_LOG=1024'
		# No symbols of Kconfig's if there is no loader.
		[ $# -gt 2 ] ||
			echo 'ccflags-y += -DCONFIG_SECURITY_TOMOYO_POLICY_LOADER=\"/loader\" -DCONFIG_SECURITY_TOMOYO_ACTIVATION_TRIGGER=\"/trigger\"'
		for symbol in "${@:3}"; do echo "ccflags-y += -DCONFIG_SECURITY_TOMOYO_$symbol=1"; done
	} | "$top/tomoyo-box/replace-if-changed.sh" "$side/Kbuild"
	kbuild "$1" "$2" M="$side" W=1 C=2 CHECK=sparse --keep-going side.o 2>&1 | sed "s|$side/|lsm/|g" ||
		echo "make: exit status $?"
}

# On the linked object: what it misses, what it gives away, what it keeps.
symbols() {
	local object=$scratch/engine.o
	if [ ! -s "$object" ]; then
		echo "there is no object"
		return
	fi
	nm -u "$object" | awk '{ print $2 }' | grep -vxE "$may_call" | sed 's/$/: must not be called/'
	nm -g --defined-only "$object" | awk '$3 !~ /^(__pfx_)?tmy_/ { print $3 ": a global name without tmy_" }'
	# Lockdep's keys and the marks of warnings that are given once.
	nm "$object" | awk '$2 ~ /^[bBdDC]$/ && $3 !~ /^__(key|warned|already_done)\./ { print $3 ": static state" }'
}

documentation() { # TREE VERSION
	# What a function returns must be said as well; the older script asks for that when it is talkative.
	local flags=-Wall
	[ "$2" != 6.1 ] || flags=-v
	perl "$1/scripts/kernel-doc" -none "$flags" "$engine"/*.h "$engine"/*.c 2>&1 | grep -v ': info: ' | sed "s|^$engine/||"
}

# Do the checks above see anything at all? Here is one mistake for each.
self_check() { # TREE
	local said expected
	cat >"$work/bad.c" <<-'END'
		// SPDX-License-Identifier: GPL-2.0-only
		#include "os.h"
		static u64 calls;
		u64 bad(u64 a, u64 __tmy_rcu *b)
		{
			char frame[1200];

			OPTIMIZER_HIDE_VAR(calls);
			barrier_data(frame);
			tmy_read_begin();
			return calls++ + a / *b;
		}
	END
	module "$work/bad" "$work/bad.c"
	said=$(compile "$1" 32 && symbols && compile "$1" 32 C=2 CHECK=sparse)
	for expected in 'no previous prototype' 'frame size' '__udivdi3: must not' 'calls: static' 'bad: a global' \
		noderef 'context imbalance'; do
		[[ $said = *"$expected"* ]] || echo "not found: $expected"
	done
}

check() { # VERSION
	local version=$1 tree bits all_bits said
	tree=$("$here/tree.sh" "$version") || {
		verdict "$version: there is a kernel tree" "tree.sh failed"
		return
	}
	# Once is enough to find what depends on the size of a word.
	[ "$version" = 6.1 ] && all_bits=64 || all_bits="64 32"
	for bits in $all_bits; do
		module "$top/build/kernel/${tree##*/}/$bits" "${sources[@]}"
		said=$(compile "$tree" "$bits")
		[ -n "$said" ] || touch "$scratch/clean"
		verdict "$version, $bits bits: the engine compiles without a warning, no frame exceeds 1024 bytes" "$said"
		verdict "$version, $bits bits: the engine asks for nothing but its seam, keeps no state, names are its own" "$(symbols)"
		verdict "$version, $bits bits: the kernel side compiles without a warning, sparse finds nothing" "$(side "$tree" "$bits")"
		# The compiler has its say above; sparse looks at every file, also at those that are not compiled again.
		verdict "$version, $bits bits: sparse finds nothing" "$(compile "$tree" "$bits" C=2 CHECK=sparse)"
	done
	verdict "$version: the kernel side compiles without a loader, and as insecure as fuzzers want it" \
		"$(side "$tree" 64 OMIT_USERSPACE_LOADER && side "$tree" 64 INSECURE_BUILTIN_SETTING OMIT_USERSPACE_LOADER)"
	verdict "$version: planted mistakes are found" "$(self_check "$tree")"
	verdict "$version: what looks like kernel-doc is complete" "$(documentation "$tree" "$version")"
}

case ${1:-6.12} in
all) versions="6.12 6.1" ;;
6.12 | 6.1) versions=${1:-6.12} ;;
*)
	echo "usage: objects.sh [6.12|6.1|all]" >&2
	exit 2
	;;
esac
for version in $versions; do check "$version"; done
echo "1..$count"
exit "$failed"
