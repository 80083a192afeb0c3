/* SPDX-License-Identifier: GPL-2.0-only */
/* Facts: the attributes of tasks and objects that conditions and logs refer to. */
#ifndef TMY_FACTS_H
#define TMY_FACTS_H

#include "scratch.h"

/* Fills in those of the calling task. Context: between tmy_read_begin() and tmy_read_end(). */
void tmy_facts_task(struct tmy_facts *facts);

/*
 * tmy_facts_load - the load callback of the facts of a scratch buffer, see struct tmy_facts
 * @facts: member of a struct tmy_scratch
 *
 * Sets facts->failed when the arena is too small for the real path of the program.
 */
void tmy_facts_load(struct tmy_facts *facts, unsigned int what);

#endif
