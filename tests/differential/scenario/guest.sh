#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The scenario inside a guest, as /scenario/run: one phase after the other; the results are files in /out.
set -euo pipefail

# What init has from the kernel's command line would be in every record of an execution.
for variable in $(compgen -e); do
	unset "$variable"
done
export PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/
cd /
# shellcheck source=lib.bash
. /scenario/lib.bash
mkfifo /scenario/never
# A kernel with modules asks for some that are not there; others cannot.
if [ -e /proc/sys/kernel/modprobe ]; then
	echo >/proc/sys/kernel/modprobe
fi
policy 'delete <kernel> /sbin/modprobe'
for phase in /scenario/phases/*.sh; do
	# shellcheck source=/dev/null
	. "$phase"
done
