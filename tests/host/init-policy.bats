#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# init-policy: the first policy and configuration, for this system and for roots that are being built.

bats_require_minimum_version 1.5.0
bats_load_library bats-support
bats_load_library bats-assert

setup() {
    cd "$BATS_TEST_TMPDIR" || return
    box=$(realpath "${TOMOYO_BOX:-$BATS_TEST_DIRNAME/../../build/tomoyo-box}")
    ln -s "$box" init_policy
    umask 022
    unset TOMOYO_BOX_COMPAT
    new_root root
    etc=root/etc/tomoyo
}

teardown() {
    chmod -R u+rwx "$BATS_TEST_TMPDIR"
}

# program PATH...: makes executable files with all directories on their way.
program() {
    local path
    for path in "$@"; do
        mkdir -p "${path%/*}"
        printf '#!/bin/sh\n' >"$path"
        chmod 755 "$path"
    done
}

# new_root DIR: the smallest root there is, with the five tools.
new_root() {
    program "$1"/sbin/init
    program "$1"/usr/sbin/tomoyo-{loadpolicy,editpolicy,setlevel,setprofile,queryd}
}

# new_linked_root DIR: the same, but the tools are links to one program.
new_linked_root() {
    local tool
    new_root "$1"
    program "$1/usr/sbin/tomoyo-box"
    for tool in loadpolicy editpolicy setlevel setprofile queryd; do
        ln -sf tomoyo-box "$1/usr/sbin/tomoyo-$tool"
    done
}

init_policy() {
    ./init_policy --root=root "$@"
}

first_run='Creating policy directory... OK
Creating configuration directory... OK
Creating exception policy... OK.
Creating domain policy... OK.
Creating manager policy... OK.
Creating default profile... OK.
Creating stat policy... OK.
Creating configuration file for tomoyo-editpolicy ... OK.
Creating configuration file for tomoyo-auditd ... OK.
Creating configuration file for tomoyo-patternize ... OK.
Creating configuration file for tomoyo-notifyd ... OK.'

minimal_policy='acl_group 0 file read proc:/meminfo
acl_group 0 file read proc:/sys/kernel/version
acl_group 0 file read proc:/self/\*
acl_group 0 file read proc:/self/\{\*\}/\*
path_group ANY_PATHNAME /
path_group ANY_PATHNAME /\*
path_group ANY_PATHNAME /\{\*\}/
path_group ANY_PATHNAME /\{\*\}/\*
path_group ANY_PATHNAME \*:/
path_group ANY_PATHNAME \*:/\*
path_group ANY_PATHNAME \*:/\{\*\}/
path_group ANY_PATHNAME \*:/\{\*\}/\*
path_group ANY_PATHNAME \*:[\$]
path_group ANY_DIRECTORY /
path_group ANY_DIRECTORY /\{\*\}/
path_group ANY_DIRECTORY \*:/
path_group ANY_DIRECTORY \*:/\{\*\}/
number_group COMMON_IOCTL_CMDS 0x5401
acl_group 0 file ioctl @ANY_PATHNAME @COMMON_IOCTL_CMDS
acl_group 0 file read @ANY_DIRECTORY
acl_group 0 file getattr @ANY_PATHNAME
acl_group 0 misc env \*
initialize_domain /sbin/init from any
aggregator proc:/self/exe /proc/self/exe
aggregator proc:/self/fd/\$ /proc/self/fd'

the_tools='/usr/sbin/tomoyo-loadpolicy
/usr/sbin/tomoyo-editpolicy
/usr/sbin/tomoyo-setlevel
/usr/sbin/tomoyo-setprofile
/usr/sbin/tomoyo-queryd'

profiles() {
    local number=0 mode
    echo PROFILE_VERSION=20150505
    for mode in Disabled Learning Permissive Enforcing; do
        echo "$number-COMMENT=-----$mode Mode-----"
        echo "$number-PREFERENCE={ max_audit_log=1024 max_learning_entry=2048 }"
        echo "$number-CONFIG={ mode=${mode,,} grant_log=no reject_log=yes }"
        number=$((number + 1))
    done
}

@test "U-103 init-policy: first run reports every item on stderr" {
    run --separate-stderr init_policy
    assert_success
    assert_output ''
    # shellcheck disable=SC2154 # run sets it
    assert_equal "$stderr" "$first_run"
}

@test "U-104 init-policy: second run is silent and changes nothing" {
    init_policy
    before=$(cd "$etc" && find . | sort && cat ./*.conf tools/*)
    run init_policy use_profile=1 use_group=7
    assert_success
    assert_output ''
    assert_equal "$(cd "$etc" && find . | sort && cat ./*.conf tools/*)" "$before"
}

@test "U-105 init-policy: directories are root's alone, tools' files are not, links name the snapshot" {
    umask 077
    init_policy
    stamp=$(readlink "$etc/policy/current")
    [[ $stamp =~ ^[0-9]{2}-[0-9]{2}-[0-9]{2}\.[0-9]{2}:[0-9]{2}:[0-9]{2}$ ]]
    assert_equal "$(readlink "$etc/policy/previous")" "$stamp"
    run stat -c %a "$etc" "$etc/policy" "$etc/policy/$stamp" "$etc/tools"
    assert_output $'700\n700\n700\n700'
    run stat -c '%a %n' "$etc"/tools/*
    assert_output "644 $etc/tools/auditd.conf
644 $etc/tools/editpolicy.conf
644 $etc/tools/notifyd.conf
644 $etc/tools/patternize.conf"
    assert_equal "$(stat -c %a "$etc/stat.conf")" 600
}

@test "U-106 init-policy: four links lead into the current snapshot" {
    init_policy
    for name in domain_policy exception_policy manager profile; do
        assert_equal "$(readlink "$etc/$name.conf")" "policy/current/$name.conf"
        [ -f "$etc/$name.conf" ]
    done
}

@test "U-107 init-policy: profile.conf is the known one to the byte" {
    init_policy
    diff <(profiles) "$etc/profile.conf"
    assert_equal "$(stat -Lc %s "$etc/profile.conf")" 627
}

@test "U-108 init-policy: domain_policy.conf has <kernel> with profile 0 and group 0" {
    init_policy
    assert_equal "$(cat "$etc/domain_policy.conf")" $'<kernel>\nuse_profile 0\nuse_group 0'
    assert_equal "$(stat -Lc %s "$etc/domain_policy.conf")" 35
}

@test "U-109 init-policy: stat.conf is the known one to the byte" {
    init_policy
    assert_equal "$(cat "$etc/stat.conf")" "\
# Memory quota (byte). 0 means no quota.
Memory used by policy:               0
Memory used by audit log:     16777216
Memory used by query message:  1048576"
    assert_equal "$(stat -c %s "$etc/stat.conf")" 158
}

@test "U-110 init-policy: manager.conf lists the five tools under the real path of /usr/sbin" {
    init_policy
    assert_equal "$(cat "$etc/manager.conf")" "$the_tools"
    rm -r "$etc"
    mv root/usr/sbin root/usr/bin
    ln -s bin root/usr/sbin
    init_policy
    assert_equal "$(cat "$etc/manager.conf")" "${the_tools//sbin/bin}"
}

@test "U-111 init-policy: file-only-profile restricts files only, full-profile takes it back" {
    init_policy file-only-profile
    diff <(profiles | sed 's/-CONFIG=/-CONFIG::file=/') "$etc/profile.conf"
    rm -r "$etc"
    init_policy file-only-profile full-profile
    diff <(profiles) "$etc/profile.conf"
}

@test "U-112 init-policy: profile and groups of <kernel> are settable, groups in ascending order" {
    init_policy use_profile=1 use_group=5 use_group=1
    assert_equal "$(cat "$etc/domain_policy.conf")" $'<kernel>\nuse_profile 1\nuse_group 1\nuse_group 5'
}

@test "U-113 init-policy --compat: use_profile=300 becomes 44" {
    ./init_policy --compat --root=root use_profile=300 use_group=-1
    assert_equal "$(cat "$etc/domain_policy.conf")" $'<kernel>\nuse_profile 44\nuse_group 255'
}

@test "U-114 init-policy: log settings and limits appear in every profile" {
    init_policy grant_log=yes reject_log=no max_audit_log=7 max_learning_entry=9
    diff <(profiles | sed 's/1024/7/; s/2048/9/; s/grant_log=no/grant_log=yes/; s/reject_log=yes/reject_log=no/') \
        "$etc/profile.conf"
}

@test "U-115 init-policy: options mean the same with and without dashes, with - and with _" {
    for option in use_profile=2 --use_profile=2 --use-profile=2 '--use-profile 2'; do
        # shellcheck disable=SC2086 # two words are wanted
        init_policy $option
        assert_equal "$(sed -n 2p "$etc/domain_policy.conf")" 'use_profile 2'
        rm -r "$etc"
    done
    init_policy --file-only-profile
    run grep -c 'CONFIG::file' "$etc/profile.conf"
    assert_output 4
}

@test "U-116 init-policy: an unknown option or a bad limit stops it before anything is made" {
    for option in foo --foo '' =1 full-profile=1 use_profile max_audit_log=abc max_learning_entry=1x \
        max_audit_log=-1 max_audit_log=4294967296 max_audit_log=; do
        run --separate-stderr init_policy "$option"
        assert_failure 2
        assert_output ''
        [[ $stderr == "init_policy: Unknown option: '$option'; "* ]]
        [ ! -e "$etc" ]
    done
}

@test "U-116 init-policy --compat: unknown options, --help among them, end it with 1" {
    for option in foo --foo --help max_audit_log=abc; do
        run --separate-stderr ./init_policy --compat --root=root "$option"
        assert_failure 1
        assert_output ''
        assert_equal "$stderr" "Unknown option: '$option'"
        [ ! -e "$etc" ]
    done
}

@test "init-policy --help shows all options and examples" {
    run init_policy use_profile=1 --help
    assert_success
    assert_line --partial '--use-profile 0|1|2|3'
    assert_line --partial '--template auto|busybox|distribution'
    assert_line --partial 'init-policy --root=rootfs'
    [ ! -e "$etc" ]
}

@test "U-117 init-policy: a root that does not exist is an error" {
    for dir in /nonexist "$PWD/root/sbin/init" ''; do
        run ./init_policy --root="$dir"
        assert_failure 2
        assert_output "init_policy: Can't chroot to '$dir': there is no such directory"
        run ./init_policy --compat --root="$dir"
        assert_failure 1
        assert_output "Can't chroot to '$dir'"
    done
}

@test "U-118 init-policy: a relative policy_dir is an error, and nothing is made" {
    run init_policy policy_dir=some/where
    assert_failure 2
    assert_output "init_policy: policy_dir 'some/where' is not an absolute path"
    run ./init_policy --compat policy_dir=some/where
    assert_failure 1
    assert_output 'Creating policy directory... failed.'
    [ ! -e some ]
    [ ! -e root/some ]
}

@test "U-119 init-policy: the exception policy of a minimal root has exactly 25 lines, or 24 without init" {
    init_policy
    assert_equal "$(cat "$etc/exception_policy.conf")" "$minimal_policy"
    rm -r "$etc" root/sbin/init
    init_policy
    assert_equal "$(cat "$etc/exception_policy.conf")" "$(grep -v '/sbin/init' <<<"$minimal_policy")"
    for template in busybox distribution; do
        rm -r "$etc"
        init_policy --template=$template
        assert_equal "$(wc -l <"$etc/exception_policy.conf")" 24
    done
}

@test "U-120 init-policy: a rerun makes exactly the files that are missing" {
    init_policy
    rm "$etc/stat.conf" "$etc/tools/auditd.conf"
    run init_policy
    assert_success
    assert_output "\
Creating stat policy... OK.
Creating configuration file for tomoyo-auditd ... OK."

    rm "$etc/policy/current/manager.conf" "$etc/profile.conf"
    run init_policy
    assert_success
    assert_output "\
Creating manager policy... OK.
Creating default profile... OK."
    assert_equal "$(find "$etc/policy" -mindepth 1 -maxdepth 1 -type d | wc -l)" 1
    assert_equal "$(cat "$etc/manager.conf")" "$the_tools"
    [ -L "$etc/profile.conf" ]

    rm "$etc/policy/current"
    run init_policy
    assert_success
    assert_line 'Creating policy directory... OK'
    [ -f "$etc/domain_policy.conf" ]
}

@test "U-121 init-policy: an existing file is never modified" {
    mkdir -p "$etc/tools"
    for file in domain_policy exception_policy manager profile stat tools/auditd tools/editpolicy tools/notifyd \
        tools/patternize; do
        echo mine >"$etc/$file.conf"
    done
    run init_policy
    assert_success
    assert_output ''
    assert_equal "$(cat "$etc"/*.conf "$etc"/tools/*.conf | sort | uniq -c | tr -s ' ')" ' 9 mine'
    assert_equal "$(find "$etc" -newer root/sbin/init -name '*.tmp')" ''
}

@test "U-122 init-policy: names below /proc are proc:/ names" {
    mkdir -p root/proc root/etc
    ln -s /proc/meminfo root/etc/localtime
    touch root/proc/meminfo
    init_policy
    run grep /proc "$etc/exception_policy.conf"
    assert_output 'aggregator proc:/self/exe /proc/self/exe
aggregator proc:/self/fd/\$ /proc/self/fd'
    run grep -c 'file read proc:/meminfo' "$etc/exception_policy.conf"
    assert_output 1
}

@test "U-254 init-policy: a profile that is not generated is an error, and nothing is made" {
    for number in 4 300 -1 1x '' 0x1; do
        run init_policy use_profile="$number"
        assert_failure 2
        assert_output "init_policy: '$number' in 'use_profile=$number' is not a number from 0 to 3"
        [ ! -e "$etc" ]
    done
}

@test "init-policy: wrong groups, words and directories are errors, and nothing is made" {
    for option in use_group=256 use_group=x grant_log=maybe reject_log= template=debian manager=all \
        tools-dir=sbin; do
        run init_policy $option
        assert_failure 2
        assert_output --partial "${option#*=}"
        [ ! -e "$etc" ]
    done
}

@test "init-policy: a profile that an older profile.conf lacks is an error, and nothing is made" {
    mkdir -p "$etc"
    echo '0-CONFIG={ mode=disabled }' >"$etc/profile.conf"
    run init_policy use_profile=1
    assert_failure 2
    assert_line --partial 'profile.conf does not define profile 1; '
    [ ! -e "$etc/policy" ]
    [ ! -e "$etc/stat.conf" ]
    init_policy
    assert_equal "$(sed -n 2p "$etc/domain_policy.conf")" 'use_profile 0'
}

@test "init-policy warns of a policy that does not boot: an enforcing one, or old files beside new ones" {
    run init_policy use_profile=3
    assert_success
    assert_line --partial 'may execute nothing: no init could start; the next boot with this policy fails'
    rm -r "$etc"
    mkdir -p "$etc"
    printf 'PROFILE_VERSION=20100903\n0-CONFIG={ mode=disabled }\n' >"$etc/profile.conf"
    run init_policy
    assert_success
    assert_line --partial 'PROFILE_VERSION=20100903 is not supported by the kernel; the next boot'
}

@test "init-policy: after a failed write no policy is there, and the next run makes it" {
    run bash -c "trap '' XFSZ; ulimit -f 0; ./init_policy --root=root"
    assert_failure 2
    assert_line 'Creating exception policy... failed.'
    assert_line --partial 'exception_policy.conf: File too large'
    assert_equal "$(find "$etc/policy" -mindepth 1)" ''
    run init_policy
    assert_success
    assert_line 'Creating exception policy... OK.'
    refute_line --partial 'failed'
    assert_equal "$(find "$etc" -name '*.tmp')" ''
}

@test "init-policy: a directory that cannot be made is reported" {
    mkdir root/etc
    touch "$etc"
    run init_policy
    assert_failure 2
    assert_output --partial 'a part of it is no directory'
    run ./init_policy --compat --root=root
    assert_failure 1
    assert_output 'Creating policy directory... failed.'
}

@test "init-policy: links in a foreign root never lead out of it" {
    mkdir -p root/data host
    ln -s /data root/etc
    ln -s ../../../../../../../data/tomoyo-real root/data/tomoyo
    ln -s "$PWD/host" root/opt
    init_policy
    [ -f root/data/tomoyo-real/policy/current/profile.conf ]
    init_policy policy_dir=/opt/policy
    [ -f "root$PWD/host/policy/stat.conf" ]
    assert_equal "$(ls host)" ''
}

@test "init-policy: a circle of links in a foreign root is an error, not a hang" {
    ln -s a root/b
    ln -s b root/a
    run init_policy policy_dir=/a/tomoyo
    assert_failure 2
    assert_output --partial 'its links run in a circle'
}

@test "init-policy: nothing of the host gets into the policy of a foreign root" {
    program root/bin/other
    init_policy
    run grep -oE ' /[a-z]+/[^ ]*' "$etc/exception_policy.conf"
    assert_output $' /sbin/init\n /proc/self/exe\n /proc/self/fd'
}

@test "init-policy: D-15 without any tool in the root the usual place is written, and said so" {
    rm -r root/usr
    run init_policy
    assert_success
    assert_line --partial 'no TOMOYO tool found in root/; manager.conf names the tools in /usr/sbin'
    assert_equal "$(cat "$etc/manager.conf")" "$the_tools"
    rm -r "$etc"
    run init_policy tools-dir=/opt/tomoyo
    assert_line --partial 'manager.conf names the tools in /opt/tomoyo'
    assert_equal "$(cat "$etc/manager.conf")" "${the_tools//\/usr\/sbin//opt/tomoyo}"
}

@test "init-policy finds the tools in other places" {
    mkdir root/usr/local
    mv root/usr/sbin root/usr/local
    init_policy
    assert_equal "$(cat "$etc/manager.conf")" "${the_tools//usr/usr/local}"
    local place
    for place in usr/lib/tomoyo usr/lib64/tomoyo; do
        rm -r root
        new_root root
        mkdir -p "root/${place%/*}"
        mv root/usr/sbin "root/$place"
        rm -rf "$etc"
        run init_policy
        refute_line --partial 'no TOMOYO tool found'
        assert_equal "$(cat "$etc/manager.conf")" "${the_tools//usr\/sbin/$place}"
    done
}

@test "init-policy: applets behind symbolic links are managers by their domains" {
    new_linked_root root
    init_policy
    assert_equal "$(cat "$etc/manager.conf")" "<kernel> ${the_tools//$'\n'/$'\n<kernel> '}"
    run grep tomoyo "$etc/exception_policy.conf"
    assert_output "initialize_domain ${the_tools//$'\n'/ from any$'\n'initialize_domain } from any"
}

@test "init-policy: managers by domain are not used where the exception policy lacks their rules" {
    new_linked_root root
    mkdir -p "$etc"
    echo 'initialize_domain /sbin/init from any' >"$etc/exception_policy.conf"
    init_policy
    assert_equal "$(cat "$etc/manager.conf")" /usr/sbin/tomoyo-box
    rm -r "$etc"
    init_policy
    rm "$etc/policy/current/manager.conf"
    init_policy
    assert_equal "$(head -n 1 "$etc/manager.conf")" '<kernel> /usr/sbin/tomoyo-loadpolicy'
}

@test "init-policy: hard links to one program are managers by their paths" {
    program root/usr/sbin/tomoyo-box
    for tool in $the_tools; do
        ln -f root/usr/sbin/tomoyo-box "root$tool"
    done
    init_policy
    assert_equal "$(cat "$etc/manager.conf")" "$the_tools"
    run grep tomoyo "$etc/exception_policy.conf"
    assert_failure
}

@test "init-policy: a link to a tool of the same name is registered by its real path" {
    mkdir -p root/opt/sbin
    mv root/usr/sbin/* root/opt/sbin
    ln -s /opt/sbin/tomoyo-{loadpolicy,editpolicy,setlevel,setprofile,queryd} root/usr/sbin
    init_policy
    assert_equal "$(cat "$etc/manager.conf")" "${the_tools//usr/opt}"
}

@test "init-policy --manager chooses the style of manager.conf" {
    new_linked_root root
    init_policy manager=box
    assert_equal "$(cat "$etc/manager.conf")" /usr/sbin/tomoyo-box
    run grep tomoyo "$etc/exception_policy.conf"
    assert_failure
    rm -r "$etc"
    init_policy --manager=paths
    assert_equal "$(cat "$etc/manager.conf")" "$the_tools"
    rm -r "$etc"
    new_root root
    init_policy --manager domains
    assert_equal "$(head -n 1 "$etc/manager.conf")" '<kernel> /usr/sbin/tomoyo-loadpolicy'
}

@test "init-policy: a BusyBox root gets a domain for each applet that init scripts start" {
    program root/bin/busybox root/etc/init.d/{rcS,S01syslogd,S40network} root/etc/rc.local
    touch root/etc/init.d/README
    ln -sf ../bin/busybox root/sbin/init
    for applet in bin/sh sbin/{syslogd,klogd,udhcpc} usr/sbin/{udhcpd,httpd,telnetd,crond,inetd}; do
        ln -s /bin/busybox "root/$applet"
    done
    init_policy
    run grep ^initialize_domain "$etc/exception_policy.conf"
    assert_output "\
initialize_domain /etc/init.d/S01syslogd from any
initialize_domain /etc/init.d/S40network from any
initialize_domain /etc/init.d/rcS from any
initialize_domain /etc/rc.local from any
initialize_domain /sbin/init from any
initialize_domain /sbin/klogd from any
initialize_domain /sbin/syslogd from any
initialize_domain /sbin/udhcpc from any
initialize_domain /usr/sbin/crond from any
initialize_domain /usr/sbin/httpd from any
initialize_domain /usr/sbin/inetd from any
initialize_domain /usr/sbin/udhcpd from any
initialize_domain /usr/sbin/telnetd from any"

    rm -r "$etc"
    init_policy template=distribution
    run grep telnetd "$etc/exception_policy.conf"
    assert_failure
}

@test "init-policy: the libraries of a musl root may be read" {
    mkdir -p root/lib root/usr/lib
    touch root/lib/ld-musl-aarch64.so.1
    ln -s ld-musl-aarch64.so.1 root/lib/libc.musl-aarch64.so.1
    init_policy
    run grep /lib "$etc/exception_policy.conf"
    assert_output "\
acl_group 0 file read /lib/lib\*.so\*
acl_group 0 file read /usr/lib/lib\*.so\*
acl_group 0 file read /lib/ld-musl-aarch64.so.1"
}

# distribution: turns root into a distribution with merged /usr.
distribution() {
    local level
    program root/usr/sbin/{ldconfig,sshd,modprobe} root/usr/bin/dbus-daemon root/usr/lib/systemd/systemd \
        root/usr/lib/systemd/systemd-{journald,executor} root/etc/init.d/{dbus,my\ script}
    rm -r root/sbin
    ln -s usr/sbin root/sbin
    ln -s usr/bin root/bin
    ln -s usr/lib root/lib
    ln -s ../lib/systemd/systemd root/usr/sbin/init
    mkdir -p root/usr/lib/aarch64-linux-gnu root/usr/share/zoneinfo root/etc/rc{0,1,3}.d
    touch root/usr/lib/aarch64-linux-gnu/{ld-linux-aarch64.so.1,libc.so.6} root/usr/share/zoneinfo/UTC
    ln -s ld-linux-aarch64.so.1 root/usr/lib/ld-linux-aarch64.so.1
    ln -sf aarch64-linux-gnu/ld-linux-aarch64.so.1 root/usr/lib/ld-linux-aarch64.so.1
    ln -s /usr/share/zoneinfo/UTC root/etc/localtime
    for level in 0 1 3; do
        ln -s ../init.d/dbus "root/etc/rc$level.d/S01dbus"
    done
    ln -s ../init.d/dbus root/etc/rc1.d/K02only-in-one
    ln -s ../init.d/nothing root/etc/rc1.d/S03dangling
    ln -s ../init.d/dbus root/etc/rc1.d/README
}

@test "init-policy: names of environment variables are granted to all, or learned with learn-env" {
    local option
    for option in learn-env --learn-env --learn_env; do
        rm -rf "$etc"
        init_policy "$option"
        assert_equal "$(grep -vxFf "$etc/exception_policy.conf" <<<"$minimal_policy")" 'acl_group 0 misc env \*'
    done
    run init_policy learn-env=yes
    assert_failure 2
    rm -rf "$etc"
    ./init_policy --compat --root=root
    run grep -e ' env ' -e 'proc:/self/fd' "$etc/exception_policy.conf"
    assert_failure
}

@test "init-policy: a distribution root with merged /usr gets every line once, under its real name" {
    distribution
    init_policy
    run grep -vxFf <(echo "$minimal_policy") "$etc/exception_policy.conf"
    assert_output "\
acl_group 0 file read /usr/share/zoneinfo/UTC
acl_group 0 file read /usr/lib/lib\*.so\*
acl_group 0 file read /usr/lib/aarch64-linux-gnu/lib\*.so\*
acl_group 0 file read /usr/lib/aarch64-linux-gnu/ld-linux-aarch64.so.1
initialize_domain /usr/sbin/modprobe from any
initialize_domain /etc/init.d/dbus from any
initialize_domain /etc/init.d/my\040script from any
initialize_domain /usr/sbin/init from any
initialize_domain /usr/sbin/sshd from any
initialize_domain /usr/bin/dbus-daemon from any
initialize_domain /usr/lib/systemd/systemd-journald from any
aggregator /etc/rc\?.d/\?\+\+dbus /etc/init.d/dbus
aggregator /etc/rc\?.d/\?\+\+only-in-one /etc/init.d/dbus
keep_domain /usr/lib/systemd/systemd from <kernel> /usr/sbin/init
keep_domain /usr/lib/systemd/systemd-executor from <kernel> /usr/sbin/init
keep_domain /usr/lib/systemd/systemd from <kernel> /usr/lib/systemd/systemd
keep_domain /usr/lib/systemd/systemd-executor from <kernel> /usr/lib/systemd/systemd"
    assert_equal "$(sort "$etc/exception_policy.conf" | uniq -d)" ''
}

# number N: prints N as four bytes, the lowest first.
number() {
    # shellcheck disable=SC2059 # the format is the text
    printf "\\x$(printf %02x $(($1 & 255)))\\x$(printf %02x $(($1 >> 8 & 255)))\\0\\0"
}

# library_cache PATH...: writes an ld.so.cache with these libraries.
library_cache() {
    local path offset=$((48 + 24 * $#))
    printf 'glibc-ld.so.cache1.1'
    number $#
    head -c 24 /dev/zero
    for path in "$@"; do
        number 1
        number $offset
        number $offset
        head -c 12 /dev/zero
        offset=$((offset + ${#path} + 1))
    done
    printf '%s\0' "$@"
}

@test "init-policy reads the libraries of a root from its ld.so.cache" {
    distribution
    mkdir -p root/opt/lib
    touch root/opt/lib/libown.so.1.2 root/usr/lib/ld-2.31.so
    ln -s libown.so.1.2 root/opt/lib/libown.so.1
    library_cache /opt/lib/libown.so.1 /lib/aarch64-linux-gnu/libc.so.6 /lib/ld-2.31.so /no/such.so >root/etc/ld.so.cache
    init_policy
    run grep 'file read /' "$etc/exception_policy.conf"
    assert_output "\
acl_group 0 file read /etc/ld.so.cache
acl_group 0 file read /usr/share/zoneinfo/UTC
acl_group 0 file read /usr/lib/lib\*.so\*
acl_group 0 file read /usr/lib/aarch64-linux-gnu/lib\*.so\*
acl_group 0 file read /opt/lib/libown.so.1.2
acl_group 0 file read /usr/lib/ld-2.\*.so
acl_group 0 file read /usr/lib/aarch64-linux-gnu/ld-linux-aarch64.so.1"
}

@test "init-policy survives a damaged ld.so.cache" {
    distribution
    for size in 0 10 20 47 48 60 72 100; do
        library_cache /opt/a.so /opt/b.so | head -c $size >root/etc/ld.so.cache
        init_policy
        rm -r "$etc"
    done
    head -c 100000 /dev/urandom | sed 's/^/glibc-ld.so.cache1.1/' >root/etc/ld.so.cache
    init_policy
}

@test "init-policy: an ordinary user can make the policy of a root that is his" {
    chmod 755 "$BATS_TEST_TMPDIR"
    if [ "$(id -u)" = 0 ]; then
        cp "$box" init_policy.own
        mv init_policy.own init_policy
        chown -R nobody root
        # The way to the temporary directory may be root's alone: enter it before giving up rights.
        run setpriv --reuid=65534 --clear-groups ./init_policy --root=root
    else
        run init_policy
    fi
    assert_success
    assert_output "$first_run"
    [ -f "$etc/profile.conf" ]
}

@test "init-policy: ten at once leave one complete policy" {
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        init_policy >/dev/null 2>&1 3>&- &
    done
    wait
    diff <(profiles) "$etc/profile.conf"
    for name in domain_policy exception_policy manager; do
        [ -s "$etc/$name.conf" ]
    done
}
