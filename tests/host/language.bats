#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# The policy language as it is explained: tomoyo-policy(5) and `tomoyo-box help TOPIC` agree with the engine.
#
# An example that is shown as right is right, one that is shown as wrong is refused, and no word is missing.

bats_require_minimum_version 1.5.0

setup()
{
    bats_load_library bats-support
    bats_load_library bats-assert
    root=$(realpath "$BATS_TEST_DIRNAME/../..")
    box=$(realpath "${TOMOYO_BOX:-$root/build/tomoyo-box}")
    page=$root/man/tomoyo-policy.5
    topics='policy patterns conditions groups transitions profiles'
    cd "$BATS_TEST_TMPDIR" || return 1
}

# examples_of_topic NAME: "right|wrong", the kind of policy and the line, separated by tabs. tomoyo-box/topics/topics.h says
# what an example is.
examples_of_topic()
{
    "$box" help "$1" | awk -v OFS='\t' '
        /^(Wrong in|In) (domain policy|exception policy|profile|manager|stat)[^:]*:$/ {
            verdict = $1 == "In" ? "right" : "wrong"
            kind = verdict == "right" ? $2 : $3
            sub(/:$/, "", kind)
            next
        }
        !/^  / { kind = "" }
        kind != "" {
            line = substr($0, 3)
            sub(/  .*/, "", line)
            if (line != "") print verdict, kind, line
        }'
}

# The same of the page, whose literal displays stand behind a comment: "right|wrong KIND" or "no policy".
examples_of_page()
{
    awk -v OFS='\t' '
        /^\.\\" wrong / && before != "These are refused:" { print "not said to be refused", FNR, $0 }
        { before = $0 }
        /^\.\\" (right|wrong) / { verdict = $2; kind = $3; marked = 1; next }
        /^\.\\" no policy$/ { verdict = ""; marked = 1; next }
        /^\.Bd -literal/ {
            if (!marked) print "unmarked", FNR, $0
            inside = 1
            next
        }
        /^\.Ed/ { inside = 0; marked = 0; next }
        inside && verdict != "" {
            line = $0
            gsub(/\\e/, "\\", line)
            sub(/  .*/, "", line)
            if (line != "") print verdict, kind, line
        }' "$page"
}

# judge: standard input are examples; tells which are not what they are shown as
judge()
{
    local verdict kind line status
    while IFS=$'\t' read -r verdict kind line; do
        status=0
        {
            # What is about a domain needs one.
            [ "$kind" != domain ] || echo '<kernel>'
            printf '%s\n' "$line"
        } | "$box" checkpolicy "$kind" >report || status=$?
        case $verdict.$status in
        right.0) ;;
        wrong.2) grep -q ' 1 Error ' report || echo "$line: more than one error" ;;
        *) echo "$verdict, but checkpolicy $kind ends with $status: $line" && cat report ;;
        esac
    done
}

@test "every example of the help topics is what it is shown as" {
    local topic
    for topic in $topics; do
        examples_of_topic "$topic" >examples
        assert [ "$(grep -c ^right examples)" -ge 5 ]
        assert [ "$topic" = policy ] || assert [ "$(grep -c ^wrong examples)" -ge 1 ]
        run -0 judge <examples
        assert_output ''
    done
}

@test "every example of tomoyo-policy(5) is what it is shown as, and every display is marked" {
    examples_of_page >examples
    assert [ "$(grep -c ^right examples)" -ge 80 ]
    assert [ "$(grep -c ^wrong examples)" -ge 10 ]
    run -0 judge <examples
    assert_output ''
}

@test "a wrong example would be noticed" {
    run -0 judge <<<$'right\tdomain\tfile raed /a'
    assert_output --partial 'right, but checkpolicy domain ends with 2: file raed /a'
    run -0 judge <<<$'wrong\tdomain\tfile read /a'
    assert_output --partial 'wrong, but checkpolicy domain ends with 0: file read /a'
}

@test "help topics fit a serial line: 80 columns, and not more than two screens" {
    local topic
    for topic in $topics; do
        "$box" help "$topic" >text
        assert_equal "$topic: $(awk 'length > 80' text)" "$topic: "
        assert [ "$(wc -l <text)" -le 48 ]
    done
    run -0 "$box" help
    assert_line "Policy: $(tr ' ' '\n' <<<"$topics" | sort | paste -sd ' ')"
}

# The words of the language, as the engine has them: literals of the files that take lines apart. Those with a blank inside
# are messages, but for a few that are made of several words.
words_of_engine()
{
    (
        cd "$root/lsm/engine" || exit
        sed '/^#include/d; s,/\*.*\*/,,; \,/\*,,\,\*/,d' operation.c condition.c entry.c exception.c line.c manager.c profile.c stat.c |
            grep -o '"\([^"\\]\|\\.\)*"' | sed 's/^"//; s/"$//; s/\\"/"/g; s/ *$//' |
            grep -v -e ' ' -e '^[^[:alnum:]]*$' -e '^%'
        printf '%s\n' 'select transition_only' 'Memory used by' 'Total memory used:'
    ) | sort -u
}

# What the page has as words of the language: tags of lists, literals, displays.
words_of_page()
{
    awk '/^\.Bd -literal/ { inside = 1; next }
        /^\.Ed/ { inside = 0 }
        inside || /^\.(It|Li|Cm|Ql|Dl)/ { print }' "$page" | sed 's/\\e/\\/g'
}

# missing WORDS: those that do not stand in standard input, each as a word of its own
missing()
{
    local text word
    text=$(tr -s '\n\t,;' ' ')
    while IFS= read -r word; do
        [[ " $text " =~ [^a-z_.]"$word"([^a-z_]|$) ]] || [[ $word = *[!a-z_.]* && $text == *"$word"* ]] ||
            printf '%s\n' "$word"
    done <<<"$1"
}

@test "every operation, condition, directive and setting that the engine knows stands in tomoyo-policy(5)" {
    local words
    words=$(words_of_engine)
    # These show that the list is what it should be.
    local word
    for word in execute manual_domain_transition seqpacket path2.parent.perm others_execute no_keep_domain address_group \
        file::pivot_root network::unix_seqpacket_connect max_learning_entry use_default manage_by_non_root quota_exceeded \
        'exec.argv[' grant_log permissive 'global-pid=' PROFILE_VERSION=; do
        grep -Fxq -- "$word" <<<"$words" || fail "the engine's words lack $word"
    done
    words_of_page >text
    run -0 missing "$words" <text
    assert_output ''
    run -0 missing 'no_such_word' <text
    assert_output no_such_word
}

@test "every operation and directive stands in a help topic" {
    local topic words
    words=$(
        cd "$root/lsm/engine" || exit
        sed -n 's/.*WORD("\([a-z_0-9]*\)").*/\1/p' operation.c exception.c condition.c | sort -u
    )
    for topic in $topics; do "$box" help "$topic"; done >text
    run -0 missing "$words" <text
    assert_output ''
}

# wildcards: every escape that may stand in a name, found by trying all
wildcards()
{
    local c
    for c in {0..9} {a..z} {A..Z} ! '"' '#' $ % '&' "'" '(' ')' '*' + - . / : ';' '<' = '>' '?' @ '[' \\ ']' ^ _ \` '|' '~'; do
        printf '<kernel>\nfile read /x\\%s\n' "$c" | "$box" checkpolicy d >/dev/null && printf '\\%s\n' "$c"
        # A brace needs its other half, and stands for itself then.
    done
    printf '<kernel>\nfile read /\\{a\\}/\n' | "$box" checkpolicy d >/dev/null && printf '%s\n' '\{' '\}'
}

@test "every wildcard that the engine takes stands in tomoyo-policy(5) and in the help on patterns, and no other" {
    local wildcard
    wildcards >known
    assert_equal "$(wc -l <known)" 13
    words_of_page >text
    "$box" help patterns >topic
    while IFS= read -r wildcard; do
        grep -Fq -- "$wildcard" text || fail "$wildcard is not in the page"
        grep -Fq -- "$wildcard" topic || fail "$wildcard is not in the topic"
    done <known
    # The tags of the list in the page are these; those of braces are one tag.
    sed -n '/^\.Sh PATTERNS/,/^\.El/s/^\.It Cm \\e\([^ o]\).*/\\\1/p' "$page" | sort -u >tags
    assert_equal "$(cat tags)" "$(grep -v '[{}]' known | sort -u)"
}

# policies_of_readme: what README.md gives to loadpolicy, in files named by their number and kind
policies_of_readme()
{
    awk '
        match($0, /tomoyo-loadpolicy -[depms] <</) { file = sprintf("%02d.%s", ++count, substr($0, RSTART + RLENGTH - 4, 1)); next }
        file != "" && /^ *EOF$/ { file = "" }
        file != "" { sub(/^ */, ""); print >file }' "$root/README.md"
}

@test "the policies in the README are right, and those for containers are the page's" {
    local file kind
    mkdir readme && cd readme || return
    policies_of_readme
    assert [ "$(find . -name '*.d' | wc -l)" -ge 3 ]
    assert [ "$(find . -name '*.e' | wc -l)" -ge 2 ]
    for file in *; do
        kind=${file##*.}
        run -0 "$box" checkpolicy "$kind" <"$file"
        assert_output --partial '0 Error   0 Warning'
    done
    examples_of_page | cut -f 3- >../page
    grep -h crun ./* >../containers
    assert [ "$(wc -l <../containers)" -ge 5 ]
    assert_equal "$(grep -vxFf ../page ../containers)" ''
}

@test "man and README lead to the page" {
    grep -q '^\.Xr tomoyo-policy 5' "$root/man/tomoyo-box.8"
    grep -q 'tomoyo-policy(5)' "$root/README.md"
}
