/* SPDX-License-Identifier: GPL-2.0-only */
/* Execute: what belongs to the execution of a program beside the decision about it. */
#ifndef TMY_HOOKS_EXECUTE_H
#define TMY_HOOKS_EXECUTE_H

#include "check.h"
#include "program.h"

/*
 * tmy_check_environment - may the program be given its environment (2.13)?
 * @domain: in which it will run
 * @retries: answers "retry" that the execution has had so far; those to its variables count on
 *
 * May sleep. Return: as tmy_check().
 */
int tmy_check_environment(struct tmy_program *program, struct tmy_domain *domain, u8 retries);

/* Records what a domain that a transition has made begins with (2.10). May sleep. */
void tmy_audit_new_domain(struct tmy_domain *domain);

#endif
