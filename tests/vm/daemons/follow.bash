# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# For board.bats and daemons.bats: boots a machine whose administrator (guest.sh) follows the README, and judges what came of it.
#
#   serve LIST [OPTION]...  which servers there are, with commas, and options of run.sh for all stages
#   stage NAME [PARAMETER]..  boots $BATS_TEST_TMPDIR/disk for this part of the way, with more parameters for the kernel: every client
#                           is served, and nothing that is enforced is denied before the attacks
#   attacks_work            every attack of the last stage succeeded, as far as the daemon's user may do such things at all
#   attacks_fail            of those that succeeded before, the policy refused each
#   typed STEPS             the stages so far have typed all that these steps of the README say ("1245")

serve()
{
    servers=$1
    options=("${@:2}")
}

stage()
{
    local trouble
    # A dot is in the names because the kernel would put them into the environment of init otherwise, and so into the servers'.
    vm_boot "$1" --no-initrd --disk "$BATS_TEST_TMPDIR/disk" "${options[@]}" \
        --append "root=/dev/nvme0n1 rootwait rw init=/sbin/init daemons.list=$servers daemons.stage=$1 ${*:2}" || {
        trouble=$(vm_out "$1")/trouble
        [ ! -e "$trouble" ] || cat "$trouble"
        fail "stage $1"
    }
    out=$(vm_out "$1")
    assert [ -s "$out/clients" ]
    refute grep '^not ok' "$out/clients"
    refute [ -s "$out/denied" ]
    cat "$out/commands" >>"$BATS_TEST_TMPDIR/commands"
}

attacks_work()
{
    cp "$out/attacks" "$BATS_TEST_TMPDIR/before"
    run grep -vE ' (ok|EACCES|ECONNREFUSED)$' "$out/attacks"
    assert_output ''
    assert [ "$(grep -cE ' (ok|ECONNREFUSED)$' "$out/attacks")" -ge $((7 * $(tr ',' '\n' <<<"$servers" | wc -l))) ]
}

attacks_fail()
{
    local attack before now
    assert_equal "$(cut -d ' ' -f 1,2 "$out/attacks")" "$(cut -d ' ' -f 1,2 "$BATS_TEST_TMPDIR/before")"
    while read -r attack before now; do
        case $attack:$before:$now in
        # Who asks for a password reads it there: this is granted.
        sshd_read-shadow:ok:ok | dropbear_read-shadow:ok:ok) ;;
        *:EACCES:EACCES | *:EACCES:EPERM | *:ok:refused | *:ok:EPERM | *:ECONNREFUSED:EPERM) ;;
        *) fail "$attack: $before before, now $now" ;;
        esac
    done < <(paste -d ' ' "$BATS_TEST_TMPDIR/before" "$out/attacks" | awk '{ print $1 "_" $2, $3, $6 }')
}

typed()
{
    local dir=$BATS_TEST_TMPDIR/readme
    mkdir -p "$dir"
    awk -v dir="$dir" -f "$VM_BENCH/daemons/readme.awk" "$VM_BENCH/../../README.md"
    assert_equal "$(sort -u "$BATS_TEST_TMPDIR/commands" | grep "^[$1]-")" \
        "$(find "$dir" -name "[$1]-*" -printf '%f\n' | sort)"
}
