#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# Proves which names a pattern matches: each row makes a symbolic link of its own to the name, and the link's entry has
# the pattern as condition.

load /suite-lib/k

setup_file()
{
    k_setup_file
}

teardown()
{
    k_cleanup
    rm -rf /tmp/k/pattern
}

@test "K-044 K-045 K-046 K-047 K-048 K-049 K-050 K-051 K-052 K-053 K-054 K-055 K-056 K-057 K-058 K-059 K-060 K-061 K-062 K-063 K-064 K-065 K-066 K-067 K-068 K-069 K-070 K-071 K-072 K-073 K-074 patterns" {
    # shellcheck disable=SC1003,SC2016 # backslashes and dollars are meant
    # Number, pattern, name, and whether the pattern matches it.
    local rows=(
        K-044 '/\*' /a.b ok
        K-045 '/\*' / EPERM
        K-046 '/\*' /a/ EPERM
        K-047 '/\*/' // ok
        K-048 '/\@' /a.b EPERM
        K-049 '/\@.\@' /a.b ok
        K-050 '/a\*b' /ax/b EPERM
        K-051 '/a\*\*' /a ok
        K-052 '/\?' $'/\x01' ok
        K-053 '/\?' /ab EPERM
        K-054 '/\$\$' /1 EPERM
        K-055 '/\$0' /100 ok
        K-056 '/\+' /77 EPERM
        K-057 '/\X' /dEaD0 ok
        K-058 '/\x' /G EPERM
        K-059 '/\A\$' /ab1 ok
        K-060 '/\*\-a\-b' /b EPERM
        K-061 '/\*\-a\-b' /c ok
        K-062 '/\*\-a/c' /b/c ok
        K-063 '/\*\-a/c' /a/c EPERM
        K-064 '/x\*\-a' /xa EPERM
        K-065 '/\*\-' /a ok
        K-066 '/\{a\}/' /a/a/a/ ok
        K-067 '/\{a\}/' / EPERM
        K-068 '/\{\*\}/f' /x/y/f ok
        K-069 '/\{\*\}/f' /f EPERM
        K-070 '/\{\*\-b\}/f' /a/b/f EPERM
        K-071 '/\{a\}/\{b\}/' /a/a/b/b/ ok
        K-072 '/r/\{\$\}/x' /r/1/a/x EPERM
        K-073 '\*' a/b EPERM
        K-074 '\*:\*' 'pipe:[123]' ok
        # The other rows of 1.5.3, and a name with and without a real backslash.
        more-1 '/\@' '/a\b' ok
        more-2 '/\?\?' '/\\' ok
        more-3 '/\-a' /b EPERM
        more-4 '/a\-b' /a EPERM
        more-5 '/a\-a' /a EPERM
        more-6 '/x\*\-a' /xba ok
        more-7 '/\{\}/x' //x ok
        more-8 '/\{\*\}/' // ok
        more-9 'socket:[\$]' 'socket:[42]' ok
        more-10 'proc:/\*/x' proc:/self/x ok
        more-11 '/a\\\*' '/a\x' ok
        more-12 '/a\303\251' $'/a\xc3\xa9' ok
        more-13 '/\*/' / EPERM
    )
    local entries=() words=() results bad=0 i
    for ((i = 0; i < ${#rows[@]}; i += 4)); do
        entries+=("file symlink /tmp/k/pattern/${rows[i]} symlink.target=\"${rows[i + 1]}\"")
        words+=(symlink "${rows[i + 2]}" "/tmp/k/pattern/${rows[i]}" :)
    done
    mkdir -p /tmp/k/pattern
    k_domain patterns enforcing "${entries[@]}"
    k_read_domain
    k_learned "${entries[@]}"
    k_act "${words[@]}"
    mapfile -t results <<<"$output"
    for ((i = 0; i < ${#rows[@]}; i += 4)); do
        [ "${results[i / 4]}" = "${rows[i + 3]}" ] || {
            echo "${rows[i]}: pattern ${rows[i + 1]}, name ${rows[i + 2]}: ${results[i / 4]}, not ${rows[i + 3]}"
            bad=1
        }
    done
    [ $bad = 0 ]
}
