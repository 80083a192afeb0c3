// SPDX-License-Identifier: GPL-2.0-only
/* Requirement: compiles and evaluates the conditions of an entry. */
#include "requirement.h"
#include "group.h"
#include "hash.h"
#include "search.h"

static void release_side(struct tmy_policy *policy, const struct tmy_side *side)
{
	tmy_atom_put(policy, side->name);
	tmy_group_put(policy, side->group);
}

void tmy_requirement_release(struct tmy_policy *policy, const struct tmy_requirement *requirement)
{
	u32 i;

	tmy_atom_put(policy, requirement->target);
	for (i = 0; i < requirement->tests; i++) {
		release_side(policy, &requirement->test[i].left);
		release_side(policy, &requirement->test[i].right);
	}
}

/* A group on the other side of such an operand is a path_group. */
static bool is_name_operand(const struct tmy_operand *operand)
{
	return operand->type == TMY_OPERAND_REALPATH || operand->type == TMY_OPERAND_SYMLINK_TARGET;
}

static bool fill_side(struct tmy_policy *policy, struct tmy_namespace *space,
		      const struct tmy_operand *operand, bool paths, struct tmy_side *side)
{
	side->type = operand->type;
	switch (operand->type) {
	case TMY_OPERAND_KEYWORD:
		side->keyword = operand->keyword;
		break;
	case TMY_OPERAND_NUMBER:
		side->number = operand->number;
		break;
	case TMY_OPERAND_ARGV:
		side->index = operand->index;
		break;
	case TMY_OPERAND_GROUP:
		side->group = tmy_group_get(
			policy, space, paths ? TMY_PATH_GROUP : TMY_NUMBER_GROUP, operand->text);
		return side->group;
	case TMY_OPERAND_QUOTED:
	case TMY_OPERAND_ENVP:
		if (!operand->text.length)
			break;
		side->name = tmy_atom_word(policy, operand->text);
		return side->name;
	}
	return true;
}

static bool fill_requirement(struct tmy_policy *policy, struct tmy_namespace *space,
			     struct tmy_span text, bool transition,
			     struct tmy_requirement *requirement)
{
	struct tmy_conditions walk;
	struct tmy_condition condition;

	tmy_conditions_start(&walk, text, transition);
	while (tmy_conditions_next(&walk, &condition)) {
		struct tmy_test *test = &requirement->test[requirement->tests++];

		test->equal = condition.equal;
		if (condition.left.type == TMY_OPERAND_ARGV ||
		    condition.left.type == TMY_OPERAND_ENVP)
			requirement->needs_arguments = 1;
		if (!fill_side(policy, space, &condition.left, false, &test->left) ||
		    !fill_side(policy, space, &condition.right, is_name_operand(&condition.left),
			       &test->right))
			return false;
	}
	requirement->grant_log = walk.grant_log;
	requirement->transition = walk.transition.type;
	if (walk.transition.type < TMY_TO_DOMAIN)
		return true;
	requirement->target = walk.transition.type == TMY_TO_DOMAIN
				      ? tmy_atom_domain(policy, walk.transition.text)
				      : tmy_atom_word(policy, walk.transition.text);
	return requirement->target;
}

static u32 count_conditions(struct tmy_span text, bool transition)
{
	struct tmy_conditions walk;
	struct tmy_condition condition;
	u32 tests = 0;

	tmy_conditions_start(&walk, text, transition);
	while (tmy_conditions_next(&walk, &condition))
		tests++;
	return tests;
}

const struct tmy_atom *tmy_requirement_intern(struct tmy_policy *policy,
					      struct tmy_namespace *space, struct tmy_span text,
					      bool transition)
{
	u32 tests = count_conditions(text, transition);
	struct tmy_requirement *requirement;
	const struct tmy_atom *atom = NULL;
	struct tmy_text canonical = tmy_text(NULL, 0);
	size_t head = sizeof(*requirement) + tests * sizeof(struct tmy_test), size;

	tmy_put_conditions(&canonical, text, transition);
	size = head + canonical.length;
	/* Not charged to the policy: its quota must not keep an existing atom from being found. */
	requirement = tmy_os_alloc(size);
	if (!requirement)
		return NULL;
	memset(requirement, 0, size);
	if (fill_requirement(policy, space, text, transition, requirement)) {
		requirement->length = (u32)canonical.length;
		canonical = tmy_text((char *)requirement + head, size - head);
		tmy_put_conditions(&canonical, text, transition);
		atom = tmy_atom_structure(policy, TMY_ATOM_REQUIREMENT, requirement, size);
	} else {
		tmy_requirement_release(policy, requirement);
	}
	tmy_os_free(requirement, size);
	return atom;
}

/* Loads facts on demand, each once. */
static void load_facts(struct tmy_facts *facts, unsigned int what)
{
	if (facts->loaded & what)
		return;
	facts->loaded |= what;
	if (facts->load)
		facts->load(facts, what);
}

static const unsigned long constants[] = {
	[TMY_TYPE_SOCKET] = 0140000,	[TMY_TYPE_SYMLINK] = 0120000,  [TMY_TYPE_FILE] = 0100000,
	[TMY_TYPE_BLOCK] = 060000,	[TMY_TYPE_DIRECTORY] = 040000, [TMY_TYPE_CHAR] = 020000,
	[TMY_TYPE_FIFO] = 010000,	[TMY_BIT_SETUID] = 04000,      [TMY_BIT_SETGID] = 02000,
	[TMY_BIT_STICKY] = 01000,	[TMY_BIT_OWNER_READ] = 0400,   [TMY_BIT_OWNER_WRITE] = 0200,
	[TMY_BIT_OWNER_EXECUTE] = 0100, [TMY_BIT_GROUP_READ] = 040,    [TMY_BIT_GROUP_WRITE] = 020,
	[TMY_BIT_GROUP_EXECUTE] = 010,	[TMY_BIT_OTHERS_READ] = 04,    [TMY_BIT_OTHERS_WRITE] = 02,
	[TMY_BIT_OTHERS_EXECUTE] = 01,
};

static bool is_permission_bit(u8 keyword)
{
	return keyword >= TMY_BIT_SETUID && keyword <= TMY_BIT_OTHERS_EXECUTE;
}

static bool is_permission_keyword(u8 keyword)
{
	return keyword == TMY_PATH1_PERM || keyword == TMY_PATH2_PERM ||
	       keyword == TMY_PATH1_PARENT_PERM || keyword == TMY_PATH2_PARENT_PERM;
}

static bool task_value(struct tmy_facts *facts, u8 keyword, unsigned long *value)
{
	load_facts(facts, TMY_FACTS_TASK);
	switch (keyword) {
	case TMY_TASK_UID:
		*value = facts->uid;
		break;
	case TMY_TASK_EUID:
		*value = facts->euid;
		break;
	case TMY_TASK_SUID:
		*value = facts->suid;
		break;
	case TMY_TASK_FSUID:
		*value = facts->fsuid;
		break;
	case TMY_TASK_GID:
		*value = facts->gid;
		break;
	case TMY_TASK_EGID:
		*value = facts->egid;
		break;
	case TMY_TASK_SGID:
		*value = facts->sgid;
		break;
	case TMY_TASK_FSGID:
		*value = facts->fsgid;
		break;
	case TMY_TASK_PID:
		*value = facts->pid;
		break;
	default:
		*value = facts->ppid;
	}
	return true;
}

/* @field: the corresponding keyword of path1 */
static bool attribute_value(const struct tmy_attributes *of, u8 field, unsigned long *value)
{
	switch (field) {
	case TMY_PATH1_UID:
		*value = of->uid;
		break;
	case TMY_PATH1_GID:
		*value = of->gid;
		break;
	case TMY_PATH1_INO:
		*value = of->ino;
		break;
	case TMY_PATH1_MAJOR:
		*value = of->major;
		break;
	case TMY_PATH1_MINOR:
		*value = of->minor;
		break;
	case TMY_PATH1_PERM:
		*value = of->mode & 07777;
		break;
	case TMY_PATH1_TYPE:
		*value = of->mode & 0170000;
		break;
	case TMY_PATH1_DEV_MAJOR:
		*value = of->dev_major;
		break;
	default:
		*value = of->dev_minor;
	}
	return of->known;
}

static bool path_value(struct tmy_facts *facts, u8 keyword, unsigned long *value)
{
	static const u8 parent_fields[] = { TMY_PATH1_UID, TMY_PATH1_GID, TMY_PATH1_INO,
					    TMY_PATH1_PERM };

	if (keyword >= TMY_PATH2_PARENT_UID) {
		load_facts(facts, TMY_FACTS_PATH2);
		return attribute_value(&facts->path2.parent,
				       parent_fields[keyword - TMY_PATH2_PARENT_UID], value);
	}
	if (keyword >= TMY_PATH1_PARENT_UID) {
		load_facts(facts, TMY_FACTS_PATH1);
		return attribute_value(&facts->path1.parent,
				       parent_fields[keyword - TMY_PATH1_PARENT_UID], value);
	}
	if (keyword >= TMY_PATH2_UID) {
		load_facts(facts, TMY_FACTS_PATH2);
		return attribute_value(&facts->path2.path,
				       (u8)(keyword - TMY_PATH2_UID + TMY_PATH1_UID), value);
	}
	load_facts(facts, TMY_FACTS_PATH1);
	return attribute_value(&facts->path1.path, keyword, value);
}

/* The value of a keyword. Return: false when it is not available. */
static bool keyword_value(struct tmy_facts *facts, u8 keyword, unsigned long *value)
{
	if (keyword <= TMY_TASK_PPID)
		return task_value(facts, keyword, value);
	if (keyword == TMY_EXEC_ARGC || keyword == TMY_EXEC_ENVC) {
		*value = keyword == TMY_EXEC_ARGC ? facts->argc : facts->envc;
		return facts->exec;
	}
	if (keyword < TMY_PATH1_UID) {
		*value = constants[keyword];
		return true;
	}
	return path_value(facts, keyword, value);
}

/* The value or range of an operand. Return: false when it is not available. */
static bool side_interval(struct tmy_facts *facts, const struct tmy_side *side, unsigned long *low,
			  unsigned long *high)
{
	if (side->type == TMY_OPERAND_NUMBER) {
		*low = side->number.low;
		*high = side->number.high;
		return true;
	}
	if (side->type != TMY_OPERAND_KEYWORD || !keyword_value(facts, side->keyword, low))
		return false;
	*high = *low;
	return true;
}

/* Evaluates a condition with a permission bit (4.3). Return: -1 when it is a plain comparison. */
static int test_permission_bit(struct tmy_facts *facts, const struct tmy_side *left,
			       const struct tmy_side *right, bool equal)
{
	bool left_bit = left->type == TMY_OPERAND_KEYWORD && is_permission_bit(left->keyword);
	bool right_bit = right->type == TMY_OPERAND_KEYWORD && is_permission_bit(right->keyword);
	const struct tmy_side *other = left_bit ? right : left;
	u8 bit = left_bit ? left->keyword : right->keyword;
	unsigned long perm;

	if (!left_bit && !right_bit)
		return -1;
	if (other->type != TMY_OPERAND_KEYWORD)
		return left_bit ? -1 : 0;
	if (!is_permission_keyword(other->keyword) || !keyword_value(facts, other->keyword, &perm))
		return 0;
	return !(perm & constants[bit]) != equal;
}

static bool numbers_hold(const struct tmy_policy *policy, struct tmy_facts *facts,
			 const struct tmy_test *test)
{
	unsigned long low, high, right_low, right_high;
	int bit = test_permission_bit(facts, &test->left, &test->right, test->equal);
	bool overlap;

	if (bit >= 0)
		return bit;
	if (!side_interval(facts, &test->left, &low, &high))
		return false;
	if (test->right.type == TMY_OPERAND_GROUP) {
		overlap = tmy_group_numbers(policy, test->right.group, low, high);
	} else {
		if (!side_interval(facts, &test->right, &right_low, &right_high))
			return false;
		overlap = low <= right_high && right_low <= high;
	}
	return overlap == test->equal;
}

/* The empty text has no atom. */
static bool text_matches(const struct tmy_atom *name, struct tmy_span text, unsigned long *scratch)
{
	return name ? tmy_atom_matches(name, text, scratch) : !text.length;
}

static bool group_matches(const struct tmy_policy *policy, const struct tmy_group *group,
			  struct tmy_span text, unsigned long *scratch)
{
	struct tmy_request_name subject = { .text = text };

	subject.hash = tmy_hash(policy->secret, text);
	subject.atom = tmy_atom_find(policy, TMY_ATOM_WORD, text, subject.hash);
	return tmy_group_name(policy, group, &subject, scratch);
}

static bool name_holds(const struct tmy_policy *policy, const struct tmy_request *request,
		       const struct tmy_test *test)
{
	struct tmy_facts *facts = request->facts;
	bool realpath = test->left.type == TMY_OPERAND_REALPATH;
	struct tmy_span text;
	bool match;

	if (realpath ? !facts->exec : !facts->symlink_target.at)
		return false;
	if (realpath)
		load_facts(facts, TMY_FACTS_REALPATH);
	text = realpath ? facts->realpath : facts->symlink_target;
	if (test->right.type == TMY_OPERAND_GROUP)
		match = group_matches(policy, test->right.group, text, request->scratch);
	else
		match = text_matches(test->right.name, text, request->scratch);
	return match == test->equal;
}

static struct tmy_span truncate_argument(struct tmy_span argument)
{
	if (argument.length > TMY_ARGUMENT_MAX)
		argument.length = TMY_ARGUMENT_MAX;
	return argument;
}

static struct tmy_span argument_at(struct tmy_facts *facts, u32 index)
{
	return truncate_argument(facts->string ? facts->string(facts, index, false)
					       : facts->argv[index]);
}

/* @name: only the name and the '=' are needed, which facts->string() can load without the value */
static struct tmy_span variable_at(struct tmy_facts *facts, u32 index, bool name)
{
	return truncate_argument(facts->string ? facts->string(facts, facts->argc + index, name)
					       : facts->envp[index]);
}

static bool argument_holds(const struct tmy_request *request, const struct tmy_test *test)
{
	struct tmy_facts *facts = request->facts;
	bool match = test->left.index < facts->argc &&
		     text_matches(test->right.name, argument_at(facts, test->left.index),
				  request->scratch);

	return match == test->equal;
}

static bool variable_holds(const struct tmy_request *request, const struct tmy_test *test)
{
	struct tmy_facts *facts = request->facts;
	bool null = test->right.type == TMY_OPERAND_NULL;
	bool some = false, some_match = false, all_match = true;
	u32 i;

	for (i = 0; i < facts->envc; i++) {
		struct tmy_span name = variable_at(facts, i, true), value;
		const char *equal = name.length ? memchr(name.at, '=', name.length) : NULL;
		size_t length;

		if (!equal)
			continue;
		length = (size_t)(equal - name.at);
		name.length = length;
		if (!text_matches(test->left.name, name, request->scratch))
			continue;
		some = true;
		if (null)
			break;
		value = variable_at(facts, i, false);
		if (value.length <= length)
			return false; /* loading it has failed, see facts->failed */
		value = tmy_span(value.at + length + 1, value.length - length - 1);
		if (text_matches(test->right.name, value, request->scratch))
			some_match = true;
		else
			all_match = false;
	}
	if (null)
		return some != test->equal;
	return test->equal ? some && all_match : !some_match;
}

static bool test_needs_arguments(const struct tmy_test *test)
{
	return test->left.type == TMY_OPERAND_ARGV || test->left.type == TMY_OPERAND_ENVP;
}

static bool test_holds(const struct tmy_policy *policy, const struct tmy_request *request,
		       const struct tmy_test *test)
{
	switch (test->left.type) {
	case TMY_OPERAND_REALPATH:
	case TMY_OPERAND_SYMLINK_TARGET:
		return name_holds(policy, request, test);
	case TMY_OPERAND_ARGV:
		return argument_holds(request, test);
	case TMY_OPERAND_ENVP:
		return variable_holds(request, test);
	default:
		return numbers_hold(policy, request->facts, test);
	}
}

enum tmy_verdict tmy_requirement_verdict(const struct tmy_policy *policy,
					 const struct tmy_requirement *requirement,
					 const struct tmy_request *request)
{
	u32 i;

	if (!requirement->tests)
		return TMY_GRANTED;
	if (!request->facts)
		return TMY_DENIED;
	for (i = 0; i < requirement->tests; i++)
		if (!test_needs_arguments(&requirement->test[i]) &&
		    !test_holds(policy, request, &requirement->test[i]))
			return TMY_DENIED;
	if (!requirement->needs_arguments)
		return TMY_GRANTED;
	if (!request->facts->exec)
		return TMY_DENIED;
	if (!request->facts->arguments)
		return TMY_NEEDS_ARGUMENTS;
	for (i = 0; i < requirement->tests; i++)
		if (test_needs_arguments(&requirement->test[i]) &&
		    !test_holds(policy, request, &requirement->test[i]))
			return TMY_DENIED;
	return TMY_GRANTED;
}
