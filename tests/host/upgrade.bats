#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# upgrade: old policy directories and single files. That each row of the conversion tables converts as stated is
# proved in tests/unit/upgrade.cc.
# shellcheck disable=SC2154 # $stderr and $stderr_lines are set by run

bats_require_minimum_version 1.5.0
bats_load_library bats-support
bats_load_library bats-assert

setup()
{
    box=$(realpath "${TOMOYO_BOX:-$BATS_TEST_DIRNAME/../../build/tomoyo-box}")
    upgrade=$BATS_TEST_TMPDIR/tomoyo-upgrade
    ln -s "$box" "$upgrade"
    old=$BATS_TEST_TMPDIR/old
    new=$BATS_TEST_TMPDIR/rootfs/etc/tomoyo
    mkdir "$old"
    cd "$BATS_TEST_TMPDIR" || return 1
}

# A directory as tomoyo-tools 2.2 left it: the newest files by link, older ones beside them.
make_2_2()
{
    cat >"$old/profile.conf" <<'END'
0-COMMENT=-----Disabled Mode-----
0-MAC_FOR_FILE=disabled
0-MAX_ACCEPT_ENTRY=2048
0-TOMOYO_VERBOSE=disabled
3-MAC_FOR_FILE=enforcing
3-MAX_ACCEPT_ENTRY=2048
3-TOMOYO_VERBOSE=enabled
END
    echo /usr/sbin/tomoyo-loadpolicy >"$old/manager.conf"
    echo 'allow_read /wrong' >"$old/exception_policy.09-12-31.23:59:59.conf"
    cat >"$old/exception_policy.10-03-01.12:00:00.conf" <<'END'
allow_read /lib/libc.so.6
file_pattern /proc/\$/status
deny_rewrite /var/log/\*
initialize_domain /usr/sbin/sshd
END
    ln -s exception_policy.10-03-01.12:00:00.conf "$old/exception_policy.conf"
    cat >"$old/domain_policy.10-03-01.12:00:00.conf" <<'END'
<kernel>
use_profile 0
allow_execute /sbin/init

<kernel> /usr/sbin/sshd
use_profile 3
allow_read /proc/self/status
allow_write /var/log/auth.log
allow_create /tmp/a
END
    # As on a root file system that is mounted elsewhere now.
    ln -s /etc/tomoyo/domain_policy.10-03-01.12:00:00.conf "$old/domain_policy.conf"
    echo 'Policy: 0' >"$old/meminfo.conf"
}

@test "U-243 upgrade: a directory of 2.2 with dated files and links becomes the layout of 2.6" {
    make_2_2
    run --separate-stderr "$upgrade" "$old" "$new"
    assert_failure 1
    assert_output ''
    assert_equal "${#stderr_lines[@]}" 2
    assert_equal "${stderr_lines[0]}" "tomoyo-upgrade: $old/exception_policy.10-03-01.12:00:00.conf:3: not converted (2.6 has 'file append' in the domains instead): deny_rewrite /var/log/\*"
    assert_equal "${stderr_lines[1]}" "tomoyo-upgrade: it was written by 1.7 or 2.2; lines: 14 converted, 7 as they were, 1 not converted (see the comments '# not ...')"

    run ls "$new" "$new/tools"
    assert_line domain_policy.conf
    assert_line exception_policy.conf
    assert_line manager.conf
    assert_line profile.conf
    assert_line stat.conf
    assert_line auditd.conf
    assert_line editpolicy.conf
    assert_line notifyd.conf
    assert_line patternize.conf
    for file in domain_policy exception_policy manager profile; do
        assert_equal "$(readlink "$new/$file.conf")" "policy/current/$file.conf"
    done
    assert_equal "$(readlink "$new/policy/current")" "$(readlink "$new/policy/previous")"
    assert_equal "$(stat -c %a "$new" "$new/policy" "$new/policy/current/" "$new/tools" | sort -u)" 700

    run cat "$new/domain_policy.conf"
    assert_output '<kernel>
use_profile 0
use_group 0
file execute /sbin/init

<kernel> /usr/sbin/sshd
use_profile 3
use_group 0
file read proc:/self/status
file append /var/log/auth.log
file create /tmp/a 0-07777'
    run cat "$new/profile.conf"
    assert_output 'PROFILE_VERSION=20150505
0-COMMENT=-----Disabled Mode-----
0-CONFIG::file={ mode=disabled grant_log=no reject_log=no }
0-PREFERENCE={ max_audit_log=1024 max_learning_entry=2048 }
3-CONFIG::file={ mode=enforcing grant_log=no reject_log=yes }
3-PREFERENCE={ max_audit_log=1024 max_learning_entry=2048 }'
    run cat "$new/exception_policy.conf"
    assert_line --index 0 'acl_group 0 file read /lib/libc.so.6'
    assert_line '# not converted (2.6 has '"'file append'"' in the domains instead): deny_rewrite /var/log/\*'
    assert_line 'initialize_domain /usr/sbin/sshd from any'
    assert_line 'acl_group 0 file getattr @ANY_PATHNAME'
    refute_output --partial file_pattern
    assert_equal "$(head -n 1 "$new/tools/patternize.conf")" 'rewrite path_pattern proc:/\$/status'
    assert_equal "$(cat "$new/stat.conf")" 'Memory used by policy: 0'
}

@test "U-243 upgrade: a base and the difference from it are read together" {
    make_2_2
    printf '<kernel>\nuse_profile 0\nallow_read /gone\nallow_execute /sbin/init\n' >"$old/domain_policy.base"
    rm "$old"/domain_policy*.conf
    printf '<kernel>\ndelete allow_read /gone\nallow_read /new\n' >"$old/domain_policy.conf"
    run "$upgrade" "$old" "$new"
    run cat "$new/domain_policy.conf"
    assert_line 'file execute /sbin/init'
    assert_line 'file read /new'
    refute_output --partial gone
}

@test "U-243 upgrade: without a link the newest of the dated files counts" {
    make_2_2
    rm "$old/exception_policy.conf"
    "$upgrade" "$old" "$new" || [ $? = 1 ]
    run cat "$new/exception_policy.conf"
    refute_output --partial wrong
}

@test "U-243 upgrade: a directory of ccs-tools 1.8" {
    ccs=$BATS_TEST_TMPDIR/ccs
    mkdir -p "$ccs/policy/15-05-05.01:02:03" "$ccs/tools"
    ln -s 15-05-05.01:02:03 "$ccs/policy/current"
    printf 'PROFILE_VERSION=20100903\n0-COMMENT=x\n0-PREFERENCE={ max_audit_log=1024 max_learning_entry=2048 enforcing_penalty=0 }\n' >"$ccs/policy/current/profile.conf"
    printf '/usr/sbin/ccs-queryd\n' >"$ccs/policy/current/manager.conf"
    printf 'initialize_domain /sbin/init from any\n' >"$ccs/policy/current/exception_policy.conf"
    printf '<kernel>\nuse_profile 0\ncapability SYS_BOOT\n' >"$ccs/policy/current/domain_policy.conf"
    printf 'action_to_take /usr/sbin/ccs-mail\n' >"$ccs/tools/notifyd.conf"
    run --separate-stderr "$upgrade" "$ccs/" "$new"
    assert_failure 1
    assert_equal "${stderr_lines[0]}" "tomoyo-upgrade: $ccs/policy/15-05-05.01:02:03/domain_policy.conf:3: not converted (2.6 does not know capabilities): capability SYS_BOOT"
    assert_equal "${stderr_lines[1]}" "tomoyo-upgrade: it was written by 1.8; lines: 3 converted, 4 as they were, 1 not converted (see the comments '# not ...')"
    assert_equal "$(cat "$new/manager.conf")" /usr/sbin/tomoyo-queryd
    assert_equal "$(cat "$new/tools/notifyd.conf")" 'action_to_take /usr/sbin/tomoyo-mail'
    assert_equal "$(head -n 3 "$new/domain_policy.conf")" $'<kernel>\nuse_profile 0\nuse_group 0'
}

@test "upgrade: what the tools of 2.6 do not understand becomes a comment, and checkpolicy finds nothing" {
    run "$upgrade" "$BATS_TEST_DIRNAME/data/upgrade-1.8" "$new"
    assert_success
    assert_line --partial 'tools/editpolicy.conf:2: not converted (there is no such directive): keyword_alias capability = capability'
    assert_line --partial '4 not converted'
    assert_equal "$(grep -c '^# not converted (there is no such directive): keyword_alias ' "$new/tools/editpolicy.conf")" 4
    run "$box" checkpolicy "$new"
    assert_success
    echo bogus >"$new/tools/auditd.conf"
    echo 'rewrite nonsense' >"$new/tools/patternize.conf"
    run "$upgrade" "$new" "$BATS_TEST_TMPDIR/newer"
    assert_line --partial 'tools/auditd.conf:1: not converted'
    run "$box" checkpolicy "$BATS_TEST_TMPDIR/newer"
    assert_success
}

@test "upgrade: what follows the number of a profile or group becomes a comment" {
    run --separate-stderr "$upgrade" --from=2.5 d "$BATS_TEST_DIRNAME/data/number-then-comment.domain"
    assert_success
    assert_output '<kernel> /usr/sbin/exampled
use_profile 3
# enforcing
use_group 1
# second group

file read /etc/exampled.conf'
    run --separate-stderr "$upgrade" --from=2.5 d <<<$'<kernel> /a\nuse_profile 3x\nuse_group 300 x'
    assert_line 'use_profile 3'
    assert_line '# not converted (the number of an acl_group is 0 to 255): use_group 300 x'
}

@test "upgrade: sockets have a number for a name" {
    run --separate-stderr "$upgrade" d "$BATS_TEST_DIRNAME/data/old-names-of-sockets-2.3.domain"
    assert_success
    assert_line 'file ioctl socket:[\$] 35090'
    run --separate-stderr "$upgrade" --from=2.5 d "$BATS_TEST_DIRNAME/data/old-names-of-sockets.domain"
    assert_line 'file ioctl socket:[\$] 0x8912'
}

@test "U-242 upgrade: a file of old policy as a filter" {
    run --separate-stderr "$upgrade" d <<'END'
<kernel>
allow_read /a
allow_transit /b
END
    assert_failure 1
    assert_output '<kernel>
use_group 0
file read /a
# not converted (2.6 has only '"'task manual_domain_transition'"'): allow_transit /b'
    assert_equal "$stderr" "tomoyo-upgrade: it was written by 1.7, 2.2 or 2.3; lines: 1 converted, 1 as they were, 1 not converted (see the comments '# not ...')"

    printf 'deny_rewrite /var/log/\\*\n' >"$old/e"
    printf '<kernel>\nallow_write /var/log/a' >"$old/d"
    run --separate-stderr "$upgrade" d --exceptions="$old/e" "$old/d"
    assert_success
    assert_line 'file append /var/log/a'
    run --separate-stderr "$upgrade" --json e "$old/e"
    assert_failure 1
    assert_line --partial '"reason": "2.6 has '"'file append'"' in the domains instead"'
}

@test "upgrade: policy of 2.6 does not change" {
    "$box" init-policy policy_dir="$old/etc" use_profile=1 2>/dev/null
    for kind in p:profile m:manager e:exception_policy d:domain_policy s:stat; do
        run --separate-stderr "$upgrade" "${kind%%:*}" "$old/etc/${kind#*:}.conf"
        assert_success
        assert_equal "$output" "$(cat "$old/etc/${kind#*:}.conf")"
        assert_regex "$stderr" 'lines: 0 converted'
    done
    run "$upgrade" "$old/etc" "$new"
    assert_success
    for file in profile manager exception_policy domain_policy stat tools/auditd tools/patternize; do
        cmp "$old/etc/$file.conf" "$new/$file.conf"
    done
}

@test "upgrade --from=2.6: entries of sockets that mainline's kernels do not learn are added, once" {
    cat >learned <<'END'
<kernel> /usr/sbin/dnsmasq
use_profile 1
network inet dgram bind 0.0.0.0 53
network inet stream listen 0.0.0.0 53
network inet dgram send 10.0.0.1 53
network inet stream bind/listen ::1 80 task.uid=0
network unix stream connect /run/a
network unix dgram bind anonymous
network inet raw bind 0.0.0.0 1
<kernel> /b
network inet stream bind ::1 80
network inet dgram bind ::1 80
<kernel> /usr/sbin/dnsmasq
network inet dgram bind ::1 80 task.uid=0
END
    run --separate-stderr "$upgrade" --from=2.6 d learned
    assert_success
    assert_regex "$stderr" '3 lines added, in each case behind a comment'
    assert_equal "$output" "$(awk '
        /dgram bind 0/ { more = "network inet stream bind 0.0.0.0 53" }
        { print }
        more != "" { print comment; print more; more = "" }
        /anonymous/ { print comment; print "network unix stream bind anonymous"; print comment; print "network unix seqpacket bind anonymous" }
        ' comment="# added (mainline's kernels grant this, too, for they do not compare types of sockets)" learned)"
    echo "$output" >once
    for from in 2.6 auto; do
        run --separate-stderr "$upgrade" --from="$from" d once
        assert_success
        assert_equal "$output" "$(cat once)"
        refute_regex "$stderr" 'added, in'
    done
    run --separate-stderr "$upgrade" d learned
    assert_equal "$output" "$(cat learned)"
    run --separate-stderr "$upgrade" --from=2.6 --json d learned
    assert_equal "$(jq -r '.files[0].added[] | "\(.line) \(.text)"' <<<"$output")" '3 network inet stream bind 0.0.0.0 53
8 network unix stream bind anonymous
8 network unix seqpacket bind anonymous'
    # No group, no setting and no limit of a profile changes.
    printf '%s\n' '3-PREFERENCE={ max_audit_log=1 max_learning_entry=2 enforcing_penalty=3 }' '3-CONFIG={ mode=enforcing grant_log=no reject_log=yes }' >profile
    run --separate-stderr "$upgrade" --from=2.6 p profile
    assert_success
    assert_equal "$output" "$(cat profile)"
    run --separate-stderr "$upgrade" --from=2.6 e <<<'acl_group 3 network inet stream bind @A 1-5'
    assert_line --index 2 'acl_group 3 network inet dgram bind @A 1-5'
}

@test "upgrade: what no socket does grants nothing, and becomes a comment" {
    printf '%s\n' '<kernel> /a' 'network inet dgram listen ::1 80' 'network inet stream bind/send ::1 80' >d
    run --separate-stderr "$upgrade" d d
    assert_failure 1
    assert_output '<kernel> /a
# not converted (2.6 does not ask about that): network inet dgram listen ::1 80
# not wholly converted (2.6 does not ask about that): network inet stream bind/send ::1 80
network inet stream bind ::1 80'
    echo '3-CONFIG={ mode=enforcng }' >p
    run --separate-stderr "$upgrade" p p
    assert_failure 1
    assert_output '3-CONFIG={ mode=enforcng }'
    assert_regex "$stderr" 'p:1: the kernel passes over a word of it: 3-CONFIG=\{ mode=enforcng \}; tomoyo-checkpolicy says more'
}

# Lines of all versions and none, in any order.
random_directory() # SEED DIRECTORY
{
    mkdir -p "$2/tools"
    awk -v seed="$1" -v dir="$2" '
        function one_of(text, n, part) { n = split(text, part, "|"); return part[int(rand() * n) + 1] }
        function name() { return one_of("/a|/proc/self/|/tmp/\\$|@G|socket:[family=1:type=1:protocol=0]|/b\\q|x|proc:/1/|/sys/kernel/security/") }
        function sockets() { return one_of("stream|dgram|raw|seqpacket") " " one_of("bind|listen|connect|send|bind/listen|recv|send/recv|bind/accept") }
        function entry() {
            return one_of("allow_read " name() "|6 " name() "|allow_mkdir " name() "|allow_network TCP bind ::1 80|allow_network UDP " \
                one_of("bind|listen|connect|accept") " ::1 80|network inet " sockets() " ::1 " one_of("80|1-9|@P|70000") \
                "|network unix " sockets() " " name() "|file " one_of("read|mkdir|create|nosuch|execute") " " name() \
                "|misc env A|allow_env A|capability SYS_BOOT|ipc signal 9 <kernel>|file read /a if task.uid=0 ; set task.state[0]=1" \
                "|allow_signal 9 <kernel>|task auto_execute_handler /x|use_group " int(rand() * 300) "|use_profile " int(rand() * 5) \
                "|use_profile 3 # x|ignore_global_allow_read|quota_exceeded|transition_failed|# text|")
        }
        BEGIN {
            srand(seed)
            for (i = 0; i < 12; i++) {
                if (rand() < 0.3)
                    print one_of("<kernel>|<kernel> /a|<kernel> /a /b|<kernel> b|<ns> /c|delete <kernel> /a|select <kernel> /a") >(dir "/domain_policy.conf")
                print entry() >(dir "/domain_policy.conf")
                print one_of("acl_group " int(rand() * 300) " " entry() "|allow_read " name() "|file_pattern /a/\\$|deny_rewrite " \
                    name() "|initialize_domain /a|keep_domain any from <kernel> /a|alias /a /b|aggregator /a\\$ /b|path_group G " name() \
                    "|address_group A 1.2.3.4|number_group P 1-2|deny_autobind 5|<ns> path_group G /x|no_reset_domain /x") >(dir "/exception_policy.conf")
                print int(rand() * 5) "-" one_of("COMMENT=x|MAC_FOR_FILE=enforcing|MAX_ACCEPT_ENTRY=5|TOMOYO_VERBOSE=enabled|CONFIG={ mode=" \
                    one_of("learning|enforcng|x") " }|CONFIG::file=use_default|PREFERENCE::learning={ max_entry=5 }|PREFERENCE={ max_audt_log=5 }" \
                    "|CONFIG::ipc={ mode=learning }|NONSENSE=1") >(dir "/profile.conf")
            }
            print one_of("/usr/sbin/ccs-loadpolicy|<kernel> /x|/usr/lib/ccs/x|nonsense") >(dir "/manager.conf")
            print one_of("Policy: 5|Shared: 1|Memory used by policy: 1|nonsense") >(dir "/stat.conf")
            print one_of("keyword_alias x = y|line_color Z = 1|nonsense") >(dir "/tools/editpolicy.conf")
            print one_of("rewrite path_pattern /a\\$|nonsense|domain.contains x") >(dir "/tools/patternize.conf")
            print one_of("destination /x|nonsense|header.contains x") >(dir "/tools/auditd.conf")
        }' /dev/null
}

@test "upgrade: checkpolicy finds no error in what comes out, or it has been told" {
    ln -s "$box" tomoyo-checkpolicy
    local seed from versions=(1.7 1.8 1.8.5 2.2 2.3 2.4 2.5 2.6) clean=0
    for seed in {1..64}; do
        from=${versions[seed % 8]}
        random_directory "$seed" old
        run "$upgrade" --from="$from" old "new$seed"
        [ "$status" -le 1 ] || fail "seed $seed: $output"
        told=$output
        run ./tomoyo-checkpolicy "new$seed"
        if [ "$status" -le 1 ]; then
            clean=$((clean + 1))
            continue
        fi
        while IFS= read -r error; do
            where=${error%%: error: *}: text=''
            [[ ! $where =~ ^([^:]*):([0-9]+): ]] || text=$(sed -n "${BASH_REMATCH[2]}p" "${BASH_REMATCH[1]}")
            # The word of a profile, or a profile that is missing.
            case $error in
            *'the kernel passes over this'*) [[ $told = *"passes over a word of it: $text"* ]] ;;
            *'is not defined'*) [[ $told = *'a boot with this policy fails'* ]] ;;
            *) false ;;
            esac || fail "seed $seed, --from=$from: $error
$text"
        done < <(printf '%s\n' "${lines[@]}" | grep ': error: ')
    done
    [ "$clean" -gt 0 ]
}

@test "upgrade: --dry-run prints and writes nothing; --json reports" {
    make_2_2
    run --separate-stderr "$upgrade" -n "$old" "$new"
    assert_failure 1
    assert_line '# ==== domain_policy.conf ===='
    assert_line 'file append /var/log/auth.log'
    assert [ ! -e "$BATS_TEST_TMPDIR/rootfs" ]
    run --separate-stderr "$upgrade" --dry-run --json "$old"
    assert_line '  "from": "1.7 or 2.2",'
    assert_line --partial '"text": "deny_rewrite /var/log/\\*"'
    run jq '.files | length' <<<"$output"
    assert_output 5
}

@test "upgrade: an existing policy is replaced only with --force, and stays as previous" {
    make_2_2
    "$upgrade" "$old" "$new" || [ $? = 1 ]
    before=$(readlink "$new/policy/current")
    run "$upgrade" "$old" "$new"
    assert_failure 2
    assert_output "tomoyo-upgrade: $new holds a policy; with --force it stays there as 'previous'"
    assert_equal "$(readlink "$new/policy/current")" "$before"
    run "$upgrade" -f "$old" "$new"
    assert_failure 1
    assert_equal "$(readlink "$new/policy/previous")" "$before"
    refute [ "$(readlink "$new/policy/current")" = "$before" ]

    run "$upgrade" -f "$old" "$old"
    assert_failure 2
    assert_output "tomoyo-upgrade: $old/profile.conf is in the way; move it away, or choose another directory"
}

@test "upgrade: versions that contradict each other have to be named" {
    make_2_2
    echo PROFILE_VERSION=20110903 >"$old/profile.conf"
    run "$upgrade" "$old" "$new"
    assert_failure 2
    assert_output --partial 'but'
    assert_output --partial 'by 2.5; say which it is with --from=VERSION'
    assert [ ! -e "$new" ]
    run "$upgrade" --from=2.2 -n "$old"
    assert_failure 1
}

@test "upgrade: wrong usage and missing files" {
    run "$upgrade"
    assert_failure 2
    run "$upgrade" "$old"
    assert_failure 2
    assert_output --partial 'NEW_DIRECTORY is missing'
    run "$upgrade" --from=3.0 d
    assert_failure 2
    assert_output --partial "'3.0' is none of 1.7|"
    run "$upgrade" "$old" "$new"
    assert_failure 2
    assert_output --partial "$old holds no policy"
    run "$upgrade" d "$old/none"
    assert_failure 2
    assert_output --partial "No such file or directory"
    printf '<kernel>\n' >"$old/domain_policy.conf"
    run "$upgrade" "$old" "$new"
    assert_success
    assert_line "tomoyo-upgrade: $old has no profile.conf; 'tomoyo-init-policy policy_dir=$new' makes what is missing"
    run bash -c '"$1" d <<<"<kernel>" >/dev/full' - "$upgrade"
    assert_failure 2
}

@test "upgrade: a policy that would not boot is told" {
    printf '<kernel>\nuse_profile 7\n' >"$old/domain_policy.conf"
    printf 'PROFILE_VERSION=20110903\n0-COMMENT=x\n' >"$old/profile.conf"
    run "$upgrade" "$old" "$new"
    assert_line --partial 'a boot with this policy fails'
}

@test "upgrade: 100,000 domains and long lines" {
    awk 'BEGIN { for (i = 0; i < 100000; i++) printf "<kernel> /bin/a%d\nuse_profile 1\nallow_read /etc/%d\n", i, i }' >"$old/d"
    "$upgrade" d "$old/d" >"$old/out" 2>/dev/null
    assert_equal "$(grep -c '^use_group 0$' "$old/out")" 100000
    assert_equal "$(wc -l <"$old/out")" 400000
    { echo '<kernel>'; printf 'allow_read /'; head -c 1000000 /dev/zero | tr '\0' a; } >"$old/d"
    run --separate-stderr "$upgrade" d "$old/d"
    assert_equal "${#lines[2]}" 1000011
}
