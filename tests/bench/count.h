/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Count: how many instructions a piece of this program takes.
 *
 * The program is run by its parent in single steps from count_begin() to count_end(), so the number is exact,
 * whatever else the machine does. What both calls take themselves is subtracted.
 */
#ifndef TESTS_BENCH_COUNT_H
#define TESTS_BENCH_COUNT_H

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile long* count_steps; /* written by the parent */
static long count_own;

/* Lets the child run, and counts from SIGUSR1 to SIGUSR2. Return: its exit code. */
static int count_run(pid_t child) {
    int status, counting = 0, signal = 0;

    while (waitpid(child, &status, 0) == child && WIFSTOPPED(status)) {
        signal = WSTOPSIG(status);
        if (signal == SIGUSR1) {
            counting = 1;
            *count_steps = 0;
        } else if (signal == SIGUSR2) {
            counting = 0;
        } else if (signal == SIGTRAP && counting) {
            ++*count_steps;
        }
        if (signal == SIGUSR1 || signal == SIGUSR2 || signal == SIGTRAP || signal == SIGSTOP)
            signal = 0;
        if (ptrace(counting ? PTRACE_SINGLESTEP : PTRACE_CONT, child, NULL, signal) < 0)
            break;
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 2;
}

static void count_begin(void) { raise(SIGUSR1); }

/* Return: instructions since count_begin(). */
static long count_end(void) {
    raise(SIGUSR2);
    return *count_steps - count_own;
}

/* To be called first: what follows runs in a child that is counted. */
static void count_start(void) {
    pid_t child;

    count_steps = mmap(NULL, sizeof(long), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    child = count_steps == MAP_FAILED ? -1 : fork();
    if (child < 0) {
        perror("count");
        exit(2);
    }
    if (child)
        exit(count_run(child));
    if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) < 0) {
        perror("ptrace");
        _exit(2);
    }
    raise(SIGSTOP);
    count_begin();
    count_own = count_end();
}

#endif
