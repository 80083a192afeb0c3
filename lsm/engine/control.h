/* SPDX-License-Identifier: GPL-2.0-only */
/* Control: storage and lookup of the domain transition control directives and the aggregators of a
 * namespace (kernel ABI specification 2.7, 2.9). */
#ifndef TMY_ENGINE_CONTROL_H
#define TMY_ENGINE_CONTROL_H

#include "request.h"
#include "state.h"

/* A transition control directive, the value of an atom. */
struct tmy_control {
	const struct tmy_atom *program; /* NULL: any */
	const struct tmy_atom *domain;	/* full name (TMY_ATOM_DOMAIN) or last word; NULL: any */
	u32 type;			/* enum tmy_exception_type */
	u32 zero;
};

/* An aggregator, the value of an atom. */
struct tmy_aggregator {
	const struct tmy_atom *original; /* word or pattern */
	const struct tmy_atom *name;
};

/* Drop the references that they hold. For writers. */
void tmy_control_release(struct tmy_policy *policy, const struct tmy_control *control);
void tmy_aggregator_release(struct tmy_policy *policy, const struct tmy_aggregator *aggregator);

extern const struct tmy_list_type tmy_control_list;
extern const struct tmy_list_type tmy_aggregator_list;

/*
 * Add or remove a line of these types. Context: under the policy's lock, held exclusively. Return:
 * 0; -ENOENT when there is no such line to remove; -ENOMEM.
 */
int tmy_control_write(struct tmy_policy *policy, struct tmy_namespace *space,
		      const struct tmy_exception *line, bool remove);
int tmy_aggregator_write(struct tmy_policy *policy, struct tmy_namespace *space,
			 const struct tmy_exception *line, bool remove);

/* Convert stored ones to lines, for printing. These point into atoms. */
void tmy_control_line(const struct tmy_control *control, struct tmy_exception *line);
void tmy_aggregator_line(const struct tmy_aggregator *aggregator, struct tmy_exception *line);

/* An execution, as transition control sees it. */
struct tmy_control_request {
	const struct tmy_atom *program; /* its name; NULL: does not occur in the policy */
	const struct tmy_atom *domain;	/* name of the current domain */
	const struct tmy_atom *last;	/* its last word; NULL: does not occur in the policy */
};

/* Does a directive of this type match? Context: read section. */
bool tmy_control_matches(const struct tmy_namespace *space, enum tmy_exception_type type,
			 const struct tmy_control_request *request);

/* The new name from the first aggregator that matches; NULL: none. Context: read section. */
const struct tmy_atom *tmy_aggregate(const struct tmy_policy *policy,
				     const struct tmy_namespace *space,
				     const struct tmy_request_name *name, unsigned long *scratch);

#endif
