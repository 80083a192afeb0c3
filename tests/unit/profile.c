// SPDX-License-Identifier: GPL-2.0-only
/* Profiles: lsm/engine/profile.c against the kernel ABI specification 5. */
#include "lsm/engine/profile.h"

#include "tests/unit/tap.h"

#include <stdlib.h>

/* Memory that ends where the text ends, so that the sanitizer sees every byte read too many. */
static struct tmy_span exact(const char *text)
{
	size_t length = strlen(text);
	char *copy = malloc(length ? length : 1);

	/* NOLINTNEXTLINE(bugprone-not-null-terminated-result) */
	memcpy(copy, text, length);
	return tmy_span(copy, length);
}

static bool equals(struct tmy_span span, const char *text)
{
	return tmy_span_equal(span, tmy_span(text, strlen(text)));
}

/* ---- Lines ---- */

static bool sets(const char *text, u8 type, u8 number, const char *value)
{
	struct tmy_span line = exact(text);
	struct tmy_profile_line parsed;
	bool defines = false;
	bool good = tmy_parse_profile_line(line, &parsed, &defines, NULL) && defines &&
		    parsed.type == type && parsed.profile == number && equals(parsed.value, value);

	free((void *)line.at);
	return good;
}

static bool configures(const char *text, u8 item)
{
	struct tmy_span line = exact(text);
	struct tmy_profile_line parsed;
	bool defines = false;
	bool good = tmy_parse_profile_line(line, &parsed, &defines, NULL) && defines &&
		    parsed.type == TMY_PROFILE_LINE_CONFIG && parsed.item == item;

	free((void *)line.at);
	return good;
}

static bool version(const char *text, unsigned long number)
{
	struct tmy_span line = exact(text);
	struct tmy_profile_line parsed;
	bool defines = true;
	bool good = tmy_parse_profile_line(line, &parsed, &defines, NULL) && !defines &&
		    parsed.type == TMY_PROFILE_LINE_VERSION && parsed.number == number;

	free((void *)line.at);
	return good;
}

/* Rejected because of what stands at @place; nevertheless profile @number comes to be, or none, -1.
 */
static bool rejected(const char *text, size_t place, int number)
{
	struct tmy_span line = exact(text);
	struct tmy_problem problem = { 0 };
	struct tmy_profile_line parsed;
	bool defines = number < 0;
	bool bad = !tmy_parse_profile_line(line, &parsed, &defines, &problem) &&
		   parsed.type == TMY_PROFILE_LINE_NOTHING && defines == (number >= 0) &&
		   problem.reason && problem.at == line.at + place;

	if (number >= 0)
		bad = bad && parsed.profile == number;
	free((void *)line.at);
	return bad;
}

static void test_lines(void)
{
	ok(sets("1-COMMENT=a b", TMY_PROFILE_LINE_COMMENT, 1, "a b") &&
		   sets("1-COMMENT=", TMY_PROFILE_LINE_COMMENT, 1, "") &&
		   sets("255-COMMENT=x=y =", TMY_PROFILE_LINE_COMMENT, 255, "x=y ="),
	   "K-144 a comment is verbatim, with = in it or empty");
	ok(sets("00007-PREFERENCE=x", TMY_PROFILE_LINE_PREFERENCE, 7, "x") &&
		   sets("0-CONFIG={ mode=learning }", TMY_PROFILE_LINE_CONFIG, 0,
			"{ mode=learning }"),
	   "leading zeros mean nothing");
	ok(configures("1-CONFIG=", TMY_ITEM_CONFIG) &&
		   configures("1-CONFIG::file=", TMY_ITEM_FILE) &&
		   configures("1-CONFIG::misc::env=x", TMY_ITEM_MISC_ENV) &&
		   configures("1-CONFIG::network::unix_dgram_send=", TMY_ITEM_UNIX_DGRAM_SEND),
	   "items");
	ok(version("PROFILE_VERSION=20150505", 20150505) && version("PROFILE_VERSION=1", 1) &&
		   version("PROFILE_VERSION=00", 0) && version("PROFILE_VERSION=7x", 7) &&
		   version("PROFILE_VERSION= 4294967295", 4294967295),
	   "a version is any number");
}

static void test_bad_lines(void)
{
	ok(rejected("256-COMMENT=x", 0, -1) && rejected("99999999999999999999999-COMMENT=x", 0, -1),
	   "K-155 there is no profile 256");
	ok(rejected("1-CONFIG::file::read={ mode=learning }", 10, 1) &&
		   rejected("1-CONFIG::execute=disabled", 10, 1) &&
		   rejected("1-CONFIG::capability=", 10, 1) && rejected("1-CONFIG::=", 10, 1),
	   "K-151 unknown items");
	ok(rejected("-CONFIG={ mode=enforcing }", 0, -1) && rejected("-COMMENT=", 0, -1) &&
		   rejected("-", 0, -1),
	   "D-05 an empty number does not mean profile 0");
	ok(rejected("2-COMMENT", 9, 2) && rejected("5-", 2, 5) && rejected("5-=", 2, 5) &&
		   rejected("3-CONFIGS=x", 2, 3) && rejected("3-config=x", 2, 3) &&
		   rejected("3-PREFERENCE::audit=x", 2, 3) && rejected("3--4-COMMENT=", 2, 3),
	   "a number and '-' define the profile even if the rest is wrong");
	ok(rejected("", 0, -1) && rejected("5", 1, -1) && rejected("5 -COMMENT=", 1, -1) &&
		   rejected("0x1-COMMENT=", 1, -1) && rejected("+1-COMMENT=", 0, -1) &&
		   rejected("# 1-COMMENT=x", 0, -1),
	   "no number and '-', no profile");
	ok(rejected("PROFILE_VERSION=", 16, -1) && rejected("PROFILE_VERSION=x", 16, -1) &&
		   rejected("PROFILE_VERSION", 0, -1) && rejected("PROFILE_VERSION=-1", 16, -1) &&
		   rejected("PROFILE_VERSION=4294967296", 16, -1),
	   "a version is a number");
}

/* ---- Values ---- */

/* Applies @line to @profile; false when it is rejected. */
static bool apply(struct tmy_profile *profile, const char *text)
{
	struct tmy_span line = exact(text);
	struct tmy_profile_line parsed;
	bool defines;
	bool good = tmy_parse_profile_line(line, &parsed, &defines, NULL);

	if (good)
		tmy_profile_apply(profile, &parsed);
	free((void *)line.at);
	return good;
}

/* All the lines of profile 1 with the comment "c". */
static bool reads(const struct tmy_profile *profile, const char *expected)
{
	char buffer[8192];
	struct tmy_text text = tmy_text(buffer, sizeof(buffer));
	unsigned int line;

	for (line = 0; line < TMY_PROFILE_LINES; line++)
		if (tmy_put_profile_line(&text, profile, 1, TMY_SPAN("c"), line))
			tmy_put_char(&text, '\n');
	if (equals(tmy_span(buffer, text.length), expected))
		return true;
	printf("# %.*s", (int)text.length, buffer);
	return false;
}

#define COMMENT	   "1-COMMENT=c\n"
#define PREFERENCE "1-PREFERENCE={ max_audit_log=1024 max_learning_entry=2048 }\n"
#define CONFIG	   "1-CONFIG={ mode=disabled grant_log=yes reject_log=yes }\n"

/* What a fresh profile reads back as after up to three lines. */
static bool after(const char *first, const char *second, const char *third, const char *expected)
{
	const char *lines[] = { first, second, third };
	struct tmy_profile profile;
	unsigned int i;

	tmy_profile_init(&profile);
	for (i = 0; i < 3; i++)
		if (lines[i] && !apply(&profile, lines[i]))
			return false;
	return reads(&profile, expected);
}

/* The value of CONFIG::file after two lines on it, in a fresh profile; NULL: it is use_default. */
static bool file_after(const char *first, const char *second, const char *expected)
{
	static const struct tmy_span prefix = { "1-CONFIG::file=", 15 };
	const char *values[] = { first, second };
	struct tmy_profile profile;
	char buffer[256];
	struct tmy_text text = tmy_text(buffer, sizeof(buffer));
	struct tmy_span line;
	unsigned int i;

	tmy_profile_init(&profile);
	for (i = 0; i < 2; i++) {
		struct tmy_profile_line change = { .type = TMY_PROFILE_LINE_CONFIG,
						   .item = TMY_ITEM_FILE };

		change.value = exact(values[i]);
		tmy_profile_apply(&profile, &change);
		free((void *)change.value.at);
	}
	if (!tmy_put_profile_line(&text, &profile, 1, TMY_SPAN(""), 3 + TMY_ITEM_FILE))
		return !expected && !text.length;
	line = tmy_span(buffer, text.length);
	return expected && tmy_span_skip(&line, prefix) && equals(line, expected);
}

static void test_config(void)
{
	ok(after(NULL, NULL, NULL, COMMENT PREFERENCE CONFIG), "K-144 a new profile is disabled");
	ok(after("1-CONFIG={ mode=learning }", NULL, NULL,
		 COMMENT PREFERENCE "1-CONFIG={ mode=learning grant_log=yes reject_log=yes }\n"),
	   "K-145 a mode leaves the log flags alone");
	ok(after("1-CONFIG=grant_log=no", "1-CONFIG=reject_log=no", "1-CONFIG=permissive",
		 COMMENT PREFERENCE "1-CONFIG={ mode=permissive grant_log=no reject_log=no }\n"),
	   "K-145 what is not mentioned keeps its value");
	ok(after("1-CONFIG=enforcing", NULL, NULL,
		 COMMENT PREFERENCE "1-CONFIG={ mode=enforcing grant_log=yes reject_log=yes }\n"),
	   "K-146 mode= is not required");
	ok(after("1-CONFIG={ mode=enforcing mode=disabled }", NULL, NULL,
		 COMMENT PREFERENCE "1-CONFIG={ mode=enforcing grant_log=yes reject_log=yes }\n"),
	   "K-147 the strongest mode wins");
	ok(after("1-CONFIG::file={ mode=learning }", NULL, NULL,
		 COMMENT PREFERENCE CONFIG
		 "1-CONFIG::file={ mode=learning grant_log=yes reject_log=yes }\n"),
	   "K-148 a first mode sets the log flags");
	ok(after("1-CONFIG::network={ grant_log=no }", NULL, NULL, COMMENT PREFERENCE CONFIG),
	   "K-149 a log flag alone means nothing to an item without a value");
	ok(after("1-CONFIG::file::execute=learning", "1-CONFIG::file::execute=use_default", NULL,
		 COMMENT PREFERENCE CONFIG),
	   "K-150 use_default takes the item away");
	ok(after("1-CONFIG=learning", "1-CONFIG=use_default", NULL,
		 COMMENT PREFERENCE "1-CONFIG={ mode=learning grant_log=yes reject_log=yes }\n"),
	   "CONFIG itself is never use_default");
}

static void test_config_words(void)
{
	ok(file_after("{ mode=learning grant_log=no }", "",
		      "{ mode=learning grant_log=no reject_log=yes }"),
	   "a first mode with a flag of its own");
	ok(file_after("{ grant_log=no reject_log=no mode=learning }", "use_default", NULL) &&
		   file_after("xuse_defaulty enforcing", "", NULL),
	   "use_default anywhere wins");
	ok(file_after("xdisabledx", "", "{ mode=disabled grant_log=yes reject_log=yes }") &&
		   file_after("Enforcing", "", NULL) && file_after("mode=3", "", NULL) &&
		   file_after("enforcin", "", NULL),
	   "mode words count wherever they stand, as they are written");
	ok(file_after("learning grant_log=yesss reject_log=nono", "",
		      "{ mode=learning grant_log=yes reject_log=no }") &&
		   file_after("learning grant_log=no", "grant_log=YES",
			      "{ mode=learning grant_log=no reject_log=yes }") &&
		   file_after("learning grant_log=no", "grant_log=ye",
			      "{ mode=learning grant_log=no reject_log=yes }"),
	   "yes and no are compared as prefixes");
	ok(file_after("learning grant_log=no grant_log=yes", "reject_log=no reject_log=yes",
		      "{ mode=learning grant_log=no reject_log=no }") &&
		   file_after("learning xgrant_log=no", "reject_log=x reject_log=no",
			      "{ mode=learning grant_log=no reject_log=yes }"),
	   "the first log flag decides");
	ok(file_after("learning grant_log=no", "use_default", NULL) &&
		   file_after("use_default", "permissive",
			      "{ mode=permissive grant_log=yes reject_log=yes }"),
	   "use_default forgets");
}

static void test_preference(void)
{
	ok(after("1-PREFERENCE={ max_learning_entry=9 }", NULL, NULL,
		 COMMENT "1-PREFERENCE={ max_audit_log=1024 max_learning_entry=9 }\n" CONFIG),
	   "K-152 only the limit that is mentioned changes");
	ok(after("1-PREFERENCE={ max_audit_log=x }", "1-PREFERENCE={ max_audit_log=-1 }",
		 "1-PREFERENCE={ max_audit_log }", COMMENT PREFERENCE CONFIG),
	   "K-153 no number, no change");
	ok(after("1-PREFERENCE={ max_audit_log=0x10 max_learning_entry=4294967295 }", NULL, NULL,
		 COMMENT "1-PREFERENCE={ max_audit_log=0 max_learning_entry=4294967295 }\n" CONFIG),
	   "a number is its decimal digits");
	ok(rejected("1-PREFERENCE={ max_audit_log=1 max_learning_entry= 4294967296 }", 51, 1) &&
		   rejected("1-PREFERENCE=max_audit_log=18446744073709551616", 27, 1),
	   "D-09 a limit that is too big is rejected");
	ok(after("1-PREFERENCE={ max_audit_log=+5 max_learning_entry= 7 }", NULL, NULL,
		 COMMENT "1-PREFERENCE={ max_audit_log=1024 max_learning_entry=7 }\n" CONFIG),
	   "a blank may stand before the number, a sign may not");
	ok(after("1-PREFERENCE={ max_audit_log=x max_audit_log=5 }", NULL, NULL,
		 COMMENT PREFERENCE CONFIG),
	   "the first occurrence counts, even if no number follows");
	ok(after("1-PREFERENCE=xmax_audit_log=1 max_audit_log=2", NULL, NULL,
		 COMMENT "1-PREFERENCE={ max_audit_log=1 max_learning_entry=2048 }\n" CONFIG),
	   "the first occurrence counts");
}

static void test_order(void)
{
	static const char *const changes[] = { "1-CONFIG::misc=enforcing",
					       "1-CONFIG::file=permissive",
					       "1-CONFIG::misc::env=learning",
					       "1-CONFIG::network=disabled",
					       "1-CONFIG::network::inet_raw_send=learning",
					       "1-CONFIG::file::pivot_root=learning",
					       "1-CONFIG::file::execute=learning" };
	struct tmy_profile profile;
	unsigned int i;

	tmy_profile_init(&profile);
	for (i = 0; i < sizeof(changes) / sizeof(changes[0]); i++)
		apply(&profile, changes[i]);
#define LEARNING "={ mode=learning grant_log=yes reject_log=yes }\n"
	ok(reads(&profile, COMMENT PREFERENCE CONFIG
		 "1-CONFIG::file::execute" LEARNING "1-CONFIG::file::pivot_root" LEARNING
		 "1-CONFIG::network::inet_raw_send" LEARNING "1-CONFIG::misc::env" LEARNING
		 "1-CONFIG::file={ mode=permissive grant_log=yes reject_log=yes }\n"
		 "1-CONFIG::network={ mode=disabled grant_log=yes reject_log=yes }\n"
		 "1-CONFIG::misc={ mode=enforcing grant_log=yes reject_log=yes }\n"),
	   "K-154 operations are printed first, then categories");
}

/* ---- What holds ---- */

static bool all_resolved(const struct tmy_profile *profile, enum tmy_item category, u8 value)
{
	unsigned int item;

	for (item = 0; item < TMY_OPERATION_ITEMS; item++)
		if (tmy_item_category(item) == category && profile->resolved[item] != value)
			return false;
	return true;
}

static void test_resolved(void)
{
	enum {
		LOGS = TMY_CONFIG_GRANT_LOG | TMY_CONFIG_REJECT_LOG,
	};
	struct tmy_profile profile;

	tmy_profile_init(&profile);
	ok(all_resolved(&profile, TMY_ITEM_FILE, TMY_DISABLED | LOGS) &&
		   all_resolved(&profile, TMY_ITEM_NETWORK, TMY_DISABLED | LOGS) &&
		   all_resolved(&profile, TMY_ITEM_MISC, TMY_DISABLED | LOGS),
	   "everything is disabled at first");
	apply(&profile, "1-CONFIG::file={ mode=enforcing }");
	ok(all_resolved(&profile, TMY_ITEM_FILE, TMY_ENFORCING | LOGS) &&
		   all_resolved(&profile, TMY_ITEM_NETWORK, TMY_DISABLED | LOGS),
	   "K-157 a category holds for its operations only");
	apply(&profile, "1-CONFIG={ mode=permissive grant_log=no }");
	apply(&profile, "1-CONFIG::file::open={ mode=learning reject_log=no }");
	ok(all_resolved(&profile, TMY_ITEM_NETWORK, TMY_PERMISSIVE | TMY_CONFIG_REJECT_LOG) &&
		   profile.resolved[TMY_ITEM_FILE_EXECUTE] == (TMY_ENFORCING | LOGS) &&
		   profile.resolved[TMY_ITEM_FILE_OPEN] == (TMY_LEARNING | TMY_CONFIG_GRANT_LOG),
	   "K-157 mode and log flags come from the same item");
	apply(&profile, "1-CONFIG::file=use_default");
	apply(&profile, "1-CONFIG::file::open=use_default");
	ok(all_resolved(&profile, TMY_ITEM_FILE, TMY_PERMISSIVE | TMY_CONFIG_REJECT_LOG),
	   "use_default falls back to CONFIG");
}

static void test_room(void)
{
	struct tmy_profile profile;
	char *small = malloc(7);
	struct tmy_text text = tmy_text(small, 7);

	tmy_profile_init(&profile);
	ok(tmy_put_profile_line(&text, &profile, 255, TMY_SPAN("abc"), 0) && text.length == 15 &&
		   !memcmp(small, "255-COM", 7),
	   "a short buffer holds the start, and the length is known");
	free(small);
}

int main(void)
{
	test_lines();
	test_bad_lines();
	test_config();
	test_config_words();
	test_preference();
	test_order();
	test_resolved();
	test_room();
	return done();
}
