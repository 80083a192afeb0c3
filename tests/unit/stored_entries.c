// SPDX-License-Identifier: GPL-2.0-only
/* Words and operands: what is stored of them, and what is rejected (kernel ABI specification 1.2
 * - 1.9). */
#include "tests/unit/engine.h"

/* What is printed of one entry in a domain of its own; NULL when it is rejected. To be freed. */
static char *stored(const char *line, size_t length)
{
	struct engine e;
	char *text = NULL;

	engine_open(&e);
	put(e.domains, "<kernel> //t");
	if (!put_bytes(e.domains, line, length)) {
		char *entries;

		text = domain_text(e.policy, "<kernel> //t");
		entries = strstr(text, "\n\n") + 2;
		memmove(text, entries, strlen(entries) + 1);
		text[strcspn(text, "\n")] = 0;
	}
	engine_close(&e);
	return text;
}

/* The same, kept until done(). */
static const char *read_back(const char *line)
{
	char *text = stored(line, strlen(line));

	return text ? keep(text) : NULL;
}

#define reads(line, expected, name) is(read_back(line), expected, name)
#define same(line, name)	    reads(line, line, name)
#define rejected(line, name)	    reads(line, NULL, name)

static void test_words(void)
{
	static const char nul[] = "file read /n1\0junk";
	struct engine e;
	char *text;

	engine_open(&e);
	put(e.domains, "  <kernel> \t //t \r");
	put(e.domains, "\t file \t read  /t1 \t");
	is_entries(e.policy, "<kernel> //t", "file read /t1\n", "K-029 blanks are normalized");
	engine_close(&e);

	text = stored(nul, sizeof(nul) - 1);
	about("K-030 a NUL ends a line");
	isnt(text, NULL, named("text"));
	is_text(text, "file read /n1", named("file read /n1"));
	reads("file read /\xc3\xa9", "file read /", "K-031 bytes above 126 are blanks");
	same("file read /a\\040b", "K-032 an escape is stored as it is");
	about("K-033 wrong escapes");
	rejected("file read /a\\101b", named("file read /a\\101b"));
	rejected("file read /a\\041", named("file read /a\\041"));
	rejected("file read /a\\37", named("file read /a\\37"));
	rejected("file read /a\\400", named("file read /a\\400"));
	rejected("file read /a\\b", named("file read /a\\b"));
	rejected("file read \\", named("file read \\"));
	about("K-034 escapes of what must be escaped");
	same("file read /a\\000b", named("file read /a\\000b"));
	same("file read /a\\177", named("file read /a\\177"));
	same("file read /a\\200", named("file read /a\\200"));
#define FIVE(x) x x x x x
	same("file read /" FIVE("\\*\\*\\*\\*"), "K-035 twenty wildcards with a price");
	rejected("file read /" FIVE("\\*\\*\\*\\*") "\\*", "K-036 not twenty-one");
	same("file read /" FIVE(FIVE("\\?")), "K-037 others have no price");
	about("K-038 braces between slashes");
	same("file read /\\{d\\}/x", named("file read /\\{d\\}/x"));
	same("file read /a/\\{d\\}/", named("file read /a/\\{d\\}/"));
	same("file read /\\{\\}/x", named("file read /\\{\\}/x"));
	same("file read /\\{a\\}/\\{b\\}/", named("file read /\\{a\\}/\\{b\\}/"));
	about("K-039 braces elsewhere");
	rejected("file read \\{d\\}/x", named("file read \\{d\\}/x"));
	rejected("file read /a\\{d\\}/x", named("file read /a\\{d\\}/x"));
	rejected("file read /\\{d\\}x", named("file read /\\{d\\}x"));
	rejected("file read /\\{a/b\\}/x", named("file read /\\{a/b\\}/x"));
	rejected("file read /\\{a\\}/\\}/", named("file read /\\{a\\}/\\}/"));
	about("K-040 a word need not be a path");
	same("file read a", named("file read a"));
	same("file read *", named("file read *"));
	same("file read \"/a\"", named("file read \"/a\""));
	rejected("file read /a /b", "K-041 one name too many");

	engine_open(&e);
	put(e.domains, "<kernel> foo");
	put(e.domains, "<kernel> \\*");
	put(e.domains, "<>");
	put(e.domains, "kernel");
	is_file(e.policy, TMY_FILE_DOMAIN_POLICY, "<kernel>\nuse_profile 0\n\n\n",
		"K-042 what is no name of a domain makes none");
	about("K-043 names of domains");
	is(put(e.domains, "<kernel> /x //y"), 0, named("<kernel> /x //y"));
	is(put(e.domains, "</usr/sbin/httpd>"), 0, named("</usr/sbin/httpd>"));
	is(put(e.domains, "<foo.bar> /a"), 0, named("<foo.bar> /a"));
	is(put(e.domains, "<kernel> /bin/\\*"), 0, named("<kernel> /bin/\\*"));

	is_file(e.policy, TMY_FILE_DOMAIN_POLICY,
		"<kernel>\nuse_profile 0\n\n\n<kernel> /x //y\nuse_profile 0\n\n\n"
		"</usr/sbin/httpd>\nuse_profile 0\n\n\n<foo.bar> /a\nuse_profile 0\n\n\n"
		"<kernel> /bin/\\*\nuse_profile 0\n\n\n",
		named("<kernel>\nuse_profile 0\n\n\n<kernel> /x //y\nuse_profile 0\n\n\n"));
	engine_close(&e);
}

static void test_operands(void)
{
	reads("file create /a 0X1f", "file create /a 0x1F", "K-075 hexadecimal digits");
	reads("file create /a 10-10", "file create /a 10", "K-076 a range of one");
	same("file create /a 8-010", "K-077 each end has its radix");
	reads("file create /a 08", "file create /a 8", "K-078 08 is decimal");
	about("K-079 what is no number");
	rejected("file create /a 20-10", named("file create /a 20-10"));
	rejected("file create /a -1", named("file create /a -1"));
	rejected("file create /a 1-", named("file create /a 1-"));
	rejected("file create /a 5x", named("file create /a 5x"));
	rejected("file create /a 0x", named("file create /a 0x"));
	rejected("file create /a 1-2-3", named("file create /a 1-2-3"));
	about("K-081 addresses are canonical");
	reads("network inet stream bind 127.000.000.001 1", "network inet stream bind 127.0.0.1 1",
	      named("network inet stream bind 127.000.000.001 1"));
	reads("network inet stream bind 0:0:0:0:0:0:0:1 1", "network inet stream bind ::1 1",
	      named("network inet stream bind 0:0:0:0:0:0:0:1 1"));
	reads("network inet stream bind 2001:0DB8::00FF 1",
	      "network inet stream bind 2001:db8::ff 1",
	      named("network inet stream bind 2001:0DB8::00FF 1"));
	reads("network inet stream bind 1:0:0:2:0:0:0:3 1", "network inet stream bind 1:0:0:2::3 1",
	      named("network inet stream bind 1:0:0:2:0:0:0:3 1"));
	reads("network inet stream bind ::1.2.3.4 1", "network inet stream bind ::102:304 1",
	      named("network inet stream bind ::1.2.3.4 1"));
	about("K-082 what is no address");
	rejected("network inet stream bind 127.1 1", named("network inet stream bind 127.1 1"));
	rejected("network inet stream bind 256.0.0.1 1",
		 named("network inet stream bind 256.0.0.1 1"));
	rejected("network inet stream bind localhost 1",
		 named("network inet stream bind localhost 1"));
	rejected("network inet stream bind 127.0.0.1-::1 1",
		 named("network inet stream bind 127.0.0.1-::1 1"));
	rejected("network inet stream bind fe80::1%eth0 1",
		 named("network inet stream bind fe80::1%eth0 1"));
	about("K-083 no such port");
	rejected("network inet stream bind ::1 65536", named("network inet stream bind ::1 65536"));
	rejected("network inet stream bind ::1 70000-80000",
		 named("network inet stream bind ::1 70000-80000"));
	reads("network inet stream bind 1.1.1.1-1.1.1.1 1", "network inet stream bind 1.1.1.1 1",
	      "K-084 a range of one address");
	reads("file write/read /a", "file read/write /a", "K-085 the order of operations is fixed");
	reads("file "
	      "append/execute/write/read/unlink/getattr/rmdir/truncate/symlink/chroot/unmount "
	      "/a",
	      "file "
	      "execute/read/write/append/unlink/getattr/rmdir/truncate/symlink/chroot/unmount "
	      "/a",
	      "K-086 all with a name");
	reads("file chgrp/chown/chmod/ioctl/mksock/mkfifo/mkdir/create /a 0",
	      "file create/mkdir/mkfifo/mksock/ioctl/chmod/chown/chgrp /a 0",
	      "K-087 all with a name and a number");
	reads("file pivot_root/rename/link /a /b", "file link/rename/pivot_root /a /b",
	      "K-088 all with two names");
	reads("network inet stream send/connect/listen/bind 127.0.0.1 80",
	      "network inet stream bind/listen/connect/send 127.0.0.1 80",
	      "K-089 all of the network");
	about("K-090 unknown operations");
	rejected("file nosuch /a", named("file nosuch /a"));
	rejected("file umount /a", named("file umount /a"));
	rejected("file transit /a", named("file transit /a"));
	about("K-091 unknown protocols and operations of the network");
	rejected("network inet tcp bind 127.0.0.1 80", named("network inet tcp bind 127.0.0.1 80"));
	rejected("network inet stream accept 127.0.0.1 80",
		 named("network inet stream accept 127.0.0.1 80"));
	same("file mkchar /a 0-0777 @MAJ 0-255", "K-092 a range and a group");
	about("K-093 missing operands");
	rejected("file mount a b c", named("file mount a b c"));
	rejected("file link /a", named("file link /a"));
	rejected("file mkblock /a 0600 1", named("file mkblock /a 0600 1"));
	about("K-094 what is no variable");
	rejected("misc env PATH=x", named("misc env PATH=x"));
	rejected("misc env A B", named("misc env A B"));
	same("misc env LC_\\*", "K-095 a pattern of variables");
	about("K-096 what is no domain");
	rejected("task manual_domain_transition foo", named("task manual_domain_transition foo"));
	rejected("task manual_domain_transition <kernel> x",
		 named("task manual_domain_transition <kernel> x"));
	about("K-185 only the execution of programs has a transition");
	rejected("file read /a keep", named("file read /a keep"));
	rejected("misc env A keep", named("misc env A keep"));
	rejected("file execute/read /a keep", named("file execute/read /a keep"));
}

int main(void)
{
	test_words();
	test_operands();
	return done();
}
