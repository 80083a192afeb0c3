// SPDX-License-Identifier: GPL-2.0-only
/* Entries: lsm/engine/entry.c against the kernel ABI specification 1.7, 3.1, 3.4. */
#include "lsm/engine/entry.h"

#include "tests/unit/tap.h"

#include <stdlib.h>

/* Memory that ends where the text ends, so that the sanitizer sees every byte read too many. */
static struct tmy_span exact(const char *text)
{
	size_t length = strlen(text);
	char *copy = malloc(length ? length : 1);

	/* NOLINTNEXTLINE(bugprone-not-null-terminated-result) */
	memcpy(copy, text, length);
	return tmy_span(copy, length);
}

/* The line is understood and reads back as @expected. */
static bool reads(const char *line, const char *expected)
{
	struct tmy_span span = exact(line);
	struct tmy_problem problem = { 0 };
	struct tmy_entry entry;
	char buffer[512];
	struct tmy_text text = tmy_text(buffer, sizeof(buffer));
	bool good = tmy_parse_entry(span, &entry, &problem);

	if (good)
		tmy_put_entry(&text, &entry);
	free((void *)span.at);
	if (good && text.length == strlen(expected) && !memcmp(buffer, expected, text.length))
		return true;
	if (good)
		printf("# %s: %.*s\n", line, (int)text.length, buffer);
	else
		printf("# %s: %s\n", line, problem.reason);
	return false;
}

/* It reads back as it is written. */
static bool same(const char *line)
{
	return reads(line, line);
}

/* It is rejected because of what stands where @at first occurs; NULL: because of its end. */
static bool rejected_at(const char *line, const char *at)
{
	struct tmy_span span = exact(line);
	struct tmy_problem problem = { 0 };
	struct tmy_entry entry;
	size_t place = at ? (size_t)(strstr(line, at) - line) : span.length;
	bool bad = !tmy_parse_entry(span, &entry, &problem);
	bool good = bad && problem.reason && problem.at == span.at + place;

	if (bad && !good)
		printf("# %s: %d: %s\n", line, (int)(problem.at - span.at),
		       problem.reason ? problem.reason : "no reason");
	free((void *)span.at);
	return good;
}

/* It is rejected, wherever the condition at fault is said to be. */
static bool rejected(const char *line)
{
	struct tmy_span span = exact(line);
	struct tmy_problem problem = { 0 };
	struct tmy_entry entry;
	bool bad = !tmy_parse_entry(span, &entry, &problem) && problem.reason &&
		   problem.at >= span.at && problem.at <= span.at + span.length;

	free((void *)span.at);
	return bad;
}

static void test_operations(void)
{
	ok(reads("file write/read /a", "file read/write /a"), "K-085 the order of a list is fixed");
	ok(reads("file "
		 "append/execute/write/read/unlink/getattr/rmdir/truncate/symlink/chroot/unmount "
		 "/a",
		 "file "
		 "execute/read/write/append/unlink/getattr/rmdir/truncate/symlink/chroot/unmount "
		 "/a"),
	   "K-086 every operation with one name");
	ok(reads("file chgrp/chown/chmod/ioctl/mksock/mkfifo/mkdir/create /a 0",
		 "file create/mkdir/mkfifo/mksock/ioctl/chmod/chown/chgrp /a 0"),
	   "K-087 every operation with a name and a number");
	ok(reads("file pivot_root/rename/link /a /b", "file link/rename/pivot_root /a /b"),
	   "K-088 every operation with two names");
	ok(reads("network inet stream send/connect/listen/bind 127.0.0.1 80",
		 "network inet stream bind/listen/connect/send 127.0.0.1 80"),
	   "K-089 every network operation");
	ok(rejected_at("file nosuch /a", "nosuch") && rejected_at("file umount /a", "umount") &&
		   rejected_at("file transit /a", "transit") &&
		   rejected_at("file read/writes /a", "writes"),
	   "K-090 unknown file operations");
	ok(rejected_at("network inet tcp bind 127.0.0.1 80", "tcp") &&
		   rejected_at("network inet stream accept 127.0.0.1 80", "accept") &&
		   rejected_at("network inet streams bind 127.0.0.1 80", "streams") &&
		   rejected_at("network inet6 stream bind ::1 80", "inet6"),
	   "K-091 unknown protocols and network operations");
	ok(rejected_at("file read/rename /a", "rename") &&
		   rejected_at("file mount/rename /a /b", "rename"),
	   "D-04 operations with different operands do not go together");
}

static void test_operands(void)
{
	ok(same("file mkchar /a 0-0777 @MAJ 0-255") && same("file mkblock @G @M @N @O"),
	   "K-092 numbers, ranges and groups of a device");
	ok(rejected_at("file mount a b c", NULL) && rejected_at("file link /a", NULL) &&
		   rejected_at("file mkblock /a 0600 1", NULL) && rejected_at("file read", NULL) &&
		   rejected_at("file create /a", NULL) &&
		   rejected_at("network inet stream bind", NULL) &&
		   rejected_at("network inet stream bind ::1", NULL) &&
		   rejected_at("network unix stream bind", NULL),
	   "K-093 missing operands");
	ok(same("file mount none /m/ tmpfs 0x0") && same("file mount @D @M @T @F") &&
		   same("file mount <NULL> /m/ --remount 0x1001"),
	   "mount has three names and a number");
	ok(same("file read @G") && same("file rename @G @H\\*") && same("file read @@"),
	   "a name may be a group, whose name is literal text");
	ok(rejected_at("file read @", NULL) && rejected_at("file read @G\\b", "G") &&
		   rejected_at("file create /a @", NULL),
	   "a group has a correct name");
	ok(rejected_at("file read /a\\101b", "/a") && rejected_at("file rename /a \\", "\\") &&
		   rejected_at("file read /a\\{b\\}/", "/a"),
	   "K-033 K-039 names are correct words");
	ok(same("file read a") && same("file read *") && same("file read \"/a\"") &&
		   same("file read /\\{\\}/x"),
	   "K-038 K-040 any correct word is a name");
	ok(reads("file create /a 0X1f", "file create /a 0x1F") &&
		   reads("file create /a 10-10", "file create /a 10") &&
		   same("file create /a 8-010") && reads("file create /a 08", "file create /a 8"),
	   "K-075 K-076 K-077 K-078 numbers are canonical");
	ok(rejected("file create /a 20-10") && rejected("file create /a -1") &&
		   rejected("file create /a 1-") && rejected("file create /a 5x") &&
		   rejected("file create /a 0x") && rejected("file create /a 1-2-3"),
	   "K-079 what is no number");
}

static void test_network(void)
{
	ok(reads("network inet stream bind 127.000.000.001 80",
		 "network inet stream bind 127.0.0.1 80") &&
		   reads("network inet dgram send 2001:0DB8::00FF 53",
			 "network inet dgram send 2001:db8::ff 53") &&
		   reads("network inet raw bind 1.1.1.1-1.1.1.1 0-255",
			 "network inet raw bind 1.1.1.1 0-255") &&
		   same("network inet stream connect @HOSTS @PORTS"),
	   "K-081 K-084 addresses are canonical");
	ok(rejected_at("network inet stream bind 127.1 80", "127.1") &&
		   rejected("network inet stream bind localhost 80") &&
		   rejected("network inet stream bind 127.0.0.1-::1 80") &&
		   rejected("network inet stream bind @ 80"),
	   "K-082 what is no address");
	ok(same("network inet stream bind ::1 65535") &&
		   same("network inet stream bind ::1 0-65535") &&
		   rejected_at("network inet stream bind ::1 65536", "65536") &&
		   rejected_at("network inet stream bind ::1 70000-80000", "70000") &&
		   rejected_at("network inet stream bind ::1 80-65536", "80-"),
	   "K-083 a port is at most 65535");
	ok(same("network inet seqpacket listen ::1 1") && same("network unix raw send /s") &&
		   same("network unix dgram listen @G") &&
		   same("network unix stream bind \\000abs") &&
		   same("network unix seqpacket connect rel\\040path"),
	   "every protocol goes with every operation");
}

static void test_misc_and_task(void)
{
	ok(rejected_at("misc env PATH=x", "=") && rejected("misc env A B") &&
		   rejected_at("misc env", NULL) && rejected_at("misc env A\\b", "A") &&
		   rejected_at("misc umask 0", "umask"),
	   "K-094 a variable has no '='");
	ok(same("misc env LC_\\*") && same("misc env @X"),
	   "K-095 a variable may be a pattern, not a group");
	ok(rejected_at("task manual_domain_transition foo", "foo") &&
		   rejected("task manual_domain_transition <kernel> x") &&
		   rejected_at("task manual_domain_transition", NULL) &&
		   rejected_at("task manual_domain_transition <>", "<>") &&
		   rejected_at("task auto_domain_transition <kernel>", "auto"),
	   "K-096 a transition needs a domain");
	ok(same("task manual_domain_transition <kernel>") &&
		   same("task manual_domain_transition <foo> /a //b task.uid=0") &&
		   same("task manual_domain_transition <kernel> /bin/\\* grant_log=no"),
	   "as many paths as there are belong to the domain");
	ok(same("task manual_domain_transition <kernel> file=@/x grant_log=no") &&
		   rejected("task manual_domain_transition <kernel> grant_log=no file=@/x"),
	   "a condition that looks like a path does not become a part of the domain");
	ok(rejected_at("", "") && rejected_at("ile read /a", "ile") && rejected_at("file", NULL) &&
		   rejected_at("files read /a", "files") && rejected_at("network", NULL) &&
		   rejected_at("misc", NULL) && rejected_at("<kernel> /a", "<kernel>"),
	   "no other lines are entries");
}

static void test_conditions(void)
{
	ok(rejected("file read /a keep") && rejected("misc env A keep") &&
		   rejected("file execute/read /a keep") && rejected("file read /a <kernel>") &&
		   rejected("network unix stream bind /a /b"),
	   "K-185 only execute has a transition");
	ok(same("file execute /a keep") && same("file execute /a <kernel> /b task.uid=0") &&
		   same("file execute @G /x") && same("file execute/read /a task.uid=0"),
	   "execute may have one");
	ok(rejected_at("file execute/read /b 0=@G/x", "0=") && same("file execute /b 0=@G/x") &&
		   same("file execute/read /b 1=1 0=@G/x"),
	   "what looks like a path is a transition where one may stand, whatever the operations");
	ok(rejected("file read /a /b") && rejected("file read /a task.uid"),
	   "K-041 what follows the operands is a condition");
	ok(reads("file read /a grant_log=yes task.uid=0X1f",
		 "file read /a task.uid=0x1F grant_log=yes") &&
		   same("misc env A exec.argc=1") && same("file mount a b c 0 path1.uid=0") &&
		   same("network inet stream bind ::1 1 task.uid!=@G"),
	   "conditions are canonical");
}

/* What a kind does not have is zero, so that views can be compared. */
static void test_view(void)
{
	struct tmy_span line = exact("network inet dgram send @A 53 task.uid=0");
	struct tmy_entry entry;

	memset(&entry, 0xff, sizeof(entry));
	ok(tmy_parse_entry(line, &entry, NULL) && entry.kind == TMY_INET &&
		   entry.protocol == TMY_DGRAM && entry.operations == 1 << TMY_SEND &&
		   tmy_span_equal(entry.address.group, TMY_SPAN("A")) &&
		   !entry.numbers[0].group.at && entry.numbers[0].number.high == 53 &&
		   !entry.names[0].text.at && !entry.names[0].group &&
		   entry.conditions.at + entry.conditions.length == line.at + line.length &&
		   tmy_span_equal(entry.conditions, TMY_SPAN("task.uid=0")),
	   "the view of a line");
	free((void *)line.at);
	ok(tmy_entry_names(TMY_MOUNT) == 3 && tmy_entry_numbers(TMY_MKDEV) == 3 &&
		   tmy_entry_names(TMY_INET) == 0 && tmy_entry_numbers(TMY_INET) == 1 &&
		   tmy_entry_names(TMY_ENV) == 1 && tmy_entry_numbers(TMY_PATH) == 0,
	   "kinds have their numbers of names and numbers");
}

int main(void)
{
	test_operations();
	test_operands();
	test_network();
	test_misc_and_task();
	test_conditions();
	test_view();
	return done();
}
