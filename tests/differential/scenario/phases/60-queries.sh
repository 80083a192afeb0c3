# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC1083,SC2016,SC2034,SC2086,SC2102,SC2154 # words for act; variables of lib.bash, without blanks
# Queries: answered yes, no and retry, with the policy changed meanwhile; several at a time; nobody who answers.

# asked NAME COMMAND...: starts act, which is about to be refused.
asked() {
	local name=$1
	shift
	full "$name"
	note "+ [$name] act $*"
	step="[$name] act $*"
	/bin/act transit "$domain" : "$@" </dev/null >"$output" 2>&1 {query}>&- &
	asked=$!
}
# question: waits for the next query; its number is in $serial then.
question() {
	local text
	text=$(/bin/act fd "$query" : poll in 5000 : read 8192 : read 8192)
	# The end of the list of queries reads as nothing, once; then it begins anew.
	[[ $text =~ Q[^$'\n']* ]] && text=${BASH_REMATCH[0]} || text='none'
	note "  question: $text"
	serial=${text#Q}
	serial=${serial%%-*}
}
answer() {
	printf '%s\n' "$@" >&"$query"
}
answered() {
	local status=0
	wait "$asked" || status=$?
	finished $status
	drain "$step"
}

phase queries
empty /tmp/queries
echo text >/tmp/queries/a
copies /tmp/queries program
domain query 3
act query open /tmp/queries/a rdonly
exec {query}<>$tomoyo/query

asked query open /tmp/queries/a rdonly
question
answer "A$serial=1"
answered

asked query open /tmp/queries/a rdonly : stat /tmp/queries/a
question
answer "A$serial=2"
question
answer "A$serial=0" "A9999=1" "garbage" "A$serial=4"
answered

asked query open /tmp/queries/a rdonly
question
answer "A$serial=3"
question
show domain_policy "select Q=$serial"
policy "select Q=$serial" 'file read /tmp/queries/a'
answer "A$serial=3"
answered
show domain_policy "select Q=$serial"

asked query rename /tmp/queries/a /tmp/queries/b : symlink 'a b' /tmp/queries/s : mkdir /tmp/queries/d 0755
question
answer "A$serial=1"
question
answer "A$serial=1"
question
answer "A$serial=1"
answered

asked query execenv 'A=1' { /tmp/queries/program self }
question
answer "A$serial=3"
question
exception 'aggregator /tmp/queries/program /bin/actor'
policy 'select <kernel> //query' 'file execute /bin/actor'
answer "A$serial=3"
question
answer "A$serial=1"
question
answer "A$serial=4"
answered

asked query socket inet stream : bind inet:127.0.0.1:4400 : socket unix dgram : bind unix:/tmp/queries/socket
question
answer "A$serial=1"
question
answer "A$serial=1"
question
answer "A$serial=2"
answered

asked query mount none /tmp/queries/d tmpfs 0 : chown /tmp/queries/b 1000 1000
question
answer "A$serial=1"
question
answer "A$serial=1"
question
answer "A$serial=2"
answered
/bin/umount /tmp/queries/d || :

# Nobody is asked in other modes.
for mode in 0 1 2; do
	domain query$mode $mode
	act query$mode open /tmp/queries/b rdonly
done

# When the last one who could answer goes, the answer is no.
asked query stat /tmp/queries/b
question
exec {query}>&-
answered
phase_end

# See D-03.
phase query-mknod
empty /tmp/queries
domain device 3
exec {query}<>$tomoyo/query
asked device mknod /tmp/queries/null char 0666 1 3
question
policy "select Q=$serial" 'file mkchar /tmp/queries/null 0-0777 1 3'
answer "A$serial=3"
answered
asked device mknod /tmp/queries/disk block 0600 7 9
question
answer "A$serial=1"
answered
exec {query}>&-
phase_end
