// SPDX-License-Identifier: GPL-2.0-only
/* Learn: adds the entry that grants a request, in learning mode; prints requests as entries. */
#include "learn.h"
#include "acl.h"
#include "state.h"

void tmy_put_request(struct tmy_text *text, const struct tmy_request *request)
{
	struct tmy_entry entry;
	unsigned int i;

	memset(&entry, 0, sizeof(entry));
	entry.kind = request->kind;
	entry.protocol = request->protocol;
	entry.operations = (u16)(1 << request->operation);
	for (i = 0; i < tmy_entry_names(request->kind); i++)
		entry.names[i].text = request->names[i].text;
	for (i = 0; i < tmy_entry_numbers(request->kind); i++) {
		struct tmy_number *number = &entry.numbers[i].number;

		number->low = request->numbers[i];
		number->high = request->numbers[i];
		number->low_radix = request->number_radix[i];
		number->high_radix = request->number_radix[i];
	}
	if (request->kind == TMY_INET) {
		struct tmy_address *address = &entry.address.address;
		/* Bounded, so that the compiler does not warn about an overflow. */
		u8 size = request->address_size == 4 ? 4 : sizeof(address->low);

		memcpy(address->low, request->address, size);
		memcpy(address->high, request->address, size);
		address->size = size;
	}
	tmy_put_entry(text, &entry);
}

static void put_quoted(struct tmy_text *text, struct tmy_span value)
{
	tmy_put_char(text, '"');
	tmy_put(text, value);
	tmy_put_char(text, '"');
}

void tmy_put_request_conditions(struct tmy_text *text, const struct tmy_request *request)
{
	struct tmy_facts *facts = request->facts;
	struct tmy_span name;

	if (request->kind != TMY_PATH || !facts)
		return;
	if (request->operation == TMY_EXECUTE && facts->exec) {
		tmy_puts(text, " exec.realpath=");
		put_quoted(text, facts->realpath);
		/* A string that was cut off would not match, or not be a correct word. */
		if (!facts->arguments || !facts->argc)
			return;
		name = facts->string ? facts->string(facts, 0, false) : facts->argv[0];
		if (name.length < TMY_ARGUMENT_MAX && !facts->failed) {
			tmy_puts(text, " exec.argv[0]=");
			put_quoted(text, name);
		}
	} else if (request->operation == TMY_SYMLINK && facts->symlink_target.at) {
		tmy_puts(text, " symlink.target=");
		put_quoted(text, facts->symlink_target);
	}
}

/* Under the domain's lock, or the policy's held exclusively. */
static enum tmy_learned append_entry(struct tmy_policy *policy, struct tmy_domain *domain,
				     const struct tmy_entry *entry)
{
	const struct tmy_profile *profile =
		tmy_dereference_locked(domain->space->profiles[domain->profile]);
	u32 before = domain->operations;

	if (domain->quota_exceeded)
		return TMY_QUOTA_EXCEEDED;
	if (!profile || before >= profile->max_learning_entry) {
		WRITE_ONCE(domain->quota_exceeded, true);
		return TMY_QUOTA_REACHED;
	}
	if (tmy_acl_write(policy, domain->space, &domain->entries, &domain->operations, entry,
			  false))
		return TMY_NOT_LEARNED;
	tmy_count_update(policy);
	return domain->operations == before ? TMY_LEARNED_BEFORE : TMY_LEARNED;
}

/* Reference counts and lists of groups need the policy's lock held exclusively. */
static bool refers_to_group(const struct tmy_entry *entry)
{
	unsigned int i;

	for (i = 0; i < TMY_ENTRY_NAMES; i++)
		if (entry->names[i].group)
			return true;
	return false;
}

static enum tmy_learned learn_entry(struct tmy_policy *policy, struct tmy_domain *domain,
				    const struct tmy_entry *entry)
{
	enum tmy_learned learned;

	if (refers_to_group(entry)) {
		tmy_lock_exclusive(&policy->lock);
		learned = append_entry(policy, domain, entry);
		tmy_unlock_exclusive(&policy->lock);
	} else {
		tmy_lock_shared(&policy->lock);
		tmy_lock(tmy_domain_lock(policy, domain));
		learned = append_entry(policy, domain, entry);
		tmy_unlock(tmy_domain_lock(policy, domain));
		tmy_unlock_shared(&policy->lock);
	}
	return learned;
}

enum tmy_learned tmy_learn(struct tmy_policy *policy, struct tmy_domain *domain,
			   const struct tmy_request *request)
{
	struct tmy_text text = tmy_text(NULL, 0);
	enum tmy_learned learned = TMY_NOT_LEARNED;
	struct tmy_entry entry;
	char *line;

	tmy_put_request(&text, request);
	tmy_put_request_conditions(&text, request);
	line = tmy_os_alloc(text.length);
	if (!line)
		return TMY_NOT_LEARNED;
	text = tmy_text(line, text.length);
	tmy_put_request(&text, request);
	tmy_put_request_conditions(&text, request);
	/* Not learned if it is no correct line, for instance when argv[0] looks like a wildcard. */
	if (tmy_parse_entry(tmy_span(line, text.length), &entry, NULL))
		learned = learn_entry(policy, domain, &entry);
	tmy_os_free(line, text.size);
	return learned;
}
