// SPDX-License-Identifier: GPL-2.0-only
/* Objects: checks of operations on one or two objects of a file system. */
#include "object.h"

int tmy_check_path(u8 config, enum tmy_path_operation operation, const struct path *path,
		   bool slash)
{
	struct tmy_check check = {
		.kind = TMY_PATH,
		.operation = operation,
		.config = config,
		.names = { tmy_path_source(path, slash) },
		.objects = { path },
	};

	return tmy_check(&check);
}

int tmy_check_path_number(u8 config, enum tmy_path_number_operation operation,
			  const struct path *path, bool slash, unsigned long number,
			  enum tmy_radix radix)
{
	struct tmy_check check = {
		.kind = TMY_PATH_NUMBER,
		.operation = operation,
		.config = config,
		.radix = { radix },
		.numbers = { number },
		.names = { tmy_path_source(path, slash) },
		.objects = { path },
	};

	return tmy_check(&check);
}

int tmy_check_path2(u8 config, enum tmy_path2_operation operation, const struct path *first,
		    const struct path *second, bool slash)
{
	struct tmy_check check = {
		.kind = TMY_PATH2,
		.operation = operation,
		.config = config,
		.names = { tmy_path_source(first, slash), tmy_path_source(second, slash) },
		.objects = { first, second },
	};

	return tmy_check(&check);
}
