/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Words of policy lines: normalisation, syntax, encoding (kernel ABI specification 1.1 - 1.4).
 *
 * No function here allocates, keeps state or needs a terminating NUL: every text is a
 * pointer and a length in bytes. All may be called concurrently.
 */
#ifndef TMY_ENGINE_WORD_H
#define TMY_ENGINE_WORD_H

#include "os.h"

#ifdef __cplusplus
extern "C" {
#endif

enum {
	/* Repeating wildcards (\* \@ \$ \X \A \{ \}) that one word may hold. */
	TMY_WORD_MAX_REPEATS = 20,
	/* Longest name of a domain, in bytes. */
	TMY_DOMAIN_MAX_LENGTH = 4085,
};

/**
 * tmy_normalize - normalize the white space of a line (specification 1.2)
 * @line: the line without its newline; rewritten in place
 * @length: its length in bytes
 *
 * A NUL byte ends the line. Every other byte outside 0x21..0x7E is a blank; blanks at
 * both ends go, inner runs become one space.
 *
 * Return: the new length, never more than @length.
 */
size_t tmy_normalize(char *line, size_t length);

/*
 * tmy_correct_word - may this text stand as one word of a policy line (1.3)?
 */
bool tmy_correct_word(const char *text, size_t length);

/*
 * tmy_correct_path - is it a word with a '/' and no '.' before its first '/' (1.3)?
 */
bool tmy_correct_path(const char *text, size_t length);

/*
 * tmy_domain_def - does this line start a domain: is its first word <word> (1.3)?
 */
bool tmy_domain_def(const char *line, size_t length);

/*
 * tmy_correct_domain - is the whole line a domain's name (1.3)? Its length is not checked.
 */
bool tmy_correct_domain(const char *line, size_t length);

/*
 * tmy_encode - write any bytes as a word (1.1)
 * @to: the destination, of @size bytes; may be NULL when @size is 0
 * @from: the bytes, of @length
 *
 * Return: the encoded length, which may exceed @size (then @to holds what fitted, whole
 * characters only). No NUL is written.
 */
size_t tmy_encode(char *to, size_t size, const char *from, size_t length);

/**
 * tmy_decode - the bytes that a word without wildcards stands for (1.1)
 * @word: decoded in place
 * @length: its length; set to that of the result
 *
 * Return: false when the word holds a wildcard or a bad escape; @word is then undefined.
 */
bool tmy_decode(char *word, size_t *length);

#ifdef __cplusplus
}
#endif

#endif
