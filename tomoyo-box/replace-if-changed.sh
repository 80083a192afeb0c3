#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# replace-if-changed.sh FILE: puts stdin into FILE, but leaves FILE and its time alone when it says that already, so
# that make rebuilds only what a changed content concerns.
set -eu
cat >"$1.tmp"
if cmp -s "$1.tmp" "$1"; then rm "$1.tmp"; else mv "$1.tmp" "$1"; fi
