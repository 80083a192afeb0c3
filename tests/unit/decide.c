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

/* Those of the requests, one a line, that get another verdict, with the one they get. */
static const char *others(struct tmy_policy *policy, const char *lines, const char *wanted)
{
	const char *list = "";

	while (*lines) {
		int length = (int)strcspn(lines, "\n");
		const char *line = formatted("%.*s", length, lines);
		const char *got = verdict(policy, D, line, NULL);

		if (strcmp(got, wanted) != 0)
			list = formatted("%s%s: %s\n", list, line, got);
		lines += length + (lines[length] == '\n');
	}
	return list;
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

		snprintf(title, sizeof(title), "%s%s",
			 strcmp(check->entry, "network inet stream bind @A @P") ? "" : "K-275 ",
			 check->name);
		about(title);
		engine_open(&e);
		load(e.domains, D);
		is(refused_lines(e.exceptions, check->exceptions), "",
		   named("its groups are accepted"));
		is(put(e.domains, check->entry), 0, named("accepts(e.domains, check->entry)"));
		is(others(e.policy, check->granted, "granted"), "", named("granted at first"));
		is(others(e.policy, check->denied, "denied"), "", named("denied at first"));
		put_crowd(e.domains, "");
		is(others(e.policy, check->granted, "granted"), "", named("granted among others"));
		is(others(e.policy, check->denied, "denied"), "", named("denied among others"));
		snprintf(line, sizeof(line), "delete %s", check->entry);
		put(e.domains, line);
		tmy_collect(e.policy);
		is(others(e.policy, check->granted, "denied"), "",
		   named("denied without the entry"));
		/* The same in an acl_group. */
		snprintf(line, sizeof(line), "acl_group 77 %s", check->entry);
		put_crowd(e.exceptions, "acl_group 77 ");
		is(put(e.exceptions, line), 0, named("accepts(e.exceptions, line)"));
		is(others(e.policy, check->granted, "denied"), "",
		   named("denied as the group is not used"));
		put(e.domains, "use_group 77");
		is(others(e.policy, check->granted, "granted"), "", named("granted by the group"));
		is(others(e.policy, check->denied, "denied"), "", named("denied by the group"));
		engine_close(&e);
	}
}

static void test_mount(void)
{
	struct answer answer;
	struct engine e;

	engine_open(&e);
	load(e.domains, D "\nfile mount x /m/ tmpfs 0\nfile mount /nomatch /m/ --bind 0");
	answer = ask_any(e.policy, D, "file mount none /m/ tmpfs 0x0", NULL, true);
	is(answer.verdict, TMY_GRANTED, "K-254 a source that is no device is not compared");
	answer = ask_any(e.policy, D, "file mount none /m/ proc 0x0", NULL, true);
	is(answer.verdict, TMY_DENIED, "K-254 the type is");
	answer = ask_any(e.policy, D, "file mount /w /m/ --bind 0x0", NULL, false);
	is(answer.verdict, TMY_DENIED, "K-255 the source of a bind mount is");
	engine_close(&e);
}

/* ---- Which entry decides ---- */

/* Who grants: what matched, and the conditions. */
static const char *decision(struct tmy_policy *policy, const char *line, struct tmy_facts *facts)
{
	struct answer answer = ask(policy, D, line, facts);

	return formatted("%s by %s %s", verdict_word(answer.verdict), answer.matched,
			 answer.conditions);
}

/* What decision() is to say. */
static const char *decided(const char *matched, const char *conditions)
{
	return formatted("granted by %s %s", matched, conditions);
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
	unsigned int first, step, i;
	struct engine e;

	for (first = 0; first < ENTRIES; first++)
		for (step = 1; step < ENTRIES; step += 2) {
			const char *order = formatted("from entry %u in steps of %u", first, step);
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
			about("K-172 the first entry that matches decides, whatever form it has");
			is(decision(e.policy, "file execute /d/ab", &facts),
			   decided(matched[first], conditions[first]), named(order));
			snprintf(line, sizeof(line), "delete %s", entries[first]);
			put(e.domains, line);
			i = (first + step) % ENTRIES;
			about("K-172 then the next, before and after collection");
			is(decision(e.policy, "file execute /d/ab", &facts),
			   decided(matched[i], conditions[i]), named(order));
			tmy_collect(e.policy);
			is(decision(e.policy, "file execute /d/ab", &facts),
			   decided(matched[i], conditions[i]), named(order));
			for (i = 0; i < ENTRIES; i++) {
				snprintf(line, sizeof(line), "delete %s", entries[i]);
				put(e.domains, line);
			}
			about("K-172 acl_groups are asked in ascending order, after the domain");
			is(decision(e.policy, "file execute /d/ab", &facts),
			   decided(matched[first], conditions[first]), named(order));
			put(e.exceptions, "acl_group 3 file execute /d/\\? reset");
			put(e.exceptions, "acl_group 3 file execute /\\*/\\* reset");
			is(decision(e.policy, "file execute /d/ab", &facts),
			   decided("/\\*/\\*", "reset"), named(order));
			engine_close(&e);
		}

	engine_open(&e);
	load(e.domains, D);
	load(e.domains, D "\nfile execute /a //one task.uid=1\nfile execute /a //two "
			  "task.uid=0-10\nfile execute /a //three");
	facts.uid = 1;
	is(decision(e.policy, "file execute /a", &facts), "granted by /a //one task.uid=1",
	   "K-172 conditions of the first hold");
	facts.uid = 5;
	is(decision(e.policy, "file execute /a", &facts), "granted by /a //two task.uid=0-10",
	   "K-172 only those of the second");
	facts.uid = 50;
	is(decision(e.policy, "file execute /a", &facts), "granted by /a //three",
	   "K-172 those of none");
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
	is(decision(e.policy, "file create /a 0600", NULL), "granted by /a ",
	   "K-172 of a name and a number");
	is(decision(e.policy, "file create /a 0601", NULL), "granted by /a ", "K-172 of a range");
	is(decision(e.policy, "file create /b 0600", NULL), "granted by /\\* ", "K-172 of a group");
	is(decision(e.policy, "network inet stream bind 1.2.3.4 80", &facts),
	   "granted by  task.uid!=1", "K-172 of an address and a port");
	load(e.exceptions, "address_group A 0.0.0.0-9.9.9.9");
	is(decision(e.policy, "network inet stream bind 1.2.3.4 80", &facts),
	   "granted by  task.uid=0", "K-172 of a group of addresses");
	facts.uid = 1;
	is(decision(e.policy, "network inet stream bind 1.2.3.4 80", &facts),
	   "granted by  task.uid=0-5", "K-172 of ranges");
	is(decision(e.policy, "network inet stream bind 1.2.4.4 80", &facts),
	   "granted by  task.gid=0", "K-172 of a group and a range");
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
	unsigned int i, at_once = 0, left = 0, gone = 0;

	engine_open(&e);
	load(e.domains, D);
	for (i = 0; i < many; i++) {
		put_numbered(e.domains, i % 2 ? "file read /d%u/f%u.\\*" : "file read /d%u/f%u.x",
			     i);
		at_once += grants_numbered(e.policy, i);
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
		if (i % 3 == 2)
			left += grants_numbered(e.policy, i);
		else
			gone += !grants_numbered(e.policy, i);
	about("D-17 of 2,000 entries that come and go each is found while it is there");
	is(at_once, many, named("at once"));
	is(left, many / 3, named("what is left in the end"));
	is(gone, many / 3 * 2, named("what is gone is not"));
	engine_close(&e);
}

/* ---- Conditions ---- */

/* The verdict on what an entry with these conditions is to grant. */
static const char *holds(const char *entry, const char *condition, const char *exceptions,
			 struct tmy_facts *facts)
{
	char line[256];
	struct engine e;
	const char *got;
	int error;

	engine_open(&e);
	load(e.exceptions, exceptions);
	load(e.domains, D);
	snprintf(line, sizeof(line), "%s %s", entry, condition);
	error = put(e.domains, line);
	got = error ? formatted("not accepted: error %d", error)
		    : verdict(e.policy, D, entry, facts);
	engine_close(&e);
	return got;
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

	about("K-279 a range");
	is(READ("task.uid=0-10"), "granted", named("task.uid=0-10"));
	is(READ("task.uid=1-10"), "denied", named("task.uid=1-10"));
	is(READ("task.uid!=0-10"), "denied", named("task.uid!=0-10"));
	is(READ("0-5=5-9"), "granted", "K-280 ranges that overlap");
	about("K-281 ranges that do not");
	is(READ("0-4=5-9"), "denied", named("0-4=5-9"));
	is(READ("0-4!=5-9"), "granted", named("0-4!=5-9"));
	about("K-282 a group without members");
	is(READ("task.uid!=@EMPTY"), "granted", named("task.uid!=@EMPTY"));
	is(READ("task.uid=@EMPTY"), "denied", named("task.uid=@EMPTY"));
	is(READ("task.uid=0 task.euid=1 task.suid=2 task.fsuid=3 task.gid=4 task.egid=5 "
		"task.sgid=6 task.fsgid=7 task.pid=8 task.ppid=9"),
	   "granted", "K-279 every id of a task");
	is(READ("task.uid=0 task.gid=5"), "denied", "K-279 all conditions must hold");
	about("K-280 a group is a set of ranges");
	is(holds("file read /a", "3-5=@N", "number_group N 0\nnumber_group N 5", &facts), "granted",
	   named("3-5=@N"));
	is(holds("file read /a", "6-9=@N", "number_group N 0\nnumber_group N 5", &facts), "denied",
	   named("6-9=@N"));
	is(holds("file read /a", "task.ppid=@N", "number_group N 0\nnumber_group N 5-10", &facts),
	   "granted", named("task.ppid=@N"));
	is(holds("file read /a", "task.gid!=@N", "number_group N 0\nnumber_group N 5-10", &facts),
	   "granted", named("task.gid!=@N"));
	about("K-285 a bit is a number on the left");
	is(READ("owner_read=0400"), "granted", named("owner_read=0400"));
	is(READ("owner_read!=0400"), "denied", named("owner_read!=0400"));
	about("K-286 not on the right");
	is(READ("0400=owner_read"), "denied", named("0400=owner_read"));
	is(READ("0400!=owner_read"), "denied", named("0400!=owner_read"));
	about("K-287 nor beside another keyword");
	is(READ("owner_read=owner_read"), "denied", named("owner_read=owner_read"));
	is(READ("owner_read!=owner_read"), "denied", named("owner_read!=owner_read"));
	is(READ("owner_read=task.uid"), "denied", named("owner_read=task.uid"));
	is(READ("task.uid!=owner_read"), "denied", named("task.uid!=owner_read"));
	is(holds("file read /a", "owner_read=@N", "number_group N 256", &facts), "granted",
	   "K-285 but beside a group");
	about("K-288 types are numbers");
	is(READ("file=0100000"), "granted", named("file=0100000"));
	is(READ("directory=040000"), "granted", named("directory=040000"));
	is(READ("0x4000=directory"), "granted", named("0x4000=directory"));
	is(READ("file=directory"), "denied", named("file=directory"));
	about("K-279 keywords on both sides");
	is(READ("task.uid=task.uid"), "granted", named("task.uid=task.uid"));
	is(READ("task.uid!=task.gid"), "granted", named("task.uid!=task.gid"));
	about("K-279 constants");
	is(READ("0=0"), "granted", named("0=0"));
	is(READ("0=1"), "denied", named("0=1"));
	is(READ("1-5=3"), "granted", named("1-5=3"));
	is(READ("0x10=020"), "granted", named("0x10=020"));
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

	about("K-283 a bit that is set");
	is(READ("path1.perm=owner_read"), "granted", named("path1.perm=owner_read"));
	is(READ("path1.perm=owner_write"), "granted", named("path1.perm=owner_write"));
	is(READ("path1.perm=owner_execute"), "denied", named("path1.perm=owner_execute"));
	is(READ("group_read=path1.perm"), "granted", named("group_read=path1.perm"));
	about("K-284 a bit that is not");
	is(READ("path1.perm!=others_read"), "granted", named("path1.perm!=others_read"));
	is(READ("path1.perm!=group_read"), "denied", named("path1.perm!=group_read"));
	about("K-283 of the directory, and all bits");
	is(READ("path1.parent.perm=sticky"), "granted", named("path1.parent.perm=sticky"));
	is(READ("path1.parent.perm!=setgid"), "granted", named("path1.parent.perm!=setgid"));
	is(READ("path1.perm=0640"), "granted", named("path1.perm=0640"));
	about("K-288 the type of a file");
	is(READ("path1.type=file"), "granted", named("path1.type=file"));
	is(READ("path1.type=directory"), "denied", named("path1.type=directory"));
	is(READ("path1.type!=directory"), "granted", named("path1.type!=directory"));
	is(READ("file=path1.type"), "granted", named("file=path1.type"));
	is(READ("path1.type=0100000"), "granted", named("path1.type=0100000"));
	about("K-283 every attribute");
	is(READ("path1.uid=1 path1.gid=2 path1.ino=7 path1.major=8 path1.minor=1 path1.dev_major=0 "
		"path1.dev_minor=0"),
	   "granted",
	   named("path1.uid=1 path1.gid=2 path1.ino=7 path1.major=8 path1.minor=1 "
		 "path1.dev_major=0 "
		 "path1.dev_minor=0"));
	is(READ("path1.parent.uid=4 path1.parent.gid=5 path1.parent.ino=3"), "granted",
	   named("path1.parent.uid=4 path1.parent.gid=5 path1.parent.ino=3"));
	is(READ("path2.uid=0"), "denied", "K-289 what a request does not have equals nothing");
	about("K-290 nor does it differ");
	is(READ("path2.uid!=0"), "denied", named("path2.uid!=0"));
	is(READ("path2.parent.ino!=0"), "denied", named("path2.parent.ino!=0"));
	about("K-291 a request without arguments");
	is(READ("exec.argc!=0"), "denied", named("exec.argc!=0"));
	is(READ("exec.argc=0"), "denied", named("exec.argc=0"));
	about("K-292 a request without a target");
	is(READ("symlink.target!=\"a\""), "denied", named("symlink.target!=\"a\""));
	is(READ("symlink.target=\"a\""), "denied", named("symlink.target=\"a\""));
	about("K-291 nor are there names of a program");
	is(READ("exec.realpath!=\"/x\""), "denied", named("exec.realpath!=\"/x\""));
	is(READ("exec.realpath!=@G"), "denied", named("exec.realpath!=@G"));
	is(READ("exec.argv[0]!=\"x\""), "denied", named("exec.argv[0]!=\"x\""));
	is(READ("exec.envp[\"A\"]!=\"x\""), "denied", named("exec.envp[\"A\"]!=\"x\""));
	is(READ("exec.envp[\"A\"]=NULL"), "denied", named("exec.envp[\"A\"]=NULL"));
	about("K-290 bits of what is not there");
	is(READ("path2.perm=owner_read"), "denied", named("path2.perm=owner_read"));
	is(READ("path2.perm!=owner_read"), "denied", named("path2.perm!=owner_read"));
	about("K-277 a number never equals a name");
	is(READ("task.uid=exec.realpath"), "denied", named("task.uid=exec.realpath"));
	is(READ("task.uid!=exec.realpath"), "denied", named("task.uid!=exec.realpath"));
	facts.path1.path.known = false;
	about("K-302 of what is yet to be made only the directory is known");
	is(holds("file create /a 0600", "path1.parent.uid=4", "", &facts), "granted",
	   named("path1.parent.uid=4"));
	is(holds("file create /a 0600", "path1.uid=0", "", &facts), "denied", named("path1.uid=0"));
	is(holds("file create /a 0600", "path1.uid!=0", "", &facts), "denied",
	   named("path1.uid!=0"));
	facts.path2.path = (struct tmy_attributes){
		.ino = 1, .dev_major = 4, .dev_minor = 64, .mode = 020620, .known = true
	};
	facts.path2.parent = (struct tmy_attributes){
		.uid = 9, .gid = 8, .ino = 7, .mode = 0755, .known = true
	};
	is(holds("file rename /a /b",
		 "path2.ino=1 path2.dev_major=4 path2.dev_minor=64 path2.type=char path2.perm=0620 "
		 "path2.parent.uid=9 "
		 "path2.parent.gid=8 path2.parent.ino=7 path2.parent.perm=0755 path1.parent.uid=4",
		 "", &facts),
	   "granted", "K-289 two paths have two sets");
	about("K-279 nothing holds of what nothing is known of");
	is(holds("file read /a", "task.uid=0", "", NULL), "denied", named("task.uid=0"));
	is(holds("file read /a", "grant_log=no", "", NULL), "granted", named("grant_log=no"));
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
	about("4.3 facts are not loaded unless asked for");
	is(verdict(e.policy, D, "file rename /a /b", &facts), "granted",
	   named("file rename /a /b"));
	is(facts.loaded, 0, named("facts.loaded"));
	about("4.3 and once only");
	is(verdict(e.policy, D, "file rename /c /d", &facts), "granted",
	   named("file rename /c /d"));
	is(loads[TMY_FACTS_TASK], 1, named("loads[TMY_FACTS_TASK]"));
	is(loads[TMY_FACTS_PATH1], 1, named("loads[TMY_FACTS_PATH1]"));
	is(loads[TMY_FACTS_PATH2], 1, named("loads[TMY_FACTS_PATH2]"));
	about("4.3 who executes nothing has no real path");
	isnt(verdict(e.policy, D, "misc env A", &facts), "granted", named("misc env A"));
	is(loads[TMY_FACTS_REALPATH], 0, named("loads[TMY_FACTS_REALPATH]"));
	facts.exec = true;
	about("4.3 and who does is asked for it once");
	is(verdict(e.policy, D, "misc env A", &facts), "granted", named("misc env A"));
	is(loads[TMY_FACTS_REALPATH], 1, named("loads[TMY_FACTS_REALPATH]"));
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
	cmp_ok(index, <, facts->argc + facts->envc, "it exists");
	is(name && !variable, false, "it exists: only a variable has a name");
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
	about("K-291 how many there are");
	is(EXEC("exec.argc=4"), "granted", named("exec.argc=4"));
	is(EXEC("exec.argc!=3"), "granted", named("exec.argc!=3"));
	is(EXEC("exec.envc=7"), "granted", named("exec.envc=7"));
	is(EXEC("exec.argc=0-3"), "denied", named("exec.argc=0-3"));
	about("K-293 an argument that is not there");
	is(EXEC("exec.argv[4]!=\"x\""), "granted", named("exec.argv[4]!=\"x\""));
	is(EXEC("exec.argv[4]=\"\\*\""), "denied", named("exec.argv[4]=\"\\*\""));
	about("K-294 an empty argument");
	is(EXEC("exec.argv[2]=\"\""), "granted", named("exec.argv[2]=\"\""));
	is(EXEC("exec.argv[1]!=\"\""), "granted", named("exec.argv[1]!=\"\""));
	is(EXEC("exec.argv[2]=\"\\*\""), "granted", named("exec.argv[2]=\"\\*\""));
	about("K-294 arguments and patterns");
	is(EXEC("exec.argv[1]=\"-c\" exec.argv[3]=\"a\\040b\""), "granted",
	   named("exec.argv[1]=\"-c\" exec.argv[3]=\"a\\040b\""));
	is(EXEC("exec.argv[3]=\"a\\?b\""), "granted", named("exec.argv[3]=\"a\\?b\""));
	is(EXEC("exec.argv[1]=\"-d\""), "denied", named("exec.argv[1]=\"-d\""));
	is(EXEC("exec.envp[\"NOPE\"]!=\"x\""), "granted", "K-295 no such variable differs");
	about("K-296 but equals nothing except NULL");
	is(EXEC("exec.envp[\"NOPE\"]=\"x\""), "denied", named("exec.envp[\"NOPE\"]=\"x\""));
	is(EXEC("exec.envp[\"NOPE\"]=NULL"), "granted", named("exec.envp[\"NOPE\"]=NULL"));
	is(EXEC("exec.envp[\"NOPE\"]!=NULL"), "denied", named("exec.envp[\"NOPE\"]!=NULL"));
	about("K-297 all variables of a name must equal");
	is(EXEC("exec.envp[\"DUP\"]=\"1\""), "denied", named("exec.envp[\"DUP\"]=\"1\""));
	is(EXEC("exec.envp[\"DUP\"]!=\"3\""), "granted", named("exec.envp[\"DUP\"]!=\"3\""));
	is(EXEC("exec.envp[\"DUP\"]!=\"2\""), "denied", named("exec.envp[\"DUP\"]!=\"2\""));
	about("K-298 with patterns they do");
	is(EXEC("exec.envp[\"DUP\"]=\"\\$\""), "granted", named("exec.envp[\"DUP\"]=\"\\$\""));
	is(EXEC("exec.envp[\"D\\*\"]=\"\\+\""), "granted", named("exec.envp[\"D\\*\"]=\"\\+\""));
	about("K-299 a text without = is no variable");
	is(EXEC("exec.envp[\"NOEQ\"]=NULL"), "granted", named("exec.envp[\"NOEQ\"]=NULL"));
	is(EXEC("exec.envp[\"NOEQ\"]!=NULL"), "denied", named("exec.envp[\"NOEQ\"]!=NULL"));
	is(EXEC("exec.envp[\"NOEQ\"]=\"\""), "denied", named("exec.envp[\"NOEQ\"]=\"\""));
	about("K-299 the first = ends the name");
	is(EXEC("exec.envp[\"EMPTY\"]=\"\""), "granted", named("exec.envp[\"EMPTY\"]=\"\""));
	is(EXEC("exec.envp[\"EQ\"]=\"a=b\""), "granted", named("exec.envp[\"EQ\"]=\"a=b\""));
	is(EXEC("exec.envp[\"HOME\"]!=NULL"), "granted", named("exec.envp[\"HOME\"]!=NULL"));
	is(EXEC("exec.envp[\"PATH\"]=\"/bin:/sbin\""), "granted",
	   named("exec.envp[\"PATH\"]=\"/bin:/sbin\""));
	is(EXEC("exec.envp[\"\\*\"]!=NULL"), "granted", named("exec.envp[\"\\*\"]!=NULL"));
	about("K-300 the real path is not that of the link");
	is(EXEC("exec.realpath=\"/bin/act\""), "granted", named("exec.realpath=\"/bin/act\""));
	is(EXEC("exec.realpath=\"/link\""), "denied", named("exec.realpath=\"/link\""));
	is(EXEC("exec.realpath=\"/bin/\\*\""), "granted", named("exec.realpath=\"/bin/\\*\""));
	is(EXEC("exec.realpath!=\"/sbin/\\*\""), "granted", named("exec.realpath!=\"/sbin/\\*\""));
	is(EXEC("exec.realpath!=\"\""), "granted", named("exec.realpath!=\"\""));
	about("K-301 a group of real paths");
	is(EXEC("exec.realpath!=@G"), "denied", named("exec.realpath!=@G"));
	is(EXEC("exec.realpath=@G"), "granted", named("exec.realpath=@G"));
	is(EXEC("exec.realpath!=@EMPTY"), "granted", named("exec.realpath!=@EMPTY"));
	cmp_ok(program.asked, >=, singly ? 20U : 0U, "each string was asked for");
	end_program(&program);
	set_program(&program, "/bin/act", none, none);
	if (singly)
		one_by_one(&program);
	about("K-293 without arguments and variables");
	is(EXEC("exec.argc=0 exec.envc=0"), "granted", named("exec.argc=0 exec.envc=0"));
	is(EXEC("exec.argv[0]!=\"\""), "granted", named("exec.argv[0]!=\"\""));
	is(EXEC("exec.argv[0]=\"\""), "denied", named("exec.argv[0]=\"\""));
	is(EXEC("exec.envp[\"\\*\"]=NULL"), "granted", named("exec.envp[\"\\*\"]=NULL"));

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
		is(verdict(e.policy, D, "file execute /long", &program.facts), "granted",
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
	about("a variable's value that fails");
	is(EXEC("exec.envp[\"A\"]=\"1\""), "denied", named("exec.envp[\"A\"]=\"1\""));
	is(program.facts.failed, true, named("program.facts.failed"));
	program.facts.failed = false;
	about("an argument that fails");
	is(EXEC("exec.argv[0]=\"act\""), "denied", named("exec.argv[0]=\"act\""));
	is(program.facts.failed, true, named("program.facts.failed"));
	is(program.asked, 2, named("program.asked"));
}

static void test_symlinks(void)
{
	struct tmy_facts facts = { .symlink_target = TMY_SPAN("a\\040b\\\\c") };

	about("K-292 the target of a symbolic link");
	is(holds("file symlink /s", "symlink.target=\"a\\040b\\\\c\"", "", &facts), "granted",
	   named("symlink.target=\"a\\040b\\\\c\""));
	is(holds("file symlink /s", "symlink.target=\"a\\*c\"", "", &facts), "granted",
	   named("symlink.target=\"a\\*c\""));
	is(holds("file symlink /s", "symlink.target=\"a\\*b\"", "", &facts), "denied",
	   named("symlink.target=\"a\\*b\""));
	is(holds("file symlink /s", "symlink.target!=\"b\"", "", &facts), "granted",
	   named("symlink.target!=\"b\""));
	is(holds("file symlink /s", "symlink.target=@G", "path_group G \\A\\*", &facts), "granted",
	   named("symlink.target=@G"));
	is(holds("file symlink /s", "exec.realpath!=\"a\"", "", &facts), "denied",
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
	is(ask(e.policy, D, "file execute /a", &program.facts).verdict, TMY_NEEDS_ARGUMENTS,
	   "3.2 the first entry asks for arguments");
	is(decision(e.policy, "file execute /b", &program.facts), "granted by /\\* ",
	   "3.2 not when its other conditions fail");
	is(decision(e.policy, "file execute /c", &program.facts), "granted by /\\* ",
	   "3.2 nor when another comes first");
	answer = ask(e.policy, D, "file execute /d/e", &program.facts);
	is(answer.verdict, TMY_NEEDS_ARGUMENTS, "3.2 before later entries and groups are asked");
	is(ask(e.policy, D, "misc env A", &program.facts).verdict, TMY_NEEDS_ARGUMENTS,
	   "3.2 for environment variables, too");
	is(verdict(e.policy, D, "file read /r", &nothing), "denied", "3.2 what has none is denied");
	program.facts.arguments = true;
	is(decision(e.policy, "file execute /a", &program.facts),
	   "granted by /a exec.argv[0]=\"act\"", "3.2 loaded, they hold");
	is(decision(e.policy, "file execute /d/e", &program.facts),
	   "granted by /d/e exec.envp[\"A\"]=\"1\"", "3.2 loaded, variables hold");
	program.argv[0] = TMY_SPAN("other");
	is(decision(e.policy, "file execute /a", &program.facts), "granted by /\\* ",
	   "3.2 or not, and the next one decides");
	program.envp[0] = TMY_SPAN("A=2");
	is(decision(e.policy, "file execute /d/e", &program.facts), "granted by /\\{d\\}/e keep",
	   "3.2 as it does here");
	program.facts.arguments = false;
	load(e.domains,
	     "delete file execute /a exec.argv[0]=\"act\"\nfile execute /a exec.argv[0]=\"act\"");
	is(decision(e.policy, "file execute /a", &program.facts), "granted by /\\* ",
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

		about("K-328 K-329 the entry that grants says whether that is logged");
		is(ask(e.policy, D, "file read /y", &facts).grant_log, TMY_LOG_YES,
		   named("file read /y"));
		is(ask(e.policy, D, "file read /n", &facts).grant_log, TMY_LOG_NO,
		   named("file read /n"));
		is(ask(e.policy, D, "file read /p", &facts).grant_log, TMY_LOG_AS_PROFILE,
		   named("file read /p"));
		is(ask(e.policy, D, "file read /q", &facts).grant_log, TMY_LOG_AS_PROFILE,
		   named("file read /q"));
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
