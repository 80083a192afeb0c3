# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC1083,SC2016,SC2034,SC2086,SC2102,SC2154 # words for act; variables of lib.bash, without blanks
# Policy that changes under a program that runs: other profiles, deleted domains, the same name once more, reloading.

phase living
empty /tmp/living
echo text >/tmp/living/a
domain living 3 'file read /tmp/living/a' 'file execute /bin/act' 'misc env \*'
keep living
ask open /tmp/living/a rdonly
ask stat /tmp/living/a
show domain_policy "select pid=$kept"
show domain_policy "select global-pid=$kept" 'select transition_only'
show .process_status "$kept"
show .process_status "global-pid $kept"
policy "select pid=$kept" 'delete file read /tmp/living/a' 'file getattr /tmp/living/\*'
ask open /tmp/living/a rdonly
ask stat /tmp/living/a
use 1
ask open /tmp/living/a rdonly
use 0
ask mkdir /tmp/living/d 0755
policy 'delete <kernel> //living'
ask self
ask rmdir /tmp/living/d
show domain_policy "select pid=$kept"
show .process_status "$kept"
policy "select global-pid=$kept" 'use_profile 3' 'file read /tmp/living/b' 'use_group 60'
exception 'acl_group 60 file mkdir /tmp/living/\* 0-0777'
ask open /tmp/living/a rdonly
ask mkdir /tmp/living/d 0755
ask rmdir /tmp/living/d
# The same name again is another domain.
domain living 1 'file read /tmp/living/other'
ask open /tmp/living/a rdonly
ask stat /tmp/living/other
show domain_policy "select domain=<kernel> //living"
show domain_policy "select pid=$kept"
ask spawn /bin/act self
policy "select pid=$kept" 'use_profile 1'
ask rename /tmp/living/a /tmp/living/b
ask spawn /bin/act self
show domain_policy "select pid=$kept"
keep_end
show domain_policy "select pid=$kept"
phase_end

# The whole policy away and back, while a program goes on.
phase reload
empty /tmp/living
echo text >/tmp/living/a
exceptions=('path_group LIVING /tmp/living/\*' 'initialize_domain /bin/act from <kernel> //reload /bin/sh')
exception "${exceptions[@]}"
domain 'reload' 1 'file read @LIVING'
domain 'reload /bin/act' 1
keep 'reload /bin/act'
ask open /tmp/living/a rdonly
ask open /tmp/living/a wronly,append
mapfile -t saved <$tomoyo/domain_policy
words=()
for line in "${saved[@]}"; do
	[[ $line != '<kernel> //'* ]] || words+=("delete $line")
done
policy "${words[@]}"
exception "${exceptions[@]/#/delete }"
ask stat /tmp/living/a
ask self
policy "${saved[@]}"
exception "${exceptions[@]}"
ask unlink /tmp/living/a
ask self
ask transit '<kernel>\040//reload'
policy "select pid=$kept" 'task manual_domain_transition <kernel> //reload /bin/act'
keep_end
doors=()
keep 'reload /bin/act'
ask stat /tmp/living
keep_end
phase_end

phase self-domain
domain self 3 'task manual_domain_transition <kernel> //there' 'task manual_domain_transition <kernel> //nowhere /a' \
	'task manual_domain_transition <kernel> //there //uid task.uid=1000' 'task manual_domain_transition <elsewhere> /x' \
	'file write/read securityfs:/tomoyo/self_domain' 'acl_group 1 file read /x'
domain there 3 'file write/read securityfs:/tomoyo/self_domain' 'task manual_domain_transition <kernel> //self'
domain 'there //uid' 3
act self self : transit '<kernel> //nosuch' : transit 'garbage' : transit '' : transit '<kernel> bad' : self
act self transit '<elsewhere> /x' : transit '<kernel> //there //uid' : self
act self transit '<kernel> //nowhere /a' : self
act self setuid 1000 : transit '<kernel> //there //uid' : self
act self transit '  <kernel>   //there  \n' : self : transit '<kernel> //self' : self
act self thread { transit '<kernel> //there' : self } : self : fork { transit '<kernel> //there' : self } : self
policy 'select <kernel> //self' 'use_profile 0'
act self transit '<kernel> //there //uid' : self : open /proc/self/stat rdonly
phase_end

# Programs that are no managers, and lines that are no policy.
phase interface
domain stranger 0
for file in domain_policy exception_policy profile manager stat query; do
	act stranger writefile $tomoyo/$file '\n' : writefile $tomoyo/$file 'reset\n' : writefile $tomoyo/$file ''
done
act stranger open $tomoyo/domain_policy rdwr : write 'select pid=1\n' : read : write 'select <kernel>\n' : read
act stranger writefile $tomoyo/version x : writefile $tomoyo/audit x : readfile $tomoyo/version
manager '<kernel> //stranger'
act stranger writefile $tomoyo/domain_policy '<kernel> //made\nuse_profile 1\nfile read /x\nbad line\nfile write /x\n'
act stranger setuid 1000 : writefile $tomoyo/self_domain '<kernel> //made'
manager 'delete <kernel> //stranger'
act stranger writefile $tomoyo/domain_policy '<kernel> //made2\n'
manager /usr/bin/strange 'not good' '<kernel> /some //domain' 'manage_by_non_root' 'delete manage_by_non_root' 'delete /usr/bin/strange' \
	'delete <kernel> /some //domain'
policy '<kernel> //words' 'use_profile 77' 'use_profile 3' 'use_group 255' 'use_group 256' 'use_group 2' \
	'file read/write/append /a/\*' 'file create/mkdir /a 010' 'file create /a 8' 'file read a' 'network inet stream bind/listen 10.0.0.1-10.0.0.9 1-9' \
	'network inet raw send ::1 58' 'network unix stream connect \000abs' 'file mount any /m/ tmpfs 0x1' 'file mkchar /d 0600 1 3' \
	'file link /a /b path1.uid=0 path2.parent.uid=0' 'misc env A\*' 'file execute /x keep task.uid=0 grant_log=yes' \
	'file rename /a' 'file read /a\101' 'task manual_domain_transition <kernel> /x' 'quota_exceeded' 'delete file write /a/\*'
policy 'delete <kernel> //nosuch' 'delete <kernel>' '<kernel> bad' 'file read /lost'
phase_end
