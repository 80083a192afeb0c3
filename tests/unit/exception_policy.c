// SPDX-License-Identifier: GPL-2.0-only
/* The file exception_policy, and namespaces (kernel ABI specification 6.1 - 6.3, 1.11). */
#include "tests/unit/engine.h"

#define DEFAULT_PREFERENCE "-PREFERENCE={ max_audit_log=1024 max_learning_entry=2048 }\n"
#define DEFAULT_CONFIG	   "-CONFIG={ mode=disabled grant_log=yes reject_log=yes }\n"

/* The exception policy after one line; the error when it is rejected, and what is there
 * nevertheless. */
static const char *exceptions_after(const char *line)
{
	struct engine e;
	const char *text;
	int error;

	engine_open(&e);
	error = put(e.exceptions, line);
	text = keep(text_of(e.policy, TMY_FILE_EXCEPTION_POLICY));
	engine_close(&e);
	return error ? formatted("error %d, %s", error, text) : text;
}

#define exception_reads(line, expected, name) is(exceptions_after(line), expected, name)
#define exception_rejected(line, name)	      exception_reads(line, formatted("error %d, ", -EINVAL), name)

static void test_exceptions(void)
{
	struct engine e;

	exception_reads("initialize_domain /a", "initialize_domain /a from any\n",
			"K-124 a program from any domain");
	exception_reads("keep_domain /a", "keep_domain any from /a\n",
			"K-125 any program from a last word");
	exception_reads("keep_domain <kernel> /a", "keep_domain any from <kernel> /a\n",
			"K-126 any program from a domain");
	exception_reads("keep_domain any", "keep_domain any from any\n", "K-126 any from any");
	about("K-127 what is no path, no domain");
	exception_rejected("initialize_domain a from any", named("initialize_domain a from any"));
	exception_rejected("initialize_domain /a from /b /c",
			   named("initialize_domain /a from /b /c"));
	exception_rejected("keep_domain \\* from <kernel>", named("keep_domain \\* from <kernel>"));
	exception_reads("aggregator /a\\* /b", "aggregator /a\\* /b\n", "K-128 an aggregator");
	about("K-129 the new name is a path without wildcards");
	exception_rejected("aggregator /a /b\\*", named("aggregator /a /b\\*"));
	exception_rejected("aggregator /a b", named("aggregator /a b"));
	exception_rejected("aggregator /a", named("aggregator /a"));
	exception_reads("aggregator /a /b /c", "aggregator /a /b\n",
			"K-130 what follows is ignored");
	about("K-132 what is no number");
	exception_rejected("number_group N @M", named("number_group N @M"));
	exception_rejected("number_group N 10-1", named("number_group N 10-1"));
	exception_rejected("number_group N x", named("number_group N x"));
	about("K-133 what is no address");
	exception_rejected("address_group A @B", named("address_group A @B"));
	exception_rejected("address_group A 1.2.3.4-5", named("address_group A 1.2.3.4-5"));
	exception_reads("acl_group 00 file read /a", "acl_group 0 file read /a\n",
			"K-134 zeros in front of the group");
	about("K-135 no such groups");
	exception_rejected("acl_group 256 file read /a", named("acl_group 256 file read /a"));
	exception_rejected("acl_group 0x1 file read /a", named("acl_group 0x1 file read /a"));
	exception_rejected("acl_group -1 file read /a", named("acl_group -1 file read /a"));
	about("K-143 other directives");
	exception_rejected("execute_handler /x", named("execute_handler /x"));
	exception_rejected("deny_autobind 1", named("deny_autobind 1"));

	engine_open(&e);
	load(e.exceptions, "path_group G /a\npath_group G /b\npath_group F /c\npath_group G /a");
	is_file(e.policy, TMY_FILE_EXCEPTION_POLICY,
		"path_group G /a\npath_group G /b\npath_group F /c\n",
		"K-131 groups in the order of their creation, members in theirs");
	engine_close(&e);

	engine_open(&e);
	load(e.exceptions,
	     "acl_group 7 file read /7\nacl_group 0 misc env A\naddress_group A 1.2.3.4\n"
	     "number_group N 1\npath_group G /a\naggregator /a /b\nno_keep_domain /c\n"
	     "keep_domain any\nacl_group 7 file read /8\nnumber_group M 2\naddress_group B ::1\n"
	     "path_group H /b\naggregator /c /d\ninitialize_domain /x from /y\n"
	     "no_initialize_domain /x\nreset_domain /z\nno_reset_domain any from <kernel> /q");
	is_file(e.policy, TMY_FILE_EXCEPTION_POLICY,
		"no_keep_domain any from /c\nkeep_domain any from any\ninitialize_domain /x "
		"from /y\n"
		"no_initialize_domain /x from any\nreset_domain /z from any\n"
		"no_reset_domain any from <kernel> /q\naggregator /a /b\naggregator /c /d\n"
		"path_group G /a\npath_group H /b\nnumber_group N 1\nnumber_group M 2\n"
		"address_group A 1.2.3.4\naddress_group B ::1\nacl_group 0 misc env A\n"
		"acl_group 7 file read /7\nacl_group 7 file read /8\n",
		"K-136 the order of kinds");
	load(e.exceptions,
	     "delete no_keep_domain /c\ndelete keep_domain any from any\ndelete initialize_domain "
	     "/x from /y\n"
	     "delete no_initialize_domain /x\ndelete reset_domain /z\ndelete no_reset_domain any "
	     "from <kernel> /q\n"
	     "delete aggregator /a /b\ndelete aggregator /c /d more\ndelete path_group G /a\n"
	     "delete path_group H /b\ndelete number_group N 1\ndelete number_group M 2\n"
	     "delete address_group A 1.2.3.4\ndelete address_group B ::1\ndelete acl_group 0 misc "
	     "env A\n"
	     "delete acl_group 7 file read /7\ndelete acl_group 007 file read /8");
	is_file(e.policy, TMY_FILE_EXCEPTION_POLICY, "", "K-136 every kind can be deleted");
	about("K-136 but only once");
	is(put(e.exceptions, "delete path_group G /a"), -ENOENT, named("delete path_group G /a"));
	is(put(e.exceptions, "delete initialize_domain /x"), -ENOENT,
	   named("delete initialize_domain /x"));
	load(e.exceptions, "address_group A 1.2.3.4-1.2.3.4\ndelete address_group A 1.2.3.4");
	is_file(e.policy, TMY_FILE_EXCEPTION_POLICY, "", "K-142 a range of one is that one");
	engine_close(&e);
}

static void test_namespaces(void)
{
	struct engine e;

	engine_open(&e);
	load(e.exceptions, "path_group G /a");
	load(e.profiles, "0-COMMENT=x");
	about("K-137 one namespace needs no name");
	is_file(e.policy, TMY_FILE_EXCEPTION_POLICY, "path_group G /a\n",
		named("path_group G /a\n"));
	is_file(e.policy, TMY_FILE_PROFILE,
		"PROFILE_VERSION=20150505\n0-COMMENT=x\n0" DEFAULT_PREFERENCE "0" DEFAULT_CONFIG,
		named("PROFILE_VERSION=20150505\n0-COMMENT=x\n0"));
	load(e.exceptions, "<foo> path_group G /b");
	about("K-138 with two, each line has one");
	is_file(e.policy, TMY_FILE_EXCEPTION_POLICY,
		"<kernel> path_group G /a\n<foo> path_group G /b\n",
		named("<kernel> path_group G /a\n<foo> path_group G /b\n"));
	is_file(e.policy, TMY_FILE_PROFILE,
		"<kernel> PROFILE_VERSION=20150505\n<kernel> 0-COMMENT=x\n"
		"<kernel> 0" DEFAULT_PREFERENCE "<kernel> 0" DEFAULT_CONFIG
		"<foo> PROFILE_VERSION=20150505\n",
		named("<kernel> PROFILE_VERSION=20150505\n<kernel> 0-COMMENT=x\n"
		      "<kernel> 0"));
	about("K-140 delete comes first");
	is(put(e.exceptions, "<foo> delete path_group G /b"), -EINVAL,
	   named("<foo> delete path_group G /b"));
	has_file(e.policy, TMY_FILE_EXCEPTION_POLICY, "<foo> path_group G /b\n",
		 named("<foo> path_group G /b\n"));
	load(e.exceptions, "delete <foo> path_group G /b");
	is_file(e.policy, TMY_FILE_EXCEPTION_POLICY, "<kernel> path_group G /a\n",
		"K-139 K-141 it is deleted; the namespace is not");
	load(e.exceptions, "delete <kernel> path_group G /a\ndelete path_group G /a");
	is_file(e.policy, TMY_FILE_EXCEPTION_POLICY, "", "K-141 with and without its name");
	about("K-138 what is no namespace");
	is(put(e.exceptions, "<foo>"), -EINVAL, named("<foo>"));
	is(put(e.exceptions, "<> path_group G /a"), -EINVAL, named("<> path_group G /a"));
	is(put(e.exceptions, "<k path_group KK /a"), -EINVAL, named("<k path_group KK /a"));
	load(e.domains, "<new> /a");
	has_file(e.policy, TMY_FILE_PROFILE, "<new> PROFILE_VERSION=20150505\n",
		 "K-138 a domain makes its namespace");
	engine_close(&e);

	/* Groups of the same name are others in another namespace, and of another kind. */
	engine_open(&e);
	load(e.exceptions, "<foo> path_group G /b\nnumber_group G 5");
	load(e.domains, "<kernel> /a\nfile read @G\nfile create /x @G\n<foo> /a\nfile read @G");
	about("K-138 a group belongs to its namespace");
	isnt(verdict(e.policy, "<kernel> /a", "file read /b", NULL), "granted",
	     named("<kernel> /a"));
	is(verdict(e.policy, "<foo> /a", "file read /b", NULL), "granted", named("<foo> /a"));
	is(verdict(e.policy, "<kernel> /a", "file create /x 5", NULL), "granted",
	   named("<kernel> /a"));
	engine_close(&e);
}

int main(void)
{
	test_exceptions();
	test_namespaces();
	return done();
}
