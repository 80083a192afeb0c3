#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# Debian's tomoyo-tools, as they are, work with this kernel: each of them has been used in one machine, and is judged
# by its files, by its screen, and by what the kernel holds afterwards.

# shellcheck disable=SC2030,SC2031 # bats runs each test in a subshell, and that is right

load ../vm
bats_load_library bats-support
bats_load_library bats-assert
# shellcheck source=../../../tomoyo-box/toolchain/compilers.sh
. "$BATS_TEST_DIRNAME/../../../tomoyo-box/toolchain/compilers.sh"

setup_file()
{
    local overlay status=0
    rm -rf "$(vm_dir tools)"
    overlay=$(vm_overlay tools)
    cat >"$BATS_FILE_TMPDIR/domain" <<'TEXT'
<kernel>
use_profile 0
use_group 0

<kernel> /boot
use_profile 1
use_group 0

file read /a\040b
file write/unlink @BOOT
network inet stream bind/listen 127.0.0.1 80-81

TEXT
    cat >"$BATS_FILE_TMPDIR/exception" <<'TEXT'
path_group BOOT /boot/\*
keep_domain any from <kernel> /boot
acl_group 7 file getattr /
TEXT
    # More than what the loader copies at once.
    for ((i = 0; i < 400; i++)); do
        printf 'path_group LONG /a/name/with/a/number/%d\n' $i
    done >>"$BATS_FILE_TMPDIR/exception"
    vm_policy "$overlay" --domain "$BATS_FILE_TMPDIR/domain" --exception "$BATS_FILE_TMPDIR/exception"
    mkdir -p "$overlay/usr/bin"
    "${CC:-$GCC}" -O2 -static -Wall -Wextra -Werror -D_GNU_SOURCE -o "$overlay/usr/bin/terminal" \
        "$VM_BENCH/guest/terminal.c"
    vm_script "$overlay" <"$BATS_TEST_DIRNAME/tomoyo-tools.sh"
    vm_boot tools --initrd "$(vm_base_initrd --loader reference)" --overlay "$overlay" --run /vmrun \
        --timeout 900 --silence 300 2>"$BATS_FILE_TMPDIR/trouble" || status=$?
    echo $status >"$BATS_FILE_TMPDIR/status"
}

setup()
{
    etc=$(vm_dir tools)/overlay/etc/tomoyo
}

# tool NAME: the directory of what the guest found out about this tool becomes the current one
tool()
{
    cd "$(vm_out tools)/$1" || return 1
}

# found NAME: takes a command of the guest as if it had been run here
found()
{
    output=$(cat "$1")
    status=$(cat "$1.status")
    mapfile -t lines <<<"$output"
}

# block FILE DOMAIN: what FILE says of this domain
block()
{
    awk -v domain="$2" '/^</ { ours = $0 == domain; next } ours && NF' "$1"
}

# lasting FILE: what FILE says of domains other than those that come into being by running the tests
lasting()
{
    awk '/^</ { ours = !/^<kernel> \/sbin\/init/ } ours' "$1"
}

# same FILE FILE
same()
{
    run diff "$1" "$2"
    assert_success
}

@test "the machine has not met trouble" {
    assert_equal "$(cat "$BATS_FILE_TMPDIR/status" "$BATS_FILE_TMPDIR/trouble")" 0
}

@test "tomoyo-init loads the policy at boot, and the kernel enforces from then on" {
    tool init
    # Debian's kernel has looked for modules before, which makes a domain.
    run grep -A 1 -e '^[23] domains\. 3 ACL entries\.$' <<<"$(vm_console tools)"
    assert_line --index 1 --regexp '^[0-9]+ KB used by policy\.$'
    run cat dmesg
    assert_output --partial 'Calling /sbin/tomoyo-init to load policy. Please wait.'
    assert_output --partial 'Mandatory Access Control activated.'
    same boot.profile "$etc/profile.conf"
    same <(sort boot.manager) <(sort "$etc/manager.conf")
    same <(sed 1,2d boot.exception_policy | sort) <(sort "$etc/exception_policy.conf")
    assert_equal "$(head -n 2 boot.exception_policy)" 'initialize_domain /sbin/modprobe from any
initialize_domain /sbin/hotplug from any'
    assert_equal "$(block boot.domain_policy '<kernel> /boot')" "$(sed -n '/boot$/,$p' "$etc/domain_policy.conf" |
        sed '1d; /^$/d')"
    run cat boot.stat
    assert_line --regexp '^Memory used by audit log: .*\(Quota: +16777216\)$'
    assert_line --regexp '^Memory used by query message: .*\(Quota: +1048576\)$'
    # Not everybody may write any more.
    found stranger
    assert_line --index 1 EPERM
}

@test "tomoyo-init by hand, without being a manager, says what there is and changes nothing" {
    tool init
    found again
    assert_success
    assert_line --index 0 --regexp '^[0-9]+ domains\. 3 ACL entries\.$'
    assert_line --index 1 --regexp '^[0-9]+ KB used by policy\.$'
    assert_equal "$(block again.domain_policy '<kernel> /boot')" "$(block boot.domain_policy '<kernel> /boot')"
}

@test "tomoyo-loadpolicy adds to each of the five files and deletes from them" {
    tool loadpolicy
    for file in exception domain profile manager stat; do
        found $file
        assert_success
        assert_output ''
    done
    assert_equal "$(block loaded.domain_policy '<kernel> /victim/deny')" 'use_profile 3
file read/append /spaces
file read /only task.uid=0
network inet stream bind ::1 80'
    assert_equal "$(grep -c '^initialize_domain /victim/[a-z]* from any$' loaded.exception_policy)" 6
    run grep '^7-' loaded.profile
    assert_line '7-COMMENT=loaded'
    assert_line --regexp '^7-CONFIG=\{ mode=permissive '
    assert_line --regexp '^7-CONFIG::file::open=\{ mode=learning '
    run grep loaded loaded.manager
    assert_output '/loaded
<kernel> /loaded'
    run cat loaded.stat
    assert_line --regexp '^Memory used by policy: .*\(Quota: +12345678\)$'
    run grep loaded deleted.manager
    assert_output '<kernel> /loaded'
    assert_equal "$(block deleted.domain_policy '<kernel> /victim/deny')" 'use_profile 3
file read /spaces
file read /only task.uid=0
network inet stream bind ::1 80'
}

@test "tomoyo-loadpolicy -df and -ef make the policy what their input says" {
    tool loadpolicy
    found forced-domain
    assert_success
    assert_output ''
    found forced-exception
    assert_success
    assert_output ''
    assert_equal "$(block forced.domain_policy '<kernel> /victim/deny')" 'use_profile 3
file read /only task.uid=0
network inet stream bind ::1 80
file read /replaced'
    assert_equal "$(block forced.domain_policy '<kernel> /forced' | head -n 1)" 'use_profile 2'
    run grep -e '/goes$' -e '/victim/stranger$' forced.domain_policy
    assert_output ''
    same <(grep '^<' forced.domain_policy | sort) \
        <(grep '^<' deleted.domain_policy | grep -v /victim/stranger | { cat; echo '<kernel> /forced'; } | sort)
    run grep -e GOES -e /goes forced.exception_policy
    assert_output ''
    same <(sort forced.exception_policy) <({ cat loaded.exception_policy; echo 'path_group FORCED /f'; } | sort)
    same forced.profile loaded.profile
}

@test "tomoyo-loadpolicy that is no manager ends with 1 and has changed nothing" {
    tool loadpolicy
    found stranger
    assert_failure 1
    assert_output ''
    run grep by-stranger stranger.domain_policy
    assert_output ''
}

@test "tomoyo-savepolicy prints the kernel's text" {
    tool savepolicy
    for file in domain_policy exception_policy profile manager stat; do
        assert_equal "$(cat -- "-${file:0:1}.status")" 0
        assert cmp "./-${file:0:1}" "kernel.$file"
    done
}

@test "tomoyo-savepolicy saves it, and what has been saved can be loaded again" {
    tool savepolicy
    found save
    assert_success
    assert_output ''
    run cat links
    assert_line --index 0 --regexp '^[0-9]{2}-[0-9]{2}-[0-9]{2}\.[0-9]{2}:[0-9]{2}:[0-9]{2}/$'
    assert_line --index 1 26-01-01.00:00:00
    for file in domain_policy exception_policy profile manager; do
        assert cmp saved/$file.conf kernel.$file
        same <(sort round.$file) <(sort kernel.$file)
    done
}

@test "tomoyo-setlevel" {
    tool setlevel
    found one
    assert_success
    assert_output 9-COMMENT=hello
    found two
    assert_output '1-COMMENT=-----Learning Mode-----
9-COMMENT=x'
    found all
    assert_line --index 0 '<<< Access Control Status >>>'
    same <(sed 1d all) after.profile
}

@test "tomoyo-setprofile" {
    tool setprofile
    found one
    assert_success
    assert_output '1 <kernel> /set'
    found undefined
    assert_success
    assert_output '1 <kernel> /set'
    found recursive
    assert_output '2 <kernel> /set /one
2 <kernel> /set /one /two'
    run grep -A 1 '^<kernel> /set' after.domain_policy
    assert_output '<kernel> /set
use_profile 1
--
<kernel> /set /one
use_profile 2
--
<kernel> /set /one /two
use_profile 2
--
<kernel> /sets
use_profile 0'
}

@test "tomoyo-pstree shows the processes and domains of the kernel" {
    tool pstree
    found tree
    assert_success
    assert_line --index 0 --regexp '^  0 init \(1\) <kernel> /sbin/init$'
    assert_line --regexp '^  0  +\+- sleeper \([0-9]+\) <kernel> /victim/sleeper$'
    same <(grep -v ' tomoyo-pstree (' tree) expected
    found all
    assert_success
    assert_line '  0 kthreadd (2) <kernel>'
}

@test "tomoyo-domainmatch" {
    tool domainmatch
    found hits
    assert_success
    assert_output '
<kernel> /victim/deny
file read /replaced'
    found none
    assert_output ''
}

@test "tomoyo-sortpolicy, -selectpolicy and -checkpolicy understand the kernel's text" {
    tool text
    found sorted
    assert_success
    assert_equal "$(grep -c '^<' sorted)" "$(grep -c '^<' old.domain_policy)"
    assert_equal "$(block sorted '<kernel> /boot')" 'use_profile 1
file read /a\040b
file unlink @BOOT
file write @BOOT
network inet stream bind 127.0.0.1 80-81
network inet stream listen 127.0.0.1 80-81
use_group 0'
    found selected
    assert_line --index 0 '<kernel> /victim/deny'
    assert_line --index 1 'use_profile 3'
    refute_line --regexp '^<kernel> /[^v]'
    found checked
    assert_success
    assert_output --partial ' 0 Error   0 Warning'
    found checked-exception
    assert_success
}

@test "tomoyo-diffpolicy says how to get from one policy to another, and the kernel follows" {
    tool text
    found none
    assert_output ''
    found difference
    assert_success
    assert_line --index 0 'delete <kernel> /forced'
    assert_line 'delete file read /replaced'
    same <(lasting new) <(lasting wanted)
    same <(lasting back) <(lasting sorted)
}

# records FILE COUNT: FILE is so many records, of three lines and an empty one
records()
{
    awk '{ bad = 1 } NR % 4 == 1 && /^#[0-9\/]+ [0-9:]+# profile=/ || NR % 4 == 2 && /^<kernel>/ ||
        NR % 4 == 3 && /^[a-z]+ / || NR % 4 == 0 && /^$/ { bad = 0 } bad { print NR ": " $0; exit 1 }' "$1"
    assert_equal "$(wc -l <"$1")" $((4 * $2))
}

@test "tomoyo-auditd sorts the records into its files" {
    tool auditd
    found start
    assert_success
    assert_output ''
    found learn
    assert_output --regexp '^ok'
    found deny
    assert_output EPERM
    records learned.log 1
    assert_equal "$(sed -n 2,3p learned.log)" '<kernel> /victim/learn
file read /etc/hosts'
    assert_regex "$(head -n 1 learned.log)" ' profile=1 mode=learning granted=no \(global-pid=[0-9]+\) task=\{ pid='
    records 'denied reads.log' 1
    assert_equal "$(sed -n 2,3p 'denied reads.log')" '<kernel> /victim/deny
file read /etc/hosts'
    assert_regex "$(head -n 1 'denied reads.log')" ' profile=3 mode=enforcing granted=no .* path1=\{ .* type=file '
    records rest.log 1
    assert_equal "$(sed -n 2,3p rest.log)" '<kernel> /victim/deny
file unlink /etc/hosts'
    run cat modes
    assert_line --regexp '^drwx------ '
    assert_line --regexp '^-rw------- '
    run block after.domain_policy '<kernel> /victim/learn'
    assert_line 'file read /etc/hosts'
}

@test "tomoyo-auditd goes on after a rotation and after SIGHUP, and runs only once" {
    tool auditd
    found second
    assert_success
    assert_equal "$(wc -w <daemons)" 1
    records learned-later.log 1
    assert_equal "$(sed -n 3p learned-later.log)" 'file read /etc/passwd'
    records everything.log 1
    assert_equal "$(sed -n 3p everything.log)" 'file read /etc/group'
    run grep -o 'tomoyo-auditd.*' ../messages
    assert_line --regexp 'Started\.$'
    assert_line --regexp 'Reloading configuration file\.$'
}

@test "tomoyo-queryd answers yes, no, and retry with a new entry" {
    tool queryd
    assert_equal "$(cat screen.result)" ''
    found yes
    assert_output --regexp '^ok'
    found added
    assert_output --regexp '^ok'
    found no
    assert_output EPERM
    found shown
    assert_output EPERM
    assert_equal "$(block after.domain_policy '<kernel> /victim/asked')" 'use_profile 3
file read /etc/passwd'
    # Nobody is asked any more: at once refused.
    found unobserved
    assert_output EPERM
}

@test "tomoyo-notifyd starts its action with the query, and the access is refused" {
    tool notifyd
    found start
    assert_success
    assert_output ''
    found first
    assert_output EPERM
    run cat noted
    assert_line --index 0 --regexp '^Q[0-9]+-0$'
    assert_line --index 1 --regexp '^#.* profile=3 mode=enforcing granted=no \(global-pid=[0-9]+\) task='
    assert_line --index 2 '<kernel> /victim/notify'
    assert_line --index 3 'file read /etc/hosts'
    assert_line --index 4 end
}

@test "tomoyo-editpolicy edits domains, entries, profiles, exceptions and managers" {
    tool editpolicy
    assert_equal "$(cat screen.result screen.result.status)" 0
    assert_equal "$(block before.domain_policy '<kernel> /victim/edit')" 'use_profile 0
file read /keep
file write /drop'
    assert_equal "$(block after.domain_policy '<kernel> /victim/edit')" 'use_profile 2
file read /keep
file read /added'
    assert_equal "$(block after.domain_policy '<kernel> /victim/created' | head -n 1)" 'use_profile 0'
    same <(sort after.exception_policy) <({ cat before.exception_policy; echo 'path_group EDITED /e'; } | sort)
    same after.manager <(cat before.manager; echo /edited)
    run grep '^11-' after.profile
    assert_line --regexp '^11-COMMENT='
    assert_line --regexp '^11-CONFIG=\{ mode=disabled '
    same <(grep -v '^11-' after.profile) before.profile
}

@test "tomoyo-editpolicy shows the processes and sets the profile of one" {
    tool editpolicy
    assert_equal "$(cat processes.result processes.result.status)" 0
    assert_equal "$(block processes.domain_policy '<kernel> /victim/sleeper' | head -n 1)" 'use_profile 1'
    assert_equal "$(cat readonly.result readonly.result.status)" 0
}

@test "tomoyo-editpolicy-agent serves the tools from elsewhere" {
    tool agent
    assert_equal "$(cat agent)" 'Listening at 127.0.0.1:7000'
    assert_equal "$(tr '\0' '|' <version)" '|2.6.0|'
    same ./-d kernel.domain_policy
    same ./-e kernel.exception_policy
    found load
    assert_success
    same <(sort after.exception_policy) <({ cat kernel.exception_policy; echo 'path_group REMOTE /r'; } | sort)
    found tree
    assert_success
    assert_line --index 0 '  0 init (1) <kernel> /sbin/init'
    assert_equal "$(cat editor.result editor.result.status)" 0
}
