# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shells.bash: bash, zsh and fish as a user has them, to see what they offer for a line that is not finished. The variable
# completions is the folder with what is tested.
#
# bash and zsh run in a terminal (tmux); fish prints by itself what it would offer.

# Starts the shell in $PWD, and waits until it is ready.
# shellcheck disable=SC2154 # completions is the caller's
start_shell() { # bash|zsh|fish
	case $1 in
	bash)
		# One offer on a line; a question or a pager would wait for us.
		cat >rc.bash <<'END'
PS1='ready> '
bind 'set show-all-if-ambiguous on' 'set completion-display-width 0' 2>/dev/null
bind 'set show-all-if-ambiguous on'
bind 'set completion-display-width 0'
bind 'set completion-query-items 0'
bind 'set page-completions off'
bind 'set bell-style none'
END
		echo "source '$completions/tomoyo-box.bash'" >>rc.bash
		start_terminal bash --noprofile --rcfile rc.bash -i
		;;
	zsh)
		cat >.zshrc <<'END'
PS1='ready> '
unsetopt beep menu_complete auto_menu list_ambiguous
LISTMAX=10000
zstyle ':completion:*' verbose no
zstyle ':completion:*' list-packed no
END
		echo "fpath=('$completions' \$fpath); autoload -U compinit; compinit -u -D" >>.zshrc
		ZDOTDIR=$PWD start_terminal zsh -d -i
		;;
	fish) ;;
	esac
}

start_terminal() { # COMMAND...: waits for its prompt
	tmux -S "$PWD/tmux" -f /dev/null new-session -d -x 160 -y 100 "$@"
	wait_for_screen 'ready> *$'
}

end_terminal() {
	[ ! -S "$PWD/tmux" ] || tmux -S "$PWD/tmux" kill-server
}

screen() {
	tmux -S "$PWD/tmux" capture-pane -p -t :
}

# Waits until the screen has a line like PATTERN and has stopped changing; for a minute, if need be.
wait_for_screen() { # PATTERN
	local before='' now='' end=$((SECONDS + 60))
	while ((SECONDS < end)); do
		now=$(screen)
		if [[ $now == "$before" ]] && grep -qE -- "$1" <<<"$now"; then return 0; fi
		before=$now
		sleep 0.1
	done
	echo "no line like '$1' on the screen:"
	screen
	return 1
}

# Types LINE and a tab, and waits for a line like PATTERN.
type_tab() { # LINE PATTERN
	tmux -S "$PWD/tmux" send-keys -t : -l -- "$1"
	wait_for_screen "ready> "
	tmux -S "$PWD/tmux" send-keys -t : Tab
	wait_for_screen "$2"
}

# Clears line and screen.
start_over() {
	tmux -S "$PWD/tmux" send-keys -t : C-c
	tmux -S "$PWD/tmux" send-keys -t : C-l
	tmux -S "$PWD/tmux" clear-history -t :
	wait_for_screen '^ready> *$'
}

# Prints what SHELL offers behind LINE, one a line; waits for an offer like PATTERN, which must be among them.
offers() { # SHELL LINE PATTERN
	if [ "$1" = fish ]; then
		fish -N -c "source '$completions/tomoyo-box.fish'; complete -C \"\$argv[1]\"" "$2" | cut -f 1
	else
		type_tab "$2" "(^|  )$3( |\$)" || return
		screen | sed '/ready> /d; /^$/d; s/  \+/\n/g' | sed 's/ *$//'
		start_over
	fi
}
