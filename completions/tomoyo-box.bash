# SPDX-License-Identifier: GPL-2.0-only
# Completion for bash. Made by completions/generate.sh, from what the applets say of their options; not to be edited.
# shellcheck shell=bash

# APPLET OPTION: sets options, the values of OPTION (and takes=1 when it has one), and those of each operand, the last of
# which counts for all that follow when many=1. Values are words, and ":kind" for what _tomoyo_box_offer finds out.
_tomoyo_box_describe() {
	options='' value='' takes='' operands=() many=''
	case $1 in
	audit-exec-param)
		options='-h --help --version'
		;;
	checkpolicy)
		options='-h --help --version --boot --kernel --strict --json'
		operands=('d e p m s :file') many=1
		case $2 in
		--kernel) value='2.6 ours' takes=1 ;;
		esac
		;;
	convert-audit-log)
		options='-h --help --version --conditions'
		operands=(':file') many=1
		case $2 in
		--conditions) value='none owner exec all' takes=1 ;;
		esac
		;;
	convert-exec-param)
		options='-h --help --version'
		operands=(':file') many=1
		;;
	diffpolicy)
		options='-h --help --version -u --unified --stat --semantic --lost --domain --policy-dir --exceptions --json --allow-empty --color'
		operands=(':file' ':file')
		case $2 in
		--domain) value=':domain' takes=1 ;;
		--policy-dir) value=':directory' takes=1 ;;
		--exceptions) value=':file' takes=1 ;;
		--color) value='auto always never' takes=1 ;;
		esac
		;;
	domainmatch)
		options='-h --help --version -t --text -q --quiet --exceptions'
		operands=('' ':file') many=1
		case $2 in
		--exceptions) value=':file' takes=1 ;;
		esac
		;;
	findtemp)
		options='-h --help --version --all --with-domainname --json --root'
		operands=(':file') many=1
		case $2 in
		--root) value=':directory' takes=1 ;;
		esac
		;;
	init)
		options='-h --help --version -d --directory'
		operands=('') many=1
		case $2 in
		-d | --directory) value=':directory' takes=1 ;;
		esac
		;;
	init-policy)
		options='-h --help --version --root --policy-dir --template --use-profile --use-group --file-only-profile --full-profile --learn-env --grant-log --reject-log --max-audit-log --max-learning-entry --manager --tools-dir'
		case $2 in
		--root) value=':directory' takes=1 ;;
		--policy-dir) value=':directory' takes=1 ;;
		--template) value='auto busybox distribution' takes=1 ;;
		--use-profile) value='0 1 2 3' takes=1 ;;
		--use-group) value='' takes=1 ;;
		--grant-log) value='yes no' takes=1 ;;
		--reject-log) value='yes no' takes=1 ;;
		--max-audit-log) value='' takes=1 ;;
		--max-learning-entry) value='' takes=1 ;;
		--manager) value='auto paths domains box' takes=1 ;;
		--tools-dir) value=':directory' takes=1 ;;
		esac
		;;
	loadpolicy)
		options='-h --help --version -d --domain -e --exception -p --profile -m --manager -s --stat -f --replace --allow-empty -n --no-verify -v --verbose --json'
		operands=(':file') many=1
		;;
	patternize)
		options='-h --help --version -f --file -p --pack -l --list-packs -k --keep -d --diff -u --unique -s --suggest --apply -n --support --format --json -v --verbose'
		operands=(':file') many=1
		case $2 in
		-f | --file) value=':file' takes=1 ;;
		-p | --pack) value=':pack' takes=1 ;;
		-k | --keep) value='' takes=1 ;;
		-n | --support) value='' takes=1 ;;
		--format) value='text json rules' takes=1 ;;
		esac
		;;
	pstree)
		options='-h --help --version -a --all -m --modes --json'
		;;
	savepolicy)
		options='-h --help --version -e -d -p -m -s --name --note --list --restore --keep --always --quota -v --verbose --json'
		operands=(':directory')
		case $2 in
		--name) value='' takes=1 ;;
		--note) value='' takes=1 ;;
		--restore) value='' takes=1 ;;
		--keep) value='' takes=1 ;;
		esac
		;;
	selectpolicy)
		options='-h --help --version -r --recursive -p --pattern -f --file -s --strict --json'
		operands=(':domain') many=1
		case $2 in
		-f | --file) value=':file' takes=1 ;;
		esac
		;;
	setlevel)
		options='-h --help --version --json'
		operands=(':setting') many=1
		;;
	setprofile)
		options='-h --help --version -r --recursive -p --pattern -f --from -n --dry-run --json'
		operands=(':profile' ':domain') many=1
		case $2 in
		-f | --from) value=':profile' takes=1 ;;
		esac
		;;
	sortpolicy)
		options='-h --help --version'
		operands=(':file') many=1
		;;
	status)
		options='-h --help --version -q --quiet --json --require'
		case $2 in
		--require) value='learning permissive enforcing' takes=1 ;;
		esac
		;;
	upgrade)
		options='-h --help --version --from --exceptions -n --dry-run -f --force --json'
		operands=('d e p m s :directory' ':file')
		case $2 in
		--from) value='1.7 1.8 1.8.5 2.2 2.3 2.4 2.5 2.6 auto' takes=1 ;;
		--exceptions) value=':file' takes=1 ;;
		esac
		;;
	esac
}

# The lines of a file of the kernel's interface that PATTERN (of sed) changes.
_tomoyo_box_kernel() { # FILE PATTERN
	local file=${TOMOYO_INTERFACE:-/sys/kernel/security/tomoyo}/$1
	[[ ! -r $file ]] || sed -nE "s$2p" "$file" 2>/dev/null
}

_tomoyo_box_offer() { # VALUES CURRENT: adds to COMPREPLY
	local one words='' line start quote pack
	for one in $1; do
		case $one in
		:file)
			compopt -o filenames 2>/dev/null
			while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -f -- "$2")
			;;
		:directory)
			compopt -o filenames 2>/dev/null
			while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -d -- "$2")
			;;
		:domain)
			# A domain's name holds blanks: within a quote as it is, without one in quotes of its own.
			quote='' start=${2#[\'\"]}
			[[ $start != "$2" ]] || quote=\'
			while IFS= read -r line; do
				[[ $line != "$start"* ]] || COMPREPLY+=("$quote$line$quote")
			done < <(_tomoyo_box_kernel domain_policy '/^(<.*)/\1/')
			;;
		:profile) words+=" $(_tomoyo_box_kernel profile '/^([0-9]+)-COMMENT=.*/\1/')" ;;
		:setting)
			compopt -o nospace 2>/dev/null
			words+=" $(_tomoyo_box_kernel profile '/^([0-9]+-[^=]*=).*/\1/')"
			;;
		:pack) # a list, of which the last one is not finished
			compopt -o nospace 2>/dev/null
			start=${2%"${2##*,}"}
			for pack in proc inode run temp mkstemp library uuid date spool overlay rotation home all; do words+=" $start$pack"; done
			;;
		*) words+=" $one" ;;
		esac
	done
	while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -W "$words" -- "$2")
}

_tomoyo_box_applet() { # APPLET INDEX: the word at COMP_CWORD, when the applet's own words begin at INDEX
	local options value takes operands many current=${COMP_WORDS[COMP_CWORD]}
	local at word wanted='' count=0 only_operands=''
	for ((at = $2; at < COMP_CWORD; at++)); do
		word=${COMP_WORDS[at]}
		if [[ -n $wanted ]]; then
			# bash makes three words of --format=rules.
			[[ $word == '=' ]] || wanted=''
		elif [[ -n $only_operands || $word != -?* ]]; then
			((++count))
		elif [[ $word == -- ]]; then
			only_operands=1
		else
			# Of letters together only the last one can want the next word.
			[[ $word == --* ]] || word=-${word: -1}
			_tomoyo_box_describe "$1" "$word"
			[[ -z $takes ]] || wanted=${value:- }
		fi
	done
	_tomoyo_box_describe "$1" ''
	if [[ -n $wanted ]]; then
		_tomoyo_box_offer "$wanted" "${current#=}"
	elif [[ $current == -* && -z $only_operands ]]; then
		_tomoyo_box_offer "$options" "$current"
	elif ((count < ${#operands[@]})); then
		_tomoyo_box_offer "${operands[count]}" "$current"
	elif [[ -n $many ]]; then
		_tomoyo_box_offer "${operands[-1]}" "$current"
	fi
}

_tomoyo_box() {
	local applet=${COMP_WORDS[0]##*/}
	COMPREPLY=()
	if [[ $applet != tomoyo-box ]]; then
		applet=${applet#tomoyo-}
		_tomoyo_box_applet "${applet//_/-}" 1
	elif ((COMP_CWORD == 1)); then
		_tomoyo_box_offer 'audit-exec-param checkpolicy convert-audit-log convert-exec-param diffpolicy domainmatch findtemp init init-policy loadpolicy patternize pstree savepolicy selectpolicy setlevel setprofile sortpolicy status upgrade help --install --list --list-full -h --help --version' "${COMP_WORDS[1]}"
	else
		case ${COMP_WORDS[1]} in
		help) ((COMP_CWORD > 2)) || _tomoyo_box_offer 'audit-exec-param checkpolicy convert-audit-log convert-exec-param diffpolicy domainmatch findtemp init init-policy loadpolicy patternize pstree savepolicy selectpolicy setlevel setprofile sortpolicy status upgrade compat environment exit-status files managers conditions groups patterns policy profiles transitions' "${COMP_WORDS[2]}" ;;
		--install) _tomoyo_box_offer '-s -f :directory' "${COMP_WORDS[COMP_CWORD]}" ;;
		*) _tomoyo_box_applet "${COMP_WORDS[1]}" 2 ;;
		esac
	fi
}

complete -F _tomoyo_box tomoyo-box audit-exec-param tomoyo-checkpolicy convert-audit-log convert-exec-param tomoyo-diffpolicy tomoyo-domainmatch tomoyo-findtemp tomoyo-init init_policy tomoyo-init-policy tomoyo-loadpolicy tomoyo-patternize tomoyo-pstree tomoyo-savepolicy tomoyo-selectpolicy tomoyo-setlevel tomoyo-setprofile tomoyo-sortpolicy tomoyo-status tomoyo-upgrade
