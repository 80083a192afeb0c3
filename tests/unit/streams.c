// SPDX-License-Identifier: GPL-2.0-only
/* Open policy files: lines in and text out, against the kernel ABI specification 2.3 - 2.6,
 * 5, 6, 7.8, 8. */
#include "tests/unit/engine.h"

#include <time.h>

#define DEFAULT_PREFERENCE "-PREFERENCE={ max_audit_log=1024 max_learning_entry=2048 }\n"
#define DEFAULT_CONFIG	   "-CONFIG={ mode=disabled grant_log=yes reject_log=yes }\n"

/* What is printed of one entry in a domain of its own; NULL when it is rejected. To be freed. */
static char *stored(const char *line, size_t length)
{
	struct engine e;
	char *text = NULL;

	engine_open(&e);
	put(e.domains, "<kernel> //t");
	if (!put_bytes(e.domains, line, length)) {
		char *entries;

		text = domain_text(e.policy, "<kernel> //t");
		entries = strstr(text, "\n\n") + 2;
		memmove(text, entries, strlen(entries) + 1);
		text[strcspn(text, "\n")] = 0;
	}
	engine_close(&e);
	return text;
}

/* The same, kept until done(). */
static const char *read_back(const char *line)
{
	char *text = stored(line, strlen(line));

	return text ? keep(text) : NULL;
}

#define reads(line, expected, name) is(read_back(line), expected, name)
#define same(line, name)	    reads(line, line, name)
#define rejected(line, name)	    reads(line, NULL, name)

/* ---- Reading and writing ---- */

static const char *const everything[] = {
	"0-COMMENT=disabled\n1-CONFIG={ mode=learning }\n1-CONFIG::file::execute={ mode=enforcing "
	"}\n"
	"<foo> 3-COMMENT=three\n",
	"initialize_domain /a\naggregator /x\\* /y\npath_group G /g\\*\npath_group G "
	"/h\nnumber_group N 1-5\n"
	"address_group A ::1-::5\nacl_group 7 file read /z\n<foo> path_group G /a\n",
	"<kernel> /a\nuse_profile 1\nuse_group 3\nuse_group 255\nfile read @G "
	"task.uid=0\nquota_exceeded\n"
	"file execute /b keep exec.argc=2\n<kernel> /b\n<foo> /c\ntransition_failed\nmisc env "
	"\\*\n",
	"/usr/sbin/loadpolicy\n<kernel> /manager\n",
};

static void fill(struct engine *e)
{
	engine_open(e);
	load(e->profiles, everything[0]);
	load(e->exceptions, everything[1]);
	load(e->domains, everything[2]);
	load(e->managers, everything[3]);
}

static void test_pieces(void)
{
	static const size_t steps[] = { 1, 2, 3, 7, 10, 64 };
	struct engine e;
	unsigned int i;
	int file;

	fill(&e);
	about("K-013 text is the same in pieces of any size");
	for (file = TMY_FILE_DOMAIN_POLICY; file <= TMY_FILE_STAT; file++) {
		char *whole = text_of(e.policy, (enum tmy_file)file);

		for (i = 0; i < sizeof(steps) / sizeof(*steps); i++) {
			struct tmy_stream *stream = tmy_stream_open(e.policy, (enum tmy_file)file);

			is_text(rest_in_pieces(stream, steps[i]), whole,
				named("text_is(rest_in_pieces(stream, steps[i]), whole)"));
			tmy_stream_close(stream);
		}
		isnt(whole, "", named("*whole"));
		free(whole);
	}

	about("K-014 at the end there is nothing more");
	has_text(rest_of(e.domains), "<kernel> /a\n", named("<kernel> /a\n"));
	is_text(rest_of(e.domains), "", named("text_is(rest_of(e.domains), \"\")"));

	about("K-015 reset: reading begins again, from the end or in the middle of a line");
	is(put(e.domains, " reset\r"), 0, named(" reset\r"));
	has_text(rest_of(e.domains), "<kernel> /a\n", named("<kernel> /a\n"));
	is(put(e.profiles, "reset"), 0, named("reset"));
	has_text(rest_of(e.profiles), "1-CONFIG", named("1-CONFIG"));
	is(put(e.exceptions, "reset"), 0, named("reset"));
	has_text(rest_of(e.exceptions), "path_group", named("path_group"));
	is(put(e.managers, "reset"), 0, named("reset"));
	has_text(rest_of(e.managers), "loadpolicy", named("loadpolicy"));
	is(put(e.stat, "reset"), 0, named("reset"));
	has_text(rest_of(e.stat), "Total memory used", named("Total memory used"));
	for (file = 0; file < 5; file++) {
		struct tmy_stream *stream = tmy_stream_open(e.policy, (enum tmy_file)file);
		char *whole = text_of(e.policy, (enum tmy_file)file), piece[11];

		is(tmy_stream_read(stream, piece, sizeof(piece)), sizeof(piece),
		   named("tmy_stream_read(stream, piece, sizeof(piece))"));
		put(stream, "reset");
		is_text(rest_of(stream), whole, named("text_is(rest_of(stream), whole)"));
		free(whole);
		tmy_stream_close(stream);
	}

	engine_close(&e);
}

static void test_reading_while_changing(void)
{
	struct engine e;
	char piece[16];

	fill(&e);
	about("K-017 a new manager appears");
	is(tmy_stream_read(e.domains, piece, sizeof(piece)), sizeof(piece),
	   named("tmy_stream_read(e.domains, piece, sizeof(piece))"));
	put(e.exceptions, "reset");
	load(e.managers, "/late");

	has_text(rest_of(e.managers), "/late\n", named("/late\n"));
	{
		struct tmy_stream *writer = tmy_stream_open(e.policy, TMY_FILE_DOMAIN_POLICY);

		load(writer, "<kernel> /late\nfile read /late");
		tmy_stream_close(writer);
	}
	has_text(rest_of(e.domains), "<kernel> /late\nuse_profile 0\n\nfile read /late\n\n",
		 "K-017 a domain that is made while domain policy is read appears");
	engine_close(&e);

	/* The reader stands in the middle of what goes, comes, and is moved by the collector. */
	engine_open(&e);
	load(e.domains,
	     "<kernel> /a\nfile read /1\nfile read /2\nfile read /3\nfile read /4\nfile read /5\n"
	     "<kernel> /b\nfile read /6\n<kernel> /c\nfile read /7");
	put(e.domains, "reset");
	about("K-017 nothing is read twice or left out when what was read is deleted and "
	      "collected");
	is(tmy_stream_read(e.domains, piece, 1), 1, named("the writer's own reading has begun"));
	{
		struct tmy_stream *reader = tmy_stream_open(e.policy, TMY_FILE_DOMAIN_POLICY);
		/* Up to and with "file read /3". */
		static const char start[] =
			"<kernel>\nuse_profile 0\n\n\n<kernel> /a\nuse_profile 0\n\n"
			"file read /1\nfile read /2\nfile read /3\n";
		char *begin = malloc(sizeof(start) - 1);

		is(tmy_stream_read(reader, begin, sizeof(start) - 1), sizeof(start) - 1,
		   named("the length of the first half"));
		is_bytes(begin, sizeof(start) - 1, start, sizeof(start) - 1,
			 named("the first half"));
		free(begin);
		load(e.domains,
		     "select <kernel> /a\ndelete file read /1\ndelete file read /2\n"
		     "delete file read /4\nfile read /8\nfile read /1\ndelete <kernel> /b");
		tmy_collect(e.policy);
		is_text(rest_of(reader),
			"file read /5\nfile read /8\nfile read /1\n\n"
			"<kernel> /c\nuse_profile 0\n\nfile read /7\n\n",
			named("the second half"));
		tmy_stream_close(reader);
	}
	engine_close(&e);
}

static void test_lines(void)
{
	struct engine e;
	size_t length = 300000;
	char *line = malloc(length + 2), *expected = malloc(length + 2);
	int first, second;

	engine_open(&e);
	put(e.domains, "<kernel> /c");
	first = put(e.domains, "file nosuch /x");
	second = put(e.domains, "file read /x");
	about("K-008 an invalid line does not spoil the valid one behind it");
	is(first, -EINVAL, named("first"));
	is(second, 0, named("second"));
	is_entries(e.policy, "<kernel> /c", "file read /x\n", named("<kernel> /c"));

	snprintf(line, length, "path_group G /");
	memset(line + strlen(line), 'a', length - strlen(line));
	line[length] = 0;
	snprintf(expected, length + 2, "%s\n", line);
	expected[length] = '\n';
	expected[length + 1] = 0;
	about("K-011 a line of 300,000 bytes");
	is(put(e.exceptions, line), 0, named("put(e.exceptions, line)"));
	is_file(e.policy, TMY_FILE_EXCEPTION_POLICY, expected,
		named("file_is(e.policy, TMY_FILE_EXCEPTION_POLICY, expected)"));
	{
		struct tmy_stream *stream = tmy_stream_open(e.policy, TMY_FILE_EXCEPTION_POLICY);

		is_text(rest_in_pieces(stream, 1000), expected, "K-011 also in pieces");
		tmy_stream_close(stream);
	}
	memcpy(line, "file read ", 10);
	memset(line + 10, '/', 4);
	about("K-011 as a name, which grants");
	is(put(e.domains, line), 0, named("put(e.domains, line)"));
	is(verdict(e.policy, "<kernel> /c", line, NULL), "granted", named("<kernel> /c"));
	free(line);
	free(expected);
	engine_close(&e);
}

/* ---- Normalization and words ---- */

static void test_words(void)
{
	static const char nul[] = "file read /n1\0junk";
	struct engine e;
	char *text;

	engine_open(&e);
	put(e.domains, "  <kernel> \t //t \r");
	put(e.domains, "\t file \t read  /t1 \t");
	is_entries(e.policy, "<kernel> //t", "file read /t1\n", "K-029 blanks are normalized");
	engine_close(&e);

	text = stored(nul, sizeof(nul) - 1);
	about("K-030 a NUL ends a line");
	isnt(text, NULL, named("text"));
	is_text(text, "file read /n1", named("file read /n1"));
	reads("file read /\xc3\xa9", "file read /", "K-031 bytes above 126 are blanks");
	same("file read /a\\040b", "K-032 an escape is stored as it is");
	about("K-033 wrong escapes");
	rejected("file read /a\\101b", named("file read /a\\101b"));
	rejected("file read /a\\041", named("file read /a\\041"));
	rejected("file read /a\\37", named("file read /a\\37"));
	rejected("file read /a\\400", named("file read /a\\400"));
	rejected("file read /a\\b", named("file read /a\\b"));
	rejected("file read \\", named("file read \\"));
	about("K-034 escapes of what must be escaped");
	same("file read /a\\000b", named("file read /a\\000b"));
	same("file read /a\\177", named("file read /a\\177"));
	same("file read /a\\200", named("file read /a\\200"));
#define FIVE(x) x x x x x
	same("file read /" FIVE("\\*\\*\\*\\*"), "K-035 twenty wildcards with a price");
	rejected("file read /" FIVE("\\*\\*\\*\\*") "\\*", "K-036 not twenty-one");
	same("file read /" FIVE(FIVE("\\?")), "K-037 others have no price");
	about("K-038 braces between slashes");
	same("file read /\\{d\\}/x", named("file read /\\{d\\}/x"));
	same("file read /a/\\{d\\}/", named("file read /a/\\{d\\}/"));
	same("file read /\\{\\}/x", named("file read /\\{\\}/x"));
	same("file read /\\{a\\}/\\{b\\}/", named("file read /\\{a\\}/\\{b\\}/"));
	about("K-039 braces elsewhere");
	rejected("file read \\{d\\}/x", named("file read \\{d\\}/x"));
	rejected("file read /a\\{d\\}/x", named("file read /a\\{d\\}/x"));
	rejected("file read /\\{d\\}x", named("file read /\\{d\\}x"));
	rejected("file read /\\{a/b\\}/x", named("file read /\\{a/b\\}/x"));
	rejected("file read /\\{a\\}/\\}/", named("file read /\\{a\\}/\\}/"));
	about("K-040 a word need not be a path");
	same("file read a", named("file read a"));
	same("file read *", named("file read *"));
	same("file read \"/a\"", named("file read \"/a\""));
	rejected("file read /a /b", "K-041 one name too many");

	engine_open(&e);
	put(e.domains, "<kernel> foo");
	put(e.domains, "<kernel> \\*");
	put(e.domains, "<>");
	put(e.domains, "kernel");
	is_file(e.policy, TMY_FILE_DOMAIN_POLICY, "<kernel>\nuse_profile 0\n\n\n",
		"K-042 what is no name of a domain makes none");
	about("K-043 names of domains");
	is(put(e.domains, "<kernel> /x //y"), 0, named("<kernel> /x //y"));
	is(put(e.domains, "</usr/sbin/httpd>"), 0, named("</usr/sbin/httpd>"));
	is(put(e.domains, "<foo.bar> /a"), 0, named("<foo.bar> /a"));
	is(put(e.domains, "<kernel> /bin/\\*"), 0, named("<kernel> /bin/\\*"));

	is_file(e.policy, TMY_FILE_DOMAIN_POLICY,
		"<kernel>\nuse_profile 0\n\n\n<kernel> /x //y\nuse_profile 0\n\n\n"
		"</usr/sbin/httpd>\nuse_profile 0\n\n\n<foo.bar> /a\nuse_profile 0\n\n\n"
		"<kernel> /bin/\\*\nuse_profile 0\n\n\n",
		named("<kernel>\nuse_profile 0\n\n\n<kernel> /x //y\nuse_profile 0\n\n\n"));
	engine_close(&e);
}

/* ---- Numbers, addresses, operation lists ---- */

static void test_operands(void)
{
	reads("file create /a 0X1f", "file create /a 0x1F", "K-075 hexadecimal digits");
	reads("file create /a 10-10", "file create /a 10", "K-076 a range of one");
	same("file create /a 8-010", "K-077 each end has its radix");
	reads("file create /a 08", "file create /a 8", "K-078 08 is decimal");
	about("K-079 what is no number");
	rejected("file create /a 20-10", named("file create /a 20-10"));
	rejected("file create /a -1", named("file create /a -1"));
	rejected("file create /a 1-", named("file create /a 1-"));
	rejected("file create /a 5x", named("file create /a 5x"));
	rejected("file create /a 0x", named("file create /a 0x"));
	rejected("file create /a 1-2-3", named("file create /a 1-2-3"));
	about("K-081 addresses are canonical");
	reads("network inet stream bind 127.000.000.001 1", "network inet stream bind 127.0.0.1 1",
	      named("network inet stream bind 127.000.000.001 1"));
	reads("network inet stream bind 0:0:0:0:0:0:0:1 1", "network inet stream bind ::1 1",
	      named("network inet stream bind 0:0:0:0:0:0:0:1 1"));
	reads("network inet stream bind 2001:0DB8::00FF 1",
	      "network inet stream bind 2001:db8::ff 1",
	      named("network inet stream bind 2001:0DB8::00FF 1"));
	reads("network inet stream bind 1:0:0:2:0:0:0:3 1", "network inet stream bind 1:0:0:2::3 1",
	      named("network inet stream bind 1:0:0:2:0:0:0:3 1"));
	reads("network inet stream bind ::1.2.3.4 1", "network inet stream bind ::102:304 1",
	      named("network inet stream bind ::1.2.3.4 1"));
	about("K-082 what is no address");
	rejected("network inet stream bind 127.1 1", named("network inet stream bind 127.1 1"));
	rejected("network inet stream bind 256.0.0.1 1",
		 named("network inet stream bind 256.0.0.1 1"));
	rejected("network inet stream bind localhost 1",
		 named("network inet stream bind localhost 1"));
	rejected("network inet stream bind 127.0.0.1-::1 1",
		 named("network inet stream bind 127.0.0.1-::1 1"));
	rejected("network inet stream bind fe80::1%eth0 1",
		 named("network inet stream bind fe80::1%eth0 1"));
	about("K-083 no such port");
	rejected("network inet stream bind ::1 65536", named("network inet stream bind ::1 65536"));
	rejected("network inet stream bind ::1 70000-80000",
		 named("network inet stream bind ::1 70000-80000"));
	reads("network inet stream bind 1.1.1.1-1.1.1.1 1", "network inet stream bind 1.1.1.1 1",
	      "K-084 a range of one address");
	reads("file write/read /a", "file read/write /a", "K-085 the order of operations is fixed");
	reads("file "
	      "append/execute/write/read/unlink/getattr/rmdir/truncate/symlink/chroot/unmount "
	      "/a",
	      "file "
	      "execute/read/write/append/unlink/getattr/rmdir/truncate/symlink/chroot/unmount "
	      "/a",
	      "K-086 all with a name");
	reads("file chgrp/chown/chmod/ioctl/mksock/mkfifo/mkdir/create /a 0",
	      "file create/mkdir/mkfifo/mksock/ioctl/chmod/chown/chgrp /a 0",
	      "K-087 all with a name and a number");
	reads("file pivot_root/rename/link /a /b", "file link/rename/pivot_root /a /b",
	      "K-088 all with two names");
	reads("network inet stream send/connect/listen/bind 127.0.0.1 80",
	      "network inet stream bind/listen/connect/send 127.0.0.1 80",
	      "K-089 all of the network");
	about("K-090 unknown operations");
	rejected("file nosuch /a", named("file nosuch /a"));
	rejected("file umount /a", named("file umount /a"));
	rejected("file transit /a", named("file transit /a"));
	about("K-091 unknown protocols and operations of the network");
	rejected("network inet tcp bind 127.0.0.1 80", named("network inet tcp bind 127.0.0.1 80"));
	rejected("network inet stream accept 127.0.0.1 80",
		 named("network inet stream accept 127.0.0.1 80"));
	same("file mkchar /a 0-0777 @MAJ 0-255", "K-092 a range and a group");
	about("K-093 missing operands");
	rejected("file mount a b c", named("file mount a b c"));
	rejected("file link /a", named("file link /a"));
	rejected("file mkblock /a 0600 1", named("file mkblock /a 0600 1"));
	about("K-094 what is no variable");
	rejected("misc env PATH=x", named("misc env PATH=x"));
	rejected("misc env A B", named("misc env A B"));
	same("misc env LC_\\*", "K-095 a pattern of variables");
	about("K-096 what is no domain");
	rejected("task manual_domain_transition foo", named("task manual_domain_transition foo"));
	rejected("task manual_domain_transition <kernel> x",
		 named("task manual_domain_transition <kernel> x"));
	about("K-185 only the execution of programs has a transition");
	rejected("file read /a keep", named("file read /a keep"));
	rejected("misc env A keep", named("misc env A keep"));
	rejected("file execute/read /a keep", named("file execute/read /a keep"));
}

/* ---- Domain policy ---- */

static void test_attributes(void)
{
	const struct tmy_domain *where;
	const char *problem;
	struct engine e;

	engine_open(&e);
	put(e.domains, "<kernel> /a");
	is_domain(e.policy, "<kernel> /a", "use_profile 0\n\n\n", "K-097 a domain without entries");
	load(e.domains, "use_group 0\nuse_group 3\nuse_group 1");
	is_domain(e.policy, "<kernel> /a",
		  "use_profile 0\nuse_group 0\nuse_group 1\nuse_group 3\n\n\n",
		  "K-098 groups are printed in ascending order");
	about("K-099 there are no such groups and profiles");
	is(put(e.domains, "use_group 256"), -EINVAL, named("use_group 256"));
	is(put(e.domains, "use_profile 256"), -EINVAL, named("use_profile 256"));
	is(put(e.domains, "use_profile -1"), -EINVAL, named("use_profile -1"));
	is_domain(e.policy, "<kernel> /a",
		  "use_profile 0\nuse_group 0\nuse_group 1\nuse_group 3\n\n\n",
		  named("<kernel> /a"));
	load(e.domains, "delete use_group 1 # comment\nuse_profile 9   and more");
	about("D-10 what follows a number stands behind a blank");
	is(put(e.domains, "use_profile 1x"), -EINVAL, named("use_profile 1x"));
	is(put(e.domains, "use_group 1,2"), -EINVAL, named("use_group 1,2"));
	is_domain(
		e.policy, "<kernel> /a", "use_profile 9\nuse_group 0\nuse_group 3\n\n\n",
		"K-101 K-103 before activation a profile need not be defined; a group is removed");
	load(e.domains, "quota_exceeded\ntransition_failed");
	is_domain(e.policy, "<kernel> /a",
		  "use_profile 9\nquota_exceeded\ntransition_failed\n"
		  "use_group 0\nuse_group 3\n\n\n",
		  "K-102 both flags, in front of the groups");
	load(e.domains, "delete quota_exceeded\ndelete use_profile 9\ndelete use_group 7");
	is_domain(
		e.policy, "<kernel> /a",
		"use_profile 9\ntransition_failed\nuse_group 0\nuse_group 3\n\n\n",
		"K-102 K-103 one flag is deleted; a profile is not, nor a group that is not there");
	load(e.profiles, "0-COMMENT=\n9-COMMENT=");
	is(tmy_policy_activate(e.policy, &problem, &where), 0, "K-101 activated with that profile");
	put(e.domains, "use_profile 77");
	is_domain(e.policy, "<kernel> /a",
		  "use_profile 9\ntransition_failed\nuse_group 0\nuse_group 3\n\n\n",
		  "K-100 once modes count, a profile must be defined");
	load(e.domains, "use_profile 0");
	is_domain(e.policy, "<kernel> /a",
		  "use_profile 0\ntransition_failed\nuse_group 0\nuse_group 3\n\n\n",
		  "K-100 a defined one is taken");
	engine_close(&e);
}

static void test_cursor(void)
{
	struct engine e;
	char *before, *after;

	engine_open(&e);
	is(put(e.domains, "file read /lost"), -ENOENT, "K-104 an entry without a domain");
	load(e.domains, "<kernel> /c");
	put(e.domains, "<kernel> bad");
	is(put(e.domains, "file read /lost"), -ENOENT, "K-105 an entry behind what is no domain");
	load(e.domains, "<kernel> /c\nreset");
	is(put(e.domains, "file read /lost"), -ENOENT, "K-106 an entry behind reset");
	before = text_of(e.policy, TMY_FILE_DOMAIN_POLICY);
	load(e.domains, "<kernel> /c\nselect <kernel> /nope");
	about("K-107 select does not make a domain");
	is(put(e.domains, "file read /lost"), -ENOENT, named("file read /lost"));
	after = text_of(e.policy, TMY_FILE_DOMAIN_POLICY);

	is(before, after, named("strcmp(before, after)"));
	free(before);
	free(after);

	put(e.domains, "<kernel> /c");
	about("K-108 what is selected is not there");
	is(put(e.domains, "select domain=<kernel> /nope"), 0,
	   named("select domain=<kernel> /nope"));
	is(put(e.domains, "file read /lost"), -ENOENT, named("file read /lost"));

	is_text(rest_of(e.domains), "# select domain=<kernel> /nope\n",
		named("# select domain=<kernel> /nope\n"));
	about("K-107 select of what is there");
	is(put(e.domains, "select <kernel> /c"), 0, named("select <kernel> /c"));
	is(put(e.domains, "file read /found"), 0, named("file read /found"));

	is_entries(e.policy, "<kernel> /c", "file read /found\n", named("<kernel> /c"));

	tmy_read_begin();
	tmy_stream_select(e.domains, tmy_find_domain(e.policy, span_of("<kernel> /c")),
			  span_of("pid=1x"));
	tmy_read_end();
	about("K-109 a domain that the kernel has found is read and written to");
	is_text(rest_of(e.domains),
		"# select pid=1x\n<kernel> /c\nuse_profile 0\n\nfile read /found\n\n",
		named("# select pid=1x\n<kernel> /c\nuse_profile 0\n\nfile read /found\n\n"));
	is(put(e.domains, "file read /too"), 0, named("file read /too"));
	is_entries(e.policy, "<kernel> /c", "file read /found\nfile read /too\n",
		   named("<kernel> /c"));
	about("K-109 a process that is not there has no domain");
	is(put(e.domains, "select pid=99999"), 0, named("select pid=99999"));
	is_text(rest_of(e.domains), "# select pid=99999\n", named("# select pid=99999\n"));
	about("K-109 what selects nothing is no selection");
	is(put(e.domains, "select pid="), -EINVAL, named("select pid="));
	is(put(e.domains, "select foo"), -EINVAL, named("select foo"));
	engine_close(&e);
}

static void test_entries(void)
{
	struct engine e;

	engine_open(&e);
	load(e.domains,
	     "<kernel> /a\nfile read /a\nfile write /b\nfile append /a\nfile getattr /b");
	is_entries(e.policy, "<kernel> /a", "file read/append /a\nfile write/getattr /b\n",
		   "K-110 operations of the same entry are one");
	load(e.domains, "<kernel> /b\nfile read /a task.uid=0\nfile read /a task.uid=0\nmisc env "
			"A\nmisc env A\n"
			"network inet stream bind @G 1-2\nnetwork inet stream bind @G 1-2");
	is_entries(e.policy, "<kernel> /b",
		   "file read /a task.uid=0\nmisc env A\nnetwork inet stream bind @G 1-2\n",
		   "K-111 an entry is not added twice");
	load(e.domains, "<kernel> /c\nfile read/write /a\ndelete file read /a");
	is_entries(e.policy, "<kernel> /c", "file write /a\n", "K-112 some operations are deleted");
	load(e.domains, "file read /a");
	put(e.domains, "delete file append /a");
	is_entries(e.policy, "<kernel> /c", "file read/write /a\n",
		   "K-113 deleting an operation that is not there changes nothing");
	load(e.domains, "delete file read/write/append /a");
	is_entries(e.policy, "<kernel> /c", "", "K-112 an entry without operations is gone");
	load(e.domains, "<kernel> /d\nfile read /a task.uid=0 task.gid=0\nfile create /a 0x10");
	about("K-114 conditions in another order, and numbers of another radix, are others");
	is(put(e.domains, "delete file read /a task.gid=0 task.uid=0"), -ENOENT,
	   named("delete file read /a task.gid=0 task.uid=0"));
	is(put(e.domains, "delete file create /a 16"), -ENOENT, named("delete file create /a 16"));
	is_entries(e.policy, "<kernel> /d",
		   "file read /a task.uid=0 task.gid=0\nfile create /a 0x10\n",
		   named("<kernel> /d"));
	load(e.domains, "<kernel> /e\nfile create /a 8\nfile create /a 010\nfile mkdir /a 8");
	is_entries(e.policy, "<kernel> /e", "file create/mkdir /a 8\nfile create /a 010\n",
		   "K-080 numbers of another radix are other entries");
	load(e.domains,
	     "<kernel> /f\nfile read /a task.uid=0x10\nfile read /a grant_log=no task.gid=0");
	is_entries(e.policy, "<kernel> /f",
		   "file read /a task.uid=0x10\nfile read /a task.gid=0 grant_log=no\n",
		   "K-278 grant_log is printed at the end");
	about("K-278 where it stood does not matter");
	is(put(e.domains, "delete file read /a task.gid=0 grant_log=no"), 0,
	   named("delete file read /a task.gid=0 grant_log=no"));
	is_entries(e.policy, "<kernel> /f", "file read /a task.uid=0x10\n", named("<kernel> /f"));
	engine_close(&e);
}

static void test_transition_only(void)
{
	static const char lines[] = "<kernel> /a\nuse_group 5\nfile read/execute /x\nfile read /y\n"
				    "file execute /z keep task.uid=0\nmisc env A\n"
				    "task manual_domain_transition <kernel> //P task.uid=1\n"
				    "network unix stream bind /s\n<kernel> /b\nfile write /w";
	static const char whole[] =
		"<kernel> /a\nuse_profile 0\nuse_group 5\n\nfile execute/read /x\nfile read /y\n"
		"file execute /z keep task.uid=0\nmisc env A\n"
		"task manual_domain_transition <kernel> //P task.uid=1\nnetwork unix stream bind "
		"/s\n\n";
	static const char filtered[] =
		"<kernel> /a\nuse_profile 0\nuse_group 5\n\nfile execute /x\n"
		"file execute /z keep task.uid=0\n"
		"task manual_domain_transition <kernel> //P task.uid=1\n\n";
	struct engine e;
	char expected[1024];

	engine_open(&e);
	load(e.domains, lines);
	load(e.domains, "reset\nselect transition_only");
	snprintf(expected, sizeof(expected),
		 "<kernel>\nuse_profile 0\n\n\n%s<kernel> /b\nuse_profile 0\n\n\n", filtered);
	is_text(rest_of(e.domains), expected, "K-115 only what is about transitions is printed");
	load(e.domains, "select domain=<kernel> /a\nselect transition_only");
	snprintf(expected, sizeof(expected), "# select domain=<kernel> /a\n%s", filtered);
	is_text(rest_of(e.domains), expected, "K-116 of one domain");
	load(e.domains, "select transition_only\nselect domain=<kernel> /a");
	snprintf(expected, sizeof(expected), "# select domain=<kernel> /a\n%s", whole);
	is_text(rest_of(e.domains), expected, "K-117 a selection resets that");
	load(e.domains, "select transition_only\nreset");
	has_text(rest_of(e.domains), "misc env A\n", "K-117 as does reset");
	about("K-022 it leaves alone which domain is written to");
	is(put(e.domains, "select <kernel> /a"), 0, named("select <kernel> /a"));
	is(put(e.domains, "select transition_only"), 0, named("select transition_only"));
	is(put(e.domains, "file read /v"), 0, named("file read /v"));
	has_text(domain_text(e.policy, "<kernel> /a"), "file read /v\n", named("<kernel> /a"));

	load(e.exceptions, "initialize_domain /a\npath_group G /a\nacl_group 1 file read /a\n"
			   "acl_group 1 file execute/read /b");
	is(put(e.exceptions, "select transition_only"), 0, "K-022 exception policy knows it, too");
	is_text(rest_of(e.exceptions),
		"initialize_domain /a from any\npath_group G /a\n"
		"acl_group 1 file execute /b\n",
		"K-115 and then leaves out the other entries of acl_groups");
	about("K-015 until reset");
	is(put(e.exceptions, "reset"), 0, named("reset"));
	has_text(rest_of(e.exceptions), "acl_group 1 file read /a\n",
		 named("acl_group 1 file read /a\n"));
	engine_close(&e);
}

static void test_deletion(void)
{
	struct tmy_domain *old;
	struct tmy_task task;
	struct engine e;
	unsigned long before;

	engine_open(&e);
	load(e.domains, "<kernel> /d\nuse_profile 3\nfile read /x");
	before = updates(e.policy);
	about("K-118 the initial domain stays");
	is(put(e.domains, "delete <kernel>"), 0, named("delete <kernel>"));
	has_file(e.policy, TMY_FILE_DOMAIN_POLICY, "<kernel>\nuse_profile 0\n",
		 named("<kernel>\nuse_profile 0\n"));
	is(updates(e.policy), before + 1, named("updates(e.policy)"));
	is(put(e.domains, "file read /lost"), -ENOENT, "K-118 but is not selected");

	tmy_read_begin();
	old = tmy_find_domain(e.policy, span_of("<kernel> /d"));
	tmy_task_init(&task, old);
	tmy_read_end();
	load(e.domains, "delete <kernel> /d");
	tmy_collect(e.policy);
	is_file(e.policy, TMY_FILE_DOMAIN_POLICY, "<kernel>\nuse_profile 0\n\n\n",
		"K-119 a deleted domain is not printed");
	about("K-119 nor found");
	is(put(e.domains, "select domain=<kernel> /d"), 0, named("select domain=<kernel> /d"));
	is_text(rest_of(e.domains), "# select domain=<kernel> /d\n",
		named("# select domain=<kernel> /d\n"));
	tmy_stream_select(e.domains, task.domain, span_of("pid=7"));
	is_text(rest_of(e.domains),
		"# select pid=7\n# This is a deleted domain.\n<kernel> /d\n"
		"use_profile 3\n\nfile read /x\n\n",
		"K-120 it is read through a task in it");
	about("K-121 and written to");
	is(refused_lines(e.domains, "file write /x\nuse_profile 4"), "",
	   named("file write /x\nuse_profile 4"));

	is(tmy_domain_profile(task.domain), 4, named("tmy_domain_profile(task.domain)"));
	is(tmy_domain_deleted(task.domain), true, named("tmy_domain_deleted(task.domain)"));
	{
		struct question question;

		question_open(&question, task.domain, "file write /x", NULL);
		tmy_read_begin();
		is(tmy_decide(e.policy, &question.request), TMY_GRANTED, "K-121 the task sees it");
		tmy_read_end();
		question_close(&question);
	}
	load(e.domains, "<kernel> /d");
	is_domain(e.policy, "<kernel> /d", "use_profile 0\n\n\n", "K-122 a new domain is empty");
	tmy_read_begin();
	about("K-122 the task stays in the old one");
	isnt(tmy_find_domain(e.policy, span_of("<kernel> /d")), task.domain, named("<kernel> /d"));
	tmy_read_end();

	is(tmy_domain_deleted(task.domain), true, named("tmy_domain_deleted(task.domain)"));
	load(e.domains, "delete <kernel> /d");
	tmy_collect(e.policy);
	tmy_stream_select(e.domains, task.domain, span_of("pid=7"));
	has_text(rest_of(e.domains), "file read/write /x\n",
		 "K-122 which another deletion leaves alone");
	load(e.domains, "reset");
	tmy_task_exit(&task);
	tmy_collect(e.policy);
	load(e.domains, "<kernel> /B\n<kernel> /A");
	is_file(e.policy, TMY_FILE_DOMAIN_POLICY,
		"<kernel>\nuse_profile 0\n\n\n<kernel> /B\nuse_profile 0\n"
		"\n\n<kernel> /A\nuse_profile 0\n\n\n",
		"K-123 domains are printed in the order of their creation");
	engine_close(&e);
}

/* ---- Exception policy ---- */

/* The exception policy after one line; the error when it is rejected, and what is there
 * nevertheless. */
static const char *exceptions_after(const char *line)
{
	struct engine e;
	const char *text;
	int error;

	engine_open(&e);
	error = put(e.exceptions, line);
	text = keep(text_of(e.policy, TMY_FILE_EXCEPTION_POLICY));
	engine_close(&e);
	return error ? formatted("error %d, %s", error, text) : text;
}

#define exception_reads(line, expected, name) is(exceptions_after(line), expected, name)
#define exception_rejected(line, name)	      exception_reads(line, formatted("error %d, ", -EINVAL), name)

static void test_exceptions(void)
{
	struct engine e;

	exception_reads("initialize_domain /a", "initialize_domain /a from any\n",
			"K-124 a program from any domain");
	exception_reads("keep_domain /a", "keep_domain any from /a\n",
			"K-125 any program from a last word");
	exception_reads("keep_domain <kernel> /a", "keep_domain any from <kernel> /a\n",
			"K-126 any program from a domain");
	exception_reads("keep_domain any", "keep_domain any from any\n", "K-126 any from any");
	about("K-127 what is no path, no domain");
	exception_rejected("initialize_domain a from any", named("initialize_domain a from any"));
	exception_rejected("initialize_domain /a from /b /c",
			   named("initialize_domain /a from /b /c"));
	exception_rejected("keep_domain \\* from <kernel>", named("keep_domain \\* from <kernel>"));
	exception_reads("aggregator /a\\* /b", "aggregator /a\\* /b\n", "K-128 an aggregator");
	about("K-129 the new name is a path without wildcards");
	exception_rejected("aggregator /a /b\\*", named("aggregator /a /b\\*"));
	exception_rejected("aggregator /a b", named("aggregator /a b"));
	exception_rejected("aggregator /a", named("aggregator /a"));
	exception_reads("aggregator /a /b /c", "aggregator /a /b\n",
			"K-130 what follows is ignored");
	about("K-132 what is no number");
	exception_rejected("number_group N @M", named("number_group N @M"));
	exception_rejected("number_group N 10-1", named("number_group N 10-1"));
	exception_rejected("number_group N x", named("number_group N x"));
	about("K-133 what is no address");
	exception_rejected("address_group A @B", named("address_group A @B"));
	exception_rejected("address_group A 1.2.3.4-5", named("address_group A 1.2.3.4-5"));
	exception_reads("acl_group 00 file read /a", "acl_group 0 file read /a\n",
			"K-134 zeros in front of the group");
	about("K-135 no such groups");
	exception_rejected("acl_group 256 file read /a", named("acl_group 256 file read /a"));
	exception_rejected("acl_group 0x1 file read /a", named("acl_group 0x1 file read /a"));
	exception_rejected("acl_group -1 file read /a", named("acl_group -1 file read /a"));
	about("K-143 other directives");
	exception_rejected("execute_handler /x", named("execute_handler /x"));
	exception_rejected("deny_autobind 1", named("deny_autobind 1"));

	engine_open(&e);
	load(e.exceptions, "path_group G /a\npath_group G /b\npath_group F /c\npath_group G /a");
	is_file(e.policy, TMY_FILE_EXCEPTION_POLICY,
		"path_group G /a\npath_group G /b\npath_group F /c\n",
		"K-131 groups in the order of their creation, members in theirs");
	engine_close(&e);

	engine_open(&e);
	load(e.exceptions,
	     "acl_group 7 file read /7\nacl_group 0 misc env A\naddress_group A 1.2.3.4\n"
	     "number_group N 1\npath_group G /a\naggregator /a /b\nno_keep_domain /c\n"
	     "keep_domain any\nacl_group 7 file read /8\nnumber_group M 2\naddress_group B ::1\n"
	     "path_group H /b\naggregator /c /d\ninitialize_domain /x from /y\n"
	     "no_initialize_domain /x\nreset_domain /z\nno_reset_domain any from <kernel> /q");
	is_file(e.policy, TMY_FILE_EXCEPTION_POLICY,
		"no_keep_domain any from /c\nkeep_domain any from any\ninitialize_domain /x "
		"from /y\n"
		"no_initialize_domain /x from any\nreset_domain /z from any\n"
		"no_reset_domain any from <kernel> /q\naggregator /a /b\naggregator /c /d\n"
		"path_group G /a\npath_group H /b\nnumber_group N 1\nnumber_group M 2\n"
		"address_group A 1.2.3.4\naddress_group B ::1\nacl_group 0 misc env A\n"
		"acl_group 7 file read /7\nacl_group 7 file read /8\n",
		"K-136 the order of kinds");
	load(e.exceptions,
	     "delete no_keep_domain /c\ndelete keep_domain any from any\ndelete initialize_domain "
	     "/x from /y\n"
	     "delete no_initialize_domain /x\ndelete reset_domain /z\ndelete no_reset_domain any "
	     "from <kernel> /q\n"
	     "delete aggregator /a /b\ndelete aggregator /c /d more\ndelete path_group G /a\n"
	     "delete path_group H /b\ndelete number_group N 1\ndelete number_group M 2\n"
	     "delete address_group A 1.2.3.4\ndelete address_group B ::1\ndelete acl_group 0 misc "
	     "env A\n"
	     "delete acl_group 7 file read /7\ndelete acl_group 007 file read /8");
	is_file(e.policy, TMY_FILE_EXCEPTION_POLICY, "", "K-136 every kind can be deleted");
	about("K-136 but only once");
	is(put(e.exceptions, "delete path_group G /a"), -ENOENT, named("delete path_group G /a"));
	is(put(e.exceptions, "delete initialize_domain /x"), -ENOENT,
	   named("delete initialize_domain /x"));
	load(e.exceptions, "address_group A 1.2.3.4-1.2.3.4\ndelete address_group A 1.2.3.4");
	is_file(e.policy, TMY_FILE_EXCEPTION_POLICY, "", "K-142 a range of one is that one");
	engine_close(&e);
}

static void test_namespaces(void)
{
	struct engine e;

	engine_open(&e);
	load(e.exceptions, "path_group G /a");
	load(e.profiles, "0-COMMENT=x");
	about("K-137 one namespace needs no name");
	is_file(e.policy, TMY_FILE_EXCEPTION_POLICY, "path_group G /a\n",
		named("path_group G /a\n"));
	is_file(e.policy, TMY_FILE_PROFILE,
		"PROFILE_VERSION=20150505\n0-COMMENT=x\n0" DEFAULT_PREFERENCE "0" DEFAULT_CONFIG,
		named("PROFILE_VERSION=20150505\n0-COMMENT=x\n0"));
	load(e.exceptions, "<foo> path_group G /b");
	about("K-138 with two, each line has one");
	is_file(e.policy, TMY_FILE_EXCEPTION_POLICY,
		"<kernel> path_group G /a\n<foo> path_group G /b\n",
		named("<kernel> path_group G /a\n<foo> path_group G /b\n"));
	is_file(e.policy, TMY_FILE_PROFILE,
		"<kernel> PROFILE_VERSION=20150505\n<kernel> 0-COMMENT=x\n"
		"<kernel> 0" DEFAULT_PREFERENCE "<kernel> 0" DEFAULT_CONFIG
		"<foo> PROFILE_VERSION=20150505\n",
		named("<kernel> PROFILE_VERSION=20150505\n<kernel> 0-COMMENT=x\n"
		      "<kernel> 0"));
	about("K-140 delete comes first");
	is(put(e.exceptions, "<foo> delete path_group G /b"), -EINVAL,
	   named("<foo> delete path_group G /b"));
	has_file(e.policy, TMY_FILE_EXCEPTION_POLICY, "<foo> path_group G /b\n",
		 named("<foo> path_group G /b\n"));
	load(e.exceptions, "delete <foo> path_group G /b");
	is_file(e.policy, TMY_FILE_EXCEPTION_POLICY, "<kernel> path_group G /a\n",
		"K-139 K-141 it is deleted; the namespace is not");
	load(e.exceptions, "delete <kernel> path_group G /a\ndelete path_group G /a");
	is_file(e.policy, TMY_FILE_EXCEPTION_POLICY, "", "K-141 with and without its name");
	about("K-138 what is no namespace");
	is(put(e.exceptions, "<foo>"), -EINVAL, named("<foo>"));
	is(put(e.exceptions, "<> path_group G /a"), -EINVAL, named("<> path_group G /a"));
	is(put(e.exceptions, "<k path_group KK /a"), -EINVAL, named("<k path_group KK /a"));
	load(e.domains, "<new> /a");
	has_file(e.policy, TMY_FILE_PROFILE, "<new> PROFILE_VERSION=20150505\n",
		 "K-138 a domain makes its namespace");
	engine_close(&e);

	/* Groups of the same name are others in another namespace, and of another kind. */
	engine_open(&e);
	load(e.exceptions, "<foo> path_group G /b\nnumber_group G 5");
	load(e.domains, "<kernel> /a\nfile read @G\nfile create /x @G\n<foo> /a\nfile read @G");
	about("K-138 a group belongs to its namespace");
	isnt(verdict(e.policy, "<kernel> /a", "file read /b", NULL), "granted",
	     named("<kernel> /a"));
	is(verdict(e.policy, "<foo> /a", "file read /b", NULL), "granted", named("<foo> /a"));
	is(verdict(e.policy, "<kernel> /a", "file create /x 5", NULL), "granted",
	   named("<kernel> /a"));
	engine_close(&e);
}

/* ---- Profiles ---- */

static void profile_reads_at(const char *lines, const char *expected, const char *name,
			     const char *file, int line)
{
	struct engine e;

	engine_open(&e);
	while (*lines) {
		put_bytes(e.profiles, lines, strcspn(lines, "\n"));
		lines += strcspn(lines, "\n");
		lines += *lines == '\n';
	}
	tap_text(true, keep(text_of(e.policy, TMY_FILE_PROFILE)),
		 formatted("PROFILE_VERSION=20150505\n%s", expected), name, file, line);
	engine_close(&e);
}

#define profile_reads(lines, expected, name) \
	profile_reads_at(lines, expected, name, __FILE__, __LINE__)

#define ONE	     "1-COMMENT=\n1" DEFAULT_PREFERENCE
#define ONE_DISABLED ONE "1" DEFAULT_CONFIG

static void test_profiles(void)
{
	const struct tmy_domain *where;
	const char *problem;
	struct engine e;
	u8 config;

	profile_reads("1-COMMENT=a   b", "1-COMMENT=a b\n1" DEFAULT_PREFERENCE "1" DEFAULT_CONFIG,
		      "K-144 a comment defines a profile");
	about("K-145 a mode leaves the log flags alone");
	profile_reads("1-CONFIG={ mode=learning }",
		      ONE "1-CONFIG={ mode=learning grant_log=yes reject_log=yes }\n",
		      named("1-CONFIG={ mode=learning }"));
	profile_reads("1-CONFIG={ grant_log=no }\n1-CONFIG={ mode=learning }",
		      ONE "1-CONFIG={ mode=learning grant_log=no reject_log=yes }\n",
		      named("1-CONFIG={ grant_log=no }\n1-CONFIG={ mode=learning }"));
	profile_reads("1-CONFIG=enforcing",
		      ONE "1-CONFIG={ mode=enforcing grant_log=yes reject_log=yes }\n",
		      "K-146 mode= is not required");
	profile_reads("1-CONFIG={ mode=enforcing mode=disabled }",
		      ONE "1-CONFIG={ mode=enforcing grant_log=yes reject_log=yes }\n",
		      "K-147 the strongest mode wins");
	profile_reads("1-CONFIG::file={ mode=learning }",
		      ONE_DISABLED
		      "1-CONFIG::file={ mode=learning grant_log=yes reject_log=yes }\n",
		      "K-148 a category");
	profile_reads("1-CONFIG::network={ grant_log=no }", ONE_DISABLED,
		      "K-149 a flag of an item without a mode");
	profile_reads(
		"1-CONFIG::file::execute={ mode=learning }\n1-CONFIG::file::execute=use_default",
		ONE_DISABLED, "K-150 an item is taken away");
	profile_reads("1-CONFIG::file::read=enforcing\n1-CONFIG::execute=enforcing\n"
		      "1-CONFIG::capability=enforcing",
		      ONE_DISABLED,
		      "K-151 unknown items have no effect but that the profile is defined");
	profile_reads("1-PREFERENCE={ max_learning_entry=9 }",
		      "1-COMMENT=\n1-PREFERENCE={ max_audit_log=1024 max_learning_entry=9 }\n"
		      "1" DEFAULT_CONFIG,
		      "K-152 one limit");
	profile_reads("1-PREFERENCE={ max_audit_log=x }", ONE_DISABLED,
		      "K-153 no number, no change");
	profile_reads(
		"1-CONFIG::misc=learning\n1-CONFIG::network=learning\n1-CONFIG::file=learning\n"
		"1-CONFIG::misc::env=learning\n1-CONFIG::network::unix_seqpacket_connect="
		"learning\n"
		"1-CONFIG::network::inet_stream_bind=learning\n1-CONFIG::file::pivot_root="
		"learning\n"
		"1-CONFIG::file::execute=learning",
		ONE_DISABLED
		"1-CONFIG::file::execute={ mode=learning grant_log=yes reject_log=yes }\n"
		"1-CONFIG::file::pivot_root={ mode=learning grant_log=yes reject_log=yes }\n"
		"1-CONFIG::network::inet_stream_bind={ mode=learning grant_log=yes "
		"reject_log=yes }\n"
		"1-CONFIG::network::unix_seqpacket_connect={ mode=learning grant_log=yes "
		"reject_log=yes }\n"
		"1-CONFIG::misc::env={ mode=learning grant_log=yes reject_log=yes }\n"
		"1-CONFIG::file={ mode=learning grant_log=yes reject_log=yes }\n"
		"1-CONFIG::network={ mode=learning grant_log=yes reject_log=yes }\n"
		"1-CONFIG::misc={ mode=learning grant_log=yes reject_log=yes }\n",
		"K-154 operations in their order, then categories");
	profile_reads("256-COMMENT=x", "", "K-155 there is no profile 256");
	profile_reads("255-COMMENT=x\n000-COMMENT=y",
		      "0-COMMENT=y\n0" DEFAULT_PREFERENCE "0" DEFAULT_CONFIG
		      "255-COMMENT=x\n255" DEFAULT_PREFERENCE "255" DEFAULT_CONFIG,
		      "K-155 there is profile 255; profiles are printed in ascending order");
	profile_reads("delete 1-COMMENT=gone",
		      "1-COMMENT=gone\n1" DEFAULT_PREFERENCE "1" DEFAULT_CONFIG,
		      "K-144 delete in front of a profile means nothing");

	engine_open(&e);
	load(e.profiles, "0-COMMENT=\n0-CONFIG::file={ mode=enforcing grant_log=no }");
	is(tmy_config(e.policy, tmy_find_domain(e.policy, TMY_SPAN("<kernel>")),
		      TMY_ITEM_FILE_OPEN),
	   TMY_DISABLED, "K-157 before activation everything is disabled");
	is(tmy_policy_activate(e.policy, &problem, &where), 0, "K-157 activated");
	put(e.profiles, "PROFILE_VERSION=1");
	has_file(e.policy, TMY_FILE_PROFILE, "PROFILE_VERSION=1\n",
		 "K-156 a later version is only kept");
	tmy_read_begin();
	config = tmy_config(e.policy, tmy_find_domain(e.policy, TMY_SPAN("<kernel>")),
			    TMY_ITEM_FILE_OPEN);
	is(config, (TMY_ENFORCING | TMY_CONFIG_REJECT_LOG),
	   "K-156 K-157 a category holds for its operations");
	config = tmy_config(e.policy, tmy_find_domain(e.policy, TMY_SPAN("<kernel>")),
			    TMY_ITEM_INET_STREAM_BIND);
	is((config & TMY_CONFIG_MODE), TMY_DISABLED, "K-157 and not for those of others");
	tmy_read_end();
	engine_close(&e);
}

/* ---- Managers ---- */

static bool is_manager(struct engine *e, const char *name)
{
	bool yes;

	tmy_read_begin();
	yes = tmy_is_manager(e->policy, span_of(name));
	tmy_read_end();
	return yes;
}

static void test_managers(void)
{
	struct engine e;

	engine_open(&e);
	is(is_manager(&e, "/bin/act"), false, "K-158 who is not there is no manager");
	load(e.managers, "/bin/act\n<kernel> /bin/sh\n/bin/other\\+\nfoo\n<foo> /x\n/bin/act");
	is(is_manager(&e, "/bin/act"), true, "K-159 a program is");
	about("K-160 a domain is");
	is(is_manager(&e, "<kernel> /bin/sh"), true, named("<kernel> /bin/sh"));
	is(is_manager(&e, "<kernel>"), false, named("<kernel>"));
	is(is_manager(&e, "/bin/sh"), false, named("/bin/sh"));
	about("K-161 wildcards mean nothing");
	is(is_manager(&e, "/bin/other3"), false, named("/bin/other3"));
	is(is_manager(&e, "/bin/other\\+"), true, named("/bin/other\\+"));
	about("K-166 neither a program nor a domain");
	is(put(e.managers, "/a /b"), -EINVAL, named("/a /b"));
	is(put(e.managers, "foo bar"), -EINVAL, named("foo bar"));
	is_file(e.policy, TMY_FILE_MANAGER,
		"/bin/act\n<kernel> /bin/sh\n/bin/other\\+\nfoo\n<foo> /x\n",
		"K-167 any word and any domain");
	about("K-163 a switch is not printed");
	is(put(e.managers, "manage_by_non_root"), 0, named("manage_by_non_root"));
	is_text(text_of(e.policy, TMY_FILE_MANAGER),
		"/bin/act\n<kernel> /bin/sh\n/bin/other\\+\nfoo\n<foo> /x\n",
		named("/bin/act\n<kernel> /bin/sh\n/bin/other\\+\nfoo\n<foo> /x\n"));
	about("K-164 and can be switched off");
	is(put(e.managers, "delete manage_by_non_root"), 0, named("delete manage_by_non_root"));
	is(is_manager(&e, "manage_by_non_root"), false, named("manage_by_non_root"));
	about("K-159 until it is deleted");
	is(put(e.managers, "delete /bin/act"), 0, named("delete /bin/act"));
	is(is_manager(&e, "/bin/act"), false, named("/bin/act"));
	is(put(e.managers, "delete /bin/act"), -ENOENT, named("delete /bin/act"));
	is(is_manager(&e, "foo"), true, named("foo"));
	tmy_collect(e.policy);
	about("K-159 the collector takes only that one");
	is(is_manager(&e, "/bin/act"), false, named("/bin/act"));
	is(is_manager(&e, "foo"), true, named("foo"));
	is(is_manager(&e, "<foo> /x"), true, named("<foo> /x"));
	engine_close(&e);
}

/* ---- Stat ---- */

/* Times become #; to be freed. */
static char *stat_text(struct tmy_policy *policy)
{
	char *text = text_of(policy, TMY_FILE_STAT), *at = text;

	while ((at = strstr(at, "(Last: ")))
		for (at += strlen("(Last: "); *at && *at != ')'; at++)
			if (*at >= '0' && *at <= '9')
				*at = '#';
	return text;
}

static void test_stat(void)
{
	char expected[1024];
	unsigned long before, used;
	struct tm utc = { 0 };
	time_t earliest, said;
	struct engine e;

	engine_open(&e);
	used = memory_of(e.policy);
	snprintf(expected, sizeof(expected),
		 "Policy update:                                 0\n"
		 "Policy violation in learning mode:             0\n"
		 "Policy violation in permissive mode:           0\n"
		 "Policy violation in enforcing mode:            0\n"
		 "Memory used by policy:                %10lu\n"
		 "Memory used by audit log:                      0\n"
		 "Memory used by query message:                  0\n"
		 "Total memory used:                    %10lu\n",
		 used, used);
	is_text(stat_text(e.policy), expected, "K-343 eight lines");
	load(e.stat, "Memory used by audit log: 3000");
	used = memory_of(e.policy);
	snprintf(expected, sizeof(expected),
		 "Policy update:                                 1 (Last: ####/##/## ##:##:##)\n"
		 "Policy violation in learning mode:             0\n"
		 "Policy violation in permissive mode:           0\n"
		 "Policy violation in enforcing mode:            0\n"
		 "Memory used by policy:                %10lu\n"
		 "Memory used by audit log:                      0 (Quota:       3000)\n"
		 "Memory used by query message:                  0\n"
		 "Total memory used:                    %10lu\n",
		 used, used);
	is_text(stat_text(e.policy), expected, "K-343 K-344 with a time and a quota");
	earliest = time(NULL);
	put(e.stat, "x");
	{
		char *text = text_of(e.policy, TMY_FILE_STAT);

		strptime(strstr(text, "(Last: "), "(Last: %Y/%m/%d %H:%M:%S)", &utc);
		free(text);
	}
	said = timegm(&utc);
	about("K-343 the time is now, in UTC");
	cmp_ok(said, >=, earliest, named("not before"));
	cmp_ok(said, <=, time(NULL), named("not after"));
	load(e.stat, "Memory used by policy: 9999999\nMemory used by policy: 0x100");
	has_file(e.policy, TMY_FILE_STAT,
		 formatted("Memory used by policy:                %10lu\n", memory_of(e.policy)),
		 "K-345 a quota is decimal: 0x100 is none");
	load(e.stat, "Memory used by query message:                    512 (Quota:       3000)\n"
		     "Memory used by audit log:                      0 (Quota:       3000)");
	has_file(e.policy, TMY_FILE_STAT, "query message:                  0 (Quota:        512)\n",
		 "K-346 of a line that was read the first number counts");
	has_file(e.policy, TMY_FILE_STAT, "audit log:                      0\n",
		 "K-346 which may take the quota away");
	engine_close(&e);

	engine_open(&e);
	put(e.stat, "Memory used by policy: 1");
	about("K-347 above the quota no domain is made");
	is(put(e.domains, "<kernel> /new"), -ENOMEM, named("<kernel> /new"));
	is_file(e.policy, TMY_FILE_DOMAIN_POLICY, "<kernel>\nuse_profile 0\n\n\n",
		named("<kernel>\nuse_profile 0\n\n\n"));
	is(put(e.domains, "file read /lost"), -ENOENT, "K-347 nor selected");
	put(e.stat, "Memory used by policy: 0");
	is(put(e.domains, "<kernel> /new"), 0, "K-347 without a quota it is");

	before = updates(e.policy);
	load(e.domains, "<kernel> /a\nfile read /x\nfile read /x\n<kernel> /a");
	is(updates(e.policy), before + 4, "K-348 lines that are accepted count, duplicates too");
	before = updates(e.policy);
	put(e.domains, "file readx /x");
	put(e.domains, "delete file read /nope");
	put(e.domains, "select pid=1");
	put(e.domains, "select domain=<kernel> /a");
	put(e.domains, "select transition_only");
	put(e.domains, "reset");
	put(e.domains, "file read /lost");
	put(e.exceptions, "select transition_only");
	put(e.exceptions, "nosuch");
	put(e.profiles, "nosuch");
	put(e.managers, "no such");
	put(e.managers, "delete /nope");
	is(updates(e.policy), before, "K-348 what is not accepted, and selections, do not");
	load(e.domains, "delete <kernel> /nope");
	is(updates(e.policy), before + 1, "K-349 deleting an unknown domain counts");
	put(e.stat, "garbage");
	is(updates(e.policy), before + 2, "K-349 as does anything on stat");
	put(e.domains, "<kernel> bad");
	is(updates(e.policy), before + 3, "K-349 and what is no domain");
	load(e.domains, "select <kernel> /a");
	is(updates(e.policy), before + 4, "K-348 select of a domain that is written to counts");
	load(e.exceptions, "path_group G /a");
	load(e.profiles, "0-COMMENT=x");
	load(e.managers, "/m");
	is(updates(e.policy), before + 7, "K-348 lines of every file count");
	engine_close(&e);
}

/* ---- Activation ---- */

/* Activates a policy of these lines. Return: the name of the domain that is at fault, to be freed;
 * NULL: none. */
static char *activate(const char *profiles, const char *domains, char **printed)
{
	const struct tmy_domain *where = NULL;
	const char *problem;
	char *name = NULL;
	struct engine e;
	int error;

	engine_open(&e);
	load(e.profiles, profiles);
	load(e.domains, domains);
	error = tmy_policy_activate(e.policy, &problem, &where);
	if (error) {
		struct tmy_span text = tmy_domain_name(where);

		name = calloc(1, text.length + 1);
		memcpy(name, text.at, text.length);
	}
	is(tmy_policy_active(e.policy), !error, "it is active, or there is a problem");
	is(!!problem, !!error, "it is active, or there is a problem: which is said");
	if (printed)
		*printed = text_of(e.policy, TMY_FILE_PROFILE);
	engine_close(&e);
	return name;
}

/* Kept until done(). */
static const char *activation(const char *profiles, const char *domains)
{
	char *name = activate(profiles, domains, NULL);

	return name ? keep(name) : NULL;
}

static void test_activation(void)
{
	char *printed, *name;

	is(activation("PROFILE_VERSION=20150505", ""), "<kernel>", "K-353 without any profile");
	is(activation("0-COMMENT=", "<kernel> /a\nuse_profile 5\n<kernel> /b"), "<kernel> /a",
	   "K-354 a domain's profile is undefined");
	is(activation("0-COMMENT=", "<foo> /a"), "<foo> /a", "K-354 in its own namespace");
	name = activate("0-COMMENT=", "<kernel> /a\nuse_profile 5\n<kernel> /b\ndelete <kernel> /a",
			NULL);
	is(name, NULL, "K-354 but a deleted domain does not matter");
	free(name);
	name = activate("PROFILE_VERSION=20110903\n0-COMMENT=", "", &printed);
	is(name, NULL, "K-355 the version of tomoyo-tools 2.5 is understood");
	free(name);
	has_text(printed, "PROFILE_VERSION=20150505\n", "K-355 and converted");
	is(activation("PROFILE_VERSION=1\n0-COMMENT=", ""), "<kernel>", "K-356 another is not");
	name = activate("0-COMMENT=\n<foo> PROFILE_VERSION=1", "", NULL);
	is(name, NULL, "K-356 a namespace without domains does not matter");
	free(name);
}

/* ---- Memory ---- */

static const char *const coming[] = {
	"<kernel> /mem\nuse_group 4\nfile read/write /a\nfile read /b\\*c\nfile read @G\nfile "
	"rename /a /b\n"
	"file link @G /b\\*\nfile create /a 0600\nfile create @G 0-0777\nfile mkchar /dev/\\* 0600 "
	"@N 1\n"
	"file mount @G /m/ tmpfs 0x0\nnetwork inet stream bind 10.0.0.0-10.255.255.255 80\n"
	"network inet dgram send @A @N\nnetwork unix stream connect /run/\\*\nmisc env LC_\\*\n"
	"task manual_domain_transition <kernel> //P task.uid=@N\n"
	"file execute /x <kernel> /x /y exec.realpath=@G exec.argv[1]=\"a\\*b\" "
	"exec.envp[\"H\\*\"]!=NULL\n"
	"file execute /x //child symlink.target=\"\" grant_log=yes\n",
	"aggregator /v\\* /v\naggregator /w /v\ninitialize_domain /i from <kernel> /j\nkeep_domain "
	"/k from /l\n"
	"no_reset_domain any\npath_group G /g\npath_group G /h\\*\npath_group H /g\nnumber_group N "
	"1\n"
	"number_group N 5-0x10\naddress_group A 1.2.3.4\naddress_group A ::1-::ff\nacl_group 9 "
	"file read /a\n"
	"acl_group 9 file read @H task.uid!=0\n",
	"/m1\n<kernel> /m2\n",
};

/* The lines, each with "delete " in front; domains are selected, and deleted at the end. */
static void delete_lines(struct tmy_stream *file, const char *lines)
{
	while (*lines) {
		size_t length = strcspn(lines, "\n");
		char line[256];

		snprintf(line, sizeof(line), "%s%.*s",
			 *lines == '<' && strchr(lines, '\n')[1] ? "select " : "delete ",
			 (int)length, lines);
		put(file, line);
		lines += length + 1;
	}
}

static void come_and_go(struct engine *e)
{
	load(e->domains, coming[0]);
	load(e->exceptions, coming[1]);
	load(e->managers, coming[2]);
	delete_lines(e->domains, coming[0]);
	delete_lines(e->exceptions, coming[1]);
	put(e->managers, "delete /m1");
	put(e->managers, "delete <kernel> /m2");
	put(e->domains, "delete <kernel> /mem");
}

/* Patterns are found by their forms, which come and go with them. */
static void test_memory_of_patterns(struct engine *e)
{
	unsigned long before;
	unsigned int i;
	char line[64];

	put(e->domains, "<kernel> /shapes");
	for (i = 0; i < 100; i++) {
		snprintf(line, sizeof(line), "file read /d/\\*x task.uid=%u", i);
		put(e->domains, line);
	}
	load(e->domains, "file read /passing\ndelete file read /passing");
	tmy_collect(e->policy);
	before = memory_of(e->policy);
	for (i = 0; i < 50; i++) {
		snprintf(line, sizeof(line), "file read /e%u/a\\*", i);
		put(e->domains, line);
	}
	for (i = 0; i < 50; i++) {
		snprintf(line, sizeof(line), "delete file read /e%u/a\\*", i);
		put(e->domains, line);
	}
	tmy_collect(e->policy);
	is(memory_of(e->policy), before, "K-360 memory is what it was when patterns are gone");
	is(verdict(e->policy, "<kernel> /shapes", "file read /d/ax",
		   &(struct tmy_facts){ .uid = 99 }),
	   "granted", "K-360 the others are found");
}

static void test_memory(void)
{
	unsigned long before, after;
	struct engine e;
	unsigned int i;

	engine_open(&e);
	come_and_go(&e);
	tmy_collect(e.policy);
	before = memory_of(e.policy);
	load(e.domains, coming[0]);
	load(e.exceptions, coming[1]);
	load(e.managers, coming[2]);
	cmp_ok(memory_of(e.policy), >, before, "K-360 memory grows with what is added");
	tmy_collect(e.policy);
	about("K-360 the collector leaves it alone");
	has_file(e.policy, TMY_FILE_EXCEPTION_POLICY, "path_group H /g\n",
		 named("path_group H /g\n"));
	has_file(e.policy, TMY_FILE_DOMAIN_POLICY, "file execute /x //child",
		 named("file execute /x //child"));
	delete_lines(e.domains, coming[0]);
	is_domain(e.policy, "<kernel> /mem", "use_profile 0\n\n\n",
		  "K-360 everything in it is deleted");
	delete_lines(e.exceptions, coming[1]);
	is_file(e.policy, TMY_FILE_EXCEPTION_POLICY, "",
		"K-360 and everything in exception policy");
	load(e.managers, "delete /m1\ndelete <kernel> /m2");
	load(e.domains, "delete <kernel> /mem");
	tmy_collect(e.policy);
	after = memory_of(e.policy);
	is(after, before, "K-360 memory is what it was when all is deleted and collected");
	come_and_go(&e);
	tmy_collect(e.policy);
	is(memory_of(e.policy), before, "K-360 again");
	load(e.domains, coming[0]);
	load(e.domains, "delete <kernel> /mem");
	tmy_collect(e.policy);
	is(memory_of(e.policy), before, "K-360 a domain takes its entries along");

	test_memory_of_patterns(&e);
	load(e.domains, "delete "
			"<kernel> /shapes"
			"\n<kernel> /stays\nfile read /stays");
	tmy_collect(e.policy);
	for (i = 0; i < 10000; i++) {
		char line[64];

		if (i == 100) {
			tmy_collect(e.policy);
			before = memory_of(e.policy);
		}
		snprintf(line, sizeof(line),
			 i % 3 ? "file read /%u" : "file read /%u/\\* task.uid=%u", i, i);
		put(e.domains, line);
		snprintf(line, sizeof(line),
			 i % 3 ? "delete file read /%u" : "delete file read /%u/\\* task.uid=%u", i,
			 i);
		put(e.domains, line);
		if (i % 100 == 99)
			tmy_collect(e.policy);
	}
	tmy_collect(e.policy);
	after = memory_of(e.policy);
	cmp_ok(after, <=, before, "K-362 10,000 additions and deletions do not grow");
	is_entries(e.policy, "<kernel> /stays", "file read /stays\n", "K-362 what stays stays");
	for (i = 0; i < 10000; i++) {
		put(e.domains, "file read /again");
		put(e.domains, "delete file read /again");
	}
	tmy_collect(e.policy);
	cmp_ok(memory_of(e.policy), <=, before, "K-362 of the same entry, without collection");
	for (i = 0; i < 10000; i++) {
		put(e.domains, "<kernel> /again");
		put(e.domains, "delete <kernel> /again");
	}
	tmy_collect(e.policy);
	cmp_ok(memory_of(e.policy), <=, before, "K-362 of the same domain");
	engine_close(&e);
}

/* A quota must not keep an administrator from making room. */
static void test_memory_at_quota(void)
{
	unsigned long before;
	struct engine e;

	engine_open(&e);
	come_and_go(&e);
	tmy_collect(e.policy);
	before = memory_of(e.policy);
	load(e.domains, coming[0]);
	load(e.exceptions, coming[1]);
	load(e.managers, coming[2]);
	put(e.stat, "Memory used by policy: 1");
	delete_lines(e.domains, coming[0]);
	delete_lines(e.exceptions, coming[1]);
	load(e.managers, "delete /m1\ndelete <kernel> /m2");
	about("K-347 above the quota everything can be deleted");
	is_domain(e.policy, "<kernel> /mem", "use_profile 0\n\n\n", named("<kernel> /mem"));
	is_file(e.policy, TMY_FILE_EXCEPTION_POLICY, "",
		named("file_is(e.policy, TMY_FILE_EXCEPTION_POLICY, \"\")"));
	is_file(e.policy, TMY_FILE_MANAGER, "", named("file_is(e.policy, TMY_FILE_MANAGER, \"\")"));
	load(e.domains, "delete <kernel> /mem");
	tmy_collect(e.policy);
	is(memory_of(e.policy), before, "K-347 K-360 and memory is given back");
	engine_close(&e);
}

static void test_reading_what_goes(void)
{
	struct tmy_stream *reader;
	char piece[40], *expected;
	struct engine e;
	unsigned int i;

	engine_open(&e);
	put(e.domains, "<kernel> /d");
	for (i = 0; i < 500; i++) {
		char line[64];

		snprintf(line, sizeof(line), "file read /some/file/%u task.uid=%u", i, i);
		put(e.domains, line);
	}
	put(e.domains, "reset");
	reader = tmy_stream_open(e.policy, TMY_FILE_DOMAIN_POLICY);
	put(reader, "select domain=<kernel> /d");
	expected = rest_of(reader);
	put(reader, "select domain=<kernel> /d");
	about("K-361 a reader of a deleted domain reads on");
	is(tmy_stream_read(reader, piece, sizeof(piece)), sizeof(piece),
	   named("tmy_stream_read(reader, piece, sizeof(piece))"));
	put(e.domains, "delete <kernel> /d");
	tmy_collect(e.policy);
	is_text(rest_of(reader), expected + sizeof(piece),
		named("text_is(rest_of(reader), expected + sizeof(piece))"));

	put(reader, "reset");
	tmy_collect(e.policy);
	is_text(rest_of(reader), "<kernel>\nuse_profile 0\n\n\n", "K-361 until it begins again");
	free(expected);
	tmy_stream_close(reader);

	load(e.exceptions, "path_group G /1\npath_group G /2\npath_group G /3\npath_group H /4");
	reader = tmy_stream_open(e.policy, TMY_FILE_EXCEPTION_POLICY);
	about("K-361 a group that is read may go");
	is(tmy_stream_read(reader, piece, 16), 16, named("tmy_stream_read(reader, piece, 16)"));
	load(e.exceptions,
	     "delete path_group G /1\ndelete path_group G /2\ndelete path_group G /3");
	tmy_collect(e.policy);

	is_text(rest_of(reader), "path_group H /4\n", named("path_group H /4\n"));
	tmy_collect(e.policy);
	load(e.exceptions, "path_group G /5");
	put(reader, "reset");
	is_text(rest_of(reader), "path_group H /4\npath_group G /5\n", "K-361 and come back");
	tmy_stream_close(reader);
	engine_close(&e);
}

int main(void)
{
	test_pieces();
	test_reading_while_changing();
	test_lines();
	test_words();
	test_operands();
	test_attributes();
	test_cursor();
	test_entries();
	test_transition_only();
	test_deletion();
	test_exceptions();
	test_namespaces();
	test_profiles();
	test_managers();
	test_stat();
	test_activation();
	test_memory();
	test_memory_at_quota();
	test_reading_what_goes();
	return done();
}
