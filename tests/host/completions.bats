#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# Completions: they offer what the applets themselves say they accept.

setup() {
    bats_load_library bats-support
    bats_load_library bats-assert
    root=$BATS_TEST_DIRNAME/../..
    box=$(realpath "${TOMOYO_BOX:-$root/build/tomoyo-box}")
    mkdir "$BATS_TEST_TMPDIR/bin"
    "$box" --install -s "$BATS_TEST_TMPDIR/bin"
    ln -s "$box" "$BATS_TEST_TMPDIR/bin/tomoyo-box"
    PATH=$BATS_TEST_TMPDIR/bin:$PATH
}

complete_bash() { # WORD...: the offers for the last word
    bash -c 'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _tomoyo_box; printf "%s\n" "${COMPREPLY[@]}"' \
        bash "$root/completions/tomoyo-box.bash" "$@"
}

@test "bash: tomoyo-box offers applets and its own options" {
    run complete_bash tomoyo-box lo
    assert_output loadpolicy
    run complete_bash tomoyo-box --list
    assert_line -- --list-full
    run complete_bash tomoyo-box help man
    assert_output managers
}

@test "bash: every applet's options are offered, by either name" {
    local applet
    for applet in $(tomoyo-box --list); do
        run complete_bash tomoyo-box "$applet" --
        assert_line -- --help
        assert_line -- --version
    done
    run complete_bash tomoyo-savepolicy --ke
    assert_output -- --keep
}

@test "bash: setprofile offers the kernel's domains" {
    mkdir "$BATS_TEST_TMPDIR/kernel"
    printf '<kernel>\nuse_profile 0\n\n<kernel> /sbin/init\nuse_profile 0\n\n' >"$BATS_TEST_TMPDIR/kernel/domain_policy"
    export TOMOYO_INTERFACE=$BATS_TEST_TMPDIR/kernel
    run complete_bash tomoyo-setprofile 1 "'<kernel> /s" # the shell adds the closing quote
    assert_output '<kernel> /sbin/init'
    run complete_bash tomoyo-setprofile 1 ''
    assert_line "'<kernel> /sbin/init'"
}

@test "zsh: the completion is registered for every applet that has a command of its own" {
    local path
    while read -r path; do
        case $path in usr/sbin/*) grep -q "^#compdef.*[ ]${path##*/}\b" "$root/completions/_tomoyo-box" ;; esac
    done < <(tomoyo-box --list-full)
}
