// SPDX-License-Identifier: GPL-2.0-only
/* The file domain_policy: attributes, what is edited, entries, deletion (kernel ABI specification
 * 2.2 - 2.6). */
#include "tests/unit/engine.h"

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

int main(void)
{
	test_attributes();
	test_cursor();
	test_entries();
	test_transition_only();
	test_deletion();
	return done();
}
