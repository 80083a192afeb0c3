#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# shellcheck disable=SC2034 # read by the scripts which source this
# compilers.sh: which compilers and clang tools there are; to be sourced by bash, or run, which prints NAME=COMMAND lines.
#
#   GCC GXX             gcc and g++, both of one version, 12 or newer
#   CLANG CLANGXX       clang and clang++, both of one version, 14 or newer
#   CLANG_TIDY CLANG_FORMAT
#
# The version is the one that the distribution calls by the plain name (Debian 12: gcc 12 and clang 14, Debian 13: 14 and
# 19); where that is not installed, or too old, the oldest that will do. GCC_VERSION and CLANG_VERSION in the environment
# ask for another. A command that is not found has its plain name, and compilers_missing names it. On Debian no process
# is started.

gcc_minimum=12 clang_minimum=14

# find_version MINIMUM WANTED COMMAND...: sets suffix to what is behind the names of these commands ("-12", or nothing);
# fails when they are not there in such a version.
find_version() {
	local minimum=$1 wanted=$2 rule n name said
	shift 2
	for rule in default oldest; do
		for ((n = minimum; n < minimum + 30; n++)); do
			suffix=-$n
			[ -z "$wanted" ] || [ "$n" = "$wanted" ] || continue
			[ "$rule" = oldest ] || [ "/usr/bin/$1" -ef "/usr/bin/$1-$n" ] || continue
			for name; do type -P "$name-$n" >/dev/null || continue 2; done
			return 0
		done
	done
	# Elsewhere the commands may have plain names only.
	suffix=${wanted:+-$wanted}
	[ -z "$wanted" ] || return 1
	for name; do
		type -P "$name" >/dev/null || return 1
		said=$("$name" -dumpversion 2>/dev/null || "$name" --version 2>/dev/null) || return 1
		[[ $said =~ (^|version )([0-9]+) ]] || return 1
		n=${BASH_REMATCH[2]}
		[ "$n" -ge "$minimum" ] || return 1
	done
}

# find_compilers: sets all of the above.
find_compilers() {
	local suffix
	compilers_missing=
	find_version $gcc_minimum "${GCC_VERSION:-}" gcc g++ || compilers_missing+=' gcc g++'
	GCC=gcc$suffix GXX=g++$suffix
	find_version $clang_minimum "${CLANG_VERSION:-}" clang clang++ || compilers_missing+=' clang clang++'
	CLANG=clang$suffix CLANGXX=clang++$suffix
	find_version $clang_minimum "${CLANG_VERSION:-}" clang-tidy || compilers_missing+=' clang-tidy'
	CLANG_TIDY=clang-tidy$suffix
	find_version $clang_minimum "${CLANG_VERSION:-}" clang-format || compilers_missing+=' clang-format'
	CLANG_FORMAT=clang-format$suffix
}
find_compilers

if [ "${BASH_SOURCE[0]}" = "$0" ]; then
	for name in GCC GXX CLANG CLANGXX CLANG_TIDY CLANG_FORMAT; do echo "$name=${!name}"; done
fi
