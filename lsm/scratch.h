/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Scratch buffer: the memory in which a check is turned into a request of the engine.
 *
 * There is one for each CPU, protected by a local lock, for what does not sleep and fits.
 * Everything else allocates one from the heap.
 */
#ifndef TMY_SCRATCH_H
#define TMY_SCRATCH_H

#include "check.h"
#include "names.h"

/* The string that was loaded last, when argv and envp are too large to be loaded as a whole. */
struct tmy_string_cursor {
	u32 index;
	unsigned long at; /* address of string index in the new stack */
	char *text;	  /* TMY_ARGUMENT_MAX bytes of the arena: the encoded string */
};

struct tmy_scratch {
	/* request.names, facts.realpath and facts.symlink_target point into the arena or into what
	 * belongs to the check. In a CPU's buffer facts.realpath is loaded on demand. */
	struct tmy_execution execution;
	struct tmy_facts facts;
	const struct tmy_check *check; /* source of the request and of facts loaded on demand */
	struct tmy_arena arena;
	size_t size; /* of the arena */
	struct tmy_string_cursor cursor;
};

/*
 * tmy_scratch_lock - lock the scratch buffer of this CPU
 *
 * The contents are undefined. Until tmy_scratch_unlock() the caller must not sleep, allocate or
 * take another lock (tmy_assert_scratch_not_held()).
 */
struct tmy_scratch *tmy_scratch_lock(void);
void tmy_scratch_unlock(void);

/*
 * tmy_scratch_alloc - allocate a scratch buffer
 * @size: bytes of the arena; 0: the default
 *
 * Context: may sleep. Return: the buffer, to be freed by tmy_scratch_free(); NULL without memory.
 */
struct tmy_scratch *tmy_scratch_alloc(size_t size);
void tmy_scratch_free(struct tmy_scratch *scratch);

/*
 * tmy_scratch_fill - build the request of a check
 * @check: must stay valid as long as the request is used
 *
 * Context: does not sleep. Return: 0; -ENAMETOOLONG when the arena is too small; -EAGAIN when argv
 * or envp is not in memory, see tmy_check_load_arguments(); another error when an object has no
 * name.
 */
int tmy_scratch_fill(struct tmy_scratch *scratch, const struct tmy_check *check);

/*
 * tmy_scratch_alloc_filled - allocate a scratch buffer and build the request of a check in it
 * @scratch: becomes the buffer, to be freed by tmy_scratch_free(); NULL on error
 *
 * The arena is as large as the names need. argv and envp are loaded if they can be read. Context:
 * process context, may sleep. Return: 0, -ENOMEM or another error.
 */
int tmy_scratch_alloc_filled(struct tmy_check *check, struct tmy_scratch **scratch);

#endif
