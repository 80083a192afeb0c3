// SPDX-License-Identifier: GPL-2.0-only
/* Patterns: matching names against policy words with wildcards. */
#include "pattern.h"

#define WORD_BITS (8 * sizeof(unsigned long))

/* Like struct tmy_span. */
struct span {
	const char *at;
	size_t length;
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_hex_digit(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static bool is_octal_digit(char c)
{
	return c >= '0' && c <= '7';
}

/* Length of the encoded character at the start of @s: 1, 2 or 4; 0 when the escape is malformed. */
static size_t character_length(struct span s)
{
	if (s.at[0] != '\\')
		return 1;
	if (s.length >= 2 && s.at[1] == '\\')
		return 2;
	if (s.length >= 4 && s.at[1] >= '0' && s.at[1] <= '3' && is_octal_digit(s.at[2]) &&
	    is_octal_digit(s.at[3]))
		return 4;
	return 0;
}

static struct span span_from(struct span s, size_t start)
{
	return (struct span){ s.at + start, s.length - start };
}

static struct span span_upto(struct span s, size_t end)
{
	return (struct span){ s.at, end };
}

/* Up to the next slash, or all of it. */
static struct span first_component(struct span s)
{
	const char *slash = s.length ? memchr(s.at, '/', s.length) : NULL;

	return slash ? span_upto(s, (size_t)(slash - s.at)) : s;
}

/* Behind the first @length bytes and the slash that may follow them. */
static struct span span_behind(struct span s, size_t length)
{
	return span_from(s, length < s.length ? length + 1 : length);
}

/*
 * A set of positions in a text of known length, one bit each, from 0 to the length inclusive.
 */
static bool set_has(const unsigned long *set, size_t place)
{
	return set[place / WORD_BITS] >> (place % WORD_BITS) & 1;
}

static void set_add(unsigned long *set, size_t place)
{
	set[place / WORD_BITS] |= 1UL << (place % WORD_BITS);
}

static void set_remove(unsigned long *set, size_t place)
{
	set[place / WORD_BITS] &= ~(1UL << (place % WORD_BITS));
}

static void set_init(unsigned long *set, size_t length)
{
	memset(set, 0, (length / WORD_BITS + 1) * sizeof(*set));
	set_add(set, 0);
}

static bool set_is_empty(const unsigned long *set, size_t length)
{
	size_t i;

	for (i = 0; i <= length / WORD_BITS; i++)
		if (set[i])
			return false;
	return true;
}

/*
 * Matches one token of the pattern, a character or a wildcard for one character, at the start of
 * the name. Return: bytes of the name that it matches; 0 when it does not.
 */
static size_t match_character(struct span name, struct span token)
{
	char c = name.at[0];

	if (token.at[0] == '\\') {
		switch (token.at[1]) {
		case '?':
			return character_length(name);
		case '+':
			return is_digit(c);
		case 'x':
			return is_hex_digit(c);
		case 'a':
			return is_letter(c);
		}
	}
	return name.length >= token.length && !memcmp(name.at, token.at, token.length)
		       ? token.length
		       : 0;
}

/* Advances every position by one token. In descending order, so that none is advanced twice. */
static void step_character(unsigned long *set, struct span name, struct span token)
{
	size_t word = name.length / WORD_BITS + 1;

	while (word--) {
		unsigned long left = set[word];

		while (left) {
			size_t bit = WORD_BITS - 1 - (size_t)__builtin_clzl(left);
			size_t place = word * WORD_BITS + bit;
			size_t length = place < name.length
						? match_character(span_from(name, place), token)
						: 0;

			left &= ~(1UL << bit);
			set_remove(set, place);
			if (length)
				set_add(set, place + length);
		}
	}
}

/* \* and \@: from every position to itself and all later ones; \@ does not pass a dot. */
static void step_any(unsigned long *set, struct span name, char wildcard)
{
	bool reached = false;
	size_t place = 0, length;

	for (;; place += length) {
		reached |= set_has(set, place);
		if (reached)
			set_add(set, place);
		if (place == name.length)
			return;
		length = character_length(span_from(name, place));
		if (!length || (wildcard == '@' && name.at[place] == '.'))
			reached = false;
		if (!length)
			length = 1;
	}
}

/* \$, \X and \A: advances every position by one or more characters of a class. */
static void step_class(unsigned long *set, struct span name, char wildcard)
{
	bool reached = false;
	size_t place;

	for (place = 0; place <= name.length; place++) {
		bool here = set_has(set, place), in_class;

		if (reached)
			set_add(set, place);
		else
			set_remove(set, place);
		if (place == name.length)
			return;
		in_class = wildcard == '$'   ? is_digit(name.at[place])
			   : wildcard == 'X' ? is_hex_digit(name.at[place])
					     : is_letter(name.at[place]);
		reached = in_class && (reached || here);
	}
}

/* Matches one component of the name against a pattern without \-. */
static bool match_unsubtracted(struct span name, struct span pattern, unsigned long *set)
{
	set_init(set, name.length);
	while (pattern.length) {
		size_t length = character_length(pattern);
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
			step_any(set, name, wildcard);
			break;
		case '$':
		case 'X':
		case 'A':
			step_class(set, name, wildcard);
			break;
		default:
			step_character(set, name, span_upto(pattern, length));
		}
		if (set_is_empty(set, name.length))
			return false;
		pattern = span_from(pattern, length);
	}
	return set_has(set, name.length);
}

/* Up to the next \- outside an escape, or all of it. */
static struct span before_subtraction(struct span pattern)
{
	size_t i = 0;

	while (i + 1 < pattern.length) {
		if (pattern.at[i] != '\\')
			i++;
		else if (pattern.at[i + 1] == '-')
			return span_upto(pattern, i);
		else
			i += 2;
	}
	return pattern;
}

/* Matches one component: the first of the patterns separated by \- matches, and no other does. */
static bool match_component(struct span name, struct span pattern, unsigned long *set)
{
	struct span part = before_subtraction(pattern);

	if (!match_unsubtracted(name, part, set))
		return false;
	while (part.length < pattern.length) {
		pattern = span_from(pattern, part.length + 2);
		part = before_subtraction(pattern);
		if (match_unsubtracted(name, part, set))
			return false;
	}
	return true;
}

/* Advances every position, each of which is the start of a component, by one component. */
static void step_component(unsigned long *set, struct span name, struct span pattern,
			   unsigned long *inner)
{
	size_t place = name.length;

	while (place--) {
		struct span rest = span_from(name, place), part;

		if (!set_has(set, place))
			continue;
		set_remove(set, place);
		part = first_component(rest);
		if (match_component(part, pattern, inner))
			set_add(set, name.length - span_behind(rest, part.length).length);
	}
}

/* /\{pattern\}/: advances every position by one or more components, each with its slash. */
static void repeat_component(unsigned long *set, struct span name, struct span pattern,
			     unsigned long *inner)
{
	bool reached = false;
	struct span rest = name;

	while (rest.length) {
		struct span part = first_component(rest);
		size_t place = name.length - rest.length;
		bool here = set_has(set, place);

		if (reached)
			set_add(set, place);
		else
			set_remove(set, place);
		reached = (reached || here) && part.length < rest.length &&
			  match_component(part, pattern, inner);
		rest = span_behind(rest, part.length);
	}
	if (reached)
		set_add(set, name.length);
}

/* Does the pattern match the empty text: does it consist of \* and \@ only? */
static bool matches_empty(struct span pattern)
{
	while (pattern.length >= 2 && pattern.at[0] == '\\' &&
	       (pattern.at[1] == '*' || pattern.at[1] == '@'))
		pattern = span_from(pattern, 2);
	return !pattern.length;
}

/*
 * Most patterns are a literal directory, one \* or \@ in the last component and a literal tail,
 * such as "/var/log/\*.log", and need no set of positions. @pattern: what follows the literal
 * prefix
 */
static bool is_simple_pattern(struct span pattern)
{
	struct span rest;

	if (pattern.length < 2 || (pattern.at[1] != '*' && pattern.at[1] != '@'))
		return false;
	rest = span_from(pattern, 2);
	return tmy_literal_prefix(rest.at, rest.length) == rest.length &&
	       !memchr(rest.at, '/', rest.length);
}

static bool match_simple(struct span name, struct span pattern)
{
	size_t tail = pattern.length - 2, place = 0, end = name.length - tail;

	if (name.length < tail || memcmp(name.at + end, pattern.at + 2, tail) != 0)
		return false;
	while (place < end) {
		size_t length = character_length(span_from(name, place));

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
	set_init(set, name.length);
	while (pattern.length) {
		struct span part = first_component(pattern);

		if (set_has(set, name.length)) {
			if (matches_empty(pattern))
				return true;
			set_remove(set, name.length);
		}
		if (part.length >= 2 && part.at[0] == '\\' && part.at[1] == '{') {
			size_t inside = part.length - 2;

			if (inside < 2 || part.at[inside] != '\\' || part.at[inside + 1] != '}' ||
			    part.length == pattern.length)
				return false;
			repeat_component(set, name, span_upto(span_from(part, 2), inside - 2),
					 inner);
		} else {
			step_component(set, name, part, inner);
		}
		if (set_is_empty(set, name.length))
			return false;
		pattern = span_behind(pattern, part.length);
	}
	return set_has(set, name.length);
}

size_t tmy_literal_prefix(const char *word, size_t length)
{
	struct span rest = { word, length };

	while (rest.length) {
		size_t one = character_length(rest);

		if (!one)
			break;
		rest = span_from(rest, one);
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
	rest = span_from(rest, prefix);
	wild = span_from(wild, prefix);
	if (is_simple_pattern(wild))
		return match_simple(rest, wild);
	return match_components(rest, wild, scratch, scratch + rest.length / WORD_BITS + 1);
}
