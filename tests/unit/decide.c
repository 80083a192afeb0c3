// SPDX-License-Identifier: GPL-2.0-only
/* Decisions: requests of every kind against entries, groups and conditions (kernel ABI
 * specification 3.2, 3.8, 4.3). */
#include "tests/unit/engine.h"

#define D "<kernel> //t"

/* ---- Operands ---- */

struct operand_check {
	const char *name;
	const char *exceptions; /* lines of exception policy */
	const char *entry;
	const char *granted, *denied; /* requests, one a line */
};

static const struct operand_check operands[] = {
	{ "file read NAME", "", "file read /a", "file read /a",
	  "file read /b\nfile write /a\nfile read /a/\nfile execute /a" },
	{ "every operation of its list", "", "file read/unlink/unmount /a",
	  "file read /a\nfile unlink /a\nfile unmount /a",
	  "file write /a\nfile rmdir /a\nfile chroot /a\nfile truncate /a\nfile getattr /a\nfile "
	  "append /a" },
	{ "file rename NAME NAME", "", "file rename /a /b", "file rename /a /b",
	  "file rename /b /a\nfile link /a /b\nfile rename /a /c\nfile rename /c /b" },
	{ "file link PATTERN NAME", "", "file link /\\* /b", "file link /a /b\nfile link /c /b",
	  "file link /a /c\nfile link /a/ /b" },
	{ "file link NAME PATTERN", "", "file link /b /\\*", "file link /b /a\nfile link /b /b",
	  "file link /a /b\nfile link /b /a/c" },
	{ "file pivot_root GROUP GROUP", "path_group A /a/\npath_group B /\\*/",
	  "file pivot_root @A @B", "file pivot_root /a/ /b/\nfile pivot_root /a/ /a/",
	  "file pivot_root /b/ /a/\nfile pivot_root /a/ /b" },
	{ "file rename GROUP NAME", "path_group A /a\npath_group A /x\\*", "file rename @A /b",
	  "file rename /a /b\nfile rename /xyz /b", "file rename /b /b\nfile rename /a /c" },
	{ "file rename GROUP PATTERN", "path_group A /a", "file rename @A /d/\\*",
	  "file rename /a /d/e", "file rename /b /d/e\nfile rename /a /e/e" },
	{ "file rename PATTERN GROUP", "path_group A /a", "file rename /d/\\* @A",
	  "file rename /d/e /a", "file rename /d/e /b\nfile rename /e/e /a" },
	{ "file rename PATTERN PATTERN", "", "file rename /d/\\* /e/\\*", "file rename /d/e /e/d",
	  "file rename /e/d /d/e" },
	{ "file rename NAME GROUP", "path_group A /a", "file rename /d @A", "file rename /d /a",
	  "file rename /a /d\nfile rename /d /d" },
	{ "file create NAME NUMBER", "", "file create /a 0600",
	  "file create /a 0600\nfile create /a 384",
	  "file create /a 0601\nfile create /b 0600\nfile mkdir /a 0600" },
	{ "file chown NAME RANGE", "", "file chown /a 10-0x20",
	  "file chown /a 10\nfile chown /a 32\nfile chown /a 20",
	  "file chown /a 9\nfile chown /a 33\nfile chgrp /a 10" },
	{ "file ioctl PATTERN GROUP", "number_group N 1\nnumber_group N 0x5400-0x54FF",
	  "file ioctl socket:[\\$] @N",
	  "file ioctl socket:[42] 1\nfile ioctl socket:[1] 0x5451\nfile ioctl socket:[1] 0x54FF",
	  "file ioctl socket:[42] 2\nfile ioctl socket:[x] 1\nfile ioctl socket:[1] 0x5500" },
	{ "file chmod GROUP RANGE", "path_group A /a\\*", "file chmod @A 0-0777",
	  "file chmod /a 0\nfile chmod /ab 0777", "file chmod /ab 01000\nfile chmod /b 0" },
	{ "the largest number", "number_group N 18446744073709551615\nnumber_group N 0",
	  "file ioctl /a @N", "file ioctl /a 0xFFFFFFFFFFFFFFFF\nfile ioctl /a 0",
	  "file ioctl /a 0xFFFFFFFFFFFFFFFE\nfile ioctl /a 1" },
	{ "file mkchar", "number_group N 1-3", "file mkchar /dev/\\* 0600-0666 1 @N",
	  "file mkchar /dev/null 0666 1 3\nfile mkchar /dev/x 0600 1 1",
	  "file mkchar /dev/null 0666 1 4\nfile mkchar /dev/null 0666 2 3\nfile mkchar /dev/null "
	  "0667 1 3\nfile mkblock /dev/null 0666 1 3\nfile mkchar /null 0666 1 3" },
	{ "file mkblock by name", "", "file mkblock /d 0640 7 300", "file mkblock /d 0640 7 300",
	  "file mkblock /d 0640 7 301\nfile mkblock /d 0640 300 7\nfile mkblock /e 0640 7 300" },
	{ "file mount", "path_group D /dev/sd\\*", "file mount @D /m/ ext\\$ 0-0xF",
	  "file mount /dev/sda /m/ ext4 1\nfile mount /dev/sdb /m/ ext2 0xF",
	  "file mount /dev/hda /m/ ext4 1\nfile mount /dev/sda /n/ ext4 1\nfile mount /dev/sda /m/ "
	  "xfs 1\nfile mount /dev/sda /m/ ext4 0x10" },
	{ "file mount on a pattern", "", "file mount none /m\\*/ tmpfs 0",
	  "file mount none /m/ tmpfs 0\nfile mount none /mnt/ tmpfs 0x0",
	  "file mount none /n/ tmpfs 0\nfile mount none /m tmpfs 0" },
	{ "network inet ADDRESS PORT", "", "network inet stream bind 127.0.0.1 80",
	  "network inet stream bind 127.0.0.1 80",
	  "network inet stream bind 127.0.0.1 81\nnetwork inet stream bind 127.0.0.2 80\nnetwork "
	  "inet stream listen 127.0.0.1 80\nnetwork inet dgram bind 127.0.0.1 80\nnetwork inet "
	  "stream bind ::ffff:127.0.0.1 80" },
	{ "network inet RANGE RANGE", "",
	  "network inet stream connect/bind 10.0.0.5-10.0.1.2 1024-65535",
	  "network inet stream connect 10.0.0.5 1024\nnetwork inet stream bind 10.0.1.2 "
	  "65535\nnetwork inet stream bind 10.0.0.255 5000",
	  "network inet stream connect 10.0.0.4 1024\nnetwork inet stream connect 10.0.1.3 "
	  "1024\nnetwork inet stream connect 10.0.0.5 1023" },
	{ "network inet with IPv6", "", "network inet raw send 2001:db8::-2001:db8::ffff 0-255",
	  "network inet raw send 2001:db8::1 58\nnetwork inet raw send 2001:db8::ffff 0",
	  "network inet raw send 2001:db8::1:0 58\nnetwork inet raw send 32.1.13.184 58" },
	{ "network inet with all addresses", "",
	  "network inet dgram send 0.0.0.0-255.255.255.255 53",
	  "network inet dgram send 0.0.0.0 53\nnetwork inet dgram send 255.255.255.255 53\nnetwork "
	  "inet dgram send 128.0.0.0 53",
	  "network inet dgram send :: 53\nnetwork inet dgram send 1.1.1.1 54" },
	{ "network inet GROUP GROUP",
	  "address_group A 1.2.3.4-1.2.3.8\naddress_group A fe80::-fe80::ff\nnumber_group P "
	  "80\nnumber_group P 8000-9000",
	  "network inet stream bind @A @P",
	  "network inet stream bind 1.2.3.4 80\nnetwork inet stream bind 1.2.3.8 8080\nnetwork "
	  "inet stream bind fe80::7 9000",
	  "network inet stream bind 1.2.3.9 80\nnetwork inet stream bind 1.2.3.4 81\nnetwork inet "
	  "stream bind ::ffff:1.2.3.4 80\nnetwork inet stream bind fe80::1:0 80" },
	{ "network inet GROUP PORT", "address_group A 1.2.3.4", "network inet stream bind @A 80",
	  "network inet stream bind 1.2.3.4 80",
	  "network inet stream bind 1.2.3.5 80\nnetwork inet stream bind 1.2.3.4 8080" },
	{ "network unix", "path_group U /run/\\*\npath_group U \\000abs",
	  "network unix dgram send @U",
	  "network unix dgram send /run/s\nnetwork unix dgram send \\000abs",
	  "network unix dgram send /tmp/s\nnetwork unix dgram bind /run/s\nnetwork unix stream "
	  "send /run/s\nnetwork unix dgram send abs" },
	{ "network unix NAME", "", "network unix seqpacket bind/connect anonymous",
	  "network unix seqpacket bind anonymous\nnetwork unix seqpacket connect anonymous",
	  "network unix seqpacket listen anonymous\nnetwork unix stream bind anonymous" },
	{ "misc env", "", "misc env LC_\\*", "misc env LC_ALL\nmisc env LC_",
	  "misc env LANG\nmisc env LC" },
	{ "misc env NAME", "", "misc env PATH", "misc env PATH", "misc env PATHS\nmisc env path" },
	{ "task manual_domain_transition", "", "task manual_domain_transition <kernel> //P",
	  "task manual_domain_transition <kernel> //P",
	  "task manual_domain_transition <kernel>\ntask manual_domain_transition <kernel> //P /a" },
	{ "an empty group", "", "file read @NONE", "",
	  "file read /a\nfile read NONE\nfile read @NONE" },
	{ "a member that looks like a group", "path_group G @H\npath_group H /a", "file read @G",
	  "", "file read /a" },
	{ "a group that looks like a pattern", "path_group G\\* /a\npath_group GG /b",
	  "file read @G\\*", "file read /a", "file read /b" },
	{ "an exact name that looks like no path", "", "file read pipe:[1]", "file read pipe:[1]",
	  "file read pipe:[11]" },
};

/* Does every one of these requests, one a line, get this verdict? */
static bool all_get(struct tmy_policy *policy, const char *lines, int verdict)
{
	bool good = true;

	while (*lines) {
		char line[256];
		int length = (int)strcspn(lines, "\n");

		snprintf(line, sizeof(line), "%.*s", length, lines);
		if (ask(policy, D, line, NULL).verdict != verdict) {
			printf("# %s: not %d\n", line, verdict);
			good = false;
		}
		lines += length + (lines[length] == '\n');
	}
	return good;
}

/* Many entries of all kinds that grant none of the requests. */
static void put_crowd(struct tmy_stream *file, const char *prefix)
{
	static const char *const formats[] = {
		"file read/execute /crowd/%u",
		"file read /crowd/%u/\\*",
		"file rename /crowd/%u /crowd/%u",
		"file create /crowd%u\\* 0-0777",
		"file mkchar /crowd/%u 0600 1 1",
		"file mount /crowd /crowd/%u/ tmpfs 0",
		"network inet stream bind 99.0.0.%u 80",
		"network inet stream bind 99.0.%u.0-99.1.0.0 0-65535",
		"network unix stream bind /crowd%u",
		"misc env CROWD%u\\*",
		"file read @CROWD%u",
		"network inet stream bind @CROWD%u 1-%u",
		"task manual_domain_transition <kernel> /crowd%u",
	};
	unsigned int i, kind;
	char line[256];

	for (i = 1; i < 30; i++)
		for (kind = 0; kind < sizeof(formats) / sizeof(*formats); kind++) {
			size_t length = (size_t)snprintf(line, sizeof(line), "%s", prefix);

			snprintf(line + length, sizeof(line) - length, formats[kind], i, i);
			put(file, line);
		}
}

static void test_operands(void)
{
	unsigned int i;

	for (i = 0; i < sizeof(operands) / sizeof(*operands); i++) {
		const struct operand_check *check = &operands[i];
		char line[256], title[128];
		struct engine e;
		bool good;

		engine_open(&e);
		load(e.domains, D);
		good = load(e.exceptions, check->exceptions) && accepts(e.domains, check->entry) &&
		       all_get(e.policy, check->granted, TMY_GRANTED) &&
		       all_get(e.policy, check->denied, TMY_DENIED);
		put_crowd(e.domains, "");
		good = all_get(e.policy, check->granted, TMY_GRANTED) &&
		       all_get(e.policy, check->denied, TMY_DENIED) && good;
		snprintf(line, sizeof(line), "delete %s", check->entry);
		put(e.domains, line);
		tmy_collect(e.policy);
		good = all_get(e.policy, check->granted, TMY_DENIED) && good;
		/* The same in an acl_group. */
		snprintf(line, sizeof(line), "acl_group 77 %s", check->entry);
		put_crowd(e.exceptions, "acl_group 77 ");
		good = accepts(e.exceptions, line) &&
		       all_get(e.policy, check->granted, TMY_DENIED) && good;
		put(e.domains, "use_group 77");
		good = all_get(e.policy, check->granted, TMY_GRANTED) &&
		       all_get(e.policy, check->denied, TMY_DENIED) && good;
		engine_close(&e);
		snprintf(title, sizeof(title), "%s%s",
			 strcmp(check->entry, "network inet stream bind @A @P") ? "" : "K-275 ",
			 check->name);
		ok(good, title);
	}
}

static void test_mount(void)
{
	struct answer answer;
	struct engine e;

	engine_open(&e);
	load(e.domains, D "\nfile mount x /m/ tmpfs 0\nfile mount /nomatch /m/ --bind 0");
	answer = ask_any(e.policy, D, "file mount none /m/ tmpfs 0x0", NULL, true);
	ok(answer.verdict == TMY_GRANTED, "K-254 a source that is no device is not compared");
	answer = ask_any(e.policy, D, "file mount none /m/ proc 0x0", NULL, true);
	ok(answer.verdict == TMY_DENIED, "K-254 the type is");
	answer = ask_any(e.policy, D, "file mount /w /m/ --bind 0x0", NULL, false);
	ok(answer.verdict == TMY_DENIED, "K-255 the source of a bind mount is");
	engine_close(&e);
}

/* ---- Which entry decides ---- */

/* Who grants: what matched, and the conditions. */
static bool decides(struct tmy_policy *policy, const char *line, struct tmy_facts *facts,
		    const char *matched, const char *conditions)
{
	struct answer answer = ask(policy, D, line, facts);
	bool good = answer.verdict == TMY_GRANTED && !strcmp(answer.matched, matched) &&
		    !strcmp(answer.conditions, conditions);

	if (!good)
		printf("# %s: %d by %s %s\n", line, answer.verdict, answer.matched,
		       answer.conditions);
	return good;
}

static void test_first_match(void)
{
	/* Entries of every form that grant "file execute /d/ab". */
	static const char *const entries[] = {
		"file execute /d/ab",	    "file execute /d/\\*",
		"file execute @G",	    "file execute /\\{\\*\\}/ab",
		"file execute /d/a\\*",	    "file execute /d/\\*b",
		"file execute @H",	    "file execute /d/ab task.uid=0",
		"file execute /d/\\* keep", "file execute /d/ab child grant_log=no"
	};
	static const char *const matched[] = { "/d/ab",	  "/d/\\*",  "/d/ab",	  "/\\{\\*\\}/ab",
					       "/d/a\\*", "/d/\\*b", "/d/\\?\\?", "/d/ab",
					       "/d/\\*",  "/d/ab" };
	static const char *const conditions[] = {
		"", "", "", "", "", "", "", "task.uid=0", "keep", "child grant_log=no"
	};
	enum {
		ENTRIES = sizeof(entries) / sizeof(*entries),
	};
	struct tmy_facts facts = { .exec = true };
	bool by_domain = true, by_group = true, after_delete = true;
	unsigned int first, step, i;
	struct engine e;

	for (first = 0; first < ENTRIES; first++)
		for (step = 1; step < ENTRIES; step += 2) {
			char line[128];

			if (step == 5)
				continue;
			engine_open(&e);
			load(e.exceptions, "path_group G /x\\*\npath_group G /d/ab\npath_group H "
					   "/q\npath_group H /d/\\?\\?");
			load(e.domains, D "\nuse_group 200\nuse_group 3\nuse_group 64");
			for (i = 0; i < ENTRIES; i++) {
				unsigned int next = (first + i * step) % ENTRIES;

				put(e.domains, entries[next]);
				snprintf(line, sizeof(line), "acl_group %u %s", i ? 200 : 64,
					 entries[next]);
				put(e.exceptions, line);
			}
			by_domain = decides(e.policy, "file execute /d/ab", &facts, matched[first],
					    conditions[first]) &&
				    by_domain;
			snprintf(line, sizeof(line), "delete %s", entries[first]);
			put(e.domains, line);
			i = (first + step) % ENTRIES;
			after_delete = decides(e.policy, "file execute /d/ab", &facts, matched[i],
					       conditions[i]) &&
				       after_delete;
			tmy_collect(e.policy);
			after_delete = decides(e.policy, "file execute /d/ab", &facts, matched[i],
					       conditions[i]) &&
				       after_delete;
			for (i = 0; i < ENTRIES; i++) {
				snprintf(line, sizeof(line), "delete %s", entries[i]);
				put(e.domains, line);
			}
			by_group = decides(e.policy, "file execute /d/ab", &facts, matched[first],
					   conditions[first]) &&
				   by_group;
			put(e.exceptions, "acl_group 3 file execute /d/\\? reset");
			put(e.exceptions, "acl_group 3 file execute /\\*/\\* reset");
			by_group = decides(e.policy, "file execute /d/ab", &facts, "/\\*/\\*",
					   "reset") &&
				   by_group;
			engine_close(&e);
		}
	ok(by_domain, "K-172 the first entry that matches decides, whatever form it has");
	ok(after_delete, "K-172 then the next, before and after collection");
	ok(by_group, "K-172 acl_groups are asked in ascending order, after the domain");

	engine_open(&e);
	load(e.domains, D);
	load(e.domains, D "\nfile execute /a //one task.uid=1\nfile execute /a //two "
			  "task.uid=0-10\nfile execute /a //three");
	facts.uid = 1;
	ok(decides(e.policy, "file execute /a", &facts, "/a", "//one task.uid=1"),
	   "K-172 conditions of the first hold");
	facts.uid = 5;
	ok(decides(e.policy, "file execute /a", &facts, "/a", "//two task.uid=0-10"),
	   "K-172 only those of the second");
	facts.uid = 50;
	ok(decides(e.policy, "file execute /a", &facts, "/a", "//three"), "K-172 those of none");
	engine_close(&e);

	engine_open(&e);
	load(e.domains, D "\nfile create /\\* @N\nfile create /a 0600\nfile create /a 0-0777\nfile "
			  "create @P 0600\n"
			  "network inet stream bind @A 80 task.uid=0\nnetwork inet stream bind "
			  "1.2.3.4 80 task.uid!=1\n"
			  "network inet stream bind 1.2.3.0-1.2.3.255 0-100 task.uid=0-5\n"
			  "network inet stream bind @A 0-100 task.gid=0");
	load(e.exceptions, "path_group P /\\*\nnumber_group N 5");
	facts.uid = 0;
	ok(decides(e.policy, "file create /a 0600", NULL, "/a", ""),
	   "K-172 of a name and a number");
	ok(decides(e.policy, "file create /a 0601", NULL, "/a", ""), "K-172 of a range");
	ok(decides(e.policy, "file create /b 0600", NULL, "/\\*", ""), "K-172 of a group");
	ok(decides(e.policy, "network inet stream bind 1.2.3.4 80", &facts, "", "task.uid!=1"),
	   "K-172 of an address and a port");
	load(e.exceptions, "address_group A 0.0.0.0-9.9.9.9");
	ok(decides(e.policy, "network inet stream bind 1.2.3.4 80", &facts, "", "task.uid=0"),
	   "K-172 of a group of addresses");
	facts.uid = 1;
	ok(decides(e.policy, "network inet stream bind 1.2.3.4 80", &facts, "", "task.uid=0-5"),
	   "K-172 of ranges");
	ok(decides(e.policy, "network inet stream bind 1.2.4.4 80", &facts, "", "task.gid=0"),
	   "K-172 of a group and a range");
	engine_close(&e);
}

/* Writes a line with the numbers of a directory and a file. */
static void put_numbered(struct tmy_stream *file, const char *format, unsigned int number)
{
	char line[128];

	snprintf(line, sizeof(line), format, number % 7, number);
	put(file, line);
}

static bool grants_numbered(struct tmy_policy *policy, unsigned int number)
{
	char line[128];

	snprintf(line, sizeof(line), "file read /d%u/f%u.x", number % 7, number);
	return granted(policy, D, line, NULL);
}

static void test_changes(void)
{
	const unsigned int many = 2000;
	struct engine e;
	unsigned int i;
	bool good = true;

	engine_open(&e);
	load(e.domains, D);
	for (i = 0; i < many; i++) {
		put_numbered(e.domains, i % 2 ? "file read /d%u/f%u.\\*" : "file read /d%u/f%u.x",
			     i);
		good = grants_numbered(e.policy, i) && good;
		if (i % 3 == 2)
			put_numbered(e.domains,
				     i % 2 ? "delete file read /d%u/f%u.x"
					   : "delete file read /d%u/f%u.\\*",
				     i - 1);
		if (i % 3 == 2)
			put_numbered(e.domains,
				     i % 2 ? "delete file read /d%u/f%u.\\*"
					   : "delete file read /d%u/f%u.x",
				     i - 2);
		if (i % 250 == 0)
			tmy_collect(e.policy);
	}
	for (i = 0; i < many - many % 3; i++)
		good = grants_numbered(e.policy, i) == (i % 3 == 2) && good;
	ok(good, "D-17 of 2,000 entries that come and go each is found while it is there");
	engine_close(&e);
}

/* ---- Conditions ---- */

/* Is an entry with these conditions granted? Its negation, where there is one, must not be. */
static bool holds(const char *entry, const char *condition, const char *exceptions,
		  struct tmy_facts *facts)
{
	char line[256];
	struct engine e;
	bool yes;

	engine_open(&e);
	load(e.exceptions, exceptions);
	load(e.domains, D);
	snprintf(line, sizeof(line), "%s %s", entry, condition);
	if (!accepts(e.domains, line))
		ok(false, line);
	yes = granted(e.policy, D, entry, facts);
	engine_close(&e);
	return yes;
}

#define READ(condition) holds("file read /a", condition, "", &facts)

static void test_numbers(void)
{
	struct tmy_facts facts = {
		.uid = 0,
		.euid = 1,
		.suid = 2,
		.fsuid = 3,
		.gid = 4,
		.egid = 5,
		.sgid = 6,
		.fsgid = 7,
		.pid = 8,
		.ppid = 9,
	};

	ok(READ("task.uid=0-10") && !READ("task.uid=1-10") && !READ("task.uid!=0-10"),
	   "K-279 a range");
	ok(READ("0-5=5-9"), "K-280 ranges that overlap");
	ok(!READ("0-4=5-9") && READ("0-4!=5-9"), "K-281 ranges that do not");
	ok(READ("task.uid!=@EMPTY") && !READ("task.uid=@EMPTY"), "K-282 a group without members");
	ok(READ("task.uid=0 task.euid=1 task.suid=2 task.fsuid=3 task.gid=4 task.egid=5 "
		"task.sgid=6 task.fsgid=7 task.pid=8 task.ppid=9"),
	   "K-279 every id of a task");
	ok(!READ("task.uid=0 task.gid=5"), "K-279 all conditions must hold");
	ok(holds("file read /a", "3-5=@N", "number_group N 0\nnumber_group N 5", &facts) &&
		   !holds("file read /a", "6-9=@N", "number_group N 0\nnumber_group N 5", &facts) &&
		   holds("file read /a", "task.ppid=@N", "number_group N 0\nnumber_group N 5-10",
			 &facts) &&
		   holds("file read /a", "task.gid!=@N", "number_group N 0\nnumber_group N 5-10",
			 &facts),
	   "K-280 a group is a set of ranges");
	ok(READ("owner_read=0400") && !READ("owner_read!=0400"),
	   "K-285 a bit is a number on the left");
	ok(!READ("0400=owner_read") && !READ("0400!=owner_read"), "K-286 not on the right");
	ok(!READ("owner_read=owner_read") && !READ("owner_read!=owner_read") &&
		   !READ("owner_read=task.uid") && !READ("task.uid!=owner_read"),
	   "K-287 nor beside another keyword");
	ok(holds("file read /a", "owner_read=@N", "number_group N 256", &facts),
	   "K-285 but beside a group");
	ok(READ("file=0100000") && READ("directory=040000") && READ("0x4000=directory") &&
		   !READ("file=directory"),
	   "K-288 types are numbers");
	ok(READ("task.uid=task.uid") && READ("task.uid!=task.gid"), "K-279 keywords on both sides");
	ok(READ("0=0") && !READ("0=1") && READ("1-5=3") && READ("0x10=020"), "K-279 constants");
}

static void test_paths(void)
{
	struct tmy_facts facts = {
		.path1 = { .path = { .ino = 7,
				     .uid = 1,
				     .gid = 2,
				     .major = 8,
				     .minor = 1,
				     .mode = 0100640,
				     .known = true },
			   .parent = { .ino = 3,
				       .uid = 4,
				       .gid = 5,
				       .mode = 041777,
				       .known = true } },
	};

	ok(READ("path1.perm=owner_read") && READ("path1.perm=owner_write") &&
		   !READ("path1.perm=owner_execute") && READ("group_read=path1.perm"),
	   "K-283 a bit that is set");
	ok(READ("path1.perm!=others_read") && !READ("path1.perm!=group_read"),
	   "K-284 a bit that is not");
	ok(READ("path1.parent.perm=sticky") && READ("path1.parent.perm!=setgid") &&
		   READ("path1.perm=0640"),
	   "K-283 of the directory, and all bits");
	ok(READ("path1.type=file") && !READ("path1.type=directory") &&
		   READ("path1.type!=directory") && READ("file=path1.type") &&
		   READ("path1.type=0100000"),
	   "K-288 the type of a file");
	ok(READ("path1.uid=1 path1.gid=2 path1.ino=7 path1.major=8 path1.minor=1 path1.dev_major=0 "
		"path1.dev_minor=0") &&
		   READ("path1.parent.uid=4 path1.parent.gid=5 path1.parent.ino=3"),
	   "K-283 every attribute");
	ok(!READ("path2.uid=0"), "K-289 what a request does not have equals nothing");
	ok(!READ("path2.uid!=0") && !READ("path2.parent.ino!=0"), "K-290 nor does it differ");
	ok(!READ("exec.argc!=0") && !READ("exec.argc=0"), "K-291 a request without arguments");
	ok(!READ("symlink.target!=\"a\"") && !READ("symlink.target=\"a\""),
	   "K-292 a request without a target");
	ok(!READ("exec.realpath!=\"/x\"") && !READ("exec.realpath!=@G") &&
		   !READ("exec.argv[0]!=\"x\"") && !READ("exec.envp[\"A\"]!=\"x\"") &&
		   !READ("exec.envp[\"A\"]=NULL"),
	   "K-291 nor are there names of a program");
	ok(!READ("path2.perm=owner_read") && !READ("path2.perm!=owner_read"),
	   "K-290 bits of what is not there");
	ok(!READ("task.uid=exec.realpath") && !READ("task.uid!=exec.realpath"),
	   "K-277 a number never equals a name");
	facts.path1.path.known = false;
	ok(holds("file create /a 0600", "path1.parent.uid=4", "", &facts) &&
		   !holds("file create /a 0600", "path1.uid=0", "", &facts) &&
		   !holds("file create /a 0600", "path1.uid!=0", "", &facts),
	   "K-302 of what is yet to be made only the directory is known");
	facts.path2.path = (struct tmy_attributes){
		.ino = 1, .dev_major = 4, .dev_minor = 64, .mode = 020620, .known = true
	};
	facts.path2.parent = (struct tmy_attributes){
		.uid = 9, .gid = 8, .ino = 7, .mode = 0755, .known = true
	};
	ok(holds("file rename /a /b",
		 "path2.ino=1 path2.dev_major=4 path2.dev_minor=64 path2.type=char path2.perm=0620 "
		 "path2.parent.uid=9 "
		 "path2.parent.gid=8 path2.parent.ino=7 path2.parent.perm=0755 path1.parent.uid=4",
		 "", &facts),
	   "K-289 two paths have two sets");
	ok(!holds("file read /a", "task.uid=0", "", NULL) &&
		   holds("file read /a", "grant_log=no", "", NULL),
	   "K-279 nothing holds of what nothing is known of");
}

static unsigned int loads[TMY_FACTS_REALPATH + 1];

static void load_facts(struct tmy_facts *facts, unsigned int what)
{
	loads[what]++;
	if (what == TMY_FACTS_TASK)
		facts->uid = 77;
	if (what == TMY_FACTS_PATH1)
		facts->path1.path = (struct tmy_attributes){ .uid = 5, .known = true };
	if (what == TMY_FACTS_PATH2)
		facts->path2.parent = (struct tmy_attributes){ .uid = 6, .known = true };
	if (what == TMY_FACTS_REALPATH)
		facts->realpath = TMY_SPAN("/bin/act");
}

static void test_loading(void)
{
	struct tmy_facts facts = { .load = load_facts };
	struct engine e;

	engine_open(&e);
	load(e.domains,
	     D "\nfile rename /a /b\nfile rename /c /d task.uid=1\nfile rename /c /d "
	       "path1.uid=5 task.uid=76\n"
	       "file rename /c /d path1.uid=5 path2.parent.uid=6 task.uid=77\n"
	       "misc env A exec.realpath=\"/bin/other\"\nmisc env A exec.realpath=\"/bin/act\"");
	ok(granted(e.policy, D, "file rename /a /b", &facts) && !facts.loaded,
	   "4.3 facts are not loaded unless asked for");
	ok(granted(e.policy, D, "file rename /c /d", &facts) && loads[TMY_FACTS_TASK] == 1 &&
		   loads[TMY_FACTS_PATH1] == 1 && loads[TMY_FACTS_PATH2] == 1,
	   "4.3 and once only");
	ok(!granted(e.policy, D, "misc env A", &facts) && !loads[TMY_FACTS_REALPATH],
	   "4.3 who executes nothing has no real path");
	facts.exec = true;
	ok(granted(e.policy, D, "misc env A", &facts) && loads[TMY_FACTS_REALPATH] == 1,
	   "4.3 and who does is asked for it once");
	engine_close(&e);
}

/* ---- Programs ---- */

struct program {
	struct tmy_facts facts;
	struct tmy_span argv[8], envp[8];
	char *one; /* the string that was asked for last, one byte longer */
	unsigned int asked;
};

/* The next one takes the place of this. */
static struct tmy_span one_string(struct tmy_facts *facts, u32 index, bool name)
{
	struct program *program = (struct program *)facts;
	bool variable = index >= facts->argc;
	struct tmy_span text = variable ? program->envp[index - facts->argc] : program->argv[index];
	const char *equal = text.length ? memchr(text.at, '=', text.length) : NULL;

	if (name && equal)
		text.length = (size_t)(equal + 1 - text.at);
	ok(index < facts->argc + facts->envc && (variable || !name), "it exists");
	free(program->one);
	program->one = malloc(text.length + 1);
	memcpy(program->one, text.at, text.length);
	program->asked++;
	return tmy_span(program->one, text.length);
}

/* From now on they are made when they are asked for. */
static void one_by_one(struct program *program)
{
	program->facts.argv = NULL;
	program->facts.envp = NULL;
	program->facts.string = one_string;
}

static void end_program(struct program *program)
{
	free(program->one);
}

static void set_program(struct program *program, const char *realpath, const char *const *argv,
			const char *const *envp)
{
	memset(program, 0, sizeof(*program));
	program->facts.exec = true;
	program->facts.arguments = true;
	program->facts.realpath = span_of(realpath);
	for (; *argv; argv++)
		program->argv[program->facts.argc++] = span_of(*argv);
	for (; *envp; envp++)
		program->envp[program->facts.envc++] = span_of(*envp);
	program->facts.argv = program->argv;
	program->facts.envp = program->envp;
}

#define EXEC(condition)                                                                    \
	holds("file execute /link", condition, "path_group G /bin/\\*\npath_group G /act", \
	      &program.facts)

static void test_programs_made(bool singly)
{
	static const char *const argv[] = { "act", "-c", "", "a\\040b", NULL };
	static const char *const envp[] = { "HOME=/", "DUP=1",	"DUP=2",	   "NOEQ",
					    "EMPTY=", "EQ=a=b", "PATH=/bin:/sbin", NULL };
	static const char *const none[] = { NULL };
	struct program program;
	char *longer = malloc(6000);

	set_program(&program, "/bin/act", argv, envp);
	if (singly)
		one_by_one(&program);
	ok(EXEC("exec.argc=4") && EXEC("exec.argc!=3") && EXEC("exec.envc=7") &&
		   !EXEC("exec.argc=0-3"),
	   "K-291 how many there are");
	ok(EXEC("exec.argv[4]!=\"x\"") && !EXEC("exec.argv[4]=\"\\*\""),
	   "K-293 an argument that is not there");
	ok(EXEC("exec.argv[2]=\"\"") && EXEC("exec.argv[1]!=\"\"") && EXEC("exec.argv[2]=\"\\*\""),
	   "K-294 an empty argument");
	ok(EXEC("exec.argv[1]=\"-c\" exec.argv[3]=\"a\\040b\"") && EXEC("exec.argv[3]=\"a\\?b\"") &&
		   !EXEC("exec.argv[1]=\"-d\""),
	   "K-294 arguments and patterns");
	ok(EXEC("exec.envp[\"NOPE\"]!=\"x\""), "K-295 no such variable differs");
	ok(!EXEC("exec.envp[\"NOPE\"]=\"x\"") && EXEC("exec.envp[\"NOPE\"]=NULL") &&
		   !EXEC("exec.envp[\"NOPE\"]!=NULL"),
	   "K-296 but equals nothing except NULL");
	ok(!EXEC("exec.envp[\"DUP\"]=\"1\"") && EXEC("exec.envp[\"DUP\"]!=\"3\"") &&
		   !EXEC("exec.envp[\"DUP\"]!=\"2\""),
	   "K-297 all variables of a name must equal");
	ok(EXEC("exec.envp[\"DUP\"]=\"\\$\"") && EXEC("exec.envp[\"D\\*\"]=\"\\+\""),
	   "K-298 with patterns they do");
	ok(EXEC("exec.envp[\"NOEQ\"]=NULL") && !EXEC("exec.envp[\"NOEQ\"]!=NULL") &&
		   !EXEC("exec.envp[\"NOEQ\"]=\"\""),
	   "K-299 a text without = is no variable");
	ok(EXEC("exec.envp[\"EMPTY\"]=\"\"") && EXEC("exec.envp[\"EQ\"]=\"a=b\"") &&
		   EXEC("exec.envp[\"HOME\"]!=NULL") &&
		   EXEC("exec.envp[\"PATH\"]=\"/bin:/sbin\"") && EXEC("exec.envp[\"\\*\"]!=NULL"),
	   "K-299 the first = ends the name");
	ok(EXEC("exec.realpath=\"/bin/act\"") && !EXEC("exec.realpath=\"/link\"") &&
		   EXEC("exec.realpath=\"/bin/\\*\"") && EXEC("exec.realpath!=\"/sbin/\\*\"") &&
		   EXEC("exec.realpath!=\"\""),
	   "K-300 the real path is not that of the link");
	ok(!EXEC("exec.realpath!=@G") && EXEC("exec.realpath=@G") && EXEC("exec.realpath!=@EMPTY"),
	   "K-301 a group of real paths");
	ok(!singly || program.asked > 20, "each string was asked for");
	end_program(&program);
	set_program(&program, "/bin/act", none, none);
	if (singly)
		one_by_one(&program);
	ok(EXEC("exec.argc=0 exec.envc=0") && EXEC("exec.argv[0]!=\"\"") &&
		   !EXEC("exec.argv[0]=\"\"") && EXEC("exec.envp[\"\\*\"]=NULL"),
	   "K-293 without arguments and variables");

	memset(longer, 'x', 6000);
	program.argv[0] = tmy_span(longer, 6000);
	program.facts.argc = 1;
	{
		char condition[4200];

		snprintf(condition, sizeof(condition), "file execute /long exec.argv[0]=\"%.*s\"",
			 TMY_ARGUMENT_MAX, longer);
		struct engine e;

		engine_open(&e);
		load(e.domains, D);
		accepts(e.domains, condition);
		ok(granted(e.policy, D, "file execute /long", &program.facts),
		   "D-29 of a long argument the beginning counts");
		engine_close(&e);
	}
	end_program(&program);
	free(longer);
}

static void test_programs(void)
{
	test_programs_made(false);
	test_programs_made(true);
}

/* What could not be made settles nothing, but does no harm either. */
static struct tmy_span no_string(struct tmy_facts *facts, u32 index, bool name)
{
	struct program *program = (struct program *)facts;

	(void)index;
	if (name)
		return TMY_SPAN("A=");
	facts->failed = true;
	program->asked++;
	return tmy_span("", 0);
}

static void test_failing_programs(void)
{
	static const char *const argv[] = { "act", NULL };
	static const char *const envp[] = { "A=1", NULL };
	struct program program;

	set_program(&program, "/bin/act", argv, envp);
	program.facts.string = no_string;
	ok(!EXEC("exec.envp[\"A\"]=\"1\"") && program.facts.failed,
	   "a variable's value that fails");
	program.facts.failed = false;
	ok(!EXEC("exec.argv[0]=\"act\"") && program.facts.failed && program.asked == 2,
	   "an argument that fails");
}

static void test_symlinks(void)
{
	struct tmy_facts facts = { .symlink_target = TMY_SPAN("a\\040b\\\\c") };

	ok(holds("file symlink /s", "symlink.target=\"a\\040b\\\\c\"", "", &facts) &&
		   holds("file symlink /s", "symlink.target=\"a\\*c\"", "", &facts) &&
		   !holds("file symlink /s", "symlink.target=\"a\\*b\"", "", &facts) &&
		   holds("file symlink /s", "symlink.target!=\"b\"", "", &facts) &&
		   holds("file symlink /s", "symlink.target=@G", "path_group G \\A\\*", &facts),
	   "K-292 the target of a symbolic link");
	ok(!holds("file symlink /s", "exec.realpath!=\"a\"", "", &facts),
	   "K-291 which is no program");
}

/* Arguments are loaded, which may sleep, only when nothing else has decided. */
static void test_arguments(void)
{
	static const char *const argv[] = { "act", NULL };
	static const char *const envp[] = { "A=1", NULL };
	struct tmy_facts nothing = { 0 };
	struct program program;
	struct answer answer;
	struct engine e;

	set_program(&program, "/act", argv, envp);
	program.facts.arguments = false;
	engine_open(&e);
	load(e.domains, D "\nuse_group 1\nfile execute /a exec.argv[0]=\"act\"\nfile execute "
			  "/\\*\nfile execute /b task.uid=1 exec.argv[0]=\"act\"\n"
			  "file execute /c\nfile execute /d/e exec.envp[\"A\"]=\"1\"\nfile execute "
			  "/\\{d\\}/e keep\n"
			  "misc env A exec.argv[0]=\"act\"\nfile read /r exec.argv[0]=\"act\"");
	load(e.exceptions, "acl_group 1 file execute /d/e keep");
	ok(ask(e.policy, D, "file execute /a", &program.facts).verdict == TMY_NEEDS_ARGUMENTS,
	   "3.2 the first entry asks for arguments");
	ok(decides(e.policy, "file execute /b", &program.facts, "/\\*", ""),
	   "3.2 not when its other conditions fail");
	ok(decides(e.policy, "file execute /c", &program.facts, "/\\*", ""),
	   "3.2 nor when another comes first");
	answer = ask(e.policy, D, "file execute /d/e", &program.facts);
	ok(answer.verdict == TMY_NEEDS_ARGUMENTS, "3.2 before later entries and groups are asked");
	ok(ask(e.policy, D, "misc env A", &program.facts).verdict == TMY_NEEDS_ARGUMENTS,
	   "3.2 for environment variables, too");
	ok(denied(e.policy, D, "file read /r", &nothing), "3.2 what has none is denied");
	program.facts.arguments = true;
	ok(decides(e.policy, "file execute /a", &program.facts, "/a", "exec.argv[0]=\"act\""),
	   "3.2 loaded, they hold");
	ok(decides(e.policy, "file execute /d/e", &program.facts, "/d/e", "exec.envp[\"A\"]=\"1\""),
	   "3.2 loaded, variables hold");
	program.argv[0] = TMY_SPAN("other");
	ok(decides(e.policy, "file execute /a", &program.facts, "/\\*", ""),
	   "3.2 or not, and the next one decides");
	program.envp[0] = TMY_SPAN("A=2");
	ok(decides(e.policy, "file execute /d/e", &program.facts, "/\\{d\\}/e", "keep"),
	   "3.2 as it does here");
	program.facts.arguments = false;
	load(e.domains,
	     "delete file execute /a exec.argv[0]=\"act\"\nfile execute /a exec.argv[0]=\"act\"");
	ok(decides(e.policy, "file execute /a", &program.facts, "/\\*", ""),
	   "3.2 what is added again is last");
	engine_close(&e);
}

static void test_grant_log(void)
{
	struct engine e;

	engine_open(&e);
	load(e.domains, D "\nfile read /y grant_log=yes\nfile read /n task.uid=0 "
			  "grant_log=no\nfile read /p task.uid=0\nfile read /q");
	{
		struct tmy_facts facts = { .uid = 0 };

		ok(ask(e.policy, D, "file read /y", &facts).grant_log == TMY_LOG_YES &&
			   ask(e.policy, D, "file read /n", &facts).grant_log == TMY_LOG_NO &&
			   ask(e.policy, D, "file read /p", &facts).grant_log ==
				   TMY_LOG_AS_PROFILE &&
			   ask(e.policy, D, "file read /q", &facts).grant_log == TMY_LOG_AS_PROFILE,
		   "K-328 K-329 the entry that grants says whether that is logged");
	}
	engine_close(&e);
}

int main(void)
{
	test_operands();
	test_mount();
	test_first_match();
	test_changes();
	test_numbers();
	test_paths();
	test_loading();
	test_programs();
	test_failing_programs();
	test_symlinks();
	test_arguments();
	test_grant_log();
	return done();
}
