# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC2034,SC2119,SC2120 # variables and arguments are for the suites that load this
# Functions for suites that prove what the kernel does: a domain for act, what it learned, what was audited.
#
# Usage: `load /suite-lib/k` at the top of the bats file. They fork nothing but act, since an emulated fork is slow.
#
#   k_setup_file                  for setup_file: profiles 100-103, the directory /tmp/k
#   k_cleanup [PREFIX...]         for teardown: removes what the test has added to the policy; and every domain whose name
#                                 begins with `<kernel> PREFIX`, for tests that execute programs
#   k_ours                        true on a kernel of this project, false on mainline
#   k_write FILE LINE...          lines to an interface file, in one write
#   k_exception LINE...           lines to exception_policy, taken back by k_cleanup
#   k_profile NUMBER MODE [PREFERENCE...]
#                                 defines a profile, 100 to 199 (profiles are for ever); MODE may be followed by more
#                                 inside CONFIG's braces ("enforcing grant_log=yes"); PREFERENCE: max_audit_log=3
#   k_domain NAME MODE [LINE...]  a new empty domain `<kernel> /tmp/k/NAME`, whose name is then in $domain;
#                                 MODE: disabled learning permissive enforcing, or the number of a profile
#   k_mode MODE                   another profile for $domain
#   k_add LINE...                 lines for $domain
#   k_act WORD...                 runs act with these words in $domain, in an empty environment; sets $output, $status
#   k_program                     what k_act runs instead of /bin/act
#   k_start, k_ask WORD..., k_stop
#                                 one act that stays: k_ask has it run one command, sets $output to its answer
#   k_read_domain [DOMAIN]        sets $learned to the entries, $attributes to the lines before them
#   k_requests WORD...            k_act three times in one domain: in mode enforcing without entries, where every call
#                                 must answer EPERM (but for a first one that only prepares: socket, unshare); learning;
#                                 enforcing with what was learned, where the answers must be those of learning; sets
#                                 $learned, $output
#   k_undo                        array: what act is to do between the latter two, as in k_undo=(unlink /tmp/k/new)
#   k_learn WORD...               k_act in a new empty domain with mode learning, then k_read_domain
#   k_try MODE [LINE...] -- WORD...
#                                 k_act in a new domain with these lines
#   k_output LINE...              fails unless $output is just these lines
#   k_learned LINE...             fails unless $learned is just these lines
#   k_equal TEXT LINE...          fails unless TEXT is just these lines
#   k_like TEXT PATTERN...        fails unless each line of TEXT matches its pattern, as in [[ ... == PATTERN ]]
#   k_audit_drain                 drops all audit records
#   k_audit_records               moves the audit records to the array $records, without the NUL
#
# Everything that is asked for comes from exactly one thing: act. It is executed by bash, whose domain gets a `file
# execute /bin/act <kernel> /tmp/k/NAME` for it, so that $domain sees nothing of how act came to run; and act itself
# opens nothing at its start.

k_tomoyo=/sys/kernel/security/tomoyo
k_program=/bin/act
k_entry=''
k_domains=()
k_exceptions=()
k_undo=()
read -r k_release </proc/sys/kernel/osrelease

# bats has this called before every command, to know the line of a failure, and that takes longer than the commands
# here. Only what a test itself says is of interest: a failure in here is shown as one of the line that called it.
bats_debug_trap()
{
    case ${FUNCNAME[1]:-} in
    "${BATS_TEST_NAME:-}" | setup | teardown | setup_file | teardown_file) ;;
    *) return 0 ;;
    esac
    [ "${BATS_INTERRUPTED-NOTSET}${BATS_TIMED_OUT-NOTSET}" = NOTSETNOTSET ] || return 0
    BATS_DEBUG_LASTLAST_STACK_TRACE=("${BATS_DEBUG_LAST_STACK_TRACE[@]}")
    BATS_DEBUG_LAST_LINENO=("${BASH_LINENO[@]}")
    BATS_DEBUG_LAST_SOURCE=("${BASH_SOURCE[@]}")
    bats_capture_stack_trace
}

k_ours()
{
    [[ $k_release == *tomoyo-box* ]]
}

k_write()
{
    local file=$1
    shift
    printf '%s\n' "$@" >"$k_tomoyo/$file"
}

k_exception()
{
    k_exceptions+=("$@")
    k_write exception_policy "$@"
}

k_profile()
{
    local number=$1 config=$2
    shift 2
    [[ $config == *reject_log=* ]] || config+=' reject_log=yes'
    [[ $config == *grant_log=* ]] || config+=' grant_log=no'
    # A small queue, since nobody reads most of what the tests cause.
    k_write profile "$number-COMMENT=k" "$number-CONFIG={ mode=$config }" \
        "$number-PREFERENCE={ max_audit_log=64 max_learning_entry=2048 }" \
        "${@:+$number-PREFERENCE={ $* \}}"
}

k_setup_file()
{
    k_profile 100 disabled
    k_profile 101 learning
    k_profile 102 permissive
    k_profile 103 enforcing
    [ -d /tmp/k ] || mkdir /tmp/k
}

k_profile_of()
{
    case $1 in
    disabled) profile=100 ;;
    learning) profile=101 ;;
    permissive) profile=102 ;;
    enforcing) profile=103 ;;
    *) profile=$1 ;;
    esac
}

k_domain()
{
    local profile entry
    domain="<kernel> /tmp/k/$1"
    k_profile_of "$2"
    shift 2
    k_domains+=("delete $domain")
    entry="file execute $k_program $domain"
    # To delete before creating makes the domain empty; the last lines say how bash comes to it.
    k_write domain_policy "delete $domain" "$domain" "use_profile $profile" "$@" \
        "select pid=$$" ${k_entry:+"delete $k_entry"} "$entry"
    k_entry=$entry
}

k_mode()
{
    local profile
    k_profile_of "$1"
    k_write domain_policy "select $domain" "use_profile $profile"
}

k_add()
{
    k_write domain_policy "select $domain" "$@"
}

k_act()
{
    status=0
    # Descriptors 3 and 4 belong to bats; act finds self_domain at 8 without an open of its own.
    output=$(exec -c "$k_program" "$@" 2>&1 3>&- 4>&- 8<>$k_tomoyo/self_domain) || status=$?
}

k_start()
{
    coproc ACT { exec -c "$k_program" stdin 2>&1 3>&- 4>&- 8<>$k_tomoyo/self_domain; }
    # bash forgets the names when the process has ended.
    k_from=${ACT[0]} k_to=${ACT[1]} k_pid=$ACT_PID
}

k_ask()
{
    printf '%s\n' "$*" >&"$k_to"
    IFS= read -r output <&"$k_from"
}

k_stop()
{
    exec {k_to}>&- {k_from}<&-
    wait "$k_pid" || :
}

k_read_domain()
{
    local fd lines i
    exec {fd}<>$k_tomoyo/domain_policy
    printf 'select domain=%s\n' "${1:-$domain}" >&"$fd"
    mapfile -t lines <&"$fd"
    exec {fd}>&-
    learned='' attributes=''
    # The selection, the name, attributes, an empty line, entries, an empty line.
    for ((i = 2; i < ${#lines[@]}; i++)); do
        [ -n "${lines[i]}" ] || break
        attributes+=${attributes:+$'\n'}${lines[i]}
    done
    for ((i++; i < ${#lines[@]}; i++)); do
        [ -z "${lines[i]}" ] || learned+=${learned:+$'\n'}${lines[i]}
    done
}

k_learn()
{
    k_domain learn learning
    k_act "$@"
    k_read_domain
}

k_requests()
{
    local with refused
    k_domain requests enforcing
    k_act "$@"
    refused=$output
    # What only prepares is not mediated.
    case $1 in
    socket | unshare) refused=${refused#ok$'\n'} ;;
    esac
    while [[ $refused == EPERM$'\n'* ]]; do
        refused=${refused#*$'\n'}
    done
    [ "$refused" = EPERM ] || k_output 'EPERM, for each call'
    k_mode learning
    k_act "$@"
    with=$output
    k_read_domain
    if [ ${#k_undo[@]} -gt 0 ]; then
        k_mode disabled
        k_act "${k_undo[@]}"
        k_undo=()
    fi
    k_mode enforcing
    k_act "$@"
    k_output "$with"
}

k_try()
{
    local mode=$1 lines=()
    shift
    while [ "$1" != -- ]; do
        lines+=("$1")
        shift
    done
    shift
    k_domain try "$mode" "${lines[@]}"
    k_act "$@"
}


k_equal()
{
    local IFS=$'\n' actual=$1
    shift
    [ "$actual" != "$*" ] || return 0
    printf 'expected:\n%s\nactual:\n%s\n' "$*" "$actual"
    return 1
}

k_output()
{
    k_equal "$output" "$@"
}

k_learned()
{
    k_equal "$learned" "$@"
}

k_like()
{
    local lines i good=1
    mapfile -t lines <<<"$1"
    shift
    [ ${#lines[@]} = $# ] || good=0
    for ((i = 0; i < ${#lines[@]}; i++)); do
        # shellcheck disable=SC2053 # a pattern is wanted
        [[ ${lines[i]} == ${1:-} ]] || good=0
        [ $# = 0 ] || shift
    done
    [ $good = 0 ] || return 0
    printf 'no match:\n'
    printf '%s\n' "${lines[@]}"
    return 1
}

k_audit_drain()
{
    k_audit_records
    records=()
}

k_audit_records()
{
    mapfile -d '' records <$k_tomoyo/audit
}

k_cleanup()
{
    local prefix lines line
    [ $# = 0 ] || mapfile -t lines <$k_tomoyo/domain_policy
    for prefix; do
        for line in "${lines[@]}"; do
            [[ $line != "<kernel> $prefix"* ]] || k_domains+=("delete $line")
        done
    done
    [ ${#k_domains[@]} = 0 ] || k_write domain_policy "${k_domains[@]}"
    [ -z "$k_entry" ] || k_write domain_policy "select pid=$$" "delete $k_entry"
    [ ${#k_exceptions[@]} = 0 ] || k_write exception_policy "${k_exceptions[@]/#/delete }"
    k_domains=() k_exceptions=() k_entry=''
}
