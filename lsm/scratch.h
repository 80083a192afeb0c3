/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Room: the memory in which a check is turned into a request of the engine.
 *
 * Each processor has one, used under a local lock: it must not sleep. What needs to sleep, or more
 * room, takes one from the heap.
 */
#ifndef TMY_SCRATCH_H
#define TMY_SCRATCH_H

#include "check.h"
#include "names.h"

/* One string of a program; a room's facts have it in view when they cannot have all. */
struct tmy_string_cursor {
	u32 index;
	unsigned long at; /* where string index begins, on the program's stack */
	char *text;	  /* TMY_ARGUMENT_MAX bytes of the arena, for one that is encoded */
};

struct tmy_room {
	/* request.names, facts.realpath and facts.symlink_target lie in the arena or belong to the
	 * check. In a local room the real path is made when a condition asks for it. */
	struct tmy_execution execution;
	struct tmy_facts facts;
	const struct tmy_check *check; /* who is asking; for loading facts */
	struct tmy_arena arena;
	size_t size; /* of the arena */
	struct tmy_string_cursor cursor;
};

/* The room of this processor, empty. Until tmy_room_leave() it cannot sleep. */
struct tmy_room *tmy_room_enter(void);
void tmy_room_leave(void);

/*
 * tmy_room_new - a room from the heap
 * @size: bytes of the arena; 0: what is usually enough
 *
 * May sleep. Return: NULL without memory.
 */
struct tmy_room *tmy_room_new(size_t size);
void tmy_room_free(struct tmy_room *room);

/*
 * tmy_room_fill - make the request
 *
 * Return: 0; -ENAMETOOLONG when the room is too small; -EAGAIN when tmy_want_arguments() may help;
 * another error when there is no name.
 */
int tmy_room_fill(struct tmy_room *room, const struct tmy_check *check);

/*
 * A new room from the heap for a check, as large as it takes, with what a program is given if that
 * can be read. May sleep. Return: 0, -ENOMEM or another error; *@room is NULL then.
 */
int tmy_room_for(struct tmy_check *check, struct tmy_room **room);

#endif
