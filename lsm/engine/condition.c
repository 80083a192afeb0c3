// SPDX-License-Identifier: GPL-2.0-only
/* Conditions: parsing, checking and printing. */
#include "condition.h"
#include "word.h"

/* TMY_SPAN() for tables, where C wants a constant. */
/* Versions of clang-format disagree about braces in a macro. */
/* clang-format off */
#define WORD(literal) { literal, sizeof(literal) - 1 }
/* clang-format on */

static const struct tmy_span keywords[TMY_KEYWORDS] = {
	[TMY_TASK_UID] = WORD("task.uid"),
	[TMY_TASK_EUID] = WORD("task.euid"),
	[TMY_TASK_SUID] = WORD("task.suid"),
	[TMY_TASK_FSUID] = WORD("task.fsuid"),
	[TMY_TASK_GID] = WORD("task.gid"),
	[TMY_TASK_EGID] = WORD("task.egid"),
	[TMY_TASK_SGID] = WORD("task.sgid"),
	[TMY_TASK_FSGID] = WORD("task.fsgid"),
	[TMY_TASK_PID] = WORD("task.pid"),
	[TMY_TASK_PPID] = WORD("task.ppid"),
	[TMY_EXEC_ARGC] = WORD("exec.argc"),
	[TMY_EXEC_ENVC] = WORD("exec.envc"),
	[TMY_TYPE_SOCKET] = WORD("socket"),
	[TMY_TYPE_SYMLINK] = WORD("symlink"),
	[TMY_TYPE_FILE] = WORD("file"),
	[TMY_TYPE_BLOCK] = WORD("block"),
	[TMY_TYPE_DIRECTORY] = WORD("directory"),
	[TMY_TYPE_CHAR] = WORD("char"),
	[TMY_TYPE_FIFO] = WORD("fifo"),
	[TMY_BIT_SETUID] = WORD("setuid"),
	[TMY_BIT_SETGID] = WORD("setgid"),
	[TMY_BIT_STICKY] = WORD("sticky"),
	[TMY_BIT_OWNER_READ] = WORD("owner_read"),
	[TMY_BIT_OWNER_WRITE] = WORD("owner_write"),
	[TMY_BIT_OWNER_EXECUTE] = WORD("owner_execute"),
	[TMY_BIT_GROUP_READ] = WORD("group_read"),
	[TMY_BIT_GROUP_WRITE] = WORD("group_write"),
	[TMY_BIT_GROUP_EXECUTE] = WORD("group_execute"),
	[TMY_BIT_OTHERS_READ] = WORD("others_read"),
	[TMY_BIT_OTHERS_WRITE] = WORD("others_write"),
	[TMY_BIT_OTHERS_EXECUTE] = WORD("others_execute"),
	[TMY_PATH1_UID] = WORD("path1.uid"),
	[TMY_PATH1_GID] = WORD("path1.gid"),
	[TMY_PATH1_INO] = WORD("path1.ino"),
	[TMY_PATH1_MAJOR] = WORD("path1.major"),
	[TMY_PATH1_MINOR] = WORD("path1.minor"),
	[TMY_PATH1_PERM] = WORD("path1.perm"),
	[TMY_PATH1_TYPE] = WORD("path1.type"),
	[TMY_PATH1_DEV_MAJOR] = WORD("path1.dev_major"),
	[TMY_PATH1_DEV_MINOR] = WORD("path1.dev_minor"),
	[TMY_PATH2_UID] = WORD("path2.uid"),
	[TMY_PATH2_GID] = WORD("path2.gid"),
	[TMY_PATH2_INO] = WORD("path2.ino"),
	[TMY_PATH2_MAJOR] = WORD("path2.major"),
	[TMY_PATH2_MINOR] = WORD("path2.minor"),
	[TMY_PATH2_PERM] = WORD("path2.perm"),
	[TMY_PATH2_TYPE] = WORD("path2.type"),
	[TMY_PATH2_DEV_MAJOR] = WORD("path2.dev_major"),
	[TMY_PATH2_DEV_MINOR] = WORD("path2.dev_minor"),
	[TMY_PATH1_PARENT_UID] = WORD("path1.parent.uid"),
	[TMY_PATH1_PARENT_GID] = WORD("path1.parent.gid"),
	[TMY_PATH1_PARENT_INO] = WORD("path1.parent.ino"),
	[TMY_PATH1_PARENT_PERM] = WORD("path1.parent.perm"),
	[TMY_PATH2_PARENT_UID] = WORD("path2.parent.uid"),
	[TMY_PATH2_PARENT_GID] = WORD("path2.parent.gid"),
	[TMY_PATH2_PARENT_INO] = WORD("path2.parent.ino"),
	[TMY_PATH2_PARENT_PERM] = WORD("path2.parent.perm"),
};

static const struct tmy_span transitions[] = {
	[TMY_KEEP] = WORD("keep"),
	[TMY_CHILD] = WORD("child"),
	[TMY_INITIALIZE] = WORD("initialize"),
	[TMY_RESET] = WORD("reset"),
	[TMY_PARENT] = WORD("parent"),
};

struct tmy_span tmy_keyword_word(enum tmy_keyword keyword)
{
	return keywords[keyword];
}

struct tmy_span tmy_transition_word(enum tmy_transition_type type)
{
	return transitions[type];
}

static bool starts_with(struct tmy_span text, char c)
{
	return text.length && text.at[0] == c;
}

/* The type of a transition argument that is not the name of a domain. */
static u8 transition_type(struct tmy_span word)
{
	unsigned int type;

	for (type = TMY_KEEP; type <= TMY_PARENT; type++)
		if (tmy_span_equal(word, transitions[type]))
			return (u8)type;
	return tmy_correct_path(word.at, word.length) ? TMY_TO_PATH : TMY_NO_TRANSITION;
}

/* Parses the name of a domain at the front: "<WORD>" and all paths that follow. */
static bool take_domain(struct tmy_span *rest, struct tmy_span *name)
{
	struct tmy_span left = *rest, word = tmy_span_word(&left);

	if (!tmy_domain_def(word.at, word.length))
		return false;
	*name = word;
	for (;;) {
		*rest = left;
		word = tmy_span_word(&left);
		if (!tmy_correct_path(word.at, word.length))
			return true;
		name->length = (size_t)(word.at + word.length - name->at);
	}
}

static void take_transition(struct tmy_conditions *walk)
{
	struct tmy_span left = walk->rest, word;

	if (starts_with(left, '<')) {
		walk->transition.type = TMY_TO_DOMAIN;
		if (!take_domain(&walk->rest, &walk->transition.text))
			tmy_problem(&walk->problem, left.at, "not the name of a domain");
		return;
	}
	word = tmy_span_word(&left);
	walk->transition.type = transition_type(word);
	if (walk->transition.type == TMY_NO_TRANSITION)
		return;
	if (walk->transition.type == TMY_TO_PATH)
		walk->transition.text = word;
	walk->rest = left;
}

void tmy_conditions_start(struct tmy_conditions *walk, struct tmy_span text, bool transition)
{
	memset(walk, 0, sizeof(*walk));
	walk->rest = text;
	if (transition)
		take_transition(walk);
	walk->ambiguous = walk->transition.type == TMY_NO_TRANSITION ||
			  walk->transition.type == TMY_TO_DOMAIN;
}

/* Splits at the first '=', and at a '!' directly before it. */
static bool split_condition(struct tmy_span token, struct tmy_span *left, bool *equal,
			    struct tmy_span *right)
{
	const char *sign = token.length ? memchr(token.at, '=', token.length) : NULL;

	if (!sign)
		return false;
	*left = tmy_span(token.at, (size_t)(sign - token.at));
	*right = tmy_span(sign + 1, token.length - left->length - 1);
	*equal = !left->length || sign[-1] != '!';
	if (!*equal)
		left->length--;
	return true;
}

static bool not_a_condition(struct tmy_span token, struct tmy_problem *problem)
{
	if (starts_with(token, '<') || transition_type(token) != TMY_NO_TRANSITION)
		return tmy_problem(problem, token.at,
				   "not a condition; a transition can only stand directly behind "
				   "the name of \"file execute\"");
	return tmy_problem(problem, token.at,
			   "not a condition, which is A=B or A!=B, without spaces");
}

static bool note_grant_log(struct tmy_conditions *walk, const char *at, bool equal,
			   struct tmy_span value)
{
	if (!equal)
		return tmy_problem(&walk->problem, at, "grant_log can only be set with \"=\"");
	if (walk->grant_log != TMY_LOG_AS_PROFILE)
		return tmy_problem(&walk->problem, at, "grant_log is here for the second time");
	if (tmy_span_equal(value, TMY_SPAN("yes")))
		walk->grant_log = TMY_LOG_YES;
	else if (tmy_span_equal(value, TMY_SPAN("no")))
		walk->grant_log = TMY_LOG_NO;
	else
		return tmy_problem(&walk->problem, value.at, "grant_log is yes or no");
	return true;
}

static bool parse_keyword_or_number(struct tmy_span text, struct tmy_operand *operand,
				    struct tmy_problem *problem)
{
	unsigned int i;

	for (i = 0; i < TMY_KEYWORDS; i++) {
		if (!tmy_span_equal(text, keywords[i]))
			continue;
		operand->type = TMY_OPERAND_KEYWORD;
		operand->keyword = (u8)i;
		return true;
	}
	if (!text.length || tmy_digit(text.at[0]) > 9)
		return tmy_problem(problem, text.at, "neither a keyword nor a number");
	operand->type = TMY_OPERAND_NUMBER;
	return tmy_parse_number(text, &operand->number, problem);
}

/* exec.realpath, symlink.target */
static bool parse_name(struct tmy_span text, struct tmy_operand *operand)
{
	if (tmy_span_equal(text, TMY_SPAN("exec.realpath")))
		operand->type = TMY_OPERAND_REALPATH;
	else if (tmy_span_equal(text, TMY_SPAN("symlink.target")))
		operand->type = TMY_OPERAND_SYMLINK_TARGET;
	else
		return false;
	return true;
}

/* What follows "exec.argv[". A number with a zero in front would be octal (1.6). */
static bool parse_argv(struct tmy_span text, struct tmy_operand *operand,
		       struct tmy_problem *problem)
{
	const char *start = text.at;
	bool octal = text.length > 1 && text.at[0] == '0' && tmy_digit(text.at[1]) < 8;
	unsigned long index;

	if (octal || !tmy_parse_decimal(&text, 0xffffffff, &index) ||
	    !tmy_span_equal(text, TMY_SPAN("]")))
		return tmy_problem(
			problem, start,
			"the index must be a decimal number up to 4294967295, then \"]\"");
	operand->type = TMY_OPERAND_ARGV;
	operand->index = (u32)index;
	return true;
}

/* What follows "exec.envp[": quotes that hold a word, and a bracket. */
static bool parse_envp(struct tmy_span text, struct tmy_operand *operand,
		       struct tmy_problem *problem)
{
	if (text.length < 3 || text.at[0] != '"' || text.at[text.length - 2] != '"' ||
	    text.at[text.length - 1] != ']')
		return tmy_problem(
			problem, text.at,
			"the variable must be named in quotes, without \"=\", then \"]\"");
	operand->type = TMY_OPERAND_ENVP;
	operand->text = tmy_span(text.at + 1, text.length - 3);
	if (!tmy_correct_word(operand->text.at, operand->text.length))
		return tmy_problem(problem, operand->text.at,
				   "the name of the variable is not a correct word");
	return true;
}

static bool parse_left_operand(struct tmy_span text, struct tmy_operand *operand,
			       struct tmy_problem *problem)
{
	if (tmy_span_skip(&text, TMY_SPAN("exec.argv[")))
		return parse_argv(text, operand, problem);
	if (tmy_span_skip(&text, TMY_SPAN("exec.envp[")))
		return parse_envp(text, operand, problem);
	if (starts_with(text, '@'))
		return tmy_problem(problem, text.at, "a group can only stand on the right");
	return parse_name(text, operand) || parse_keyword_or_number(text, operand, problem);
}

static bool parse_group(struct tmy_span text, struct tmy_operand *operand,
			struct tmy_problem *problem)
{
	operand->type = TMY_OPERAND_GROUP;
	operand->text = tmy_span(text.at + 1, text.length - 1);
	if (!tmy_correct_word(operand->text.at, operand->text.length))
		return tmy_problem(problem, operand->text.at,
				   "the name of the group is not a correct word");
	return true;
}

static bool parse_quoted(struct tmy_span text, struct tmy_operand *operand,
			 struct tmy_problem *problem)
{
	if (text.length < 2 || text.at[0] != '"' || text.at[text.length - 1] != '"')
		return tmy_problem(problem, text.at, "text in quotes is expected here");
	operand->type = TMY_OPERAND_QUOTED;
	operand->text = tmy_span(text.at + 1, text.length - 2);
	if (operand->text.length && !tmy_correct_word(operand->text.at, operand->text.length))
		return tmy_problem(problem, operand->text.at,
				   "the text in quotes is not a correct word");
	return true;
}

/* What may stand on the right depends on the left. */
static bool parse_right_operand(struct tmy_span text, u8 left, struct tmy_operand *operand,
				struct tmy_problem *problem)
{
	bool group = starts_with(text, '@');

	switch (left) {
	case TMY_OPERAND_ARGV:
		return parse_quoted(text, operand, problem);
	case TMY_OPERAND_ENVP:
		if (!tmy_span_equal(text, TMY_SPAN("NULL")))
			return parse_quoted(text, operand, problem);
		operand->type = TMY_OPERAND_NULL;
		return true;
	case TMY_OPERAND_REALPATH:
	case TMY_OPERAND_SYMLINK_TARGET:
		return group ? parse_group(text, operand, problem)
			     : parse_quoted(text, operand, problem);
	default:
		if (group)
			return parse_group(text, operand, problem);
		return parse_name(text, operand) || parse_keyword_or_number(text, operand, problem);
	}
}

bool tmy_conditions_next(struct tmy_conditions *walk, struct tmy_condition *condition)
{
	struct tmy_problem *problem = &walk->problem;

	while (walk->rest.length && !problem->reason) {
		struct tmy_span token = tmy_span_word(&walk->rest), left, right;
		bool equal;

		if (!split_condition(token, &left, &equal, &right))
			return not_a_condition(token, problem);
		if (tmy_span_equal(left, TMY_SPAN("grant_log"))) {
			note_grant_log(walk, token.at, equal, right);
			continue;
		}
		memset(condition, 0, sizeof(*condition));
		condition->equal = equal;
		if (!parse_left_operand(left, &condition->left, problem) ||
		    !parse_right_operand(right, condition->left.type, &condition->right, problem))
			return false;
		/*
		 * A condition may be a path (0=@a/b). As grant_log= is printed last, it may come to
		 * stand first, where it would be parsed as a transition argument.
		 */
		if (walk->ambiguous && tmy_correct_path(token.at, token.length))
			return tmy_problem(problem, token.at,
					   "a path in this place would be read as a transition");
		walk->ambiguous = false;
		return true;
	}
	return false;
}

bool tmy_check_conditions(struct tmy_span text, bool transition, struct tmy_problem *problem)
{
	struct tmy_conditions walk;
	struct tmy_condition condition;

	tmy_conditions_start(&walk, text, transition);
	while (tmy_conditions_next(&walk, &condition))
		;
	if (walk.problem.reason)
		return tmy_problem(problem, walk.problem.at, walk.problem.reason);
	return true;
}

static void put_operand(struct tmy_text *to, const struct tmy_operand *operand)
{
	switch (operand->type) {
	case TMY_OPERAND_KEYWORD:
		tmy_put(to, keywords[operand->keyword]);
		break;
	case TMY_OPERAND_NUMBER:
		tmy_put_number(to, &operand->number);
		break;
	case TMY_OPERAND_GROUP:
		tmy_put_char(to, '@');
		tmy_put(to, operand->text);
		break;
	case TMY_OPERAND_QUOTED:
		tmy_put_char(to, '"');
		tmy_put(to, operand->text);
		tmy_put_char(to, '"');
		break;
	case TMY_OPERAND_NULL:
		tmy_puts(to, "NULL");
		break;
	case TMY_OPERAND_REALPATH:
		tmy_puts(to, "exec.realpath");
		break;
	case TMY_OPERAND_SYMLINK_TARGET:
		tmy_puts(to, "symlink.target");
		break;
	case TMY_OPERAND_ARGV:
		tmy_puts(to, "exec.argv[");
		tmy_put_decimal(to, operand->index);
		tmy_put_char(to, ']');
		break;
	case TMY_OPERAND_ENVP:
		tmy_puts(to, "exec.envp[\"");
		tmy_put(to, operand->text);
		tmy_puts(to, "\"]");
		break;
	}
}

static void put_transition(struct tmy_text *to, const struct tmy_transition *transition)
{
	switch (transition->type) {
	case TMY_NO_TRANSITION:
		break;
	case TMY_TO_DOMAIN:
	case TMY_TO_PATH:
		tmy_put(to, transition->text);
		break;
	default:
		tmy_put(to, transitions[transition->type]);
	}
}

void tmy_put_conditions(struct tmy_text *to, struct tmy_span text, bool transition)
{
	const size_t start = to->length;
	struct tmy_conditions walk;
	struct tmy_condition condition;

	tmy_conditions_start(&walk, text, transition);
	put_transition(to, &walk.transition);
	while (tmy_conditions_next(&walk, &condition)) {
		if (to->length > start)
			tmy_put_char(to, ' ');
		put_operand(to, &condition.left);
		if (!condition.equal)
			tmy_put_char(to, '!');
		tmy_put_char(to, '=');
		put_operand(to, &condition.right);
	}
	if (walk.grant_log == TMY_LOG_AS_PROFILE)
		return;
	if (to->length > start)
		tmy_put_char(to, ' ');
	tmy_put(to, walk.grant_log == TMY_LOG_YES ? TMY_SPAN("grant_log=yes")
						  : TMY_SPAN("grant_log=no"));
}
