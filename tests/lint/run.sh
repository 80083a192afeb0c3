#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# run.sh: runs every check of this folder; prints one TAP stream.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 2
log=$(mktemp)
trap 'rm -f "$log"' EXIT
count=0
for check in spdx hosts includes layers shellcheck man clang-format clang-tidy; do
	"tests/lint/$check.sh" >"$log" 2>&1
	count=$((count + 1))
	awk -v start=$((count - 1)) -v status=$? -f tests/tap.awk "$log"
done
echo "1..$count"
