// SPDX-License-Identifier: GPL-2.0-only
/* Conditions as text: lsm/engine/condition.c against the kernel ABI specification 2.8, 4.1, 4.2. */
#include "lsm/engine/condition.h"

#include "tests/unit/spans.h"

/* What the reasons begin with: enough to tell them apart. */
#define NOT_A_CONDITION "not a condition, which is A=B"
#define NO_TRANSITION	"not a condition; a transition can only stand"
#define NOT_AN_OPERAND	"neither a keyword nor a number"
#define NOT_QUOTED	"text in quotes is expected here"
#define NOT_AN_INDEX	"the index must be a decimal number"
#define NOT_A_VARIABLE	"the variable must be named in quotes"

/* What is printed of @conditions, or why they are refused. @transition: on "file execute"? */
static const char *printed(const char *conditions, bool transition)
{
	struct tmy_span given = exact_span(conditions);
	struct tmy_problem problem = { NULL, NULL };
	char buffer[256];
	struct tmy_text text = tmy_text(buffer, sizeof(buffer));

	if (!tmy_check_conditions(given, transition, &problem))
		return formatted("refused: %s", problem_text(given, &problem));
	tmy_put_conditions(&text, given, transition);
	return buffer_text(&text);
}

/* Is it printed as @expected, and that as itself? */
#define prints_on(conditions, expected, transition, where)                                   \
	do {                                                                                 \
		is(printed(conditions, transition), expected, named(where conditions));      \
		is(printed(expected, transition), expected, named(where expected " again")); \
	} while (0)
#define exec_prints(conditions, expected) prints_on(conditions, expected, true, "execute: ")
#define prints(conditions, expected)                        \
	do {                                                \
		prints_on(conditions, expected, false, ""); \
		exec_prints(conditions, expected);          \
	} while (0)
#define kept(conditions)      prints(conditions, conditions)
#define exec_kept(conditions) exec_prints(conditions, conditions)

/* What @got is, as far as the reason that is wanted goes: @reason is only the start of one. */
static const char *up_to(const char *got, const char *want)
{
	return strncmp(got, want, strlen(want)) ? got : want;
}

static void refused_at(const char *conditions, bool transition, int column, const char *reason,
		       const char *file, int line)
{
	const char *want = formatted("refused: %d: %s", column, reason);

	tap_text(true, up_to(printed(conditions, transition), want), want,
		 named(formatted("%s%s", transition ? "execute: " : "", conditions)), file, line);
}

/* Is it refused, with this reason, at the character of number @column? */
#define problem_is(conditions, transition, column, reason) \
	refused_at(conditions, transition, column, reason, __FILE__, __LINE__)
#define exec_refused(conditions, column, reason) problem_is(conditions, true, column, reason)
#define refused(conditions, column, reason)                    \
	do {                                                   \
		problem_is(conditions, false, column, reason); \
		exec_refused(conditions, column, reason);      \
	} while (0)

static void test_keywords(void)
{
	struct tap_cases all = { 0 };
	unsigned int i, j, same = 0;

	for (i = 0; i < TMY_KEYWORDS; i++) {
		struct tmy_span word = tmy_keyword_word((enum tmy_keyword)i);
		struct tmy_conditions walk;
		struct tmy_condition found;
		char line[64];
		int length = snprintf(line, sizeof(line), "%.*s!=%.*s", (int)word.length, word.at,
				      (int)word.length, word.at);

		tmy_conditions_start(&walk, tmy_span(line, (size_t)length), true);
		add_case(&all, line,
			 (tmy_conditions_next(&walk, &found) && !found.equal &&
			  found.left.type == TMY_OPERAND_KEYWORD && found.left.keyword == i &&
			  found.right.type == TMY_OPERAND_KEYWORD && found.right.keyword == i &&
			  !tmy_conditions_next(&walk, &found) && !walk.problem.reason)
				 ? "both sides"
				 : "not both sides",
			 "both sides");
		for (j = 0; j < i; j++)
			same += tmy_span_equal(word, tmy_keyword_word((enum tmy_keyword)j));
	}
	about("K-277 keywords may stand on both sides");
	is_each(&all, named("each"));
	is(all.count, 57, named("how many there are"));
	is(TMY_KEYWORDS, 57, named("TMY_KEYWORDS"));
	is(same, 0, named("same"));
	about("keywords have their words");
	is_span(tmy_keyword_word(TMY_TASK_UID), "task.uid", named("task.uid"));
	is_span(tmy_keyword_word(TMY_EXEC_ENVC), "exec.envc", named("exec.envc"));
	is_span(tmy_keyword_word(TMY_TYPE_FIFO), "fifo", named("fifo"));
	is_span(tmy_keyword_word(TMY_BIT_SETUID), "setuid", named("setuid"));
	is_span(tmy_keyword_word(TMY_BIT_OTHERS_EXECUTE), "others_execute",
		named("others_execute"));
	is_span(tmy_keyword_word(TMY_PATH2_UID), "path2.uid", named("path2.uid"));
	is_span(tmy_keyword_word(TMY_PATH2_PARENT_PERM), "path2.parent.perm",
		named("path2.parent.perm"));
	about("K-277 other words are no keywords");
	refused("path1.parent.type=file", 0, NOT_AN_OPERAND);
	refused("path1.parent.major=1", 0, NOT_AN_OPERAND);
	refused("task.type=file", 0, NOT_AN_OPERAND);
	refused("task.nosuch=0", 0, NOT_AN_OPERAND);
	refused("path3.uid=0", 0, NOT_AN_OPERAND);
	refused("0=Task.uid", 2, NOT_AN_OPERAND);
	refused("task.ui=0", 0, NOT_AN_OPERAND);
	refused("a=0", 0, NOT_AN_OPERAND);
}

static void test_numbers(void)
{
	about("K-277 a group may stand on the right");
	kept("task.uid=@G");
	kept("task.uid!=@G\\*");
	kept("0=@a=b");
	about("K-277 but not on the left");
	refused("@G=task.uid", 0, "a group can only stand on the right");
	about("a group has a correct name");
	refused("task.uid=@", 10, "the name of the group is not a correct word");
	refused("task.uid=@\\z", 10, "the name of the group is not a correct word");
	about("K-277 numbers may stand on both sides");
	kept("0=task.uid");
	kept("0=0");
	kept("1-5=3");
	kept("0x10=020");
	kept("file=directory");
	kept("1!=2-3");
	about("numbers are printed canonically");
	prints("task.uid!=010-0X1f", "task.uid!=010-0x1F");
	prints("08-8=000", "8=00");
	about("K-277 what is no number");
	refused("task.uid=5-3", 11, "the range ends below its start");
	refused("task.uid=0,1", 10, "this does not belong to a number");
	refused("task.uid=", 9, NOT_AN_OPERAND);
	refused("=0", 0, NOT_AN_OPERAND);
	refused("!=0", 0, NOT_AN_OPERAND);
	refused("=", 0, NOT_AN_OPERAND);
	refused("task.uid=18446744073709551616", 9, "the number is too large");
	refused("task.uid=-1", 9, NOT_AN_OPERAND);
	about("K-277 one sign, no blanks, no quotes");
	refused("task.uid==0", 9, NOT_AN_OPERAND);
	refused("task.uid!!=0", 0, NOT_AN_OPERAND);
	refused("task.uid = 0", 0, NOT_A_CONDITION);
	refused("task.uid=0 task.gid", 11, NOT_A_CONDITION);
	refused("task.uid=\"0\"", 9, NOT_AN_OPERAND);
	refused("task.uid=NULL", 9, NOT_AN_OPERAND);
}

static void test_arguments(void)
{
	about("K-277 arguments");
	kept("exec.argv[0]=\"x\"");
	kept("exec.argv[0]=\"\"");
	kept("exec.argv[10]!=\"a=b\"");
	kept("exec.argv[0]=\"a\"b\"");
	kept("exec.argv[0]=\"=b\"");
	kept("exec.argv[4294967295]=\"/\\*\"");
	about("K-277 the index is a decimal number");
	refused("exec.argv[00]=\"x\"", 10, NOT_AN_INDEX);
	refused("exec.argv[0x1]=\"x\"", 10, NOT_AN_INDEX);
	refused("exec.argv[4294967296]=\"x\"", 10, NOT_AN_INDEX);
	refused("exec.argv[]=\"x\"", 10, NOT_AN_INDEX);
	refused("exec.argv[=\"x\"", 10, NOT_AN_INDEX);
	refused("exec.argv[1=\"x\"", 10, NOT_AN_INDEX);
	refused("exec.argv[1-2]=\"x\"", 10, NOT_AN_INDEX);
	refused("exec.argv[1]]=\"x\"", 10, NOT_AN_INDEX);
	refused("exec.argv[-1]=\"x\"", 10, NOT_AN_INDEX);
	refused("exec.argv=\"x\"", 0, NOT_AN_OPERAND);
	about("which may begin with a zero (1.6)");
	prints("exec.argv[08]=\"x\"", "exec.argv[8]=\"x\"");
	about("K-277 an argument is text in quotes");
	refused("exec.argv[0]=x", 13, NOT_QUOTED);
	refused("exec.argv[0]=\"", 13, NOT_QUOTED);
	refused("exec.argv[0]=@G", 13, NOT_QUOTED);
	refused("exec.argv[0]=", 13, NOT_QUOTED);
	refused("exec.argv[0]=NULL", 13, NOT_QUOTED);
	refused("exec.argv[0]=\"a", 13, NOT_QUOTED);
	refused("exec.argv[0]==\"x\"", 13, NOT_QUOTED);
	refused("exec.argv[0]=\"\\z\"", 14, "the text in quotes is not a correct word");
}

static void test_environment(void)
{
	about("K-277 variables");
	kept("exec.envp[\"HOME\"]=NULL");
	kept("exec.envp[\"HOME\"]!=NULL");
	kept("exec.envp[\"HOME\"]=\"x\\*\"");
	kept("exec.envp[\"LC_\\*\"]!=\"\"");
	kept("exec.envp[\"a\"]\"]=NULL");
	about("K-277 a variable is text in quotes or NULL");
	refused("exec.envp[\"HOME\"]=null", 18, NOT_QUOTED);
	refused("exec.envp[\"HOME\"]=@G", 18, NOT_QUOTED);
	refused("exec.envp[\"HOME\"]=", 18, NOT_QUOTED);
	about("K-277 its name is in quotes, not empty, and without a =");
	refused("exec.envp[HOME]=\"/\"", 10, NOT_A_VARIABLE);
	refused("exec.envp[\"A=B\"]=NULL", 10, NOT_A_VARIABLE);
	refused("exec.envp[\"]=NULL", 10, NOT_A_VARIABLE);
	refused("exec.envp[]=NULL", 10, NOT_A_VARIABLE);
	refused("exec.envp[=NULL", 10, NOT_A_VARIABLE);
	refused("exec.envp[\"HOME\"=NULL", 10, NOT_A_VARIABLE);
	refused("exec.envp[\"\"]=NULL", 11, "the name of the variable is not");
	refused("exec.envp[\"\\z\"]=NULL", 11, "the name of the variable is not");
}

static void test_names(void)
{
	about("K-277 names");
	kept("exec.realpath=\"/x\"");
	kept("exec.realpath=@G");
	kept("exec.realpath=\"\"");
	kept("exec.realpath!=\"/x\\*\"");
	kept("symlink.target=\"a\"");
	kept("symlink.target!=@G");
	about("K-277 a name is on the left, text in quotes or a group on the right");
	refused("exec.realpath=/x", 14, NOT_QUOTED);
	refused("exec.realpath=symlink.target", 14, NOT_QUOTED);
	refused("exec.realpath=NULL", 14, NOT_QUOTED);
	refused("\"x\"=exec.realpath", 0, NOT_AN_OPERAND);
	problem_is("\"/x\"=exec.realpath", false, 0, NOT_AN_OPERAND);
	about("K-277 a name may stand beside a number, though it never equals one");
	kept("task.uid=exec.realpath");
	kept("0!=symlink.target");
}

static void test_grant_log(void)
{
	about("grant_log alone");
	kept("grant_log=yes");
	kept("grant_log=no");
	about("K-278 grant_log is printed at the end");
	prints("grant_log=no task.gid=0", "task.gid=0 grant_log=no");
	prints("task.uid=0 grant_log=yes task.gid=0", "task.uid=0 task.gid=0 grant_log=yes");
	about("K-277 grant_log stands once");
	refused("grant_log=yes grant_log=no", 14, "grant_log is here for the second time");
	refused("grant_log=no 0=0 grant_log=no", 17, "grant_log is here for the second");
	about("K-277 grant_log is yes or no");
	refused("grant_log!=yes", 0, "grant_log can only be set with");
	refused("grant_log=YES", 10, "grant_log is yes or no");
	refused("grant_log=", 10, "grant_log is yes or no");
	refused("grant_log==no", 10, "grant_log is yes or no");
	refused("grant_log", 0, NOT_A_CONDITION);
	about("no condition becomes a transition by the printing");
	problem_is("grant_log=yes 0=@a/b", true, 14, "a path in this place");
	problem_is("<a> grant_log=yes 0=@a/b", true, 18, "a path in this place");
	problem_is("grant_log=yes 0=@a/b", false, 14, "a path in this place");
	problem_is("0=@a/b", false, 0, "a path in this place");
	exec_prints("keep grant_log=yes 0=@a/b", "keep 0=@a/b grant_log=yes");
	exec_prints("grant_log=yes 1=1 0=@a/b", "1=1 0=@a/b grant_log=yes");
	about("order and repetitions are kept");
	kept("");
	kept("task.uid=0 task.uid=0 0=0");
	about("one space is between conditions");
	refused(" 0=0", 0, NOT_A_CONDITION);
	refused("0=0  0=0", 4, NOT_A_CONDITION);
}

static const char *transition_of(const char *conditions)
{
	struct tmy_conditions walk;
	struct tmy_condition condition;

	tmy_conditions_start(&walk, span_of(conditions), true);
	while (tmy_conditions_next(&walk, &condition))
		;
	if (walk.problem.reason)
		return walk.problem.reason;
	return formatted("%d '%s'", walk.transition.type, span_text(walk.transition.text));
}
#define transition_is(conditions, type, text) \
	is(transition_of(conditions), formatted("%d '%s'", type, text), named(conditions))

static void test_transitions(void)
{
	about("the five keywords");
	transition_is("keep", TMY_KEEP, "");
	transition_is("child 0=0", TMY_CHILD, "");
	transition_is("initialize grant_log=no", TMY_INITIALIZE, "");
	transition_is("reset", TMY_RESET, "");
	transition_is("parent", TMY_PARENT, "");
	transition_is("task.uid=0", TMY_NO_TRANSITION, "");
	transition_is("", TMY_NO_TRANSITION, "");
	about("a path");
	transition_is("/x", TMY_TO_PATH, "/x");
	transition_is("//x 0=0", TMY_TO_PATH, "//x");
	transition_is("a/b", TMY_TO_PATH, "a/b");
	transition_is("\\*/x", TMY_TO_PATH, "\\*/x");
	transition_is("keep/", TMY_TO_PATH, "keep/");
	about("a domain and all paths behind it");
	transition_is("<kernel> /x /y task.uid=0", TMY_TO_DOMAIN, "<kernel> /x /y");
	transition_is("<a>", TMY_TO_DOMAIN, "<a>");
	transition_is("</a> grant_log=yes", TMY_TO_DOMAIN, "</a>");
	transition_is("<a> exec.realpath=\"/x\"", TMY_TO_DOMAIN, "<a>");
	about("a transition is printed first");
	exec_kept("keep");
	exec_kept("parent task.uid=0");
	exec_kept("/x");
	exec_kept("<kernel> /x /y task.uid=0 grant_log=no");
	exec_prints("child grant_log=no 0X1=1", "child 0x1=1 grant_log=no");
	about("what is neither a transition nor a condition");
	exec_refused("x", 0, NOT_A_CONDITION);
	exec_refused("a.b/c", 0, NOT_A_CONDITION);
	exec_refused("keepx", 0, NOT_A_CONDITION);
	exec_refused("<kernel> x", 9, NOT_A_CONDITION);
	about("what begins with < is a domain's name");
	exec_refused("<> /x", 0, "not the name of a domain");
	exec_refused("<kernel", 0, "not the name of a domain");
	exec_refused("</a", 0, "not the name of a domain");
	exec_refused("<\\z>", 0, "not the name of a domain");
	about("there is one transition, and it comes first");
	exec_refused("keep child", 5, NO_TRANSITION);
	exec_refused("/x /y", 3, NO_TRANSITION);
	exec_refused("task.uid=0 keep", 11, NO_TRANSITION);
	exec_refused("keep <kernel>", 5, NO_TRANSITION);
	exec_refused("grant_log=no keep", 13, NO_TRANSITION);
	exec_refused("<kernel> keep", 9, NO_TRANSITION);
	about("K-185 only the execution of programs has a transition");
	problem_is("keep", false, 0, NO_TRANSITION);
	problem_is("/x", false, 0, NO_TRANSITION);
	problem_is("<kernel> /x", false, 0, NO_TRANSITION);
	problem_is("reset 0=0", false, 0, NO_TRANSITION);
}

static void test_operands(void)
{
	static const char line[] =
		"exec.argv[7]!=\"a\" exec.envp[\"N\"]=NULL 1-2=@G symlink.target=\"\"";
	struct tmy_condition found[4], none;
	struct tmy_conditions walk;
	int i, count = 0;

	tmy_conditions_start(&walk, tmy_span(line, sizeof(line) - 1), true);
	for (i = 0; i < 4; i++)
		count += tmy_conditions_next(&walk, &found[i]);
	about("conditions are handed out one by one");
	is(count, 4, named("count"));
	is(tmy_conditions_next(&walk, &none), false, named("tmy_conditions_next(&walk, &none)"));
	is(walk.problem.reason, NULL, named("walk.problem.reason"));
	about("an argument");
	is(found[0].equal, false, named("found[0].equal"));
	is(found[0].left.type, TMY_OPERAND_ARGV, named("found[0].left.type"));
	is(found[0].left.index, 7, named("found[0].left.index"));
	is(found[0].right.type, TMY_OPERAND_QUOTED, named("found[0].right.type"));
	is_span(found[0].right.text, "a", named("a"));
	about("a variable");
	is(found[1].equal, true, named("found[1].equal"));
	is(found[1].left.type, TMY_OPERAND_ENVP, named("found[1].left.type"));
	is_span(found[1].left.text, "N", named("N"));
	is(found[1].right.type, TMY_OPERAND_NULL, named("found[1].right.type"));
	about("a range and a group");
	is(found[2].left.type, TMY_OPERAND_NUMBER, named("found[2].left.type"));
	is(found[2].left.number.low, 1, named("found[2].left.number.low"));
	is(found[2].left.number.high, 2, named("found[2].left.number.high"));
	is(found[2].right.type, TMY_OPERAND_GROUP, named("found[2].right.type"));
	is_span(found[2].right.text, "G", named("G"));
	about("a name");
	is(found[3].left.type, TMY_OPERAND_SYMLINK_TARGET, named("found[3].left.type"));
	is(found[3].right.type, TMY_OPERAND_QUOTED, named("found[3].right.type"));
	is_span(found[3].right.text, "",
		named("tmy_span_equal(found[3].right.text, TMY_SPAN(\"\"))"));
	tmy_conditions_start(&walk, TMY_SPAN("x 0=0"), false);
	about("nothing is handed out behind a problem");
	is(tmy_conditions_next(&walk, &none), false, named("tmy_conditions_next(&walk, &none)"));
	isnt(walk.problem.reason, NULL, named("walk.problem.reason"));
	is(tmy_conditions_next(&walk, &none), false, named("tmy_conditions_next(&walk, &none)"));
	tmy_conditions_start(&walk, TMY_SPAN("task.uid=0 grant_log=yes"), false);
	while (tmy_conditions_next(&walk, &none))
		;
	about("grant_log is noted");
	is(walk.grant_log, TMY_LOG_YES, named("walk.grant_log"));
	is(walk.problem.reason, NULL, named("walk.problem.reason"));
}

int main(void)
{
	test_keywords();
	test_numbers();
	test_arguments();
	test_environment();
	test_names();
	test_grant_log();
	test_transitions();
	test_operands();
	return done();
}
