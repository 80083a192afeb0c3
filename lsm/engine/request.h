/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Request: one question to the policy, "may this domain do this?", and its answer (kernel ABI
 * specification 3.2).
 *
 * A hook fills in what it knows; the engine judges it without knowing the hook. Everything that a
 * request points to belongs to the caller and stays until the answer is no longer needed.
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

/* What is known about one object, path1 or path2, or about the directory it is in (4.3). */
struct tmy_attributes {
	unsigned long ino;
	u32 uid, gid; /* of the initial user namespace */
	u32 major, minor, dev_major, dev_minor;
	u16 mode; /* type and permissions */
	bool known;
};

struct tmy_path_attributes {
	struct tmy_attributes path, parent; /* of the parent: ino, uid, gid and mode */
};

/*
 * What conditions may ask about. A member that does not apply to the request stays unknown. The
 * hook may fill it in when it is first asked for: load is called at most once for each of the
 * flags, by a reader, and must not sleep.
 */
struct tmy_facts {
	void (*load)(struct tmy_facts *facts,
		     unsigned int what); /* NULL: all is there that will be */
	unsigned int loaded;		 /* TMY_FACTS_... */
	bool failed;			 /* load could not: whatever the answer is, it is none */
	/* TMY_FACTS_TASK; always applies */
	u32 uid, euid, suid, fsuid, gid, egid, sgid, fsgid;
	u32 pid, ppid;
	/* TMY_FACTS_PATH1, TMY_FACTS_PATH2 */
	struct tmy_path_attributes path1, path2;
	/* Execution; encoded, in full (the first TMY_ARGUMENT_MAX bytes of each). */
	bool exec;	/* argc, envc and realpath apply */
	bool arguments; /* argv and envp are here, or string is */
	u32 argc, envc;
	struct tmy_span realpath;    /* TMY_FACTS_REALPATH */
	const struct tmy_span *argv; /* argc of them */
	const struct tmy_span *envp; /* envc of them, "NAME=value" */
	/*
	 * In the place of both: makes one of argc + envc strings, or of a variable's only the name
	 * and the '=', valid until the next call. It may set failed. Must not sleep.
	 */
	struct tmy_span (*string)(struct tmy_facts *facts, u32 index, bool name);
	/* Symbolic link; applies when at is set. */
	struct tmy_span symlink_target;
};

enum {
	TMY_FACTS_TASK = 1,
	TMY_FACTS_PATH1 = 2,
	TMY_FACTS_PATH2 = 4,
	TMY_FACTS_REALPATH = 8,
	TMY_ARGUMENT_MAX = 4086, /* encoded bytes of an argument that conditions see (1.4) */
};

/* A name of the request and what the engine finds out about it. */
struct tmy_subject {
	struct tmy_span text; /* encoded (1.1) */
	u32 hash;	      /* tmy_hash_word(); by tmy_request_prepare() */
	const struct tmy_atom
		*atom; /* NULL: no policy mentions this name; by tmy_request_prepare() */
};

enum tmy_verdict {
	TMY_DENIED,
	TMY_GRANTED,
	TMY_NEEDS_ARGUMENTS, /* a condition asks for argv or envp: load them and decide again */
};

struct tmy_request {
	const struct tmy_domain *domain;
	u8 kind;	 /* enum tmy_kind */
	u8 operation;	 /* of that kind; 0 when it has none */
	u8 protocol;	 /* enum tmy_protocol, for TMY_INET and TMY_UNIX */
	bool any_device; /* TMY_MOUNT: the device's name is not compared (3.8) */
	struct tmy_subject
		names[TMY_ENTRY_NAMES]; /* as many as the kind has, as in the line of an entry */
	unsigned long numbers[TMY_ENTRY_NUMBERS];
	u8 number_radix[TMY_ENTRY_NUMBERS]; /* enum tmy_radix, for printing */
	u8 address[16];
	u8 address_size;	 /* 4 or 16, for TMY_INET */
	struct tmy_facts *facts; /* NULL: nothing is known, every condition fails */
	unsigned long *scratch;	 /* TMY_MATCH_SCRATCH(of the longest name, argument or target) */

	/*
	 * The answer, valid until tmy_read_end(): what of its first name granted, NULL when nothing
	 * did or the entry has no name that counts; and the requirement of that entry, NULL when it
	 * has none.
	 */
	const struct tmy_atom *matched;
	const struct tmy_requirement *requirement;
};

#ifdef __cplusplus
}
#endif

#endif
