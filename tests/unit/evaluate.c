// SPDX-License-Identifier: GPL-2.0-only
/* Conditions: what holds of the facts of a request, which are loaded when they are asked for
 * (kernel ABI specification 4.3, 4.4). */
#include "tests/unit/engine.h"

#define D			      "<kernel> //t"
#define decision(policy, line, facts) decision_in((policy), D, (line), (facts))

/* The verdict on what an entry with these conditions is to grant. */
static const char *holds(const char *entry, const char *condition, const char *exceptions,
			 struct tmy_facts *facts)
{
	char line[256];
	struct engine e;
	const char *got;
	int error;

	engine_open(&e);
	load(e.exceptions, exceptions);
	load(e.domains, D);
	snprintf(line, sizeof(line), "%s %s", entry, condition);
	error = put(e.domains, line);
	got = error ? formatted("not accepted: error %d", error)
		    : verdict(e.policy, D, entry, facts);
	engine_close(&e);
	return got;
}

#define READ(condition) holds("file read /a", condition, "", &facts)

static void test_numbers(void)
{
	struct tmy_facts facts = {
		.uid = 0,
		.euid = 1,
		.suid = 2,
		.fsuid = 3,
		.gid = 4,
		.egid = 5,
		.sgid = 6,
		.fsgid = 7,
		.pid = 8,
		.ppid = 9,
	};

	about("K-279 a range");
	is(READ("task.uid=0-10"), "granted", named("task.uid=0-10"));
	is(READ("task.uid=1-10"), "denied", named("task.uid=1-10"));
	is(READ("task.uid!=0-10"), "denied", named("task.uid!=0-10"));
	is(READ("0-5=5-9"), "granted", "K-280 ranges that overlap");
	about("K-281 ranges that do not");
	is(READ("0-4=5-9"), "denied", named("0-4=5-9"));
	is(READ("0-4!=5-9"), "granted", named("0-4!=5-9"));
	about("K-282 a group without members");
	is(READ("task.uid!=@EMPTY"), "granted", named("task.uid!=@EMPTY"));
	is(READ("task.uid=@EMPTY"), "denied", named("task.uid=@EMPTY"));
	is(READ("task.uid=0 task.euid=1 task.suid=2 task.fsuid=3 task.gid=4 task.egid=5 "
		"task.sgid=6 task.fsgid=7 task.pid=8 task.ppid=9"),
	   "granted", "K-279 every id of a task");
	is(READ("task.uid=0 task.gid=5"), "denied", "K-279 all conditions must hold");
	about("K-280 a group is a set of ranges");
	is(holds("file read /a", "3-5=@N", "number_group N 0\nnumber_group N 5", &facts), "granted",
	   named("3-5=@N"));
	is(holds("file read /a", "6-9=@N", "number_group N 0\nnumber_group N 5", &facts), "denied",
	   named("6-9=@N"));
	is(holds("file read /a", "task.ppid=@N", "number_group N 0\nnumber_group N 5-10", &facts),
	   "granted", named("task.ppid=@N"));
	is(holds("file read /a", "task.gid!=@N", "number_group N 0\nnumber_group N 5-10", &facts),
	   "granted", named("task.gid!=@N"));
	about("K-285 a bit is a number on the left");
	is(READ("owner_read=0400"), "granted", named("owner_read=0400"));
	is(READ("owner_read!=0400"), "denied", named("owner_read!=0400"));
	about("K-286 not on the right");
	is(READ("0400=owner_read"), "denied", named("0400=owner_read"));
	is(READ("0400!=owner_read"), "denied", named("0400!=owner_read"));
	about("K-287 nor beside another keyword");
	is(READ("owner_read=owner_read"), "denied", named("owner_read=owner_read"));
	is(READ("owner_read!=owner_read"), "denied", named("owner_read!=owner_read"));
	is(READ("owner_read=task.uid"), "denied", named("owner_read=task.uid"));
	is(READ("task.uid!=owner_read"), "denied", named("task.uid!=owner_read"));
	is(holds("file read /a", "owner_read=@N", "number_group N 256", &facts), "granted",
	   "K-285 but beside a group");
	about("K-288 types are numbers");
	is(READ("file=0100000"), "granted", named("file=0100000"));
	is(READ("directory=040000"), "granted", named("directory=040000"));
	is(READ("0x4000=directory"), "granted", named("0x4000=directory"));
	is(READ("file=directory"), "denied", named("file=directory"));
	about("K-279 keywords on both sides");
	is(READ("task.uid=task.uid"), "granted", named("task.uid=task.uid"));
	is(READ("task.uid!=task.gid"), "granted", named("task.uid!=task.gid"));
	about("K-279 constants");
	is(READ("0=0"), "granted", named("0=0"));
	is(READ("0=1"), "denied", named("0=1"));
	is(READ("1-5=3"), "granted", named("1-5=3"));
	is(READ("0x10=020"), "granted", named("0x10=020"));
}

static void test_paths(void)
{
	struct tmy_facts facts = {
		.path1 = { .path = { .ino = 7,
				     .uid = 1,
				     .gid = 2,
				     .major = 8,
				     .minor = 1,
				     .mode = 0100640,
				     .known = true },
			   .parent = { .ino = 3,
				       .uid = 4,
				       .gid = 5,
				       .mode = 041777,
				       .known = true } },
	};

	about("K-283 a bit that is set");
	is(READ("path1.perm=owner_read"), "granted", named("path1.perm=owner_read"));
	is(READ("path1.perm=owner_write"), "granted", named("path1.perm=owner_write"));
	is(READ("path1.perm=owner_execute"), "denied", named("path1.perm=owner_execute"));
	is(READ("group_read=path1.perm"), "granted", named("group_read=path1.perm"));
	about("K-284 a bit that is not");
	is(READ("path1.perm!=others_read"), "granted", named("path1.perm!=others_read"));
	is(READ("path1.perm!=group_read"), "denied", named("path1.perm!=group_read"));
	about("K-283 of the directory, and all bits");
	is(READ("path1.parent.perm=sticky"), "granted", named("path1.parent.perm=sticky"));
	is(READ("path1.parent.perm!=setgid"), "granted", named("path1.parent.perm!=setgid"));
	is(READ("path1.perm=0640"), "granted", named("path1.perm=0640"));
	about("K-288 the type of a file");
	is(READ("path1.type=file"), "granted", named("path1.type=file"));
	is(READ("path1.type=directory"), "denied", named("path1.type=directory"));
	is(READ("path1.type!=directory"), "granted", named("path1.type!=directory"));
	is(READ("file=path1.type"), "granted", named("file=path1.type"));
	is(READ("path1.type=0100000"), "granted", named("path1.type=0100000"));
	about("K-283 every attribute");
	is(READ("path1.uid=1 path1.gid=2 path1.ino=7 path1.major=8 path1.minor=1 path1.dev_major=0 "
		"path1.dev_minor=0"),
	   "granted",
	   named("path1.uid=1 path1.gid=2 path1.ino=7 path1.major=8 path1.minor=1 "
		 "path1.dev_major=0 "
		 "path1.dev_minor=0"));
	is(READ("path1.parent.uid=4 path1.parent.gid=5 path1.parent.ino=3"), "granted",
	   named("path1.parent.uid=4 path1.parent.gid=5 path1.parent.ino=3"));
	is(READ("path2.uid=0"), "denied", "K-289 what a request does not have equals nothing");
	about("K-290 nor does it differ");
	is(READ("path2.uid!=0"), "denied", named("path2.uid!=0"));
	is(READ("path2.parent.ino!=0"), "denied", named("path2.parent.ino!=0"));
	about("K-291 a request without arguments");
	is(READ("exec.argc!=0"), "denied", named("exec.argc!=0"));
	is(READ("exec.argc=0"), "denied", named("exec.argc=0"));
	about("K-292 a request without a target");
	is(READ("symlink.target!=\"a\""), "denied", named("symlink.target!=\"a\""));
	is(READ("symlink.target=\"a\""), "denied", named("symlink.target=\"a\""));
	about("K-291 nor are there names of a program");
	is(READ("exec.realpath!=\"/x\""), "denied", named("exec.realpath!=\"/x\""));
	is(READ("exec.realpath!=@G"), "denied", named("exec.realpath!=@G"));
	is(READ("exec.argv[0]!=\"x\""), "denied", named("exec.argv[0]!=\"x\""));
	is(READ("exec.envp[\"A\"]!=\"x\""), "denied", named("exec.envp[\"A\"]!=\"x\""));
	is(READ("exec.envp[\"A\"]=NULL"), "denied", named("exec.envp[\"A\"]=NULL"));
	about("K-290 bits of what is not there");
	is(READ("path2.perm=owner_read"), "denied", named("path2.perm=owner_read"));
	is(READ("path2.perm!=owner_read"), "denied", named("path2.perm!=owner_read"));
	about("K-277 a number never equals a name");
	is(READ("task.uid=exec.realpath"), "denied", named("task.uid=exec.realpath"));
	is(READ("task.uid!=exec.realpath"), "denied", named("task.uid!=exec.realpath"));
	facts.path1.path.known = false;
	about("K-302 of what is yet to be made only the directory is known");
	is(holds("file create /a 0600", "path1.parent.uid=4", "", &facts), "granted",
	   named("path1.parent.uid=4"));
	is(holds("file create /a 0600", "path1.uid=0", "", &facts), "denied", named("path1.uid=0"));
	is(holds("file create /a 0600", "path1.uid!=0", "", &facts), "denied",
	   named("path1.uid!=0"));
	facts.path2.path = (struct tmy_attributes){
		.ino = 1, .dev_major = 4, .dev_minor = 64, .mode = 020620, .known = true
	};
	facts.path2.parent = (struct tmy_attributes){
		.uid = 9, .gid = 8, .ino = 7, .mode = 0755, .known = true
	};
	is(holds("file rename /a /b",
		 "path2.ino=1 path2.dev_major=4 path2.dev_minor=64 path2.type=char path2.perm=0620 "
		 "path2.parent.uid=9 "
		 "path2.parent.gid=8 path2.parent.ino=7 path2.parent.perm=0755 path1.parent.uid=4",
		 "", &facts),
	   "granted", "K-289 two paths have two sets");
	about("K-279 nothing holds of what nothing is known of");
	is(holds("file read /a", "task.uid=0", "", NULL), "denied", named("task.uid=0"));
	is(holds("file read /a", "grant_log=no", "", NULL), "granted", named("grant_log=no"));
}

static unsigned int loads[TMY_FACTS_REALPATH + 1];

static void load_facts(struct tmy_facts *facts, unsigned int what)
{
	loads[what]++;
	if (what == TMY_FACTS_TASK)
		facts->uid = 77;
	if (what == TMY_FACTS_PATH1)
		facts->path1.path = (struct tmy_attributes){ .uid = 5, .known = true };
	if (what == TMY_FACTS_PATH2)
		facts->path2.parent = (struct tmy_attributes){ .uid = 6, .known = true };
	if (what == TMY_FACTS_REALPATH)
		facts->realpath = TMY_SPAN("/bin/act");
}

static void test_loading(void)
{
	struct tmy_facts facts = { .load = load_facts };
	struct engine e;

	engine_open(&e);
	load(e.domains,
	     D "\nfile rename /a /b\nfile rename /c /d task.uid=1\nfile rename /c /d "
	       "path1.uid=5 task.uid=76\n"
	       "file rename /c /d path1.uid=5 path2.parent.uid=6 task.uid=77\n"
	       "misc env A exec.realpath=\"/bin/other\"\nmisc env A exec.realpath=\"/bin/act\"");
	about("4.3 facts are not loaded unless asked for");
	is(verdict(e.policy, D, "file rename /a /b", &facts), "granted",
	   named("file rename /a /b"));
	is(facts.loaded, 0, named("facts.loaded"));
	about("4.3 and once only");
	is(verdict(e.policy, D, "file rename /c /d", &facts), "granted",
	   named("file rename /c /d"));
	is(loads[TMY_FACTS_TASK], 1, named("loads[TMY_FACTS_TASK]"));
	is(loads[TMY_FACTS_PATH1], 1, named("loads[TMY_FACTS_PATH1]"));
	is(loads[TMY_FACTS_PATH2], 1, named("loads[TMY_FACTS_PATH2]"));
	about("4.3 who executes nothing has no real path");
	isnt(verdict(e.policy, D, "misc env A", &facts), "granted", named("misc env A"));
	is(loads[TMY_FACTS_REALPATH], 0, named("loads[TMY_FACTS_REALPATH]"));
	facts.exec = true;
	about("4.3 and who does is asked for it once");
	is(verdict(e.policy, D, "misc env A", &facts), "granted", named("misc env A"));
	is(loads[TMY_FACTS_REALPATH], 1, named("loads[TMY_FACTS_REALPATH]"));
	engine_close(&e);
}

/* ---- Programs ---- */

struct program {
	struct tmy_facts facts;
	struct tmy_span argv[8], envp[8];
	char *one; /* the string that was asked for last, one byte longer */
	unsigned int asked;
};

/* The next one takes the place of this. */
static struct tmy_span one_string(struct tmy_facts *facts, u32 index, bool name)
{
	struct program *program = (struct program *)facts;
	bool variable = index >= facts->argc;
	struct tmy_span text = variable ? program->envp[index - facts->argc] : program->argv[index];
	const char *equal = text.length ? memchr(text.at, '=', text.length) : NULL;

	if (name && equal)
		text.length = (size_t)(equal + 1 - text.at);
	cmp_ok(index, <, facts->argc + facts->envc, "it exists");
	is(name && !variable, false, "it exists: only a variable has a name");
	free(program->one);
	program->one = malloc(text.length + 1);
	memcpy(program->one, text.at, text.length);
	program->asked++;
	return tmy_span(program->one, text.length);
}

/* From now on they are made when they are asked for. */
static void one_by_one(struct program *program)
{
	program->facts.argv = NULL;
	program->facts.envp = NULL;
	program->facts.string = one_string;
}

static void end_program(struct program *program)
{
	free(program->one);
}

static void set_program(struct program *program, const char *realpath, const char *const *argv,
			const char *const *envp)
{
	memset(program, 0, sizeof(*program));
	program->facts.exec = true;
	program->facts.arguments = true;
	program->facts.realpath = span_of(realpath);
	for (; *argv; argv++)
		program->argv[program->facts.argc++] = span_of(*argv);
	for (; *envp; envp++)
		program->envp[program->facts.envc++] = span_of(*envp);
	program->facts.argv = program->argv;
	program->facts.envp = program->envp;
}

#define EXEC(condition)                                                                    \
	holds("file execute /link", condition, "path_group G /bin/\\*\npath_group G /act", \
	      &program.facts)

static void test_programs_made(bool singly)
{
	static const char *const argv[] = { "act", "-c", "", "a\\040b", NULL };
	static const char *const envp[] = { "HOME=/", "DUP=1",	"DUP=2",	   "NOEQ",
					    "EMPTY=", "EQ=a=b", "PATH=/bin:/sbin", NULL };
	static const char *const none[] = { NULL };
	struct program program;
	char *longer = malloc(6000);

	set_program(&program, "/bin/act", argv, envp);
	if (singly)
		one_by_one(&program);
	about("K-291 how many there are");
	is(EXEC("exec.argc=4"), "granted", named("exec.argc=4"));
	is(EXEC("exec.argc!=3"), "granted", named("exec.argc!=3"));
	is(EXEC("exec.envc=7"), "granted", named("exec.envc=7"));
	is(EXEC("exec.argc=0-3"), "denied", named("exec.argc=0-3"));
	about("K-293 an argument that is not there");
	is(EXEC("exec.argv[4]!=\"x\""), "granted", named("exec.argv[4]!=\"x\""));
	is(EXEC("exec.argv[4]=\"\\*\""), "denied", named("exec.argv[4]=\"\\*\""));
	about("K-294 an empty argument");
	is(EXEC("exec.argv[2]=\"\""), "granted", named("exec.argv[2]=\"\""));
	is(EXEC("exec.argv[1]!=\"\""), "granted", named("exec.argv[1]!=\"\""));
	is(EXEC("exec.argv[2]=\"\\*\""), "granted", named("exec.argv[2]=\"\\*\""));
	about("K-294 arguments and patterns");
	is(EXEC("exec.argv[1]=\"-c\" exec.argv[3]=\"a\\040b\""), "granted",
	   named("exec.argv[1]=\"-c\" exec.argv[3]=\"a\\040b\""));
	is(EXEC("exec.argv[3]=\"a\\?b\""), "granted", named("exec.argv[3]=\"a\\?b\""));
	is(EXEC("exec.argv[1]=\"-d\""), "denied", named("exec.argv[1]=\"-d\""));
	is(EXEC("exec.envp[\"NOPE\"]!=\"x\""), "granted", "K-295 no such variable differs");
	about("K-296 but equals nothing except NULL");
	is(EXEC("exec.envp[\"NOPE\"]=\"x\""), "denied", named("exec.envp[\"NOPE\"]=\"x\""));
	is(EXEC("exec.envp[\"NOPE\"]=NULL"), "granted", named("exec.envp[\"NOPE\"]=NULL"));
	is(EXEC("exec.envp[\"NOPE\"]!=NULL"), "denied", named("exec.envp[\"NOPE\"]!=NULL"));
	about("K-297 all variables of a name must equal");
	is(EXEC("exec.envp[\"DUP\"]=\"1\""), "denied", named("exec.envp[\"DUP\"]=\"1\""));
	is(EXEC("exec.envp[\"DUP\"]!=\"3\""), "granted", named("exec.envp[\"DUP\"]!=\"3\""));
	is(EXEC("exec.envp[\"DUP\"]!=\"2\""), "denied", named("exec.envp[\"DUP\"]!=\"2\""));
	about("K-298 with patterns they do");
	is(EXEC("exec.envp[\"DUP\"]=\"\\$\""), "granted", named("exec.envp[\"DUP\"]=\"\\$\""));
	is(EXEC("exec.envp[\"D\\*\"]=\"\\+\""), "granted", named("exec.envp[\"D\\*\"]=\"\\+\""));
	about("K-299 a text without = is no variable");
	is(EXEC("exec.envp[\"NOEQ\"]=NULL"), "granted", named("exec.envp[\"NOEQ\"]=NULL"));
	is(EXEC("exec.envp[\"NOEQ\"]!=NULL"), "denied", named("exec.envp[\"NOEQ\"]!=NULL"));
	is(EXEC("exec.envp[\"NOEQ\"]=\"\""), "denied", named("exec.envp[\"NOEQ\"]=\"\""));
	about("K-299 the first = ends the name");
	is(EXEC("exec.envp[\"EMPTY\"]=\"\""), "granted", named("exec.envp[\"EMPTY\"]=\"\""));
	is(EXEC("exec.envp[\"EQ\"]=\"a=b\""), "granted", named("exec.envp[\"EQ\"]=\"a=b\""));
	is(EXEC("exec.envp[\"HOME\"]!=NULL"), "granted", named("exec.envp[\"HOME\"]!=NULL"));
	is(EXEC("exec.envp[\"PATH\"]=\"/bin:/sbin\""), "granted",
	   named("exec.envp[\"PATH\"]=\"/bin:/sbin\""));
	is(EXEC("exec.envp[\"\\*\"]!=NULL"), "granted", named("exec.envp[\"\\*\"]!=NULL"));
	about("K-300 the real path is not that of the link");
	is(EXEC("exec.realpath=\"/bin/act\""), "granted", named("exec.realpath=\"/bin/act\""));
	is(EXEC("exec.realpath=\"/link\""), "denied", named("exec.realpath=\"/link\""));
	is(EXEC("exec.realpath=\"/bin/\\*\""), "granted", named("exec.realpath=\"/bin/\\*\""));
	is(EXEC("exec.realpath!=\"/sbin/\\*\""), "granted", named("exec.realpath!=\"/sbin/\\*\""));
	is(EXEC("exec.realpath!=\"\""), "granted", named("exec.realpath!=\"\""));
	about("K-301 a group of real paths");
	is(EXEC("exec.realpath!=@G"), "denied", named("exec.realpath!=@G"));
	is(EXEC("exec.realpath=@G"), "granted", named("exec.realpath=@G"));
	is(EXEC("exec.realpath!=@EMPTY"), "granted", named("exec.realpath!=@EMPTY"));
	cmp_ok(program.asked, >=, singly ? 20U : 0U, "each string was asked for");
	end_program(&program);
	set_program(&program, "/bin/act", none, none);
	if (singly)
		one_by_one(&program);
	about("K-293 without arguments and variables");
	is(EXEC("exec.argc=0 exec.envc=0"), "granted", named("exec.argc=0 exec.envc=0"));
	is(EXEC("exec.argv[0]!=\"\""), "granted", named("exec.argv[0]!=\"\""));
	is(EXEC("exec.argv[0]=\"\""), "denied", named("exec.argv[0]=\"\""));
	is(EXEC("exec.envp[\"\\*\"]=NULL"), "granted", named("exec.envp[\"\\*\"]=NULL"));

	memset(longer, 'x', 6000);
	program.argv[0] = tmy_span(longer, 6000);
	program.facts.argc = 1;
	{
		char condition[4200];

		snprintf(condition, sizeof(condition), "file execute /long exec.argv[0]=\"%.*s\"",
			 TMY_ARGUMENT_MAX, longer);
		struct engine e;

		engine_open(&e);
		load(e.domains, D);
		accepts(e.domains, condition);
		is(verdict(e.policy, D, "file execute /long", &program.facts), "granted",
		   "D-29 of a long argument the beginning counts");
		engine_close(&e);
	}
	end_program(&program);
	free(longer);
}

static void test_programs(void)
{
	test_programs_made(false);
	test_programs_made(true);
}

/* What could not be made settles nothing, but does no harm either. */
static struct tmy_span no_string(struct tmy_facts *facts, u32 index, bool name)
{
	struct program *program = (struct program *)facts;

	(void)index;
	if (name)
		return TMY_SPAN("A=");
	facts->failed = true;
	program->asked++;
	return tmy_span("", 0);
}

static void test_failing_programs(void)
{
	static const char *const argv[] = { "act", NULL };
	static const char *const envp[] = { "A=1", NULL };
	struct program program;

	set_program(&program, "/bin/act", argv, envp);
	program.facts.string = no_string;
	about("a variable's value that fails");
	is(EXEC("exec.envp[\"A\"]=\"1\""), "denied", named("exec.envp[\"A\"]=\"1\""));
	is(program.facts.failed, true, named("program.facts.failed"));
	program.facts.failed = false;
	about("an argument that fails");
	is(EXEC("exec.argv[0]=\"act\""), "denied", named("exec.argv[0]=\"act\""));
	is(program.facts.failed, true, named("program.facts.failed"));
	is(program.asked, 2, named("program.asked"));
}

static void test_symlinks(void)
{
	struct tmy_facts facts = { .symlink_target = TMY_SPAN("a\\040b\\\\c") };

	about("K-292 the target of a symbolic link");
	is(holds("file symlink /s", "symlink.target=\"a\\040b\\\\c\"", "", &facts), "granted",
	   named("symlink.target=\"a\\040b\\\\c\""));
	is(holds("file symlink /s", "symlink.target=\"a\\*c\"", "", &facts), "granted",
	   named("symlink.target=\"a\\*c\""));
	is(holds("file symlink /s", "symlink.target=\"a\\*b\"", "", &facts), "denied",
	   named("symlink.target=\"a\\*b\""));
	is(holds("file symlink /s", "symlink.target!=\"b\"", "", &facts), "granted",
	   named("symlink.target!=\"b\""));
	is(holds("file symlink /s", "symlink.target=@G", "path_group G \\A\\*", &facts), "granted",
	   named("symlink.target=@G"));
	is(holds("file symlink /s", "exec.realpath!=\"a\"", "", &facts), "denied",
	   "K-291 which is no program");
}

/* Arguments are loaded, which may sleep, only when nothing else has decided. */
static void test_arguments(void)
{
	static const char *const argv[] = { "act", NULL };
	static const char *const envp[] = { "A=1", NULL };
	struct tmy_facts nothing = { 0 };
	struct program program;
	struct answer answer;
	struct engine e;

	set_program(&program, "/act", argv, envp);
	program.facts.arguments = false;
	engine_open(&e);
	load(e.domains, D "\nuse_group 1\nfile execute /a exec.argv[0]=\"act\"\nfile execute "
			  "/\\*\nfile execute /b task.uid=1 exec.argv[0]=\"act\"\n"
			  "file execute /c\nfile execute /d/e exec.envp[\"A\"]=\"1\"\nfile execute "
			  "/\\{d\\}/e keep\n"
			  "misc env A exec.argv[0]=\"act\"\nfile read /r exec.argv[0]=\"act\"");
	load(e.exceptions, "acl_group 1 file execute /d/e keep");
	is(ask(e.policy, D, "file execute /a", &program.facts).verdict, TMY_NEEDS_ARGUMENTS,
	   "3.2 the first entry asks for arguments");
	is(decision(e.policy, "file execute /b", &program.facts), "granted by /\\* ",
	   "3.2 not when its other conditions fail");
	is(decision(e.policy, "file execute /c", &program.facts), "granted by /\\* ",
	   "3.2 nor when another comes first");
	answer = ask(e.policy, D, "file execute /d/e", &program.facts);
	is(answer.verdict, TMY_NEEDS_ARGUMENTS, "3.2 before later entries and groups are asked");
	is(ask(e.policy, D, "misc env A", &program.facts).verdict, TMY_NEEDS_ARGUMENTS,
	   "3.2 for environment variables, too");
	is(verdict(e.policy, D, "file read /r", &nothing), "denied", "3.2 what has none is denied");
	program.facts.arguments = true;
	is(decision(e.policy, "file execute /a", &program.facts),
	   "granted by /a exec.argv[0]=\"act\"", "3.2 loaded, they hold");
	is(decision(e.policy, "file execute /d/e", &program.facts),
	   "granted by /d/e exec.envp[\"A\"]=\"1\"", "3.2 loaded, variables hold");
	program.argv[0] = TMY_SPAN("other");
	is(decision(e.policy, "file execute /a", &program.facts), "granted by /\\* ",
	   "3.2 or not, and the next one decides");
	program.envp[0] = TMY_SPAN("A=2");
	is(decision(e.policy, "file execute /d/e", &program.facts), "granted by /\\{d\\}/e keep",
	   "3.2 as it does here");
	program.facts.arguments = false;
	load(e.domains,
	     "delete file execute /a exec.argv[0]=\"act\"\nfile execute /a exec.argv[0]=\"act\"");
	is(decision(e.policy, "file execute /a", &program.facts), "granted by /\\* ",
	   "3.2 what is added again is last");
	engine_close(&e);
}

static void test_grant_log(void)
{
	struct engine e;

	engine_open(&e);
	load(e.domains, D "\nfile read /y grant_log=yes\nfile read /n task.uid=0 "
			  "grant_log=no\nfile read /p task.uid=0\nfile read /q");
	{
		struct tmy_facts facts = { .uid = 0 };

		about("K-328 K-329 the entry that grants says whether that is logged");
		is(ask(e.policy, D, "file read /y", &facts).grant_log, TMY_LOG_YES,
		   named("file read /y"));
		is(ask(e.policy, D, "file read /n", &facts).grant_log, TMY_LOG_NO,
		   named("file read /n"));
		is(ask(e.policy, D, "file read /p", &facts).grant_log, TMY_LOG_AS_PROFILE,
		   named("file read /p"));
		is(ask(e.policy, D, "file read /q", &facts).grant_log, TMY_LOG_AS_PROFILE,
		   named("file read /q"));
	}
	engine_close(&e);
}

int main(void)
{
	test_numbers();
	test_paths();
	test_loading();
	test_programs();
	test_failing_programs();
	test_symlinks();
	test_arguments();
	test_grant_log();
	return done();
}
