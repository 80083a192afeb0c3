/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Policy: creation, activation and lifetime of a policy, decisions and lookups.
 *
 * Readers, which decide requests or look domains up, take no lock: they run in a read section,
 * between tmy_read_begin() and tmy_read_end(), and what they have found is valid until its end.
 * Writers take the policy's lock, see state.h. What they remove is freed by tmy_collect().
 */
#ifndef TMY_ENGINE_POLICY_H
#define TMY_ENGINE_POLICY_H

#include "request.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Return: a policy with the namespace and the domain <kernel>, not active; NULL without memory. */
struct tmy_policy *tmy_policy_create(void);

/* Frees a policy. There must be no readers, writers, streams or references to domains. */
void tmy_policy_destroy(struct tmy_policy *policy);

/*
 * tmy_policy_activate - activate a policy: from now on modes are in effect (6.5)
 * @problem: on failure, the reason; static text
 * @domain: on failure, the domain that it applies to
 *
 * Context: takes the policy's lock exclusively, may sleep. Return: 0; -EINVAL when the profile of a
 * domain is not defined or its namespace has an unknown PROFILE_VERSION.
 */
int tmy_policy_activate(struct tmy_policy *policy, const char **problem,
			const struct tmy_domain **domain);
bool tmy_policy_active(const struct tmy_policy *policy);

/*
 * tmy_collect - the collector: free what writers have removed and what is no longer referred to
 *
 * Context: takes the policy's lock exclusively and waits for grace periods; not in a read section.
 */
void tmy_collect(struct tmy_policy *policy);

/*
 * tmy_find_domain - find a domain that is not deleted
 *
 * Context: read section, or under the policy's lock. Return: the domain, without a reference; NULL
 * when there is none.
 */
struct tmy_domain *tmy_find_domain(struct tmy_policy *policy, struct tmy_span name);

struct tmy_span tmy_domain_name(const struct tmy_domain *domain);
bool tmy_domain_deleted(const struct tmy_domain *domain);
u8 tmy_domain_profile(const struct tmy_domain *domain);

/*
 * tmy_config - the mode and the log flags (TMY_CONFIG_...) of a profile item for a domain (5.3)
 *
 * Context: read section, or with a reference to @domain.
 */
u8 tmy_config(const struct tmy_policy *policy, const struct tmy_domain *domain, enum tmy_item item);

/*
 * tmy_decide - decide whether an entry grants a request (3.2), whatever the mode
 *
 * Sets matched and requirement of the request. Context: read section; takes no lock, does not
 * allocate or sleep.
 */
enum tmy_verdict tmy_decide(const struct tmy_policy *policy, struct tmy_request *request);

/*
 * tmy_grant_logged - is a request that was granted to be logged (4.4, 7.7)?
 * @config: from tmy_config()
 *
 * Context: the read section in which it was decided.
 */
bool tmy_grant_logged(const struct tmy_request *request, u8 config);

/* The length of the audit queue from which on records of this domain are dropped (7.7). Context: as
 * tmy_config(). */
u32 tmy_audit_limit(const struct tmy_domain *domain);

/* Does a domain use this acl_group (0 to 255)? Context: as tmy_config(). */
bool tmy_domain_uses_group(const struct tmy_domain *domain, unsigned int group);

/* The statistics. Those of violations, audit log and queries are maintained by the kernel side. */
struct tmy_stat *tmy_policy_stat(struct tmy_policy *policy);

/*
 * tmy_is_manager - is this name of a program or a domain in the list of managers (6.4)?
 *
 * Context: read section.
 */
bool tmy_is_manager(const struct tmy_policy *policy, struct tmy_span name);

/* May users other than root change policy? */
bool tmy_manage_by_non_root(const struct tmy_policy *policy);

/* Changes with the list of managers, manage_by_non_root and activation; for caching. */
u32 tmy_manager_generation(const struct tmy_policy *policy);

/* The text of request->matched; empty if that is NULL. Context: the read section in which it was
 * decided. */
struct tmy_span tmy_matched(const struct tmy_request *request);

#ifdef __cplusplus
}
#endif

#endif
