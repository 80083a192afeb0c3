/* SPDX-License-Identifier: GPL-2.0-only */
/* What the files of act share: how a command is called, takes its words and answers. */
#ifndef ACT_H
#define ACT_H

#include <stddef.h>
#include <stdint.h>

/*
 * A command gets its words without its own name, @count of them, followed by NULL. It returns a negative
 * errno number or, for success, anything else; what it has answered then follows "ok". SILENT: no line at
 * all.
 */
struct command {
    const char* name;
    int least; /* words */
    int most;  /* words; -1: any number */
    long (*run)(int count, char** words);
};

#define SILENT 0x7eeeeeee

/* Ended by an element without a name. */
extern const struct command file_commands[];
extern const struct command mount_commands[];
extern const struct command socket_commands[];
extern const struct command task_commands[];

/* A word and its bits, for lists such as rdwr,creat. */
struct flag {
    const char* name;
    unsigned long bits;
};

/* The descriptor that open, socket, ... have left, and that read, bind, ... work on. */
extern int current;
/* The second one of pipe and socketpair; swap exchanges the two. */
extern int other;

/* The result of a system call as a command returns it. */
long outcome(long result);
/* The result of a call that makes a descriptor, which becomes the current one. */
long opened(long result);

/* Add to what is printed behind "ok"; bytes that are not printable become \n, \t, \\ or \ooo. */
void answer_text(const void* bytes, size_t length);
void answer_number(long number);

/* Runs one command per stretch of words between ":", prints what each has answered. */
void run_list(int count, char** words);

/* Counts @more failures; returns how many there are, as an exit status. */
int failed(int more);

/* Takes "{" and "}" away when they are the first and the last word. */
void strip_braces(int* count, char*** words);

/* Decodes \n, \0, \x41, \101, ... in place, returns the length: NUL may be among the bytes. */
size_t decode(char* text);

/* These end the program with a message when the word is none of the kind. */
long number(const char* word);
unsigned long flags(const char* word, const struct flag* known);

#endif
