#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# tests/vm/kernel.sh and what builds its kernels, as far as no kernel has to be built for it.

bats_require_minimum_version 1.5.0
bats_load_library bats-support
bats_load_library bats-assert

setup()
{
    top=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    build=$top/tests/kernel/build
}

@test "kernel.sh: --list names all kernels" {
    run "$top/tests/vm/kernel.sh" --list
    assert_success
    assert_equal "$(sort <<<"$output" | tr '\n' ' ')" \
        'box-6.1 box-6.12 debian-6.1 debian-6.12 debug-6.1 debug-6.12 mainline-6.1 mainline-6.12 '
}

@test "kernel.sh: an unknown name is refused, and the known ones are named" {
    for name in box-5.10 box- mainline debug-6.1/.. 'box-6.1 box-6.12'; do
        run "$top/tests/vm/kernel.sh" "$name"
        assert_failure 2
        assert_output --partial "unknown kernel '$name', known: debian-6.12"
    done
}

@test "make kernel: a variable that is spelled wrong is refused" {
    run make -C "$top" -n kernel KVER=5.10
    assert_failure
    assert_output --partial "KVER is '5.10'; it must be 6.12 or 6.1"
    run make -C "$top" -n kernel LSM=theirs
    assert_failure
    assert_output --partial "LSM is 'theirs'; it must be ours or mainline"
    run make -C "$top" -n kernel LSM=mainline DEBUG=1
    assert_failure
    assert_output --partial 'DEBUG=1 is for LSM=ours'
}

@test "check-config.sh: what Kconfig has dropped or changed is named" {
    cat >"$BATS_TEST_TMPDIR/fragment" <<'END'
# A comment about CONFIG_COMMENT=y.
CONFIG_HAS=y
CONFIG_DROPPED=y
CONFIG_NUMBER=8
CONFIG_TEXT="a b"
# CONFIG_OFF is not set
# CONFIG_UNKNOWN is not set
# CONFIG_ON is not set
END
    cat >"$BATS_TEST_TMPDIR/config" <<'END'
CONFIG_HAS=y
# CONFIG_DROPPED is not set
CONFIG_NUMBER=64
CONFIG_TEXT="a b"
# CONFIG_OFF is not set
CONFIG_ON=y
END
    run "$build/check-config.sh" "$BATS_TEST_TMPDIR/fragment" "$BATS_TEST_TMPDIR/config"
    assert_failure 1
    assert_equal "$(sort <<<"$output")" 'the configuration has no "# CONFIG_ON is not set", but "CONFIG_ON=y"
the configuration has no "CONFIG_DROPPED=y", but "# CONFIG_DROPPED is not set"
the configuration has no "CONFIG_NUMBER=8", but "CONFIG_NUMBER=64"'
    run "$build/check-config.sh" "$BATS_TEST_TMPDIR/config" "$BATS_TEST_TMPDIR/config"
    assert_success
    assert_output ''
}

@test "kernel.sh: a series that this Debian no longer has comes from Debian 12, also where apt takes a name for a pattern" {
    mkdir "$BATS_TEST_TMPDIR/bin"
    # Debian 13 has linux-source-6.12 and asks its own archives, where APT_CONFIG is not set.
    cat >"$BATS_TEST_TMPDIR/bin/apt-cache" <<'END'
#!/bin/bash
for last; do :; done
case $1-$last-${APT_CONFIG:+old} in
show-linux-source-6.1-) printf 'Package: linux-source-6.12\nVersion: 6.12.9-1\n' ;;
show-linux-source-6.1-old) printf 'Package: linux-source-6.1\nVersion: 6.1.7-1\n' ;;
depends-linux-image-6.1-cloud-amd64-*) echo 'E: No packages found' >&2; exit 100 ;;
depends-linux-image-cloud-amd64-) echo '  Depends: linux-image-6.12.9-cloud-amd64' ;;
depends-linux-image-cloud-amd64-old) echo '  Depends: linux-image-6.1.0-7-cloud-amd64' ;;
show-linux-image-6.1.0-7-cloud-amd64-old) printf 'Package: linux-image-6.1.0-7-cloud-amd64\nVersion: 6.1.7-1\n' ;;
show-linux-image-6.1.0-7-cloud-amd64-) echo 'E: No packages found' >&2; exit 100 ;;
*) echo "apt-cache $* ($APT_CONFIG)?" >&2; exit 1 ;;
esac
END
    cat >"$BATS_TEST_TMPDIR/bin/apt-get" <<'END'
#!/bin/bash
for last; do :; done
case $last in
update) : >"${APT_CONFIG%/*}/lists/archive_Packages" ;;
*) [ -n "$APT_CONFIG" ] && : >"${last}_6.1.7-1_amd64.deb" ;;
esac
END
    cat >"$BATS_TEST_TMPDIR/bin/dpkg-deb" <<'END'
#!/bin/bash
mkdir -p "$3/boot" && echo kernel >"$3/boot/vmlinuz-6.1" && echo config >"$3/boot/config-6.1"
END
    chmod +x "$BATS_TEST_TMPDIR"/bin/*
    PATH=$BATS_TEST_TMPDIR/bin:$PATH XDG_CACHE_HOME=$BATS_TEST_TMPDIR/cache run --separate-stderr "$top/tests/vm/kernel.sh" debian-6.1
    assert_success
    assert_output "$BATS_TEST_TMPDIR/cache/tomoyo-box/kernels/debian-6.1-6.1.7-1/vmlinuz"
    assert_equal "$(cat "${output%/*}/version")" 6.1.0-7-cloud-amd64
}
