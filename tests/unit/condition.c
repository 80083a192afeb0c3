// SPDX-License-Identifier: GPL-2.0-only
/* Conditions as text: lsm/engine/condition.c against the kernel ABI specification 2.8, 4.1, 4.2. */
#include "lsm/engine/condition.h"

#include "tests/unit/tap.h"

#include <stdlib.h>

/* What the reasons begin with: enough to tell them apart. */
#define NOT_A_CONDITION "not a condition, which is A=B"
#define NO_TRANSITION	"not a condition; a transition can only stand"
#define NOT_AN_OPERAND	"neither a keyword nor a number"
#define NOT_QUOTED	"text in quotes is expected here"
#define NOT_AN_INDEX	"the index must be a decimal number"
#define NOT_A_VARIABLE	"the variable must be named in quotes"

/* A copy that ends where the text ends, so that the sanitizer sees every byte read too many. */
static char *exact(const char *text, size_t length)
{
	char *copy = malloc(length ? length : 1);

	memcpy(copy, text, length);
	return copy;
}

static bool is(struct tmy_span text, const char *expected)
{
	return tmy_span_equal(text, tmy_span(expected, strlen(expected)));
}

/* Is it correct and printed as @expected? @transition: on "file execute"? */
static bool prints_once(const char *conditions, const char *expected, bool transition)
{
	char *copy = exact(conditions, strlen(conditions)), buffer[256];
	struct tmy_span given = tmy_span(copy, strlen(conditions));
	struct tmy_text text = tmy_text(buffer, sizeof(buffer));
	bool correct = tmy_check_conditions(given, transition, NULL);

	if (correct)
		tmy_put_conditions(&text, given, transition);
	free(copy);
	return correct && tmy_text_fits(&text) && is(tmy_span(buffer, text.length), expected);
}

/* And is that printed as itself? */
static bool exec_prints(const char *conditions, const char *expected)
{
	return prints_once(conditions, expected, true) && prints_once(expected, expected, true);
}

static bool prints(const char *conditions, const char *expected)
{
	return prints_once(conditions, expected, false) && prints_once(expected, expected, false) &&
	       exec_prints(conditions, expected);
}

static bool kept(const char *conditions)
{
	return prints(conditions, conditions);
}

static bool exec_kept(const char *conditions)
{
	return exec_prints(conditions, conditions);
}

static bool problem_is(const char *conditions, bool transition, size_t column, const char *reason)
{
	char *copy = exact(conditions, strlen(conditions));
	struct tmy_problem problem = { NULL, NULL };
	bool wrong =
		!tmy_check_conditions(tmy_span(copy, strlen(conditions)), transition, &problem);
	bool yes = wrong && problem.at == copy + column &&
		   !strncmp(problem.reason, reason, strlen(reason));

	if (!yes)
		printf("# %s: %s, column %ld\n", conditions, wrong ? problem.reason : "correct",
		       wrong ? (long)(problem.at - copy) : 0L);
	free(copy);
	return yes;
}

/* Is it refused, with this reason, at the character of number @column? */
static bool exec_refused(const char *conditions, size_t column, const char *reason)
{
	return problem_is(conditions, true, column, reason);
}

static bool refused(const char *conditions, size_t column, const char *reason)
{
	return problem_is(conditions, false, column, reason) &&
	       exec_refused(conditions, column, reason);
}

static void test_keywords(void)
{
	unsigned int i, j, right = 0, same = 0;

	for (i = 0; i < TMY_KEYWORDS; i++) {
		struct tmy_span word = tmy_keyword_word((enum tmy_keyword)i);
		struct tmy_conditions walk;
		struct tmy_condition found;
		char line[64];
		int length = snprintf(line, sizeof(line), "%.*s!=%.*s", (int)word.length, word.at,
				      (int)word.length, word.at);

		tmy_conditions_start(&walk, tmy_span(line, (size_t)length), true);
		right += tmy_conditions_next(&walk, &found) && !found.equal &&
			 found.left.type == TMY_OPERAND_KEYWORD && found.left.keyword == i &&
			 found.right.type == TMY_OPERAND_KEYWORD && found.right.keyword == i &&
			 !tmy_conditions_next(&walk, &found) && !walk.problem.reason;
		for (j = 0; j < i; j++)
			same += tmy_span_equal(word, tmy_keyword_word((enum tmy_keyword)j));
	}
	ok(right == 57 && right == TMY_KEYWORDS && !same, "K-277 keywords may stand on both sides");
	ok(is(tmy_keyword_word(TMY_TASK_UID), "task.uid") &&
		   is(tmy_keyword_word(TMY_EXEC_ENVC), "exec.envc") &&
		   is(tmy_keyword_word(TMY_TYPE_FIFO), "fifo") &&
		   is(tmy_keyword_word(TMY_BIT_SETUID), "setuid") &&
		   is(tmy_keyword_word(TMY_BIT_OTHERS_EXECUTE), "others_execute") &&
		   is(tmy_keyword_word(TMY_PATH2_UID), "path2.uid") &&
		   is(tmy_keyword_word(TMY_PATH2_PARENT_PERM), "path2.parent.perm"),
	   "keywords have their words");
	ok(refused("path1.parent.type=file", 0, NOT_AN_OPERAND) &&
		   refused("path1.parent.major=1", 0, NOT_AN_OPERAND) &&
		   refused("task.type=file", 0, NOT_AN_OPERAND) &&
		   refused("task.nosuch=0", 0, NOT_AN_OPERAND) &&
		   refused("path3.uid=0", 0, NOT_AN_OPERAND) &&
		   refused("0=Task.uid", 2, NOT_AN_OPERAND) &&
		   refused("task.ui=0", 0, NOT_AN_OPERAND) && refused("a=0", 0, NOT_AN_OPERAND),
	   "K-277 other words are no keywords");
}

static void test_numbers(void)
{
	ok(kept("task.uid=@G") && kept("task.uid!=@G\\*") && kept("0=@a=b"),
	   "K-277 a group may stand on the right");
	ok(refused("@G=task.uid", 0, "a group can only stand on the right"),
	   "K-277 but not on the left");
	ok(refused("task.uid=@", 10, "the name of the group is not a correct word") &&
		   refused("task.uid=@\\z", 10, "the name of the group is not a correct word"),
	   "a group has a correct name");
	ok(kept("0=task.uid") && kept("0=0") && kept("1-5=3") && kept("0x10=020") &&
		   kept("file=directory") && kept("1!=2-3"),
	   "K-277 numbers may stand on both sides");
	ok(prints("task.uid!=010-0X1f", "task.uid!=010-0x1F") && prints("08-8=000", "8=00"),
	   "numbers are printed canonically");
	ok(refused("task.uid=5-3", 11, "the range ends below its start") &&
		   refused("task.uid=0,1", 10, "this does not belong to a number") &&
		   refused("task.uid=", 9, NOT_AN_OPERAND) && refused("=0", 0, NOT_AN_OPERAND) &&
		   refused("!=0", 0, NOT_AN_OPERAND) && refused("=", 0, NOT_AN_OPERAND) &&
		   refused("task.uid=18446744073709551616", 9, "the number is too large") &&
		   refused("task.uid=-1", 9, NOT_AN_OPERAND),
	   "K-277 what is no number");
	ok(refused("task.uid==0", 9, NOT_AN_OPERAND) &&
		   refused("task.uid!!=0", 0, NOT_AN_OPERAND) &&
		   refused("task.uid = 0", 0, NOT_A_CONDITION) &&
		   refused("task.uid=0 task.gid", 11, NOT_A_CONDITION) &&
		   refused("task.uid=\"0\"", 9, NOT_AN_OPERAND) &&
		   refused("task.uid=NULL", 9, NOT_AN_OPERAND),
	   "K-277 one sign, no blanks, no quotes");
}

static void test_arguments(void)
{
	ok(kept("exec.argv[0]=\"x\"") && kept("exec.argv[0]=\"\"") &&
		   kept("exec.argv[10]!=\"a=b\"") && kept("exec.argv[0]=\"a\"b\"") &&
		   kept("exec.argv[0]=\"=b\"") && kept("exec.argv[4294967295]=\"/\\*\""),
	   "K-277 arguments");
	ok(refused("exec.argv[00]=\"x\"", 10, NOT_AN_INDEX) &&
		   refused("exec.argv[0x1]=\"x\"", 10, NOT_AN_INDEX) &&
		   refused("exec.argv[4294967296]=\"x\"", 10, NOT_AN_INDEX) &&
		   refused("exec.argv[]=\"x\"", 10, NOT_AN_INDEX) &&
		   refused("exec.argv[=\"x\"", 10, NOT_AN_INDEX) &&
		   refused("exec.argv[1=\"x\"", 10, NOT_AN_INDEX) &&
		   refused("exec.argv[1-2]=\"x\"", 10, NOT_AN_INDEX) &&
		   refused("exec.argv[1]]=\"x\"", 10, NOT_AN_INDEX) &&
		   refused("exec.argv[-1]=\"x\"", 10, NOT_AN_INDEX) &&
		   refused("exec.argv=\"x\"", 0, NOT_AN_OPERAND),
	   "K-277 the index is a decimal number");
	ok(prints("exec.argv[08]=\"x\"", "exec.argv[8]=\"x\""),
	   "which may begin with a zero (1.6)");
	ok(refused("exec.argv[0]=x", 13, NOT_QUOTED) &&
		   refused("exec.argv[0]=\"", 13, NOT_QUOTED) &&
		   refused("exec.argv[0]=@G", 13, NOT_QUOTED) &&
		   refused("exec.argv[0]=", 13, NOT_QUOTED) &&
		   refused("exec.argv[0]=NULL", 13, NOT_QUOTED) &&
		   refused("exec.argv[0]=\"a", 13, NOT_QUOTED) &&
		   refused("exec.argv[0]==\"x\"", 13, NOT_QUOTED) &&
		   refused("exec.argv[0]=\"\\z\"", 14, "the text in quotes is not a correct word"),
	   "K-277 an argument is text in quotes");
}

static void test_environment(void)
{
	ok(kept("exec.envp[\"HOME\"]=NULL") && kept("exec.envp[\"HOME\"]!=NULL") &&
		   kept("exec.envp[\"HOME\"]=\"x\\*\"") && kept("exec.envp[\"LC_\\*\"]!=\"\"") &&
		   kept("exec.envp[\"a\"]\"]=NULL"),
	   "K-277 variables");
	ok(refused("exec.envp[\"HOME\"]=null", 18, NOT_QUOTED) &&
		   refused("exec.envp[\"HOME\"]=@G", 18, NOT_QUOTED) &&
		   refused("exec.envp[\"HOME\"]=", 18, NOT_QUOTED),
	   "K-277 a variable is text in quotes or NULL");
	ok(refused("exec.envp[HOME]=\"/\"", 10, NOT_A_VARIABLE) &&
		   refused("exec.envp[\"A=B\"]=NULL", 10, NOT_A_VARIABLE) &&
		   refused("exec.envp[\"]=NULL", 10, NOT_A_VARIABLE) &&
		   refused("exec.envp[]=NULL", 10, NOT_A_VARIABLE) &&
		   refused("exec.envp[=NULL", 10, NOT_A_VARIABLE) &&
		   refused("exec.envp[\"HOME\"=NULL", 10, NOT_A_VARIABLE) &&
		   refused("exec.envp[\"\"]=NULL", 11, "the name of the variable is not") &&
		   refused("exec.envp[\"\\z\"]=NULL", 11, "the name of the variable is not"),
	   "K-277 its name is in quotes, not empty, and without a =");
}

static void test_names(void)
{
	ok(kept("exec.realpath=\"/x\"") && kept("exec.realpath=@G") && kept("exec.realpath=\"\"") &&
		   kept("exec.realpath!=\"/x\\*\"") && kept("symlink.target=\"a\"") &&
		   kept("symlink.target!=@G"),
	   "K-277 names");
	ok(refused("exec.realpath=/x", 14, NOT_QUOTED) &&
		   refused("exec.realpath=symlink.target", 14, NOT_QUOTED) &&
		   refused("exec.realpath=NULL", 14, NOT_QUOTED) &&
		   refused("\"x\"=exec.realpath", 0, NOT_AN_OPERAND) &&
		   problem_is("\"/x\"=exec.realpath", false, 0, NOT_AN_OPERAND),
	   "K-277 a name is on the left, text in quotes or a group on the right");
	ok(kept("task.uid=exec.realpath") && kept("0!=symlink.target"),
	   "K-277 a name may stand beside a number, though it never equals one");
}

static void test_grant_log(void)
{
	ok(kept("grant_log=yes") && kept("grant_log=no"), "grant_log alone");
	ok(prints("grant_log=no task.gid=0", "task.gid=0 grant_log=no") &&
		   prints("task.uid=0 grant_log=yes task.gid=0",
			  "task.uid=0 task.gid=0 grant_log=yes"),
	   "K-278 grant_log is printed at the end");
	ok(refused("grant_log=yes grant_log=no", 14, "grant_log is here for the second time") &&
		   refused("grant_log=no 0=0 grant_log=no", 17, "grant_log is here for the second"),
	   "K-277 grant_log stands once");
	ok(refused("grant_log!=yes", 0, "grant_log can only be set with") &&
		   refused("grant_log=YES", 10, "grant_log is yes or no") &&
		   refused("grant_log=", 10, "grant_log is yes or no") &&
		   refused("grant_log==no", 10, "grant_log is yes or no") &&
		   refused("grant_log", 0, NOT_A_CONDITION),
	   "K-277 grant_log is yes or no");
	ok(problem_is("grant_log=yes 0=@a/b", true, 14, "a path in this place") &&
		   problem_is("<a> grant_log=yes 0=@a/b", true, 18, "a path in this place") &&
		   problem_is("grant_log=yes 0=@a/b", false, 14, "a path in this place") &&
		   problem_is("0=@a/b", false, 0, "a path in this place") &&
		   exec_prints("keep grant_log=yes 0=@a/b", "keep 0=@a/b grant_log=yes") &&
		   exec_prints("grant_log=yes 1=1 0=@a/b", "1=1 0=@a/b grant_log=yes"),
	   "no condition becomes a transition by the printing");
	ok(kept("") && kept("task.uid=0 task.uid=0 0=0"), "order and repetitions are kept");
	ok(refused(" 0=0", 0, NOT_A_CONDITION) && refused("0=0  0=0", 4, NOT_A_CONDITION),
	   "one space is between conditions");
}

static bool transition_is(const char *conditions, enum tmy_transition_type type, const char *text)
{
	struct tmy_conditions walk;
	struct tmy_condition condition;

	tmy_conditions_start(&walk, tmy_span(conditions, strlen(conditions)), true);
	while (tmy_conditions_next(&walk, &condition))
		;
	return !walk.problem.reason && walk.transition.type == type &&
	       is(walk.transition.text, text);
}

static void test_transitions(void)
{
	ok(transition_is("keep", TMY_KEEP, "") && transition_is("child 0=0", TMY_CHILD, "") &&
		   transition_is("initialize grant_log=no", TMY_INITIALIZE, "") &&
		   transition_is("reset", TMY_RESET, "") &&
		   transition_is("parent", TMY_PARENT, "") &&
		   transition_is("task.uid=0", TMY_NO_TRANSITION, "") &&
		   transition_is("", TMY_NO_TRANSITION, ""),
	   "the five keywords");
	ok(transition_is("/x", TMY_TO_PATH, "/x") && transition_is("//x 0=0", TMY_TO_PATH, "//x") &&
		   transition_is("a/b", TMY_TO_PATH, "a/b") &&
		   transition_is("\\*/x", TMY_TO_PATH, "\\*/x") &&
		   transition_is("keep/", TMY_TO_PATH, "keep/"),
	   "a path");
	ok(transition_is("<kernel> /x /y task.uid=0", TMY_TO_DOMAIN, "<kernel> /x /y") &&
		   transition_is("<a>", TMY_TO_DOMAIN, "<a>") &&
		   transition_is("</a> grant_log=yes", TMY_TO_DOMAIN, "</a>") &&
		   transition_is("<a> exec.realpath=\"/x\"", TMY_TO_DOMAIN, "<a>"),
	   "a domain and all paths behind it");
	ok(exec_kept("keep") && exec_kept("parent task.uid=0") && exec_kept("/x") &&
		   exec_kept("<kernel> /x /y task.uid=0 grant_log=no") &&
		   exec_prints("child grant_log=no 0X1=1", "child 0x1=1 grant_log=no"),
	   "a transition is printed first");
	ok(exec_refused("x", 0, NOT_A_CONDITION) && exec_refused("a.b/c", 0, NOT_A_CONDITION) &&
		   exec_refused("keepx", 0, NOT_A_CONDITION) &&
		   exec_refused("<kernel> x", 9, NOT_A_CONDITION),
	   "what is neither a transition nor a condition");
	ok(exec_refused("<> /x", 0, "not the name of a domain") &&
		   exec_refused("<kernel", 0, "not the name of a domain") &&
		   exec_refused("</a", 0, "not the name of a domain") &&
		   exec_refused("<\\z>", 0, "not the name of a domain"),
	   "what begins with < is a domain's name");
	ok(exec_refused("keep child", 5, NO_TRANSITION) &&
		   exec_refused("/x /y", 3, NO_TRANSITION) &&
		   exec_refused("task.uid=0 keep", 11, NO_TRANSITION) &&
		   exec_refused("keep <kernel>", 5, NO_TRANSITION) &&
		   exec_refused("grant_log=no keep", 13, NO_TRANSITION) &&
		   exec_refused("<kernel> keep", 9, NO_TRANSITION),
	   "there is one transition, and it comes first");
	ok(problem_is("keep", false, 0, NO_TRANSITION) &&
		   problem_is("/x", false, 0, NO_TRANSITION) &&
		   problem_is("<kernel> /x", false, 0, NO_TRANSITION) &&
		   problem_is("reset 0=0", false, 0, NO_TRANSITION),
	   "K-185 only the execution of programs has a transition");
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
	ok(count == 4 && !tmy_conditions_next(&walk, &none) && !walk.problem.reason,
	   "conditions are handed out one by one");
	ok(!found[0].equal && found[0].left.type == TMY_OPERAND_ARGV && found[0].left.index == 7 &&
		   found[0].right.type == TMY_OPERAND_QUOTED && is(found[0].right.text, "a"),
	   "an argument");
	ok(found[1].equal && found[1].left.type == TMY_OPERAND_ENVP &&
		   is(found[1].left.text, "N") && found[1].right.type == TMY_OPERAND_NULL,
	   "a variable");
	ok(found[2].left.type == TMY_OPERAND_NUMBER && found[2].left.number.low == 1 &&
		   found[2].left.number.high == 2 && found[2].right.type == TMY_OPERAND_GROUP &&
		   is(found[2].right.text, "G"),
	   "a range and a group");
	ok(found[3].left.type == TMY_OPERAND_SYMLINK_TARGET &&
		   found[3].right.type == TMY_OPERAND_QUOTED && is(found[3].right.text, ""),
	   "a name");
	tmy_conditions_start(&walk, TMY_SPAN("x 0=0"), false);
	ok(!tmy_conditions_next(&walk, &none) && walk.problem.reason &&
		   !tmy_conditions_next(&walk, &none),
	   "nothing is handed out behind a problem");
	tmy_conditions_start(&walk, TMY_SPAN("task.uid=0 grant_log=yes"), false);
	while (tmy_conditions_next(&walk, &none))
		;
	ok(walk.grant_log == TMY_LOG_YES && !walk.problem.reason, "grant_log is noted");
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
