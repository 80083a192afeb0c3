#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# Writes a sane /etc/tomoyo into the overlay directory DIR, for a test to start from.
#
# usage: policy.sh DIR [--domain FILE] [--exception FILE] [--profile FILE] [--manager FILE]
#                      [--stat FILE] [--post-init FILE]
#
# The default: the four standard profiles, <kernel> with profile 0, the programs of the bench as
# managers, an exception policy without any rule. An option takes the given file's text instead.
set -euo pipefail

dir=$1
shift
etc=$dir/etc/tomoyo
stamp=26-01-01.00:00:00
current=$etc/policy/$stamp
mkdir -p "$current" "$etc/tools" "$dir/var/log/tomoyo"
# What init_policy makes: nobody but root may look into the policy.
chmod 700 "$etc" "$etc/policy" "$current" "$etc/tools"
ln -sfn "$stamp" "$etc/policy/current"
ln -sfn "$stamp" "$etc/policy/previous"

{
    echo PROFILE_VERSION=20150505
    number=0
    for mode in Disabled Learning Permissive Enforcing; do
        echo "$number-COMMENT=-----$mode Mode-----"
        echo "$number-PREFERENCE={ max_audit_log=1024 max_learning_entry=2048 }"
        echo "$number-CONFIG={ mode=${mode,,} grant_log=no reject_log=yes }"
        number=$((number + 1))
    done
} >"$current/profile.conf"
printf '<kernel>\nuse_profile 0\nuse_group 0\n' >"$current/domain_policy.conf"
printf 'aggregator proc:/self/exe /proc/self/exe\n' >"$current/exception_policy.conf"
{
    # A manager is compared with the program behind all links, hence only one name for BusyBox
    # and one for tomoyo-box; both spellings of bash, since Debian has it in /usr/bin.
    printf '%s\n' /usr/sbin/tomoyo-box /bin/busybox /usr/bin/bash /bin/bash /sbin/tomoyo-init
    printf '/opt/tomoyo-tools/sbin/tomoyo-%s\n' \
        loadpolicy editpolicy setlevel setprofile queryd savepolicy pstree notifyd auditd \
        domainmatch editpolicy-agent init
} >"$current/manager.conf"
cat >"$etc/stat.conf" <<'STAT'
# Memory quota (byte). 0 means no quota.
Memory used by policy:                  0
Memory used by audit log:        16777216
Memory used by query message:     1048576
STAT

while [ $# -gt 0 ]; do
    case $1 in
    --domain) cp "$2" "$current/domain_policy.conf" ;;
    --exception) cp "$2" "$current/exception_policy.conf" ;;
    --profile) cp "$2" "$current/profile.conf" ;;
    --manager) cp "$2" "$current/manager.conf" ;;
    --stat) cp "$2" "$etc/stat.conf" ;;
    --post-init) install -m 755 "$2" "$etc/tomoyo-post-init" ;;
    *)
        printf 'policy.sh: unknown option %s\n' "$1" >&2
        exit 2
        ;;
    esac
    shift 2
done
for policy in domain_policy exception_policy manager profile; do
    ln -sfn "policy/current/$policy.conf" "$etc/$policy.conf"
done
