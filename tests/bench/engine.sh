#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# engine.sh BINARY TSV: what the policy engine costs, counted in instructions: deciding, learning and loading, with few
# entries and with many. Writes lines "name<TAB>value<TAB>unit" to TSV and prints them.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=../../tomoyo-box/toolchain/compilers.sh
. "$here/../../tomoyo-box/toolchain/compilers.sh"
tsv=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$(dirname "$tsv")"
"$GCC" -O2 -std=gnu11 -D_GNU_SOURCE -I"$here/../.." -o "$work/engine" "$here/engine.c" "$here"/../../lsm/engine/*.c
"$work/engine" | tee "$tsv.tmp"
mv "$tsv.tmp" "$tsv"
