// SPDX-License-Identifier: GPL-2.0-only
/* Profiles: lsm/engine/profile.c against the kernel ABI specification 5. */
#include "lsm/engine/profile.h"

#include "tests/unit/spans.h"

/* ---- Lines ---- */

/* "TYPE PROFILE VALUE" of a line that defines a profile, or what else it is. */
static const char *parsed(const char *text)
{
	struct tmy_span line = exact_span(text);
	struct tmy_problem problem = { NULL, NULL };
	struct tmy_profile_line parsed;
	bool defines = false;
	const char *defined;

	if (!tmy_parse_profile_line(line, &parsed, &defines, &problem)) {
		defined = defines ? formatted("defines %d", parsed.profile) : "defines none";
		return formatted("%s, type %d, rejected: %s", defined, parsed.type,
				 problem_text(line, &problem));
	}
	if (!defines)
		return formatted("type %d, number %lu", parsed.type, (unsigned long)parsed.number);
	if (parsed.type == TMY_PROFILE_LINE_CONFIG)
		return formatted("CONFIG %d of %d: %s", parsed.item, parsed.profile,
				 span_text(parsed.value));
	return formatted("type %d of %d: %s", parsed.type, parsed.profile, span_text(parsed.value));
}

static const char *config_line(int item, int profile, const char *value)
{
	return formatted("CONFIG %d of %d: %s", item, profile, value);
}

static const char *set_line(int type, int profile, const char *value)
{
	if (type == TMY_PROFILE_LINE_CONFIG)
		return config_line(TMY_ITEM_CONFIG, profile, value);
	return formatted("type %d of %d: %s", type, profile, value);
}

/* Likewise, without the reason: that there is one and where is all that is wanted. */
static const char *rejection(const char *text)
{
	const char *got = parsed(text), *place = strstr(got, "rejected: ");
	int column, length = 0;

	if (place && sscanf(place, "rejected: %d: %n", &column, &length) == 1 && length &&
	    place[length])
		return formatted("%.*s%d", (int)(place + strlen("rejected: ") - got), got, column);
	return got;
}

/* Rejected because of what stands at @place; nevertheless profile @number comes to be, or none, -1.
 */
static const char *expected_rejection(int place, int number)
{
	const char *defined = number < 0 ? "defines none" : formatted("defines %d", number);

	return formatted("%s, type %d, rejected: %d", defined, TMY_PROFILE_LINE_NOTHING, place);
}

#define rejected(text, place, number) \
	is(rejection(text), expected_rejection(place, number), named(text))

#define sets(text, type, number, value) is(parsed(text), set_line(type, number, value), named(text))
#define version(text, number)                                                                   \
	is(parsed(text),                                                                        \
	   formatted("type %d, number %lu", TMY_PROFILE_LINE_VERSION, (unsigned long)(number)), \
	   named(text))
#define configures(text, item) \
	is(parsed(text), config_line(item, 1, strchr(text, '=') + 1), named(text))

static void test_lines(void)
{
	about("K-144 a comment is verbatim, with = in it or empty");
	sets("1-COMMENT=a b", TMY_PROFILE_LINE_COMMENT, 1, "a b");
	sets("1-COMMENT=", TMY_PROFILE_LINE_COMMENT, 1, "");
	sets("255-COMMENT=x=y =", TMY_PROFILE_LINE_COMMENT, 255, "x=y =");
	about("leading zeros mean nothing");
	sets("00007-PREFERENCE=x", TMY_PROFILE_LINE_PREFERENCE, 7, "x");
	sets("0-CONFIG={ mode=learning }", TMY_PROFILE_LINE_CONFIG, 0, "{ mode=learning }");
	about("items");
	configures("1-CONFIG=", TMY_ITEM_CONFIG);
	configures("1-CONFIG::file=", TMY_ITEM_FILE);
	configures("1-CONFIG::misc::env=x", TMY_ITEM_MISC_ENV);
	configures("1-CONFIG::network::unix_dgram_send=", TMY_ITEM_UNIX_DGRAM_SEND);
	about("a version is any number");
	version("PROFILE_VERSION=20150505", 20150505);
	version("PROFILE_VERSION=1", 1);
	version("PROFILE_VERSION=00", 0);
	version("PROFILE_VERSION=7x", 7);
	version("PROFILE_VERSION= 4294967295", 4294967295);
}

static void test_bad_lines(void)
{
	about("K-155 there is no profile 256");
	rejected("256-COMMENT=x", 0, -1);
	rejected("99999999999999999999999-COMMENT=x", 0, -1);
	about("K-151 unknown items");
	rejected("1-CONFIG::file::read={ mode=learning }", 10, 1);
	rejected("1-CONFIG::execute=disabled", 10, 1);
	rejected("1-CONFIG::capability=", 10, 1);
	rejected("1-CONFIG::=", 10, 1);
	about("D-05 an empty number does not mean profile 0");
	rejected("-CONFIG={ mode=enforcing }", 0, -1);
	rejected("-COMMENT=", 0, -1);
	rejected("-", 0, -1);
	about("a number and '-' define the profile even if the rest is wrong");
	rejected("2-COMMENT", 9, 2);
	rejected("5-", 2, 5);
	rejected("5-=", 2, 5);
	rejected("3-CONFIGS=x", 2, 3);
	rejected("3-config=x", 2, 3);
	rejected("3-PREFERENCE::audit=x", 2, 3);
	rejected("3--4-COMMENT=", 2, 3);
	about("no number and '-', no profile");
	rejected("", 0, -1);
	rejected("5", 1, -1);
	rejected("5 -COMMENT=", 1, -1);
	rejected("0x1-COMMENT=", 1, -1);
	rejected("+1-COMMENT=", 0, -1);
	rejected("# 1-COMMENT=x", 0, -1);
	about("a version is a number");
	rejected("PROFILE_VERSION=", 16, -1);
	rejected("PROFILE_VERSION=x", 16, -1);
	rejected("PROFILE_VERSION", 0, -1);
	rejected("PROFILE_VERSION=-1", 16, -1);
	rejected("PROFILE_VERSION=4294967296", 16, -1);
}

/* ---- Values ---- */

/* Applies @line to @profile; false when it is rejected. */
static bool apply(struct tmy_profile *profile, const char *text)
{
	struct tmy_span line = exact_span(text);
	struct tmy_profile_line parsed;
	bool defines;
	bool good = tmy_parse_profile_line(line, &parsed, &defines, NULL);

	if (good)
		tmy_profile_apply(profile, &parsed);
	return good;
}

/* All the lines of profile 1 with the comment "c"; kept until done(). */
static const char *lines_of(const struct tmy_profile *profile)
{
	char buffer[8192];
	struct tmy_text text = tmy_text(buffer, sizeof(buffer));
	unsigned int line;

	for (line = 0; line < TMY_PROFILE_LINES; line++)
		if (tmy_put_profile_line(&text, profile, 1, TMY_SPAN("c"), line))
			tmy_put_char(&text, '\n');
	return buffer_text(&text);
}

#define COMMENT	   "1-COMMENT=c\n"
#define PREFERENCE "1-PREFERENCE={ max_audit_log=1024 max_learning_entry=2048 }\n"
#define CONFIG	   "1-CONFIG={ mode=disabled grant_log=yes reject_log=yes }\n"

/* What a fresh profile reads back as after up to three lines. */
static const char *lines_after(const char *first, const char *second, const char *third)
{
	const char *lines[] = { first, second, third };
	struct tmy_profile profile;
	unsigned int i;

	tmy_profile_init(&profile);
	for (i = 0; i < 3; i++)
		if (lines[i] && !apply(&profile, lines[i]))
			return formatted("%s is rejected", lines[i]);
	return lines_of(&profile);
}

/* What is printed of CONFIG::file after two lines on it, in a fresh profile; "": it is use_default.
 */
static const char *file_text(const char *first, const char *second)
{
	const char *values[] = { first, second };
	struct tmy_profile profile;
	char buffer[256];
	struct tmy_text text = tmy_text(buffer, sizeof(buffer));
	unsigned int i;

	tmy_profile_init(&profile);
	for (i = 0; i < 2; i++) {
		struct tmy_profile_line change = { .type = TMY_PROFILE_LINE_CONFIG,
						   .item = TMY_ITEM_FILE };

		change.value = exact_span(values[i]);
		tmy_profile_apply(&profile, &change);
	}
	if (!tmy_put_profile_line(&text, &profile, 1, TMY_SPAN(""), 3 + TMY_ITEM_FILE))
		return formatted("%s", buffer_text(&text));
	return buffer_text(&text);
}

static void test_config(void)
{
	is(lines_after(NULL, NULL, NULL), COMMENT PREFERENCE CONFIG,
	   "K-144 a new profile is disabled");
	is(lines_after("1-CONFIG={ mode=learning }", NULL, NULL),
	   COMMENT PREFERENCE "1-CONFIG={ mode=learning grant_log=yes reject_log=yes }\n",
	   "K-145 a mode leaves the log flags alone");
	is(lines_after("1-CONFIG=grant_log=no", "1-CONFIG=reject_log=no", "1-CONFIG=permissive"),
	   COMMENT PREFERENCE "1-CONFIG={ mode=permissive grant_log=no reject_log=no }\n",
	   "K-145 what is not mentioned keeps its value");
	is(lines_after("1-CONFIG=enforcing", NULL, NULL),
	   COMMENT PREFERENCE "1-CONFIG={ mode=enforcing grant_log=yes reject_log=yes }\n",
	   "K-146 mode= is not required");
	is(lines_after("1-CONFIG={ mode=enforcing mode=disabled }", NULL, NULL),
	   COMMENT PREFERENCE "1-CONFIG={ mode=enforcing grant_log=yes reject_log=yes }\n",
	   "K-147 the strongest mode wins");
	is(lines_after("1-CONFIG::file={ mode=learning }", NULL, NULL),
	   COMMENT PREFERENCE CONFIG
	   "1-CONFIG::file={ mode=learning grant_log=yes reject_log=yes }\n",
	   "K-148 a first mode sets the log flags");
	is(lines_after("1-CONFIG::network={ grant_log=no }", NULL, NULL), COMMENT PREFERENCE CONFIG,
	   "K-149 a log flag alone means nothing to an item without a value");
	is(lines_after("1-CONFIG::file::execute=learning", "1-CONFIG::file::execute=use_default",
		       NULL),
	   COMMENT PREFERENCE CONFIG, "K-150 use_default takes the item away");
	is(lines_after("1-CONFIG=learning", "1-CONFIG=use_default", NULL),
	   COMMENT PREFERENCE "1-CONFIG={ mode=learning grant_log=yes reject_log=yes }\n",
	   "CONFIG itself is never use_default");
}

static void test_config_words(void)
{
	is(file_text("{ mode=learning grant_log=no }", ""),
	   "1-CONFIG::file="
	   "{ mode=learning grant_log=no reject_log=yes }",
	   "a first mode with a flag of its own");
	about("use_default anywhere wins");
	is(file_text("{ grant_log=no reject_log=no mode=learning }", "use_default"), "",
	   named("{ grant_log=no reject_log=no mode=learning }"));
	is(file_text("xuse_defaulty enforcing", ""), "", named("xuse_defaulty enforcing"));
	about("mode words count wherever they stand, as they are written");
	is(file_text("xdisabledx", ""),
	   "1-CONFIG::file="
	   "{ mode=disabled grant_log=yes reject_log=yes }",
	   named("xdisabledx"));
	is(file_text("Enforcing", ""), "", named("Enforcing"));
	is(file_text("mode=3", ""), "", named("mode=3"));
	is(file_text("enforcin", ""), "", named("enforcin"));
	about("yes and no are compared as prefixes");
	is(file_text("learning grant_log=yesss reject_log=nono", ""),
	   "1-CONFIG::file="
	   "{ mode=learning grant_log=yes reject_log=no }",
	   named("learning grant_log=yesss reject_log=nono"));
	is(file_text("learning grant_log=no", "grant_log=YES"),
	   "1-CONFIG::file="
	   "{ mode=learning grant_log=no reject_log=yes }",
	   named("learning grant_log=no"));
	is(file_text("learning grant_log=no", "grant_log=ye"),
	   "1-CONFIG::file="
	   "{ mode=learning grant_log=no reject_log=yes }",
	   named("learning grant_log=no"));
	about("the first log flag decides");
	is(file_text("learning grant_log=no grant_log=yes", "reject_log=no reject_log=yes"),
	   "1-CONFIG::file="
	   "{ mode=learning grant_log=no reject_log=no }",
	   named("learning grant_log=no grant_log=yes"));
	is(file_text("learning xgrant_log=no", "reject_log=x reject_log=no"),
	   "1-CONFIG::file="
	   "{ mode=learning grant_log=no reject_log=yes }",
	   named("learning xgrant_log=no"));
	about("use_default forgets");
	is(file_text("learning grant_log=no", "use_default"), "", named("learning grant_log=no"));
	is(file_text("use_default", "permissive"),
	   "1-CONFIG::file="
	   "{ mode=permissive grant_log=yes reject_log=yes }",
	   named("use_default"));
}

static void test_preference(void)
{
	is(lines_after("1-PREFERENCE={ max_learning_entry=9 }", NULL, NULL),
	   COMMENT "1-PREFERENCE={ max_audit_log=1024 max_learning_entry=9 }\n" CONFIG,
	   "K-152 only the limit that is mentioned changes");
	is(lines_after("1-PREFERENCE={ max_audit_log=x }", "1-PREFERENCE={ max_audit_log=-1 }",
		       "1-PREFERENCE={ max_audit_log }"),
	   COMMENT PREFERENCE CONFIG, "K-153 no number, no change");
	is(lines_after("1-PREFERENCE={ max_audit_log=0x10 max_learning_entry=4294967295 }", NULL,
		       NULL),
	   COMMENT "1-PREFERENCE={ max_audit_log=0 max_learning_entry=4294967295 }\n" CONFIG,
	   "a number is its decimal digits");
	about("D-09 a limit that is too big is rejected");
	rejected("1-PREFERENCE={ max_audit_log=1 max_learning_entry= 4294967296 }", 51, 1);
	rejected("1-PREFERENCE=max_audit_log=18446744073709551616", 27, 1);
	is(lines_after("1-PREFERENCE={ max_audit_log=+5 max_learning_entry= 7 }", NULL, NULL),
	   COMMENT "1-PREFERENCE={ max_audit_log=1024 max_learning_entry=7 }\n" CONFIG,
	   "a blank may stand before the number, a sign may not");
	is(lines_after("1-PREFERENCE={ max_audit_log=x max_audit_log=5 }", NULL, NULL),
	   COMMENT PREFERENCE CONFIG, "the first occurrence counts, even if no number follows");
	is(lines_after("1-PREFERENCE=xmax_audit_log=1 max_audit_log=2", NULL, NULL),
	   COMMENT "1-PREFERENCE={ max_audit_log=1 max_learning_entry=2048 }\n" CONFIG,
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
	is(lines_of(&profile),
	   COMMENT PREFERENCE CONFIG
	   "1-CONFIG::file::execute" LEARNING "1-CONFIG::file::pivot_root" LEARNING
	   "1-CONFIG::network::inet_raw_send" LEARNING "1-CONFIG::misc::env" LEARNING
	   "1-CONFIG::file={ mode=permissive grant_log=yes reject_log=yes }\n"
	   "1-CONFIG::network={ mode=disabled grant_log=yes reject_log=yes }\n"
	   "1-CONFIG::misc={ mode=enforcing grant_log=yes reject_log=yes }\n",
	   "K-154 operations are printed first, then categories");
}

/* ---- What holds ---- */

static void resolved_at(const struct tmy_profile *profile, enum tmy_item category, u8 value,
			const char *name, int line)
{
	struct tap_cases items = { 0 };
	unsigned int item;

	for (item = 0; item < TMY_OPERATION_ITEMS; item++)
		if (tmy_item_category(item) == category)
			add_case(&items, span_text(tmy_item_name(item)),
				 formatted("0x%x", profile->resolved[item]),
				 formatted("0x%x", value));
	tap_each(&items, name, __FILE__, line);
}

#define all_resolved(profile, category, value, name) \
	resolved_at((profile), (category), (value), (name), __LINE__)

static void test_resolved(void)
{
	enum {
		LOGS = TMY_CONFIG_GRANT_LOG | TMY_CONFIG_REJECT_LOG,
	};
	struct tmy_profile profile;

	tmy_profile_init(&profile);
	about("everything is disabled at first");
	all_resolved(&profile, TMY_ITEM_FILE, TMY_DISABLED | LOGS,
		     named("all_resolved(&profile, TMY_ITEM_FILE, TMY_DISABLED | LOGS)"));
	all_resolved(&profile, TMY_ITEM_NETWORK, TMY_DISABLED | LOGS,
		     named("all_resolved(&profile, TMY_ITEM_NETWORK, TMY_DISABLED | LOGS)"));
	all_resolved(&profile, TMY_ITEM_MISC, TMY_DISABLED | LOGS,
		     named("all_resolved(&profile, TMY_ITEM_MISC, TMY_DISABLED | LOGS)"));
	apply(&profile, "1-CONFIG::file={ mode=enforcing }");
	about("K-157 a category holds for its operations only");
	all_resolved(&profile, TMY_ITEM_FILE, TMY_ENFORCING | LOGS,
		     named("all_resolved(&profile, TMY_ITEM_FILE, TMY_ENFORCING | LOGS)"));
	all_resolved(&profile, TMY_ITEM_NETWORK, TMY_DISABLED | LOGS,
		     named("all_resolved(&profile, TMY_ITEM_NETWORK, TMY_DISABLED | LOGS)"));
	apply(&profile, "1-CONFIG={ mode=permissive grant_log=no }");
	apply(&profile, "1-CONFIG::file::open={ mode=learning reject_log=no }");
	about("K-157 mode and log flags come from the same item");
	all_resolved(&profile, TMY_ITEM_NETWORK, TMY_PERMISSIVE | TMY_CONFIG_REJECT_LOG,
		     named("all_resolved(&profile, TMY_ITEM_NETWORK, TMY_PERMISSIVE | "
			   "TMY_CONFIG_REJECT_LOG)"));
	is(profile.resolved[TMY_ITEM_FILE_EXECUTE], (TMY_ENFORCING | LOGS),
	   named("profile.resolved[TMY_ITEM_FILE_EXECUTE]"));
	is(profile.resolved[TMY_ITEM_FILE_OPEN], (TMY_LEARNING | TMY_CONFIG_GRANT_LOG),
	   named("profile.resolved[TMY_ITEM_FILE_OPEN]"));
	apply(&profile, "1-CONFIG::file=use_default");
	apply(&profile, "1-CONFIG::file::open=use_default");
	all_resolved(&profile, TMY_ITEM_FILE, TMY_PERMISSIVE | TMY_CONFIG_REJECT_LOG,
		     "use_default falls back to CONFIG");
}

static void test_room(void)
{
	struct tmy_profile profile;
	char *small = malloc(7);
	struct tmy_text text = tmy_text(small, 7);

	tmy_profile_init(&profile);
	about("a short buffer holds the start, and the length is known");
	is(tmy_put_profile_line(&text, &profile, 255, TMY_SPAN("abc"), 0), true, named("abc"));
	is(text.length, 15, named("text.length"));
	is_bytes(small, 7, "255-COM", 7, named("255-COM"));
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
