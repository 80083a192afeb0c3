# SPDX-License-Identifier: GPL-2.0-only
# Completion for fish. Made by completions/generate.sh, from what the applets say of their options; not to be edited.

# The lines of a file of the kernel's interface that PATTERN (of sed) changes.
function __tomoyo_box_kernel -a file pattern
    set -l folder /sys/kernel/security/tomoyo
    set -q TOMOYO_INTERFACE; and set folder $TOMOYO_INTERFACE
    sed -nE "s$pattern"p $folder/$file 2>/dev/null
end

function __tomoyo_box_domains
    __tomoyo_box_kernel domain_policy '/^(<.*)/\1/'
end

function __tomoyo_box_profiles
    __tomoyo_box_kernel profile '/^([0-9]+)-COMMENT=(.*)/\1\t\2/'
end

function __tomoyo_box_settings
    __tomoyo_box_kernel profile '/^([0-9]+-[^=]*=).*/\1/'
end

function __tomoyo_box_packs
    __fish_append , proc inode run temp mkstemp library uuid date spool overlay rotation home all
end

function __tomoyo_box_is_first
    test (count (commandline -opc)) -eq 1
end

function __tomoyo_box_runs -a applet
    set -l words (commandline -opc)
    test (count $words) -ge 2; and test "$words[2]" = $applet
end

# Prints how many operands there are already; the arguments are the options that take the next word.
function __tomoyo_box_operands
    set -l words (commandline -opc)
    set -l first 2
    string match -qr '(^|/)tomoyo-box$' -- $words[1]; and set first 3
    set -l count 0
    set -l takes
    set -l only_operands
    for word in $words[$first..-1]
        if set -q takes[1]
            set takes
        else if set -q only_operands[1]; or not string match -qr '^-.' -- $word
            set count (math $count + 1)
        else if test $word = --
            set only_operands 1
        else
            string match -q -- '--*' $word; or set word -(string sub -s -1 -- $word)
            contains -- $word $argv; and set takes 1
        end
    end
    echo $count
end

complete -e -c tomoyo-box
complete -c tomoyo-box -f
complete -c tomoyo-box -n __tomoyo_box_is_first -a 'help --install --list --list-full -h --help --version'
complete -c tomoyo-box -n '__tomoyo_box_runs help' -a 'audit-exec-param checkpolicy convert-audit-log convert-exec-param diffpolicy domainmatch findtemp init init-policy loadpolicy patternize pstree savepolicy selectpolicy setlevel setprofile sortpolicy status upgrade compat environment exit-status files managers conditions groups patterns policy profiles transitions'
complete -c tomoyo-box -n '__tomoyo_box_runs --install' -a '-s -f (__fish_complete_directories)'

function __tomoyo_box_applet_audit-exec-param -a command when
    complete -c $command -n $when -f
    complete -c $command -n $when -s h -l help -d 'show this help and exit'
    complete -c $command -n $when -l version -d 'show the version and exit'
end
complete -e -c audit-exec-param
__tomoyo_box_applet_audit-exec-param audit-exec-param true
__tomoyo_box_applet_audit-exec-param tomoyo-box '__tomoyo_box_runs audit-exec-param'
complete -c tomoyo-box -n __tomoyo_box_is_first -a audit-exec-param -d 'execute handler: log the arguments of a program and run it'

function __tomoyo_box_applet_checkpolicy -a command when
    complete -c $command -n $when -f
    complete -c $command -n $when -s h -l help -d 'show this help and exit'
    complete -c $command -n $when -l version -d 'show the version and exit'
    complete -c $command -n $when -l boot -d 'would the kernel start with this directory (/etc/tomoyo)? Files must not be missing'
    complete -c $command -n $when -l kernel -x -a '2.6 ours' -d '2.6: judge for mainline\'s TOMOYO; ours is the default'
    complete -c $command -n $when -l strict -d 'warn also of what is right but seldom meant'
    complete -c $command -n $when -l json -d 'an object with all problems, for programs'
    complete -c $command -n "$when; and test (__tomoyo_box_operands --kernel) -ge 0" -F -a 'd e p m s'
end
complete -e -c tomoyo-checkpolicy
__tomoyo_box_applet_checkpolicy tomoyo-checkpolicy true
__tomoyo_box_applet_checkpolicy tomoyo-box '__tomoyo_box_runs checkpolicy'
complete -c tomoyo-box -n __tomoyo_box_is_first -a checkpolicy -d 'say what is wrong in policy files, and what would be right'

function __tomoyo_box_applet_convert-audit-log -a command when
    complete -c $command -n $when -f
    complete -c $command -n $when -s h -l help -d 'show this help and exit'
    complete -c $command -n $when -l version -d 'show the version and exit'
    complete -c $command -n $when -l conditions -x -a 'none owner exec all' -d 'none (default); the users and groups of task and files; the program, its arguments and environment; or all of it, with the numbers of the process and the files'
    complete -c $command -n "$when; and test (__tomoyo_box_operands --conditions) -ge 0" -F
end
complete -e -c convert-audit-log
__tomoyo_box_applet_convert-audit-log convert-audit-log true
__tomoyo_box_applet_convert-audit-log tomoyo-box '__tomoyo_box_runs convert-audit-log'
complete -c tomoyo-box -n __tomoyo_box_is_first -a convert-audit-log -d 'turn requests in audit logs into policy'

function __tomoyo_box_applet_convert-exec-param -a command when
    complete -c $command -n $when -f
    complete -c $command -n $when -s h -l help -d 'show this help and exit'
    complete -c $command -n $when -l version -d 'show the version and exit'
    complete -c $command -n "$when; and test (__tomoyo_box_operands) -ge 0" -F
end
complete -e -c convert-exec-param
__tomoyo_box_applet_convert-exec-param convert-exec-param true
__tomoyo_box_applet_convert-exec-param tomoyo-box '__tomoyo_box_runs convert-exec-param'
complete -c tomoyo-box -n __tomoyo_box_is_first -a convert-exec-param -d 'turn audit logs into policy for these very arguments'

function __tomoyo_box_applet_diffpolicy -a command when
    complete -c $command -n $when -f
    complete -c $command -n $when -s h -l help -d 'show this help and exit'
    complete -c $command -n $when -l version -d 'show the version and exit'
    complete -c $command -n $when -s u -l unified -d 'for people: removed and added lines by domain, renamed domains'
    complete -c $command -n $when -l stat -d 'for people: how many lines changed in which domain'
    complete -c $command -n $when -l semantic -d 'as -u; tell which lines change nothing, as a wider line of the domain covers them'
    complete -c $command -n $when -l lost -d 'only what NEW grants no more; exits with 1 when there is any'
    complete -c $command -n $when -l domain -x -a '(__tomoyo_box_domains)' -d 'only this domain, or those that match the pattern'
    complete -c $command -n $when -l policy-dir -x -a '(__fish_complete_directories)' -d 'where snapshots are; default /etc/tomoyo'
    complete -c $command -n $when -l exceptions -r -F -d 'the exception policy, for --semantic and --lost: what groups hold'
    complete -c $command -n $when -l json -d 'an object, for programs; with or without --semantic'
    complete -c $command -n $when -l allow-empty -d 'OLD or NEW may hold no domain, even where the output can be loaded'
    complete -c $command -n $when -l color -x -a 'auto always never' -d 'colours; auto: on a terminal'
    complete -c $command -n "$when; and test (__tomoyo_box_operands --domain --policy-dir --exceptions --color) -eq 0" -F
    complete -c $command -n "$when; and test (__tomoyo_box_operands --domain --policy-dir --exceptions --color) -eq 1" -F
end
complete -e -c tomoyo-diffpolicy
__tomoyo_box_applet_diffpolicy tomoyo-diffpolicy true
__tomoyo_box_applet_diffpolicy tomoyo-box '__tomoyo_box_runs diffpolicy'
complete -c tomoyo-box -n __tomoyo_box_is_first -a diffpolicy -d 'compare two domain policies, for the kernel, people or programs'

function __tomoyo_box_applet_domainmatch -a command when
    complete -c $command -n $when -f
    complete -c $command -n $when -s h -l help -d 'show this help and exit'
    complete -c $command -n $when -l version -d 'show the version and exit'
    complete -c $command -n $when -s t -l text -d 'print the lines that contain STRING, even if it is an access'
    complete -c $command -n $when -s q -l quiet -d 'print nothing; the exit code says whether there is such a line'
    complete -c $command -n $when -l exceptions -r -F -d 'the exception policy, with the groups; default: of domain_policy.conf the exception_policy.conf beside it'
    complete -c $command -n "$when; and test (__tomoyo_box_operands --exceptions) -ge 1" -F
end
complete -e -c tomoyo-domainmatch
__tomoyo_box_applet_domainmatch tomoyo-domainmatch true
__tomoyo_box_applet_domainmatch tomoyo-box '__tomoyo_box_runs domainmatch'
complete -c tomoyo-box -n __tomoyo_box_is_first -a domainmatch -d 'say who may do something, or search domain policy for a text'

function __tomoyo_box_applet_findtemp -a command when
    complete -c $command -n $when -f
    complete -c $command -n $when -s h -l help -d 'show this help and exit'
    complete -c $command -n $when -l version -d 'show the version and exit'
    complete -c $command -n $when -l all -d 'a sorted list, each name once (default)'
    complete -c $command -n $when -l with-domainname -d 'the lines of policy with such names, below their domains'
    complete -c $command -n $when -l json -d 'the sorted list as an array of strings, for programs'
    complete -c $command -n $when -l root -x -a '(__fish_complete_directories)' -d 'look in the root file system in DIR'
    complete -c $command -n "$when; and test (__tomoyo_box_operands --root) -ge 0" -F
end
complete -e -c tomoyo-findtemp
__tomoyo_box_applet_findtemp tomoyo-findtemp true
__tomoyo_box_applet_findtemp tomoyo-box '__tomoyo_box_runs findtemp'
complete -c tomoyo-box -n __tomoyo_box_is_first -a findtemp -d 'list the names in policy that no file has'

function __tomoyo_box_applet_init -a command when
    complete -c $command -n $when -f
    complete -c $command -n $when -s h -l help -d 'show this help and exit'
    complete -c $command -n $when -l version -d 'show the version and exit'
    complete -c $command -n $when -s d -l directory -x -a '(__fish_complete_directories)' -d 'the policy\'s directory, instead of /etc/tomoyo'
end
complete -e -c tomoyo-init
__tomoyo_box_applet_init tomoyo-init true
__tomoyo_box_applet_init tomoyo-box '__tomoyo_box_runs init'
complete -c tomoyo-box -n __tomoyo_box_is_first -a init -d 'load the policy into the kernel at boot'

function __tomoyo_box_applet_init-policy -a command when
    complete -c $command -n $when -f
    complete -c $command -n $when -s h -l help -d 'show this help and exit'
    complete -c $command -n $when -l version -d 'show the version and exit'
    complete -c $command -n $when -l root -x -a '(__fish_complete_directories)' -d 'make the policy of the system in DIR (no chroot, nothing in DIR is run)'
    complete -c $command -n $when -l policy-dir -x -a '(__fish_complete_directories)' -d 'where to put the files; default /etc/tomoyo'
    complete -c $command -n $when -l template -x -a 'auto busybox distribution' -d 'what kind of system; auto (default): what the root looks like'
    complete -c $command -n $when -l use-profile -x -a '0 1 2 3' -d 'profile of <kernel>: 0 disabled (default), 1 learning, 2 permissive, 3 enforcing'
    complete -c $command -n $when -l use-group -x -d 'acl_group that <kernel> uses, 0..255; repeatable; default 0'
    complete -c $command -n $when -l file-only-profile -d 'profiles restrict access to files only'
    complete -c $command -n $when -l full-profile -d 'profiles restrict everything (default)'
    complete -c $command -n $when -l learn-env -d 'learn the names of environment variables; default: all are granted (acl_group 0)'
    complete -c $command -n $when -l grant-log -x -a 'yes no' -d 'log granted requests; default no'
    complete -c $command -n $when -l reject-log -x -a 'yes no' -d 'log rejected requests; default yes'
    complete -c $command -n $when -l max-audit-log -x -d 'audit logs kept in the kernel; default 1024'
    complete -c $command -n $when -l max-learning-entry -x -d 'entries learned per domain; default 2048'
    complete -c $command -n $when -l manager -x -a 'auto paths domains box' -d 'how manager.conf names the tools; default auto'
    complete -c $command -n $when -l tools-dir -x -a '(__fish_complete_directories)' -d 'where the tools are in the root; default: searched, else /usr/sbin'
end
complete -e -c init_policy
__tomoyo_box_applet_init-policy init_policy true
complete -e -c tomoyo-init-policy
__tomoyo_box_applet_init-policy tomoyo-init-policy true
__tomoyo_box_applet_init-policy tomoyo-box '__tomoyo_box_runs init-policy'
complete -c tomoyo-box -n __tomoyo_box_is_first -a init-policy -d 'make the first policy and configuration of a system'

function __tomoyo_box_applet_loadpolicy -a command when
    complete -c $command -n $when -f
    complete -c $command -n $when -s h -l help -d 'show this help and exit'
    complete -c $command -n $when -l version -d 'show the version and exit'
    complete -c $command -n $when -s d -l domain -d 'domain policy'
    complete -c $command -n $when -s e -l exception -d 'exception policy'
    complete -c $command -n $when -s p -l profile -d 'profiles'
    complete -c $command -n $when -s m -l manager -d 'managers'
    complete -c $command -n $when -s s -l stat -d 'memory quotas'
    complete -c $command -n $when -s f -l replace -d 'with -d or -e: load, then delete what the input does not hold'
    complete -c $command -n $when -l allow-empty -d 'with -f: even when the input holds no policy at all'
    complete -c $command -n $when -s n -l no-verify -d 'do not read back what the kernel has accepted'
    complete -c $command -n $when -s v -l verbose -d 'report every line that was not accepted, not only the first 20'
    complete -c $command -n $when -l json -d 'an object with all of them instead, for programs'
    complete -c $command -n "$when; and test (__tomoyo_box_operands) -ge 0" -F
end
complete -e -c tomoyo-loadpolicy
__tomoyo_box_applet_loadpolicy tomoyo-loadpolicy true
__tomoyo_box_applet_loadpolicy tomoyo-box '__tomoyo_box_runs loadpolicy'
complete -c tomoyo-box -n __tomoyo_box_is_first -a loadpolicy -d 'load policy into the kernel, and report what it did not accept'

function __tomoyo_box_applet_patternize -a command when
    complete -c $command -n $when -f
    complete -c $command -n $when -s h -l help -d 'show this help and exit'
    complete -c $command -n $when -l version -d 'show the version and exit'
    complete -c $command -n $when -s f -l file -r -F -d 'policy to read in place of standard input, \'-\'; may be repeated'
    complete -c $command -n $when -s p -l pack -x -a '(__tomoyo_box_packs)' -d 'rules that come with this program, separated by commas, or \'all\''
    complete -c $command -n $when -s l -l list-packs -d 'print the rules that come with this program, and exit'
    complete -c $command -n $when -s k -l keep -x -d 'names that no pattern may stand for; may be repeated'
    complete -c $command -n $when -s d -l diff -d 'print the lines that would change and what would become of them'
    complete -c $command -n $when -s u -l unique -d 'print each line once in its domain'
    complete -c $command -n $when -s s -l suggest -d 'look for groups of similar names, and propose a pattern for each'
    complete -c $command -n $when -l apply -d 'with --suggest: print the policy with all proposals in it'
    complete -c $command -n $when -s n -l support -x -d 'with --suggest: names that make a group (3)'
    complete -c $command -n $when -l format -x -a 'text json rules' -d 'with --suggest: how to print; rules are for a CONFIG'
    complete -c $command -n $when -l json -d 'the same as --format=json'
    complete -c $command -n $when -s v -l verbose -d 'say what was done, and every name that stays as it is'
    complete -c $command -n "$when; and test (__tomoyo_box_operands -f --file -p --pack -k --keep -n --support --format) -ge 0" -F
end
complete -e -c tomoyo-patternize
__tomoyo_box_applet_patternize tomoyo-patternize true
__tomoyo_box_applet_patternize tomoyo-box '__tomoyo_box_runs patternize'
complete -c tomoyo-box -n __tomoyo_box_is_first -a patternize -d 'put patterns in the place of names that differ from run to run'

function __tomoyo_box_applet_pstree -a command when
    complete -c $command -n $when -f
    complete -c $command -n $when -s h -l help -d 'show this help and exit'
    complete -c $command -n $when -l version -d 'show the version and exit'
    complete -c $command -n $when -s a -l all -d 'also kernel threads and processes that have ended (zombies)'
    complete -c $command -n $when -s m -l modes -d 'the mode of each profile in place of its number'
    complete -c $command -n $when -l json -d 'an array of objects in the order of the tree, for programs'
end
complete -e -c tomoyo-pstree
__tomoyo_box_applet_pstree tomoyo-pstree true
__tomoyo_box_applet_pstree tomoyo-box '__tomoyo_box_runs pstree'
complete -c tomoyo-box -n __tomoyo_box_is_first -a pstree -d 'show the processes as a tree, each with its domain and profile'

function __tomoyo_box_applet_savepolicy -a command when
    complete -c $command -n $when -f
    complete -c $command -n $when -s h -l help -d 'show this help and exit'
    complete -c $command -n $when -l version -d 'show the version and exit'
    complete -c $command -n $when -s e -d 'print the exception policy'
    complete -c $command -n $when -s d -d 'print the domain policy'
    complete -c $command -n $when -s p -d 'print the profiles'
    complete -c $command -n $when -s m -d 'print the managers'
    complete -c $command -n $when -s s -d 'print statistics and memory quotas'
    complete -c $command -n $when -l name -x -d 'save even without a change, and append .TAG to the snapshot\'s name'
    complete -c $command -n $when -l note -x -d 'save even without a change, with a line about it'
    complete -c $command -n $when -l list -d 'show the snapshots: domains, entries, name and note of each'
    complete -c $command -n $when -l restore -x -d 'make an old snapshot the one that the next boot loads: by name, stamp, \'previous\''
    complete -c $command -n $when -l keep -x -d 'remove the oldest snapshots, except current and previous, until N are left'
    complete -c $command -n $when -l always -d 'save even without a change'
    complete -c $command -n $when -l quota -d 'save the memory quotas too, in DIR/stat.conf'
    complete -c $command -n $when -s v -l verbose -d 'say what was saved and removed'
    complete -c $command -n $when -l json -d 'the same for programs'
    complete -c $command -n "$when; and test (__tomoyo_box_operands --name --note --restore --keep) -eq 0" -a '(__fish_complete_directories)'
end
complete -e -c tomoyo-savepolicy
__tomoyo_box_applet_savepolicy tomoyo-savepolicy true
__tomoyo_box_applet_savepolicy tomoyo-box '__tomoyo_box_runs savepolicy'
complete -c tomoyo-box -n __tomoyo_box_is_first -a savepolicy -d 'save the kernel\'s policy, or print it'

function __tomoyo_box_applet_selectpolicy -a command when
    complete -c $command -n $when -f
    complete -c $command -n $when -s h -l help -d 'show this help and exit'
    complete -c $command -n $when -l version -d 'show the version and exit'
    complete -c $command -n $when -s r -l recursive -d 'also all domains below the named ones'
    complete -c $command -n $when -s p -l pattern -d 'DOMAIN is a pattern of the policy language, for whole names or their last words'
    complete -c $command -n $when -s f -l file -r -F -d 'read FILE, not standard input; may be given again'
    complete -c $command -n $when -s s -l strict -d 'exit with 1 even when only one of several DOMAINs is missing'
    complete -c $command -n $when -l json -d 'an array of domains with their lines, for programs'
    complete -c $command -n "$when; and test (__tomoyo_box_operands -f --file) -ge 0" -a '(__tomoyo_box_domains)'
end
complete -e -c tomoyo-selectpolicy
__tomoyo_box_applet_selectpolicy tomoyo-selectpolicy true
__tomoyo_box_applet_selectpolicy tomoyo-box '__tomoyo_box_runs selectpolicy'
complete -c tomoyo-box -n __tomoyo_box_is_first -a selectpolicy -d 'print the part of a domain policy that is about some domains'

function __tomoyo_box_applet_setlevel -a command when
    complete -c $command -n $when -f
    complete -c $command -n $when -s h -l help -d 'show this help and exit'
    complete -c $command -n $when -l version -d 'show the version and exit'
    complete -c $command -n $when -l json -d 'an array of objects with name and value, for programs'
    complete -c $command -n "$when; and test (__tomoyo_box_operands) -ge 0" -a '(__tomoyo_box_settings)'
end
complete -e -c tomoyo-setlevel
__tomoyo_box_applet_setlevel tomoyo-setlevel true
__tomoyo_box_applet_setlevel tomoyo-box '__tomoyo_box_runs setlevel'
complete -c tomoyo-box -n __tomoyo_box_is_first -a setlevel -d 'show or change the profiles in the kernel'

function __tomoyo_box_applet_setprofile -a command when
    complete -c $command -n $when -f
    complete -c $command -n $when -s h -l help -d 'show this help and exit'
    complete -c $command -n $when -l version -d 'show the version and exit'
    complete -c $command -n $when -s r -l recursive -d 'also all domains below the named ones'
    complete -c $command -n $when -s p -l pattern -d 'DOMAIN is a pattern of the policy language, for whole names or their last words'
    complete -c $command -n $when -s f -l from -x -a '(__tomoyo_box_profiles)' -d 'only domains that have this profile now'
    complete -c $command -n $when -s n -l dry-run -d 'change nothing; print what matches and the profile it has'
    complete -c $command -n $when -l json -d 'an array of objects, for programs: domain, profile, mode'
    complete -c $command -n "$when; and test (__tomoyo_box_operands -f --from) -eq 0" -a '(__tomoyo_box_profiles)'
    complete -c $command -n "$when; and test (__tomoyo_box_operands -f --from) -ge 1" -a '(__tomoyo_box_domains)'
end
complete -e -c tomoyo-setprofile
__tomoyo_box_applet_setprofile tomoyo-setprofile true
__tomoyo_box_applet_setprofile tomoyo-box '__tomoyo_box_runs setprofile'
complete -c tomoyo-box -n __tomoyo_box_is_first -a setprofile -d 'give domains another profile'

function __tomoyo_box_applet_sortpolicy -a command when
    complete -c $command -n $when -f
    complete -c $command -n $when -s h -l help -d 'show this help and exit'
    complete -c $command -n $when -l version -d 'show the version and exit'
    complete -c $command -n "$when; and test (__tomoyo_box_operands) -ge 0" -F
end
complete -e -c tomoyo-sortpolicy
__tomoyo_box_applet_sortpolicy tomoyo-sortpolicy true
__tomoyo_box_applet_sortpolicy tomoyo-box '__tomoyo_box_runs sortpolicy'
complete -c tomoyo-box -n __tomoyo_box_is_first -a sortpolicy -d 'print domain policy sorted, each line once'

function __tomoyo_box_applet_status -a command when
    complete -c $command -n $when -f
    complete -c $command -n $when -s h -l help -d 'show this help and exit'
    complete -c $command -n $when -l version -d 'show the version and exit'
    complete -c $command -n $when -s q -l quiet -d 'print nothing; the exit status says it'
    complete -c $command -n $when -l json -d 'the report as one object, for programs'
    complete -c $command -n $when -l require -x -a 'learning permissive enforcing' -d 'exit with 0 only when a domain is in this mode as well'
end
complete -e -c tomoyo-status
__tomoyo_box_applet_status tomoyo-status true
__tomoyo_box_applet_status tomoyo-box '__tomoyo_box_runs status'
complete -c tomoyo-box -n __tomoyo_box_is_first -a status -d 'say whether TOMOYO protects this machine, and what to do next'

function __tomoyo_box_applet_upgrade -a command when
    complete -c $command -n $when -f
    complete -c $command -n $when -s h -l help -d 'show this help and exit'
    complete -c $command -n $when -l version -d 'show the version and exit'
    complete -c $command -n $when -l from -x -a '1.7 1.8 1.8.5 2.2 2.3 2.4 2.5 2.6 auto' -d 'who wrote the policy; auto (default): what the lines look like; 2.6: learned by mainline\'s kernel'
    complete -c $command -n $when -l exceptions -r -F -d 'for kind d: the old exception policy, whose deny_rewrite lines count'
    complete -c $command -n $when -s n -l dry-run -d 'only print what would be written'
    complete -c $command -n $when -s f -l force -d 'even when NEW_DIRECTORY has a policy, which becomes \'previous\''
    complete -c $command -n $when -l json -d 'print a report for programs'
    complete -c $command -n "$when; and test (__tomoyo_box_operands --from --exceptions) -eq 0" -a 'd e p m s (__fish_complete_directories)'
    complete -c $command -n "$when; and test (__tomoyo_box_operands --from --exceptions) -eq 1" -F
end
complete -e -c tomoyo-upgrade
__tomoyo_box_applet_upgrade tomoyo-upgrade true
__tomoyo_box_applet_upgrade tomoyo-box '__tomoyo_box_runs upgrade'
complete -c tomoyo-box -n __tomoyo_box_is_first -a upgrade -d 'turn policy of TOMOYO 1.8 and 2.2 to 2.5 into policy of 2.6'

