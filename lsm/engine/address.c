// SPDX-License-Identifier: GPL-2.0-only
/* Addresses: IP addresses and ranges of them. */
#include "address.h"
#include "number.h"

enum {
	IPV4 = 4,  /* bytes */
	IPV6 = 16, /* bytes */
	GROUPS = IPV6 / 2,
};

static bool parse_ipv4(struct tmy_span text, u8 *bytes)
{
	unsigned int i;

	for (i = 0; i < IPV4; i++) {
		unsigned long part;

		if ((i && !tmy_span_skip(&text, TMY_SPAN("."))) ||
		    !tmy_parse_decimal(&text, 255, &part))
			return false;
		bytes[i] = (u8)part;
	}
	return !text.length;
}

static bool parse_hextet(struct tmy_span *text, u8 *bytes)
{
	unsigned int value = 0;
	size_t digits = 0;

	while (digits < text->length && tmy_digit(text->at[digits]) < 16) {
		value = value << 4 | tmy_digit(text->at[digits++]);
		if (value > 0xffff)
			return false;
	}
	bytes[0] = (u8)(value >> 8);
	bytes[1] = (u8)value;
	*text = tmy_span(text->at + digits, text->length - digits);
	return digits;
}

/* Moves what follows "::" to the end. "::" stands for at least one group. */
static bool expand_gap(u8 *bytes, size_t length, size_t gap)
{
	size_t behind = length - gap;

	if (length == IPV6)
		return false;
	memmove(bytes + IPV6 - behind, bytes + gap, behind);
	memset(bytes + gap, 0, IPV6 - length);
	return true;
}

static bool parse_ipv6(struct tmy_span text, u8 *bytes)
{
	const size_t none = IPV6 + 1;
	size_t length = 0, gap = tmy_span_skip(&text, TMY_SPAN("::")) ? 0 : none;

	while (text.length) {
		if (length + IPV4 <= IPV6 && parse_ipv4(text, bytes + length)) {
			length += IPV4;
			break;
		}
		if (length == IPV6 || !parse_hextet(&text, bytes + length))
			return false;
		length += 2;
		if (!text.length)
			break;
		if (gap == none && tmy_span_skip(&text, TMY_SPAN("::")))
			gap = length;
		else if (!tmy_span_skip(&text, TMY_SPAN(":")) || !text.length)
			return false;
	}
	return gap == none ? length == IPV6 : expand_gap(bytes, length, gap);
}

/* Return: its size in bytes; 0 when it is no address. */
static u8 parse_one_address(struct tmy_span text, u8 *bytes, struct tmy_problem *problem)
{
	if (text.length && memchr(text.at, ':', text.length)) {
		if (parse_ipv6(text, bytes))
			return IPV6;
	} else if (parse_ipv4(text, bytes)) {
		return IPV4;
	}
	tmy_problem(problem, text.at, "not an IP address");
	return 0;
}

bool tmy_parse_address(struct tmy_span word, struct tmy_address *address,
		       struct tmy_problem *problem)
{
	const char *dash = word.length ? memchr(word.at, '-', word.length) : NULL;
	struct tmy_span low = word, high = word;
	u8 high_size;

	memset(address, 0, sizeof(*address));
	if (dash) {
		low.length = (size_t)(dash - word.at);
		high = tmy_span(dash + 1, word.length - low.length - 1);
	}
	address->size = parse_one_address(low, address->low, problem);
	if (!address->size)
		return false;
	high_size = parse_one_address(high, address->high, problem);
	if (!high_size)
		return false;
	if (high_size != address->size)
		return tmy_problem(problem, high.at, "the range mixes IPv4 and IPv6");
	if (memcmp(address->low, address->high, address->size) > 0)
		return tmy_problem(problem, high.at, "the range ends below its start");
	return true;
}

static void put_ipv4(struct tmy_text *text, const u8 *bytes)
{
	unsigned int i;

	for (i = 0; i < IPV4; i++) {
		if (i)
			tmy_put_char(text, '.');
		tmy_put_decimal(text, bytes[i]);
	}
}

static unsigned int hextet_at(const u8 *bytes, unsigned int group)
{
	return (unsigned int)bytes[2 * group] << 8 | bytes[2 * group + 1];
}

static void put_hextet(struct tmy_text *text, unsigned int value)
{
	int shift = 12;

	while (shift && !(value >> shift))
		shift -= 4;
	for (; shift >= 0; shift -= 4)
		tmy_put_char(text, "0123456789abcdef"[value >> shift & 15]);
}

/* Are the last four bytes printed as IPv4? Of mapped and of ISATAP addresses they are. */
static bool ends_in_ipv4(const u8 *bytes)
{
	static const u8 mapped[] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff };
	static const u8 isatap[] = { 0, 0x5e, 0xfe };

	return !memcmp(bytes, mapped, sizeof(mapped)) ||
	       ((bytes[8] | 2) == 2 && !memcmp(bytes + 9, isatap, sizeof(isatap)));
}

/* The longest run of zero groups, the first of equals. Return: its length, 0 when below two. */
static unsigned int longest_run(const u8 *bytes, unsigned int groups, unsigned int *start)
{
	unsigned int group, run = 0, longest = 1;

	for (group = 0; group < groups; group++) {
		run = hextet_at(bytes, group) ? 0 : run + 1;
		if (run > longest) {
			longest = run;
			*start = group + 1 - run;
		}
	}
	return longest > 1 ? longest : 0;
}

static void put_ipv6(struct tmy_text *text, const u8 *bytes)
{
	const bool ipv4 = ends_in_ipv4(bytes);
	const unsigned int groups = ipv4 ? GROUPS - 2 : GROUPS;
	unsigned int group, start = GROUPS, run = longest_run(bytes, groups, &start);

	for (group = 0; group < groups; group++) {
		if (run && group == start) {
			tmy_puts(text, "::");
			group += run - 1;
			continue;
		}
		if (group && group != start + run)
			tmy_put_char(text, ':');
		put_hextet(text, hextet_at(bytes, group));
	}
	if (!ipv4)
		return;
	if (start + run != groups)
		tmy_put_char(text, ':');
	put_ipv4(text, bytes + IPV6 - IPV4);
}

static void put_one_address(struct tmy_text *text, const u8 *bytes, u8 size)
{
	if (size == IPV4)
		put_ipv4(text, bytes);
	else
		put_ipv6(text, bytes);
}

void tmy_put_address(struct tmy_text *text, const struct tmy_address *address)
{
	put_one_address(text, address->low, address->size);
	if (tmy_address_single(address))
		return;
	tmy_put_char(text, '-');
	put_one_address(text, address->high, address->size);
}
