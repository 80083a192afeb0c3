# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# For tests in which one action checks several rows of a table.

# rows 'ID: EXPECTED'...: line N of $output is what row N expects. Names every row that is not met.
rows()
{
    local wrong='' line=0 row
    local -a got
    mapfile -t got <<<"$output"
    for row; do
        [ "${got[line]-}" = "${row#*: }" ] || wrong+="${row%%: *}: expected '${row#*: }', got '${got[line]-}'"$'\n'
        line=$((line + 1))
    done
    [ ${#got[@]} = $line ] || wrong+="expected $line lines, got ${#got[@]}"$'\n'
    [ -z "$wrong" ] || fail "${wrong}all lines:"$'\n'"$output"
}
