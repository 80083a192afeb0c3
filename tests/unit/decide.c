// SPDX-License-Identifier: GPL-2.0-only
/* Decisions: requests of every kind against entries and groups, and which entry decides (kernel ABI
 * specification 3.2, 3.8). */
#include "tests/unit/engine.h"

#define D			      "<kernel> //t"
#define decision(policy, line, facts) decision_in((policy), D, (line), (facts))

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

int main(void)
{
	test_operands();
	test_mount();
	test_first_match();
	test_changes();
	return done();
}
