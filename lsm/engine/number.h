/* SPDX-License-Identifier: GPL-2.0-only */
/* Numbers: single ones and ranges, each end with its radix (kernel ABI specification 1.6). */
#ifndef TMY_ENGINE_NUMBER_H
#define TMY_ENGINE_NUMBER_H

#include "problem.h"

#ifdef __cplusplus
extern "C" {
#endif

enum tmy_radix {
	TMY_DECIMAL,
	TMY_OCTAL,
	TMY_HEXADECIMAL,
};

/*
 * low <= high; a single number has equal ends, radices included. Padding is zero, so that equal
 * numbers are equal in bytes: they are compared and hashed as bytes.
 */
struct tmy_number {
	unsigned long low, high;
	u8 low_radix, high_radix; /* enum tmy_radix */
	u8 zero[sizeof(unsigned long) - 2];
};

/*
 * tmy_parse_number - parse "N" or "N-M"; groups ("@NAME") are left to the caller
 *
 * Overflow is an error (specification 9, D-09).
 */
bool tmy_parse_number(struct tmy_span word, struct tmy_number *number, struct tmy_problem *problem);

/* Prints it canonically: hexadecimal digits upper case, octal zero "00", equal ends once. */
void tmy_put_number(struct tmy_text *text, const struct tmy_number *number);

static inline bool tmy_number_single(const struct tmy_number *number)
{
	return number->low == number->high;
}

/*
 * tmy_parse_decimal - parse the decimal digits at the front of @span, which becomes what follows
 *
 * Return: false when there is no digit or the value exceeds @max; @span is then unchanged.
 */
bool tmy_parse_decimal(struct tmy_span *span, unsigned long max, unsigned long *value);

#ifdef __cplusplus
}
#endif

#endif
