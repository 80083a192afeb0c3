#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# compilers.sh and packages.sh find compilers by what they can do, and say what is missing.

bats_require_minimum_version 1.5.0
bats_load_library bats-support
bats_load_library bats-assert

setup()
{
    toolchain=$(cd "$BATS_TEST_DIRNAME/../../tomoyo-box/toolchain" && pwd)
    bin=$BATS_TEST_TMPDIR/bin
    mkdir "$bin"
    local tool
    for tool in bash sed sort tr uname id; do ln -s "$(type -P "$tool")" "$bin/"; done
}

# have VERSION NAME...: a machine with these commands, which say that they are of VERSION.
have()
{
    local version=$1 name
    shift
    for name; do
        printf '#!/bin/sh\necho "%s"\n' "$version" >"$bin/$name"
        chmod +x "$bin/$name"
    done
}

compilers()
{
    run -0 --separate-stderr env -i PATH="$bin" "$@" bash "$toolchain/compilers.sh"
}

@test "compilers: the oldest that will do, gcc and g++ of one version, each clang tool by itself" {
    have x gcc-11 g++-11 gcc-13 gcc-98 g++-98 gcc-37 g++-37 gcc-38 g++-38 clang-13 clang++-13 clang-33 clang++-33 clang-tidy-32
    compilers
    assert_line GCC=gcc-37
    assert_line GXX=g++-37
    assert_line CLANG=clang-33
    assert_line CLANGXX=clang++-33
    assert_line CLANG_TIDY=clang-tidy-32
    assert_line CLANG_FORMAT=clang-format
}

@test "compilers: a version that is asked for is taken, or missing" {
    have x gcc-37 g++-37 gcc-38 g++-38 clang-33 clang++-33
    compilers GCC_VERSION=38 CLANG_VERSION=34
    assert_line GCC=gcc-38
    assert_line CLANG=clang-34
    run -2 env -i PATH="$bin" CLANG_VERSION=34 bash "$toolchain/packages.sh" test
    assert_line --regexp '^ *clang-34=clang>=14$'
    assert_line --partial 'libclang-rt-34-dev='
}

@test "compilers: plain names are as good when they are new enough" {
    have 13.2.0 gcc g++
    have 'clang-format version 13.0.1 (a distribution)' clang-format
    have 'clang-tidy version 17.0.6' clang-tidy
    compilers
    assert_line GCC=gcc
    run -2 env -i PATH="$bin" bash "$toolchain/packages.sh" build lint
    refute_output --partial gcc
    refute_output --partial clang-tidy
    assert_line --regexp '^ *clang-format=clang-format>=14$'
    have 11.4.0 gcc g++
    run -2 env -i PATH="$bin" bash "$toolchain/packages.sh" build
    assert_line --regexp '^ *gcc=gcc>=12$'
    assert_line --regexp '^ *g[+][+]=g[+][+]>=12$'
}

@test "compilers: what this machine has is what the distribution calls gcc, and make uses it" {
    run -0 "$toolchain/compilers.sh"
    compiler=$(sed -n 's/^GCC=//p' <<<"$output")
    run -0 "$compiler" -dumpversion
    assert [ "${output%%.*}" -ge 12 ]
    if [ -e /usr/bin/gcc ] && [ "$(/usr/bin/gcc -dumpversion | cut -d . -f 1)" -ge 12 ]; then
        assert_equal "$output" "$(/usr/bin/gcc -dumpversion)"
    fi
    run -0 make -C "$toolchain/../.." -n -B build/unit/word
    assert_output --regexp "(^|[^a-z-])$compiler "
}

@test "packages: a group that is not known is refused, and all that are known are named" {
    run -2 "$toolchain/packages.sh" wm
    assert_output "packages: no group 'wm' (make build arm64 vm test lint kernel fresh)"
}
