#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# tests/fresh/run.sh: a new system leaves nothing behind, whatever ends it. A shell and its libraries stand for Debian here.

bats_require_minimum_version 1.5.0
bats_load_library bats-support
bats_load_library bats-assert

setup()
{
    fresh=$(cd "$BATS_TEST_DIRNAME/../fresh" && pwd)/run.sh
    export FRESH_DIR=$BATS_TEST_TMPDIR/fresh FRESH_OUT=$BATS_TEST_TMPDIR/out
    mkdir "$BATS_TEST_TMPDIR/bin" "$FRESH_OUT"
    cat >"$BATS_TEST_TMPDIR/bin/debootstrap" <<'END'
#!/bin/bash
set -e
root=$3
mkdir -p "$root"/{bin,proc,sys,dev,tmp,root,etc/apt/apt.conf.d}
echo "$*" >"$root/asked"
for program in sh cat sleep mkdir; do
    cp "$(type -P $program)" "$root/bin/"
    for lib in $(ldd "$(type -P $program)" | grep -o '/[^ ]*'); do
        mkdir -p "$root/${lib%/*}"
        cp -L "$lib" "$root/$lib"
    done
done
END
    # Neither archives nor a clone are wanted here.
    cat >"$BATS_TEST_TMPDIR/bin/apt-get" <<'END'
#!/bin/sh
. /etc/os-release
echo "Debian archive:/debian $VERSION_CODENAME main"
echo "Debian archive:/debian $VERSION_CODENAME-updates main"
echo "Debian archive:/debian $VERSION_CODENAME-backports main"
echo "Debian archive:/security $VERSION_CODENAME-security main"
echo "Somebody else:/ $VERSION_CODENAME main"
END
    cat >"$BATS_TEST_TMPDIR/bin/git" <<'END'
#!/bin/sh
for last; do :; done
mkdir -p "$last"
END
    chmod +x "$BATS_TEST_TMPDIR"/bin/*
    PATH=$BATS_TEST_TMPDIR/bin:$PATH
}

# gone: no process, no folder, no mount is left.
gone()
{
    assert_equal "$(find "$FRESH_DIR" -mindepth 1)" ''
    refute grep -q "$FRESH_DIR" /proc/self/mounts
}

@test "fresh: the command runs in the clone, with devices and processes of its own; its exit status is the script's" {
    # shellcheck disable=SC2016 # for the other shell
    run -7 "$fresh" trixie sh -c 'echo "in $PWD"; mkdir -p build/check; echo result >build/check/host.tap
        echo x >/dev/null; [ -c /dev/urandom ] && [ -d /proc/1 ] && [ -d /dev/pts ] && [ ! -e /dev/mem ] && cat /etc/apt/sources.list /asked; exit 7'
    assert_line 'in /srv/tomoyo-box'
    assert_line 'deb archive:/debian trixie main'
    assert_line 'deb archive:/debian trixie-updates main'
    assert_line 'deb archive:/security trixie-security main'
    refute_output --partial backports
    refute_output --partial else
    assert_line --regexp '^--variant=minbase trixie /.* archive:/debian$'
    assert_equal "$(cat "$FRESH_OUT/host.tap")" result
    gone
}

@test "fresh: a signal ends everything in the new system and removes it; what SIGKILL leaves, the next one removes" {
    local signal pid
    for signal in TERM KILL; do
        "$fresh" bookworm sh -c 'echo ready; sleep 4711.5' >"$BATS_TEST_TMPDIR/log" 2>&1 3>&- &
        pid=$!
        until grep -q ready "$BATS_TEST_TMPDIR/log"; do
            kill -0 $pid
            sleep 0.05
        done
        kill -"$signal" $pid
        wait $pid || :
        until ! pgrep -f '^sleep 4711[.]5' >/dev/null; do sleep 0.05; done
        if [ $signal = KILL ]; then
            refute [ -z "$(find "$FRESH_DIR" -mindepth 1)" ]
            run -0 "$fresh" bookworm sh -c :
        fi
        gone
    done
}

@test "fresh: a release that nobody supports, or no root, is an error before anything is made" {
    run -125 "$fresh" sid
    assert_output --partial 'usage: run.sh bookworm|trixie'
    run -125 setpriv --reuid 65534 --clear-groups "$fresh" bookworm
    assert_output 'fresh: a new system can only be made by root'
    assert [ ! -e "$FRESH_DIR" ]
}
