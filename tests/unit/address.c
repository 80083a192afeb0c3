// SPDX-License-Identifier: GPL-2.0-only
/* IP addresses: lsm/engine/address.c against the kernel ABI specification 1.8. */
#include "lsm/engine/address.h"

#include "tests/unit/spans.h"

/* What is printed of @word, or why it is refused. */
static const char *printed(const char *word, struct tmy_address *address)
{
	struct tmy_span span = exact_span(word);
	struct tmy_problem problem = { NULL, NULL };
	char buffer[96];
	struct tmy_text text = tmy_text(buffer, sizeof(buffer));

	memset(address, 0, sizeof(*address));
	if (!tmy_parse_address(span, address, &problem))
		return formatted("refused: %s", problem_text(span, &problem));
	tmy_put_address(&text, address);
	return buffer_text(&text);
}

/* Is it printed as @expected, is that printed as itself, and are both the same address? */
static void prints_at(const char *word, const char *expected, const char *file, int line)
{
	struct tmy_address given, again;

	tap_text(true, printed(word, &given), expected, named(word), file, line);
	if (strcmp(word, expected) != 0)
		tap_text(true, printed(expected, &again), expected,
			 named(formatted("%s is printed as itself", expected)), file, line);
	else
		printed(expected, &again);
	tap_bytes(true, (const char *)&given, sizeof(given), (const char *)&again, sizeof(again),
		  named(formatted("%s and what it is printed as are one", word)), file, line);
}
#define prints(word, expected) prints_at(word, expected, __FILE__, __LINE__)

static const char *refusal(const char *word)
{
	struct tmy_address address;

	return printed(word, &address);
}

/* Is it refused, with @reason, at the character of number @column? */
#define refused(word, column, reason) \
	is(refusal(word), formatted("refused: %d: %s", column, reason), named(word))
#define no_address(word) refused(word, 0, "not an IP address")

static bool has(const char *range, const char *one)
{
	struct tmy_address all, single;

	return tmy_parse_address(span_of(range), &all, NULL) &&
	       tmy_parse_address(span_of(one), &single, NULL) &&
	       tmy_address_has(&all, single.low, single.size);
}

static void test_ipv4(void)
{
	about("K-081 IPv4: leading zeros are decimal");
	prints("127.000.000.001", "127.0.0.1");
	prints("127.0.0.1", "127.0.0.1");
	prints("0.0.0.0", "0.0.0.0");
	prints("255.255.255.255", "255.255.255.255");
	prints("010.08.0009.1", "10.8.9.1");
	about("K-082 no IPv4 addresses");
	no_address("127.1");
	no_address("256.0.0.1");
	no_address("localhost");
	no_address("1.2.3.4.5");
	no_address("1.2.3.");
	no_address(".1.2.3");
	no_address("1..2.3");
	no_address("1.2.3.4a");
	no_address("0x1.2.3.4");
	no_address("1.2.3.99999999999999999999");
	no_address("");
	no_address("5");
}

static void test_ipv6(void)
{
	about("K-081 IPv6: compressed, lower case");
	prints("0:0:0:0:0:0:0:1", "::1");
	prints("2001:0DB8::00FF", "2001:db8::ff");
	prints("1:0:0:2:0:0:0:3", "1:0:0:2::3");
	prints("::1.2.3.4", "::102:304");
	about("a single zero group is not compressed");
	prints("1:0:2:0:3:0:4:0", "1:0:2:0:3:0:4:0");
	prints("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0");
	prints("::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8");
	about("the longest run of zero groups is compressed, the leftmost of equals");
	prints("::", "::");
	prints("0::0", "::");
	prints("1::", "1::");
	prints("1:0:0:2:3:0:0:4", "1::2:3:0:0:4");
	prints("0:0:0:1::", "0:0:0:1::");
	prints("fe80::1", "fe80::1");
	about("IPv4-mapped addresses are printed with an IPv4 address, others are not");
	prints("::ffff:1.2.3.4", "::ffff:1.2.3.4");
	prints("::FFFF:102:304", "::ffff:1.2.3.4");
	prints("0:0:0:0:0:ffff:0:0", "::ffff:0.0.0.0");
	prints("64:ff9b::192.0.2.33", "64:ff9b::c000:221");
	prints("1:2:3:4:5:6:7.8.9.10", "1:2:3:4:5:6:708:90a");
	prints("::fffe:1.2.3.4", "::fffe:102:304");
	about("so are ISATAP addresses");
	prints("::5efe:1.2.3.4", "::5efe:1.2.3.4");
	prints("fe80::5efe:10.0.0.1", "fe80::5efe:10.0.0.1");
	prints("fe80::200:5efe:c000:201", "fe80::200:5efe:192.0.2.1");
	prints("1:2:3:4:0:5efe:1.2.3.4", "1:2:3:4:0:5efe:1.2.3.4");
	prints("1:2:3:4:5:5efe:1.2.3.4", "1:2:3:4:5:5efe:102:304");
	about("leading zeros of a group");
	prints("00001::", "1::");
	prints("::000000000000000000ff", "::ff");
	about("no IPv6 addresses");
	no_address(":");
	no_address(":::");
	no_address("1:");
	no_address(":1");
	no_address("1::2::3");
	no_address("1:::2");
	no_address("::1:");
	no_address("1:2:3:4:5:6:7");
	no_address("1:2:3:4:5:6:7:8:9");
	no_address("1:2:3:4::5:6:7:8");
	no_address("1:2:3:4:5:6:7:8::");
	no_address("::1:2:3:4:5:6:7:8");
	no_address("12345::");
	no_address("::g");
	about("an IPv4 address stands only at the end");
	no_address("1.2.3.4::");
	no_address("::1.2.3.4:5");
	no_address("::1.2.3");
	no_address("1:2:3:4:5:6:7:1.2.3.4");
	no_address("::256.0.0.1");
	about("K-082 no zones, brackets, networks");
	no_address("fe80::1%eth0");
	no_address("[::1]");
	no_address("::1/64");
	no_address(" ::1");
}

static void test_ranges(void)
{
	about("K-084 a range of one is an address");
	prints("1.1.1.1-1.1.1.1", "1.1.1.1");
	prints("::1-0::1", "::1");
	about("ranges");
	prints("1.2.3.4-01.2.3.5", "1.2.3.4-1.2.3.5");
	prints("FE80::-FE80::FF", "fe80::-fe80::ff");
	prints("::ffff:1.2.3.4-1::", "::ffff:1.2.3.4-1::");
	about("K-082 both ends of a range are of one family");
	refused("127.0.0.1-::1", 10, "the range mixes IPv4 and IPv6");
	refused("::1-127.0.0.1", 4, "the range mixes IPv4 and IPv6");
	about("K-133 both ends of a range are addresses");
	refused("1.2.3.4-5", 8, "not an IP address");
	refused("1.2.3.4-", 8, "not an IP address");
	no_address("-1.2.3.4");
	no_address("@B");
	refused("1.2.3.4-1.2.3.5-1.2.3.6", 8, "not an IP address");
	about("D-09 a range is from low to high");
	refused("1.2.3.4-1.2.3.3", 8, "the range ends below its start");
	refused("::1:0-::ffff", 6, "the range ends below its start");
}

static void test_members(void)
{
	about("a range has its ends and what is between them");
	is(has("1.2.3.4-1.2.4.0", "1.2.3.4"), true, named("1.2.3.4-1.2.4.0"));
	is(has("1.2.3.4-1.2.4.0", "1.2.4.0"), true, named("1.2.3.4-1.2.4.0"));
	is(has("1.2.3.4-1.2.4.0", "1.2.3.255"), true, named("1.2.3.4-1.2.4.0"));
	is(has("::-ffff::", "::1"), true, named("::-ffff::"));
	about("and nothing else, in particular nothing of the other family");
	is(has("1.2.3.4-1.2.4.0", "1.2.3.3"), false, named("1.2.3.4-1.2.4.0"));
	is(has("1.2.3.4-1.2.4.0", "1.2.4.1"), false, named("1.2.3.4-1.2.4.0"));
	is(has("1.2.3.4", "::ffff:1.2.3.4"), false, named("1.2.3.4"));
	is(has("::-ffff::", "1.2.3.4"), false, named("::-ffff::"));
}

int main(void)
{
	test_ipv4();
	test_ipv6();
	test_ranges();
	test_members();
	return done();
}
