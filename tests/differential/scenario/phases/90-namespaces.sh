# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC1083,SC2016,SC2034,SC2086,SC2102,SC2154 # words for act; variables of lib.bash, without blanks
# Namespaces, which cannot be taken back: the last phase.

phase namespaces
empty /tmp/spaces
copies /tmp/spaces one two
domain spaces 1
exception 'reset_domain /usr/sbin/httpd' 'reset_domain /tmp/spaces/one from <kernel> //spaces'
# No namespace yet, so there is no way into it.
act spaces exec /tmp/spaces/one self
profile '</tmp/spaces/one> 0-COMMENT=other' '</tmp/spaces/one> 1-CONFIG={ mode=learning grant_log=no reject_log=yes }' \
	'</tmp/spaces/one> 3-CONFIG={ mode=enforcing grant_log=yes reject_log=yes }'
act spaces exec /tmp/spaces/one self
policy '</tmp/spaces/one>' 'use_profile 7'
act spaces exec /tmp/spaces/one self
policy '</tmp/spaces/one>' 'use_profile 1' 'use_group 3'
exception '</tmp/spaces/one> acl_group 3 file getattr /tmp/spaces/\*' '</tmp/spaces/one> initialize_domain /tmp/spaces/two' \
	'</tmp/spaces/one> path_group FILES /tmp/spaces/\*' '</tmp/spaces/one> keep_domain any from </tmp/spaces/one> //kept' \
	'</tmp/spaces/one> reset_domain /bin/act from </tmp/spaces/one> /tmp/spaces/two'
act spaces exec /tmp/spaces/one self : stat /tmp/spaces/one : open /tmp/spaces/two rdonly : spawn /tmp/spaces/two self : spawn /tmp/spaces/one self
act spaces exec /tmp/spaces/one exec /tmp/spaces/two exec /bin/act self
act spaces exec /tmp/spaces/one exec /tmp/spaces/two exec /tmp/spaces/one exec /tmp/spaces/one self
show exception_policy
show profile
phase_save

phase namespaces-server
profile '</usr/sbin/httpd> 1-COMMENT=web' '</usr/sbin/httpd> 1-CONFIG={ mode=learning grant_log=no reject_log=yes }' \
	'</usr/sbin/httpd> 3-CONFIG={ mode=enforcing grant_log=no reject_log=yes }' \
	'</usr/sbin/httpd> 1-PREFERENCE={ max_audit_log=10000 max_learning_entry=1000 }' '</usr/sbin/httpd> 0-COMMENT='
policy '</usr/sbin/httpd>' 'use_profile 1'
empty /tmp/network/www/cgi-bin
echo page >/tmp/network/www/index.html
printf '#!/bin/sh\necho\necho "$QUERY_STRING"\n' >/tmp/network/www/cgi-bin/program
/bin/chmod 755 /tmp/network/www/cgi-bin/program
domain fetch 0
for profile in 1 3; do
	policy 'select </usr/sbin/httpd>' "use_profile $profile"
	serve spaces /usr/sbin/httpd -f -p 127.0.0.1:8090 -h /tmp/network/www
	await has_port tcp 8090 0A
	run_limited fetch /usr/bin/wget -q -O - http://127.0.0.1:8090/index.html
	run_limited fetch /usr/bin/wget -q -O - 'http://127.0.0.1:8090/cgi-bin/program?a=b'
	serve_end
	policy 'select </usr/sbin/httpd>' 'delete file read /tmp/network/www/index.html'
done
phase_save
