// SPDX-License-Identifier: GPL-2.0-only
/* Open policy files: lines that are written, and text that is read while it changes (kernel ABI
 * specification 2.3 - 2.6, 7.1). */
#include "tests/unit/engine.h"

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
	test_reading_what_goes();
	return done();
}
