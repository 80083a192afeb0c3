# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash
# For the scripts of the demo: showing commands, and checking what is claimed about them.
#
#   step TITLE        a heading
#   say TEXT          one paragraph of narration
#   run COMMAND       shows the shell command as if typed, runs it, and shows its output; sets
#                     $shown (the output) and $status
#   claim TEXT TEST.. a promise: runs the command TEST..., which has to succeed
#   pause             gives the audience time to read
#   finish            ends the script, with status 1 when a claim did not hold

bold='' green='' red='' normal=''
if [ "${COLOR:-}" ]; then
    bold=$(printf '\033[1m') green=$(printf '\033[32m') red=$(printf '\033[31m') normal=$(printf '\033[m')
fi
failed=0
claims=0
shown=''
status=0

pause()
{
    # On a slow machine there is time enough to read, and all should be over within a minute.
    [ "$(cut -d . -f 1 /proc/uptime)" -gt 20 ] || sleep "${PACE:-0}"
}

step()
{
    printf '\n%s── %s ──%s\n' "$bold" "$1" "$normal"
}

say()
{
    printf '%s\n' "$*" | fold -s -w 80 | sed 's, $,,'
}

run()
{
    printf '%s# %s%s\n' "$bold" "$1" "$normal"
    status=0
    # shellcheck disable=SC2034 # for the caller
    shown=$(eval "$1" 2>&1) || status=$?
    [ -z "$shown" ] || printf '%s\n' "$shown"
}

claim()
{
    local text=$1
    shift
    claims=$((claims + 1))
    if "$@"; then
        printf '%s  ok: %s%s\n' "$green" "$text" "$normal"
    else
        printf '%s  NOT TRUE: %s%s\n' "$red" "$text" "$normal"
        failed=$((failed + 1))
        echo "$text" >>/tmp/out/failed
    fi
}

# shows TEXT / hides TEXT: whether the last command that was run printed TEXT.
shows()
{
    case $shown in *"$1"*) true ;; *) false ;; esac
}

hides()
{
    ! shows "$1"
}

finish()
{
    echo $claims >/tmp/out/claims
    [ $failed = 0 ]
    exit
}
