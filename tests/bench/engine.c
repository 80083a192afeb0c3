// SPDX-License-Identifier: GPL-2.0-only
/*
 * engine: what the policy engine costs, in instructions of this machine: to decide, to learn and to
 * load, with few and with many entries; how much memory an entry takes. Prints lines
 * "name<TAB>value<TAB>unit".
 */
#include "lsm/engine/execute.h"
#include "lsm/engine/learn.h"
#include "lsm/engine/policy.h"
#include "lsm/engine/state.h"
#include "lsm/engine/stream.h"
#include "tests/bench/count.h"

#include <stdarg.h>
#include <time.h>

enum {
	NAME_ROOM = 4096,
	ASKED = 16, /* requests that a figure is the mean of */
};

static const unsigned int sizes[] = { 10, 1000, 20000, 100000 };
static unsigned long scratch[TMY_MATCH_SCRATCH(NAME_ROOM)];

/* A form of entry: the line that makes number N, and the name that only it matches. */
struct form {
	const char *name;
	const char *line;
	const char *subject;
	enum tmy_kind kind;
};

static const struct form forms[] = {
	{ "exact", "file read /usr/share/zoneinfo/zone%06u", "/usr/share/zoneinfo/zone%06u",
	  TMY_PATH },
	{ "directories", "file read /srv/site%06u/\\*.html", "/srv/site%06u/index.html", TMY_PATH },
	{ "suffixes", "file read /srv/data/\\*.s%06u", "/srv/data/record.s%06u", TMY_PATH },
	{ "prefixes", "file read /var/log/app%06u-\\*", "/var/log/app%06u-current", TMY_PATH },
	{ "recursive", "file read /var/lib/app%06u/\\{\\*\\}/x", "/var/lib/app%06u/a/b/c/x",
	  TMY_PATH },
	{ "group", "path_group G /usr/share/zoneinfo/zone%06u", "/usr/share/zoneinfo/zone%06u",
	  TMY_PATH },
	{ "ioctl", "file ioctl /dev/device%06u 0x5401", "/dev/device%06u", TMY_PATH_NUMBER },
	{ "rename", "file rename /tmp/a%06u /tmp/b", "/tmp/a%06u", TMY_PATH2 },
	{ "inet", "network inet stream connect 10.%u.%u.%u 80", "", TMY_INET },
};

static void write_line(struct tmy_stream *stream, const char *format, ...)
{
	char line[NAME_ROOM];
	va_list arguments;
	int length, error;

	va_start(arguments, format);
	length = vsnprintf(line, sizeof(line), format, arguments);
	va_end(arguments);
	error = tmy_stream_write(stream, line, (size_t)length, NULL);
	if (!error)
		return;
	fprintf(stderr, "engine: %.*s: error %d\n", length, line, error);
	exit(2);
}

static void print(const char *unit, double value, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vprintf(format, arguments);
	va_end(arguments);
	printf("\t%.*f\t%s\n", value < 100 ? 2 : 0, value, unit);
	fflush(stdout);
}

static void write_form(struct tmy_stream *stream, const struct form *form, unsigned int number)
{
	/* NOLINTNEXTLINE(clang-diagnostic-format-nonliteral) */
	write_line(stream, form->line, form->kind == TMY_INET ? number >> 16 : number,
		   number >> 8 & 255, number & 255);
}

/* A policy with @size entries of a form. */
static struct tmy_policy *make(const struct form *form, unsigned int size,
			       struct tmy_domain **domain)
{
	struct tmy_policy *policy = tmy_policy_create();
	bool group = !strncmp(form->line, "path_group", 10);
	struct tmy_stream *stream, *other;
	unsigned int i;

	if (!policy)
		exit(2);
	stream = tmy_stream_open(policy, TMY_FILE_DOMAIN_POLICY);
	other = tmy_stream_open(policy, TMY_FILE_EXCEPTION_POLICY);
	write_line(stream, "<kernel> /sbin/init");
	if (group)
		write_line(stream, "file read @G");
	for (i = 0; i < size; i++)
		write_form(group ? other : stream, form, i);
	tmy_stream_close(stream);
	tmy_stream_close(other);
	tmy_collect(policy);
	*domain = tmy_find_domain(policy, TMY_SPAN("<kernel> /sbin/init"));
	return policy;
}

static void fill(struct tmy_request *request, const struct form *form, struct tmy_domain *domain,
		 unsigned int number, char *name, struct tmy_facts *facts)
{
	memset(request, 0, sizeof(*request));
	request->domain = domain;
	request->kind = form->kind;
	request->operation = form->kind == TMY_PATH2	     ? TMY_RENAME
			     : form->kind == TMY_PATH_NUMBER ? TMY_IOCTL
			     : form->kind == TMY_INET	     ? TMY_CONNECT
							     : TMY_READ;
	request->facts = facts;
	request->scratch = scratch;
	/* NOLINTNEXTLINE(clang-diagnostic-format-nonliteral) */
	request->names[0].text =
		tmy_span(name, (size_t)snprintf(name, NAME_ROOM, form->subject, number));
	request->names[1].text = TMY_SPAN("/tmp/b");
	request->numbers[0] = form->kind == TMY_INET ? 80 : 0x5401;
	request->address[0] = 10;
	request->address[1] = (u8)(number >> 16);
	request->address[2] = (u8)(number >> 8);
	request->address[3] = (u8)number;
	request->address_size = 4;
}

/* Instructions of one decision about entry @number. */
static long decide(struct tmy_policy *policy, const struct form *form, struct tmy_domain *domain,
		   unsigned int number, bool granted)
{
	struct tmy_facts facts = { 0 };
	struct tmy_request request;
	enum tmy_verdict verdict;
	char name[NAME_ROOM];
	long steps;

	fill(&request, form, domain, number, name, &facts);
	count_begin();
	tmy_read_begin();
	verdict = tmy_decide(policy, &request);
	tmy_read_end();
	steps = count_end();
	if ((verdict == TMY_GRANTED) == granted)
		return steps;
	fprintf(stderr, "engine: %s %u: verdict %d\n", form->name, number, verdict);
	exit(2);
}

static void bench_form(const struct form *form)
{
	double first = 0, last = 0;
	unsigned int i, j;

	for (i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		struct tmy_domain *domain;
		struct tmy_policy *policy = make(form, sizes[i], &domain);
		double found = 0, absent = 0;

		for (j = 0; j < ASKED; j++) {
			found += (double)decide(policy, form, domain,
						(unsigned int)((u64)sizes[i] * j / ASKED), true);
			absent += (double)decide(policy, form, domain, 900000 + j * 1000, false);
		}
		print("instructions", found / ASKED, "engine.decide.%s.%u", form->name, sizes[i]);
		print("instructions", absent / ASKED, "engine.decide.%s.%u.absent", form->name,
		      sizes[i]);
		last = found / ASKED;
		if (!i)
			first = last;
		tmy_policy_destroy(policy);
	}
	print("x", last / first, "engine.decide.%s.growth", form->name);
}

static double seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void bench_memory(void)
{
	unsigned int i;

	for (i = 1; i < sizeof(sizes) / sizeof(*sizes); i++) {
		struct tmy_domain *domain;
		struct tmy_policy *empty = make(&forms[0], 0, &domain);
		struct tmy_policy *full = make(&forms[0], sizes[i], &domain);

		print("bytes", (double)(full->stat.used[0] - empty->stat.used[0]) / sizes[i],
		      "engine.memory.exact.%u", sizes[i]);
		tmy_policy_destroy(empty);
		tmy_policy_destroy(full);
	}
}

/* @domains: how many domains the lines are spread over */
static void bench_load(unsigned int domains)
{
	enum {
		LINES = 70000
	};
	struct tmy_policy *policy = tmy_policy_create();
	struct tmy_stream *stream = tmy_stream_open(policy, TMY_FILE_DOMAIN_POLICY);
	double start = seconds();
	unsigned int i, j;
	long length = 1;

	for (i = 0; i < domains; i++) {
		write_line(stream, "<kernel> /usr/sbin/daemon%u", i);
		for (j = 0; j < LINES / domains; j++)
			write_line(stream, "file read/getattr /usr/share/daemon%u/file%06u", i, j);
	}
	print("lines/s", LINES / (seconds() - start), "engine.load.%u_domains", domains);
	count_begin();
	write_line(stream, "file read/getattr /usr/share/daemon0/another");
	print("instructions", (double)count_end(), "engine.load.%u_domains.line", domains);
	write_line(stream, "reset");
	start = seconds();
	for (i = 0; length > 0; i++) {
		static char page[4096];

		length = tmy_stream_read(stream, page, sizeof(page));
	}
	print("lines/s", LINES / (seconds() - start), "engine.save.%u_domains", domains);
	tmy_stream_close(stream);
	tmy_policy_destroy(policy);
}

static void bench_learn(void)
{
	unsigned int i;

	for (i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		struct tmy_domain *domain;
		struct tmy_policy *policy = make(&forms[0], sizes[i], &domain);
		struct tmy_stream *stream = tmy_stream_open(policy, TMY_FILE_PROFILE);
		struct tmy_facts facts = { 0 };
		struct tmy_request request;
		enum tmy_learned learned;
		char name[NAME_ROOM];

		write_line(stream, "0-PREFERENCE={ max_learning_entry=1000000 }");
		/* The first one may make room; it is the second that counts. */
		fill(&request, &forms[0], domain, 900000, name, &facts);
		tmy_learn(policy, domain, &request);
		fill(&request, &forms[0], domain, 900001, name, &facts);
		count_begin();
		learned = tmy_learn(policy, domain, &request);
		print("instructions", (double)count_end(), "engine.learn.%u", sizes[i]);
		if (learned != TMY_LEARNED)
			exit(2);
		tmy_stream_close(stream);
		tmy_policy_destroy(policy);
	}
}

/* The pattern that takes a matcher that tries every way for ever, with the longest name. */
static void bench_worst(void)
{
	static char name[NAME_ROOM];
	const char *pattern = "/\\*a\\*a\\*a\\*a\\*a\\*a\\*a\\*a\\*b";
	double start;

	memset(name, 'a', sizeof(name) - 1);
	name[0] = '/';
	start = seconds();
	if (tmy_match(name, sizeof(name) - 1, pattern, strlen(pattern), scratch))
		exit(2);
	print("us", (seconds() - start) * 1e6, "engine.match.nine_stars.%zu", sizeof(name) - 1);
	count_begin();
	tmy_match(name, 41, pattern, strlen(pattern), scratch);
	print("instructions", (double)count_end(), "engine.match.nine_stars.41");
}

int main(void)
{
	unsigned int i;

	count_start();
	for (i = 0; i < sizeof(forms) / sizeof(*forms); i++)
		bench_form(&forms[i]);
	bench_learn();
	bench_memory();
	bench_load(10);
	bench_load(500);
	bench_worst();
	return 0;
}
