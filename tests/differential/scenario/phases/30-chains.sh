# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC1083,SC2016,SC2034,SC2086,SC2102,SC2154 # words for act; variables of lib.bash, without blanks
# Where chains of executions lead: aggregators, transition directives, explicit transitions, patterns, links, scripts.

# Programs are copies of act, so that each can go on to the next: chain NAME PROGRAM... tells the domain at the end.
chain() {
	local words=(self) i
	for ((i = $#; i > 1; i--)); do
		words=(exec { "${!i}" "${words[@]}" })
	done
	act "$1" "${words[@]}"
}

chains_files() {
	empty /tmp/chains
	copies /tmp/chains one two three v1.2 v1.3 zed
	/bin/ln -s one /tmp/chains/link
	/bin/ln -s /tmp/chains /tmp/chains/dir
	/bin/mkdir /tmp/chains/tools
	copies /tmp/chains/tools t1 t2
	printf '#!/tmp/chains/one self :\n' >/tmp/chains/script
	printf '#!/tmp/chains/script\n' >/tmp/chains/nested
	/bin/chmod 755 /tmp/chains/script /tmp/chains/nested
}

C=/tmp/chains

phase chains-plain
chains_files
for mode in 0 1; do
	domain plain$mode $mode
	chain plain$mode $C/one $C/two $C/three
	chain plain$mode $C/one $C/one $C/one
	chain plain$mode $C/link $C/one
	chain plain$mode $C/dir/one $C/dir/../two
	chain plain$mode $C/nosuch
	chain plain$mode $C
	act plain$mode chdir $C : exec ./one self
	act plain$mode exec $C/script self
	act plain$mode exec $C/nested self
	act plain$mode fexec $C/one self
	act plain$mode execat $C one self
	act plain$mode exec /proc/self/exe self
	act plain$mode spawn $C/one self : thread { self : exec $C/one self } : fork { exec $C/two self } : self
	act plain$mode execargv $C/one { } : execargv $C/one { 'a b"c' self }
	act plain$mode execenv 'A=1,B,=C,D=\303\251' { $C/one self }
done
phase_end

phase chains-directives
chains_files
exception "aggregator $C/v\\*.\\* $C/version" "aggregator $C/three $C/drei" \
	"aggregator proc:/self/exe /proc/self/exe" "aggregator proc:/self/fd/\\\$ /fd/exec" \
	"initialize_domain $C/zed" "no_initialize_domain $C/zed from $C/one" "initialize_domain $C/two from $C/version" \
	"keep_domain any from <kernel> //kept" "keep_domain $C/one from $C/two" "no_keep_domain $C/two from <kernel> //kept" \
	"no_reset_domain any from <kernel> //any" "reset_domain $C/tools/t2 from $C/tools/t1" \
	"initialize_domain $C/tools/t1 from <kernel> //full" "no_initialize_domain $C/tools/t1 from <kernel> //full $C/one"
for name in any kept full; do
	domain $name 1
	chain $name $C/v1.2 $C/v1.3
	chain $name $C/v1.2 $C/two $C/one $C/three
	chain $name $C/three $C/one
	chain $name $C/zed $C/one $C/zed
	chain $name $C/one $C/zed $C/zed
	chain $name $C/two $C/one $C/one
	chain $name $C/tools/t1 $C/tools/t2
	chain $name $C/tools/t2 $C/tools/t2
	act $name exec /proc/self/exe self
	act $name fexec $C/one self
done
phase_save
phase chains-directives-enforcing
thin 3
use 3
for name in any kept full; do
	chain $name $C/v1.2 $C/v1.3
	chain $name $C/v1.2 $C/two $C/one $C/three
	chain $name $C/zed $C/one $C/zed
	chain $name $C/tools/t1 $C/tools/t2
done
phase_end

phase chains-explicit
chains_files
exception "path_group TOOLS $C/tools/t\\\$" "path_group TOOLS $C/zed" "keep_domain any from <kernel> //explicit $C/kept"
for mode in 0 1 2 3; do
	domain explicit$mode $mode \
		"file execute $C/one keep" \
		"file execute $C/two child exec.argc=2" "file execute $C/two initialize exec.argc=3" \
		"file execute $C/two <kernel> //explicit$mode //args exec.argc=4 exec.argv[1]=\"x\"" \
		"file execute $C/two parent exec.argc=5" "file execute $C/two //deep exec.argc=6" \
		"file execute $C/three reset" "file execute $C/link <other> /space" \
		"file execute @TOOLS initialize" "file execute $C/v1.\\\$" \
		"file execute $C/script //script exec.argv[0]=\"$C/script\"" "misc env \\*"
	for name in "explicit$mode //args" "explicit$mode //deep" "explicit$mode $C/two" "explicit$mode //script"; do
		domain "$name" $mode "file execute $C/\\* child" 'misc env \*' "file read /tmp/chains/\\*"
	done
	chain explicit$mode $C/one
	act explicit$mode exec $C/two self
	act explicit$mode exec $C/two self : self
	act explicit$mode execargv $C/two { self x : self }
	act explicit$mode execargv $C/two { self x : self : self }
	act explicit$mode exec $C/two self : self : self
	chain explicit$mode $C/three
	chain explicit$mode $C/link
	chain explicit$mode $C/tools/t1
	chain explicit$mode $C/zed
	chain explicit$mode $C/v1.2
	act explicit$mode exec $C/script self
	act explicit$mode execargv $C/script { other self }
	chain "explicit$mode //args" $C/one
	chain "explicit$mode //deep" $C/three $C/one
done
phase_end

# Names that are too long for one more program; directories of 200 characters make them quickly.
phase chains-too-long
empty /tmp/chains
long=$(printf 'x%.0s' {1..200})
/bin/mkdir -p "/tmp/chains/$long"
copies /tmp/chains "$long/program" p
name=''
for _ in {1..19}; do
	name+="/$long "
done
profile '5-COMMENT=too long' '5-PREFERENCE={ max_audit_log=1000 max_learning_entry=1000 }' \
	'5-CONFIG={ mode=enforcing grant_log=no reject_log=no }' '5-CONFIG::file::execute={ mode=permissive }'
for mode in 0 1 2 3 5; do
	domain "long$mode ${name% }" $mode 'file execute /tmp/chains/\*/program' 'file execute /tmp/chains/p' \
		'misc env \*'
	full="long$mode ${name% }"
	act "$full" exec /tmp/chains/p self
	act "$full" exec /tmp/chains/p exec "/tmp/chains/$long/program" self
	act "$full" exec "/tmp/chains/$long/program" self
	act "$full" spawn "/tmp/chains/$long/program" self : self
	policy "select <kernel> //$full" 'delete transition_failed'
	act "$full" spawn "/tmp/chains/$long/program" self : spawn "/tmp/chains/$long/program" self
done
phase_end
