// SPDX-License-Identifier: GPL-2.0-only
/* Patterns: does a name match a policy word with wildcards? */
#include "pattern.h"

#define WORD_BITS (8 * sizeof(unsigned long))

/* A piece of text. */
struct span {
	const char *at;
	size_t length;
};

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool hex_digit(char c)
{
	return digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static bool octal_digit(char c)
{
	return c >= '0' && c <= '7';
}

/* Length of the encoded character at the start of @s: 1, 2 or 4; 0 when the escape is malformed. */
static size_t character(struct span s)
{
	if (s.at[0] != '\\')
		return 1;
	if (s.length >= 2 && s.at[1] == '\\')
		return 2;
	if (s.length >= 4 && s.at[1] >= '0' && s.at[1] <= '3' && octal_digit(s.at[2]) &&
	    octal_digit(s.at[3]))
		return 4;
	return 0;
}

static struct span from(struct span s, size_t start)
{
	return (struct span){ s.at + start, s.length - start };
}

static struct span upto(struct span s, size_t end)
{
	return (struct span){ s.at, end };
}

/* Up to the next slash, or all of it. */
static struct span component(struct span s)
{
	const char *slash = s.length ? memchr(s.at, '/', s.length) : NULL;

	return slash ? upto(s, (size_t)(slash - s.at)) : s;
}

/* Behind the first @length bytes and the slash that may follow them. */
static struct span behind(struct span s, size_t length)
{
	return from(s, length < s.length ? length + 1 : length);
}

/*
 * A set of places in a text of known length, one bit each, from 0 to the length itself.
 */
static bool has(const unsigned long *set, size_t place)
{
	return set[place / WORD_BITS] >> (place % WORD_BITS) & 1;
}

static void add(unsigned long *set, size_t place)
{
	set[place / WORD_BITS] |= 1UL << (place % WORD_BITS);
}

static void drop(unsigned long *set, size_t place)
{
	set[place / WORD_BITS] &= ~(1UL << (place % WORD_BITS));
}

static void start_at_zero(unsigned long *set, size_t length)
{
	memset(set, 0, (length / WORD_BITS + 1) * sizeof(*set));
	add(set, 0);
}

static bool empty(const unsigned long *set, size_t length)
{
	size_t i;

	for (i = 0; i <= length / WORD_BITS; i++)
		if (set[i])
			return false;
	return true;
}

/* How one character of the pattern, or one wildcard that stands for one, compares with the name. */
static size_t fits_one(struct span name, struct span token)
{
	char c = name.at[0];

	if (token.at[0] == '\\') {
		switch (token.at[1]) {
		case '?':
			return character(name);
		case '+':
			return digit(c);
		case 'x':
			return hex_digit(c);
		case 'a':
			return letter(c);
		}
	}
	return name.length >= token.length && !memcmp(name.at, token.at, token.length)
		       ? token.length
		       : 0;
}

/* Moves every place over one character. Downwards, so that no place is moved twice. */
static void step(unsigned long *set, struct span name, struct span token)
{
	size_t word = name.length / WORD_BITS + 1;

	while (word--) {
		unsigned long left = set[word];

		while (left) {
			size_t bit = WORD_BITS - 1 - (size_t)__builtin_clzl(left);
			size_t place = word * WORD_BITS + bit;
			size_t length =
				place < name.length ? fits_one(from(name, place), token) : 0;

			left &= ~(1UL << bit);
			drop(set, place);
			if (length)
				add(set, place + length);
		}
	}
}

/* \* and \@: from every place to all places behind it, \@ not over a dot. */
static void spread(unsigned long *set, struct span name, char wildcard)
{
	bool reached = false;
	size_t place = 0, length;

	for (;; place += length) {
		reached |= has(set, place);
		if (reached)
			add(set, place);
		if (place == name.length)
			return;
		length = character(from(name, place));
		if (!length || (wildcard == '@' && name.at[place] == '.'))
			reached = false;
		if (!length)
			length = 1;
	}
}

/* \$, \X and \A: from every place over one or more characters of a class. */
static void run(unsigned long *set, struct span name, char wildcard)
{
	bool reached = false;
	size_t place;

	for (place = 0; place <= name.length; place++) {
		bool here = has(set, place), in_class;

		if (reached)
			add(set, place);
		else
			drop(set, place);
		if (place == name.length)
			return;
		in_class = wildcard == '$'   ? digit(name.at[place])
			   : wildcard == 'X' ? hex_digit(name.at[place])
					     : letter(name.at[place]);
		reached = in_class && (reached || here);
	}
}

/* One component of the name against one pattern without subtraction. */
static bool match_one(struct span name, struct span pattern, unsigned long *set)
{
	start_at_zero(set, name.length);
	while (pattern.length) {
		size_t length = character(pattern);
		char wildcard = 0;

		if (!length) {
			if (pattern.length < 2)
				return false;
			wildcard = pattern.at[1];
			length = 2;
		}
		switch (wildcard) {
		case '*':
		case '@':
			spread(set, name, wildcard);
			break;
		case '$':
		case 'X':
		case 'A':
			run(set, name, wildcard);
			break;
		default:
			step(set, name, upto(pattern, length));
		}
		if (empty(set, name.length))
			return false;
		pattern = from(pattern, length);
	}
	return has(set, name.length);
}

/* Up to the next \- outside an escape, or all of it. */
static struct span minuend(struct span pattern)
{
	size_t i = 0;

	while (i + 1 < pattern.length) {
		if (pattern.at[i] != '\\')
			i++;
		else if (pattern.at[i + 1] == '-')
			return upto(pattern, i);
		else
			i += 2;
	}
	return pattern;
}

/* One component: the first of the patterns between \- matches, and none of the others. */
static bool match_component(struct span name, struct span pattern, unsigned long *set)
{
	struct span part = minuend(pattern);

	if (!match_one(name, part, set))
		return false;
	while (part.length < pattern.length) {
		pattern = from(pattern, part.length + 2);
		part = minuend(pattern);
		if (match_one(name, part, set))
			return false;
	}
	return true;
}

/* Moves every place, each the start of a component, over one component. */
static void step_component(unsigned long *set, struct span name, struct span pattern,
			   unsigned long *inner)
{
	size_t place = name.length;

	while (place--) {
		struct span rest = from(name, place), part;

		if (!has(set, place))
			continue;
		drop(set, place);
		part = component(rest);
		if (match_component(part, pattern, inner))
			add(set, name.length - behind(rest, part.length).length);
	}
}

/* /\{pattern\}/: from every place over one or more components, each with its slash. */
static void repeat_component(unsigned long *set, struct span name, struct span pattern,
			     unsigned long *inner)
{
	bool reached = false;
	struct span rest = name;

	while (rest.length) {
		struct span part = component(rest);
		size_t place = name.length - rest.length;
		bool here = has(set, place);

		if (reached)
			add(set, place);
		else
			drop(set, place);
		reached = (reached || here) && part.length < rest.length &&
			  match_component(part, pattern, inner);
		rest = behind(rest, part.length);
	}
	if (reached)
		add(set, name.length);
}

/* Is it nothing but \* and \@, which match nothing too? */
static bool may_be_nothing(struct span pattern)
{
	while (pattern.length >= 2 && pattern.at[0] == '\\' &&
	       (pattern.at[1] == '*' || pattern.at[1] == '@'))
		pattern = from(pattern, 2);
	return !pattern.length;
}

/*
 * Most patterns are a directory and one \* or \@ in it, with something literal behind:
 * "/var/log/\*.log". For these there is but one way to match. Is @pattern, behind its literal
 * prefix, of that kind?
 */
static bool is_simple(struct span pattern)
{
	struct span rest;

	if (pattern.length < 2 || (pattern.at[1] != '*' && pattern.at[1] != '@'))
		return false;
	rest = from(pattern, 2);
	return tmy_literal_prefix(rest.at, rest.length) == rest.length &&
	       !memchr(rest.at, '/', rest.length);
}

static bool match_simple(struct span name, struct span pattern)
{
	size_t tail = pattern.length - 2, place = 0, end = name.length - tail;

	if (name.length < tail || memcmp(name.at + end, pattern.at + 2, tail) != 0)
		return false;
	while (place < end) {
		size_t length = character(from(name, place));

		if (!length || name.at[place] == '/' ||
		    (pattern.at[1] == '@' && name.at[place] == '.'))
			return false;
		place += length;
	}
	return place == end;
}

static bool match_components(struct span name, struct span pattern, unsigned long *set,
			     unsigned long *inner)
{
	start_at_zero(set, name.length);
	while (pattern.length) {
		struct span part = component(pattern);

		if (has(set, name.length)) {
			if (may_be_nothing(pattern))
				return true;
			drop(set, name.length);
		}
		if (part.length >= 2 && part.at[0] == '\\' && part.at[1] == '{') {
			size_t inside = part.length - 2;

			if (inside < 2 || part.at[inside] != '\\' || part.at[inside + 1] != '}' ||
			    part.length == pattern.length)
				return false;
			repeat_component(set, name, upto(from(part, 2), inside - 2), inner);
		} else {
			step_component(set, name, part, inner);
		}
		if (empty(set, name.length))
			return false;
		pattern = behind(pattern, part.length);
	}
	return has(set, name.length);
}

size_t tmy_literal_prefix(const char *word, size_t length)
{
	struct span rest = { word, length };

	while (rest.length) {
		size_t one = character(rest);

		if (!one)
			break;
		rest = from(rest, one);
	}
	return length - rest.length;
}

bool tmy_match(const char *name, size_t name_length, const char *pattern, size_t pattern_length,
	       unsigned long *scratch)
{
	size_t prefix = tmy_literal_prefix(pattern, pattern_length);
	struct span rest = { name, name_length }, wild = { pattern, pattern_length };

	if (prefix == pattern_length)
		return name_length == pattern_length && !memcmp(name, pattern, pattern_length);
	if (name_length < prefix || memcmp(name, pattern, prefix) != 0)
		return false;
	if ((name_length && name[name_length - 1] == '/') != (pattern[pattern_length - 1] == '/'))
		return false;
	rest = from(rest, prefix);
	wild = from(wild, prefix);
	if (is_simple(wild))
		return match_simple(rest, wild);
	return match_components(rest, wild, scratch, scratch + rest.length / WORD_BITS + 1);
}
