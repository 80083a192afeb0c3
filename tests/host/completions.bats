#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# Completions: what bash, zsh and fish really offer is what the applets say that they accept.

# shellcheck source=shells.bash
load shells.bash

setup() {
    bats_load_library bats-support
    bats_load_library bats-assert
    root=$(realpath "$BATS_TEST_DIRNAME/../..")
    completions=$root/completions
    box=$(realpath "${TOMOYO_BOX:-$root/build/tomoyo-box}")
    mkdir "$BATS_TEST_TMPDIR/bin" "$BATS_TEST_TMPDIR/kernel" "$BATS_TEST_TMPDIR/work"
    "$box" --install -s "$BATS_TEST_TMPDIR/bin"
    ln -s "$box" "$BATS_TEST_TMPDIR/bin/tomoyo-box"
    PATH=$BATS_TEST_TMPDIR/bin:$PATH
    export TOMOYO_INTERFACE=$BATS_TEST_TMPDIR/kernel
    printf '%s\nuse_profile 0\n\n' '<kernel>' '<kernel> /sbin/init' '<kernel> /usr/sbin/httpd' >"$TOMOYO_INTERFACE/domain_policy"
    printf '%s\n' PROFILE_VERSION=20150505 '0-COMMENT=-----Disabled-----' '0-CONFIG={ mode=disabled }' \
        '3-COMMENT=-----Enforcing-----' '3-CONFIG={ mode=enforcing }' >"$TOMOYO_INTERFACE/profile"
    cd "$BATS_TEST_TMPDIR/work" || return
    export HOME=$PWD
    : >learned.conf
    mkdir saved stored
}

teardown() {
    end_terminal
}

@test "completions/ is what the options say: if not, run make completions" {
    mkdir "$BATS_TEST_TMPDIR/made"
    "$completions/generate.sh" "$box" "$BATS_TEST_TMPDIR/made"
    local file
    for file in tomoyo-box.bash _tomoyo-box tomoyo-box.fish; do
        run diff -u "$completions/$file" "$BATS_TEST_TMPDIR/made/$file"
        assert_success
    done
}

@test "completions: a value of which nobody has said what it may be is an error, not a completion less" {
    printf 'status\tsay\n\nOptions:\n--on MOON\twhat\n' >options
    run awk -v template="$completions/tomoyo-box.bash.in" -f "$completions/generate.awk" options
    assert_failure
    assert_output --partial "'MOON' (of status)"
}

# Applets, options, values and domains, of the same lines in each shell.
offers_all() { # SHELL
    start_shell "$1"
    run offers "$1" 'tomoyo-box s' status
    assert_success
    assert_line selectpolicy
    assert_line setprofile
    refute_line loadpolicy
    run offers "$1" 'tomoyo-box help ' managers
    assert_line patternize
    run offers "$1" 'tomoyo-box --l' --list-full
    assert_line -- --list

    # By the name of the link and through the box.
    local command
    for command in tomoyo-patternize 'tomoyo-box patternize'; do
        run offers "$1" "$command --" --suggest
        assert_success
        assert_line -- --format
        assert_line -- --keep
        assert_line -- --help
        refute_line --partial ,
        run offers "$1" "$command --suggest --format " rules
        assert_success
        assert_line text
        assert_line json
        refute_line learned.conf
    done
    run offers "$1" 'tomoyo-checkpolicy --kernel=' '.*ours'
    assert_line --regexp '^(--kernel=)?2\.6$'
    run offers "$1" 'tomoyo-diffpolicy --color ' auto
    assert_line always
    assert_line never
    run offers "$1" 'tomoyo-patternize -p proc,' '.*inode'
    assert_line --regexp '^(proc,)?run$'
    # Names that are not made of the applet's.
    run offers "$1" 'init_policy --use-' --use-profile
    assert_line -- --use-group
    run offers "$1" 'convert-audit-log --' --version
    assert_line -- --help

    # Operands: the profile, then domains; an option's value is none of them.
    run offers "$1" 'tomoyo-setprofile -r ' 3
    assert_line 0
    refute_line --partial kernel
    run offers "$1" "tomoyo-setprofile -f 0 3 " ".*kernel.*httpd.*"
    assert_success
    assert_output --partial /sbin/init
    refute_line 0
    run offers "$1" 'tomoyo-savepolicy ' 'saved/?'
    refute_line --partial learned.conf
    run offers "$1" 'tomoyo-setlevel 3' '3-CONFIG='
    assert_success
}

@test "bash offers applets, options, values and domains" {
    offers_all bash
}

@test "zsh offers applets, options, values and domains" {
    offers_all zsh
}

@test "fish offers applets, options, values and domains" {
    offers_all fish
}

@test "bash, zsh: a tab puts in one option, file, or domain as one word" {
    local shell
    for shell in bash zsh; do
        start_shell "$shell"
        type_tab 'tomoyo-savepolicy --qu' 'savepolicy --quota$'
        start_over
        type_tab 'tomoyo-sortpolicy lea' 'sortpolicy learned.conf$'
        start_over
        type_tab "tomoyo-setprofile 3 '<kernel> /usr" "setprofile 3 '<kernel> /usr/sbin/httpd'$"
        start_over
        type_tab 'tomoyo-patternize --format=ru' 'patternize --format=rules$'
        end_terminal
    done
    start_shell zsh
    type_tab 'tomoyo-setprofile 3 \<kernel\>\ /usr' 'setprofile 3 \\<kernel\\>\\ /usr/sbin/httpd$'
}

@test "bash, zsh, fish: every applet's every option is offered, by every name of it" {
    local name path wanted shell
    tomoyo-box --dump-options >dump
    while read -r path; do
        name=${path##*/} applet=${name#tomoyo-}
        wanted=$(awk -F '\t' -v applet="${applet//_/-}" '/^[a-z].*\t/ { on = $1 == applet } on && /^-.*\t/ { sub(" .*", "", $1); gsub(",", "\n", $1); print $1 }' dump)
        assert [ -n "$wanted" ]
        run bash -c 'source "$1"; COMP_WORDS=("$2" -); COMP_CWORD=1; _tomoyo_box; printf "%s\n" "${COMPREPLY[@]}"' \
            bash "$completions/tomoyo-box.bash" "$name"
        assert_equal "$(sort <<<"$output")" "$(sort <<<"$wanted")"
        grep -q "^#compdef.* $name\b" "$completions/_tomoyo-box"
        grep -qE "^complete -F _tomoyo_box .*\b$name\b" "$completions/tomoyo-box.bash"
    done < <(tomoyo-box --list-full)
    while read -r name; do
        wanted=$(awk -F '\t' -v applet="$name" '/^[a-z].*\t/ { on = $1 == applet } on && /^-.*\t/ { sub(" .*", "", $1); gsub(",", "\n", $1); print $1 }' dump)
        # shellcheck disable=SC2016 # fish's own variables
        run fish -N -c 'source $argv[1]; complete -C "tomoyo-box $argv[2] -"' "$completions/tomoyo-box.fish" "$name"
        assert_equal "$(cut -f 1 <<<"$output" | sort)" "$(sort <<<"$wanted")"
    done < <(tomoyo-box --list)
}
