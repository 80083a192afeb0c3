// SPDX-License-Identifier: GPL-2.0-only
/* Line: a line of a policy file, parsed. */
#include "line.h"
#include "word.h"

enum tmy_order tmy_parse_order(struct tmy_span line)
{
	if (tmy_span_equal(line, TMY_SPAN("reset")))
		return TMY_ORDER_RESET;
	if (tmy_span_equal(line, TMY_SPAN("select transition_only")))
		return TMY_ORDER_TRANSITION_ONLY;
	return TMY_NO_ORDER;
}

/* "pid=N": N may be followed by anything (2.5). */
static bool parse_number_selection(struct tmy_span text, struct tmy_domain_line *parsed)
{
	static const struct {
		struct tmy_span word;
		u8 type;
	} selections[] = {
		{ { "pid=", 4 }, TMY_LINE_SELECT_PID },
		{ { "global-pid=", 11 }, TMY_LINE_SELECT_GLOBAL_PID },
		{ { "Q=", 2 }, TMY_LINE_SELECT_QUERY },
	};
	unsigned int i;

	for (i = 0; i < sizeof(selections) / sizeof(*selections); i++) {
		struct tmy_span rest = text;

		if (!tmy_span_skip(&rest, selections[i].word) ||
		    !tmy_parse_decimal(&rest, 0xffffffff, &parsed->number))
			continue;
		parsed->type = selections[i].type;
		return true;
	}
	return false;
}

/* Behind "select ". */
static bool parse_selection(struct tmy_span text, struct tmy_domain_line *parsed)
{
	struct tmy_span name = text;

	parsed->text = text;
	if (parse_number_selection(text, parsed))
		return true;
	parsed->type = tmy_span_skip(&name, TMY_SPAN("domain=")) ? TMY_LINE_SELECT_DOMAIN
								 : TMY_LINE_SELECT;
	parsed->name = name;
	/* "select domain=" with any text; "select" alone needs the name of a domain. */
	return parsed->type == TMY_LINE_SELECT_DOMAIN || (name.length && name.at[0] == '<');
}

/* What follows the number behind a blank says nothing, as in mainline; it may be a comment. */
static bool parse_small_number(struct tmy_span text, struct tmy_domain_line *parsed,
			       struct tmy_problem *problem, const char *reason)
{
	parsed->text = text;
	return (tmy_parse_decimal(&parsed->text, 255, &parsed->number) &&
		(!parsed->text.length || tmy_span_skip(&parsed->text, TMY_SPAN(" ")))) ||
	       tmy_problem(problem, text.at, reason);
}

/* Parses the name of a domain, or a line about the domain that is selected. */
static bool parse_domain_line(struct tmy_span rest, struct tmy_domain_line *parsed,
			      struct tmy_problem *problem)
{
	/* Most lines are entries; their first letter tells. */
	if (rest.length && (rest.at[0] == 'f' || rest.at[0] == 'n' || rest.at[0] == 'm')) {
		parsed->type = TMY_LINE_ENTRY;
		return tmy_parse_entry(rest, &parsed->entry, problem);
	}
	if (rest.length && rest.at[0] == '<') {
		parsed->type = TMY_LINE_DOMAIN;
		parsed->name = rest;
		return true;
	}
	if (tmy_span_skip(&rest, TMY_SPAN("use_profile "))) {
		parsed->type = TMY_LINE_PROFILE;
		return parse_small_number(rest, parsed, problem,
					  "the number of a profile is 0 to 255");
	}
	if (tmy_span_skip(&rest, TMY_SPAN("use_group "))) {
		parsed->type = TMY_LINE_GROUP;
		return parse_small_number(rest, parsed, problem,
					  "the number of an acl_group is 0 to 255");
	}
	if (tmy_span_equal(rest, TMY_SPAN("quota_exceeded"))) {
		parsed->type = TMY_LINE_QUOTA_EXCEEDED;
		return true;
	}
	if (tmy_span_equal(rest, TMY_SPAN("transition_failed"))) {
		parsed->type = TMY_LINE_TRANSITION_FAILED;
		return true;
	}
	parsed->type = TMY_LINE_ENTRY;
	return tmy_parse_entry(rest, &parsed->entry, problem);
}

bool tmy_parse_domain_line(struct tmy_span line, struct tmy_domain_line *parsed,
			   struct tmy_problem *problem)
{
	struct tmy_span rest = line;

	parsed->remove = false;
	switch (tmy_parse_order(line)) {
	case TMY_ORDER_RESET:
		parsed->type = TMY_LINE_RESET;
		return true;
	case TMY_ORDER_TRANSITION_ONLY:
		parsed->type = TMY_LINE_TRANSITION_ONLY;
		return true;
	default:
		break;
	}
	if (tmy_span_skip(&rest, TMY_SPAN("select ")))
		/* As in mainline, "select " is ignored in front of a line that is no selection. */
		return parse_selection(rest, parsed) || parse_domain_line(rest, parsed, NULL) ||
		       tmy_problem(problem, rest.at, "there is nothing of that kind to select");
	parsed->remove = tmy_span_skip(&rest, TMY_SPAN("delete "));
	return parse_domain_line(rest, parsed, problem);
}

bool tmy_check_domain(struct tmy_span name, struct tmy_problem *problem)
{
	struct tmy_span rest = name, word = tmy_span_word(&rest);

	if (!tmy_domain_def(word.at, word.length))
		return tmy_problem(problem, word.at,
				   "the name of a domain starts with <NAMESPACE>");
	if (name.length > TMY_DOMAIN_MAX_LENGTH)
		return tmy_problem(problem, name.at + TMY_DOMAIN_MAX_LENGTH,
				   "the name of a domain is at most 4085 bytes long");
	while (rest.length) {
		word = tmy_span_word(&rest);
		if (!tmy_correct_path(word.at, word.length))
			return tmy_problem(problem, word.at,
					   "the name of a domain goes on with paths");
	}
	return true;
}

bool tmy_parse_manager_line(struct tmy_span line, struct tmy_manager_line *parsed,
			    struct tmy_problem *problem)
{
	parsed->remove = tmy_span_skip(&line, TMY_SPAN("delete "));
	parsed->non_root = tmy_span_equal(line, TMY_SPAN("manage_by_non_root"));
	parsed->name = line;
	return parsed->non_root || tmy_correct_word(line.at, line.length) ||
	       tmy_correct_domain(line.at, line.length) ||
	       tmy_problem(problem, line.at, "a manager is a program or the name of a domain");
}

bool tmy_take_namespace(struct tmy_span *line, struct tmy_span *name, struct tmy_problem *problem)
{
	struct tmy_span rest = *line, word;

	if (!line->length || line->at[0] != '<') {
		*name = TMY_SPAN("<kernel>");
		return true;
	}
	word = tmy_span_word(&rest);
	if (!tmy_domain_def(word.at, word.length) || word.length > TMY_DOMAIN_MAX_LENGTH)
		return tmy_problem(problem, word.at, "it is not the name of a namespace");
	if (word.length == line->length)
		return tmy_problem(problem, word.at + word.length, "nothing follows the namespace");
	*name = word;
	*line = rest;
	return true;
}
