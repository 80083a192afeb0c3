#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# apt-derived.sh DIR ARCH [RELEASE]: makes a private apt state in DIR, with source packages and for CPU ARCH, and updates it.
#
# Its archives are those the system itself is configured for, so no host is named here, signatures are checked as
# usual, root is not needed and nothing on the system changes (no deb-src line, no foreign architecture). RELEASE is the
# code name of another Debian release, to be looked for in the same archives.
# Use: APT_CONFIG=DIR/apt.conf apt-get download PACKAGE
set -eu
dir=$1 arch=$2
# shellcheck source=/dev/null # the system's, not ours
own=$(. /etc/os-release && echo "${VERSION_CODENAME:-stable}")
release=${3:-$own}
mkdir -p "$dir/parts" "$dir/lists/partial" "$dir/cache/archives/partial"
: >"$dir/status"

for file in /etc/apt/sources.list.d/*.sources; do
	[ -e "$file" ] || continue
	sed -e 's/^Types:.*/Types: deb deb-src/' -e '/^Architectures:/d' \
		-e "/^Suites:/s/\\([[:space:]]\\)$own/\\1$release/g" "$file" >"$dir/parts/${file##*/}"
done
for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
	[ -e "$file" ] || continue
	# A line limited to the system's own CPU would hide the other CPU's packages.
	sed -nE -e 's/^(deb(-src)?[[:space:]]+\[[^]]*)arch=[^] ]*/\1/' \
		-e "s,(://[^[:space:]]+[[:space:]]+)$own,\\1$release," -e 's/^deb(-src)?[[:space:]]//p' "$file" |
		sort -u | sed -e 'h;s/^/deb /p;g;s/^/deb-src /' >"$dir/parts/$(basename "$file" .list).list"
done

cat >"$dir/apt.conf" <<EOF
Dir::Etc::SourceList "/dev/null";
Dir::Etc::SourceParts "$dir/parts";
Dir::State "$dir";
Dir::State::Lists "$dir/lists";
Dir::State::Status "$dir/status";
Dir::Cache "$dir/cache";
APT::Architecture "$arch";
APT::Architectures { "$arch"; };
APT::Sandbox::User "root";
Acquire::Languages "none";
Acquire::Retries "3";
EOF
# An archive of a third party without source packages makes this fail; what matters is whether the downloads succeed.
APT_CONFIG=$dir/apt.conf apt-get -qq update </dev/null ||
	echo "apt-derived: some package lists could not be fetched" >&2
