# SPDX-License-Identifier: GPL-2.0-only
# Completion for bash: applet names from --list, options from each applet's own --help.
# shellcheck shell=bash

_tomoyo_box_options() { # words that begin with '-' at the start of an option's line of the help page
    "$@" --help 2>/dev/null | sed -nE 's/^  (-[^ ]*).*/\1/p' | tr ',' '\n'
}

_tomoyo_box_domains() {
    local file=${TOMOYO_INTERFACE:-/sys/kernel/security/tomoyo}/domain_policy
    [[ -r $file ]] && grep '^<' "$file"
}

_tomoyo_box_operands() { # APPLET: what its operands may be
    case $1 in
    setprofile | selectpolicy)
        # A domain's name holds blanks: within a quote as it is, without one in quotes of its own.
        local domain quote='' start=${2#[\'\"]}
        [[ $start != "$2" ]] || quote=\'
        while read -r domain; do
            [[ $domain != "$start"* ]] || COMPREPLY+=("$quote$domain$quote")
        done < <(_tomoyo_box_domains)
        ;;
    domainmatch) # a text, then files
        if ((COMP_CWORD > ${#command[@]})); then mapfile -t COMPREPLY < <(compgen -f -- "$2"); fi
        ;;
    savepolicy) mapfile -t COMPREPLY < <(compgen -d -- "$2") ;;
    setlevel) mapfile -t COMPREPLY < <(compgen -W '0-CONFIG= 1-CONFIG= 2-CONFIG= 3-CONFIG=' -- "$2") ;;
    *) mapfile -t COMPREPLY < <(compgen -f -- "$2") ;;
    esac
}

_tomoyo_box() {
    local current=${COMP_WORDS[COMP_CWORD]} command=(tomoyo-box) applet name=${COMP_WORDS[0]##*/}
    COMPREPLY=()
    if [[ $name == tomoyo-box ]]; then
        if ((COMP_CWORD == 1)); then
            mapfile -t COMPREPLY < <(compgen -W "help --list --list-full --install --help --version $(tomoyo-box --list 2>/dev/null)" -- "$current")
            return
        fi
        applet=${COMP_WORDS[1]}
        if [[ $applet == help ]]; then
            mapfile -t COMPREPLY < <(compgen -W "compat environment exit-status files managers conditions groups patterns policy profiles transitions $(tomoyo-box --list 2>/dev/null)" -- "$current")
            return
        fi
        command=(tomoyo-box "$applet")
    else
        applet=${name#tomoyo-}
        command=("$name")
    fi
    if [[ $current == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$(_tomoyo_box_options "${command[@]}")" -- "$current")
    else
        _tomoyo_box_operands "$applet" "$current"
    fi
}

_tomoyo_box_register() {
    local applet names=(tomoyo-box)
    for applet in $(tomoyo-box --list 2>/dev/null); do
        names+=("tomoyo-$applet")
    done
    complete -F _tomoyo_box "${names[@]}"
}
_tomoyo_box_register
unset -f _tomoyo_box_register
