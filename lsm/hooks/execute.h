/* SPDX-License-Identifier: GPL-2.0-only */
/* Execute: parts of checking an execution that other files call or implement. */
#ifndef TMY_HOOKS_EXECUTE_H
#define TMY_HOOKS_EXECUTE_H

#include "check.h"
#include "program.h"

/*
 * tmy_check_environment - check the names of all environment variables of a program (2.13)
 * @domain: in which the program will run
 * @retries: how often the execution was answered with "retry"; the count goes on
 *
 * Context: process context, may sleep. Return: as tmy_check().
 */
int tmy_check_environment(struct tmy_program *program, struct tmy_domain *domain, u8 retries);

/* Logs the profile and the groups of a domain that a transition has created (2.10). May sleep. */
void tmy_audit_new_domain(struct tmy_domain *domain);

#endif
