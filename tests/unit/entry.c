// SPDX-License-Identifier: GPL-2.0-only
/* Entries: lsm/engine/entry.c against the kernel ABI specification 1.7, 3.1, 3.4. */
#include "lsm/engine/entry.h"

#include "tests/unit/spans.h"

/* What the line reads back as, or why it is refused. */
static const char *read_back(const char *line)
{
	struct tmy_span span = exact_span(line);
	struct tmy_problem problem = { NULL, NULL };
	struct tmy_entry entry;
	char buffer[512];
	struct tmy_text text = tmy_text(buffer, sizeof(buffer));

	if (!tmy_parse_entry(span, &entry, &problem))
		return formatted("refused: %s", problem_text(span, &problem));
	tmy_put_entry(&text, &entry);
	return buffer_text(&text);
}
#define reads(line, expected) is(read_back(line), expected, named(line))
/* It reads back as it is written. */
#define same(line)	      reads(line, line)

/* "refused: COLUMN" when there is a reason, and the place is one of the line; else what it reads
 * back as. */
static const char *place_of(const char *line)
{
	const char *got = read_back(line);
	int column, length = 0;

	if (sscanf(got, "refused: %d: %n", &column, &length) == 1 && length && got[length])
		return formatted("refused: %d", column);
	return got;
}

/* It is rejected because of what stands where @at first occurs; NULL: because of its end. */
static void rejected_at_place(const char *line, const char *at, const char *file, int number)
{
	size_t place = at ? (size_t)(strstr(line, at) - line) : strlen(line);

	tap_text(true, place_of(line), formatted("refused: %zu", place), named(line), file, number);
}
#define rejected_at(line, at) rejected_at_place(line, at, __FILE__, __LINE__)

/* It is rejected, wherever the condition at fault is said to be. */
static const char *whether_rejected(const char *line)
{
	const char *place = place_of(line), *colon = strchr(place, ':');

	return colon && !strncmp(place, "refused: ", 9) && !strchr(colon + 1, ':') ? "rejected"
										   : place;
}
#define rejected(line) is(whether_rejected(line), "rejected", named(line))

static void test_operations(void)
{
	about("K-085 the order of a list is fixed");
	reads("file write/read /a", "file read/write /a");
	about("K-086 every operation with one name");
	reads("file "
	      "append/execute/write/read/unlink/getattr/rmdir/truncate/symlink/chroot/unmount "
	      "/a",
	      "file "
	      "execute/read/write/append/unlink/getattr/rmdir/truncate/symlink/chroot/unmount "
	      "/a");
	about("K-087 every operation with a name and a number");
	reads("file chgrp/chown/chmod/ioctl/mksock/mkfifo/mkdir/create /a 0",
	      "file create/mkdir/mkfifo/mksock/ioctl/chmod/chown/chgrp /a 0");
	about("K-088 every operation with two names");
	reads("file pivot_root/rename/link /a /b", "file link/rename/pivot_root /a /b");
	about("K-089 every network operation");
	reads("network inet stream send/connect/listen/bind 127.0.0.1 80",
	      "network inet stream bind/listen/connect/send 127.0.0.1 80");
	about("K-090 unknown file operations");
	rejected_at("file nosuch /a", "nosuch");
	rejected_at("file umount /a", "umount");
	rejected_at("file transit /a", "transit");
	rejected_at("file read/writes /a", "writes");
	about("K-091 unknown protocols and network operations");
	rejected_at("network inet tcp bind 127.0.0.1 80", "tcp");
	rejected_at("network inet stream accept 127.0.0.1 80", "accept");
	rejected_at("network inet streams bind 127.0.0.1 80", "streams");
	rejected_at("network inet6 stream bind ::1 80", "inet6");
	about("D-04 operations with different operands do not go together");
	rejected_at("file read/rename /a", "rename");
	rejected_at("file mount/rename /a /b", "rename");
}

static void test_operands(void)
{
	about("K-092 numbers, ranges and groups of a device");
	same("file mkchar /a 0-0777 @MAJ 0-255");
	same("file mkblock @G @M @N @O");
	about("K-093 missing operands");
	rejected_at("file mount a b c", NULL);
	rejected_at("file link /a", NULL);
	rejected_at("file mkblock /a 0600 1", NULL);
	rejected_at("file read", NULL);
	rejected_at("file create /a", NULL);
	rejected_at("network inet stream bind", NULL);
	rejected_at("network inet stream bind ::1", NULL);
	rejected_at("network unix stream bind", NULL);
	about("mount has three names and a number");
	same("file mount none /m/ tmpfs 0x0");
	same("file mount @D @M @T @F");
	same("file mount <NULL> /m/ --remount 0x1001");
	about("a name may be a group, whose name is literal text");
	same("file read @G");
	same("file rename @G @H\\*");
	same("file read @@");
	about("a group has a correct name");
	rejected_at("file read @", NULL);
	rejected_at("file read @G\\b", "G");
	rejected_at("file create /a @", NULL);
	about("K-033 K-039 names are correct words");
	rejected_at("file read /a\\101b", "/a");
	rejected_at("file rename /a \\", "\\");
	rejected_at("file read /a\\{b\\}/", "/a");
	about("K-038 K-040 any correct word is a name");
	same("file read a");
	same("file read *");
	same("file read \"/a\"");
	same("file read /\\{\\}/x");
	about("K-075 K-076 K-077 K-078 numbers are canonical");
	reads("file create /a 0X1f", "file create /a 0x1F");
	reads("file create /a 10-10", "file create /a 10");
	same("file create /a 8-010");
	reads("file create /a 08", "file create /a 8");
	about("K-079 what is no number");
	rejected("file create /a 20-10");
	rejected("file create /a -1");
	rejected("file create /a 1-");
	rejected("file create /a 5x");
	rejected("file create /a 0x");
	rejected("file create /a 1-2-3");
}

static void test_network(void)
{
	about("K-081 K-084 addresses are canonical");
	reads("network inet stream bind 127.000.000.001 80",
	      "network inet stream bind 127.0.0.1 80");
	reads("network inet dgram send 2001:0DB8::00FF 53",
	      "network inet dgram send 2001:db8::ff 53");
	reads("network inet raw bind 1.1.1.1-1.1.1.1 0-255", "network inet raw bind 1.1.1.1 0-255");
	same("network inet stream connect @HOSTS @PORTS");
	about("K-082 what is no address");
	rejected_at("network inet stream bind 127.1 80", "127.1");
	rejected("network inet stream bind localhost 80");
	rejected("network inet stream bind 127.0.0.1-::1 80");
	rejected("network inet stream bind @ 80");
	about("K-083 a port is at most 65535");
	same("network inet stream bind ::1 65535");
	same("network inet stream bind ::1 0-65535");
	rejected_at("network inet stream bind ::1 65536", "65536");
	rejected_at("network inet stream bind ::1 70000-80000", "70000");
	rejected_at("network inet stream bind ::1 80-65536", "80-");
	about("every protocol goes with every operation");
	same("network inet seqpacket listen ::1 1");
	same("network unix raw send /s");
	same("network unix dgram listen @G");
	same("network unix stream bind \\000abs");
	same("network unix seqpacket connect rel\\040path");
}

static void test_misc_and_task(void)
{
	about("K-094 a variable has no '='");
	rejected_at("misc env PATH=x", "=");
	rejected("misc env A B");
	rejected_at("misc env", NULL);
	rejected_at("misc env A\\b", "A");
	rejected_at("misc umask 0", "umask");
	about("K-095 a variable may be a pattern, not a group");
	same("misc env LC_\\*");
	same("misc env @X");
	about("K-096 a transition needs a domain");
	rejected_at("task manual_domain_transition foo", "foo");
	rejected("task manual_domain_transition <kernel> x");
	rejected_at("task manual_domain_transition", NULL);
	rejected_at("task manual_domain_transition <>", "<>");
	rejected_at("task auto_domain_transition <kernel>", "auto");
	about("as many paths as there are belong to the domain");
	same("task manual_domain_transition <kernel>");
	same("task manual_domain_transition <foo> /a //b task.uid=0");
	same("task manual_domain_transition <kernel> /bin/\\* grant_log=no");
	about("a condition that looks like a path does not become a part of the domain");
	same("task manual_domain_transition <kernel> file=@/x grant_log=no");
	rejected("task manual_domain_transition <kernel> grant_log=no file=@/x");
	about("no other lines are entries");
	rejected_at("", "");
	rejected_at("ile read /a", "ile");
	rejected_at("file", NULL);
	rejected_at("files read /a", "files");
	rejected_at("network", NULL);
	rejected_at("misc", NULL);
	rejected_at("<kernel> /a", "<kernel>");
}

static void test_conditions(void)
{
	about("K-185 only execute has a transition");
	rejected("file read /a keep");
	rejected("misc env A keep");
	rejected("file execute/read /a keep");
	rejected("file read /a <kernel>");
	rejected("network unix stream bind /a /b");
	about("execute may have one");
	same("file execute /a keep");
	same("file execute /a <kernel> /b task.uid=0");
	same("file execute @G /x");
	same("file execute/read /a task.uid=0");
	about("what looks like a path is a transition where one may stand, whatever the "
	      "operations");
	rejected_at("file execute/read /b 0=@G/x", "0=");
	same("file execute /b 0=@G/x");
	same("file execute/read /b 1=1 0=@G/x");
	about("K-041 what follows the operands is a condition");
	rejected("file read /a /b");
	rejected("file read /a task.uid");
	about("conditions are canonical");
	reads("file read /a grant_log=yes task.uid=0X1f",
	      "file read /a task.uid=0x1F grant_log=yes");
	same("misc env A exec.argc=1");
	same("file mount a b c 0 path1.uid=0");
	same("network inet stream bind ::1 1 task.uid!=@G");
}

/* What a kind does not have is zero, so that views can be compared. */
static void test_view(void)
{
	struct tmy_span line = exact_span("network inet dgram send @A 53 task.uid=0");
	struct tmy_entry entry;

	memset(&entry, 0xff, sizeof(entry));
	about("the view of a line");
	is(tmy_parse_entry(line, &entry, NULL), true, named("tmy_parse_entry(line, &entry, NULL)"));
	is(entry.kind, TMY_INET, named("entry.kind"));
	is(entry.protocol, TMY_DGRAM, named("entry.protocol"));
	is(entry.operations, 1 << TMY_SEND, named("entry.operations"));
	is_span(entry.address.group, "A", named("A"));
	is(entry.numbers[0].group.at, NULL, named("entry.numbers[0].group.at"));
	is(entry.numbers[0].number.high, 53, named("entry.numbers[0].number.high"));
	is(entry.names[0].text.at, NULL, named("entry.names[0].text.at"));
	is(entry.names[0].group, false, named("entry.names[0].group"));
	is_pointer(entry.conditions.at + entry.conditions.length, line.at + line.length,
		   named("entry.conditions.at + entry.conditions.length"));
	is_span(entry.conditions, "task.uid=0", named("task.uid=0"));
	about("kinds have their numbers of names and numbers");
	is(tmy_entry_names(TMY_MOUNT), 3, named("tmy_entry_names(TMY_MOUNT)"));
	is(tmy_entry_numbers(TMY_MKDEV), 3, named("tmy_entry_numbers(TMY_MKDEV)"));
	is(tmy_entry_names(TMY_INET), 0, named("tmy_entry_names(TMY_INET)"));
	is(tmy_entry_numbers(TMY_INET), 1, named("tmy_entry_numbers(TMY_INET)"));
	is(tmy_entry_names(TMY_ENV), 1, named("tmy_entry_names(TMY_ENV)"));
	is(tmy_entry_numbers(TMY_PATH), 0, named("tmy_entry_numbers(TMY_PATH)"));
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
