#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# spdx.sh: does every file begin with its licence line?
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 2
# shellcheck source=files.sh
. tests/lint/files.sh

# Exempt is what cannot hold a comment: the licence itself, inputs of tests, data formats without comments.
verdict 'SPDX lines' "$(files . | grep -vE '^COPYING$|/(corpus|data|golden)/|^tests/vm/guest/etc/|\.(json|txt|png|gif|cast|patch)$' |
	while IFS= read -r file; do
		[ -s "$file" ] || continue
		head -n 5 "$file" | grep -qa 'SPDX-License-Identifier: GPL-2.0-only' || echo "$file: no SPDX line"
	done)"
