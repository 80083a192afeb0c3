/* SPDX-License-Identifier: GPL-2.0-only */
/* Facts: what conditions and logs ask about a task and about objects. */
#ifndef TMY_FACTS_H
#define TMY_FACTS_H

#include "scratch.h"

/* Those of the calling task. For readers. */
void tmy_facts_task(struct tmy_facts *facts);

/*
 * The load of a room's facts, see struct tmy_facts. It fails when the name of the program does not
 * go into the room.
 */
void tmy_facts_load(struct tmy_facts *facts, unsigned int what);

#endif
