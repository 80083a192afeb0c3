# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# For the tests of debug kernels: builds their programs, which are static C, and boots machines that run them.
#
#   debug_program NAME       prints the path of the program made of NAME/*.c and common/*.c
#   debug_boot NAME OPTION...
#                            boots a machine with the program as /bin/NAME, a manager, and runs stdin as a script;
#                            options of run.sh. Sets $status and $output like bats' run.
#
# Uses tests/vm/vm.bash.

debug_here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=../../../tomoyo-box/toolchain/compilers.sh
. "$debug_here/../../../tomoyo-box/toolchain/compilers.sh"

debug_program()
{
    local name=$1 cache sources program
    cache=$debug_here/../../../build/vm
    sources=("$debug_here/$name"/*.c "$debug_here"/common/*.c)
    program=$cache/$name-$(cat "$debug_here/$name"/* "$debug_here"/common/* | sha256sum | cut -c 1-16)
    if [ ! -x "$program" ]; then
        mkdir -p "$cache"
        "${CC:-$GCC}" -O2 -static -pthread -Wall -Wextra -Werror -D_GNU_SOURCE -o "$program.$$" "${sources[@]}"
        mv "$program.$$" "$program"
    fi
    printf '%s\n' "$program"
}

debug_boot()
{
    local name=$1 overlay
    shift
    overlay=$(vm_overlay "$name")
    vm_policy "$overlay"
    install -D -m 755 "$(debug_program "$name")" "$overlay/bin/$name"
    {
        printf '%s\n' '#!/bin/bash' "echo /bin/$name >/sys/kernel/security/tomoyo/manager"
        cat
    } | vm_script "$overlay"
    run vm_boot "$name" --overlay "$overlay" --run /vmrun "$@"
    vm_log "$name" || :
}
