/* SPDX-License-Identifier: GPL-2.0-only */
/* What the programs that provoke mistakes share: shared memory, complaints, the kernel's interface.
 */
#ifndef COMMON_H
#define COMMON_H

#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

enum {
    TEXT = 1 << 20, /* bytes: more than any file of the interface has in these tests */
};

/* ---- complaints (report.c) ---- */

/* Sees to complaints being counted across processes. Before any fork. */
void report_setup(void);

/* Whoever complains calls itself so. Text is not copied. */
void report_name(const char* name);

/* Something that must hold does not. Counted, and printed unless there have been many. */
void __attribute__((format(printf, 1, 2))) complain(const char* format, ...);
int complaints(void);

/* The test itself cannot go on. */
void __attribute__((noreturn, format(printf, 1, 2))) die(const char* format, ...);

/* The name of an error: of -ENOENT as well as of ENOENT; "0" for none. */
const char* error_name(long error);

/* Memory, all zero, that processes share. Ends with them. */
void* shared_memory(size_t size);

/* ---- chance and time (report.c) ---- */

/* From 0 to below @limit. Every process has its own sequence after chance_seed(). */
unsigned int chance(unsigned int limit);
void chance_seed(unsigned int seed);
double seconds_now(void);
void pause_ms(unsigned int ms);

/* ---- the interface (interface.c) ---- */

extern const char interface_directory[];

/* Opens a file of the interface. Return: a descriptor or -errno. */
int node_open(const char* node, int flags);

/* Writes lines to a file of the interface. Return: 0 or -errno. */
int __attribute__((format(printf, 2, 3))) node_write(const char* node, const char* format, ...);

/* The same with a descriptor, in pieces of any size when @pieces. */
int write_all(int fd, const char* text, bool pieces);

/*
 * The text of a file of the interface; select (may be NULL) is a line that is written before.
 * Return: to be freed; NULL with errno.
 */
char* node_read(const char* node, const char* select);

/* What is read from a descriptor until its end, in pieces of at most @piece bytes. */
char* read_all(int fd, size_t piece);

/* Is there such a line? */
bool has_line(const char* text, const char* line);

/* The value of a line of stat that begins with @title. -1: there is none. */
long stat_value(const char* title);

/* Comes back when nothing that was deleted holds memory of policy. Return: bytes in use. */
long collected_memory(long expected);

/* The domain of the calling thread, by a descriptor of self_domain (which enforcing allows). */
void own_domain(int fd, char* name, size_t room);

/* Asks for another domain. Return: 0 or -errno. */
int enter_domain(int fd, const char* name);

/* Opens and closes. Return: 0 or -errno. */
int try_open(const char* path, int flags);

/* Makes a file with these bytes. */
void make_file(const char* path, const char* bytes, unsigned int mode);

/* Copies the program that is running. */
void copy_myself(const char* path);

#endif
