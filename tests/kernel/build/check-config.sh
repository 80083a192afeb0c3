#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# check-config.sh FRAGMENT CONFIG: does CONFIG have everything that FRAGMENT asks for? Says what is missing, and fails.
set -euo pipefail

awk '
function option(line) { return match(line, /CONFIG_[A-Za-z0-9_]+/) ? substr(line, RSTART, RLENGTH) : "" }
FNR == NR { if ($0 ~ /^(# )?CONFIG_/) { wanted[option($0)] = $0 } next }
{ if ($0 ~ /^(# )?CONFIG_/) has[option($0)] = $0 }
END {
	for (name in wanted) {
		# An option that does not exist here is as good as one that is not set.
		if (name in has ? wanted[name] == has[name] : wanted[name] ~ /^#/)
			continue
		printf "the configuration has no \"%s\"%s\n", wanted[name], name in has ? ", but \"" has[name] "\"" : ""
		missing = 1
	}
	exit missing
}' "$1" "$2" >&2
