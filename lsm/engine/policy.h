/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Policy: everything there is, and the questions that are put to it.
 *
 * Locks. Streams are exclusive writers; those who learn, and transitions that create a domain,
 * share the policy with each other and wait only for who changes the same list (state.h). Readers -
 * deciding, looking for a domain - take none: they run between tmy_read_begin() and tmy_read_end(),
 * and what they have found stays until then. What a writer takes out is freed by tmy_collect().
 */
#ifndef TMY_ENGINE_POLICY_H
#define TMY_ENGINE_POLICY_H

#include "request.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Return: a policy with the namespace and the domain <kernel>, not yet active; NULL without memory.
 */
struct tmy_policy *tmy_policy_create(void);

/* Nobody reads or writes it any more. */
void tmy_policy_destroy(struct tmy_policy *policy);

/*
 * tmy_policy_activate - from now on modes count (6.5)
 * @problem: why it must not be; static text, with the domain's name for %s in @name
 *
 * Return: 0; -EINVAL when a domain's profile is not defined or its namespace has an unknown
 * PROFILE_VERSION.
 */
int tmy_policy_activate(struct tmy_policy *policy, const char **problem,
			const struct tmy_domain **domain);
bool tmy_policy_active(const struct tmy_policy *policy);

/* Frees what is out of use. Waits for readers: never call it as one. */
void tmy_collect(struct tmy_policy *policy);

/*
 * tmy_find_domain - the live domain of this name; NULL when there is none
 *
 * For readers.
 */
struct tmy_domain *tmy_find_domain(struct tmy_policy *policy, struct tmy_span name);

struct tmy_span tmy_domain_name(const struct tmy_domain *domain);
bool tmy_domain_deleted(const struct tmy_domain *domain);
u8 tmy_domain_profile(const struct tmy_domain *domain);

/*
 * tmy_config - the mode and the log flags (TMY_CONFIG_...) of a request's operation (5.3)
 *
 * For readers and for those who keep the domain.
 */
u8 tmy_config(const struct tmy_policy *policy, const struct tmy_domain *domain, enum tmy_item item);

/*
 * tmy_decide - does an entry grant the request (3.2)?
 *
 * For readers. The mode plays no part. Allocates nothing, takes no lock, never sleeps.
 */
enum tmy_verdict tmy_decide(const struct tmy_policy *policy, struct tmy_request *request);

/*
 * tmy_grant_logged - is a request that was granted to be recorded (4.4, 7.7)?
 * @config: what tmy_config() said
 *
 * For readers.
 */
bool tmy_grant_logged(const struct tmy_request *request, u8 config);

/* How many audit records may be queued for one of this domain to come (7.7). For readers. */
u32 tmy_audit_limit(const struct tmy_domain *domain);

/* Does a domain use an acl_group, by its number of 0 to 255? For readers. */
bool tmy_domain_uses_group(const struct tmy_domain *domain, unsigned int group);

/* What is counted. The kernel looks after what it counts itself: violations, audit log, queries. */
struct tmy_stat *tmy_policy_stat(struct tmy_policy *policy);

/*
 * tmy_is_manager - is this program, or a domain of this name, a manager (6.4)?
 *
 * For readers.
 */
bool tmy_is_manager(const struct tmy_policy *policy, struct tmy_span name);

/* May others than root be managers? */
bool tmy_manage_by_non_root(const struct tmy_policy *policy);

/* Changes whenever the answer to who is a manager may change. */
u32 tmy_manager_generation(const struct tmy_policy *policy);

/* The name or pattern that granted; nothing when denied, or when the entry has none. For readers.
 */
struct tmy_span tmy_matched(const struct tmy_request *request);

#ifdef __cplusplus
}
#endif

#endif
