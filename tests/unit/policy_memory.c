// SPDX-License-Identifier: GPL-2.0-only
/* Memory that is counted, limited and given back (kernel ABI specification 8). */
#include "tests/unit/engine.h"

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

int main(void)
{
	test_memory();
	test_memory_at_quota();
	return done();
}
