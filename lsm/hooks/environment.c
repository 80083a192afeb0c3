// SPDX-License-Identifier: GPL-2.0-only
/* Environment: the names of the variables that a program is given (kernel ABI specification 2.13).
 */
#include "hooks/execute.h"
#include "names.h"

static int check_name(struct tmy_program *program, struct tmy_domain *domain, u8 config,
		      const char *text, u8 *retries)
{
	size_t length = strcspn(text, "=");
	struct tmy_check check = {
		.kind = TMY_ENV,
		.config = config,
		.names = { { .type = TMY_OF_BYTES, .text = { text, tmy_visible(text, length) } } },
		.objects = { &program->bprm->file->f_path },
		.program = program,
		.domain = domain,
		.retries = *retries,
	};
	int error = length ? tmy_check(&check) : 0;

	*retries = check.retries;
	return error;
}

int tmy_check_environment(struct tmy_program *program, struct tmy_domain *domain, u8 retries)
{
	u8 config = tmy_domain_config(domain, TMY_ITEM_MISC_ENV);
	const char *at, *end;
	int i, error;

	if (!config || !program->bprm->envc)
		return 0;
	error = tmy_program_name(program);
	if (!error)
		error = tmy_program_read(program);
	if (error)
		return (config & TMY_CONFIG_MODE) == TMY_ENFORCING ? -ENOMEM : 0;
	at = program->raw;
	end = at + program->length;
	for (i = 0; i < program->bprm->argc && at < end; i++)
		at += strlen(at) + 1;
	for (i = 0; i < program->bprm->envc && at < end && !error; i++) {
		error = check_name(program, domain, config, at, &retries);
		at += strlen(at) + 1;
		cond_resched();
	}
	return error;
}
