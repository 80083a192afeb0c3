#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# Every numbered check of the userspace specification that belongs to an applet we have is some test's name.

setup() {
    bats_load_library bats-support
    bats_load_library bats-assert
}

# sortpolicy U-001..035, selectpolicy U-036..044, diffpolicy U-045..056, patternize U-057..077, checkpolicy U-078..093, findtemp
# and domainmatch U-094..102, init-policy U-103..122, init U-123..137, loadpolicy and savepolicy U-138..162 without the remote
# ones, setlevel, setprofile and pstree U-163..176, the converters U-197..202, upgrade U-242 U-243, the multi-call binary U-244
# U-246 U-249, the filters beside tomoyo-tools' U-247 U-248 U-250, safe boots U-251..255.
wanted() {
    seq -f %03g 1 176
    seq 197 202
    printf '%s\n' 242 243 244 246 247 248 249 250 251 252 253 254 255
}

@test "each U-check of the applets is the name of a test" {
    run bash -c 'grep -hoE "^@test \"(U-[0-9]{3} )+" "$1"/host/*.bats "$1"/vm/*/*.bats | grep -oE "[0-9]{3}" | sort -u' \
        bash "$BATS_TEST_DIRNAME/.."
    assert_success
    local tested=$output
    run comm -23 <(wanted | sort -u) <(printf '%s\n' "$tested")
    refute_output
}
