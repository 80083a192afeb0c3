# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC1083,SC2016,SC2034,SC2086,SC2102,SC2154 # words for act; variables of lib.bash, without blanks
# What limits learning and the audit log, and which records are kept at all.

phase quota-learning
empty /tmp/quota
echo text >/tmp/quota/a
profile '10-COMMENT=learns little' '10-PREFERENCE={ max_audit_log=1000 max_learning_entry=5 }' \
	'10-CONFIG={ mode=learning grant_log=no reject_log=yes }'
domain quota 10 'file read/write /tmp/quota/granted' 'task manual_domain_transition <kernel> //elsewhere'
act quota open /tmp/quota/a rdonly : open /tmp/quota/a rdwr : stat /tmp/quota/a : truncate /tmp/quota/a 1
act quota mkdir /tmp/quota/d1 0755 : mkdir /tmp/quota/d2 0755
policy 'select <kernel> //quota' 'delete quota_exceeded'
act quota chmod /tmp/quota/a 0600
profile '10-PREFERENCE={ max_audit_log=1000 max_learning_entry=8 }'
act quota chmod /tmp/quota/a 0600
policy 'select <kernel> //quota' 'delete quota_exceeded'
act quota rename /tmp/quota/a /tmp/quota/b : socket inet dgram : bind inet:127.0.0.1:4100 : link /tmp/quota/b /tmp/quota/c
policy 'select <kernel> //quota' 'delete quota_exceeded' 'delete file read /tmp/quota/granted'
act quota unlink /tmp/quota/c : unlink /tmp/quota/b
# What an acl_group grants is neither counted nor learned.
exception 'acl_group 40 file mkdir /tmp/quota/\* 0-0777' 'acl_group 40 file rmdir /tmp/quota/\*/'
domain grouped 10 'use_group 40'
act grouped mkdir /tmp/quota/d3 0700 : rmdir /tmp/quota/d3/ : rmdir /tmp/quota/d2 : stat /tmp/quota
phase_end

phase quota-audit
empty /tmp/quota
echo text >/tmp/quota/a
profile '11-COMMENT=logs little' '11-PREFERENCE={ max_audit_log=3 max_learning_entry=5 }' \
	'11-CONFIG={ mode=enforcing grant_log=no reject_log=yes }'
domain audit 11
act audit open /tmp/quota/a rdonly : stat /tmp/quota/a : unlink /tmp/quota/a : mkdir /tmp/quota/b 0 : symlink x /tmp/quota/s
profile '11-PREFERENCE={ max_audit_log=0 }'
act audit open /tmp/quota/a rdonly
profile '11-PREFERENCE={ max_audit_log=1 }'
act audit open /tmp/quota/a rdonly : open /tmp/quota/a rdonly
# A memory quota; what is queued counts differently in each implementation, so this is one with room for nothing.
write stat 'Memory used by audit log: 1'
act audit open /tmp/quota/a rdonly
write stat 'Memory used by audit log: 16777216'
act audit open /tmp/quota/a rdonly
phase_end

phase grant-log
empty /tmp/quota
for name in a b c d; do
	echo text >/tmp/quota/$name
done
profile '12-COMMENT=logs what is granted' '12-CONFIG={ mode=enforcing grant_log=yes reject_log=no }' \
	'12-CONFIG::file::getattr={ mode=enforcing grant_log=no reject_log=yes }' '12-CONFIG::misc={ mode=learning }' \
	'13-COMMENT=logs by category' '13-CONFIG={ mode=enforcing grant_log=no reject_log=no }' \
	'13-CONFIG::file={ mode=permissive grant_log=yes }' '13-CONFIG::file::open={ mode=disabled }' \
	'13-CONFIG::network={ mode=learning reject_log=no }' '13-CONFIG::network::inet_dgram_bind={ mode=enforcing }' \
	'13-CONFIG::file::execute=use_default'
for number in 1 2 3 12 13; do
	domain log$number $number 'file read /tmp/quota/a' 'file read /tmp/quota/b grant_log=yes' \
		'file read /tmp/quota/c grant_log=no' 'file getattr /tmp/quota/\* task.uid=0 grant_log=yes' \
		'file getattr /tmp/quota/\*' "file execute /bin/act keep grant_log=yes" \
		'network inet dgram bind 127.0.0.0-127.255.255.255 1-5000'
	for file in a b c d; do
		act log$number open /tmp/quota/$file rdonly : stat /tmp/quota/$file
	done
	act log$number setuid 1000 : stat /tmp/quota/a
	act log$number execenv A=1 { /bin/act self }
	act log$number socket inet dgram : bind inet:127.0.0.1:4200 : bind inet:127.0.0.1:6000 : sendto inet:127.0.0.1:4201
	act log$number mkdir /tmp/quota/dir 0755 : rmdir /tmp/quota/dir
done
phase_end
