# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# What the kernel makes of a policy line: writes lines, reads back what was kept and takes it away again.
#
# Everything here is built into bash: starting a program costs more than all of it.
#
# Usage: `load /suite-lib/k` and `load kept`.
#
#   kept LINE...               REPLY is what a domain of our own keeps of the lines, as it is printed
#   keeps LINE [PRINTED]       fails unless exactly the line is kept, and printed so (default: as written)
#   keeps_nothing LINE...      fails if one of the lines is kept
#   kept_exceptions LINE...    the same for exception_policy, for lines with $mark in them; it stays
#   exceptions_with TEXT       REPLY is the lines of exception_policy in which TEXT occurs
#   forget_exceptions          deletes all lines with $mark
#   keeps_exception LINE [PRINTED]
#   keeps_no_exception LINE...
#   profile_lines N            REPLY is what is printed of profile N
#   domains_with TEXT          REPLY is the names of domains in which TEXT occurs

# What all exceptions of a file have in them; the file sets it.
: "${mark:=}"
policy=/sys/kernel/security/tomoyo

kept()
{
    local fd
    exec {fd}<>"$policy"/domain_policy
    {
        printf '%s\n' 'delete <kernel> /kept' '<kernel> /kept' "$@" 'select domain=<kernel> /kept'
        # Four lines in front of the entries, and an empty one behind them.
        mapfile -t -s 4 -u "$fd"
        echo 'delete <kernel> /kept'
    } >&"$fd"
    exec {fd}>&-
    [ ${#MAPFILE[@]} = 0 ] || unset 'MAPFILE[-1]'
    joined "${MAPFILE[@]}"
}

# joined LINE...: REPLY is the lines, without a newline behind the last.
joined()
{
    local IFS=$'\n'
    REPLY=$*
}

keeps()
{
    kept "$1"
    k_equal "$REPLY" "${2-$1}"
}

keeps_nothing()
{
    local line
    kept "$@"
    [ -n "$REPLY" ] || return 0
    for line in "$@"; do
        kept "$line"
        [ -z "$REPLY" ] || echo "kept of '$line': '$REPLY'"
    done
    return 1
}

exceptions_with()
{
    local line lines=()
    mapfile -t <"$policy"/exception_policy
    for line in "${MAPFILE[@]}"; do
        [[ $line != *"$1"* ]] || lines+=("$line")
    done
    joined "${lines[@]}"
}

kept_exceptions()
{
    printf '%s\n' "$@" >"$policy"/exception_policy
    exceptions_with "$mark"
}

forget_exceptions()
{
    local line
    exceptions_with "$mark"
    [ -z "$REPLY" ] || while IFS= read -r line; do
        echo "delete $line"
    done <<<"$REPLY" >"$policy"/exception_policy
    exceptions_with "$mark"
    k_equal "$REPLY" ''
}

keeps_exception()
{
    kept_exceptions "$1"
    k_equal "$REPLY" "${2-$1}"
    forget_exceptions
}

keeps_no_exception()
{
    local line
    for line in "$@"; do
        kept_exceptions "$line"
        [ -z "$REPLY" ] || {
            echo "kept of '$line': '$REPLY'"
            forget_exceptions
            return 1
        }
    done
}

profile_lines()
{
    local line lines=()
    mapfile -t <"$policy"/profile
    for line in "${MAPFILE[@]}"; do
        [[ $line != "$1"-* ]] || lines+=("$line")
    done
    joined "${lines[@]}"
}

domains_with()
{
    local line lines=()
    mapfile -t <"$policy"/domain_policy
    for line in "${MAPFILE[@]}"; do
        [[ $line != '<'* || $line != *"$1"* ]] || lines+=("$line")
    done
    joined "${lines[@]}"
}
