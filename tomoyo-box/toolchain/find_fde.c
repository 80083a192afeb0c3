/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * _Unwind_Find_FDE() for a static musl program: finds the unwind information of a code address.
 *
 * That of Debian's libgcc_eh.a calls a function of glibc that musl does not have, and knows tables
 * that are registered at run time, which is 6 to 10 KB of code. A static program has one table,
 * which the linker has sorted (--eh-frame-hdr).
 */
#define _GNU_SOURCE
#include <link.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* What libgcc_eh.a wants to know beside the FDE. */
struct dwarf_eh_bases {
	void *tbase;
	void *dbase;
	void *func;
};

/* How an address is written down: the low four bits say in how many bytes, the others relative to
 * what. */
enum {
	PE_ABSPTR = 0x00,
	PE_UDATA4 = 0x03,
	PE_DATAREL_SDATA4 = 0x3b,
	PE_SIZE_MASK = 0x07,
	PE_ALIGNED = 0x50
};

/* .eh_frame_hdr as GNU ld writes it; offsets count from its beginning. */
struct table {
	uint8_t version;
	uint8_t frames_encoding;
	uint8_t count_encoding;
	uint8_t entry_encoding;
	int32_t frames;
	uint32_t count;
	struct {
		int32_t start;
		int32_t fde;
	} entries[];
};

static int find_table(struct dl_phdr_info *info, size_t size, void *arg)
{
	const struct table **table = arg;

	(void)size;
	for (int i = 0; i < info->dlpi_phnum; i++)
		if (info->dlpi_phdr[i].p_type == PT_GNU_EH_FRAME)
			*table = (const struct table *)(info->dlpi_addr +
							info->dlpi_phdr[i].p_vaddr);
	return 1;
}

static size_t encoded_size(uint8_t encoding)
{
	switch (encoding & PE_SIZE_MASK) {
	case 2:
		return 2;
	case 3:
		return 4;
	default:
		return 8;
	}
}

static const uint8_t *skip_leb128(const uint8_t *p)
{
	while (*p++ & 0x80)
		;
	return p;
}

/* How the FDEs of this CIE write addresses. */
static uint8_t address_encoding(const uint8_t *cie)
{
	const uint8_t version = cie[8];
	const char *what = (const char *)cie + 9;
	const uint8_t *p = cie + 9 + strlen(what) + 1;

	if (*what != 'z')
		return PE_ABSPTR;
	p = skip_leb128(p);			   /* code alignment */
	p = skip_leb128(p);			   /* data alignment */
	p = version == 1 ? p + 1 : skip_leb128(p); /* return address */
	p = skip_leb128(p);			   /* length of what follows */
	while (*++what) {
		switch (*what) {
		case 'R':
			return *p;
		case 'P':
			if (*p == PE_ALIGNED)
				return PE_ABSPTR;
			p += 1 + encoded_size(*p);
			break;
		case 'L':
			p++;
			break;
		case 'S':
		case 'B':
			break;
		default:
			return PE_ABSPTR;
		}
	}
	return PE_ABSPTR;
}

/* How many bytes of code this FDE is about. */
static uint64_t code_size(const uint8_t *fde)
{
	int32_t to_cie;
	uint64_t range = 0;
	size_t size;

	memcpy(&to_cie, fde + 4, sizeof(to_cie));
	size = encoded_size(address_encoding(fde + 4 - to_cie));
	/* Both CPUs are little-endian. */
	memcpy(&range, fde + 8 + size, size);
	return range;
}

const void *_Unwind_Find_FDE(void *pc, struct dwarf_eh_bases *bases);

const void *_Unwind_Find_FDE(void *pc, struct dwarf_eh_bases *bases)
{
	const struct table *table = NULL;
	const uint8_t *base, *start;
	uint32_t low = 0, high;

	dl_iterate_phdr(find_table, &table);
	if (!table || table->version != 1 || encoded_size(table->frames_encoding) != 4 ||
	    table->count_encoding != PE_UDATA4 || table->entry_encoding != PE_DATAREL_SDATA4)
		return NULL;
	base = (const uint8_t *)table;
	high = table->count;
	/* All before low begin at pc or below, all from high on above it. */
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (base + table->entries[middle].start <= (const uint8_t *)pc)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == 0)
		return NULL;
	start = base + table->entries[low - 1].start;
	/* Functions without unwind information, as musl's are, leave gaps. */
	if ((uint64_t)((const uint8_t *)pc - start) >=
	    code_size(base + table->entries[low - 1].fde))
		return NULL;
	*bases = (struct dwarf_eh_bases){ .func = (void *)start };
	return base + table->entries[low - 1].fde;
}
