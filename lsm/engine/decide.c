// SPDX-License-Identifier: GPL-2.0-only
/* Decide: whether an entry of the domain, or of an acl_group that it uses, grants a request. */
#include "acl.h"
#include "hash.h"
#include "requirement.h"
#include "state.h"

/* Sets hash and atom of each name. */
static void resolve_request_names(const struct tmy_policy *policy, struct tmy_request *request)
{
	enum tmy_atom_type type = request->kind == TMY_TRANSITION ? TMY_ATOM_DOMAIN : TMY_ATOM_WORD;
	unsigned int i;

	for (i = 0; i < tmy_entry_names(request->kind); i++) {
		struct tmy_request_name *name = &request->names[i];

		name->hash = tmy_hash(policy->secret, name->text);
		name->atom = tmy_atom_find(policy, type, name->text, name->hash);
	}
}

enum tmy_verdict tmy_decide(const struct tmy_policy *policy, struct tmy_request *request)
{
	const struct tmy_domain *domain = request->domain;
	enum tmy_verdict verdict;
	unsigned int i;

	resolve_request_names(policy, request);
	request->matched = NULL;
	request->requirement = NULL;
	verdict = tmy_acl_decide(policy, &domain->entries, request);
	for (i = 0; verdict == TMY_DENIED && i < TMY_GROUP_WORDS; i++) {
		unsigned long groups = READ_ONCE(domain->groups[i]);

		for (; verdict == TMY_DENIED && groups; groups &= groups - 1) {
			unsigned int group =
				i * TMY_GROUP_BITS + (unsigned int)__builtin_ctzl(groups);
			const struct tmy_list *list =
				tmy_dereference(domain->space->acl_groups[group]);

			if (list)
				verdict = tmy_acl_decide(policy, list, request);
		}
	}
	return verdict;
}

bool tmy_grant_logged(const struct tmy_request *request, u8 config)
{
	u8 option = request->requirement ? request->requirement->grant_log : TMY_LOG_AS_PROFILE;

	return option == TMY_LOG_AS_PROFILE ? config & TMY_CONFIG_GRANT_LOG : option == TMY_LOG_YES;
}

struct tmy_span tmy_matched(const struct tmy_request *request)
{
	return request->matched ? tmy_atom_text(request->matched) : tmy_span(NULL, 0);
}
