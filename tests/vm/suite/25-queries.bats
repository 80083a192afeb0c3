#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# K-311 to K-325: what somebody who watches the file query is asked, and what becomes of the answers.

# shellcheck disable=SC2030,SC2031,SC2086,SC2154 # k.bash sets variables; no path has a blank

load /suite-lib/k
load /suite-lib/k-rows

t=/tmp/k/t25

# Profile 180 enforces what is opened and device nodes, 181 learns what is opened, 182 is permissive about it.
setup_file()
{
    local number
    k_setup_file
    for number in 180 181 182; do k_profile $number disabled; done
    k_write profile 180-CONFIG::file::open='{ mode=enforcing grant_log=no reject_log=no }' \
        180-CONFIG::file::mkchar='{ mode=enforcing grant_log=no reject_log=no }' \
        180-CONFIG::file::mkblock='{ mode=enforcing grant_log=no reject_log=no }' \
        181-CONFIG::file::open='{ mode=learning grant_log=no reject_log=no }' \
        182-CONFIG::file::open='{ mode=permissive grant_log=no reject_log=no }'
    mkdir -p $t
    # Programs that are no managers, and that the test's domain knows nothing of.
    cp /bin/act $t/stranger
    echo >$t/f
    mkfifo $t/nobody $t/until $t/ready
}

setup()
{
    exec 6<>$t/nobody
    k_domain t25 180
}

teardown()
{
    unobserve
    exec 9>&- # what D-20's stranger waits for
    wait
    k_cleanup
}

# From here on, this shell is an observer; until here. Who it starts must not keep the descriptor.
observe()
{
    exec 7<>$k_tomoyo/query
}

unobserve()
{
    exec 7>&-
}

# ask COMMAND...: act does this in the domain, in the background.
ask()
{
    started=${EPOCHREALTIME/./}
    (exec -c /bin/act "$@" >"$BATS_TEST_TMPDIR/answer" 2>&1 3>&- 4>&- 6>&- 7>&- 8>&- 9>&-) &
    asking=$!
}

# nap: a moment, without a fork. Nobody writes to this pipe.
nap()
{
    read -r -t 0.02 -u 6 || :
}

# query: waits for the next query, sets its $text, $serial and $retry. bash does not wait for what it takes for an
# ordinary file.
query()
{
    local naps=0
    until read -r -t 0 -u 7; do
        [ $((naps += 1)) -lt 3000 ] || k_fail "no query: $(<"$BATS_TEST_TMPDIR/answer")"
        nap
    done
    # Behind the query that was the last one the file ends, once.
    IFS= read -r -d '' -u 7 text || IFS= read -r -d '' -u 7 text
    [[ $text =~ ^Q([0-9]+)-([0-9]+)$'\n' ]] || k_fail "not a query: $text"
    serial=${BASH_REMATCH[1]} retry=${BASH_REMATCH[2]}
}

# see COMMAND...: somebody else has opened the file to read, and does this with it.
see()
{
    output=$($t/stranger open $k_tomoyo/query rdonly : "$@" 3>&- 7>&-)
    output=${output#ok$'\n'}
}

# no_query: there is none.
no_query()
{
    ! read -r -t 0 -u 7 || k_fail 'there is a query'
}

# answer N: to the latest query.
answer()
{
    echo "A$serial=$1" >&7
}

# answered: waits until act has ended; $output is what it has printed, $took the milliseconds.
answered()
{
    wait "$asking" || :
    took=$(((${EPOCHREALTIME/./} - started) / 1000))
    output=$(<"$BATS_TEST_TMPDIR/answer")
}

# at_once: it did not take the ten seconds that an observer has.
at_once()
{
    [ "$took" -lt 6000 ] || k_fail "it took $took ms, as long as if somebody had been waited for (or the machine stood still)"
}

@test "K-311 nobody watches: EPERM at once" {
    ask open $t/f rdonly
    answered
    k_output EPERM
    at_once
}

@test "K-312 answer 1: allowed" {
    observe
    ask open $t/f rdonly
    query
    answer 1
    answered
    k_output ok
    no_query
}

@test "K-313 answers 2 and 4: EPERM" {
    observe
    ask open $t/f rdonly : open $t/f rdonly
    query
    answer 2
    query
    answer 4
    answered
    k_output 'EPERM
EPERM'
}

@test "K-314 answer 3: asked again, the serial number and the number of retries are one more" {
    observe
    ask open $t/f rdonly
    query
    first=$serial
    k_equal "$retry" 0
    answer 3
    query
    k_equal "$serial $retry" "$((first + 1)) 1"
    answer 3
    query
    k_equal "$serial $retry" "$((first + 2)) 2"
    answer 2
    answered
    k_output EPERM
}

@test "K-315 answer 3 after an entry was added: allowed" {
    observe
    ask open $t/f rdonly
    query
    printf '%s\n' "select Q=$serial" "file read $t/f" >$k_tomoyo/domain_policy
    answer 3
    answered
    k_output ok
    k_read_domain
    k_learned "file read $t/f"
}

@test "K-316 K-317 no answer: EPERM ten seconds after a manager has written the latest line" {
    observe
    ask open $t/f rdonly
    query
    # Three seconds, then ten: a machine that stands still lets both of them, and what is tested, come late.
    read -r -t 3 -u 6 || :
    echo >&7
    written=${EPOCHREALTIME/./}
    read -r -t 10 -u 6 || :
    late=$(((${EPOCHREALTIME/./} - written) / 1000 - 10000))
    answered
    k_output EPERM
    # K-316: not much later. K-317: had the line not counted, it would have been three seconds less. Mainline counts
    # whole seconds.
    [ "$took" -ge 11500 ] || k_fail "K-317: it took only $took ms (the line was written after $(((written - started) / 1000)) ms)"
    [ "$((took - (written - started) / 1000))" -lt $((15000 + late)) ] || k_fail "K-316: it took $took ms, $late ms late"
}

@test "K-318 the observer goes: EPERM at once" {
    observe
    ask open $t/f rdonly
    query
    unobserve
    answered
    k_output EPERM
    at_once
}

@test "K-319 who has opened the file only to read is an observer" {
    exec 7<$k_tomoyo/query
    ask open $t/f rdonly
    query
    unobserve
    answered
    k_output EPERM
    at_once
}

@test "K-320 a query that is not answered is read again and again, with an end in between" {
    observe
    ask open $t/f rdonly
    query
    # An open file of its own, as this shell has read from its own.
    see poll in : read 8192 : read 8192 : read 8192 : read 8192 : poll in
    mapfile -t lines <<<"$output"
    [[ ${lines[1]} == "ok Q$serial-0\\n#"* ]]
    k_rows 'watch: ok in' "first: ${lines[1]}" 'end: ok' "again: ${lines[1]}" 'end: ok' 'watch: ok in'
    answer 2
    answered
    see poll in : read 8192
    k_output 'ok none' ok
}

@test "K-321 select Q= leads to the domain that asks" {
    observe
    ask open $t/f rdonly
    query
    exec 5<>$k_tomoyo/domain_policy
    echo "select Q=$serial" >&5
    k_equal "$(cat <&5)" "# select Q=$serial
$domain
use_profile 180"
    echo "select Q=$((serial + 1))" >&5
    k_equal "$(cat <&5)" "# select Q=$((serial + 1))"
    answer 2
    answered
    echo "select Q=$serial" >&5
    k_equal "$(cat <&5)" "# select Q=$serial"
    exec 5>&-
}

@test "K-322 what a query looks like" {
    observe
    ask open $t/f rdonly
    query
    see read 8192
    local seen=$output
    answer 2
    answered
    local ids='uid=0 gid=0 euid=0 egid=0 suid=0 sgid=0 fsuid=0 fsgid=0'
    local expected="^Q$serial-0"$'\n'"#[0-9]{4}/[0-9]{2}/[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}# "
    expected+="profile=180 mode=enforcing granted=no \(global-pid=$asking\) task=\{ pid=$asking ppid=[0-9]+ $ids \} "
    expected+='path1=\{ uid=0 gid=0 ino=[0-9]+ major=[0-9]+ minor=[0-9]+ perm=0644 type=file \} '
    expected+='path1.parent=\{ uid=0 gid=0 ino=[0-9]+ perm=0755 \}'$'\n'"$domain"$'\n'"file read $t/f"$'\n$'
    [[ $text =~ $expected ]] || k_fail "$text"
    # And a NUL, which the shell does not show. act writes \n for a newline.
    text=${text//$'\n'/\\n}
    k_equal "$seen" "ok $text\\000"
}

@test "K-323 learning and permissive mode ask nobody" {
    observe
    for profile in 181 182; do
        k_mode $profile
        ask open $t/f rdonly
        answered
        k_output ok
        at_once
        no_query
    done
}

@test "K-324 D-03 answer 3 to the making of a device: asked again" {
    local kind
    for kind in 'char 0600 1 3' 'block 0640 7 300'; do
        observe
        # shellcheck disable=SC2086 # words are wanted
        ask mknod $t/device $kind
        query
        [[ $text = *$'\n'"file mk${kind%% *} $t/device 0600 1 3"$'\n' ||
            $text = *$'\n'"file mk${kind%% *} $t/device 0640 7 300"$'\n' ]] || k_fail "$text"
        first=$serial
        answer 3
        if k_ours; then
            query
            k_equal "$serial $retry" "$((first + 1)) 1"
            [ ! -e $t/device ]
            answer 1
            answered
            k_output ok
            [ -e $t/device ]
        else
            answered
            k_output 'ok 1'
            [ ! -e $t/device ]
        fi
        rm -f $t/device
        unobserve
    done
}

@test "K-325 a quota that the query does not fit in: EPERM at once" {
    local quota
    quota=$(sed -n 's/^Memory used by query message: .*Quota: *\([0-9]*\))/\1/p' $k_tomoyo/stat)
    k_write stat 'Memory used by query message: 100'
    observe
    ask open $t/f rdonly
    answered
    no_query
    k_write stat "Memory used by query message: ${quota:-0}"
    k_output EPERM
    at_once
    # With the old quota there are queries again.
    ask open $t/f rdonly
    query
    answer 1
    answered
    k_output ok
}

@test "D-12 an answer above 255 is no answer" {
    observe
    ask open $t/f rdonly
    query
    answer 257
    if k_ours; then
        answer 2
        answered
        k_output EPERM
    else
        answered
        k_output ok
    fi
}

@test "D-20 who is no manager is no observer" {
    # It watches until nobody has the first pipe open for writing any more.
    $t/stranger open $k_tomoyo/query rdonly : waitfd 0 <$t/until >$t/ready 3>&- &
    exec 9>$t/until 8<$t/ready
    read -r -t 8 -u 8 line
    k_equal "$line" ok
    ask open $t/f rdonly
    if ! k_ours; then
        sleep 1
        kill -0 "$asking" || k_fail 'somebody who is no manager has not been waited for'
        exec 9>&-
    fi
    answered
    exec 9>&- 8<&-
    k_output EPERM
    at_once
}
