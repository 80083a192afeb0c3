// SPDX-License-Identifier: GPL-2.0-only
/* Exception: one line of exception policy, parsed and printed. */
#include "exception.h"
#include "pattern.h"
#include "word.h"

/* Versions of clang-format disagree about braces in a macro. */
/* clang-format off */
#define WORD(literal) { literal, sizeof(literal) - 1 }
/* clang-format on */

static const struct tmy_span words[TMY_EXCEPTIONS] = {
	[TMY_NO_RESET_DOMAIN] = WORD("no_reset_domain"),
	[TMY_RESET_DOMAIN] = WORD("reset_domain"),
	[TMY_NO_INITIALIZE_DOMAIN] = WORD("no_initialize_domain"),
	[TMY_INITIALIZE_DOMAIN] = WORD("initialize_domain"),
	[TMY_NO_KEEP_DOMAIN] = WORD("no_keep_domain"),
	[TMY_KEEP_DOMAIN] = WORD("keep_domain"),
	[TMY_AGGREGATOR] = WORD("aggregator"),
	[TMY_PATH_GROUP] = WORD("path_group"),
	[TMY_NUMBER_GROUP] = WORD("number_group"),
	[TMY_ADDRESS_GROUP] = WORD("address_group"),
	[TMY_ACL_GROUP] = WORD("acl_group"),
};

struct tmy_span tmy_exception_word(enum tmy_exception_type type)
{
	return words[type];
}

/* Splits at the first " from ". Return: false when there is none. */
static bool split_from(struct tmy_span line, struct tmy_span *before, struct tmy_span *after)
{
	const struct tmy_span from = WORD(" from ");
	size_t i;

	for (i = 0; i + from.length <= line.length; i++) {
		if (memcmp(line.at + i, from.at, from.length) != 0)
			continue;
		*before = tmy_span(line.at, i);
		*after = tmy_span(line.at + i + from.length, line.length - i - from.length);
		return true;
	}
	return false;
}

static void any_to_null(struct tmy_span *part)
{
	if (tmy_span_equal(*part, TMY_SPAN("any")))
		*part = tmy_span(NULL, 0);
}

static bool parse_control(struct tmy_span line, struct tmy_exception *exception,
			  struct tmy_problem *problem)
{
	struct tmy_span program = line, domain = TMY_SPAN("any");

	if (!split_from(line, &program, &domain) &&
	    (exception->type == TMY_KEEP_DOMAIN || exception->type == TMY_NO_KEEP_DOMAIN)) {
		domain = line;
		program = TMY_SPAN("any");
	}
	any_to_null(&program);
	any_to_null(&domain);
	if (program.at && !tmy_correct_path(program.at, program.length))
		return tmy_problem(problem, program.at, "the program must be a path or 'any'");
	if (domain.at && !tmy_correct_path(domain.at, domain.length) &&
	    !tmy_correct_domain(domain.at, domain.length))
		return tmy_problem(problem, domain.at,
				   "the domain must be a domain's name, its last word or 'any'");
	exception->name = program;
	exception->second = domain;
	return true;
}

static bool parse_aggregator(struct tmy_span line, struct tmy_exception *exception,
			     struct tmy_problem *problem)
{
	struct tmy_span original = tmy_span_word(&line), name = tmy_span_word(&line);

	if (!tmy_correct_word(original.at, original.length))
		return tmy_problem(problem, original.at,
				   "the original name of an aggregator must be a correct word");
	if (!tmy_correct_path(name.at, name.length))
		return tmy_problem(problem, name.at,
				   "the new name of an aggregator must be a path");
	if (tmy_literal_prefix(name.at, name.length) < name.length)
		return tmy_problem(problem, name.at,
				   "the new name of an aggregator must not have wildcards");
	/* Bounds the scratch memory that tmy_execute() needs (execute.h). */
	if (name.length > TMY_DOMAIN_MAX_LENGTH)
		return tmy_problem(problem, name.at, "the new name of an aggregator is too long");
	exception->name = original;
	exception->second = name;
	return true;
}

static bool parse_member(struct tmy_span line, struct tmy_exception *exception,
			 struct tmy_problem *problem)
{
	struct tmy_span member;

	exception->name = tmy_span_word(&line);
	member = tmy_span_word(&line);
	if (!tmy_correct_word(exception->name.at, exception->name.length))
		return tmy_problem(problem, exception->name.at,
				   "the name of a group must be a correct word");
	if (exception->type == TMY_NUMBER_GROUP)
		return tmy_parse_number(member, &exception->number, problem);
	if (exception->type == TMY_ADDRESS_GROUP)
		return tmy_parse_address(member, &exception->address, problem);
	exception->second = member;
	return tmy_correct_word(member.at, member.length) ||
	       tmy_problem(problem, member.at, "the member of a path_group must be a correct word");
}

static bool parse_acl_group(struct tmy_span line, struct tmy_exception *exception,
			    struct tmy_problem *problem)
{
	struct tmy_span number = line;
	unsigned long group;

	if (!tmy_parse_decimal(&line, 255, &group) || !line.length || line.at[0] != ' ')
		return tmy_problem(problem, number.at,
				   "the number of an acl_group must be 0 to 255");
	exception->acl_group = (u8)group;
	return tmy_parse_entry(tmy_span(line.at + 1, line.length - 1), &exception->entry, problem);
}

bool tmy_parse_exception(struct tmy_span line, struct tmy_exception *exception,
			 struct tmy_problem *problem)
{
	struct tmy_span rest = line, word = tmy_span_word(&rest);
	unsigned int type = 0;

	while (type < TMY_EXCEPTIONS && !tmy_span_equal(word, words[type]))
		type++;
	memset(exception, 0, sizeof(*exception));
	exception->type = (u8)type;
	if (type == TMY_EXCEPTIONS)
		return tmy_problem(problem, line.at, "unknown directive of exception policy");
	if (type < TMY_TRANSITION_CONTROLS)
		return parse_control(rest, exception, problem);
	if (type == TMY_AGGREGATOR)
		return parse_aggregator(rest, exception, problem);
	if (type == TMY_ACL_GROUP)
		return parse_acl_group(rest, exception, problem);
	return parse_member(rest, exception, problem);
}

static void put_or_any(struct tmy_text *text, struct tmy_span part)
{
	tmy_put(text, part.at ? part : TMY_SPAN("any"));
}

void tmy_put_exception(struct tmy_text *text, const struct tmy_exception *exception)
{
	tmy_put(text, words[exception->type]);
	tmy_put_char(text, ' ');
	if (exception->type == TMY_ACL_GROUP) {
		tmy_put_decimal(text, exception->acl_group);
		tmy_put_char(text, ' ');
		tmy_put_entry(text, &exception->entry);
		return;
	}
	put_or_any(text, exception->name);
	if (exception->type < TMY_TRANSITION_CONTROLS)
		tmy_puts(text, " from ");
	else
		tmy_put_char(text, ' ');
	if (exception->type == TMY_NUMBER_GROUP)
		tmy_put_number(text, &exception->number);
	else if (exception->type == TMY_ADDRESS_GROUP)
		tmy_put_address(text, &exception->address);
	else
		put_or_any(text, exception->second);
}
