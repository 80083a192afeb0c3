#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash
# The demo after the reboot: what was saved is in force from the first moment.
# shellcheck source=site.sh
. /usr/share/demo/site.sh

site_is_up
say 'tomoyo-init has loaded the policy from the disk before the first program was started.'
run 'tomoyo-pstree | grep httpd'
claim 'the web server is in enforcing mode from the start' shows '3 '
visit
claim 'the site works' site_works
attack_read
claim 'DENIED: reading /etc/shadow' hides 'root:$'
attack_shell
claim 'DENIED: starting a shell' hides 'uid=0'
attack_reverse
claim 'DENIED: the reverse connection' hides 'uid=0'
run "tr '\\0' '\\n' </sys/kernel/security/tomoyo/audit | grep -E '^(file|network|misc)'"
claim 'there are three denials, one for each attack' three_denials
finish
