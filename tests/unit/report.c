// SPDX-License-Identifier: GPL-2.0-only
/* The text of audit records and queries (kernel ABI specification 7.7). */
#include "lsm/report.h"
#include "tests/unit/engine.h"

/* 2026/11/21 19:03:24 */
#define THEN   1795287804UL
#define D      "<kernel> //P"
#define HEADER "#2026/11/21 19:03:24# profile=3 mode=enforcing granted=no (global-pid=107) "
#define TASK   "task={ pid=107 ppid=95 uid=0 gid=0 euid=0 egid=0 suid=0 sgid=0 fsuid=0 fsgid=0 }"
#define PARENT "path1.parent={ uid=0 gid=0 ino=297 perm=0755 }"

static const struct tmy_attributes file = {
	.ino = 299, .minor = 2, .mode = 0100644, .known = true
};
static const struct tmy_attributes directory = {
	.ino = 297, .minor = 2, .mode = 040755, .known = true
};

static struct tmy_report report_of(void)
{
	return (struct tmy_report){
		.seconds = THEN,
		.global_pid = 107,
		.profile = 3,
		.mode = TMY_ENFORCING,
		.domain = TMY_SPAN(D),
		.facts = { .pid = 107, .ppid = 95 },
	};
}

/* What is printed of the request in the line of an entry; to be freed. */
static char *text_of_report(const char *line, struct tmy_report *report)
{
	struct tmy_text text = tmy_text(NULL, 0);
	struct question question;
	char *at;

	question_open(&question, NULL, line, NULL);
	report->request = question.request;
	tmy_put_report(&text, report);
	/* Exactly as much as it said, so that the sanitizer sees every byte that is written too
	 * many. */
	at = malloc(text.length);
	text = tmy_text(at, text.length);
	tmy_put_report(&text, report);
	if (!tmy_text_fits(&text))
		ok(false, "a record is as long as it was measured to be");
	at = realloc(at, text.length + 1);
	at[text.length] = 0;
	question_close(&question);
	return at;
}

static char *printed(const char *line, struct tmy_report report)
{
	return text_of_report(line, &report);
}
#define prints(line, report, expected, name) is_text(printed(line, report), expected, name)

static void test_paths(void)
{
	struct tmy_report report = report_of();

	report.facts.path1 = (struct tmy_path_attributes){ file, directory };
	prints("file read /w/f", report,
	       HEADER TASK
	       " path1={ uid=0 gid=0 ino=299 major=0 minor=2 perm=0644 type=file } " PARENT "\n" D
	       "\nfile read /w/f\n",
	       "K-326 a rejected open");
	report.facts.path2.parent = directory;
	prints("file rename /w/f /w/g", report,
	       HEADER TASK
	       " path1={ uid=0 gid=0 ino=299 major=0 minor=2 perm=0644 type=file } " PARENT
	       " path2.parent={ uid=0 gid=0 ino=297 perm=0755 }"
	       "\n" D "\nfile rename /w/f /w/g\n",
	       "K-330 a rename to a new name");
	report.facts.path2.path = file;
	prints("file rename /w/f /w/g", report,
	       HEADER TASK
	       " path1={ uid=0 gid=0 ino=299 major=0 minor=2 perm=0644 type=file } " PARENT
	       " path2={ uid=0 gid=0 ino=299 major=0 minor=2 perm=0644 type=file }"
	       " path2.parent={ uid=0 gid=0 ino=297 perm=0755 }"
	       "\n" D "\nfile rename /w/f /w/g\n",
	       "7.7 a rename to an old name");
	report = report_of();
	report.facts.path1.parent = directory;
	prints("file create /w/new 0600", report,
	       HEADER TASK " " PARENT "\n" D "\nfile create /w/new 0600\n",
	       "K-331 a file that is not there yet");
	report.facts.symlink_target = TMY_SPAN("a\\040b");
	prints("file symlink /w/sy", report,
	       HEADER TASK " " PARENT " symlink.target=\"a\\040b\"\n" D "\nfile symlink /w/sy\n",
	       "K-333 a symbolic link");
	report.facts.symlink_target = TMY_SPAN("");
	prints("file symlink /w/sy", report,
	       HEADER TASK " " PARENT " symlink.target=\"\"\n" D "\nfile symlink /w/sy\n",
	       "7.7 a symbolic link to nothing");
	prints("network inet stream bind 127.0.0.1 8080", report_of(),
	       HEADER TASK "\n" D "\nnetwork inet stream bind 127.0.0.1 8080\n",
	       "K-334 a request without paths");
}

static void test_types(void)
{
	static const struct {
		const char *name, *text;
		u16 mode;
	} types[] = {
		{ "K-332 a character device",
		  "perm=0666 type=char dev_major=1 dev_minor=3 } path1.parent", 0020666 },
		{ "K-332 a block device",
		  "perm=0600 type=block dev_major=1 dev_minor=3 } path1.parent", 0060600 },
		{ "7.7 a directory", "perm=01777 type=directory } path1.parent", 0041777 },
		{ "7.7 a symbolic link", "perm=0777 type=symlink } path1.parent", 0120777 },
		{ "7.7 a FIFO", "perm=0644 type=fifo } path1.parent", 0010644 },
		{ "7.7 a socket", "perm=0755 type=socket } path1.parent", 0140755 },
		{ "7.7 a program with all bits", "perm=07777 type=file } path1.parent", 0107777 },
		{ "7.7 an inode without a type", "perm=0600 type=file } path1.parent", 0000600 },
		{ "7.7 a file without permissions", "perm=00 type=file } path1.parent", 0100000 },
	};
	struct tmy_report report = report_of();
	unsigned int i;

	report.facts.path1.parent = directory;
	for (i = 0; i < sizeof(types) / sizeof(*types); i++) {
		report.facts.path1.path = (struct tmy_attributes){
			.dev_major = 1, .dev_minor = 3, .mode = types[i].mode, .known = true
		};
		has_text(text_of_report("file getattr /w/f", &report), types[i].text,
			 types[i].name);
	}
}

static void test_programs(void)
{
	struct tmy_report report = report_of();

	report.facts.exec = true;
	report.facts.argc = 3;
	report.facts.envc = 5;
	report.facts.realpath = TMY_SPAN("/bin/busybox");
	report.facts.path1.parent = directory;
	report.arguments = TMY_SPAN("argv[]={ \"a\" \"b\\012c\" } envp[]={ \"=e\" \"\" }");
	prints("file execute /bin/true", report,
	       HEADER TASK " " PARENT " exec={ realpath=\"/bin/busybox\" argc=3 envc=5 "
			   "argv[]={ \"a\" \"b\\012c\" } envp[]={ \"=e\" \"\" } }\n" D
			   "\nfile execute /bin/true\n",
	       "K-335 a program");
	report.facts.path1.parent.known = false;
	prints("misc env PATH", report,
	       HEADER TASK " exec={ realpath=\"/bin/busybox\" argc=3 envc=5 "
			   "argv[]={ \"a\" \"b\\012c\" } envp[]={ \"=e\" \"\" } }\n" D
			   "\nmisc env PATH\n",
	       "7.7 a variable of its environment");
}

static void test_header(void)
{
	struct tmy_report report = report_of();

	report.mode = TMY_DISABLED;
	report.remark = TMY_SPAN("use_profile 255");
	report.profile = 255;
	report.global_pid = 4194304;
	report.seconds = 0;
	prints("misc env PATH", report,
	       "#1970/01/01 00:00:00# profile=255 mode=disabled granted=no "
	       "(global-pid=4194304) " TASK "\n" D "\nuse_profile 255\n",
	       "K-337 what is no request");
	report = report_of();
	report.mode = TMY_PERMISSIVE;
	report.granted = true;
	report.facts = (struct tmy_facts){
		.pid = 1,
		.ppid = 2,
		.uid = 3,
		.gid = 4,
		.euid = 5,
		.egid = 6,
		.suid = 7,
		.sgid = 8,
		.fsuid = 9,
		.fsgid = 4294967295,
	};
	prints("misc env PATH", report,
	       "#2026/11/21 19:03:24# profile=3 mode=permissive granted=yes (global-pid=107) "
	       "task={ pid=1 ppid=2 uid=3 gid=4 euid=5 egid=6 suid=7 sgid=8 fsuid=9 "
	       "fsgid=4294967295 }\n" D "\nmisc env PATH\n",
	       "K-328 who was granted something");
}

int main(void)
{
	test_paths();
	test_types();
	test_programs();
	test_header();
	return done();
}
