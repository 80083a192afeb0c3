// SPDX-License-Identifier: GPL-2.0-only
/* Profiles: the mode of each profile item, and limits. */
#include "profile.h"

#include "number.h"

#define TMY_LOGS (TMY_CONFIG_GRANT_LOG | TMY_CONFIG_REJECT_LOG)

struct tmy_span tmy_mode_word(enum tmy_mode mode)
{
	switch (mode) {
	case TMY_LEARNING:
		return TMY_SPAN("learning");
	case TMY_PERMISSIVE:
		return TMY_SPAN("permissive");
	case TMY_ENFORCING:
		return TMY_SPAN("enforcing");
	default:
		return TMY_SPAN("disabled");
	}
}

/* The value of the item, its category or CONFIG, whichever is the first that is not use_default. */
static void resolve_items(struct tmy_profile *profile)
{
	unsigned int item;

	for (item = 0; item < TMY_OPERATION_ITEMS; item++) {
		u8 value = profile->config[item];

		if (value == TMY_CONFIG_USE_DEFAULT)
			value = profile->config[tmy_item_category(item)];
		if (value == TMY_CONFIG_USE_DEFAULT)
			value = profile->config[TMY_ITEM_CONFIG];
		WRITE_ONCE(profile->resolved[item], value);
	}
}

void tmy_profile_init(struct tmy_profile *profile)
{
	memset(profile->config, TMY_CONFIG_USE_DEFAULT, sizeof(profile->config));
	profile->config[TMY_ITEM_CONFIG] = TMY_DISABLED | TMY_LOGS;
	profile->max_audit_log = TMY_DEFAULT_AUDIT_LOG;
	profile->max_learning_entry = TMY_DEFAULT_LEARNING_ENTRY;
	resolve_items(profile);
}

/* Finds the first occurrence of @word. @behind: becomes what follows it */
static bool search_word(struct tmy_span text, struct tmy_span word, struct tmy_span *behind)
{
	for (; text.length >= word.length; text.at++, text.length--) {
		*behind = text;
		if (tmy_span_skip(behind, word))
			return true;
	}
	return false;
}

static bool has_word(struct tmy_span text, struct tmy_span word)
{
	struct tmy_span behind;

	return search_word(text, word, &behind);
}

/* ---- Parsing ---- */

/* Parses what follows "=", an optional space and digits. What follows the digits is ignored. */
static bool parse_value(struct tmy_span text, unsigned long *value)
{
	tmy_span_skip(&text, TMY_SPAN(" "));
	return tmy_parse_decimal(&text, 0xffffffffUL, value);
}

static bool parse_version(struct tmy_span number, struct tmy_profile_line *parsed,
			  struct tmy_problem *problem)
{
	if (!parse_value(number, &parsed->number))
		return tmy_problem(problem, number.at,
				   "PROFILE_VERSION= is followed by a decimal number");
	parsed->type = TMY_PROFILE_LINE_VERSION;
	return true;
}

static bool parse_profile_number(struct tmy_span *line, u8 *profile, struct tmy_problem *problem)
{
	const char *at = line->at;
	unsigned long number;
	bool digit = line->length && at[0] >= '0' && at[0] <= '9';

	if (line->length && at[0] == '-')
		return tmy_problem(problem, at, "the number of the profile is missing");
	if (!digit)
		return tmy_problem(problem, at,
				   "neither PROFILE_VERSION= nor the number of a profile");
	if (!tmy_parse_decimal(line, TMY_PROFILES - 1, &number))
		return tmy_problem(problem, at, "the number of a profile is at most 255");
	if (!tmy_span_skip(line, TMY_SPAN("-")))
		return tmy_problem(problem, line->at, "the number of a profile is followed by '-'");
	*profile = (u8)number;
	return true;
}

/* Splits at the first "=". Return: false when there is none. */
static bool split_setting(struct tmy_span setting, struct tmy_span *key, struct tmy_span *value)
{
	const char *equals = setting.length ? memchr(setting.at, '=', setting.length) : NULL;

	*key = setting;
	if (!equals)
		return false;
	key->length = (size_t)(equals - setting.at);
	*value = tmy_span(equals + 1, setting.length - key->length - 1);
	return true;
}

/* A limit that is a number must fit into 32 bits (specification 9, D-09). */
static bool check_limit(struct tmy_span text, struct tmy_span key, struct tmy_problem *problem)
{
	struct tmy_span digits;
	unsigned long value;

	if (!search_word(text, key, &text) || !tmy_span_skip(&text, TMY_SPAN("=")) ||
	    parse_value(text, &value))
		return true;
	digits = text;
	tmy_span_skip(&digits, TMY_SPAN(" "));
	return !digits.length || tmy_digit(digits.at[0]) > 9 ||
	       tmy_problem(problem, digits.at, "a limit is at most 4294967295");
}

/* What the line sets. */
static bool parse_key(struct tmy_span key, struct tmy_profile_line *parsed,
		      struct tmy_problem *problem)
{
	if (tmy_span_equal(key, TMY_SPAN("COMMENT"))) {
		parsed->type = TMY_PROFILE_LINE_COMMENT;
	} else if (tmy_span_equal(key, TMY_SPAN("PREFERENCE"))) {
		if (!check_limit(parsed->value, TMY_SPAN("max_audit_log"), problem) ||
		    !check_limit(parsed->value, TMY_SPAN("max_learning_entry"), problem))
			return false;
		parsed->type = TMY_PROFILE_LINE_PREFERENCE;
	} else if (tmy_span_equal(key, TMY_SPAN("CONFIG"))) {
		parsed->type = TMY_PROFILE_LINE_CONFIG;
		parsed->item = TMY_ITEM_CONFIG;
	} else if (tmy_span_skip(&key, TMY_SPAN("CONFIG::"))) {
		parsed->item = (u8)tmy_item_named(key);
		if (parsed->item == TMY_ITEMS)
			return tmy_problem(problem, key.at, "CONFIG has no such item");
		parsed->type = TMY_PROFILE_LINE_CONFIG;
	} else {
		return tmy_problem(problem, key.at, "neither COMMENT, PREFERENCE nor CONFIG");
	}
	return true;
}

bool tmy_parse_profile_line(struct tmy_span line, struct tmy_profile_line *parsed, bool *defines,
			    struct tmy_problem *problem)
{
	struct tmy_span key;

	memset(parsed, 0, sizeof(*parsed));
	parsed->type = TMY_PROFILE_LINE_NOTHING;
	*defines = false;
	if (tmy_span_skip(&line, TMY_SPAN("PROFILE_VERSION=")))
		return parse_version(line, parsed, problem);
	if (!parse_profile_number(&line, &parsed->profile, problem))
		return false;
	*defines = true;
	if (!split_setting(line, &key, &parsed->value))
		return tmy_problem(problem, line.at + line.length, "'=' is missing");
	return parse_key(key, parsed, problem);
}

/* ---- Applying: keywords are searched for anywhere in the value (5.2) ---- */

/* "KEY=NUMBER"; a key without a number changes nothing. */
static void search_limit(struct tmy_span text, struct tmy_span key, u32 *limit)
{
	unsigned long value;

	if (search_word(text, key, &text) && tmy_span_skip(&text, TMY_SPAN("=")) &&
	    parse_value(text, &value))
		WRITE_ONCE(*limit, (u32)value);
}

/* "KEY=yes" or "KEY=no"; what follows is ignored. */
static u8 search_flag(struct tmy_span text, struct tmy_span key, u8 config, u8 flag)
{
	if (!search_word(text, key, &text))
		return config;
	if (tmy_span_skip(&text, TMY_SPAN("=yes")))
		return config | flag;
	if (tmy_span_skip(&text, TMY_SPAN("=no")))
		return config & (u8)~flag;
	return config;
}

/* The strictest mode that occurs; TMY_MODES when there is none. */
static enum tmy_mode search_mode(struct tmy_span text)
{
	int mode;

	for (mode = TMY_ENFORCING; mode >= TMY_DISABLED; mode--)
		if (has_word(text, tmy_mode_word(mode)))
			return mode;
	return TMY_MODES;
}

/* The new value of an item whose value is @config. */
static u8 changed_config(u8 config, struct tmy_span text)
{
	enum tmy_mode mode = search_mode(text);

	if (mode != TMY_MODES) {
		if (config == TMY_CONFIG_USE_DEFAULT)
			config = TMY_LOGS;
		config = (u8)((config & TMY_LOGS) | mode);
	}
	if (config == TMY_CONFIG_USE_DEFAULT)
		return config;
	config = search_flag(text, TMY_SPAN("grant_log"), config, TMY_CONFIG_GRANT_LOG);
	return search_flag(text, TMY_SPAN("reject_log"), config, TMY_CONFIG_REJECT_LOG);
}

static void apply_config(struct tmy_profile *profile, u8 item, struct tmy_span text)
{
	u8 config = profile->config[item];

	if (!has_word(text, TMY_SPAN("use_default")))
		config = changed_config(config, text);
	else if (item != TMY_ITEM_CONFIG)
		config = TMY_CONFIG_USE_DEFAULT;
	WRITE_ONCE(profile->config[item], config);
	resolve_items(profile);
}

void tmy_profile_apply(struct tmy_profile *profile, const struct tmy_profile_line *line)
{
	if (line->type == TMY_PROFILE_LINE_CONFIG)
		apply_config(profile, line->item, line->value);
	if (line->type != TMY_PROFILE_LINE_PREFERENCE)
		return;
	search_limit(line->value, TMY_SPAN("max_audit_log"), &profile->max_audit_log);
	search_limit(line->value, TMY_SPAN("max_learning_entry"), &profile->max_learning_entry);
}

/* ---- Printing ---- */

static void put_preference(struct tmy_text *text, const struct tmy_profile *profile)
{
	tmy_puts(text, "PREFERENCE={ max_audit_log=");
	tmy_put_decimal(text, READ_ONCE(profile->max_audit_log));
	tmy_puts(text, " max_learning_entry=");
	tmy_put_decimal(text, READ_ONCE(profile->max_learning_entry));
	tmy_puts(text, " }");
}

static void put_flag(struct tmy_text *text, struct tmy_span key, bool yes)
{
	tmy_put(text, key);
	tmy_put(text, yes ? TMY_SPAN("yes") : TMY_SPAN("no"));
}

static void put_config(struct tmy_text *text, enum tmy_item item, u8 config)
{
	tmy_puts(text, "CONFIG");
	if (item != TMY_ITEM_CONFIG) {
		tmy_puts(text, "::");
		tmy_put(text, tmy_item_name(item));
	}
	tmy_puts(text, "={ mode=");
	tmy_put(text, tmy_mode_word(config & TMY_CONFIG_MODE));
	put_flag(text, TMY_SPAN(" grant_log="), config & TMY_CONFIG_GRANT_LOG);
	put_flag(text, TMY_SPAN(" reject_log="), config & TMY_CONFIG_REJECT_LOG);
	tmy_puts(text, " }");
}

bool tmy_put_profile_line(struct tmy_text *text, const struct tmy_profile *profile, u8 number,
			  struct tmy_span comment, unsigned int line)
{
	enum tmy_item item = line == 2 ? TMY_ITEM_CONFIG : line - 3;
	u8 config = line < 2 ? 0 : READ_ONCE(profile->config[item]);

	if (config == TMY_CONFIG_USE_DEFAULT)
		return false;
	tmy_put_decimal(text, number);
	tmy_put_char(text, '-');
	if (!line) {
		tmy_puts(text, "COMMENT=");
		tmy_put(text, comment);
	} else if (line == 1) {
		put_preference(text, profile);
	} else {
		put_config(text, item, config);
	}
	return true;
}
