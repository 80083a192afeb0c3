#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# Opens an interactive root shell in a bench guest on this terminal.
#
# usage: shell.sh [KERNEL [run.sh OPTION]...]
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
kernel=${1:-box-6.12}
[ $# = 0 ] || shift

overlay=$(mktemp -d "${TMPDIR:-/tmp}/tomoyo-shell.XXXXXX")
trap 'rm -rf "$overlay"' EXIT
"$here/policy.sh" "$overlay"
# The serial line does not tell the guest how large the terminal is.
size=$(stty size 2>/dev/null || echo 24 80)
[ "${size#0 }" = "$size" ] || size='24 80' # a terminal that does not know itself

echo "To leave: exit, or poweroff -f, or Ctrl-a x. It takes a few seconds to start."
"$here/run.sh" --kernel "$kernel" --interactive --run shell --overlay "$overlay" \
    --append "loglevel=4 vmterm=${TERM:-linux},${size/ /,}" "$@"
