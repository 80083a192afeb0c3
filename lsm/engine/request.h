/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Request: an access by a domain that is to be decided, in policy's terms, and the result (kernel
 * ABI specification 3.2).
 *
 * Everything that a request points to is owned by the caller and must be valid as long as the
 * request is used.
 */
#ifndef TMY_ENGINE_REQUEST_H
#define TMY_ENGINE_REQUEST_H

#include "condition.h"
#include "entry.h"
#include "pattern.h"
#include "profile.h"

#ifdef __cplusplus
extern "C" {
#endif

struct tmy_atom;
struct tmy_domain;
struct tmy_policy;
struct tmy_requirement;

/* Attributes of an object, path1 or path2, or of its parent directory (4.3). */
struct tmy_attributes {
	unsigned long ino;
	u32 uid, gid; /* in the initial user namespace */
	u32 major, minor, dev_major, dev_minor;
	u16 mode; /* type and permissions */
	bool known;
};

struct tmy_path_attributes {
	struct tmy_attributes path, parent; /* conditions see ino, uid, gid and mode of parent */
};

/*
 * The attributes of task, objects and program that conditions refer to. Members that do not apply
 * to the request are not known, and conditions on them fail. They may be loaded on demand: load is
 * called at most once for each flag, in a read section, and must not sleep.
 */
struct tmy_facts {
	/* @what: one of TMY_FACTS_... NULL: nothing is loaded on demand. */
	void (*load)(struct tmy_facts *facts, unsigned int what);
	unsigned int loaded; /* TMY_FACTS_... */
	bool failed;	     /* by load or string: the verdict is void */
	/* TMY_FACTS_TASK; always applies */
	u32 uid, euid, suid, fsuid, gid, egid, sgid, fsgid;
	u32 pid, ppid;
	/* TMY_FACTS_PATH1, TMY_FACTS_PATH2 */
	struct tmy_path_attributes path1, path2;
	/* Execution. Strings are encoded and cut to TMY_ARGUMENT_MAX bytes. */
	bool exec;	/* argc, envc and realpath apply */
	bool arguments; /* argv and envp, or string, are set */
	u32 argc, envc;
	struct tmy_span realpath;    /* TMY_FACTS_REALPATH */
	const struct tmy_span *argv; /* argc of them */
	const struct tmy_span *envp; /* envc of them, "NAME=value" */
	/*
	 * In place of argv and envp, unless NULL: loads one of argc + envc strings, with @name only
	 * the name of a variable and the '='. The result is valid until the next call. May set
	 * failed, must not sleep.
	 */
	struct tmy_span (*string)(struct tmy_facts *facts, u32 index, bool name);
	/* The target of "file symlink"; at is NULL: does not apply. */
	struct tmy_span symlink_target;
};

enum {
	TMY_FACTS_TASK = 1,
	TMY_FACTS_PATH1 = 2,
	TMY_FACTS_PATH2 = 4,
	TMY_FACTS_REALPATH = 8,
	TMY_ARGUMENT_MAX = 4086, /* encoded bytes of an argument that conditions see (1.4) */
};

/* A name of a request. */
struct tmy_request_name {
	struct tmy_span text; /* encoded (1.1) */
	/* Set by tmy_decide(). */
	u32 hash;		     /* tmy_hash() */
	const struct tmy_atom *atom; /* NULL: the name does not occur in the policy */
};

enum tmy_verdict {
	TMY_DENIED,
	TMY_GRANTED,
	TMY_NEEDS_ARGUMENTS, /* depends on argv or envp: load them and decide again */
};

struct tmy_request {
	const struct tmy_domain *domain;
	u8 kind;	 /* enum tmy_kind */
	u8 operation;	 /* of that kind; 0 when it has none */
	u8 protocol;	 /* enum tmy_protocol, for TMY_INET and TMY_UNIX */
	bool any_device; /* TMY_MOUNT: the name of the device is not matched (3.8) */
	struct tmy_request_name
		names[TMY_ENTRY_NAMES]; /* as many as the kind has, as in the line of an entry */
	unsigned long numbers[TMY_ENTRY_NUMBERS];
	u8 number_radix[TMY_ENTRY_NUMBERS]; /* enum tmy_radix, for printing */
	u8 address[16];
	u8 address_size;	 /* 4 or 16, for TMY_INET */
	struct tmy_facts *facts; /* NULL: every condition fails */
	unsigned long *scratch;	 /* TMY_MATCH_SCRATCH(of the longest name, argument or target) */

	/*
	 * Set by tmy_decide(), valid until tmy_read_end(): the word or pattern of the entry that
	 * matched the first name, NULL when denied or when the entry has none; and the requirement
	 * of the entry, NULL when it has none.
	 */
	const struct tmy_atom *matched;
	const struct tmy_requirement *requirement;
};

#ifdef __cplusplus
}
#endif

#endif
