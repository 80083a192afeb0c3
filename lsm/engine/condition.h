/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Conditions: the transition argument and the conditions behind the operands of an entry, as text
 * (kernel ABI specification 2.8, 4).
 *
 * Parsed, checked and printed without a policy. How they are stored and evaluated is in
 * requirement.h.
 */
#ifndef TMY_ENGINE_CONDITION_H
#define TMY_ENGINE_CONDITION_H

#include "number.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Keywords that stand for a number. The order is relied on (requirement.c). */
enum tmy_keyword {
	TMY_TASK_UID,
	TMY_TASK_EUID,
	TMY_TASK_SUID,
	TMY_TASK_FSUID,
	TMY_TASK_GID,
	TMY_TASK_EGID,
	TMY_TASK_SGID,
	TMY_TASK_FSGID,
	TMY_TASK_PID,
	TMY_TASK_PPID,
	TMY_EXEC_ARGC,
	TMY_EXEC_ENVC,
	/* File types: the values are those of S_IFMT. */
	TMY_TYPE_SOCKET,
	TMY_TYPE_SYMLINK,
	TMY_TYPE_FILE,
	TMY_TYPE_BLOCK,
	TMY_TYPE_DIRECTORY,
	TMY_TYPE_CHAR,
	TMY_TYPE_FIFO,
	/* Permission bits: the values are those of the mode. */
	TMY_BIT_SETUID,
	TMY_BIT_SETGID,
	TMY_BIT_STICKY,
	TMY_BIT_OWNER_READ,
	TMY_BIT_OWNER_WRITE,
	TMY_BIT_OWNER_EXECUTE,
	TMY_BIT_GROUP_READ,
	TMY_BIT_GROUP_WRITE,
	TMY_BIT_GROUP_EXECUTE,
	TMY_BIT_OTHERS_READ,
	TMY_BIT_OTHERS_WRITE,
	TMY_BIT_OTHERS_EXECUTE,
	/* path1., then the same for path2., then path1.parent., then path2.parent. */
	TMY_PATH1_UID,
	TMY_PATH1_GID,
	TMY_PATH1_INO,
	TMY_PATH1_MAJOR,
	TMY_PATH1_MINOR,
	TMY_PATH1_PERM,
	TMY_PATH1_TYPE,
	TMY_PATH1_DEV_MAJOR,
	TMY_PATH1_DEV_MINOR,
	TMY_PATH2_UID,
	TMY_PATH2_GID,
	TMY_PATH2_INO,
	TMY_PATH2_MAJOR,
	TMY_PATH2_MINOR,
	TMY_PATH2_PERM,
	TMY_PATH2_TYPE,
	TMY_PATH2_DEV_MAJOR,
	TMY_PATH2_DEV_MINOR,
	TMY_PATH1_PARENT_UID,
	TMY_PATH1_PARENT_GID,
	TMY_PATH1_PARENT_INO,
	TMY_PATH1_PARENT_PERM,
	TMY_PATH2_PARENT_UID,
	TMY_PATH2_PARENT_GID,
	TMY_PATH2_PARENT_INO,
	TMY_PATH2_PARENT_PERM,
	TMY_KEYWORDS,
};

/* The operands of "=" and "!=". */
enum tmy_operand_type {
	TMY_OPERAND_KEYWORD, /* keyword */
	TMY_OPERAND_NUMBER,  /* number */
	TMY_OPERAND_GROUP,  /* text: the name of a number group, or of a path group beside a name */
	TMY_OPERAND_QUOTED, /* text: what is between the quotes */
	TMY_OPERAND_NULL,   /* NULL, beside exec.envp[] */
	TMY_OPERAND_REALPATH,	    /* exec.realpath */
	TMY_OPERAND_SYMLINK_TARGET, /* symlink.target */
	TMY_OPERAND_ARGV,	    /* exec.argv[index] */
	TMY_OPERAND_ENVP,	    /* exec.envp["text"] */
};

struct tmy_operand {
	u8 type;    /* enum tmy_operand_type */
	u8 keyword; /* enum tmy_keyword */
	u32 index;
	struct tmy_number number;
	struct tmy_span text; /* points into the line */
};

/* One condition: LEFT = RIGHT, LEFT != RIGHT. */
struct tmy_condition {
	bool equal; /* false: != */
	struct tmy_operand left, right;
};

/* The transition argument of "file execute" (2.8). */
enum tmy_transition_type {
	TMY_NO_TRANSITION,
	TMY_KEEP,
	TMY_CHILD,
	TMY_INITIALIZE,
	TMY_RESET,
	TMY_PARENT,
	TMY_TO_DOMAIN, /* text is the name of a domain */
	TMY_TO_PATH,   /* text is appended to the name of the current domain */
};

struct tmy_transition {
	u8 type; /* enum tmy_transition_type */
	struct tmy_span text;
};

/* grant_log= of an entry (4.4). */
enum tmy_grant_log {
	TMY_LOG_AS_PROFILE,
	TMY_LOG_NO,
	TMY_LOG_YES,
};

/*
 * Iterator over the conditions of a line. After tmy_conditions_start(), tmy_conditions_next() is
 * called until it returns false; problem.reason is then NULL at the end of the line, else there is
 * an error. "grant_log=" is an option, not a condition: it is not returned but stored here, and
 * valid at the end.
 */
struct tmy_conditions {
	struct tmy_span rest;
	struct tmy_transition transition;
	u8 grant_log;	/* enum tmy_grant_log */
	bool ambiguous; /* a condition that is a path would be printed in place of a transition */
	struct tmy_problem problem;
};

/*
 * tmy_conditions_start - start to iterate
 * @text: what follows the operands and a space; may be empty
 * @transition: may a transition argument come first: is the operation exactly "file execute"?
 */
void tmy_conditions_start(struct tmy_conditions *walk, struct tmy_span text, bool transition);
bool tmy_conditions_next(struct tmy_conditions *walk, struct tmy_condition *condition);

/* Parses all conditions. Return: true when they are correct; an empty @text is. */
bool tmy_check_conditions(struct tmy_span text, bool transition, struct tmy_problem *problem);

/*
 * Prints correct conditions in canonical form (4.2), without a leading space. Conditions are equal
 * when their canonical forms are.
 */
void tmy_put_conditions(struct tmy_text *to, struct tmy_span text, bool transition);

/* The text of a keyword: "task.uid", "path1.parent.ino"... */
struct tmy_span tmy_keyword_word(enum tmy_keyword keyword);

/* "keep", "child"...; of the types from TMY_KEEP to TMY_PARENT. */
struct tmy_span tmy_transition_word(enum tmy_transition_type type);

#ifdef __cplusplus
}
#endif

#endif
