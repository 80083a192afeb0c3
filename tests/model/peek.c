// SPDX-License-Identifier: GPL-2.0-only
/* What tests see of the engine's inside. */
#include "tests/model/peek.h"

#include "lsm/engine/atom.h"
#include "lsm/engine/requirement.h"

struct tmy_span peek_matched(const struct tmy_request *request)
{
	return request->matched ? tmy_atom_text(request->matched) : tmy_span(NULL, 0);
}

struct tmy_span peek_requirement(const struct tmy_request *request)
{
	const struct tmy_requirement *requirement = request->requirement;

	if (!requirement)
		return tmy_span(NULL, 0);
	return tmy_span((const char *)&requirement->test[requirement->tests],
			requirement->text_length);
}
