// SPDX-License-Identifier: GPL-2.0-only
/* Entry: one line of access control, parsed and printed. */
#include "entry.h"

#include "condition.h"
#include "word.h"

enum {
	MAX_PORT = 65535,
};

/* How many names and numbers each kind has; names come first. */
static const struct {
	u8 names, numbers;
} operands[TMY_KINDS] = {
	[TMY_PATH] = { 1, 0 },	[TMY_PATH2] = { 2, 0 }, [TMY_PATH_NUMBER] = { 1, 1 },
	[TMY_MKDEV] = { 1, 3 }, [TMY_MOUNT] = { 3, 1 }, [TMY_INET] = { 0, 1 },
	[TMY_UNIX] = { 1, 0 },	[TMY_ENV] = { 1, 0 },	[TMY_TRANSITION] = { 1, 0 },
};

unsigned int tmy_entry_names(enum tmy_kind kind)
{
	return operands[kind].names;
}

unsigned int tmy_entry_numbers(enum tmy_kind kind)
{
	return operands[kind].numbers;
}

/* ---- Parsing: each function takes its part from the front of *@rest ---- */

static bool parse_file(struct tmy_span *rest, struct tmy_entry *entry, struct tmy_problem *problem)
{
	enum tmy_kind kind;

	if (!tmy_parse_file_operations(tmy_span_word(rest), &kind, &entry->operations, problem))
		return false;
	entry->kind = (u8)kind;
	return true;
}

static bool parse_protocol(struct tmy_span word, u8 *protocol, struct tmy_problem *problem)
{
	unsigned int i;

	for (i = 0; i < TMY_PROTOCOLS; i++) {
		if (!tmy_span_equal(word, tmy_protocol_word(i)))
			continue;
		*protocol = (u8)i;
		return true;
	}
	return tmy_problem(problem, word.at,
			   "the protocol must be stream, dgram, raw or seqpacket");
}

static bool parse_network(struct tmy_span *rest, struct tmy_entry *entry,
			  struct tmy_problem *problem)
{
	struct tmy_span family = tmy_span_word(rest);

	if (tmy_span_equal(family, TMY_SPAN("inet")))
		entry->kind = TMY_INET;
	else if (tmy_span_equal(family, TMY_SPAN("unix")))
		entry->kind = TMY_UNIX;
	else
		return tmy_problem(problem, family.at, "'network' is followed by inet or unix");
	return parse_protocol(tmy_span_word(rest), &entry->protocol, problem) &&
	       tmy_parse_network_operations(tmy_span_word(rest), &entry->operations, problem);
}

/* Parses the second word of kinds that have a single operation. */
static bool parse_single_operation(struct tmy_span *rest, struct tmy_entry *entry,
				   enum tmy_kind kind, const char *reason,
				   struct tmy_problem *problem)
{
	struct tmy_span word = tmy_span_word(rest);

	if (!tmy_span_equal(word, tmy_operation_word(kind, 0)))
		return tmy_problem(problem, word.at, reason);
	entry->kind = (u8)kind;
	entry->operations = 1;
	return true;
}

/* Parses what precedes the operands. */
static bool parse_head(struct tmy_span *rest, struct tmy_entry *entry, struct tmy_problem *problem)
{
	struct tmy_span word = tmy_span_word(rest);

	if (tmy_span_equal(word, TMY_SPAN("file")))
		return parse_file(rest, entry, problem);
	if (tmy_span_equal(word, TMY_SPAN("network")))
		return parse_network(rest, entry, problem);
	if (tmy_span_equal(word, TMY_SPAN("misc")))
		return parse_single_operation(rest, entry, TMY_ENV, "'misc' is followed by env",
					      problem);
	if (tmy_span_equal(word, TMY_SPAN("task")))
		return parse_single_operation(rest, entry, TMY_TRANSITION,
					      "'task' is followed by manual_domain_transition",
					      problem);
	return tmy_problem(problem, word.at, "an entry starts with file, network, misc or task");
}

static bool check_word(struct tmy_span word, const char *missing, struct tmy_problem *problem)
{
	if (!word.length)
		return tmy_problem(problem, word.at, missing);
	if (!tmy_correct_word(word.at, word.length))
		return tmy_problem(problem, word.at,
				   "a wrong escape, or a wrong use of wildcards, in this word");
	return true;
}

/* "@GROUP"; false when it is something else. */
static bool skip_group_sign(struct tmy_span *word)
{
	return tmy_span_skip(word, TMY_SPAN("@"));
}

static bool check_group(struct tmy_span group, struct tmy_problem *problem)
{
	return check_word(group, "the name of a group is missing behind '@'", problem);
}

static bool parse_name(struct tmy_span word, struct tmy_name_operand *name,
		       struct tmy_problem *problem)
{
	name->group = skip_group_sign(&word);
	name->text = word;
	if (name->group)
		return check_group(word, problem);
	return check_word(word, "a name is missing here", problem);
}

static bool parse_number(struct tmy_span word, struct tmy_number_operand *number,
			 struct tmy_problem *problem)
{
	if (!word.length)
		return tmy_problem(problem, word.at, "a number is missing here");
	if (!skip_group_sign(&word))
		return tmy_parse_number(word, &number->number, problem);
	number->group = word;
	return check_group(word, problem);
}

static bool parse_address(struct tmy_span word, struct tmy_address_operand *address,
			  struct tmy_problem *problem)
{
	if (!word.length)
		return tmy_problem(problem, word.at, "an IP address is missing here");
	if (!skip_group_sign(&word))
		return tmy_parse_address(word, &address->address, problem);
	address->group = word;
	return check_group(word, problem);
}

static bool parse_port(struct tmy_span word, struct tmy_number_operand *port,
		       struct tmy_problem *problem)
{
	if (!word.length)
		return tmy_problem(problem, word.at, "a port is missing here");
	if (!parse_number(word, port, problem))
		return false;
	if (!port->group.at && port->number.high > MAX_PORT)
		return tmy_problem(problem, word.at, "a port is at most 65535");
	return true;
}

/* "@X" is not a group here, but the name of a variable. */
static bool parse_variable(struct tmy_span word, struct tmy_name_operand *name,
			   struct tmy_problem *problem)
{
	const char *equals = word.length ? memchr(word.at, '=', word.length) : NULL;

	name->text = word;
	if (equals)
		return tmy_problem(problem, equals, "the name of a variable has no '='");
	return check_word(word, "the name of a variable is missing here", problem);
}

/* Parses the name of a domain: "<WORD>" and all correct paths that follow. */
static bool parse_domain(struct tmy_span *rest, struct tmy_name_operand *name,
			 struct tmy_problem *problem)
{
	struct tmy_span word, next;

	name->text = *rest;
	if (!tmy_domain_def(rest->at, rest->length))
		return tmy_problem(
			problem, rest->at,
			"the name of a domain, which starts with <NAMESPACE>, must stand here");
	word = tmy_span_word(rest);
	for (next = *rest; next.length; *rest = next) {
		struct tmy_span path = tmy_span_word(&next);

		if (!tmy_correct_path(path.at, path.length))
			break;
		word = path;
	}
	name->text.length = (size_t)(word.at + word.length - name->text.at);
	return true;
}

static bool parse_operands(struct tmy_span *rest, struct tmy_entry *entry,
			   struct tmy_problem *problem)
{
	unsigned int i;

	for (i = 0; i < operands[entry->kind].names; i++)
		if (!parse_name(tmy_span_word(rest), &entry->names[i], problem))
			return false;
	for (i = 0; i < operands[entry->kind].numbers; i++)
		if (!parse_number(tmy_span_word(rest), &entry->numbers[i], problem))
			return false;
	return true;
}

static bool parse_body(struct tmy_span *rest, struct tmy_entry *entry, struct tmy_problem *problem)
{
	switch (entry->kind) {
	case TMY_INET:
		return parse_address(tmy_span_word(rest), &entry->address, problem) &&
		       parse_port(tmy_span_word(rest), &entry->numbers[0], problem);
	case TMY_ENV:
		return parse_variable(tmy_span_word(rest), &entry->names[0], problem);
	case TMY_TRANSITION:
		return parse_domain(rest, &entry->names[0], problem);
	default:
		return parse_operands(rest, entry, problem);
	}
}

/* Only with the single operation "execute" (2.8). */
static bool may_have_transition(const struct tmy_entry *entry)
{
	return entry->kind == TMY_PATH && entry->operations == 1 << TMY_EXECUTE;
}

bool tmy_parse_entry(struct tmy_span line, struct tmy_entry *entry, struct tmy_problem *problem)
{
	memset(entry, 0, sizeof(*entry));
	if (!parse_head(&line, entry, problem) || !parse_body(&line, entry, problem))
		return false;
	entry->conditions = line;
	return tmy_check_conditions(line, may_have_transition(entry), problem);
}

/* ---- Printing ---- */

static void put_network(struct tmy_text *text, const struct tmy_entry *entry)
{
	if (entry->kind == TMY_INET)
		tmy_puts(text, "network inet ");
	else
		tmy_puts(text, "network unix ");
	tmy_put(text, tmy_protocol_word(entry->protocol));
	tmy_put_char(text, ' ');
}

static void put_head(struct tmy_text *text, const struct tmy_entry *entry)
{
	switch (entry->kind) {
	case TMY_INET:
	case TMY_UNIX:
		put_network(text, entry);
		break;
	case TMY_ENV:
		tmy_puts(text, "misc ");
		break;
	case TMY_TRANSITION:
		tmy_puts(text, "task ");
		break;
	default:
		tmy_puts(text, "file ");
	}
	tmy_put_operations(text, entry->kind, entry->operations);
}

static void put_group(struct tmy_text *text, struct tmy_span group)
{
	tmy_put_char(text, '@');
	tmy_put(text, group);
}

static void put_name(struct tmy_text *text, const struct tmy_name_operand *name)
{
	if (name->group)
		put_group(text, name->text);
	else
		tmy_put(text, name->text);
}

static void put_number(struct tmy_text *text, const struct tmy_number_operand *number)
{
	if (number->group.at)
		put_group(text, number->group);
	else
		tmy_put_number(text, &number->number);
}

static void put_address(struct tmy_text *text, const struct tmy_address_operand *address)
{
	if (address->group.at)
		put_group(text, address->group);
	else
		tmy_put_address(text, &address->address);
}

void tmy_put_entry(struct tmy_text *text, const struct tmy_entry *entry)
{
	unsigned int i;

	put_head(text, entry);
	for (i = 0; i < operands[entry->kind].names; i++) {
		tmy_put_char(text, ' ');
		put_name(text, &entry->names[i]);
	}
	if (entry->kind == TMY_INET) {
		tmy_put_char(text, ' ');
		put_address(text, &entry->address);
	}
	for (i = 0; i < operands[entry->kind].numbers; i++) {
		tmy_put_char(text, ' ');
		put_number(text, &entry->numbers[i]);
	}
	if (!entry->conditions.length)
		return;
	tmy_put_char(text, ' ');
	tmy_put_conditions(text, entry->conditions, may_have_transition(entry));
}
