// SPDX-License-Identifier: GPL-2.0-only
/*
 * faults: lets the kernel run out of memory wherever its TOMOYO asks for some, and says what did
 * not hold.
 *
 * usage: faults TEST...
 *
 * The tests are in the table below. The exit status is 0 when nobody has complained. It must be a
 * manager.
 */
#include "faults.h"

#include <errno.h>
#include <stdio.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static const struct test {
	const char *name;
	void (*run)(void);
} tests[] = {
	{ "granted", test_granted },	   { "granted-executions", test_granted_executions },
	{ "policy", test_policy },	   { "reading", test_reading },
	{ "collector", test_collector },   { "accesses", test_accesses },
	{ "executions", test_executions }, { "chaos", test_chaos },
};

static pid_t origin;

static void permit(const char *verb, const char *name)
{
	int error =
		node_write("domain_policy",
			   "select pid=%d\n%stask manual_domain_transition <kernel> /faults/%s\n",
			   origin, verb, name);

	if (error)
		die("no policy for %s: %s", name, error_name(error));
}

void define_domain(const char *name, int profile, const char *lines)
{
	int error =
		node_write("domain_policy",
			   "delete <kernel> /faults/%s\n<kernel> /faults/%s\n%suse_profile %d\n",
			   name, name, lines, profile);

	if (error)
		die("no policy for %s: %s", name, error_name(error));
	permit("", name);
}

void drop_domain(const char *name)
{
	node_write("domain_policy", "delete <kernel> /faults/%s\n", name);
	permit("delete ", name);
}

int wait_for(pid_t child)
{
	int status;

	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			die("waitpid");
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static void be_subject(const char *name, void (*run)(const struct subject *, void *), void *data)
{
	struct subject subject = { .nth = inject_open(), .self = node_open("self_domain", O_RDWR) };
	char domain[256];
	int error;

	fcntl(subject.self, F_SETFD, 0);
	snprintf(domain, sizeof(domain), "<kernel> /faults/%s", name);
	error = name ? enter_domain(subject.self, domain) : 0;
	if (error)
		die("to %s: %s", domain, error_name(error));
	run(&subject, data);
	_exit(0);
}

int status_in_domain(const char *name, void (*run)(const struct subject *, void *), void *data)
{
	pid_t child = fork();

	if (child < 0)
		die("fork");
	if (!child)
		be_subject(name, run, data);
	return wait_for(child);
}

void in_domain(const char *name, void (*run)(const struct subject *, void *), void *data)
{
	int status = status_in_domain(name, run, data);

	if (status)
		complain("a child ended with status %d", status);
}

static void make_place(void)
{
	static const char *const modes[] = { "disabled", "learning", "permissive", "enforcing",
					     "enforcing" };
	int i;

	if (mkdir("/faults", 0777) || mount("faults", "/faults", "tmpfs", 0, "mode=777"))
		die("no place");
	mkdir("/faults/bin", 0777);
	mkdir("/faults/mnt", 0777);
	mkdir("/faults/never", 0777);
	mkdir("/faults/never/mnt", 0777);
	make_file("/faults/file", "x\n", 0666);
	make_file("/faults/never/file", "x\n", 0666);
	copy_myself("/faults/bin/prog");
	symlink("prog", "/faults/bin/link");
	make_file("/faults/bin/script", "#!/faults/bin/prog script\n", 0777);
	make_file("/faults/bin/denied", "#!/faults/bin/prog script\n", 0777);
	for (i = 0; i <= LOGGING - DISABLED; i++)
		node_write("profile",
			   "%d-COMMENT=faults\n"
			   "%d-PREFERENCE={ max_audit_log=100 max_learning_entry=500 }\n"
			   "%d-CONFIG={ mode=%s grant_log=%s reject_log=yes }\n",
			   DISABLED + i, DISABLED + i, DISABLED + i, modes[i],
			   DISABLED + i == LOGGING ? "yes" : "no");
}

static void run_test(const char *name)
{
	unsigned int i;
	int before = complaints();

	for (i = 0; i < sizeof(tests) / sizeof(tests[0]); i++) {
		if (strcmp(tests[i].name, name))
			continue;
		report_name(name);
		tests[i].run();
		inject_percent(0, false);
		printf("faults: %s: %d complaints, %.0f s\n", name, complaints() - before,
		       seconds_now());
		fflush(stdout);
		return;
	}
	die("there is no test %s", name);
}

int main(int argc, char **argv)
{
	int i;

	if (argc > 1 && (!strcmp(argv[1], "program") || !strcmp(argv[1], "script")))
		return program_main(argc, argv);
	report_setup();
	origin = getpid();
	umask(0);
	inject_setup();
	make_place();
	for (i = 1; i < argc; i++)
		run_test(argv[i]);
	return complaints() ? 1 : 0;
}
