#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# The offline tools survive whatever they are fed: they end, by themselves, with one of their exit codes.

bats_require_minimum_version 1.5.0

setup_file()
{
    box=$(realpath "${TOMOYO_BOX:-$BATS_TEST_DIRNAME/../../build/tomoyo-box}")
    export box
    cd "$BATS_FILE_TMPDIR" || return 1
    # shellcheck source=../../tomoyo-box/toolchain/compilers.sh
    . "$BATS_TEST_DIRNAME/../../tomoyo-box/toolchain/compilers.sh"
    "$GCC" -O2 -Wall -Wextra -D_GNU_SOURCE -o mutate "$BATS_TEST_DIRNAME/mutate.c"

    awk -f "$BATS_TEST_DIRNAME/../vm/suite/data/make-policy.awk" -v domains=3 -v lines=25 >domains
    awk -f "$BATS_TEST_DIRNAME/../vm/suite/data/make-policy.awk" -v domains=4 -v lines=22 >changed
    cat >exceptions <<-'END'
		path_group HOMES /home/\*/
		number_group PORTS 1-1023
		address_group LAN 10.0.0.0-10.255.255.255
		acl_group 3 file read/write /etc/\*.conf path1.uid=task.uid
		initialize_domain /usr/sbin/httpd from any
		keep_domain any from <kernel> /bin/sh
		aggregator /usr/lib/\*\-x /usr/lib/x
		<other> no_reset_domain /bin/\{\*\}/sh from <other> /a
		deny_autobind 1-1023
	END
    cat >rules <<-'END'
		# rules of patternize
		domain.starts <kernel> /usr/sbin
		acl[2].equals read
		rewrite path_pattern /proc/\$/status.\*
		rewrite head_pattern /var/\*/
		acl.contains network inet
		rewrite address_pattern 10.0.0.0-10.255.255.255 @LAN
		rewrite number_pattern 1-1023 @PORTS
		rewrite tail_pattern /\*.conf /\*
	END
    cat >log <<-'END'
		#2026/01/02 03:04:05# profile=3 mode=enforcing granted=no (global-pid=107) task={ pid=107 ppid=1 uid=0 gid=0 euid=0 egid=0 suid=0 sgid=0 fsuid=0 fsgid=0 } path1={ uid=0 gid=0 ino=361 major=0 minor=2 perm=0755 type=file } path1.parent={ uid=0 gid=0 ino=42 perm=0755 } exec={ realpath="/bin/sh" argc=3 envc=2 argv[]={ "sh" "-c" "a\040b" } envp[]={ "A=1" ... } }
		<kernel> /usr/sbin/httpd
		file execute /bin/sh

		#2026/01/02 03:04:06# profile=1 mode=learning granted=yes (global-pid=2) task={ pid=2 } path1={ uid=0 } symlink.target="/x"
		<kernel> /usr/sbin/httpd
		file symlink /var/x

	END
}

setup()
{
    bats_load_library bats-support
    bats_load_library bats-assert
    # A tool of its own name in its own directory, so that files may be left behind.
    cd "$BATS_TEST_TMPDIR" || return 1
    cp "$BATS_FILE_TMPDIR"/{domains,changed,exceptions,rules,log} .
    for name in $("$box" --list-full); do ln -s "$box" "${name##*/}"; done
}

# survives COUNT TOOL [ARGUMENT]... <SAMPLE: COUNT runs; "@" among the arguments stands for the mutated file, otherwise it
# is standard input.
survives()
{
    run "$BATS_FILE_TMPDIR/mutate" "$@"
    assert_success
}

@test "U-248 sortpolicy survives mutated policy" {
    survives 300 ./tomoyo-sortpolicy <domains
}

@test "U-248 selectpolicy survives mutated policy" {
    survives 250 ./tomoyo-selectpolicy -r '<kernel> /usr/sbin/bind-0' <domains
}

@test "U-248 diffpolicy survives mutated policy on either side" {
    survives 200 ./tomoyo-diffpolicy @ changed <domains
    survives 200 ./tomoyo-diffpolicy changed @ <domains
}

@test "U-248 patternize survives mutated policy and mutated rules" {
    survives 250 ./tomoyo-patternize rules <domains
    survives 200 ./tomoyo-patternize <domains
    cp domains policy
    # shellcheck disable=SC2016 # the inner shell's variable
    survives 250 sh -c './tomoyo-patternize "$1" <policy' sh @ <rules
}

@test "U-248 checkpolicy survives mutated policy of either kind" {
    survives 250 ./tomoyo-checkpolicy d <domains
    survives 250 ./tomoyo-checkpolicy e <exceptions
}

@test "U-248 findtemp survives mutated policy" {
    survives 200 ./tomoyo-findtemp <domains
    survives 200 ./tomoyo-findtemp --with-domainname <domains
}

@test "U-248 domainmatch survives mutated policy" {
    mkdir kernel
    ln -s ../mutated kernel/domain_policy
    export TOMOYO_INTERFACE=$PWD/kernel
    survives 200 ./tomoyo-domainmatch read <domains
}

@test "U-248 the converters survive mutated logs" {
    survives 250 ./convert-audit-log <log
    survives 250 ./convert-exec-param <log
}

@test "a tool that crashes, hangs or has another exit code is noticed" {
    run "$BATS_FILE_TMPDIR/mutate" 3 sh -c 'kill -SEGV $$' <log
    assert_failure 1
    assert_output --partial 'signal 11'
    run "$BATS_FILE_TMPDIR/mutate" 3 sh -c 'exit 3' <log
    assert_failure 1
    assert_output --partial 'exit 3'
    run env MUTATE_PATIENCE=1 "$BATS_FILE_TMPDIR/mutate" 3 sleep 20 <log
    assert_failure 1
    assert_output --partial 'hangs'
}
