# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC1083,SC2016,SC2034,SC2086,SC2102,SC2154 # words for act; variables of lib.bash, without blanks
# What the loader has left, and the profiles that the other phases use.

phase boot
show version
show self_domain
show .process_status 1
show .process_status "global-pid 1"
show domain_policy "select pid=1"
phase_end

phase profiles
lots='{ max_audit_log=100000 max_learning_entry=2048 }'
profile '1-COMMENT=learning' "1-PREFERENCE=$lots" '1-CONFIG={ mode=learning grant_log=no reject_log=yes }' \
	'2-COMMENT=permissive' "2-PREFERENCE=$lots" '2-CONFIG={ mode=permissive grant_log=no reject_log=yes }' \
	'3-COMMENT=enforcing' "3-PREFERENCE=$lots" '3-CONFIG={ mode=enforcing grant_log=no reject_log=yes }' \
	'4-COMMENT=enforcing, everything logged' "4-PREFERENCE=$lots" '4-CONFIG={ mode=enforcing grant_log=yes reject_log=yes }'
phase_end
