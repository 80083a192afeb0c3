/* SPDX-License-Identifier: GPL-2.0-only */
/* Control: transition control and aggregators of a namespace, stored and looked up (kernel ABI
 * specification 2.7, 2.9). */
#ifndef TMY_ENGINE_CONTROL_H
#define TMY_ENGINE_CONTROL_H

#include "request.h"
#include "state.h"

/* A line of transition control, as an atom. */
struct tmy_control {
	const struct tmy_atom *program; /* NULL: any */
	const struct tmy_atom *domain;	/* in full (TMY_ATOM_DOMAIN), or its last word; NULL: any */
	u32 type;			/* enum tmy_exception_type */
	u32 zero;
};

struct tmy_aggregator {
	const struct tmy_atom *original; /* word or pattern */
	const struct tmy_atom *name;
};

void tmy_control_release(struct tmy_policy *policy, const struct tmy_control *control);
void tmy_aggregator_release(struct tmy_policy *policy, const struct tmy_aggregator *aggregator);

extern const struct tmy_list_type tmy_control_list;
extern const struct tmy_list_type tmy_aggregator_list;

/*
 * Add a line of these types, or take it out. For writers. Return: 0; -ENOENT when there is no such
 * line to take out; -ENOMEM.
 */
int tmy_control_write(struct tmy_policy *policy, struct tmy_namespace *space,
		      const struct tmy_exception *line, bool remove);
int tmy_aggregator_write(struct tmy_policy *policy, struct tmy_namespace *space,
			 const struct tmy_exception *line, bool remove);

/* Stored ones as lines, for printing. They point into the atoms. */
void tmy_control_line(const struct tmy_control *control, struct tmy_exception *line);
void tmy_aggregator_line(const struct tmy_aggregator *aggregator, struct tmy_exception *line);

/* What transition control is asked about. */
struct tmy_control_request {
	const struct tmy_atom *program; /* of the candidate; NULL: no policy mentions it */
	const struct tmy_atom *domain;	/* name of the current domain */
	const struct tmy_atom *last;	/* its last word; NULL: no policy mentions it */
};

/* Is there a line of this type that matches? For readers. */
bool tmy_control_matches(const struct tmy_namespace *space, enum tmy_exception_type type,
			 const struct tmy_control_request *request);

/* The new name that the first matching aggregator gives; NULL when none matches. For readers. */
const struct tmy_atom *tmy_aggregate(const struct tmy_policy *policy,
				     const struct tmy_namespace *space,
				     const struct tmy_subject *name, unsigned long *scratch);

#endif
