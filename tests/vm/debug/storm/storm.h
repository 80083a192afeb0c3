/* SPDX-License-Identifier: GPL-2.0-only */
/* Storm: what the workers share. */
#ifndef STORM_H
#define STORM_H

#include "../common/common.h"

#include <sys/types.h>

/* What is counted, and printed at the end; each must have happened. */
#define STORM_EVENTS(event)                                                                                  \
    event(granted) event(denied) event(tree) event(renamed_directory) event(executed)                        \
        event(execution_failed) event(executed_moving) event(mounted) event(attached) event(inet)            \
            event(unix_socket) event(refused_socket) event(learned) event(policy_line) event(read_back)      \
                event(exception_line) event(churned) event(domain_deleted) event(in_deleted_domain)          \
                    event(mode_changed) event(transition) event(refused_transition) event(thread)            \
                        event(read_policy) event(read_exceptions) event(read_profile) event(read_stat)       \
                            event(selected) event(status) event(audit_record) event(asked)                   \
                                event(allowed_by_answer) event(answered) event(query_closed) event(quota)    \
                                    event(manager) event(killed)

enum storm_event {
#define STORM_EVENT(name) EVENT_##name,
    STORM_EVENTS(STORM_EVENT) EVENTS
#undef STORM_EVENT
};

void count_event(enum storm_event event);
#define COUNT(name) count_event(EVENT_##name)

/* Profiles of the storm. */
enum {
    DISABLED = 200,
    LEARNING,
    PERMISSIVE,
    ENFORCING,
    LOGGING, /* enforcing, and what is granted is logged */
    MOODY,   /* changes */
};

/* A worker: runs until storm_blows() says no, or until it is killed. */
struct worker {
    const char* name;
    void (*run)(unsigned int number);
    unsigned int copies;
};
extern const struct worker workers[];
extern const unsigned int worker_kinds;

bool storm_blows(void);
/* The process that started the storm, whose domain lets the workers into theirs. */
pid_t storm_origin(void);
/* Some worker's process. */
pid_t storm_someone(void);

/* Goes into the domain <kernel> /storm/NAME. Return: a descriptor of self_domain. */
int storm_enter(const char* name);
/* Complains unless the calling thread is in that domain, given in full. */
void storm_must_be_in(int fd, const char* domain);
/* A child that ends with its parent. */
pid_t storm_fork(void);
/* The exit status of a child; 128 and the number of a signal. */
int storm_wait(pid_t child);

/* place.c */
void place_make(void);
void place_policy(void);
void place_clear(void);

/* programs.c: what is executed by the storm. */
int program_main(int argc, char** argv);

/* The workers, by file. */
void granted(unsigned int number);
void denied(unsigned int number);
void tree(unsigned int number);
void programs(unsigned int number);
void moving_programs(unsigned int number);
void mover(unsigned int number);
void mounts(unsigned int number);
void enforced_mounts(unsigned int number);
void sockets(unsigned int number);
void learners(unsigned int number);
void owners(unsigned int number);
void exception_owners(unsigned int number);
void churners(unsigned int number);
void deleters(unsigned int number);
void inhabitants(unsigned int number);
void moods(unsigned int number);
void moody(unsigned int number);
void wanderers(unsigned int number);
void threads(unsigned int number);
void readers(unsigned int number);
void auditors(unsigned int number);
void askers(unsigned int number);
void answerers(unsigned int number);
void quotas(unsigned int number);

#endif
