// SPDX-License-Identifier: GPL-2.0-only
/* Environment: checks the names of the environment variables of a program (kernel ABI specification
 * 2.13). */
#include "hooks/execute.h"
#include "names.h"

static int check_variable_name(struct tmy_program *program, struct tmy_domain *domain, u8 config,
			       const struct tmy_span *name, u8 *retries)
{
	struct tmy_check check = {
		.kind = TMY_ENV,
		.config = config,
		.names = { { .type = TMY_OF_PIECES, .pieces = name } },
		.objects = { &program->bprm->file->f_path },
		.program = program,
		.domain = domain,
		.retries = *retries,
	};
	int error = name[0].length ? tmy_check(&check) : 0;

	*retries = check.retries;
	return error;
}

/* A variable that cannot be read cannot be granted. */
static int unreadable_error(u8 config)
{
	return (config & TMY_CONFIG_MODE) == TMY_ENFORCING ? -ENOMEM : 0;
}

static int check_variable_names(struct tmy_strings *strings, struct tmy_program *program,
				struct tmy_domain *domain, u8 config, u8 retries)
{
	struct tmy_span name[2];
	int i, error;

	for (i = 0; i < program->bprm->argc; i++)
		if (tmy_strings_skip(strings))
			return unreadable_error(config);
	for (i = 0; i < program->bprm->envc; i++) {
		if (tmy_strings_name(strings, name))
			return unreadable_error(config);
		error = check_variable_name(program, domain, config, name, &retries);
		if (error)
			return error;
		if (tmy_strings_skip(strings))
			return unreadable_error(config);
		cond_resched();
	}
	return 0;
}

int tmy_check_environment(struct tmy_program *program, struct tmy_domain *domain, u8 retries)
{
	u8 config = tmy_domain_config(domain, TMY_ITEM_MISC_ENV);
	struct tmy_strings strings;
	int error;

	if (!config || !program->bprm->envc)
		return 0;
	tmy_strings_begin(&strings, program->bprm);
	error = check_variable_names(&strings, program, domain, config, retries);
	tmy_strings_end(&strings);
	return error;
}
