// SPDX-License-Identifier: GPL-2.0-only
/* IP addresses: lsm/engine/address.c against the kernel ABI specification 1.8. */
#include "lsm/engine/address.h"

#include "tests/unit/tap.h"

#include <stdlib.h>

/* A copy that ends where the text ends, so that the sanitizer sees every byte read too many. */
static char *exact(const char *text, size_t length)
{
	char *copy = malloc(length ? length : 1);

	memcpy(copy, text, length);
	return copy;
}

static bool parse(const char *word, struct tmy_address *address)
{
	char *copy = exact(word, strlen(word));
	bool yes = tmy_parse_address(tmy_span(copy, strlen(word)), address, NULL);

	free(copy);
	return yes;
}

/* Is it understood, printed as @expected, and is that printed as itself? */
static bool prints(const char *word, const char *expected)
{
	const char *words[] = { word, expected };
	struct tmy_address addresses[2];
	int i;

	for (i = 0; i < 2; i++) {
		char buffer[96];
		struct tmy_text text = tmy_text(buffer, sizeof(buffer));

		if (!parse(words[i], &addresses[i]))
			return false;
		tmy_put_address(&text, &addresses[i]);
		if (!tmy_text_fits(&text) || text.length != strlen(expected) ||
		    memcmp(buffer, expected, text.length) != 0)
			return false;
	}
	return !memcmp(&addresses[0], &addresses[1], sizeof(addresses[0]));
}

/* Is it refused, with @reason, at the character of number @column? */
static bool refused(const char *word, size_t column, const char *reason)
{
	char *copy = exact(word, strlen(word));
	struct tmy_problem problem = { NULL, NULL };
	struct tmy_address address;
	bool yes = !tmy_parse_address(tmy_span(copy, strlen(word)), &address, &problem) &&
		   problem.at == copy + column && !strcmp(problem.reason, reason);

	free(copy);
	return yes;
}

static bool no_address(const char *word)
{
	return refused(word, 0, "not an IP address");
}

static bool has(const char *range, const char *one)
{
	struct tmy_address all, single;

	return parse(range, &all) && parse(one, &single) &&
	       tmy_address_has(&all, single.low, single.size);
}

static void test_ipv4(void)
{
	ok(prints("127.000.000.001", "127.0.0.1") && prints("127.0.0.1", "127.0.0.1") &&
		   prints("0.0.0.0", "0.0.0.0") && prints("255.255.255.255", "255.255.255.255") &&
		   prints("010.08.0009.1", "10.8.9.1"),
	   "K-081 IPv4: leading zeros are decimal");
	ok(no_address("127.1") && no_address("256.0.0.1") && no_address("localhost") &&
		   no_address("1.2.3.4.5") && no_address("1.2.3.") && no_address(".1.2.3") &&
		   no_address("1..2.3") && no_address("1.2.3.4a") && no_address("0x1.2.3.4") &&
		   no_address("1.2.3.99999999999999999999") && no_address("") && no_address("5"),
	   "K-082 no IPv4 addresses");
}

static void test_ipv6(void)
{
	ok(prints("0:0:0:0:0:0:0:1", "::1") && prints("2001:0DB8::00FF", "2001:db8::ff") &&
		   prints("1:0:0:2:0:0:0:3", "1:0:0:2::3") && prints("::1.2.3.4", "::102:304"),
	   "K-081 IPv6: compressed, lower case");
	ok(prints("1:0:2:0:3:0:4:0", "1:0:2:0:3:0:4:0") &&
		   prints("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0") &&
		   prints("::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"),
	   "a single zero group is not compressed");
	ok(prints("::", "::") && prints("0::0", "::") && prints("1::", "1::") &&
		   prints("1:0:0:2:3:0:0:4", "1::2:3:0:0:4") && prints("0:0:0:1::", "0:0:0:1::") &&
		   prints("fe80::1", "fe80::1"),
	   "the longest run of zero groups is compressed, the leftmost of equals");
	ok(prints("::ffff:1.2.3.4", "::ffff:1.2.3.4") &&
		   prints("::FFFF:102:304", "::ffff:1.2.3.4") &&
		   prints("0:0:0:0:0:ffff:0:0", "::ffff:0.0.0.0") &&
		   prints("64:ff9b::192.0.2.33", "64:ff9b::c000:221") &&
		   prints("1:2:3:4:5:6:7.8.9.10", "1:2:3:4:5:6:708:90a") &&
		   prints("::fffe:1.2.3.4", "::fffe:102:304"),
	   "IPv4-mapped addresses are printed with an IPv4 address, others are not");
	ok(prints("::5efe:1.2.3.4", "::5efe:1.2.3.4") &&
		   prints("fe80::5efe:10.0.0.1", "fe80::5efe:10.0.0.1") &&
		   prints("fe80::200:5efe:c000:201", "fe80::200:5efe:192.0.2.1") &&
		   prints("1:2:3:4:0:5efe:1.2.3.4", "1:2:3:4:0:5efe:1.2.3.4") &&
		   prints("1:2:3:4:5:5efe:1.2.3.4", "1:2:3:4:5:5efe:102:304"),
	   "so are ISATAP addresses");
	ok(prints("00001::", "1::") && prints("::000000000000000000ff", "::ff"),
	   "leading zeros of a group");
	ok(no_address(":") && no_address(":::") && no_address("1:") && no_address(":1") &&
		   no_address("1::2::3") && no_address("1:::2") && no_address("::1:") &&
		   no_address("1:2:3:4:5:6:7") && no_address("1:2:3:4:5:6:7:8:9") &&
		   no_address("1:2:3:4::5:6:7:8") && no_address("1:2:3:4:5:6:7:8::") &&
		   no_address("::1:2:3:4:5:6:7:8") && no_address("12345::") && no_address("::g"),
	   "no IPv6 addresses");
	ok(no_address("1.2.3.4::") && no_address("::1.2.3.4:5") && no_address("::1.2.3") &&
		   no_address("1:2:3:4:5:6:7:1.2.3.4") && no_address("::256.0.0.1"),
	   "an IPv4 address stands only at the end");
	ok(no_address("fe80::1%eth0") && no_address("[::1]") && no_address("::1/64") &&
		   no_address(" ::1"),
	   "K-082 no zones, brackets, networks");
}

static void test_ranges(void)
{
	ok(prints("1.1.1.1-1.1.1.1", "1.1.1.1") && prints("::1-0::1", "::1"),
	   "K-084 a range of one is an address");
	ok(prints("1.2.3.4-01.2.3.5", "1.2.3.4-1.2.3.5") &&
		   prints("FE80::-FE80::FF", "fe80::-fe80::ff") &&
		   prints("::ffff:1.2.3.4-1::", "::ffff:1.2.3.4-1::"),
	   "ranges");
	ok(refused("127.0.0.1-::1", 10, "the range mixes IPv4 and IPv6") &&
		   refused("::1-127.0.0.1", 4, "the range mixes IPv4 and IPv6"),
	   "K-082 both ends of a range are of one family");
	ok(refused("1.2.3.4-5", 8, "not an IP address") &&
		   refused("1.2.3.4-", 8, "not an IP address") && no_address("-1.2.3.4") &&
		   no_address("@B") && refused("1.2.3.4-1.2.3.5-1.2.3.6", 8, "not an IP address"),
	   "K-133 both ends of a range are addresses");
	ok(refused("1.2.3.4-1.2.3.3", 8, "the range ends below its start") &&
		   refused("::1:0-::ffff", 6, "the range ends below its start"),
	   "D-09 a range is from low to high");
}

static void test_members(void)
{
	ok(has("1.2.3.4-1.2.4.0", "1.2.3.4") && has("1.2.3.4-1.2.4.0", "1.2.4.0") &&
		   has("1.2.3.4-1.2.4.0", "1.2.3.255") && has("::-ffff::", "::1"),
	   "a range has its ends and what is between them");
	ok(!has("1.2.3.4-1.2.4.0", "1.2.3.3") && !has("1.2.3.4-1.2.4.0", "1.2.4.1") &&
		   !has("1.2.3.4", "::ffff:1.2.3.4") && !has("::-ffff::", "1.2.3.4"),
	   "and nothing else, in particular nothing of the other family");
}

int main(void)
{
	test_ipv4();
	test_ipv6();
	test_ranges();
	test_members();
	return done();
}
