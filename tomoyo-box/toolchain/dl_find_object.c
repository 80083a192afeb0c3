/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * _dl_find_object() for a static musl program: finds the unwind table of a code address.
 *
 * Debian's libgcc_eh.a was built against a glibc that has this function and calls it at every
 * throw; musl does not have it. The layout of the result is the one libgcc_eh.a was compiled with
 * (glibc's <dlfcn.h>); both CPUs lack the member for the base address of data, which is why no
 * other CPU is let in.
 */
#if !defined(__x86_64__) && !defined(__aarch64__)
#error "look up DLFO_STRUCT_HAS_EH_DBASE of this CPU"
#endif

#define _GNU_SOURCE
#include <link.h>
#include <stddef.h>

struct dl_find_object {
	unsigned long long dlfo_flags;
	void *dlfo_map_start;
	void *dlfo_map_end;
	struct link_map *dlfo_link_map;
	void *dlfo_eh_frame;
	unsigned long long dlfo_reserved[7];
};

struct search {
	ElfW(Addr) pc;
	struct dl_find_object *result;
};

/* Returns 1 when this object holds the address, which ends the iteration. */
static int look_in_object(struct dl_phdr_info *info, size_t size, void *arg)
{
	struct search *s = arg;
	ElfW(Addr) start = 0, end = 0, table = 0;

	(void)size;
	for (int i = 0; i < info->dlpi_phnum; i++) {
		const ElfW(Phdr) *ph = &info->dlpi_phdr[i];
		ElfW(Addr) addr = info->dlpi_addr + ph->p_vaddr;

		if (ph->p_type == PT_LOAD && s->pc >= addr && s->pc < addr + ph->p_memsz) {
			start = addr;
			end = addr + ph->p_memsz;
		} else if (ph->p_type == PT_GNU_EH_FRAME) {
			table = addr;
		}
	}
	if (!end || !table)
		return 0;
	*s->result = (struct dl_find_object){
		.dlfo_map_start = (void *)start,
		.dlfo_map_end = (void *)end,
		.dlfo_eh_frame = (void *)table,
	};
	return 1;
}

int _dl_find_object(void *pc, struct dl_find_object *result);

int _dl_find_object(void *pc, struct dl_find_object *result)
{
	struct search s = { (ElfW(Addr))pc, result };

	return dl_iterate_phdr(look_in_object, &s) ? 0 : -1;
}
