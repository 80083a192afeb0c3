/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Several threads at one policy: who waits for whom (kernel ABI specification 9, D-19), and that
 * nothing is lost. Built with the thread sanitizer, which finds what is neither locked nor
 * published.
 */
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <time.h>

#include "lsm/engine/hash.h"
#include "lsm/engine/state.h"
#include "tests/unit/engine.h"

enum {
	LEARNERS = 4,
	LINES = 1000,  /* that each learns in the common domain, and in its own */
	PATIENCE = 60, /* seconds, after which who should not wait is taken to wait for ever */
};

static struct engine engine;
static u32 part_in_use;

static u32 hash_of(const char *text)
{
	return tmy_hash(engine.policy->secret, span_of(text));
}

/* A name whose atom is in another part of the table than the one in which somebody stands still. */
static void apart(char *name, size_t room, const char *format)
{
	int i = 0;

	do
		snprintf(name, room, format, i++);
	while (hash_of(name) % TMY_PARTS == part_in_use);
}

/* ---- Nobody waits ---- */

static _Thread_local int until_pause = -1; /* allocations */
static sem_t paused, go_on;

static void pause_in_alloc(void)
{
	if (until_pause < 0 || until_pause--)
		return;
	sem_post(&paused);
	sem_wait(&go_on);
}

static const char slow_domain[] = "<kernel> /slow";
static const char slow_line[] = "file read /slow/file";

static void *learn_slowly(void *unused)
{
	(void)unused;
	until_pause = 1; /* the first one is for the line's text, before any lock */
	return (void *)(uintptr_t)(learn(engine.policy, slow_domain, slow_line, NULL) ==
				   TMY_LEARNED);
}

static char other_domain[64], other_name[64], new_domain[64];

static void *learn_elsewhere(void *unused)
{
	(void)unused;
	char line[80];

	snprintf(line, sizeof(line), "file read %s", other_name);
	return (void *)(uintptr_t)(learn(engine.policy, other_domain, line, NULL) == TMY_LEARNED);
}

static void *make_domain(void *unused)
{
	(void)unused;
	struct tmy_domain *domain;
	bool made;
	int error;

	domain = tmy_enter(engine.policy, engine.policy->kernel_domain, span_of(new_domain), &made,
			   &error);
	tmy_domain_put(domain);
	return (void *)(uintptr_t)(domain && made);
}

static void *decide_there(void *unused)
{
	(void)unused;
	return (void *)(uintptr_t)denied(engine.policy, slow_domain, slow_line, NULL);
}

/* What the work returns, or that it does not end. */
static const char *outcome(void *(*work)(void *))
{
	struct timespec limit;
	pthread_t thread;
	void *result;

	clock_gettime(CLOCK_REALTIME, &limit);
	limit.tv_sec += PATIENCE;
	pthread_create(&thread, NULL, work, NULL);
	return pthread_timedjoin_np(thread, &result, &limit) ? "it waits"
	       : result					     ? "done"
							     : "it fails";
}

static void ends_at(void *(*work)(void *), const char *name, int line)
{
	const char *said = outcome(work);

	tap_text(true, said, "done", name, __FILE__, line);
	if (!strcmp(said, "it waits"))
		exit(1); /* it has the locks that the end would want */
}

#define ends(work, name) ends_at(work, name, __LINE__)

static void test_nobody_waits(void)
{
	pthread_t slow;
	void *result;

	engine_open(&engine);
	load(engine.profiles, "0-PREFERENCE={ max_learning_entry=100000 }");
	put(engine.domains, slow_domain);
	part_in_use = hash_of("/slow/file") % TMY_PARTS;
	apart(other_name, sizeof(other_name), "/other/file-%d");
	apart(new_domain, sizeof(new_domain), "<kernel> /new-%d");
	/* The domain's lock is one of those, too. */
	part_in_use = hash_of(slow_domain) % TMY_PARTS;
	apart(other_domain, sizeof(other_domain), "<kernel> /other-%d");
	put(engine.domains, other_domain);

	sem_init(&paused, 0, 0);
	sem_init(&go_on, 0, 0);
	tmy_os_before_alloc = pause_in_alloc;
	pthread_create(&slow, NULL, learn_slowly, NULL);
	sem_wait(&paused);
	ends(learn_elsewhere,
	     "D-19 who learns in one domain does not wait for who learns in another");
	ends(make_domain, "D-19 who executes into a new domain does not wait for who learns");
	ends(decide_there, "who decides in a domain does not wait for who learns in it");
	sem_post(&go_on);
	pthread_join(slow, &result);
	tmy_os_before_alloc = NULL;
	about("and who was slow has learned in the end");
	is(!!result, true, named("result"));
	is(verdict(engine.policy, slow_domain, slow_line, NULL), "granted",
	   named("granted(engine.policy, slow_domain, slow_line, NULL)"));
	engine_close(&engine);
}

/* ---- Nothing is lost ---- */

static bool learners_left;

static void own_domain(char *name, size_t room, long number)
{
	snprintf(name, room, "<kernel> /learner-%ld", number);
}

/* Workers return what they have seen go wrong first; NULL when nothing has. */
static void note_wrong(const char **wrong, bool well, const char *what)
{
	if (!well && !*wrong)
		*wrong = what;
}

static void *learn_much(void *argument)
{
	long number = (long)argument;
	const char *wrong = NULL;
	bool made;
	char own[64], line[128];
	struct tmy_domain *domain;
	int error, i;

	own_domain(own, sizeof(own), number);
	for (i = 0; i < LINES; i++) {
		/* What all want is learned by one; the others find it. */
		snprintf(line, sizeof(line), "<kernel> /made-%d", i);
		domain = tmy_enter(engine.policy, engine.policy->kernel_domain, span_of(line),
				   &made, &error);
		note_wrong(&wrong, domain, "a domain was not made");
		tmy_domain_put(domain);
		snprintf(line, sizeof(line), "file read /all/file-%d", i);
		note_wrong(&wrong,
			   learn(engine.policy, "<kernel> /common", line, NULL) <=
				   TMY_LEARNED_BEFORE,
			   "what all want was not learned");
		snprintf(line, sizeof(line), "file rename /all/file-%d /file-%d-of-%ld", i, i,
			 number);
		note_wrong(&wrong, learn(engine.policy, own, line, NULL) == TMY_LEARNED,
			   "a rename of its own was not learned");
		snprintf(line, sizeof(line), "network inet stream connect 10.0.%d.%d %ld", i / 256,
			 i % 256, number);
		note_wrong(&wrong, learn(engine.policy, own, line, NULL) == TMY_LEARNED,
			   "a connection of its own was not learned");
	}
	return (void *)(uintptr_t)wrong;
}

/* Decides, and must never see a thing that is there as if it were not. */
static void *decide_much(void *unused)
{
	(void)unused;
	const char *wrong = NULL;

	while (__atomic_load_n(&learners_left, __ATOMIC_ACQUIRE)) {
		note_wrong(&wrong,
			   granted(engine.policy, "<kernel> /common", "file read /always/there",
				   NULL),
			   "a name that is there is not granted");
		note_wrong(&wrong,
			   granted(engine.policy, "<kernel> /common",
				   "file write /pattern/is/there", NULL),
			   "a pattern that is there is not granted");
		note_wrong(&wrong,
			   denied(engine.policy, "<kernel> /common", "file write /all/file-1",
				  NULL),
			   "an operation that nobody learns is not denied");
		note_wrong(&wrong,
			   denied(engine.policy, "<kernel> /learner-0",
				  "network inet stream bind 10.0.0.1 0", NULL),
			   "an address that nobody learns is not denied");
	}
	return (void *)(uintptr_t)wrong;
}

/* An exclusive writer, a reader of all text, and the collector. */
static void *interfere(void *unused)
{
	(void)unused;
	const char *wrong = NULL;

	while (__atomic_load_n(&learners_left, __ATOMIC_ACQUIRE)) {
		put(engine.domains, "<kernel> /coming-and-going");
		put(engine.domains, "file read /all/file-\\$");
		note_wrong(&wrong,
			   file_has(engine.policy, TMY_FILE_DOMAIN_POLICY, "/coming-and-going"),
			   "a domain that was just written is not read");
		put(engine.domains, "delete <kernel> /coming-and-going");
		tmy_collect(engine.policy);
		sched_yield();
	}
	return (void *)(uintptr_t)wrong;
}

static u32 operations_of(const char *name)
{
	struct tmy_domain *domain = tmy_find_domain(engine.policy, span_of(name));

	return domain ? domain->operations : 0;
}

static void test_nothing_is_lost(void)
{
	pthread_t learners[LEARNERS], decider, interferer;
	struct tap_cases grants = { 0 }, deletions = { 0 };
	unsigned long before, counted;
	char line[128];
	void *result;
	long i, j;

	engine_open(&engine);
	tmy_collect(engine.policy);
	before = memory_of(engine.policy);
	load(engine.profiles, "0-PREFERENCE={ max_learning_entry=100000 }");
	load(engine.domains,
	     "<kernel> /common\nfile read /always/there\nfile write /pattern/\\*/there");
	for (i = 0; i < LEARNERS; i++) {
		own_domain(line, sizeof(line), i);
		put(engine.domains, line);
	}
	__atomic_store_n(&learners_left, true, __ATOMIC_RELEASE);
	for (i = 0; i < LEARNERS; i++)
		pthread_create(&learners[i], NULL, learn_much, (void *)i);
	pthread_create(&decider, NULL, decide_much, NULL);
	pthread_create(&interferer, NULL, interfere, NULL);
	for (i = 0; i < LEARNERS; i++) {
		pthread_join(learners[i], &result);
		is((const char *)result, NULL,
		   formatted("several learn at once, and each learns all: learner %ld", i));
	}
	__atomic_store_n(&learners_left, false, __ATOMIC_RELEASE);
	pthread_join(decider, &result);
	is((const char *)result, NULL, "who decides meanwhile sees all that is there");
	pthread_join(interferer, &result);
	is((const char *)result, NULL, "so does who reads the files and changes them");

	counted = operations_of("<kernel> /common");
	is(counted, LINES + 2, "what several learn at once is there once");
	about("and all that was learned is granted");
	for (i = 0; i < LEARNERS; i++) {
		own_domain(line, sizeof(line), i);
		is(operations_of(line), 2 * LINES,
		   named(formatted("operations of learner %ld", i)));
		for (j = 0; j < LINES; j++) {
			char asked[64], own[64];

			own_domain(own, sizeof(own), i);
			snprintf(asked, sizeof(asked), "file rename /all/file-%ld /file-%ld-of-%ld",
				 j, j, i);
			add_case(&grants, asked, verdict(engine.policy, own, asked, NULL),
				 "granted");
		}
	}
	is_each(&grants, named("each line"));

	about("and can be deleted again");
	for (i = 0; i < LINES; i++) {
		snprintf(line, sizeof(line), "delete <kernel> /made-%ld", i);
		add_case(&deletions, line, refused_lines(engine.domains, line), "");
	}
	for (i = 0; i < LEARNERS; i++) {
		snprintf(line, sizeof(line), "delete <kernel> /learner-%ld", i);
		add_case(&deletions, line, refused_lines(engine.domains, line), "");
	}
	is_each(&deletions, named("domains that were made"));
	is(put(engine.domains, "delete <kernel> /common"), 0, named("delete <kernel> /common"));
	put(engine.domains, "select <kernel>");
	tmy_collect(engine.policy);
	is_file(engine.policy, TMY_FILE_DOMAIN_POLICY, "<kernel>\nuse_profile 0\n\n\n",
		named("<kernel>\nuse_profile 0\n\n\n"));
	counted = memory_of(engine.policy);
	printf("# %lu bytes before, %lu after\n", before, counted);
	about("which gives back all memory");
	cmp_ok(counted, >=, before, named("counted"));
	cmp_ok(counted - before, <, 1024, named("counted - before"));
	engine_close(&engine);
}

int main(void)
{
	test_nobody_waits();
	test_nothing_is_lost();
	return done();
}
