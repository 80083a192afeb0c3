# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC1083 # braces are words for act
# Functions for the phases of the scenario: policy in, programs in domains, results out.
#
#   phase NAME                   a new chapter in all results, with counters from 0
#   phase_save                   ends it: the whole policy, the counters and what was audited go to the results
#   phase_end                    phase_save, and removes all domains and exceptions that the bench did not begin with
#   policy LINE...               lines to domain_policy, in one write; exception, profile, manager, stat: likewise
#   domain NAME PROFILE [LINE...]  a domain `<kernel> //NAME`, whose full name is then in $domain
#   use PROFILE                  another profile for all of the phase's domains
#   run NAME PROGRAM [WORD]...   executes the program from that domain; its output and exit status are results
#   act NAME COMMAND...          act performs calls in the domain itself
#   run_limited, serve, await, serve_end   programs that may hang, and programs that run beside others
#   keep NAME, ask WORD..., keep_end       an act that stays in the domain, told what to do line by line
#   empty DIR..., copies DIR NAME...   empty directories; act under other names
#   show FILE [LINE...]          the file's text, after these lines were written to the descriptor
#   note TEXT                    a line among the outcomes
#   thin STEP                    deletes every STEPth entry of the phase's domains
#
# Nothing but act is executed from this program's own domain: its children get into their domains by self_domain, so
# that what the policy says about them begins with their own execution.

tomoyo=/sys/kernel/security/tomoyo
out=/out
output=/scenario/output
driver='<kernel> /sbin/init /scenario/run'
starter="$driver /bin/act"
kinds=(outcomes audit domain_policy exception_policy profile manager stat)
declare -A doors=()

write() {
	local file=$1
	shift
	# Not printf's own error message: it names no line.
	{ printf '%s\n' "$@" >"$tomoyo/$file"; } 2>/dev/null || note "write to $file fails"
}
policy() { write domain_policy "$@"; }
exception() { write exception_policy "$@"; }
profile() { write profile "$@"; }
manager() { write manager "$@"; }

note() {
	printf '%s\n' "$*" >>"$out/outcomes"
}

# ---- Phases

# counters: the stat file's counters and memory in the array of that name; without the times of day.
read_counters() {
	local line
	mapfile -t lines <"$tomoyo/stat"
	counters=()
	for line in "${lines[@]}"; do
		line=${line%% (*}
		case $line in
		Policy*) counters+=("${line%:*}" "${line##* }") ;;
		# Memory is the implementation's own affair, except that nothing may be left over.
		*audit* | *query*) counters+=("${line%:*}" "${line##* }") ;;
		esac
	done
}

phase() {
	local kind
	printf "phase %s at %s s\n" "$1" "$SECONDS"
	for kind in "${kinds[@]}"; do
		printf '== %s\n' "$1" >>"$out/$kind"
	done
	read_counters
	before=("${counters[@]}")
}

phase_save() {
	local kind i value
	drain '(end)'
	for kind in domain_policy exception_policy profile manager; do
		mapfile -t lines <"$tomoyo/$kind"
		printf '%s\n' "${lines[@]}" >>"$out/$kind"
	done
	read_counters
	for ((i = 0; i < ${#counters[@]}; i += 2)); do
		value=${counters[i + 1]}
		[[ ${counters[i]} = Memory* ]] || value=$((value - before[i + 1]))
		printf '%s: %s\n' "${counters[i]}" "$value" >>"$out/stat"
	done
}

phase_end() {
	local line lines old=()
	phase_save
	mapfile -t lines <"$tomoyo/domain_policy"
	for line in "${lines[@]}"; do
		case $line in
		'<kernel>' | '<kernel> /sbin/init' | "$driver") ;;
		'<'*) old+=("delete $line") ;;
		esac
	done
	[ ${#old[@]} = 0 ] || policy "${old[@]}"
	old=()
	mapfile -t lines <"$tomoyo/exception_policy"
	for line in "${lines[@]}"; do
		[[ $line == *'/sbin/modprobe from any' || $line == *'/sbin/hotplug from any' ]] || old+=("delete $line")
	done
	[ ${#old[@]} = 0 ] || exception "${old[@]}"
	doors=()
}

# drain TITLE: what was audited since the last time, below that title.
drain() {
	local records
	mapfile -d '' records <"$tomoyo/audit"
	{
		printf '+ %s\n' "$1"
		[ ${#records[@]} = 0 ] || printf '%s\n' "${records[@]%$'\n'}"
	} >>"$out/audit"
}

# ---- Domains

domain() {
	domain="<kernel> //$1"
	policy "$domain" "use_profile $2" "${@:3}"
}

# Every `<kernel> //...`, in the order of the policy; in the array domains.
list_domains() {
	local line lines
	mapfile -t lines <"$tomoyo/domain_policy"
	domains=()
	for line in "${lines[@]}"; do
		[[ $line != '<kernel> //'* ]] || domains+=("$line")
	done
}

use() {
	local name words=()
	list_domains
	for name in "${domains[@]}"; do
		words+=("select $name" "use_profile $1")
	done
	policy "${words[@]}"
}

# What differs from run to run becomes a pattern, so that the policy fits the next run too; in $general.
generalise() {
	general=$1
	# Regular expressions take long on long names.
	[[ $general == *[te]:'['[0-9]* || $general == *proc:/[0-9]* || $general == */task/[0-9]* || $general == */log* || $general == *'\000'* || $general == */'#'* ]] || return 0
	while [[ $general =~ (.*)(pipe|socket):\[[0-9]+\](.*) ]]; do
		general="${BASH_REMATCH[1]}${BASH_REMATCH[2]}:[\\\$]${BASH_REMATCH[3]}"
	done
	while [[ $general =~ (.*)(proc:|/task)/[0-9]+/(.*) ]]; do
		general="${BASH_REMATCH[1]}${BASH_REMATCH[2]}/\\\$/${BASH_REMATCH[3]}"
	done
	if [[ $general =~ (.*/)'#'[0-9]+(.*) ]]; then
		general="${BASH_REMATCH[1]}#\\\$${BASH_REMATCH[2]}"
	fi
	if [[ $general =~ (.*'\000')[0-9a-f]{5}$ ]]; then
		general="${BASH_REMATCH[1]}\\X"
	fi
	# What mkstemp() has made.
	if [[ $general =~ (.*/tmp/files/log)[A-Za-z0-9]{6}(.*) ]]; then
		general="${BASH_REMATCH[1]}\\?\\?\\?\\?\\?\\?${BASH_REMATCH[2]}"
	fi
}

thin() {
	local line lines name='' i=0 words=() general
	mapfile -t lines <"$tomoyo/domain_policy"
	for line in "${lines[@]}"; do
		case $line in
		'<kernel> //'*) name=$line i=0 words+=("select $name") ;;
		'<'*) name='' ;;
		# Without its environment a program does not even begin.
		'file '* | 'network '*)
			[ -n "$name" ] || continue
			i=$((i + 1))
			if [ $((i % $1)) = $(($1 - 1)) ]; then
				words+=("delete $line")
				continue
			fi
			generalise "$line"
			[ "$general" = "$line" ] || words+=("delete $line" "$general")
			;;
		esac
	done
	[ ${#words[@]} = 0 ] || policy "${words[@]}"
}

# ---- Programs

# copies DIR NAME...: act under these names, as one file with several links.
copies() {
	local dir=$1 name
	shift
	/bin/cp /bin/act "$dir/$1"
	for name in "${@:2}"; do
		/bin/ln "$dir/$1" "$dir/$name"
	done
}

# empty DIR...: makes them anew.
empty() {
	/bin/rm -rf "$@"
	/bin/mkdir -p "$@"
}

# full NAME: the domain's full name in $domain, and a way for act to get there.
full() {
	case $1 in
	'<'*) domain=$1 ;;
	*) domain="<kernel> //$1" ;;
	esac
	[ -z "${doors[$domain]:-}" ] || return 0
	doors[$domain]=1
	policy "$starter" "task manual_domain_transition $domain"
}

# entitle WORD...: the words in $title, as one short line.
entitle() {
	title=$*
	[[ $title != *[![:print:]]* ]] || printf -v title '%q' "$title"
	[ ${#title} -lt 500 ] || title=${title:0:250}...${title: -200}
}

# finished STATUS: the outcome of what wrote to $output.
finished() {
	local line lines
	mapfile -t lines <"${2:-$output}"
	# That act came into the domain.
	[ "${lines[0]:-}" != ok ] || lines=("${lines[@]:1}")
	for line in "${lines[@]}"; do
		note "  $line"
	done
	note "= $1"
}

run() {
	local name=$1 status=0 title
	shift
	full "$name"
	entitle "[$name] $*"
	note "+ $title"
	/bin/act -e transit "$domain" : exec { "$@" } </dev/null >"$output" 2>&1 || status=$?
	finished $status
	drain "$title"
}

act() {
	local name=$1 status=0 title
	shift
	full "$name"
	entitle "[$name] act $*"
	note "+ $title"
	/bin/act transit "$domain" : "$@" </dev/null >"$output" 2>&1 || status=$?
	finished $status
	drain "$title"
}

# Kills what has not ended after 10 seconds. In "(any order)" the records are sorted by domain: more than one program runs.
run_limited() {
	local name=$1 status=0 pid turns=100 title
	shift
	full "$name"
	entitle "[$name] $*"
	note "+ $title"
	set -m
	/bin/act -e transit "$domain" : exec { "$@" } </dev/null >"$output" 2>&1 &
	pid=$!
	set +m
	while [ -e /proc/$pid/exe ] && [ $((turns -= 1)) -gt 0 ]; do
		pause 0.1
	done
	[ $turns -gt 0 ] || kill -KILL -- -$pid
	wait $pid || status=$?
	finished $status
	drain "(any order) $title"
}

pause() {
	read -rt "$1" <>/scenario/never || :
}

serve() {
	local name=$1
	shift
	full "$name"
	service="[$name] $*"
	note "+ $service &"
	set -m
	/bin/act -e transit "$domain" : exec { "$@" } </dev/null >"$output.service" 2>&1 &
	service_pid=$!
	set +m
}

# await COMMAND...: until the command succeeds and the service waits for something, or has ended, at most 10 seconds.
await() {
	local turns=200 state sleeps=0
	until "$@" || [ ! -e "/proc/$service_pid/exe" ] || [ $((turns -= 1)) = 0 ]; do
		pause 0.05
	done
	while [ $sleeps -lt 3 ] && [ $((turns -= 1)) -gt 0 ] && read -r _ _ state _ <"/proc/$service_pid/stat"; do
		[ "$state" = S ] && sleeps=$((sleeps + 1)) || sleeps=0
		pause 0.05
	done
	if "$@"; then
		note 'service is ready'
	else
		note 'service is not ready'
	fi
	drain "(any order) $service"
}

# A socket in state $3 (0A: listening; 07: bound datagrams) at port $2 in /proc/net/$1.
has_port() {
	local line lines port
	printf -v port '%04X' "$2"
	mapfile -t lines <"/proc/net/$1"
	for line in "${lines[@]}"; do
		[[ $line != *":$port "*" $3 "* ]] || return 0
	done
	return 1
}

serve_end() {
	local status=0
	kill -TERM -- -"$service_pid" 2>/dev/null || :
	wait "$service_pid" 2>/dev/null || status=$?
	note "+ $service ends"
	finished $status "$output.service"
	drain "(any order) $service ends"
}

keep() {
	full "$1"
	coproc KEPT { exec /bin/act transit "$domain" : stdin 2>&1; }
	kept_from=${KEPT[0]} kept_to=${KEPT[1]} kept=$KEPT_PID
	note "+ [$1] stays"
	IFS= read -r line <&"$kept_from"
	note "  $line"
	drain "[$1] stays"
}

ask() {
	local line
	printf '%s\n' "$*" >&"$kept_to"
	IFS= read -r line <&"$kept_from"
	note "+ [kept] $*"
	note "  $line"
	drain "[kept] $*"
}

keep_end() {
	exec {kept_to}>&- {kept_from}<&-
	wait "$kept" || :
	drain '[kept] ends'
}

show() {
	local fd line lines file=$1
	shift
	exec {fd}<>"$tomoyo/$file"
	for line; do
		{ printf '%s\n' "$line" >&"$fd"; } 2>/dev/null || note "write to $file fails"
	done
	mapfile -t lines <&"$fd"
	exec {fd}>&-
	# A process is asked for by its number, and answered with it.
	note "+ show $file ${*//${kept:-no process}/PID}"
	for line in "${lines[@]}"; do
		note "  ${line/#${kept:-no process} /PID }"
	done
}
