/* SPDX-License-Identifier: GPL-2.0-only */
/* Addresses: IP addresses and ranges of them (kernel ABI specification 1.8). */
#ifndef TMY_ENGINE_ADDRESS_H
#define TMY_ENGINE_ADDRESS_H

#include "problem.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Bytes in network order; an IPv4 address has four, and zeros behind. Compared as bytes. */
struct tmy_address {
	u8 low[16], high[16]; /* low <= high */
	u8 size;	      /* 4 or 16 */
	u8 zero[7];
};

/*
 * tmy_parse_address - parse "A" or "A-B"; groups ("@NAME") are left to the caller
 *
 * Ends of different families, or in the wrong order, are an error (specification 9, D-09).
 */
bool tmy_parse_address(struct tmy_span word, struct tmy_address *address,
		       struct tmy_problem *problem);

/* Prints it canonically: dotted decimal; IPv6 lower case and compressed; equal ends once. */
void tmy_put_address(struct tmy_text *text, const struct tmy_address *address);

static inline bool tmy_address_single(const struct tmy_address *address)
{
	return !memcmp(address->low, address->high, sizeof(address->low));
}

/* Is the address of @size bytes at @bytes in the range? */
static inline bool tmy_address_has(const struct tmy_address *range, const u8 *bytes, u8 size)
{
	return range->size == size && memcmp(range->low, bytes, size) <= 0 &&
	       memcmp(bytes, range->high, size) <= 0;
}

#ifdef __cplusplus
}
#endif

#endif
