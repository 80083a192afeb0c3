#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# shellcheck disable=SC2154,SC2164,SC2317 # bats: run sets stderr and calls functions, a failing command ends a test
# savepolicy and the policy store, with plain files in the place of the kernel interface.

bats_require_minimum_version 1.5.0
bats_load_library bats-support
bats_load_library bats-assert

setup()
{
    local box=${TOMOYO_BOX:-$BATS_TEST_DIRNAME/../../build/tomoyo-box}
    box=$(realpath "$box")
    cd "$BATS_TEST_TMPDIR"
    mkdir bin
    ln -s "$box" bin/tomoyo-savepolicy
    PATH=$PWD/bin:$PATH
    export TOMOYO_INTERFACE=$PWD/kernel TZ=UTC
    unset TOMOYO_BOX_COMPAT
    mkdir -p kernel etc/policy
    {
        echo PROFILE_VERSION=20150505
        echo '0-COMMENT=-----Disabled Mode-----'
        echo '0-CONFIG={ mode=disabled grant_log=no reject_log=yes }'
    } >kernel/profile
    echo /usr/sbin/tomoyo-box >kernel/manager
    echo 'aggregator proc:/self/exe /proc/self/exe' >kernel/exception_policy
    printf '<kernel>\nuse_profile 0\nuse_group 0\n\nfile read /etc/\\*\n\n' >kernel/domain_policy
    {
        echo 'Policy update:                               223 (Last: 2026/11/21 18:58:45)'
        echo 'Memory used by policy:                      9088 (Quota:   12345678)'
        echo 'Memory used by audit log:                  75488 (Quota: 1234567890)'
        echo 'Memory used by query message:                  0'
        echo 'Total memory used:                         84576'
    } >kernel/stat
    stamp='^[0-9]{2}-[0-9]{2}-[0-9]{2}\.[0-9]{2}:[0-9]{2}:[0-9]{2}$'
}

# Everything in DIR/policy, hidden names too, in one line.
entries() { (cd "$1/policy" && find . -mindepth 1 -maxdepth 1 -printf '%f\n' | LC_ALL=C sort | tr '\n' ' '); }

snapshots() { find "$1/policy" -mindepth 1 -maxdepth 1 -type d | sed 's|.*/||' | LC_ALL=C sort; }

# Is DIR/policy/current a complete copy of the four kernel files in KERNEL?
is_saved()
{
    local file
    for file in profile manager exception_policy domain_policy; do
        cmp "${2:-kernel}/$file" "$1/policy/current/$file.conf" || return 1
    done
}

change() { printf '<kernel> /bin/%s\nuse_profile 0\nuse_group 0\n\n\n' "$1" >>kernel/domain_policy; }

@test "U-154 savepolicy -d -e -p -m -s prints like cat" {
    # A stream longer than any buffer, with a line of 1 MB, NULs and no newline at its end.
    { head -c 1000000 /dev/zero | tr '\0' x && printf '\n\0\n' && seq 100000 && printf end; } >>kernel/domain_policy
    for pair in d:domain_policy e:exception_policy p:profile m:manager s:stat; do
        tomoyo-savepolicy -"${pair%%:*}" >out
        cmp out "kernel/${pair##*:}"
    done
}

@test "U-155 savepolicy is silent, makes a snapshot and the links current and previous" {
    run --separate-stderr tomoyo-savepolicy etc
    assert_success
    assert_output ''
    assert_equal "$stderr" ''
    first=$(snapshots etc)
    [[ $first =~ $stamp ]]
    assert_equal "$(stat -c %a "etc/policy/$first")" 700
    assert_equal "$(cd "etc/policy/$first" && echo -- *)" \
        '-- domain_policy.conf exception_policy.conf manager.conf profile.conf'
    assert_equal "$(readlink etc/policy/current)" "$first/"
    is_saved etc

    # The target of current moves to previous as it was spelled.
    ln -sfn "$first" etc/policy/current
    change a
    tomoyo-savepolicy etc
    second=$(snapshots etc | tail -n 1)
    assert_equal "$(readlink etc/policy/current)" "$second/"
    assert_equal "$(readlink etc/policy/previous)" "$first"
    assert_equal "$(entries etc)" "$first $second current previous "
    is_saved etc
}

@test "U-156 saves within one second get names one second apart" {
    for ((i = 0; i < 4; i++)); do
        tomoyo-savepolicy --always etc
    done
    assert_equal "$(snapshots etc | wc -l)" 4
    assert_equal "$(readlink etc/policy/current)" "$(snapshots etc | tail -n 1)/"
    assert_equal "$(readlink etc/policy/previous)" "$(snapshots etc | sed -n 3p)/"
}

@test "savepolicy --list shows name, note and counts of each snapshot, --note keeps a line" {
    tomoyo-savepolicy etc
    change a
    tomoyo-savepolicy --name release --note 'before the upgrade' etc
    run tomoyo-savepolicy --list etc
    assert_success
    assert_equal "${#lines[@]}" 3
    assert_line --index 1 --regexp '^previous +1 +1  [-0-9.:]+$'
    assert_line --index 2 --regexp '^current +2 +1  [-0-9.:]+\.release  before the upgrade$'
    run tomoyo-savepolicy --list --json etc
    assert_success
    run jq -e '.[1] | .name == "release" and .note == "before the upgrade" and .current and (.previous | not) and
        .domains == 2 and .entries == 1 and (.snapshot | startswith("etc/policy/" )) and (.stamp | length == 17)' <<<"$output"
    assert_success
    is_saved etc
    run tomoyo-savepolicy --note $'two\nlines' etc
    assert_failure 2
    run tomoyo-savepolicy --list --keep 3 etc
    assert_failure 2
    run tomoyo-savepolicy --list nowhere
    assert_failure 2
}

@test "savepolicy --restore makes an old snapshot the one of the next boot, by name, stamp and link, without the kernel" {
    cp -r kernel old
    tomoyo-savepolicy --name good --note 'the good one' etc
    first=$(snapshots etc)
    change a
    tomoyo-savepolicy etc
    second=$(snapshots etc | tail -n 1)
    for wanted in good "$first" "${first%.good}" previous; do
        TOMOYO_INTERFACE=$PWD/none run tomoyo-savepolicy --restore "$wanted" etc
        assert_success
        assert_output ''
        is_saved etc old || fail "$wanted"
        run tomoyo-savepolicy --list etc
        assert_line --regexp '^current .*\.good  the good one$'
        tomoyo-savepolicy --restore "$second" etc
        is_saved etc
    done
    before=$(readlink etc/policy/current)
    run tomoyo-savepolicy --restore nosuch etc
    assert_failure 2
    assert_output --partial "holds no snapshot 'nosuch'; 'tomoyo-savepolicy --list' shows"
    assert_equal "$(readlink etc/policy/current)" "$before"
}

@test "savepolicy --restore takes no snapshot with which a boot would end in a panic, and none that is not whole" {
    tomoyo-savepolicy --name good etc
    bad=etc/policy/26-11-30.10:00:00.bad
    for damage in profile missing empty; do
        rm -rf "$bad"
        cp -r etc/policy/current/ "$bad"
        case $damage in
            profile) sed -i 's/use_profile 0/use_profile 7/' "$bad/domain_policy.conf" ;;
            missing) rm "$bad/profile.conf" ;;
            empty) : >"$bad/domain_policy.conf" ;;
        esac
        before=$(entries etc)
        run tomoyo-savepolicy --restore bad etc
        [ "$status" -ne 0 ] || fail "$damage"
        assert_output --partial 'failed to restore policy: '
        assert_equal "$(entries etc)" "$before"
        is_saved etc
    done
}

@test "U-157 missing top-level links are created, existing ones stay" {
    ln -s /elsewhere etc/manager.conf
    tomoyo-savepolicy etc
    assert_equal "$(readlink etc/manager.conf)" /elsewhere
    for name in profile exception_policy domain_policy; do
        assert_equal "$(readlink etc/$name.conf)" "policy/current/$name.conf"
        cmp etc/$name.conf kernel/$name
    done
    # They are made also when there is nothing to save.
    rm etc/profile.conf
    tomoyo-savepolicy etc
    assert_equal "$(snapshots etc | wc -l)" 1
    cmp etc/profile.conf kernel/profile
}

@test "a file in the place of a top-level link stays, with a warning, and what is saved is not what a boot loads: exit 1" {
    tomoyo-savepolicy etc
    sed -i 's/use_profile 0/use_profile 1/' etc/domain_policy.conf # replaces the link
    for snapshots in 1 2; do # without a change, and with one
        run --separate-stderr tomoyo-savepolicy etc
        assert_failure 1
        assert_regex "$stderr" '^tomoyo-savepolicy: etc/domain_policy.conf is not a link, so the next boot'
        assert_equal "$(snapshots etc | wc -l)" "$snapshots"
        change a
    done
    assert_equal "$(sed -n 2p etc/domain_policy.conf)" 'use_profile 1'
    run --separate-stderr tomoyo-savepolicy --json etc
    assert_failure 1
    assert_equal "$(jq -c .hidden_by <<<"$output")" '["etc/domain_policy.conf"]'
    run tomoyo-savepolicy --compat "$PWD/etc"
    assert_success
    assert_output ''
}

@test "savepolicy does not replace what is saved by nothing" {
    tomoyo-savepolicy etc
    cp kernel/domain_policy before
    : >kernel/domain_policy
    run --separate-stderr tomoyo-savepolicy etc
    assert_failure 2
    assert_equal "$stderr" "tomoyo-savepolicy: failed to save policy: the kernel's domain policy is empty, and no kernel's can be; nothing was saved"
    cmp before etc/domain_policy.conf
    assert_equal "$(snapshots etc | wc -l)" 1
}

@test "savepolicy --keep: on a full disk, old snapshots make room for the new one" {
    run unshare -m bash -c '
        set -e
        mount -t tmpfs -o size=128k none etc
        mkdir etc/policy
        for i in 1 2 3 4 5; do tomoyo-savepolicy --always etc; done
        head -c 40000 /dev/zero | tr "\0" x >etc/ballast
        while head -c 4096 /dev/zero >>etc/ballast; do :; done 2>/dev/null
        ls etc/policy
        ! tomoyo-savepolicy --always etc
        tomoyo-savepolicy --always -v --keep 4 etc
        ls etc/policy | wc -l
        cmp kernel/domain_policy etc/policy/current/domain_policy.conf
        while head -c 4096 /dev/zero >>etc/ballast; do :; done 2>/dev/null
        ! tomoyo-savepolicy --always --keep 9 etc'
    assert_success
    assert_line --partial 'No space left on device; etc/policy/current is unchanged; --keep N removes old snapshots when room is needed'
    assert_equal "$(grep -c '^removed ' <<<"$output")" 2
    assert_line 6 # four, current, previous
    assert_line --partial 'No space left on device; etc/policy/current is unchanged, and no snapshot is left that may be removed'
}

@test "U-158 savepolicy: a directory without policy/ is trouble" {
    run tomoyo-savepolicy /nosuch
    assert_failure 2
    assert_output --partial "tomoyo-savepolicy: directory /nosuch/policy/ doesn't exist; "
    run tomoyo-savepolicy --compat /nosuch
    assert_failure 1
    assert_output "Directory /nosuch/policy/ doesn't exist."
}

@test "U-159 savepolicy into an empty policy directory makes links and current, no previous" {
    tomoyo-savepolicy "$PWD/etc"
    assert_equal "$(entries etc)" "$(snapshots etc) current "
    assert_equal "$(find etc -maxdepth 1 -type l | wc -l)" 4
}

@test "U-160 a write that fails leaves current unchanged and nothing behind" {
    tomoyo-savepolicy etc
    before=$(entries etc)
    seq 10000 >>kernel/domain_policy
    # A limit on the size of files stands in for a full disk, which a plain user cannot make.
    # Messages go through a pipe: the limit is for files alone.
    full() (trap '' XFSZ && ulimit -f 8 && tomoyo-savepolicy etc 2>&1 | cat && exit "${PIPESTATUS[0]}")
    run full
    assert_failure 2
    assert_output --regexp '^tomoyo-savepolicy: failed to save policy: cannot write .*/domain_policy.conf: File too large; etc/policy/current is unchanged$'
    assert_equal "$(entries etc)" "$before"
}

@test "U-160 savepolicy --compat: the old words for a failed save" {
    seq 10000 >>kernel/domain_policy
    full() (trap '' XFSZ && ulimit -f 8 && tomoyo-savepolicy --compat "$PWD/etc" 2>&1 | cat && exit "${PIPESTATUS[0]}")
    run full
    assert_failure 1
    assert_output 'Failed to save policy.'
    assert_equal "$(entries etc)" ''
}

@test "U-161 savepolicy: wrong arguments are wrong usage" {
    for arguments in -dd '-d -e' -x '/a /b' '-d /a' '-d --keep 3' '--keep 0' '--keep x' '--name a/b' '--name ../x'; do
        # shellcheck disable=SC2086 # several words
        run --separate-stderr tomoyo-savepolicy $arguments
        assert_failure 2
        assert_output ''
        assert_regex "$stderr" "^tomoyo-savepolicy: .*; see 'tomoyo-savepolicy --help'\$"
    done
    run tomoyo-savepolicy --name '' etc
    assert_failure 2
    assert_equal "$(entries etc)" ''
}

@test "U-161 savepolicy --compat: the old words for wrong arguments" {
    usage=$(
        echo 'tomoyo-savepolicy [policy_dir [remote_ip:remote_port]]'
        echo 'tomoyo-savepolicy [{-e|-d|-p|-m|-s} [remote_ip:remote_port]]'
        echo
        echo 'policy_dir : Use policy_dir rather than /etc/tomoyo/ directory.'
        printf '%s' 'remote_ip:remote_port : Read from tomoyo-editpolicy-agent listening at '
        echo 'remote_ip:remote_port rather than /sys/kernel/security/tomoyo/ directory.'
        for pair in e:exception_policy d:domain_policy p:profile m:manager s:stat; do
            echo "-${pair%%:*} : Print /sys/kernel/security/tomoyo/${pair##*:} to stdout."
        done
    )
    check()
    {
        local message=$1
        shift
        run --separate-stderr tomoyo-savepolicy --compat "$@"
        assert_failure 1
        assert_output "$usage"
        assert_equal "$stderr" "$message"
    }
    check 'You cannot specify multiple policies at the same time.' -dd
    check 'You cannot specify multiple policies at the same time.' -de
    check 'You cannot specify multiple policies at the same time.' /a -d
    check 'You cannot specify multiple policy directories at the same time.' /a /b
    check 'You cannot specify multiple policy directories at the same time.' -d /a
    check 'You cannot specify multiple remote agents at the same time.' 1.2.3.4:5 1.2.3.4:6
    for word in '-d -e' '-d -d' -x -xd - -- d etc; do
        # shellcheck disable=SC2086 # several words
        check '' $word
    done
}

@test "U-162 saved files follow the umask" {
    (umask 077 && tomoyo-savepolicy --always etc)
    assert_equal "$(stat -L -c %a etc/profile.conf)" 600
    (umask 022 && tomoyo-savepolicy --always etc)
    assert_equal "$(stat -L -c %a etc/profile.conf)" 644
}

@test "savepolicy makes no new snapshot when nothing changed" {
    run tomoyo-savepolicy -v etc
    assert_success
    first=$(snapshots etc)
    assert_output "saved etc/policy/$first"
    run tomoyo-savepolicy -v etc
    assert_success
    assert_output 'unchanged since etc/policy/current'
    assert_equal "$(entries etc)" "$first current "

    # A change in any of the four files counts, also one that only cuts the end off.
    for name in profile manager exception_policy domain_policy; do
        echo '#' >>kernel/$name
        tomoyo-savepolicy etc
        is_saved etc
        sed -i '$d' kernel/$name
        tomoyo-savepolicy etc
        is_saved etc
    done
    assert_equal "$(snapshots etc | wc -l)" 9
    run tomoyo-savepolicy --always etc
    assert_equal "$(snapshots etc | wc -l)" 10
    run tomoyo-savepolicy --compat "$PWD/etc"
    assert_equal "$(snapshots etc | wc -l)" 11
}

@test "savepolicy --name TAG saves always, under a name with the tag" {
    tomoyo-savepolicy etc
    tomoyo-savepolicy --name v1.2-rc_3 etc
    assert_equal "$(readlink etc/policy/current | cut -c 18-)" .v1.2-rc_3/
    assert_equal "$(snapshots etc | wc -l)" 2
    is_saved etc
    run tomoyo-savepolicy --name "$(printf 'x%.0s' {1..65})" etc
    assert_failure 2
}

@test "savepolicy --keep N removes the oldest snapshots, never linked ones or anything else" {
    for ((i = 0; i < 6; i++)); do
        tomoyo-savepolicy --name "n$i" etc
    done
    mkdir etc/policy/backup etc/policy/26-13-01.00:00:00
    ln -s "$(snapshots etc | grep n1)" etc/policy/golden
    run tomoyo-savepolicy -v --keep 3 etc
    assert_success
    assert_line --index 0 'unchanged since etc/policy/current'
    assert_line --index 1 --regexp '^removed etc/policy/.*\.n0$'
    assert_line --index 2 --regexp '^removed etc/policy/.*\.n2$'
    assert_line --index 3 --regexp '^removed etc/policy/.*\.n3$'
    assert_equal "$(snapshots etc | sed 's/.*\.n/n/' | tr '\n' ' ')" 'n1 n4 n5 26-13-01.00:00:00 backup '
    tomoyo-savepolicy --keep 1 --name last etc
    assert_equal "$(snapshots etc | sed 's/.*\.\([nl]\)/\1/' | tr '\n' ' ')" 'n1 n5 last 26-13-01.00:00:00 backup '
    is_saved etc
}

@test "names keep the order of saving when the clock was wrong" {
    mkdir etc/policy/40-01-01.00:00:00 etc/policy/99-12-31.23:59:59
    run --separate-stderr tomoyo-savepolicy etc
    assert_success
    assert_regex "$stderr" '^tomoyo-savepolicy: the clock is [0-9]+ s behind the newest snapshot; this one is named 40-01-01.00:00:01'
    assert_equal "$(readlink etc/policy/current)" 40-01-01.00:00:01/
    # 99 is 1999, and so the oldest.
    tomoyo-savepolicy --keep 2 etc
    assert_equal "$(entries etc)" '40-01-01.00:00:00 40-01-01.00:00:01 current '
}

@test "the stamp is local time" {
    TZ=UTC tomoyo-savepolicy etc
    mkdir -p east/policy
    TZ=EST-14 tomoyo-savepolicy east
    hours() { snapshots "$1" | sed 's/\(..\)-\(..\)-\(..\)\./20\1-\2-\3 /' | xargs -0 date +%s -d; }
    apart=$((($(hours east) - $(hours etc)) / 60))
    [ "$apart" -ge 839 ] && [ "$apart" -le 841 ]
}

@test "current or previous as a real directory: a clear error, nothing left behind" {
    for name in current previous; do
        mkdir -p "$name/policy/$name"
        run tomoyo-savepolicy "./$name"
        assert_failure 2
        assert_output --partial "./$name/policy/$name is not a symbolic link; if it holds a policy: cd ./$name/policy && mv $name "
        assert_equal "$(entries "$name")" "$name "
        run tomoyo-savepolicy --compat "$PWD/$name"
        assert_failure 1
        assert_output 'Failed to save policy.'
        # The advice works.
        sh -c "$(tomoyo-savepolicy "./$name" 2>&1 | sed 's/.*: cd/cd/')"
        tomoyo-savepolicy "./$name"
        is_saved "$name"
    done
}

@test "a current that leads nowhere does not become previous" {
    tomoyo-savepolicy etc
    tomoyo-savepolicy --always etc
    previous=$(readlink etc/policy/previous)
    rm -r "etc/policy/$(readlink etc/policy/current)"
    tomoyo-savepolicy etc
    assert_equal "$(readlink etc/policy/previous)" "$previous"
    is_saved etc
}

@test "what an interrupted save left is removed by the next one" {
    mkdir -p etc/policy/.26-01-01.00:00:00.tmp/deeper
    echo half >etc/policy/.26-01-01.00:00:00.tmp/profile.conf
    ln -s nowhere/ etc/policy/.current.tmp
    ln -s nowhere/ etc/policy/.previous.tmp
    tomoyo-savepolicy etc
    assert_equal "$(entries etc)" "$(snapshots etc) current "
    is_saved etc
}

@test "eight saves at the same time all succeed" {
    for i in 1 2 3 4 5 6 7 8; do
        tomoyo-savepolicy --name "p$i" etc &
        pids[i]=$!
    done
    for i in 1 2 3 4 5 6 7 8; do
        wait "${pids[i]}"
    done
    assert_equal "$(snapshots etc | wc -l)" 8
    assert_equal "$(snapshots etc | cut -c -17 | sort -u | wc -l)" 8
    assert_equal "$(readlink etc/policy/current)" "$(snapshots etc | sed -n 8p)/"
    assert_equal "$(readlink etc/policy/previous)" "$(snapshots etc | sed -n 7p)/"
    is_saved etc
}

# until_true COMMAND...: waits for it, and says so when that is in vain.
until_true()
{
    local naps=0
    until "$@"; do
        [ $((naps += 1)) -lt 600 ] || fail "waited in vain for: $*"
        sleep 0.1
    done
}

# sleeps PROCESS: it waits for somebody, not for the processor or the disk.
sleeps() { grep -q '^State:.S' "/proc/$1/status"; }

@test "a save waits for the lock, and says so" {
    flock etc/policy sh -c 'touch locked; while [ ! -s message ]; do sleep 0.05; done' 3>&- &
    until_true [ -e locked ]
    tomoyo-savepolicy etc 2>message
    wait
    assert_equal "$(cat message)" 'tomoyo-savepolicy: waiting for another program that changes etc/policy'
    is_saved etc
}

@test "a read error makes no snapshot" {
    tomoyo-savepolicy etc
    before=$(entries etc)
    rm kernel/exception_policy
    mkdir kernel/exception_policy
    run tomoyo-savepolicy etc
    assert_failure 2
    assert_output --partial "cannot read $PWD/kernel/exception_policy: Is a directory"
    assert_equal "$(entries etc)" "$before"
    rmdir kernel/exception_policy
    run tomoyo-savepolicy etc
    assert_failure 2
    assert_output --partial "cannot open $PWD/kernel/exception_policy: No such file or directory"
    assert_equal "$(entries etc)" "$before"
}

@test "a policy at which the kernel would panic is not saved" {
    tomoyo-savepolicy etc
    before=$(entries etc)
    cp kernel/domain_policy good
    printf '<kernel> /bin/sh\nuse_profile 7\n\n\n' >>kernel/domain_policy
    run tomoyo-savepolicy etc
    assert_failure 1
    assert_output --partial "end in a kernel panic: profile 7, which '<kernel> /bin/sh' uses, is not defined; "
    cp good kernel/domain_policy
    printf '<ns> /bin/sh\nuse_profile 0\n\n\n' >>kernel/domain_policy
    run tomoyo-savepolicy etc
    assert_failure 1
    assert_output --partial "profile 0, which '<ns> /bin/sh' uses, is not defined"
    cp good kernel/domain_policy
    sed -i s/20150505/20100903/ kernel/profile
    run tomoyo-savepolicy etc
    assert_failure 1
    assert_output --partial 'PROFILE_VERSION=20100903 is not supported'
    : >kernel/profile
    run tomoyo-savepolicy etc
    assert_failure 1
    assert_equal "$(entries etc)" "$before"
    # tomoyo-tools looks at nothing.
    tomoyo-savepolicy --compat "$PWD/etc"
    is_saved etc
}

@test "D-17 output that cannot be written is trouble" {
    run bash -c 'tomoyo-savepolicy -d >/dev/full'
    assert_failure 2
    assert_output 'tomoyo-savepolicy: cannot write standard output: No space left on device'
}

@test "D-38 savepolicy --quota saves the memory quotas" {
    echo 'old' >etc/stat.conf
    run tomoyo-savepolicy --quota --json etc
    assert_success
    assert_line '  "quota_saved": true,'
    run cat etc/stat.conf
    assert_output "$(
        echo '# Memory quota (byte). 0 means no quota.'
        echo 'Memory used by policy:        12345678'
        echo 'Memory used by audit log:     1234567890'
        echo 'Memory used by query message:        0'
    )"
    run tomoyo-savepolicy --quota --json etc
    assert_output "$(printf '%s\n' '{' '  "saved": false,' '  "snapshot": null,' '  "quota_saved": false,' '  "removed": [],' '  "hidden_by": []' '}')"
    # Without the option stat.conf is left alone.
    rm etc/stat.conf
    tomoyo-savepolicy --always etc
    [ ! -e etc/stat.conf ]
}

@test "savepolicy --json names the snapshot and what was removed" {
    tomoyo-savepolicy --name a etc
    tomoyo-savepolicy --name b etc
    run tomoyo-savepolicy --name c --keep 2 --json etc
    assert_success
    assert_output --regexp '"saved": true,.*"snapshot": "etc/policy/[0-9.:-]+\.c",.*"removed": \[.*"etc/policy/[0-9.:-]+\.a"'
}

@test "a word of TOMOYO 2.2 that is a directory too is not guessed at" {
    mkdir -p d/policy
    run tomoyo-savepolicy d
    assert_failure 2
    assert_output --partial "'d' is a word of TOMOYO 2.2 and a directory here: write './d' for the directory"
    tomoyo-savepolicy ./d
    is_saved d
}

@test "a remote agent is refused in words" {
    run tomoyo-savepolicy -d 1.2.3.4:5
    assert_failure 2
    run tomoyo-savepolicy 1.2.3.4:5
    assert_failure 2
    assert_output 'tomoyo-savepolicy: remote agents are not supported; use ssh, for example: ssh HOST tomoyo-savepolicy -d >FILE'
    # A name with colons that is no address is a directory, as with every applet.
    run tomoyo-savepolicy 1.2.3.4:five
    assert_failure 2
    assert_output --partial "directory 1.2.3.4:five/policy/ doesn't exist"
    run tomoyo-savepolicy --compat 1.2.3.4:5
    assert_failure 1
    assert_output "Can't connect to 1.2.3.4:5"
}

@test "U-153 savepolicy on a kernel without TOMOYO" {
    unset TOMOYO_INTERFACE
    if [ -d /sys/kernel/security/tomoyo ]; then
        run tomoyo-savepolicy -p
        assert_success
    else
        run tomoyo-savepolicy -d
        assert_failure 1
        run tomoyo-savepolicy --compat -d
        assert_failure 1
        assert_output "You can't run this program for this kernel."
    fi
}

@test "savepolicy killed at any moment leaves a complete current (200 kills)" {
    seed=${SEED:-$RANDOM}
    echo "# SEED=$seed" >&3
    RANDOM=$seed
    seq -f 'file read /srv/data/%06.0f' 20000 >>kernel/domain_policy
    echo >>kernel/domain_policy
    from=${EPOCHREALTIME/[.,]/}
    tomoyo-savepolicy etc
    # Kills come while a save works, and sometimes after it.
    range=$(((${EPOCHREALTIME/[.,]/} - from) * 5 / 4 + 1))
    cp -r kernel last
    old=0 new=0
    for ((k = 1; k <= 200; k++)); do
        # All four files carry the number of the state.
        sed -i "s/^0-COMMENT=.*/0-COMMENT=$k/" kernel/profile
        echo "/usr/bin/manager-$k" >>kernel/manager
        echo "path_group STATE /state/$k" >>kernel/exception_policy
        printf '<kernel> /state/%d\nuse_profile 0\nuse_group 0\n\n\n' $k >>kernel/domain_policy
        tomoyo-savepolicy --keep 3 etc 3>&- &
        sleep "$(printf '0.%06d' $(((RANDOM * 32768 + RANDOM) % range)))"
        kill -KILL $! 2>/dev/null || :
        wait $! 2>/dev/null || :
        if is_saved etc; then
            new=$((new + 1))
            rm -r last
            cp -r kernel last
        else
            is_saved etc last || fail "current is neither the state before nor after save $k"
            old=$((old + 1))
        fi >is_saved.log 2>&1
        # A name without a dot in front promises a whole snapshot.
        for snapshot in $(snapshots etc | grep -v '^\.'); do
            [ "$(tail -c 29 "etc/policy/$snapshot/domain_policy.conf" | tr '\n' '|')" = '|use_profile 0|use_group 0|||' ] ||
                [ "$(tail -n 2 "etc/policy/$snapshot/domain_policy.conf" | head -n 1)" = 'file read /srv/data/020000' ] ||
                fail "$snapshot is incomplete after kill $k"
        done
    done
    echo "# after the kills current was $old times the state before the save, $new times the new one" >&3
    tomoyo-savepolicy --always --keep 3 etc
    is_saved etc
    assert_equal "$(entries etc)" "$(snapshots etc | tr '\n' ' ')current previous "
    assert_equal "$(snapshots etc | wc -l)" 3
}

@test "the links through which a boot finds the files are there before current is" {
    # A file in the place of a link is worth a word, which nobody reads here: so it stops between the two.
    echo mine >etc/profile.conf
    mkfifo words
    exec 8<>words
    head -c 65536 /dev/zero >&8
    tomoyo-savepolicy etc 2>words 3>&- 8>&- &
    saver=$!
    until_true [ -L etc/domain_policy.conf ]
    # And until the word, which nobody takes, has it waiting.
    until_true sleeps "$saver"
    assert [ -L etc/domain_policy.conf ]
    assert [ ! -L etc/policy/current ]
    kill -KILL $saver
    wait $saver || :
    exec 8>&-
    rm etc/profile.conf
    run tomoyo-savepolicy etc
    assert_success
    is_saved etc
    cmp kernel/profile etc/profile.conf
}

@test "savepolicy --restore '' restores nothing, and saves nothing" {
    run tomoyo-savepolicy --restore ''
    assert_failure 2
    assert_output --partial '--restore needs the name of a snapshot'
}
