// SPDX-License-Identifier: GPL-2.0-only
/* The place where the storm blows: files, and the policy that holds all the time. */
#include "storm.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const directories[] = {
	"/storm",      "/storm/always", "/storm/always/tmp", "/storm/never", "/storm/tree",
	"/storm/bin",  "/storm/sock",	"/storm/learn",	     "/storm/asked", "/storm/mnt0",
	"/storm/mnt1", "/storm/mnt2",	"/storm/mnt3",
};

static const char *const files[] = {
	"/storm/always/plain",	   "/storm/always/a.pattern", "/storm/always/group",
	"/storm/always/condition", "/storm/always/acl",	      "/storm/always/rw",
	"/storm/never/file",	   "/storm/asked/file",	      "/storm/learn/file",
};

/* What the domains are that workers go into from their origin. */
static const char *const domains[] = {
	"always", "never",  "tree",  "exec", "moving", "mounts", "enforced",
	"net",	  "doomed", "moody", "a",    "asked",  "thread",
};

static void define_profiles(void)
{
	static const char *const modes[] = { "disabled",  "learning",  "permissive",
					     "enforcing", "enforcing", "enforcing" };
	int i;

	for (i = 0; i <= MOODY - DISABLED; i++)
		node_write("profile",
			   "%d-COMMENT=storm\n"
			   "%d-PREFERENCE={ max_audit_log=200 max_learning_entry=64 }\n"
			   "%d-CONFIG={ mode=%s grant_log=%s reject_log=yes }\n",
			   DISABLED + i, DISABLED + i, DISABLED + i, modes[i],
			   DISABLED + i == LOGGING ? "yes" : "no");
}

/* What an acl_group once needed for itself, it keeps: 32 bytes. */
static void warm_up_groups(void)
{
	static const int groups[] = { 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 77, 78, 79 };
	unsigned int i;

	for (i = 0; i < sizeof(groups) / sizeof(groups[0]); i++)
		node_write("exception_policy",
			   "acl_group %d misc env STORM\ndelete acl_group %d misc env STORM\n",
			   groups[i], groups[i]);
}

void place_make(void)
{
	unsigned int i;

	for (i = 0; i < sizeof(directories) / sizeof(directories[0]); i++) {
		if (mkdir(directories[i], 0777))
			die("%s cannot be made", directories[i]);
		/* Renames are known on it, and nobody else is. */
		if (!i && mount("storm", "/storm", "tmpfs", 0, "mode=777"))
			die("no tmpfs");
	}
	for (i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		make_file(files[i], "x\n", 0666);
	copy_myself("/storm/bin/prog");
	copy_myself("/storm/bin/one");
	symlink("prog", "/storm/bin/link");
	make_file("/storm/bin/script", "#!/storm/bin/prog script\n", 0777);
	make_file("/storm/bin/text", "neither a program nor a script\n", 0777);
	make_file("/storm/bin/lost", "#!/storm/bin/missing\n", 0777);
	make_file("/storm/bin/denied", "#!/storm/bin/prog\n", 0777);
	make_file("/storm/bin/flat", "#!/storm/bin/prog\n", 0666);
	define_profiles();
	warm_up_groups();
}

/* In one write, modes last: whoever is in the domain meanwhile is not judged by half of it. */
static void domain(const char *name, int profile, const char *lines)
{
	int error = node_write("domain_policy", "<kernel> /storm/%s\n%suse_profile %d\n", name,
			       lines, profile);

	if (error)
		die("no policy for %s", name);
}

void place_policy(void)
{
	unsigned int i;

	for (i = 0; i < sizeof(domains) / sizeof(domains[0]); i++)
		node_write("domain_policy",
			   "select pid=%d\ntask manual_domain_transition <kernel> /storm/%s\n",
			   getpid(), domains[i]);
	node_write("exception_policy", "path_group STORM_ALWAYS /storm/always/group\n"
				       "path_group STORM_TREE /storm/tree/\n"
				       "path_group STORM_TREE /storm/tree/\\*\n"
				       "path_group STORM_TREE /storm/tree/\\{\\*\\}/\n"
				       "path_group STORM_TREE /storm/tree/\\{\\*\\}/\\*\n"
				       "acl_group 77 file read /storm/always/acl\n"
				       "acl_group 78 file read /storm/never/file\n"
				       "acl_group 79 file execute /storm/bin/prog\n"
				       "acl_group 79 file read /storm/bin/prog\n"
				       "acl_group 79 misc env STORM\n");
	domain("always", ENFORCING,
	       "file read /storm/always/plain\n"
	       "file read /storm/always/\\*.pattern\n"
	       "file read @STORM_ALWAYS\n"
	       "file read /storm/always/condition task.uid=0 path1.uid=0 path1.type=file\n"
	       "file read/write/truncate/getattr /storm/always/rw\n"
	       "file ioctl /storm/always/rw 0x541B\n"
	       "file chmod /storm/always/rw 0-0777\n"
	       "file create/mkdir /storm/always/tmp/\\* 0-0777\n"
	       "file mkdir /storm/always/tmp/\\*/ 0-0777\n"
	       "file write/unlink /storm/always/tmp/\\*\n"
	       "file rmdir /storm/always/tmp/\\*/\n"
	       "file symlink /storm/always/tmp/\\* symlink.target=\"/storm/\\*\"\n"
	       "file rename/link /storm/always/tmp/\\* /storm/always/tmp/\\*\n"
	       "use_group 77\n");
	domain("never", ENFORCING, "file read /storm/never/other\n");
	domain("tree", ENFORCING,
	       "file read/write/append/unlink/getattr/rmdir/truncate/symlink @STORM_TREE\n"
	       "file rename/link @STORM_TREE @STORM_TREE\n"
	       "file create/mkdir/mkfifo/ioctl/chmod/chown/chgrp @STORM_TREE 0-0xFFFFFFFF\n");
	domain("exec", ENFORCING,
	       "file execute /storm/bin/prog\n"
	       "file execute /storm/bin/link\n"
	       "file execute /storm/bin/script\n"
	       "file execute /storm/bin/text\n"
	       "file execute /storm/bin/lost\n"
	       "file execute /storm/bin/flat\n"
	       "file execute /storm/bin/\n"
	       "use_group 79\n");
	domain("moving", ENFORCING,
	       "file execute /storm/bin/one\n"
	       "file execute /storm/bin/two\n"
	       "use_group 79\n");
	domain("mounts", PERMISSIVE, "");
	domain("enforced", ENFORCING,
	       "file mount any /storm/mnt\\$/ tmpfs 0x0-0xFF\n"
	       "file mount /storm/tree/ /storm/mnt\\$/ --bind 0x0\n"
	       "file mount \\* /storm/mnt\\$/ --remount 0x0-0xFFFF\n"
	       "file unmount /storm/mnt\\$/\n");
	domain("net", ENFORCING,
	       "network inet stream bind/listen/connect 127.0.0.1 20000-29999\n"
	       "network inet dgram bind/send 127.0.0.1-127.0.0.9 20000-29999\n"
	       "network inet stream bind/listen/connect ::1 20000-29999\n"
	       "network unix stream bind/listen/connect /storm/sock/\\*\n"
	       "network unix dgram bind/send \\000storm\\$\n"
	       "file mksock /storm/sock/\\* 0-0777\n"
	       "file unlink /storm/sock/\\*\n");
	domain("moody", MOODY, "");
	domain("a", DISABLED,
	       "task manual_domain_transition <kernel> /storm/b\n"
	       "file read /storm/always/plain\n");
	domain("b", DISABLED,
	       "task manual_domain_transition <kernel> /storm/a\n"
	       "file read /storm/always/plain\n");
	domain("asked", ENFORCING, "file read /storm/always/plain\n");
	domain("thread", DISABLED,
	       "task manual_domain_transition <kernel> /storm/thread /0\n"
	       "task manual_domain_transition <kernel> /storm/thread /1\n"
	       "task manual_domain_transition <kernel> /storm/thread /2\n");
	domain("thread /0", ENFORCING, "file read /storm/always/plain\n");
	domain("thread /1", ENFORCING, "file read /storm/always/group\n");
	domain("thread /2", ENFORCING, "");
}

/* Deletes each line of a text that has one of the words in it. */
static void delete_lines(const char *node, const char *select, const char *in, const char *word,
			 bool begins)
{
	char *text = node_read(node, in), *line, *rest = text;
	int fd = node_open(node, O_WRONLY);

	if (!text || fd < 0)
		die("%s cannot be read", node);
	if (select)
		write_all(fd, select, false);
	while ((line = strsep(&rest, "\n"))) {
		const char *found = strstr(line, word);

		if (!found || (begins && found != line))
			continue;
		write_all(fd, "delete ", false);
		write_all(fd, line, false);
		write_all(fd, "\n", false);
	}
	close(fd);
	free(text);
}

void place_clear(void)
{
	char select[64], *record;

	snprintf(select, sizeof(select), "select pid=%d\n", getpid());
	delete_lines("domain_policy", NULL, NULL, "<kernel> /storm/", true);
	delete_lines("domain_policy", select, select,
		     "task manual_domain_transition <kernel> /storm", true);
	delete_lines("exception_policy", NULL, NULL, "STORM", false);
	delete_lines("exception_policy", NULL, NULL, "/storm", false);
	delete_lines("manager", NULL, NULL, "/storm", true);
	define_profiles();
	node_write("stat", "Memory used by policy: 0\nMemory used by audit log: 16777216\n"
			   "Memory used by query message: 1048576\n");
	do {
		record = node_read("audit", NULL);
		if (!record || !*record)
			break;
		free(record);
	} while (true);
	free(record);
}
