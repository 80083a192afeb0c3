# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC1083,SC2016,SC2034,SC2086,SC2102,SC2154 # words for act; variables of lib.bash, without blanks
# Long arguments and environments, and policy memory that is at its end.

phase long-arguments
empty /tmp/limits
copies /tmp/limits program
hundred=$(printf 'a%.0s' {1..100})
thousand=$(printf 'b%.0s' {1..1000})
five=$(printf 'c%.0s' {1..5000})
many=()
for i in {1..300}; do
	many+=("argument-$i")
done
for mode in 1 3; do
	domain arguments$mode $mode
	[ $mode = 1 ] || policy 'select <kernel> //arguments3' 'file execute /tmp/limits/program keep exec.argv[1]="self"' 'misc env \*' \
		"file execute /tmp/limits/program keep exec.argv[1]=\"b\\*\"" 'file execute /tmp/limits/program keep exec.argv[299]="argument-298"' \
		"file execute /tmp/limits/program keep exec.envp[\"A\"]=\"c\\*\""
	act arguments$mode execargv /tmp/limits/program { $hundred $thousand self }
	act arguments$mode execargv /tmp/limits/program { x $five $thousand : self }
	act arguments$mode execargv /tmp/limits/program { x $thousand$thousand$thousand $thousand$thousand$thousand $thousand$thousand$thousand last }
	act arguments$mode execargv /tmp/limits/program { "${many[@]}" }
	act arguments$mode execargv /tmp/limits/program { $'a\nb' $'\x01\xff' '"' 'b\s' '' self }
	act arguments$mode execenv A=$five { /tmp/limits/program self }
	act arguments$mode execenv A=$thousand$thousand$thousand,B=$five,C=1,D=$hundred { /tmp/limits/program $five }
	act arguments$mode execenv $thousand=1,$five$five=2 { /tmp/limits/program self }
	act arguments$mode execenv A=$five,B=$five,C=$five { /tmp/limits/program $five $five $five }
done
phase_end

phase policy-quota
empty /tmp/limits
copies /tmp/limits program
domain before 1
domain other 3 'file read /tmp/limits/\*'
write stat 'Memory used by policy: 1'
policy '<kernel> //after' 'use_profile 1' 'file read /x' 'select <kernel> //before' 'use_profile 2' 'use_profile 1'
exception 'path_group LIMIT /tmp/limits/\*' 'aggregator /limit /limited'
act before stat /tmp/limits : spawn /tmp/limits/program self : self
act other open /tmp/limits/program rdonly : stat /tmp/limits
write stat 'Memory used by policy: 0'
act before stat /tmp/limits : spawn /tmp/limits/program self : self
phase_end
