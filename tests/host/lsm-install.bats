#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# lsm/install.sh: how the LSM gets into a kernel's source tree, tried on trees that are only a shell of one.

bats_load_library bats-support
bats_load_library bats-assert

setup()
{
    # A copy, so that the test can change it.
    lsm=$BATS_TEST_TMPDIR/lsm
    mkdir -p "$lsm/engine" "$lsm/policy"
    cp "$BATS_TEST_DIRNAME/../../lsm/install.sh" "$lsm/"
    echo 'config SECURITY_TOMOYO' >"$lsm/Kconfig"
    echo 'obj-y := hooks.o engine/' >"$lsm/Makefile"
    echo 'int hooks;' >"$lsm/hooks.c"
    echo 'int word;' >"$lsm/engine/word.c"
    echo 'int word;' >"$lsm/engine/word.h"
    echo '<kernel>' >"$lsm/policy/domain_policy.conf.default"
    # What is not the kernel's.
    echo 'int user;' >"$lsm/engine/os_user.c"
    echo 'text' >"$lsm/README.md"
    echo 'style' >"$lsm/.clang-format"

    tree=$BATS_TEST_TMPDIR/linux
    mkdir -p "$tree/security/tomoyo/policy"
    touch "$tree/Makefile" "$tree/Kconfig"
    echo 'source "security/tomoyo/Kconfig"' >"$tree/security/Kconfig"
    touch "$tree/security/tomoyo/"{Kconfig,Makefile,old.c} "$tree/security/tomoyo/policy/old.conf.default"
}

install_it()
{
    run "$lsm/install.sh" "$tree"
}

contents()
{
    (cd "$tree/security/tomoyo" && find . -type f -printf '%P %i %T@ %s\n' | LC_ALL=C sort)
}

@test "install.sh: the tree's TOMOYO is replaced as a whole, by the kernel's part of lsm/" {
    install_it
    assert_success
    assert_output "$tree/security/tomoyo: 6 files, 6 of them new or changed"
    run find "$tree/security" -type f -printf '%P\n'
    assert_success
    assert_equal "$(sort <<<"$output" | tr '\n' ' ')" 'Kconfig tomoyo/Kconfig tomoyo/Makefile tomoyo/engine/word.c tomoyo/engine/word.h tomoyo/hooks.c tomoyo/policy/domain_policy.conf.default '
    cmp "$lsm/engine/word.c" "$tree/security/tomoyo/engine/word.c"
}

@test "install.sh: a tree without a TOMOYO gets one" {
    rm -r "$tree/security/tomoyo"
    install_it
    assert_success
    cmp "$lsm/hooks.c" "$tree/security/tomoyo/hooks.c"
}

@test "install.sh: the second time nothing is touched, not even by what make has left there" {
    install_it
    touch "$tree/security/tomoyo/hooks.o" "$tree/security/tomoyo/.hooks.o.cmd" "$tree/security/tomoyo/built-in.a"
    touch "$tree/security/tomoyo/builtin-policy.h"
    before=$(contents)
    install_it
    assert_success
    assert_output "$tree/security/tomoyo is up to date"
    assert_equal "$(contents)" "$before"
}

@test "install.sh: only what has changed is touched, and what is gone goes" {
    install_it
    before=$(contents)
    echo 'long word;' >"$lsm/engine/word.c"
    echo 'int new;' >"$lsm/new.c"
    rm "$lsm/engine/word.h"
    install_it
    assert_success
    assert_output "$tree/security/tomoyo: 6 files, 2 of them new or changed"
    run diff <(echo "$before") <(contents)
    assert_equal "$(sed -n 's/^\([<>] [^ ]*\).*/\1/p' <<<"$output" | tr '\n' ' ')" \
        '< engine/word.c < engine/word.h > engine/word.c > new.c '
}

@test "install.sh: objects of what has not changed, and a built-in policy of one's own, remain" {
    install_it
    touch "$tree/security/tomoyo/engine/word.o" "$tree/security/tomoyo/.hooks.o.cmd"
    echo '<kernel> own' >"$tree/security/tomoyo/policy/domain_policy.conf"
    before=$(contents)
    echo 'long hooks;' >"$lsm/hooks.c"
    install_it
    assert_success
    assert_output "$tree/security/tomoyo: 6 files, 1 of them new or changed"
    assert_equal "$(contents | grep -v '^hooks.c ')" "$(grep -v '^hooks.c ' <<<"$before")"
    assert_equal "$(cat "$tree/security/tomoyo/policy/domain_policy.conf")" '<kernel> own'
}

@test "install.sh: a file that is linked to another tree does not change there" {
    install_it
    cp -al "$tree" "$tree.copy"
    echo 'long word;' >"$lsm/engine/word.c"
    run "$lsm/install.sh" --quiet "$tree.copy"
    assert_success
    assert_output ''
    assert_equal "$(cat "$tree/security/tomoyo/engine/word.c")" 'int word;'
    assert_equal "$(cat "$tree.copy/security/tomoyo/engine/word.c")" 'long word;'
}

@test "install.sh: what a killed one left behind does not disturb" {
    mkdir -p "$tree/security/.tomoyo.new/engine" "$tree/security/.tomoyo.old"
    install_it
    assert_success
    run ls -A "$tree/security"
    assert_output 'Kconfig
tomoyo'
}

@test "install.sh: when copying fails, the old TOMOYO is still there" {
    cat >"$BATS_TEST_TMPDIR/cp" <<'END'
#!/bin/sh
case $2 in */word.c) echo 'cp: no space left' >&2 && exit 1 ;; esac
exec /bin/cp "$@"
END
    chmod +x "$BATS_TEST_TMPDIR/cp"
    before=$(contents)
    PATH=$BATS_TEST_TMPDIR:$PATH run "$lsm/install.sh" "$tree"
    assert_failure 1
    assert_line 'cp: no space left'
    assert_line "install.sh: $tree/security/tomoyo was not changed"
    assert_equal "$(contents)" "$before"
    run ls -A "$tree/security"
    assert_output 'Kconfig
tomoyo'
}

@test "install.sh: what is no kernel tree is refused, with the reason" {
    run "$lsm/install.sh" "$BATS_TEST_TMPDIR/nowhere"
    assert_failure 1
    assert_output "install.sh: there is no folder $BATS_TEST_TMPDIR/nowhere"
    run "$lsm/install.sh" "$lsm"
    assert_failure 1
    assert_output "install.sh: $lsm is not the top of a Linux source tree: it has no security/Kconfig"
    : >"$tree/security/Kconfig"
    install_it
    assert_failure 1
    assert_output --partial 'does not know security/tomoyo'
    [ -e "$tree/security/tomoyo/old.c" ]
}

@test "install.sh: a tree that cannot be written to is refused, and stays as it is" {
    chmod 755 "$BATS_TEST_TMPDIR"
    chmod 555 "$tree/security"
    # Root may write everywhere.
    as_user=()
    [ "$(id -u)" != 0 ] || as_user=(setpriv --reuid=65534 --regid=65534 --clear-groups)
    before=$(contents)
    chmod o+x "$BATS_RUN_TMPDIR" "$BATS_RUN_TMPDIR"/*
    run "${as_user[@]}" bash "$lsm/install.sh" "$tree"
    chmod 755 "$tree/security"
    assert_failure 1
    assert_output "install.sh: $tree/security cannot be written to"
    assert_equal "$(contents)" "$before"
}

@test "install.sh: an incomplete lsm/ is refused" {
    rm "$lsm/Kconfig"
    install_it
    assert_failure 1
    assert_output "install.sh: $lsm has no Kconfig: it is incomplete"
}

@test "install.sh: --help, wrong usage, --sums" {
    run "$lsm/install.sh" --help
    assert_success
    assert_line 'usage: install.sh [--quiet] KERNEL_TREE'
    for arguments in '' '--wrong' "$tree $tree"; do
        # shellcheck disable=SC2086 # several words
        run "$lsm/install.sh" $arguments
        assert_failure 2
        assert_output --partial 'usage: install.sh'
    done
    run "$lsm/install.sh" --sums
    assert_success
    assert_equal "${#lines[@]}" 6
    assert_line "$(cd "$lsm" && sha256sum hooks.c)"
}
