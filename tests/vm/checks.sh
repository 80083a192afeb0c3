#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# Compares the checks in kernel-checks.tsv with the tests that name them, and prints what does not fit.
#
# usage: checks.sh [LIST [FILE]...]
#
#   LIST   default: kernel-checks.tsv beside this script
#   FILE   bats files; default: those of suite/ and boot/
#
# A test names its checks in its title: @test "K-001 K-002 what it proves". Exit status 1 when a check of the list has
# no test, a test has a check that is not in the list, or two files have the same.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

list=${1:-$here/kernel-checks.tsv}
[ $# = 0 ] || shift
files=("$@")
[ ${#files[@]} -gt 0 ] || files=("$here"/suite/*.bats "$here"/boot/*.bats)

LC_ALL=C awk -F '\t' '
function bad(text) { print text; status = 1 }

# The list: number, deviation, title.
FNR == NR {
    if (/^#/)
        next
    if (NF != 3 || $1 !~ /^K-[0-9][0-9][0-9]$/ || $2 !~ /^(-|D-[0-9][0-9])$/ || $3 == "")
        bad(FILENAME ":" FNR ": is no line of the list: " $0)
    if ($1 in title)
        bad(FILENAME ":" FNR ": " $1 " is listed twice")
    title[$1] = $3
    order[++count] = $1
    next
}
/^@test / {
    rest = $0
    while (match(rest, /K-[0-9]+/)) {
        number = substr(rest, RSTART, RLENGTH)
        rest = substr(rest, RSTART + RLENGTH)
        if (!(number in title))
            bad(FILENAME ":" FNR ": " number " is not in the list")
        else if (number in file && file[number] != FILENAME)
            bad(FILENAME ":" FNR ": " number " is also in " file[number])
        file[number] = FILENAME
    }
}
END {
    for (i = 1; i <= count; i++)
        if (!(order[i] in file))
            bad(order[i] " has no test: " title[order[i]])
    exit status
}' "$list" "${files[@]}"
