#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# loadpolicy against the kernel, and beside tomoyo-tools.

bats_load_library bats-support
bats_load_library bats-assert

tomoyo=/sys/kernel/security/tomoyo
reference=/opt/tomoyo-tools/sbin
PATH=/usr/sbin:$PATH

# No program that a test runs shall make a domain of its own.
quiet='keep_domain any from any'

setup_file()
{
    echo "$quiet" >$tomoyo/exception_policy
}

teardown_file()
{
    echo "delete $quiet" >$tomoyo/exception_policy
}

setup()
{
    cd "$BATS_TEST_TMPDIR" || return 1
    cat $tomoyo/domain_policy >.domains
    cat $tomoyo/exception_policy >.exceptions
}

# Profiles cannot be deleted, but no domain uses them then.
teardown()
{
    cd "$BATS_TEST_TMPDIR" || return 1
    echo 'Memory used by policy: 0' >$tomoyo/stat
    grep '^<' .domains >.names
    grep '^<' $tomoyo/domain_policy | grep -vxFf .names | sed 's/^/delete /' >.delete
    cat .delete >$tomoyo/domain_policy
    $reference/tomoyo-loadpolicy -ef <.exceptions
    rm -rf /tmp/stranger /tmp/same* /tmp/big
}

# unchanged FILE KERNEL-FILE: compares, although the kernel's files have no size.
unchanged()
{
    cat "$tomoyo/$2" >.now
    run diff "$1" .now
    assert_success
}

# Waits until the kernel gives back no more memory of what was deleted: for two seconds, of whoever keeps the time.
collected()
{
    local quiet_for=0 used before='' i
    for ((i = 0; i < 600 && quiet_for < 20; i++)); do
        used=$(sed -n 's/^Memory used by policy: *\([0-9]*\).*/\1/p' $tomoyo/stat)
        [ -n "$used" ] || return 1
        if [ "$used" = "$before" ]; then quiet_for=$((quiet_for + 1)); else quiet_for=0; fi
        before=$used
        # It begins again whenever a file that was written to is closed.
        : >$tomoyo/domain_policy
        sleep 0.1
    done
    [ "$quiet_for" = 20 ]
}

# peak_memory COMMAND...: prints the peak of resident memory in kB. BusyBox' time may print it in quarters of
# that, so that a command of known size tells the unit.
peak_memory()
{
    local known
    known=$(printed_memory dd if=/dev/zero of=/dev/null bs=16M count=1)
    echo $(($(printed_memory "$@") / ((known + 8192) / 16384)))
}

printed_memory()
{
    busybox time -v "$@" 2>&1 | sed -n 's/.*Maximum resident set size (kbytes): //p'
}

# domain NAME: what the kernel has about one domain.
domain()
{
    awk -v name="$1" '/^</ { inside = $0 == name } inside' $tomoyo/domain_policy
}

# stranger: a copy of loadpolicy that is no manager.
stranger()
{
    mkdir -p /tmp/stranger
    cp /usr/sbin/tomoyo-box /tmp/stranger/tomoyo-box
    echo /tmp/stranger/tomoyo-box
}

@test "U-140 loadpolicy -d creates a domain with its entries" {
    run tomoyo-loadpolicy -d <<'END'
<kernel> /u140
use_profile 1
file read /a
network inet stream connect 127.0.0.1 80
END
    assert_success
    refute_output
    run domain '<kernel> /u140'
    assert_line 'use_profile 1'
    assert_line 'file read /a'
    assert_line 'network inet stream connect 127.0.0.1 80'
}

@test "U-141 an unknown directive is reported with its line, the other lines work" {
    printf '<kernel> /u141\nfile read /a\nbogus line\nfile read /b\n' >policy
    run tomoyo-loadpolicy -d policy
    assert_failure 1
    assert_output "tomoyo-loadpolicy: policy:3:1: an entry starts with file, network, misc or task; the kernel did not accept 'bogus line'"
    run domain '<kernel> /u141'
    assert_line 'file read /a'
    assert_line 'file read /b'
}

@test "U-141 compatibility mode drops an unknown directive in silence" {
    run tomoyo-loadpolicy --compat -d < <(printf '<kernel> /u141\nbogus line\nfile read /b\n')
    assert_success
    refute_output
    run domain '<kernel> /u141'
    assert_line 'file read /b'
}

@test "U-142 a last line without newline is loaded" {
    tomoyo-loadpolicy -d < <(printf '<kernel> /u142\nfile read /a\nfile read /last')
    run domain '<kernel> /u142'
    assert_line 'file read /last'
}

@test "U-142 compatibility mode drops a last line without newline" {
    tomoyo-loadpolicy --compat -d < <(printf '<kernel> /u142\nfile read /a\nfile read /last')
    run domain '<kernel> /u142'
    assert_line 'file read /a'
    refute_line 'file read /last'
}

@test "every way of being wrong is reported, and nothing else is" {
    cat >policy <<'END'
# a comment
<kernel> /wrong
use_profile 1
use_profile 300
use_profile 77
use_group 0
use_group 256
file read /a
file read relative
file reda /a
file read
file read /a\q
file read/write/append /b
file append/read /b
file create /c 010-0x1f
file create /c 20-10
file create /c 0x1F
network inet stream connect 0:0:0:0:0:0:0:1 80
network inet stream connect localhost 80
network inet stream connect 10.0.0.1 99999
misc env PATH
misc env A=B
task manual_domain_transition <kernel> /x
file read /d task.uid=0 task.uid=0-0 grant_log=yes
file read /d task.uid=root
file execute /e keep exec.argc=1
file read /f keep
transition_failed
END
    run tomoyo-loadpolicy -d policy
    assert_failure 1
    # The list of all lines of which a complaint is expected.
    printf '%s\n' "$output" | sed -n 's/^tomoyo-loadpolicy: policy:\([0-9]*\):.*/\1/p' | tr '\n' ' ' >lines
    assert_equal "$(cat lines)" '4 5 7 10 11 12 16 19 20 22 25 27 '
}

@test "the lines below a domain that cannot be created are counted, not listed" {
    printf '<kernel> /good\nfile read /1\n<kernel> bad\nfile read /2\nfile read /3\n<kernel> /good\nfile read /4\n' >policy
    run tomoyo-loadpolicy -d policy
    assert_failure 1
    assert_line --index 0 "tomoyo-loadpolicy: policy:3:10: the name of a domain goes on with paths; the kernel did not accept '<kernel> bad'"
    assert_line --index 1 'tomoyo-loadpolicy: so 2 lines below it are lost'
    assert_equal "${#lines[@]}" 2
    run domain '<kernel> /good'
    assert_line 'file read /1'
    assert_line 'file read /4'
    refute_line 'file read /2'
}

@test "the lines below something like a domain do not go to the domain above it" {
    printf '<kernel> /good\nfile read /1\n<kernel>/bad\nfile read /2\n' >policy
    run tomoyo-loadpolicy -d policy
    assert_failure 1
    run domain '<kernel> /good'
    assert_line 'file read /1'
    refute_line 'file read /2'
}

@test "select chooses a domain that is there, and reports one that is not" {
    printf '<kernel> /here\nfile read /b\n' | tomoyo-loadpolicy -d
    run tomoyo-loadpolicy -d < <(printf 'select <kernel> /here\ndelete file read /b\nfile read /c\n')
    assert_success
    run domain '<kernel> /here'
    refute_line 'file read /b'
    assert_line 'file read /c'

    run tomoyo-loadpolicy -d < <(printf 'select <kernel> /not/here\nfile read /c\nfile read /d\n')
    assert_failure 1
    assert_line --partial "standard input:2: the kernel did not accept 'file read /c'; there is no domain '<kernel> /not/here'"
    assert_line --partial 'so one line below it is lost'
}

@test "select pid= works, and its lines are verified" {
    run tomoyo-loadpolicy -d < <(printf 'select pid=1\nfile read /of/init\nfile reda /of/init\n')
    assert_failure 1
    assert_line --partial "standard input:3:6: unknown file operation; the kernel did not accept 'file reda /of/init'"
    run domain '<kernel> /sbin/init'
    assert_line 'file read /of/init'
    printf 'select <kernel> /sbin/init\ndelete file read /of/init\n' >$tomoyo/domain_policy
}

@test "a line that a later one takes back is no error and does not come back" {
    cat >policy <<'END'
<kernel> /later
use_profile 1
file read /a
file create /c 0X1f
file read 0/odd
delete file read /a
delete file create /c 0x1F
use_profile 2
<kernel> /gone
file read /x
file create /x 0X1f
delete <kernel> /gone
<kernel> /back
file read /old
delete <kernel> /back
<kernel> /back
file read /new
END
    run tomoyo-loadpolicy -d policy
    assert_success
    refute_output
    run domain '<kernel> /later'
    assert_line 'use_profile 2'
    refute_line 'file read /a'
    refute_line --partial '/c'
    run domain '<kernel> /gone'
    refute_output
    run domain '<kernel> /back'
    assert_line 'file read /new'
    refute_line 'file read /old'
}

@test "deleting what cannot be deleted is reported" {
    run tomoyo-loadpolicy -d < <(printf 'delete <kernel>\ndelete <kernel> /never/was\n')
    assert_failure 1
    assert_output "tomoyo-loadpolicy: standard input:1: the kernel did not accept 'delete <kernel>'; this domain cannot be deleted"
}

@test "a NUL byte in a line keeps that line out of the policy" {
    run tomoyo-loadpolicy -d < <(printf '<kernel> /nul\nfile read /a\nfile read /b\0/c\nfile read /d\n')
    assert_failure 1
    assert_output --partial "standard input:3:13: it holds a NUL byte; not sent to the kernel: 'file read /b'"
    run domain '<kernel> /nul'
    assert_line 'file read /a'
    refute_line 'file read /b'
    assert_line 'file read /d'
}

@test "a number with something behind it is loaded, and what every kernel takes for less is told" {
    local options
    for options in -d -dn; do
        echo 'delete <kernel> /number' | tomoyo-loadpolicy -d
        run tomoyo-loadpolicy $options < <(printf '<kernel> /number\nuse_profile 1   # comment\nuse_group 1 second group\n')
        assert_success
        refute_output
        run domain '<kernel> /number'
        assert_line 'use_profile 1'
        assert_line 'use_group 1'
        run tomoyo-loadpolicy $options < <(printf '<kernel> /number\nuse_profile 300\n')
        assert_failure 1
        assert_output --partial "not sent to the kernel: 'use_profile 300'"
    done
}

@test "loadpolicy -df refuses to replace by nothing" {
    tomoyo-savepolicy -d >before
    run bash -c 'false | tomoyo-loadpolicy -df'
    assert_failure 2
    tomoyo-savepolicy -d | diff before -
}

@test "a line of a megabyte is loaded" {
    long=$(head -c 1000000 /dev/zero | tr '\0' x)
    run tomoyo-loadpolicy -d < <(printf '<kernel> /long\nfile read /%s\n' "$long")
    assert_success
    assert_equal "$(domain '<kernel> /long' | awk '/^file/ { print length($0) }')" 1000011
}

@test "each file starts without a domain" {
    printf '<kernel> /one\nfile read /1' >one
    printf 'file read /2\n<kernel> /two\nfile read /3\n' >two
    run tomoyo-loadpolicy -d one two
    assert_failure 1
    assert_output "tomoyo-loadpolicy: two:1:1: no domain is selected; not sent to the kernel: 'file read /2'"
    run domain '<kernel> /one'
    assert_line 'file read /1'
    refute_line 'file read /2'
    run domain '<kernel> /two'
    assert_line 'file read /3'
}

@test "a used up memory quota shows as refused lines" {
    echo 'Memory used by policy: 1' >$tomoyo/stat
    run tomoyo-loadpolicy -d < <(printf '<kernel>\nfile read /no/memory/for/this\n')
    assert_failure 1
    assert_output --partial "the memory quota of policy is used up"
}

@test "U-143 loadpolicy -df makes the domains equal to the input" {
    printf '<kernel> /u143/old\nfile read /x\n<kernel> /u143/both\nfile read/write/append /x\nfile read /y\nuse_group 3\n' |
        tomoyo-loadpolicy -d
    {
        cat .domains
        printf '<kernel> /u143/both\nuse_profile 2\nfile write/append /x\nfile getattr /x\nfile read /z\n'
        printf '<kernel> /u143/new\nuse_profile 1\nfile read /w\n'
    } >policy
    run tomoyo-loadpolicy -df policy
    assert_success
    refute_output
    run domain '<kernel> /u143/old'
    refute_output
    assert_equal "$(domain '<kernel> /u143/both')" "$(printf '<kernel> /u143/both\nuse_profile 2\n\nfile write/append/getattr /x\nfile read /z')"
    assert_equal "$(domain '<kernel> /u143/new')" "$(printf '<kernel> /u143/new\nuse_profile 1\n\nfile read /w')"

    # Sorted in one way, the kernel's domains are those of the input.
    $reference/tomoyo-sortpolicy <policy >want
    $reference/tomoyo-sortpolicy <$tomoyo/domain_policy >have
    cmp want have
}

@test "U-144 loadpolicy -df without use_profile leaves the profile of an existing domain" {
    printf '<kernel> /u144\nuse_profile 2\nfile read /x\n' | tomoyo-loadpolicy -d
    { cat .domains && printf '<kernel> /u144\nfile read /y\n'; } | tomoyo-loadpolicy -df
    assert_equal "$(domain '<kernel> /u144')" "$(printf '<kernel> /u144\nuse_profile 2\n\nfile read /y')"
}

@test "U-145 loadpolicy -df with a bad domain name changes nothing and says where it is" {
    { cat .domains && printf '<kernel> /u145\nfile read /y\n<kernel> foo\n'; } >policy
    run tomoyo-loadpolicy -df policy
    assert_failure 2
    assert_output "tomoyo-loadpolicy: policy:$(wc -l <policy):10: the name of a domain goes on with paths, in '<kernel> foo'; nothing was changed"
    unchanged .domains domain_policy

    run tomoyo-loadpolicy --compat -df <policy
    assert_failure 1
    assert_output "Invalid domainname '<kernel> foo'
Out of memory. Aborted."
    unchanged .domains domain_policy
}

@test "loadpolicy -df deletes nothing when a line is not accepted" {
    printf '<kernel> /stays\nfile read /x\n' | tomoyo-loadpolicy -d
    { cat .domains && printf '<kernel> /added\nfile read /y\nbogus\n'; } >policy
    run tomoyo-loadpolicy -df policy
    assert_failure 1
    assert_line --partial "the kernel did not accept 'bogus'"
    assert_line --partial 'nothing was deleted'
    assert_equal "$(domain '<kernel> /stays')" "$(printf '<kernel> /stays\nuse_profile 0\n\nfile read /x')"
    assert_equal "$(domain '<kernel> /added')" "$(printf '<kernel> /added\nuse_profile 0\n\nfile read /y')"
}

@test "loadpolicy -df keeps what the kernel prints in another form" {
    {
        cat .domains
        printf '<kernel> /forms\nuse_profile 1\nfile create /a 0X1f\nfile write/read /b\n'
        printf 'network inet stream bind 0:0:0:0:0:0:0:1 80-80\nuse_group 005\n'
    } >policy
    want=$(printf '<kernel> /forms\nuse_profile 1\nuse_group 5\n\nfile create /a 0x1F\nfile read/write /b\nnetwork inet stream bind ::1 80' | sort | grep .)
    run tomoyo-loadpolicy -df policy
    assert_success
    assert_equal "$(domain '<kernel> /forms' | sort | grep .)" "$want"
    # Now that it is there, none of it may go. (What is put back may have another place.)
    echo "file read /extra" | sed '1i <kernel> /forms' | tomoyo-loadpolicy -d
    run tomoyo-loadpolicy -df policy
    assert_success
    assert_equal "$(domain '<kernel> /forms' | sort | grep .)" "$want"
}

@test "loadpolicy -df with what savepolicy -d printed changes nothing" {
    awk -f /suite/data/make-policy.awk -v domains=20 -v lines=60 | tomoyo-loadpolicy -d
    $reference/tomoyo-savepolicy -d >saved
    run tomoyo-loadpolicy -df <saved
    assert_success
    unchanged saved domain_policy
}

@test "U-146 loadpolicy -ef with one line leaves the exception policy with that line" {
    printf 'path_group G /a\ninitialize_domain /u146\n' | tomoyo-loadpolicy -e
    run tomoyo-loadpolicy -ef < <(printf 'aggregator /u146/\\* /u146\n')
    assert_success
    refute_output
    # The kernel prints namespaces once there is more than one.
    assert_equal "$(sed 's/^<kernel> //' $tomoyo/exception_policy)" 'aggregator /u146/\* /u146'
}

@test "U-147 loadpolicy -ef with what savepolicy -e printed changes nothing" {
    tomoyo-loadpolicy -e <<'END'
initialize_domain /usr/sbin/u147 from any
no_initialize_domain /usr/sbin/u147 from <kernel> /x
keep_domain any from <kernel> /usr/sbin/u147
path_group U147 /a
number_group U147 0x10-0x1F
address_group U147 10.0.0.0-10.255.255.255
acl_group 7 file read/write /a task.uid=@U147
acl_group 7 network inet stream connect @U147 80
aggregator /tmp/\$ /tmp/number
END
    $reference/tomoyo-savepolicy -e >saved
    run tomoyo-loadpolicy -ef <saved
    assert_success
    refute_output
    unchanged saved exception_policy
}

@test "loadpolicy -e accepts short forms, reports mistakes and other namespaces' lines" {
    cat >policy <<'END'
initialize_domain /short
keep_domain /short
no_reset_domain /short from <kernel>
number_group N 0X0a
address_group A 0:0:0:0:0:0:0:1
acl_group 08 file read/append /short
acl_group 300 file read /short
acl_group 1 use_profile 1
keep_domian /short
path_group P /short
<kernel> path_group P /short2
number_group N ten
select <kernel>
END
    run tomoyo-loadpolicy -e policy
    assert_failure 1
    printf '%s\n' "$output" | sed -n 's/^tomoyo-loadpolicy: policy:\([0-9]*\):.*/\1/p' | tr '\n' ' ' >lines
    assert_equal "$(cat lines)" '7 8 9 12 13 '

    sed '7,9d; 12,13d' policy >good
    # Twice: the second time everything is there already.
    for _ in 1 2; do
        run tomoyo-loadpolicy -ef good
        assert_success
        refute_output
        assert_equal "$(sed 's/^<kernel> //' $tomoyo/exception_policy)" 'initialize_domain /short from any
keep_domain any from /short
no_reset_domain /short from <kernel>
path_group P /short
path_group P /short2
number_group N 0xA
address_group A ::1
acl_group 8 file read/append /short'
    done
}

@test "U-148 loadpolicy -m adds a manager, delete removes it, a wrong line is reported" {
    run tomoyo-loadpolicy -m < <(printf '/u148\n<kernel> /u148\nmanage_by_non_root\ndelete manage_by_non_root\n')
    assert_success
    grep -qx /u148 $tomoyo/manager
    grep -qx '<kernel> /u148' $tomoyo/manager
    run tomoyo-loadpolicy -m < <(printf 'delete /u148\ndelete <kernel> /u148\n/not\\a word\n')
    assert_failure 1
    assert_output --partial "standard input:3:1: a manager is a program or the name of a domain; the kernel did not accept"
    run grep u148 $tomoyo/manager
    assert_failure
}

@test "U-149 loadpolicy -p changes a profile and reports wrong lines" {
    cat >policy <<'END'
PROFILE_VERSION=20150505
99-COMMENT=first
99-CONFIG={ mode=learning grant_log=no reject_log=yes }
99-CONFIG::file={ mode=permissive }
99-CONFIG::misc::env={ use_default }
99-CONFIG::file::reed={ mode=permissive }
99-CONFIG::network={ mode=enforce }
300-COMMENT=x
-CONFIG={ mode=enforcing }
99-PREFERENCE={ max_audit_log=7 }
99-COMMENT=last = one
END
    run tomoyo-loadpolicy -p policy
    assert_failure 1
    printf '%s\n' "$output" | sed -n 's/^tomoyo-loadpolicy: policy:\([0-9]*\):.*/\1/p' | tr '\n' ' ' >lines
    assert_equal "$(cat lines)" '6 7 8 9 '
    run grep -F -- '99-' $tomoyo/profile
    assert_line --partial '99-COMMENT=last = one'
    assert_line --partial '99-CONFIG={ mode=learning grant_log=no reject_log=yes }'
    assert_line --partial '99-CONFIG::file={ mode=permissive grant_log=yes reject_log=yes }'
    assert_line --partial '99-PREFERENCE={ max_audit_log=7 max_learning_entry='
    # An empty number would have been profile 0.
    run grep -m 1 '0-CONFIG=' $tomoyo/profile
    assert_output --partial 'mode=disabled'

    run tomoyo-loadpolicy -p $tomoyo/profile
    assert_success

    run tomoyo-loadpolicy --compat -p < <(printf '99-CONFIG::bogus={ mode=enforcing }\n')
    assert_success
    refute_output
}

@test "U-150 loadpolicy -s sets a quota" {
    run tomoyo-loadpolicy -s < <(printf '# a comment\nMemory used by policy:   123456789\nMemory used by audit log: 16777216\n')
    assert_success
    run grep 'Memory used by policy:' $tomoyo/stat
    assert_output --partial '(Quota:  123456789)'
    run tomoyo-loadpolicy -s < <(printf 'Memory used by policy: 0x100\nMemory used by tea: 1\n')
    assert_failure 1
    assert_equal "${#lines[@]}" 2
    run grep 'Memory used by policy:' $tomoyo/stat
    assert_output --partial '(Quota:  123456789)'
}

@test "U-151 who is no manager is told so, and changes nothing" {
    box=$(stranger)
    for line in '-d <kernel> /u151' '-e path_group U151 /u151' '-p 99-COMMENT=u151' '-m /u151' \
        '-s Memory used by policy: 151'; do
        run "$box" loadpolicy "${line%% *}" <<<"${line#* }"
        assert_failure 1
        assert_output --partial "the kernel refused the write: neither /tmp/stranger/tomoyo-box nor the domain"
    done
    run "$box" loadpolicy -df <.domains
    assert_failure 1
    unchanged .domains domain_policy
    run "$box" loadpolicy --compat -d < <(printf '<kernel> /u151\n')
    assert_failure 1
    refute_output
    run grep -riE 'u151|151\)' $tomoyo/domain_policy $tomoyo/exception_policy $tomoyo/profile $tomoyo/manager $tomoyo/stat
    assert_failure
}

@test "U-152 an ordinary user cannot open the policy" {
    run su -s /bin/sh nobody -c 'echo "<kernel> /u152" | /usr/sbin/tomoyo-loadpolicy -d'
    assert_failure 1
    assert_output --partial "cannot open $tomoyo/domain_policy for writing: Permission denied; run as root"
    run su -s /bin/sh nobody -c 'echo "<kernel> /u152" | /usr/sbin/tomoyo-loadpolicy --compat -d'
    assert_failure 1
    assert_output "Can't open $tomoyo/domain_policy for writing."
    for option in -df -ef; do
        su -s /bin/sh nobody -c "echo '<kernel> /u152' | $reference/tomoyo-loadpolicy $option" 2>want || :
        run su -s /bin/sh nobody -c "echo '<kernel> /u152' | /usr/sbin/tomoyo-loadpolicy --compat $option"
        assert_failure 1
        assert_output "$(cat want)"
    done
}

@test "the same policy loaded by tomoyo-tools and by tomoyo-box saves to the same bytes" {
    mkdir /tmp/same
    # With what is there, so that -df has not to delete the domains of this test.
    cp .domains /tmp/same/domains
    awk -f /suite/data/make-policy.awk -v domains=30 -v lines=100 >>/tmp/same/domains
    cat >>/tmp/same/domains <<'END'
<kernel> /odd
use_profile 3
use_group 9
use_group 2
transition_failed
quota_exceeded
file write /b
file read /b
file read/write/append /c
file create /a 0X1f
file   read	/tab
task manual_domain_transition <kernel> /x
file execute /e <kernel> /y exec.argc=1-2 grant_log=no task.uid!=0
file execute /e child
bogus
<kernel> bad
file read /lost
<kernel> /odd2
delete file read /none
file read /kept
END
    cp .exceptions /tmp/same/exceptions
    cat >>/tmp/same/exceptions <<'END'
keep_domain /a
initialize_domain /b
path_group G /c
acl_group 12 file write /g
acl_group 12 file read /g
number_group N 010
address_group A FE80::1
END
    for tools in $reference /usr/sbin; do
        out=/tmp/same${tools//\//-}
        mkdir "$out"
        $reference/tomoyo-loadpolicy -df <.domains
        # Deleted entries come back in their old places until they have been collected.
        echo "$quiet" | $reference/tomoyo-loadpolicy -ef
        collected
        $reference/tomoyo-loadpolicy -e <.exceptions
        "$tools/tomoyo-loadpolicy" -d </tmp/same/domains || :
        "$tools/tomoyo-loadpolicy" -e </tmp/same/exceptions || :
        $reference/tomoyo-savepolicy -d >"$out/domains"
        $reference/tomoyo-savepolicy -e >"$out/exceptions"
        $reference/tomoyo-savepolicy -p >"$out/profiles"
        $reference/tomoyo-savepolicy -m >"$out/managers"
    done
    run diff -r /tmp/same-opt-tomoyo-tools-sbin /tmp/same-usr-sbin
    assert_success
    assert [ "$(wc -l <"$out/domains")" -gt 3000 ]

    # Replacing by what was saved leaves everything as it is.
    tomoyo-loadpolicy -df <"$out/domains"
    tomoyo-loadpolicy -ef <"$out/exceptions"
    tomoyo-loadpolicy -p <"$out/profiles"
    tomoyo-loadpolicy -m <"$out/managers"
    unchanged "$out/domains" domain_policy
    unchanged "$out/exceptions" exception_policy
    unchanged "$out/profiles" profile
    unchanged "$out/managers" manager
}

@test "a policy of 70,000 lines is loaded in 4 MB of memory" {
    awk -f /suite/data/make-policy.awk -v domains=500 -v lines=140 >/tmp/big
    for run in 'tomoyo-loadpolicy -d /tmp/big' 'cat /tmp/big | tomoyo-loadpolicy -d'; do
        memory=$(peak_memory sh -c "exec ${run}")
        echo "# $run: $memory kB" >&3
        assert [ "$memory" -gt 500 ]
        assert [ "$memory" -le 4096 ]
    done
    # And it is all there.
    awk -v first="$(sed -n 1p /tmp/big)" '$0 == first { on = 1 } on' $tomoyo/domain_policy >have
    cmp /tmp/big have
}

@test "tomoyo-init by hand after boot changes nothing; with --compat a manager loads once more" {
    mkdir -p /tmp/reload
    cp $tomoyo/profile /tmp/reload/profile.conf
    printf '<kernel> /reload\nuse_profile 0\nfile read /reload\n' >/tmp/reload/domain_policy.conf
    run /sbin/tomoyo-init -d /tmp/reload
    assert_failure 1
    assert_output --partial 'the policy was loaded at boot already: nothing was changed'
    refute grep -q '^<kernel> /reload$' $tomoyo/domain_policy
    run /sbin/tomoyo-init --compat -d /tmp/reload
    assert_success
    assert_line --regexp '^[0-9]+ domains\. [0-9]+ ACL entr(y|ies)\.$'
    assert grep -q '^file read /reload$' $tomoyo/domain_policy
    echo 'delete <kernel> /reload' >$tomoyo/domain_policy
    # Who is no manager sees the summary.
    cp /usr/sbin/tomoyo-box /tmp/reload/
    run /tmp/reload/tomoyo-box init --compat -d /tmp/reload
    assert_success
    assert_line --regexp '^[0-9]+ domains\. [0-9]+ ACL entr(y|ies)\.$'
    refute grep -q '^file read /reload$' $tomoyo/domain_policy
    rm -r /tmp/reload
}
