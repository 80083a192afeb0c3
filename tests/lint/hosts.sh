#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# hosts.sh: is the tree free of download hosts and of paths of one machine?
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 2
# shellcheck source=files.sh
. tests/lint/files.sh

# Packages come from the archives the system is configured for; a host named here would bypass its mirrors and proxies.
host='(https?|ftp)://[^ ]*([d]ebian\.org|[u]buntu\.com|[n]pmjs|[p]ypi|[c]rates\.io|[r]egistry|[m]irror|[k]ernel\.org/pub|/[r]eleases/[d]ownload)'
path='(^|[^[:alnum:]_.])/([r]oot|[w]ork|[f]arm)/[[:alnum:]_.]'
verdict 'no download hosts, no machine paths' "$(files . | grep -vE '^COPYING$|/corpus/|/data/' |
	tr '\n' '\0' | xargs -0 -r grep -nIE "$host|$path" 2>&1)"
