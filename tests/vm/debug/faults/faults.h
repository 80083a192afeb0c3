/* SPDX-License-Identifier: GPL-2.0-only */
/* Faults: what the tests under lack of memory share. */
#ifndef FAULTS_H
#define FAULTS_H

#include "../common/common.h"

#include <sys/types.h>

/* ---- injection (inject.c) ---- */

/* Finds out what the kernel can do. Before any fork. */
void inject_setup(void);

/* Can failures be limited to what our code asks for? Otherwise they hit the whole kernel. */
bool inject_can_choose(void);
/* From now on only (or not only) our code is meant. */
void inject_choose(bool ours);

/*
 * The calling thread's n-th allocation from now fails, if it is one of those chosen; n from 1.
 * @fd: of inject_open(). inject_end() returns how many there have been, at most n.
 */
int inject_open(void);
void inject_nth(int fd, unsigned int n);
unsigned int inject_end(int fd, unsigned int n);

/* Of all allocations chosen, so many of a hundred fail: those of marked tasks, or of all. */
void inject_percent(unsigned int percent, bool marked_only);
/* Marks the calling task, and those that it is going to have. */
void inject_mark(void);

/* ---- processes and domains (main.c) ---- */

enum {
    DISABLED = 210,
    LEARNING,
    PERMISSIVE,
    ENFORCING,
    LOGGING, /* enforcing, and what is granted is logged */
};

/* Defines <kernel> /faults/NAME anew and lets the calling task's domain go there. */
void define_domain(const char* name, int profile, const char* lines);
void drop_domain(const char* name);

struct subject {
    int self; /* of self_domain */
    int nth;  /* of inject_open() */
};

/* Runs in a child of its own, in the domain unless name is NULL. Return: its exit status. */
int status_in_domain(const char* name, void (*run)(const struct subject* subject, void* data), void* data);
/* The same, if the status must be 0. */
void in_domain(const char* name, void (*run)(const struct subject* subject, void* data), void* data);

/* The exit status of a child; 128 and the number of a signal. */
int wait_for(pid_t child);

/* ---- the tests ---- */

void test_granted(void);
void test_policy(void);
void test_reading(void);
void test_collector(void);
void test_accesses(void);
void test_granted_executions(void);
void test_executions(void);
void test_chaos(void);
int program_main(int argc, char** argv);

#endif
