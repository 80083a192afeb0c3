#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# The front door: make help, make install, make size, and what happens where packages cannot be installed.

setup() {
    bats_load_library bats-support
    bats_load_library bats-assert
    bats_require_minimum_version 1.5.0
    root=$(realpath "$BATS_TEST_DIRNAME/../..")
    cd "$root" || return
}

@test "make help names every target that the README and the issue of a newcomer need" {
    run -0 make --no-print-directory help
    local target
    for target in all demo demo-shell check bench lint fuzz install size clean vm-shell; do
        assert_line --regexp "^  make $target +[a-zA-Z]"
    done
}

installed() { # STYLE: installs into a new directory and looks at what is there
    dest=$BATS_TEST_TMPDIR/root
    run -0 make --no-print-directory install DESTDIR="$dest" PREFIX=/usr LINKS="$1"
    assert [ -x "$dest/usr/sbin/tomoyo-box" ]
    local path
    while read -r path; do
        [ -e "$dest/$path" ] || [ -L "$dest/$path" ]
        # As if the directory were the root of a board, which the links are made for.
        run -0 chroot "$dest" "/$path" --version
    done < <(build/tomoyo-box --list-full)
    assert [ -e "$dest/usr/share/man/man8/tomoyo-box.8" ]
    assert [ -e "$dest/usr/share/man/man5/tomoyo-policy.5" ]
    assert [ -e "$dest/usr/share/bash-completion/completions/tomoyo-box.bash" ]
    assert [ -e "$dest/usr/share/bash-completion/completions/tomoyo-loadpolicy" ]
    assert [ -e "$dest/usr/share/zsh/site-functions/_tomoyo-box" ]
    # fish finds them by the name of the command, with nothing of ours loaded before.
    run fish -N -c "set fish_complete_path '$dest/usr/share/fish/vendor_completions.d'; complete -C 'tomoyo-status --req'"
    assert_output --regexp '^--require'
}

@test "make install LINKS=symlink: the box, a link for each applet that works in place, manuals, completions" {
    installed symlink
    assert [ -L "$dest/usr/sbin/tomoyo-loadpolicy" ]
    assert [ -L "$dest/sbin/tomoyo-init" ]
}

@test "make install LINKS=hardlink: the same file under each name" {
    installed hardlink
    assert [ "$dest/usr/sbin/tomoyo-loadpolicy" -ef "$dest/usr/sbin/tomoyo-box" ]
    assert [ ! -L "$dest/sbin/tomoyo-init" ]
}

@test "make install USRLIBDIR=: what tomoyo-tools have in /usr/lib/tomoyo is there, for distributions with another one" {
    local name variable
    for variable in USRLIBDIR LIBDIR; do
        dest=$BATS_TEST_TMPDIR/$variable
        run -0 make --no-print-directory install DESTDIR="$dest" "$variable=/usr/lib64"
        for name in init_policy convert-audit-log convert-exec-param audit-exec-param; do
            run -0 chroot "$dest" "/usr/lib64/tomoyo/$name" --version
        done
        assert [ ! -e "$dest/usr/lib" ]
    done
    run make --no-print-directory install DESTDIR="$dest" USRLIBDIR=lib64
    assert_failure
    assert_output --partial USRLIBDIR
}

@test "programs that recipes copy by name are installed, or the README says that there are none" {
    dest=$BATS_TEST_TMPDIR/root
    run -0 make --no-print-directory install DESTDIR="$dest"
    local path
    while read -r path; do
        [ -e "$dest/$path" ] || [ -L "$dest/$path" ] || grep -q "\`$(basename "$path")\`" README.md || fail "$path"
    done <"$BATS_TEST_DIRNAME/data/ptxdist-programs.txt"
}

@test "make install of anything else is an error" {
    run make --no-print-directory install DESTDIR="$BATS_TEST_TMPDIR/root" LINKS=none
    assert_failure
    assert_output --partial LINKS
}

@test "make size prints applets, libraries and the whole, and writes them down" {
    run -0 make --no-print-directory size
    local name
    for name in loadpolicy init status libstdc++ musl; do assert_output --partial "$name"; done
    assert_output --partial budget
    assert_equal "$(awk -F'\t' 'NF != 3 || $3 != "bytes"' build/bench/size.tsv)" ''
    assert_equal "$(awk -F'\t' '$1 ~ /total|all/ { print $2 }' build/bench/size.tsv)" "$(stat -c %s build/tomoyo-box)"
}

@test "on another distribution the missing packages and commands are named, and nothing is changed" {
    mkdir "$BATS_TEST_TMPDIR/bin"
    local tool
    for tool in bash sed sort tr uname id; do ln -s "$(command -v "$tool")" "$BATS_TEST_TMPDIR/bin/"; done
    run -2 env -i PATH="$BATS_TEST_TMPDIR/bin" bash tomoyo-box/toolchain/packages.sh build vm
    assert_line --partial 'this system is not Debian'
    assert_line --partial 'g++=g++>=12'
    assert_line --partial 'qemu-system-x86=qemu-system-x86_64'
}
