# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2154 # k_act sets output
# For tests in which one run of act checks several rows of a table.
#
#   k_rows 'ID: EXPECTED'...  line N of $output is what row N expects; names every row that is not met
#   k_fail TEXT               ends the test with this text

k_fail()
{
    printf '%s\n' "$*"
    return 1
}

k_rows()
{
    local wrong='' line=0 row got
    mapfile -t got <<<"$output"
    for row; do
        [ "${got[line]-}" = "${row#*: }" ] || wrong+="${row%%: *}: expected '${row#*: }', got '${got[line]-}'"$'\n'
        line=$((line + 1))
    done
    [ ${#got[@]} = $line ] || wrong+="expected $line lines, got ${#got[@]}"$'\n'
    [ -z "$wrong" ] || k_fail "${wrong}all lines:"$'\n'"$output"
}
