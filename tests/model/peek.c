// SPDX-License-Identifier: GPL-2.0-only
/* What tests see of the engine's inside. */
#include "tests/model/peek.h"

#include "lsm/engine/atom.h"
#include "lsm/engine/manager.h"
#include "lsm/engine/requirement.h"

struct tmy_span peek_matched(const struct tmy_request *request)
{
	return request->matched ? tmy_atom_text(request->matched) : tmy_span(NULL, 0);
}

struct tmy_span peek_requirement(const struct tmy_request *request)
{
	return request->requirement ? tmy_requirement_text(request->requirement)
				    : tmy_span(NULL, 0);
}

bool peek_is_manager(const struct tmy_policy *policy, struct tmy_span name)
{
	return tmy_is_manager(policy, name);
}
