#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Puts this TOMOYO Linux into a kernel's source tree, in the place of the one that the kernel came with.
#
# usage: install.sh [--quiet] KERNEL_TREE
#        install.sh --sums
#
#   KERNEL_TREE  the top of a Linux source tree, 6.1 or 6.12; in its security/tomoyo nothing remains but what make
#                has left there, and policy/*.conf, a built-in policy of your own
#   --quiet      say nothing as long as nothing is wrong
#   --sums       only print what would be installed: a checksum and a name a line
#
# Then build the kernel as always; CONFIG_SECURITY_TOMOYO and the options below it mean what they meant. It can be
# repeated after each change: what has not changed is not touched, and make compiles what has. The new folder is made
# beside the old one and takes its place in one step; when something goes wrong before that, the old one is still there.
#
# exit status: 0 installed, or nothing to do; 1 it did not work, and says why; 2 wrong usage
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

die() {
	echo "install.sh: $*" >&2
	exit 1
}

# The files of the LSM, relative to this folder: all but what is for people, for user space, or left behind by tools.
sources() {
	(cd "$here" && find . -type f ! -path '*/.*' ! -name '*~' ! -name '*.orig' ! -name '*.rej' ! -name '*.md' \
		! -name 'os_user.[ch]' ! -path ./install.sh ! \( "${not_ours[@]}" \) -printf '%P\n' | LC_ALL=C sort)
}

# What stays where it is in a kernel tree: what make leaves there, and the integrator's own built-in policy.
not_ours=(-name '.*' -o -name '*.[ao]' -o -name modules.order -o -name builtin-policy.h -o -path './policy/*.conf')

up_to_date() { # DIR
	local file
	[ -d "$1" ] || return 1
	[ "$list" = "$(cd "$1" && find . -type f ! \( "${not_ours[@]}" \) -printf '%P\n' | LC_ALL=C sort)" ] || return 1
	while IFS= read -r file; do cmp -s "$here/$file" "$1/$file" || return 1; done <<<"$list"
}

check_tree() { # TREE
	local file
	[ -d "$1" ] || die "there is no folder $1"
	for file in Makefile Kconfig security/Kconfig; do
		[ -f "$1/$file" ] || die "$1 is not the top of a Linux source tree: it has no $file"
	done
	grep -q '"security/tomoyo/Kconfig"\|security/tomoyo/Kconfig$' "$1/security/Kconfig" ||
		die "$1/security/Kconfig does not know security/tomoyo: is this a Linux source tree with TOMOYO?"
	[ -w "$1/security" ] || die "$1/security cannot be written to"
}

# keep OLD NEW FILE: what is there already stays the same file, with its time stamp.
keep() {
	mkdir -p "$2/$(dirname "$3")" && { ln "$1/$3" "$2/$3" 2>/dev/null || cp -p "$1/$3" "$2/$3"; }
}

stage() { # OLD NEW
	local file
	while IFS= read -r file; do
		if cmp -s "$here/$file" "$1/$file"; then
			keep "$1" "$2" "$file" || return 1
		else
			mkdir -p "$2/$(dirname "$file")" && cp "$here/$file" "$2/$file" || return 1
			changed=$((changed + 1))
		fi
	done <<<"$list"
	[ -d "$1" ] || return 0
	while IFS= read -r file; do
		keep "$1" "$2" "$file" || return 1
	done < <(cd "$1" && find . -type f \( "${not_ours[@]}" \) -printf '%P\n')
}

quiet=0
case ${1:-} in
--help | -h)
	sed -n '3,/^set/{/^set/!s/^# \{0,1\}//p}' "$0"
	exit 0
	;;
--sums)
	sources | (cd "$here" && tr '\n' '\0' | xargs -0 sha256sum)
	exit 0
	;;
--quiet) quiet=1 && shift ;;
esac
if [ $# != 1 ] || [[ $1 = -* ]]; then
	echo "usage: install.sh [--quiet] KERNEL_TREE (--help tells more)" >&2
	exit 2
fi
tree=$1
check_tree "$tree"
list=$(sources)
for file in Kconfig Makefile; do
	[ -f "$here/$file" ] || die "$here has no $file: it is incomplete"
done

security=$tree/security
# One at a time in a tree.
exec 9<"$security"
flock 9
if up_to_date "$security/tomoyo"; then
	[ $quiet = 1 ] || echo "$security/tomoyo is up to date"
	exit 0
fi
# Whoever left this was killed: the lock says nobody is at work.
rm -rf "$security/.tomoyo.new" "$security/.tomoyo.old" || die "$security cannot be written to"
mkdir "$security/.tomoyo.new" || die "$security cannot be written to"
trap 'rm -rf "$security/.tomoyo.new"' EXIT
trap 'exit 130' INT TERM HUP
changed=0
stage "$security/tomoyo" "$security/.tomoyo.new" || die "$security/tomoyo was not changed"
# Both renames or none: between them, a signal would leave the tree without security/tomoyo.
trap '' INT TERM HUP
if [ -e "$security/tomoyo" ]; then
	mv -T "$security/tomoyo" "$security/.tomoyo.old" || die "$security/tomoyo cannot be moved away"
fi
mv -T "$security/.tomoyo.new" "$security/tomoyo" ||
	die "$security/tomoyo could not be put in place; the old one is in $security/.tomoyo.old"
rm -rf "$security/.tomoyo.old"
[ $quiet = 1 ] || echo "$security/tomoyo: $(wc -l <<<"$list") files, $changed of them new or changed"
