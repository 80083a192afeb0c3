// SPDX-License-Identifier: GPL-2.0-only
/* Words of policy lines: normalisation, syntax, encoding. */
#include "word.h"

static bool is_printable(char c)
{
	return c > 0x20 && c < 0x7f;
}

static bool is_octal_digit(char c)
{
	return c >= '0' && c <= '7';
}

/* Three octal digits, behind a backslash. Return: false when the byte must not be written so. */
static bool parse_octal_byte(const char *digits, size_t left, unsigned char *byte)
{
	if (left < 3 || digits[0] > '3' || !is_octal_digit(digits[0]) ||
	    !is_octal_digit(digits[1]) || !is_octal_digit(digits[2]))
		return false;
	*byte = (unsigned char)((digits[0] - '0') << 6 | (digits[1] - '0') << 3 |
				(digits[2] - '0'));
	return *byte <= 0x20 || *byte >= 0x7f;
}

size_t tmy_normalize(char *line, size_t length)
{
	size_t from, to = 0;
	bool blank = false;

	for (from = 0; from < length && line[from]; from++) {
		if (!is_printable(line[from])) {
			blank = true;
			continue;
		}
		if (blank && to)
			line[to++] = ' ';
		blank = false;
		line[to++] = line[from];
	}
	return to;
}

/*
 * The length, in whole machine words, of what is printable and no backslash. A byte is one of
 * those when none of the four differences below has its highest bit set or a borrow reaches it,
 * which makes the answer too short at worst.
 */
static size_t plain_front(const char *text, size_t length)
{
	const unsigned long ones = ~0UL / 0xff, high = ones << 7;
	unsigned long word, backslash;
	size_t i;

	for (i = 0; length - i >= sizeof(word); i += sizeof(word)) {
		memcpy(&word, text + i, sizeof(word));
		backslash = word ^ ones * '\\';
		if ((word | (word - ones * 0x21) | (word + ones) | (backslash - ones)) & high)
			break;
	}
	return i;
}

bool tmy_correct_word(const char *text, size_t length)
{
	size_t i;
	int repeats = 0;
	bool braced = false;
	unsigned char byte;

	if (!length)
		return false;
	i = plain_front(text, length);
	while (i < length) {
		char c = text[i];

		if (c != '\\') {
			if (!is_printable(c) || (c == '/' && braced))
				return false;
			i++;
			continue;
		}
		if (i + 1 == length)
			return false;
		c = text[i + 1];
		switch (c) {
		case '0':
		case '1':
		case '2':
		case '3':
			if (!parse_octal_byte(text + i + 1, length - i - 1, &byte))
				return false;
			i += 4;
			continue;
		case '\\':
		case '+':
		case '?':
		case 'x':
		case 'a':
		case '-':
			break;
		case '{':
			if (!i || text[i - 1] != '/')
				return false;
			braced = true;
			repeats++;
			break;
		case '}':
			if (!braced || i + 2 >= length || text[i + 2] != '/')
				return false;
			braced = false;
			repeats++;
			break;
		case '*':
		case '@':
		case '$':
		case 'X':
		case 'A':
			repeats++;
			break;
		default:
			return false;
		}
		if (repeats > TMY_WORD_MAX_REPEATS)
			return false;
		i += 2;
	}
	return !braced;
}

bool tmy_correct_path(const char *text, size_t length)
{
	size_t i;

	for (i = 0; i < length && text[i] != '/'; i++)
		if (text[i] == '.')
			return false;
	return i < length && tmy_correct_word(text, length);
}

static size_t word_length(const char *text, size_t length)
{
	const char *blank = memchr(text, ' ', length);

	return blank ? (size_t)(blank - text) : length;
}

bool tmy_domain_def(const char *line, size_t length)
{
	size_t first = word_length(line, length);

	return first > 2 && line[0] == '<' && line[first - 1] == '>' &&
	       tmy_correct_word(line + 1, first - 2);
}

bool tmy_correct_domain(const char *line, size_t length)
{
	size_t at = word_length(line, length);

	if (!tmy_domain_def(line, length))
		return false;
	while (at < length) {
		size_t word;

		at++;
		word = word_length(line + at, length - at);
		if (!tmy_correct_path(line + at, word))
			return false;
		at += word;
	}
	return true;
}

size_t tmy_encode(char *to, size_t size, const char *from, size_t length)
{
	size_t i, used = 0;

	for (i = 0; i < length; i++) {
		unsigned char c = (unsigned char)from[i];
		size_t need = c == '\\' ? 2 : is_printable((char)c) ? 1 : 4;

		if (used + need <= size) {
			char *out = to + used;

			if (need > 1)
				*out++ = '\\';
			if (need == 4) {
				*out++ = (char)('0' + (c >> 6));
				*out++ = (char)('0' + ((c >> 3) & 7));
				*out = (char)('0' + (c & 7));
			} else {
				*out = (char)c;
			}
		} else {
			size = used; /* whole characters only */
		}
		used += need;
	}
	return used;
}

bool tmy_decode(char *word, size_t *length)
{
	size_t from = 0, to = 0;
	unsigned char byte;

	while (from < *length) {
		if (word[from] != '\\') {
			if (!is_printable(word[from]))
				return false;
			word[to++] = word[from++];
		} else if (from + 1 < *length && word[from + 1] == '\\') {
			word[to++] = '\\';
			from += 2;
		} else if (parse_octal_byte(word + from + 1, *length - from - 1, &byte)) {
			word[to++] = (char)byte;
			from += 4;
		} else {
			return false;
		}
	}
	*length = to;
	return true;
}
