// SPDX-License-Identifier: GPL-2.0-only
/* Learning: from requests to the entries that grant them (kernel ABI specification 7.5, 7.7). */
#include "tests/unit/engine.h"

#define D "<kernel> //t"

/* A policy with one domain in a profile that learns. */
static void policy_of(struct engine *e, const char *entries)
{
	engine_open(e);
	load(e->profiles, "0-COMMENT=\n1-CONFIG={ mode=learning }");
	load(e->domains, D "\nuse_profile 1");
	load(e->domains, entries);
}

/* ---- Bodies ---- */

static const struct {
	const char *name;
	const char *requests; /* as a hook makes them, one a line */
	const char *learned;
} bodies[] = {
	{ "K-215 open for reading", "file read /w/f", "file read /w/f\n" },
	{ "K-216 K-218 open for both", "file read /w/f\nfile write /w/f",
	  "file read/write /w/f\n" },
	{ "K-217 open for appending", "file append /w/f", "file append /w/f\n" },
	{ "K-219 open and truncate", "file write /w/f\nfile truncate /w/f",
	  "file write/truncate /w/f\n" },
	{ "K-220 create and open", "file create /w/new 0600\nfile write /w/new",
	  "file create /w/new 0600\nfile write /w/new\n" },
	{ "K-222 open a directory", "file read /w/", "file read /w/\n" },
	{ "K-223 stat", "file getattr /w/f\nfile getattr /w/link",
	  "file getattr /w/f\nfile getattr /w/link\n" },
	{ "K-224 mkdir", "file mkdir /w/nd/ 0777", "file mkdir /w/nd/ 0777\n" },
	{ "K-224 mode 0", "file mkdir /w/nd/ 00", "file mkdir /w/nd/ 00\n" },
	{ "K-225 rmdir", "file rmdir /w/nd/", "file rmdir /w/nd/\n" },
	{ "K-226 unlink", "file unlink /w/x", "file unlink /w/x\n" },
	{ "K-227 link", "file link /w/a /w/b", "file link /w/a /w/b\n" },
	{ "K-229 rename a file", "file rename /w/a /w/b", "file rename /w/a /w/b\n" },
	{ "K-230 rename a directory", "file rename /w/a/ /w/b/", "file rename /w/a/ /w/b/\n" },
	{ "K-231 exchange", "file rename /w/b /w/a\nfile rename /w/a /w/b",
	  "file rename /w/b /w/a\nfile rename /w/a /w/b\n" },
	{ "K-232 K-233 truncate", "file truncate /w/f\nfile truncate /w/f",
	  "file truncate /w/f\n" },
	{ "K-234 chmod", "file chmod /w/f 0644", "file chmod /w/f 0644\n" },
	{ "K-235 chown", "file chown /w/f 1\nfile chgrp /w/f 2",
	  "file chown /w/f 1\nfile chgrp /w/f 2\n" },
	{ "K-235 chown to the same number", "file chown /w/f 1\nfile chgrp /w/f 1",
	  "file chown/chgrp /w/f 1\n" },
	{ "K-236 chgrp", "file chgrp /w/f 2", "file chgrp /w/f 2\n" },
	{ "K-237 mknod of a FIFO and a socket", "file mkfifo /w/x 0644\nfile mksock /w/x 0644",
	  "file mkfifo/mksock /w/x 0644\n" },
	{ "K-238 mknod of a character device", "file mkchar /w/x 0640 1 3",
	  "file mkchar /w/x 0640 1 3\n" },
	{ "K-239 mknod of a block device", "file mkblock /w/x 0640 7 300",
	  "file mkblock /w/x 0640 7 300\n" },
	{ "K-240 mknod of a file", "file create /w/x 0640", "file create /w/x 0640\n" },
	{ "K-241 ioctl", "file ioctl /w/f 0x5451", "file ioctl /w/f 0x5451\n" },
	{ "K-242 ioctl on a pipe and a socket",
	  "file ioctl pipe:[10276] 0x541B\nfile ioctl socket:[10750] 0x8912",
	  "file ioctl pipe:[10276] 0x541B\nfile ioctl socket:[10750] 0x8912\n" },
	{ "K-243 O_APPEND set and cleared", "file append /w/f\nfile write /w/f",
	  "file write/append /w/f\n" },
	{ "K-244 chroot", "file chroot /w/", "file chroot /w/\n" },
	{ "K-245 mount", "file mount none /w/d/ tmpfs 0x0", "file mount none /w/d/ tmpfs 0x0\n" },
	{ "K-246 bind mount", "file mount /src/ /dst/ --bind 0x0",
	  "file mount /src/ /dst/ --bind 0x0\n" },
	{ "K-247 remount", "file mount <NULL> /d/ --remount 0x1001",
	  "file mount <NULL> /d/ --remount 0x1001\n" },
	{ "K-248 make private", "file mount none /d/ --make-private 0x4000",
	  "file mount none /d/ --make-private 0x4000\n" },
	{ "K-248 a source with a blank", "file mount a\\040b /m/ proc 0xF",
	  "file mount a\\040b /m/ proc 0xF\n" },
	{ "K-249 umount", "file unmount /d/\nfile unmount proc:/",
	  "file unmount /d/\nfile unmount proc:/\n" },
	{ "K-250 pivot_root", "file pivot_root /new/ /new/old/",
	  "file pivot_root /new/ /new/old/\n" },
	{ "K-257 K-260 K-261 names of file systems",
	  "file read proc:/self/stat\nfile read proc:/1/stat\nfile read devpts:/ptmx\nfile read "
	  "cgroup2:/x",
	  "file read proc:/self/stat\nfile read proc:/1/stat\nfile read devpts:/ptmx\nfile read "
	  "cgroup2:/x\n" },
	{ "K-259 names of what has none",
	  "file read /memfd:NAME\\040(deleted)\nfile write /dir/#315\nfile read "
	  "anon_inode:[eventfd]",
	  "file read /memfd:NAME\\040(deleted)\nfile write /dir/#315\nfile read "
	  "anon_inode:[eventfd]\n" },
	{ "K-263 bind", "network inet stream bind 127.0.0.1 8080",
	  "network inet stream bind 127.0.0.1 8080\n" },
	{ "K-264 listen", "network inet stream listen 0.0.0.0 0\nnetwork inet stream listen :: 0",
	  "network inet stream listen 0.0.0.0 0\nnetwork inet stream listen :: 0\n" },
	{ "K-265 connect",
	  "network inet stream bind 10.0.0.1 80\nnetwork inet stream connect 10.0.0.1 80",
	  "network inet stream bind/connect 10.0.0.1 80\n" },
	{ "K-266 K-267 send", "network inet dgram send fe80::1 53",
	  "network inet dgram send fe80::1 53\n" },
	{ "K-268 raw send", "network inet raw send 127.0.0.1 1",
	  "network inet raw send 127.0.0.1 1\n" },
	{ "K-269 a mapped address", "network inet stream connect ::ffff:127.0.0.1 80",
	  "network inet stream connect ::ffff:127.0.0.1 80\n" },
	{ "K-270 bind to a path", "network unix stream bind /w/s\nfile mksock /w/s 0755",
	  "network unix stream bind /w/s\nfile mksock /w/s 0755\n" },
	{ "K-271 an abstract address", "network unix dgram bind \\000abs",
	  "network unix dgram bind \\000abs\n" },
	{ "K-272 with NULs at its end", "network unix dgram send \\000abs\\000\\000x\\000",
	  "network unix dgram send \\000abs\\000\\000x\\000\n" },
	{ "K-273 no address", "network unix seqpacket bind anonymous",
	  "network unix seqpacket bind anonymous\n" },
	{ "K-274 a relative path", "network unix stream connect rel\\040path",
	  "network unix stream connect rel\\040path\n" },
	{ "K-307 variables", "misc env PATH\nmisc env LC_ALL", "misc env PATH\nmisc env LC_ALL\n" },
};

/* Learns each request, which must then be granted; asking does not change the policy. The requests
 * of which that is not so. */
static const char *not_learned(struct tmy_policy *policy, const char *requests,
			       struct tmy_facts *facts)
{
	const char *list = "";

	while (*requests) {
		int length = (int)strcspn(requests, "\n");
		const char *line = formatted("%.*s", length, requests), *got;

		if (!granted(policy, D, line, facts) &&
		    learn(policy, D, line, facts) != TMY_LEARNED)
			list = formatted("%s%s: not learned\n", list, line);
		got = verdict(policy, D, line, facts);
		if (strcmp(got, "granted") != 0)
			list = formatted("%s%s: %s\n", list, line, got);
		requests += length + (requests[length] == '\n');
	}
	return list;
}

static void test_bodies(void)
{
	unsigned int i;

	for (i = 0; i < sizeof(bodies) / sizeof(*bodies); i++) {
		struct tmy_facts facts = { .uid = 0 };
		struct engine e;

		policy_of(&e, "");
		about(bodies[i].name);
		is(not_learned(e.policy, bodies[i].requests, &facts), "",
		   named("each is learned, and granted"));
		is_entries(e.policy, D, bodies[i].learned, named("what has been learned"));
		engine_close(&e);
	}
}

/* The body of an audit record is the request, with one operation, without conditions. */
static void test_printing(void)
{
	char buffer[256];
	struct tmy_text text = tmy_text(buffer, sizeof(buffer));
	struct tmy_facts facts = { .symlink_target = TMY_SPAN("a\\040b\\\\c") };
	struct question question;
	struct engine e;

	policy_of(&e, "");
	tmy_read_begin();
	question_open(&question, tmy_find_domain(e.policy, span_of(D)), "file symlink /w/s",
		      &facts);
	tmy_put_request(&text, &question.request);
	is_span(tmy_span(buffer, text.length), "file symlink /w/s", "K-228 the body of a record");
	tmy_put_request_conditions(&text, &question.request);
	is_span(tmy_span(buffer, text.length), "file symlink /w/s symlink.target=\"a\\040b\\\\c\"",
		"K-228 and what learning adds");
	text = tmy_text(buffer, 10);
	tmy_put_request(&text, &question.request);
	about("7.7 a buffer that is too small says how much it is");
	is(text.length, 17, named("text.length"));
	is(tmy_text_fits(&text), false, named("tmy_text_fits(&text)"));
	question_close(&question);
	tmy_read_end();
	engine_close(&e);
}

/* ---- Conditions ---- */

static void test_symlinks(void)
{
	struct tmy_facts facts = { .symlink_target = TMY_SPAN("a\\040b\\\\c") };
	struct engine e;

	policy_of(&e, "");
	about("K-228 a symbolic link is learned with its target");
	is(not_learned(e.policy, "file symlink /w/s", &facts), "", named("file symlink /w/s"));
	is_entries(e.policy, D, "file symlink /w/s symlink.target=\"a\\040b\\\\c\"\n",
		   named("file symlink /w/s symlink.target=\"a\\040b\\\\c\"\n"));
	facts.symlink_target = TMY_SPAN("\\\\*");
	is(not_learned(e.policy, "file symlink /w/s", &facts), "",
	   "K-228 a target that looks like a wildcard");
	facts.symlink_target = TMY_SPAN("\\\\\\\\x\"y\"=z");
	is(not_learned(e.policy, "file symlink /w/s", &facts), "", "K-228 or has quotes");
	facts.symlink_target = TMY_SPAN("other");
	is(verdict(e.policy, D, "file symlink /w/s", &facts), "denied",
	   "K-228 another target is not granted");
	engine_close(&e);
}

static void test_programs(void)
{
	struct tmy_span argv[] = { TMY_SPAN("/lnk2"), TMY_SPAN("-c") };
	struct tmy_facts facts = { .exec = true,
				   .realpath = TMY_SPAN("/bin/act"),
				   .argc = 2,
				   .argv = argv,
				   .arguments = true };
	char *longer;
	struct engine e;

	policy_of(&e, "");
	about("K-306 a program is learned with its real path and its first argument");
	is(not_learned(e.policy, "file execute /lnk2", &facts), "", named("file execute /lnk2"));
	is_entries(e.policy, D,
		   "file execute /lnk2 exec.realpath=\"/bin/act\" "
		   "exec.argv[0]=\"/lnk2\"\n",
		   named("file execute /lnk2 exec.realpath=\"/bin/act\" "
			 "exec.argv[0]=\"/lnk2\"\n"));
	argv[0] = TMY_SPAN("other");
	is(verdict(e.policy, D, "file execute /lnk2", &facts), "denied",
	   "K-306 another argument is not granted");
	argv[0] = TMY_SPAN("a\"b=\\\\c");
	is(not_learned(e.policy, "file execute /lnk2", &facts), "",
	   "K-306 but learned, quotes and all");
	argv[0] = TMY_SPAN("");
	about("K-306 even if it is empty");
	is(not_learned(e.policy, "file execute /lnk2", &facts), "", named("file execute /lnk2"));
	has_text(domain_text(e.policy, D), "exec.argv[0]=\"\"\n", named("exec.argv[0]=\"\"\n"));
	facts.argc = 0;
	about("K-306 without arguments, without that condition");
	is(not_learned(e.policy, "file execute /lnk3", &facts), "", named("file execute /lnk3"));
	has_text(domain_text(e.policy, D), "file execute /lnk3 exec.realpath=\"/bin/act\"\n",
		 named("file execute /lnk3 exec.realpath=\"/bin/act\"\n"));
	facts.argc = 2;
	facts.arguments = false;
	about("K-306 nor when they could not be read");
	is(learn(e.policy, D, "file execute /lnk4", &facts), TMY_LEARNED,
	   named("file execute /lnk4"));
	is(verdict(e.policy, D, "file execute /lnk4", &facts), "granted",
	   named("file execute /lnk4"));
	has_text(domain_text(e.policy, D), "file execute /lnk4 exec.realpath=\"/bin/act\"\n",
		 named("file execute /lnk4 exec.realpath=\"/bin/act\"\n"));
	facts.arguments = true;
	longer = malloc(6000);
	memset(longer, 'x', 6000);
	argv[0] = tmy_span(longer, TMY_ARGUMENT_MAX);
	is(not_learned(e.policy, "file execute /long", &facts), "",
	   "K-306 the longest argument that conditions see");
	argv[0] = tmy_span(longer, TMY_ARGUMENT_MAX + 1);
	is(not_learned(e.policy, "file execute /longer", &facts), "",
	   "K-306 what is learned of a longer one grants it");
	memset(longer, '\\', 6000);
	argv[0] = tmy_span(longer, 6000);
	is(not_learned(e.policy, "file execute /backslashes", &facts), "",
	   "K-306 also when an escape is cut in two");
	free(longer);
	facts.exec = false;
	about("K-307 others have no conditions");
	is(not_learned(e.policy, "file read /plain", &facts), "", named("file read /plain"));
	has_text(domain_text(e.policy, D), "file read /plain\n", named("file read /plain\n"));
	engine_close(&e);
}

/* ---- Quota ---- */

static void test_quota(void)
{
	unsigned long before;
	struct engine e;

	policy_of(&e, "");
	load(e.profiles, "1-PREFERENCE={ max_learning_entry=3 }");
	load(e.domains, "file execute/truncate /a");
	is(learn(e.policy, D, "file read /new", NULL), TMY_LEARNED, "K-308 below the limit");
	before = updates(e.policy);
	about("K-308 above it nothing is learned, which is reported once");
	is(learn(e.policy, D, "file write /new", NULL), TMY_QUOTA_REACHED,
	   named("file write /new"));
	is(learn(e.policy, D, "file getattr /new", NULL), TMY_QUOTA_EXCEEDED,
	   named("file getattr /new"));
	is(learn(e.policy, D, "file write /new", NULL), TMY_QUOTA_EXCEEDED,
	   named("file write /new"));
	about("K-308 and noted");
	is_domain(e.policy, D,
		  "use_profile 1\nquota_exceeded\n\nfile execute/truncate /a\nfile read "
		  "/new\n\n",
		  named("use_profile 1\nquota_exceeded\n\nfile execute/truncate /a\nfile read "
			"/new\n\n"));
	is(updates(e.policy), before, named("updates(e.policy)"));
	load(e.domains, "delete quota_exceeded");
	is(learn(e.policy, D, "file write /new", NULL), TMY_QUOTA_REACHED,
	   "K-309 without the note it is reported again");
	load(e.profiles, "1-PREFERENCE={ max_learning_entry=4 }");
	is(learn(e.policy, D, "file write /new", NULL), TMY_QUOTA_EXCEEDED,
	   "K-309 as long as it is there nothing is learned");
	load(e.domains, "delete quota_exceeded");
	about("K-309 with a higher limit learning goes on");
	is(learn(e.policy, D, "file write /new", NULL), TMY_LEARNED, named("file write /new"));
	is(learn(e.policy, D, "file write /more", NULL), TMY_QUOTA_REACHED,
	   named("file write /more"));
	load(e.domains, "delete quota_exceeded\ndelete file execute/truncate /a");
	is(learn(e.policy, D, "file write /more", NULL), TMY_LEARNED,
	   "K-309 also with fewer entries");
	engine_close(&e);

	/* What counts: 1 + 2 + 2 + 1 + 1 + 2 + 1 + 1 = 11. */
	policy_of(&e, "file read /a\nfile link/rename /a /b\nfile create/mkdir /a 0600\nfile "
		      "mkchar /a 0 0 0\nfile mount a b c 0\n"
		      "network inet stream bind/listen ::1 80\nnetwork unix dgram bind /s\nmisc "
		      "env A\nuse_group 9\n"
		      "task manual_domain_transition <kernel> //P\ntask manual_domain_transition "
		      "<kernel> //Q");
	load(e.exceptions, "acl_group 9 file read /b\nacl_group 9 file read /c");
	load(e.profiles, "1-PREFERENCE={ max_learning_entry=11 }");
	is(learn(e.policy, D, "file read /b", NULL), TMY_QUOTA_REACHED,
	   "K-308 every operation counts");
	load(e.domains, "delete quota_exceeded");
	load(e.profiles, "1-PREFERENCE={ max_learning_entry=12 }");
	is(learn(e.policy, D, "file read /b", NULL), TMY_LEARNED,
	   "K-308 transitions and acl_groups do not");
	load(e.domains, "delete file link /a /b\nfile link /a /b\nfile link /a /b\ndelete file "
			"nosuch\ndelete file read /nope");
	load(e.profiles, "1-PREFERENCE={ max_learning_entry=13 }");
	about("K-308 nor duplicates and what is not there");
	is(learn(e.policy, D, "file read /c", NULL), TMY_LEARNED, named("file read /c"));
	is(learn(e.policy, D, "file read /d", NULL), TMY_QUOTA_REACHED, named("file read /d"));
	engine_close(&e);

	policy_of(&e, "");
	load(e.profiles, "1-PREFERENCE={ max_learning_entry=0 }");
	is(learn(e.policy, D, "file read /b", NULL), TMY_QUOTA_REACHED, "K-308 a limit of 0");
	engine_close(&e);
}

static void test_learning_twice(void)
{
	unsigned long before;
	struct engine e;
	struct answer answer;

	policy_of(&e, "use_group 2");
	load(e.exceptions, "acl_group 2 file read /granted");
	answer = ask(e.policy, D, "file read /granted", NULL);
	about("K-310 what an acl_group grants need not be learned");
	is(answer.verdict, TMY_GRANTED, named("answer.verdict"));
	is_entries(e.policy, D, "", named("entries_are(e.policy, D, \"\")"));
	before = updates(e.policy);
	about("K-307 an update");
	is(learn(e.policy, D, "file read /a", NULL), TMY_LEARNED, named("file read /a"));
	is(updates(e.policy), before + 1, named("updates(e.policy)"));
	about("K-307 what another task has learned meanwhile is not learned again");
	is(learn(e.policy, D, "file read /a", NULL), TMY_LEARNED_BEFORE, named("file read /a"));
	is_entries(e.policy, D, "file read /a\n", named("file read /a\n"));
	about("K-307 entries merge");
	is(learn(e.policy, D, "file write /a", NULL), TMY_LEARNED, named("file write /a"));
	is_entries(e.policy, D, "file read/write /a\n", named("file read/write /a\n"));
	load(e.domains, "delete file read/write /a");
	about("K-307 again after deletion");
	is(learn(e.policy, D, "file read /a", NULL), TMY_LEARNED, named("file read /a"));
	is(verdict(e.policy, D, "file read /a", NULL), "granted", named("file read /a"));
	engine_close(&e);
}

/* ---- Places ---- */

static void test_places(void)
{
	struct tmy_facts facts = { .uid = 0 };
	struct question question;
	struct tmy_task task;
	struct engine e;
	char *name = malloc(5000), *path = malloc(4500), *line = malloc(5000);
	unsigned int i, learned = 0, at_once = 0, found = 0;

	policy_of(&e, "");
	tmy_read_begin();
	tmy_task_init(&task, tmy_find_domain(e.policy, span_of(D)));
	tmy_read_end();
	load(e.domains, "delete " D "\n" D "\nuse_profile 1");
	question_open(&question, task.domain, "file read /x", &facts);
	about("2.6 a deleted domain learns for itself");
	is(tmy_learn(e.policy, task.domain, &question.request), TMY_LEARNED,
	   named("tmy_learn(e.policy, task.domain, &question.request)"));
	tmy_read_begin();
	is(tmy_decide(e.policy, &question.request), TMY_GRANTED,
	   named("tmy_decide(e.policy, &question.request)"));
	tmy_read_end();
	question_close(&question);

	is_entries(e.policy, D, "", named("entries_are(e.policy, D, \"\")"));
	tmy_task_exit(&task);
	engine_close(&e);

	/* The longest domain, and long names. */
	memset(path, 'p', 4400);
	snprintf(name, 5000, "<kernel> /%.*s", 4085 - 10, path);
	policy_of(&e, name);
	load(e.domains, "use_profile 1");
	snprintf(line, 5000, "file read /%.*s", 4400, path);
	about("K-307 long names in a domain with a long one");
	is(strlen(name), 4085, named("strlen(name)"));
	is(learn(e.policy, name, line, NULL), TMY_LEARNED,
	   named("learn(e.policy, name, line, NULL)"));
	is(verdict(e.policy, name, line, NULL), "granted",
	   named("granted(e.policy, name, line, NULL)"));
	snprintf(line, 5000, "file rename /%.*s /%.*s", 2000, path, 2001, path);
	is(learn(e.policy, name, line, NULL), TMY_LEARNED,
	   named("learn(e.policy, name, line, NULL)"));
	is(verdict(e.policy, name, line, NULL), "granted",
	   named("granted(e.policy, name, line, NULL)"));

	free(name);
	free(path);
	free(line);

	for (i = 0; i < 2000; i++) {
		char request[64];

		snprintf(request, sizeof(request),
			 i % 2 ? "file read /many/%u" : "file create /many/%u 0600", i);
		learned += learn(e.policy, D, request, NULL) == TMY_LEARNED;
		at_once += granted(e.policy, D, request, NULL);
		if (i % 500 == 0)
			tmy_collect(e.policy);
	}
	for (i = 0; i < 2000; i++) {
		char request[64];

		snprintf(request, sizeof(request),
			 i % 2 ? "file read /many/%u" : "file create /many/%u 0600", i);
		found += granted(e.policy, D, request, NULL);
	}
	about("D-18 2,000 entries are learned, each is found");
	is(learned, 2000, named("learned"));
	is(at_once, 2000, named("found at once"));
	is(found, 2000, named("found in the end"));
	engine_close(&e);
}

int main(void)
{
	test_bodies();
	test_printing();
	test_symlinks();
	test_programs();
	test_quota();
	test_learning_twice();
	test_places();
	return done();
}
