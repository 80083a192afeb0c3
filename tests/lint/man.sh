#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# man.sh: does mandoc find fault with a manual page?
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 2
# shellcheck source=files.sh
. tests/lint/files.sh

verdict 'man pages' "$(files 'man/*.1' 'man/*.5' 'man/*.8' | xargs -r mandoc -Tlint -Wwarning 2>&1)"
