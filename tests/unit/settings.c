// SPDX-License-Identifier: GPL-2.0-only
/* The files profile, manager and stat, and activation (kernel ABI specification 5, 6.4, 6.5,
 * 7.8). */
#include "tests/unit/engine.h"

#include <time.h>

#define DEFAULT_PREFERENCE "-PREFERENCE={ max_audit_log=1024 max_learning_entry=2048 }\n"
#define DEFAULT_CONFIG	   "-CONFIG={ mode=disabled grant_log=yes reject_log=yes }\n"

/* ---- Profiles ---- */

static void profile_reads_at(const char *lines, const char *expected, const char *name,
			     const char *file, int line)
{
	struct engine e;

	engine_open(&e);
	while (*lines) {
		put_bytes(e.profiles, lines, strcspn(lines, "\n"));
		lines += strcspn(lines, "\n");
		lines += *lines == '\n';
	}
	tap_text(true, keep(text_of(e.policy, TMY_FILE_PROFILE)),
		 formatted("PROFILE_VERSION=20150505\n%s", expected), name, file, line);
	engine_close(&e);
}

#define profile_reads(lines, expected, name) \
	profile_reads_at(lines, expected, name, __FILE__, __LINE__)

#define ONE	     "1-COMMENT=\n1" DEFAULT_PREFERENCE
#define ONE_DISABLED ONE "1" DEFAULT_CONFIG

static void test_profiles(void)
{
	const struct tmy_domain *where;
	const char *problem;
	struct engine e;
	u8 config;

	profile_reads("1-COMMENT=a   b", "1-COMMENT=a b\n1" DEFAULT_PREFERENCE "1" DEFAULT_CONFIG,
		      "K-144 a comment defines a profile");
	about("K-145 a mode leaves the log flags alone");
	profile_reads("1-CONFIG={ mode=learning }",
		      ONE "1-CONFIG={ mode=learning grant_log=yes reject_log=yes }\n",
		      named("1-CONFIG={ mode=learning }"));
	profile_reads("1-CONFIG={ grant_log=no }\n1-CONFIG={ mode=learning }",
		      ONE "1-CONFIG={ mode=learning grant_log=no reject_log=yes }\n",
		      named("1-CONFIG={ grant_log=no }\n1-CONFIG={ mode=learning }"));
	profile_reads("1-CONFIG=enforcing",
		      ONE "1-CONFIG={ mode=enforcing grant_log=yes reject_log=yes }\n",
		      "K-146 mode= is not required");
	profile_reads("1-CONFIG={ mode=enforcing mode=disabled }",
		      ONE "1-CONFIG={ mode=enforcing grant_log=yes reject_log=yes }\n",
		      "K-147 the strongest mode wins");
	profile_reads("1-CONFIG::file={ mode=learning }",
		      ONE_DISABLED
		      "1-CONFIG::file={ mode=learning grant_log=yes reject_log=yes }\n",
		      "K-148 a category");
	profile_reads("1-CONFIG::network={ grant_log=no }", ONE_DISABLED,
		      "K-149 a flag of an item without a mode");
	profile_reads(
		"1-CONFIG::file::execute={ mode=learning }\n1-CONFIG::file::execute=use_default",
		ONE_DISABLED, "K-150 an item is taken away");
	profile_reads("1-CONFIG::file::read=enforcing\n1-CONFIG::execute=enforcing\n"
		      "1-CONFIG::capability=enforcing",
		      ONE_DISABLED,
		      "K-151 unknown items have no effect but that the profile is defined");
	profile_reads("1-PREFERENCE={ max_learning_entry=9 }",
		      "1-COMMENT=\n1-PREFERENCE={ max_audit_log=1024 max_learning_entry=9 }\n"
		      "1" DEFAULT_CONFIG,
		      "K-152 one limit");
	profile_reads("1-PREFERENCE={ max_audit_log=x }", ONE_DISABLED,
		      "K-153 no number, no change");
	profile_reads(
		"1-CONFIG::misc=learning\n1-CONFIG::network=learning\n1-CONFIG::file=learning\n"
		"1-CONFIG::misc::env=learning\n1-CONFIG::network::unix_seqpacket_connect="
		"learning\n"
		"1-CONFIG::network::inet_stream_bind=learning\n1-CONFIG::file::pivot_root="
		"learning\n"
		"1-CONFIG::file::execute=learning",
		ONE_DISABLED
		"1-CONFIG::file::execute={ mode=learning grant_log=yes reject_log=yes }\n"
		"1-CONFIG::file::pivot_root={ mode=learning grant_log=yes reject_log=yes }\n"
		"1-CONFIG::network::inet_stream_bind={ mode=learning grant_log=yes "
		"reject_log=yes }\n"
		"1-CONFIG::network::unix_seqpacket_connect={ mode=learning grant_log=yes "
		"reject_log=yes }\n"
		"1-CONFIG::misc::env={ mode=learning grant_log=yes reject_log=yes }\n"
		"1-CONFIG::file={ mode=learning grant_log=yes reject_log=yes }\n"
		"1-CONFIG::network={ mode=learning grant_log=yes reject_log=yes }\n"
		"1-CONFIG::misc={ mode=learning grant_log=yes reject_log=yes }\n",
		"K-154 operations in their order, then categories");
	profile_reads("256-COMMENT=x", "", "K-155 there is no profile 256");
	profile_reads("255-COMMENT=x\n000-COMMENT=y",
		      "0-COMMENT=y\n0" DEFAULT_PREFERENCE "0" DEFAULT_CONFIG
		      "255-COMMENT=x\n255" DEFAULT_PREFERENCE "255" DEFAULT_CONFIG,
		      "K-155 there is profile 255; profiles are printed in ascending order");
	profile_reads("delete 1-COMMENT=gone",
		      "1-COMMENT=gone\n1" DEFAULT_PREFERENCE "1" DEFAULT_CONFIG,
		      "K-144 delete in front of a profile means nothing");

	engine_open(&e);
	load(e.profiles, "0-COMMENT=\n0-CONFIG::file={ mode=enforcing grant_log=no }");
	is(tmy_config(e.policy, tmy_find_domain(e.policy, TMY_SPAN("<kernel>")),
		      TMY_ITEM_FILE_OPEN),
	   TMY_DISABLED, "K-157 before activation everything is disabled");
	is(tmy_policy_activate(e.policy, &problem, &where), 0, "K-157 activated");
	put(e.profiles, "PROFILE_VERSION=1");
	has_file(e.policy, TMY_FILE_PROFILE, "PROFILE_VERSION=1\n",
		 "K-156 a later version is only kept");
	tmy_read_begin();
	config = tmy_config(e.policy, tmy_find_domain(e.policy, TMY_SPAN("<kernel>")),
			    TMY_ITEM_FILE_OPEN);
	is(config, (TMY_ENFORCING | TMY_CONFIG_REJECT_LOG),
	   "K-156 K-157 a category holds for its operations");
	config = tmy_config(e.policy, tmy_find_domain(e.policy, TMY_SPAN("<kernel>")),
			    TMY_ITEM_INET_STREAM_BIND);
	is((config & TMY_CONFIG_MODE), TMY_DISABLED, "K-157 and not for those of others");
	tmy_read_end();
	engine_close(&e);
}

/* ---- Managers ---- */

static bool is_manager(struct engine *e, const char *name)
{
	bool yes;

	tmy_read_begin();
	yes = tmy_is_manager(e->policy, span_of(name));
	tmy_read_end();
	return yes;
}

static void test_managers(void)
{
	struct engine e;

	engine_open(&e);
	is(is_manager(&e, "/bin/act"), false, "K-158 who is not there is no manager");
	load(e.managers, "/bin/act\n<kernel> /bin/sh\n/bin/other\\+\nfoo\n<foo> /x\n/bin/act");
	is(is_manager(&e, "/bin/act"), true, "K-159 a program is");
	about("K-160 a domain is");
	is(is_manager(&e, "<kernel> /bin/sh"), true, named("<kernel> /bin/sh"));
	is(is_manager(&e, "<kernel>"), false, named("<kernel>"));
	is(is_manager(&e, "/bin/sh"), false, named("/bin/sh"));
	about("K-161 wildcards mean nothing");
	is(is_manager(&e, "/bin/other3"), false, named("/bin/other3"));
	is(is_manager(&e, "/bin/other\\+"), true, named("/bin/other\\+"));
	about("K-166 neither a program nor a domain");
	is(put(e.managers, "/a /b"), -EINVAL, named("/a /b"));
	is(put(e.managers, "foo bar"), -EINVAL, named("foo bar"));
	is_file(e.policy, TMY_FILE_MANAGER,
		"/bin/act\n<kernel> /bin/sh\n/bin/other\\+\nfoo\n<foo> /x\n",
		"K-167 any word and any domain");
	about("K-163 a switch is not printed");
	is(put(e.managers, "manage_by_non_root"), 0, named("manage_by_non_root"));
	is_text(text_of(e.policy, TMY_FILE_MANAGER),
		"/bin/act\n<kernel> /bin/sh\n/bin/other\\+\nfoo\n<foo> /x\n",
		named("/bin/act\n<kernel> /bin/sh\n/bin/other\\+\nfoo\n<foo> /x\n"));
	about("K-164 and can be switched off");
	is(put(e.managers, "delete manage_by_non_root"), 0, named("delete manage_by_non_root"));
	is(is_manager(&e, "manage_by_non_root"), false, named("manage_by_non_root"));
	about("K-159 until it is deleted");
	is(put(e.managers, "delete /bin/act"), 0, named("delete /bin/act"));
	is(is_manager(&e, "/bin/act"), false, named("/bin/act"));
	is(put(e.managers, "delete /bin/act"), -ENOENT, named("delete /bin/act"));
	is(is_manager(&e, "foo"), true, named("foo"));
	tmy_collect(e.policy);
	about("K-159 the collector takes only that one");
	is(is_manager(&e, "/bin/act"), false, named("/bin/act"));
	is(is_manager(&e, "foo"), true, named("foo"));
	is(is_manager(&e, "<foo> /x"), true, named("<foo> /x"));
	engine_close(&e);
}

/* ---- Stat ---- */

/* Times become #; to be freed. */
static char *stat_text(struct tmy_policy *policy)
{
	char *text = text_of(policy, TMY_FILE_STAT), *at = text;

	while ((at = strstr(at, "(Last: ")))
		for (at += strlen("(Last: "); *at && *at != ')'; at++)
			if (*at >= '0' && *at <= '9')
				*at = '#';
	return text;
}

static void test_stat(void)
{
	char expected[1024];
	unsigned long before, used;
	struct tm utc = { 0 };
	time_t earliest, said;
	struct engine e;

	engine_open(&e);
	used = memory_of(e.policy);
	snprintf(expected, sizeof(expected),
		 "Policy update:                                 0\n"
		 "Policy violation in learning mode:             0\n"
		 "Policy violation in permissive mode:           0\n"
		 "Policy violation in enforcing mode:            0\n"
		 "Memory used by policy:                %10lu\n"
		 "Memory used by audit log:                      0\n"
		 "Memory used by query message:                  0\n"
		 "Total memory used:                    %10lu\n",
		 used, used);
	is_text(stat_text(e.policy), expected, "K-343 eight lines");
	load(e.stat, "Memory used by audit log: 3000");
	used = memory_of(e.policy);
	snprintf(expected, sizeof(expected),
		 "Policy update:                                 1 (Last: ####/##/## ##:##:##)\n"
		 "Policy violation in learning mode:             0\n"
		 "Policy violation in permissive mode:           0\n"
		 "Policy violation in enforcing mode:            0\n"
		 "Memory used by policy:                %10lu\n"
		 "Memory used by audit log:                      0 (Quota:       3000)\n"
		 "Memory used by query message:                  0\n"
		 "Total memory used:                    %10lu\n",
		 used, used);
	is_text(stat_text(e.policy), expected, "K-343 K-344 with a time and a quota");
	earliest = time(NULL);
	put(e.stat, "x");
	{
		char *text = text_of(e.policy, TMY_FILE_STAT);

		strptime(strstr(text, "(Last: "), "(Last: %Y/%m/%d %H:%M:%S)", &utc);
		free(text);
	}
	said = timegm(&utc);
	about("K-343 the time is now, in UTC");
	cmp_ok(said, >=, earliest, named("not before"));
	cmp_ok(said, <=, time(NULL), named("not after"));
	load(e.stat, "Memory used by policy: 9999999\nMemory used by policy: 0x100");
	has_file(e.policy, TMY_FILE_STAT,
		 formatted("Memory used by policy:                %10lu\n", memory_of(e.policy)),
		 "K-345 a quota is decimal: 0x100 is none");
	load(e.stat, "Memory used by query message:                    512 (Quota:       3000)\n"
		     "Memory used by audit log:                      0 (Quota:       3000)");
	has_file(e.policy, TMY_FILE_STAT, "query message:                  0 (Quota:        512)\n",
		 "K-346 of a line that was read the first number counts");
	has_file(e.policy, TMY_FILE_STAT, "audit log:                      0\n",
		 "K-346 which may take the quota away");
	engine_close(&e);

	engine_open(&e);
	put(e.stat, "Memory used by policy: 1");
	about("K-347 above the quota no domain is made");
	is(put(e.domains, "<kernel> /new"), -ENOMEM, named("<kernel> /new"));
	is_file(e.policy, TMY_FILE_DOMAIN_POLICY, "<kernel>\nuse_profile 0\n\n\n",
		named("<kernel>\nuse_profile 0\n\n\n"));
	is(put(e.domains, "file read /lost"), -ENOENT, "K-347 nor selected");
	put(e.stat, "Memory used by policy: 0");
	is(put(e.domains, "<kernel> /new"), 0, "K-347 without a quota it is");

	before = updates(e.policy);
	load(e.domains, "<kernel> /a\nfile read /x\nfile read /x\n<kernel> /a");
	is(updates(e.policy), before + 4, "K-348 lines that are accepted count, duplicates too");
	before = updates(e.policy);
	put(e.domains, "file readx /x");
	put(e.domains, "delete file read /nope");
	put(e.domains, "select pid=1");
	put(e.domains, "select domain=<kernel> /a");
	put(e.domains, "select transition_only");
	put(e.domains, "reset");
	put(e.domains, "file read /lost");
	put(e.exceptions, "select transition_only");
	put(e.exceptions, "nosuch");
	put(e.profiles, "nosuch");
	put(e.managers, "no such");
	put(e.managers, "delete /nope");
	is(updates(e.policy), before, "K-348 what is not accepted, and selections, do not");
	load(e.domains, "delete <kernel> /nope");
	is(updates(e.policy), before + 1, "K-349 deleting an unknown domain counts");
	put(e.stat, "garbage");
	is(updates(e.policy), before + 2, "K-349 as does anything on stat");
	put(e.domains, "<kernel> bad");
	is(updates(e.policy), before + 3, "K-349 and what is no domain");
	load(e.domains, "select <kernel> /a");
	is(updates(e.policy), before + 4, "K-348 select of a domain that is written to counts");
	load(e.exceptions, "path_group G /a");
	load(e.profiles, "0-COMMENT=x");
	load(e.managers, "/m");
	is(updates(e.policy), before + 7, "K-348 lines of every file count");
	engine_close(&e);
}

/* ---- Activation ---- */

/* Activates a policy of these lines. Return: the name of the domain that is at fault, to be freed;
 * NULL: none. */
static char *activate(const char *profiles, const char *domains, char **printed)
{
	const struct tmy_domain *where = NULL;
	const char *problem;
	char *name = NULL;
	struct engine e;
	int error;

	engine_open(&e);
	load(e.profiles, profiles);
	load(e.domains, domains);
	error = tmy_policy_activate(e.policy, &problem, &where);
	if (error) {
		struct tmy_span text = tmy_domain_name(where);

		name = calloc(1, text.length + 1);
		memcpy(name, text.at, text.length);
	}
	is(tmy_policy_active(e.policy), !error, "it is active, or there is a problem");
	is(!!problem, !!error, "it is active, or there is a problem: which is said");
	if (printed)
		*printed = text_of(e.policy, TMY_FILE_PROFILE);
	engine_close(&e);
	return name;
}

/* Kept until done(). */
static const char *activation(const char *profiles, const char *domains)
{
	char *name = activate(profiles, domains, NULL);

	return name ? keep(name) : NULL;
}

static void test_activation(void)
{
	char *printed, *name;

	is(activation("PROFILE_VERSION=20150505", ""), "<kernel>", "K-353 without any profile");
	is(activation("0-COMMENT=", "<kernel> /a\nuse_profile 5\n<kernel> /b"), "<kernel> /a",
	   "K-354 a domain's profile is undefined");
	is(activation("0-COMMENT=", "<foo> /a"), "<foo> /a", "K-354 in its own namespace");
	name = activate("0-COMMENT=", "<kernel> /a\nuse_profile 5\n<kernel> /b\ndelete <kernel> /a",
			NULL);
	is(name, NULL, "K-354 but a deleted domain does not matter");
	free(name);
	name = activate("PROFILE_VERSION=20110903\n0-COMMENT=", "", &printed);
	is(name, NULL, "K-355 the version of tomoyo-tools 2.5 is understood");
	free(name);
	has_text(printed, "PROFILE_VERSION=20150505\n", "K-355 and converted");
	is(activation("PROFILE_VERSION=1\n0-COMMENT=", ""), "<kernel>", "K-356 another is not");
	name = activate("0-COMMENT=\n<foo> PROFILE_VERSION=1", "", NULL);
	is(name, NULL, "K-356 a namespace without domains does not matter");
	free(name);
}

int main(void)
{
	test_profiles();
	test_managers();
	test_stat();
	test_activation();
	return done();
}
