#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# The multi-call core: dispatch by name, --list, --install, help, errors and exit codes.

setup() {
    bats_load_library bats-support
    bats_load_library bats-assert
    box=$(realpath "${TOMOYO_BOX:-$BATS_TEST_DIRNAME/../../build/tomoyo-box}")
    ln -s "$box" "$BATS_TEST_TMPDIR/tomoyo-box"
    PATH=$BATS_TEST_TMPDIR:$PATH
    bats_require_minimum_version 1.5.0
}

# Every spelling of a name that may be a link.
@test "an applet is found as NAME, tomoyo-NAME, ccs-NAME and with underscores" {
    local name
    for name in loadpolicy tomoyo-loadpolicy ccs-loadpolicy init_policy init-policy tomoyo-init tomoyo-init-policy; do
        ln -s "$box" "$BATS_TEST_TMPDIR/$name"
        run -0 "$name" --version
        assert_output --regexp '^tomoyo-box [0-9]+\.[0-9]+\.[0-9]+$'
    done
}

@test "U-246 every applet answers --help with usage, options and examples, and --version, on stdout, rc 0" {
    local applet
    for applet in $(tomoyo-box --list); do
        run -0 --separate-stderr tomoyo-box "$applet" --help
        assert_line --index 0 --regexp "^Usage: tomoyo-box $applet"
        assert_output --partial 'Options:'
        assert_output --partial 'Examples:'
        [ -z "$stderr" ]
        run -0 --separate-stderr tomoyo-box "$applet" --version
        [ -z "$stderr" ]
    done
}

@test "an unknown option of any applet is wrong usage: rc 2, a message that names the applet, nothing on stdout" {
    local applet
    for applet in $(tomoyo-box --list); do
        case $applet in init) continue ;; esac # its words come from the kernel command line: unknown ones are not its own
        run -2 --separate-stderr tomoyo-box "$applet" --no-such-option
        [ -z "$output" ]
        [[ $stderr == "$applet: "*"see 'tomoyo-box $applet --help'"* ]]
    done
}

@test "an unknown applet: the nearest names, rc 127" {
    run -127 tomoyo-box laodpolicy
    assert_output "tomoyo-box: 'laodpolicy' is not an applet; did you mean 'loadpolicy'?"
    run -127 tomoyo-box xyzzy-foo-bar
    assert_output --partial "see 'tomoyo-box --list'"
    ln -s "$box" "$BATS_TEST_TMPDIR/tomoyo-pstre"
    run -127 tomoyo-pstre
    assert_output --partial "did you mean 'pstree'?"
}

@test "--list names the applets in order, --list-full their paths" {
    run -0 tomoyo-box --list
    assert_line loadpolicy
    assert_line init
    assert_equal "$output" "$(sort -u <<<"$output")"
    run -0 tomoyo-box --list-full
    assert_line usr/sbin/tomoyo-loadpolicy
    assert_line sbin/tomoyo-init
    assert_line usr/lib/tomoyo/init_policy
}

@test "--install DIR makes hard links, -s symbolic ones, and both work" {
    cp "$box" "$BATS_TEST_TMPDIR/copy"
    run -0 "$BATS_TEST_TMPDIR/tomoyo-box" --install -s "$BATS_TEST_TMPDIR/soft"
    [ -L "$BATS_TEST_TMPDIR/soft/tomoyo-loadpolicy" ]
    run -0 "$BATS_TEST_TMPDIR/soft/tomoyo-loadpolicy" --version
    mv "$BATS_TEST_TMPDIR/copy" "$BATS_TEST_TMPDIR/tomoyo-box-copy"
    run -0 "$BATS_TEST_TMPDIR/tomoyo-box-copy" --install "$BATS_TEST_TMPDIR/hard"
    [ "$BATS_TEST_TMPDIR/hard/tomoyo-loadpolicy" -ef "$BATS_TEST_TMPDIR/tomoyo-box-copy" ]
    [ ! -L "$BATS_TEST_TMPDIR/hard/tomoyo-loadpolicy" ]
    assert_equal "$(find "$BATS_TEST_TMPDIR/hard" -type f | wc -l)" "$(tomoyo-box --list-full | wc -l)"
}

@test "--install leaves a foreign file alone and says what to do; -f replaces it; again is no error" {
    mkdir "$BATS_TEST_TMPDIR/d"
    echo precious >"$BATS_TEST_TMPDIR/d/tomoyo-loadpolicy"
    run -2 tomoyo-box --install -s "$BATS_TEST_TMPDIR/d"
    assert_output --partial 'tomoyo-loadpolicy: File exists; remove it, or use -f to replace it'
    assert_equal "$(cat "$BATS_TEST_TMPDIR/d/tomoyo-loadpolicy")" precious
    [ -L "$BATS_TEST_TMPDIR/d/tomoyo-savepolicy" ]
    run -0 tomoyo-box --install -s -f "$BATS_TEST_TMPDIR/d"
    [ -L "$BATS_TEST_TMPDIR/d/tomoyo-loadpolicy" ]
    run -0 tomoyo-box --install -s "$BATS_TEST_TMPDIR/d"
    refute_output
}

@test "help: the page, an applet, a topic, an unknown topic" {
    run -0 tomoyo-box
    assert_line --index 0 --partial 'Usage: tomoyo-box APPLET'
    assert_output --partial 'loadpolicy'
    run -0 tomoyo-box help loadpolicy
    assert_line --index 0 --partial 'Usage: tomoyo-box loadpolicy'
    run -0 tomoyo-box help managers
    assert_output --partial 'manager.conf'
    run -2 tomoyo-box help nonsense
    assert_output --partial 'topics are the applets and:'
}

@test "no output is lost on a full disk: rc 2 and a message" {
    run -2 bash -c 'tomoyo-box --list >/dev/full'
    assert_output 'tomoyo-box: cannot write standard output: No space left on device'
    run -2 bash -c 'tomoyo-box loadpolicy --help >/dev/full'
    assert_output --partial 'No space left on device'
}

@test "closed standard descriptors: no crash, and no message lands in a file that was opened" {
    run -0 bash -c 'tomoyo-box --version <&- 2>&-'
    assert_output --partial tomoyo-box
    # What was asked for cannot be written, as with cat.
    run -2 bash -c 'tomoyo-box --version <&- >&- 2>&-'
    run bash -c "exec 2>&-; tomoyo-box status --json >'$BATS_TEST_TMPDIR/out'"
    refute_output
}

@test "started without any argument vector entry" {
    # shellcheck disable=SC2016 # perl's own variables
    run -0 perl -e 'my $p = shift; exec { $p } ();' "$box"
}

@test "compatibility mode by option and by environment" {
    run -2 tomoyo-box loadpolicy
    run -1 tomoyo-box loadpolicy --compat
    run -1 env TOMOYO_BOX_COMPAT=1 "$BATS_TEST_TMPDIR/tomoyo-box" loadpolicy
}
