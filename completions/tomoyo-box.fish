# SPDX-License-Identifier: GPL-2.0-only
# Completion for fish: applet names from --list, options from each applet's own --help.

function __tomoyo_box_options
    $argv --help 2>/dev/null | sed -nE 's/^  (-[^ ]*).*/\1/p' | tr , '\n'
end

complete -c tomoyo-box -n __fish_use_subcommand -f -a '(tomoyo-box --list 2>/dev/null) help --list --list-full --install --help --version'
complete -c tomoyo-box -n '__fish_seen_subcommand_from help' -f -a '(tomoyo-box --list 2>/dev/null) compat environment exit-status files managers conditions groups patterns policy profiles transitions'
for applet in (tomoyo-box --list 2>/dev/null)
    complete -c tomoyo-box -n "__fish_seen_subcommand_from $applet" -a "(__tomoyo_box_options tomoyo-box $applet)"
    complete -c tomoyo-$applet -a "(__tomoyo_box_options tomoyo-$applet)"
end
