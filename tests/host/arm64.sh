#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# arm64.sh: builds the binary for arm64 and runs the tests of the binary with it, process by process in QEMU; prints TAP.
#
# The tests call the binary by links of many names, so what they get is a program that hands its name and arguments to QEMU.
# Left out are files that are about what the machine itself builds: the front door, the kernels, the coverage of options.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 2
# shellcheck source=../../tomoyo-box/toolchain/compilers.sh
. tomoyo-box/toolchain/compilers.sh
log=$(mktemp)
trap 'rm -f "$log"' EXIT

fail() {
	printf '1..1\nnot ok 1 - arm64: %s\n' "$1"
	tail -n 40 "$log" | sed 's/^/# /'
	exit 1
}

make ARCH=arm64 all >"$log" 2>&1 || fail "the binary does not build"
box=$PWD/build/arm64/tomoyo-box
export TOMOYO_ARCH=arm64 TOMOYO_BOX=$box
if [ "$(uname -m)" != aarch64 ]; then
	TOMOYO_RUN=$(type -P qemu-aarch64-static) || fail "qemu-aarch64-static is missing (package qemu-user-static)"
	export TOMOYO_RUN
	TOMOYO_BOX=$PWD/build/arm64/run/tomoyo-box
	mkdir -p "${TOMOYO_BOX%/*}"
	"$GCC" -O2 -Wall -Wextra -static -DRUN="\"$TOMOYO_RUN\"" -DBOX="\"$box\"" -x c -o "$TOMOYO_BOX" - >"$log" 2>&1 <<-'END' ||
		#include <stdlib.h>
		#include <string.h>
		#include <unistd.h>
		int main(int argc, char **argv)
		{
			char **args = calloc(argc + 4, sizeof(*args));

			if (!args)
				return 125;
			args[0] = RUN;
			args[1] = "-0";
			args[2] = argc > 0 ? argv[0] : "";
			args[3] = BOX;
			if (argc > 1)
				memcpy(args + 4, argv + 1, (argc - 1) * sizeof(*args));
			execv(RUN, args);
			return 125;
		}
	END
		fail "the program that calls QEMU does not build"
fi
files=()
for file in tests/host/*.bats; do
	grep -qE 'TOMOYO_(BOX|ARCH):-' "$file" && files+=("$file")
done
tests/host/run.sh "${files[@]}"
