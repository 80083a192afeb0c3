#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# Options are written once: help, manual pages and README say what the applets declare, and name commands that exist.

setup() {
    bats_load_library bats-support
    bats_load_library bats-assert
    bats_require_minimum_version 1.5.0
    root=$(realpath "$BATS_TEST_DIRNAME/../..")
    box=$(realpath "${TOMOYO_BOX:-$root/build/tomoyo-box}")
    mkdir "$BATS_TEST_TMPDIR/bin"
    "$box" --install -s "$BATS_TEST_TMPDIR/bin"
    ln -s "$box" "$BATS_TEST_TMPDIR/bin/tomoyo-box"
    PATH=$BATS_TEST_TMPDIR/bin:$PATH
    cd "$BATS_TEST_TMPDIR" || return
    tomoyo-box --dump-options >dump
}

declared() { # APPLET option|operand: its lines of the dump, names and what a value may be
    awk -F '\t' -v OFS='\t' -v applet="$1" -v type="$2" '
        /^[a-z].*\t/ { on = $1 == applet }
        on && type == "option" && /^-.*\t/ { split($1 " ", word, " "); print word[1], word[2] }
        on && type == "operand" && /^[A-Z].*\t/ { sub(/\.\.\.$/, "", $1); print $1, "" }' dump
}

# Prints what is in only one of two lists, with the name of that list.
difference() { # NAME1 LIST1 NAME2 LIST2
    comm -23 <(sort -u <<<"$2") <(sort -u <<<"$4") | sed "s/^./only in $1: &/"
    comm -13 <(sort -u <<<"$2") <(sort -u <<<"$4") | sed "s/^./only in $3: &/"
}

compare_page() { # APPLET: complaints about its manual page
    local applet=$1 names meta name operand
    local page=$root/man/tomoyo-$1.8
    awk -f "$root/tests/host/options.awk" "$page" >said || return
    # Every applet has these two, and tomoyo-box(8) says so.
    local standard='^(-h,--help|--version)	'
    difference "--help" "$(declared "$applet" option | grep -vE "$standard")" "${page##*/}" \
        "$(sed -n 's/^item	//p' said | grep -vE "$standard")"
    grep -qFx "name	tomoyo-$applet" said || echo "NAME is not tomoyo-$applet"
    grep -qFx "summary	$(awk -F '\t' -v a="$applet" '$1 == a { print $2 }' dump)" said ||
        echo "NAME has another summary than the head of applets/$applet.cc"
    # A synopsis may say "option ..." for all of them; else it has each by one of its names, and no other.
    if ! grep -qFx 'operand	option' said; then
        while IFS=$'\t' read -r names meta; do
            [[ $names =~ (--help|--version)$ ]] ||
                grep -qxE "synopsis	(${names//,/|})" said || echo "SYNOPSIS lacks $names"
        done < <(declared "$applet" option)
        while IFS=$'\t' read -r meta name; do
            [ "$meta" != synopsis ] || declared "$applet" option | cut -f 1 | tr , '\n' | grep -qxFe "$name" ||
                echo "SYNOPSIS has $name, which is no option"
        done <said
    fi
    while IFS=$'\t' read -r operand meta; do
        for name in ${operand//|/ }; do
            grep -qFx "operand	$name" said || echo "SYNOPSIS lacks the operand $name"
        done
    done < <(declared "$applet" operand)
}

@test "each manual page has its applet's options, their values, and operands, in SYNOPSIS and in the list" {
    local applet
    for applet in $(tomoyo-box --list); do
        run compare_page "$applet"
        assert_output ''
    done
}

@test "--help lists each option with what its value may be" {
    local applet names meta
    for applet in $(tomoyo-box --list); do
        run -0 tomoyo-box "$applet" --help
        while IFS=$'\t' read -r names meta; do
            assert_line --regexp "^  $names${meta:+ ${meta//|/\\|}}( |\$)"
        done < <(declared "$applet" option)
    done
}

@test "a value that is none of those an option may have is wrong usage, and they are named" {
    run -2 tomoyo-diffpolicy --color sometimes a b
    assert_output --partial "'sometimes' is none of auto|always|never"
    run -2 tomoyo-checkpolicy --kernel='2.6|ours' d
    assert_output --partial "is none of 2.6|ours"
    run -2 tomoyo-patternize -s --format xml
    assert_output --partial "is none of text|json|rules"
    run -2 tomoyo-status --require ''
    assert_output --partial "is none of learning|permissive|enforcing"
}

@test "tomoyo-box(8) and the README list all applets, the page with the summary of each" {
    local listed
    listed=$(awk '/^\.It Xr tomoyo-/ { sub("tomoyo-", "", $3); name = $3; getline; print name "\t" $0 }' "$root/man/tomoyo-box.8")
    assert_equal "$listed" "$(grep '^[a-z].*	' dump)"
    # shellcheck disable=SC2016 # the marks of a table
    assert_equal "$(sed -nE 's/^\| `([a-z-]+)` \|.*/\1/p' "$root/README.md" | sort)" "$(tomoyo-box --list)"
    local applet
    for applet in $(tomoyo-box --list); do
        assert [ -e "$root/man/tomoyo-$applet.8" ]
    done
}

@test "tomoyo-box(8) has the options of tomoyo-box itself" {
    awk -f "$root/tests/host/options.awk" "$root/man/tomoyo-box.8" >said
    run difference "--help" "$(sed -nE 's/^  (-[^ ]*).*/\1/p' dump)" "tomoyo-box.8" \
        "$(sed -nE 's/^item	([^	]*).*/\1/p' said)"
    assert_output ''
}

too_wide() { # COMMAND...: lines of its help that do not fit
    "$@" | awk 'length > 79 { print length ": " $0 }'
}

@test "every help page fits 80 columns, by whatever name the applet is called" {
    local name
    run too_wide tomoyo-box --help
    assert_output ''
    while read -r name; do
        run too_wide "${name##*/}" --help
        assert_output ''
    done < <(tomoyo-box --list-full)
    for name in $(tomoyo-box --list) $(sed -nE 's/^(Topics|Policy): //p' dump); do
        run too_wide tomoyo-box help "$name"
        assert_output ''
    done
}

# The words of an example that are at the place of a command's name: the first of a line and those behind | ; & and sudo.
commands() {
    sed -n '/^Examples:/,$p' | grep -E '^  [^ ]' | sed -E "s/'[^']*'//g; s/[|;&]+ */\n/g; s/(sudo|ssh [A-Z]*) //g" | awk '{ print $1 }' | sort -u
}

@test "usage, hints and examples name commands that exist, as the applet was called" {
    local applet path name words
    words=$(tomoyo-box --list | paste -sd '|')
    while read -r path; do
        name=${path##*/}
        run -0 "$name" --help
        assert_line --index 0 --regexp "^Usage: $name( |\$)"
        # By their links, and no applet by its bare name.
        for applet in $(commands <<<"$output"); do
            [[ $applet != tomoyo-* ]] || assert [ -e "$BATS_TEST_TMPDIR/bin/$applet" ]
            [[ ! $applet =~ ^($words)$ ]]
        done
        case $name in tomoyo-init) continue ;; esac # words of the kernel's command line are not its own
        run -2 "$name" --no-such-option
        assert_output --partial "see '$name --help'"
    done < <(tomoyo-box --list-full)
    for applet in $(tomoyo-box --list); do
        run -0 tomoyo-box "$applet" --help
        assert_line --index 0 --regexp "^Usage: tomoyo-box $applet( |\$)"
        name=$output
        run -0 tomoyo-box help "$applet"
        assert_equal "${output//tomoyo-box help /tomoyo-box }" "$name"
        [[ ! $(commands <<<"$name") =~ tomoyo-[^b] ]]
        [ "$applet" = init ] || run -2 tomoyo-box "$applet" --no-such-option
        [ "$applet" = init ] || assert_output --partial "see 'tomoyo-box $applet --help'"
    done
    # What is typed with a path is found by it only.
    run -2 "$BATS_TEST_TMPDIR/bin/tomoyo-setlevel" --no-such-option
    assert_output --partial "see '$BATS_TEST_TMPDIR/bin/tomoyo-setlevel --help'"
}

@test "names have one spelling: words are joined by '-'" {
    # init_policy is what tomoyo-tools call it; its page tells once where that name leads to.
    run grep -nE '(init|convert|audit)_(policy|audit|exec)|tomoyo-[a-z]+_' "$root/README.md" "$root"/man/*.8
    assert_line --index 0 --partial 'tomoyo-init-policy.8'
    assert_line --index 1 --partial 'tomoyo-init-policy.8'
    assert_equal "${#lines[@]}" 2
    local applet
    for applet in $(tomoyo-box --list); do
        run -0 tomoyo-box "$applet" --help
        refute_line --regexp '^  (-., *)?--?[a-z-]*_'
        refute_output --partial init_policy
    done
}
