#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# Every numbered check of the kernel ABI specification that needs no kernel is some unit test's name.

setup() {
    bats_load_library bats-support
    bats_load_library bats-assert
}

# The rest of the numbers is about what only a kernel has: files and who may open them, hooks, queries, audit, booting.
wanted() {
    # Open files; words, patterns, operands; domain and exception policy; profiles.
    printf '%s\n' 8 11 13 15 17 22
    seq 29 157
    # Managers; transitions; self_domain.
    printf '%s\n' 158 159 160 161 163 164 166 167
    seq 168 197
    seq 200 203
    seq 206 212
    # What is learned of a request; what grants one.
    seq 215 220
    seq 222 250
    printf '%s\n' 254 255
    seq 263 275
    # Conditions; modes, learning, quota; the log option of entries.
    seq 277 302
    seq 306 310
    printf '%s\n' 328 329
    # Stat; activation; memory.
    seq 343 349
    printf '%s\n' 350 351
    seq 353 356
    seq 360 362
}

@test "each K-check that needs no kernel is the name of a unit test" {
    run bash -c 'grep -hoE "\"(K-[0-9]{3} )+" "$1"/unit/*.c | grep -oE "[0-9]{3}" | sort -u' bash "$BATS_TEST_DIRNAME/.."
    assert_success
    local tested=$output
    run comm -23 <(wanted | xargs printf '%03d\n' | sort -u) <(printf '%s\n' "$tested")
    refute_output
}
