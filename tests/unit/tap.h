/* SPDX-License-Identifier: GPL-2.0-only */
/* TAP for unit tests, in C and C++. A check that fails prints its place, what it got and what it wanted.
 *
 *   is(got, want, "name")      equal: integers, booleans, enumerations, pointers, text that ends with NUL
 * (may be NULL); C++: also std::string, std::string_view, std::optional, ranges, and what has tap_show()
 *   isnt(got, unwanted, ...)   not equal
 *   is_bytes(got, length, want, length, "name")   text with a length
 *   cmp_ok(got, <=, limit, "name")   integers in another relation
 *   is_pointer(got, want, "name")   the same place in memory, also of text
 *   add_case(&cases, where, got, want), is_each(&cases, "name")   many texts, one check: shows the first that
 * differs ok(condition, "name")      what is_* cannot show about("name")              checks that follow are
 * named("what"): "name: what" done()                     the end of main()
 */
#ifndef TESTS_UNIT_TAP_H
#define TESTS_UNIT_TAP_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int tap_count, tap_failed;
static const char* tap_topic = "";

/* How much of a text is shown, and how much of that is in front of the first difference. */
enum { TAP_SHOWN = 72, TAP_BEFORE = 24 };

/* ---- Texts that live until done(), so that they can be arguments of a check ---- */

struct tap_kept {
    struct tap_kept* next;
    char* text;
};

static struct tap_kept* tap_kept;

/* Frees @text in done(). */
static inline char* keep(char* text) {
    struct tap_kept* kept = (struct tap_kept*)malloc(sizeof(*kept));

    if (!kept)
        abort();
    kept->next = tap_kept;
    kept->text = text;
    tap_kept = kept;
    return text;
}

__attribute__((format(printf, 1, 2))) static inline const char* formatted(const char* format, ...) {
    char* made;
    va_list list;

    va_start(list, format);
    if (vasprintf(&made, format, list) < 0)
        abort();
    va_end(list);
    return keep(made);
}

static inline void about(const char* topic) { tap_topic = topic; }

static inline const char* named(const char* what) { return formatted("%s: %s", tap_topic, what); }

/* ---- What is printed ---- */

static inline void tap_put(const char* bytes, size_t length) {
    size_t i;

    for (i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)bytes[i];

        if (byte == '\n')
            printf("\\n");
        else if (byte == '\t')
            printf("\\t");
        else if (byte < ' ' || byte > '~')
            printf("\\%03o", byte);
        else
            putchar(byte);
    }
}

static inline void tap_report(bool passed, const char* name, const char* file, int line) {
    /* What has been said is not lost when a check that follows crashes. */
    if (!tap_count)
        setvbuf(stdout, NULL, _IOLBF, BUFSIZ);
    printf("%sok %d - ", passed ? "" : "not ", ++tap_count);
    tap_put(name, strlen(name));
    putchar('\n');
    if (passed)
        return;
    tap_failed++;
    printf("# failed at %s:%d\n", file, line);
}

/* @different: where the first difference is */
static inline void tap_show_bytes(const char* title, const char* bytes, size_t length, size_t different) {
    size_t start = 0, end = length;

    printf("# %s: ", title);
    if (!bytes) {
        printf("NULL\n");
        return;
    }
    if (length > TAP_SHOWN) {
        start = different > TAP_BEFORE ? different - TAP_BEFORE : 0;
        if (start + TAP_SHOWN < length)
            end = start + TAP_SHOWN;
    }
    printf("%s\"", start ? "..." : "");
    tap_put(bytes + start, end - start);
    printf("\"%s\n", end < length ? "..." : "");
}

/* Both as text; the bytes may be NULL. */
static inline void tap_differ(const char* got, size_t got_length, const char* want, size_t want_length) {
    size_t different = 0;

    while (got && want && different < got_length && different < want_length &&
           got[different] == want[different])
        different++;
    tap_show_bytes(" got", got, got_length, different);
    tap_show_bytes("want", want, want_length, different);
    if (got && want && (got_length > TAP_SHOWN || want_length > TAP_SHOWN))
        printf("# first difference at byte %zu of %zu, wanted %zu\n", different, got_length, want_length);
}

static inline void tap_bytes(bool equal, const char* got, size_t got_length, const char* want,
                             size_t want_length, const char* name, const char* file, int line) {
    bool same = got && want ? got_length == want_length && !memcmp(got, want, got_length) : got == want;

    tap_report(same == equal, name, file, line);
    if (same != equal && equal)
        tap_differ(got, got_length, want, want_length);
    else if (same != equal)
        tap_show_bytes("unwanted", got, got_length, 0);
}

#define ok(condition, name) tap_report(!!(condition), (name), __FILE__, __LINE__)
#define is_bytes(got, got_length, want, want_length, name)                                                   \
    tap_bytes(true, (got), (got_length), (want), (want_length), (name), __FILE__, __LINE__)

static inline int done(void) {
    while (tap_kept) {
        struct tap_kept* next = tap_kept->next;

        free(tap_kept->text);
        free(tap_kept);
        tap_kept = next;
    }
    printf("1..%d\n", tap_count);
    return tap_failed ? 1 : 0;
}

static inline void tap_text(bool equal, const char* got, const char* want, const char* name, const char* file,
                            int line) {
    tap_bytes(equal, got, got ? strlen(got) : 0, want, want ? strlen(want) : 0, name, file, line);
}

/* Cases that are too many for a check each. */
struct tap_cases {
    unsigned int count, wrong;
    const char *where, *got, *want; /* of the first that is wrong */
};

static inline const char* tap_copy(const char* text) { return text ? formatted("%s", text) : NULL; }

static inline void add_case(struct tap_cases* cases, const char* where, const char* got, const char* want) {
    cases->count++;
    if (got && want ? !strcmp(got, want) : got == want)
        return;
    if (cases->wrong++)
        return;
    cases->where = tap_copy(where);
    cases->got = tap_copy(got);
    cases->want = tap_copy(want);
}

/* No case at all proves nothing. */
static inline void tap_each(const struct tap_cases* cases, const char* name, const char* file, int line) {
    bool good = cases->count && !cases->wrong;

    tap_report(good, name, file, line);
    if (good)
        return;
    printf("# %u of %u cases differ\n", cases->wrong, cases->count);
    if (!cases->wrong)
        return;
    tap_show_bytes("  of", cases->where, strlen(cases->where), 0);
    tap_differ(cases->got, cases->got ? strlen(cases->got) : 0, cases->want,
               cases->want ? strlen(cases->want) : 0);
}

#define is_each(cases, name) tap_each((cases), (name), __FILE__, __LINE__)

/* The values as they are to be printed. */
static inline void tap_values(bool equal, bool same, const char* got, const char* want, const char* name,
                              const char* file, int line) {
    tap_report(same == equal, name, file, line);
    if (same != equal && equal)
        printf("#  got: %s\n# want: %s\n", got, want);
    else if (same != equal)
        printf("# unwanted: %s\n", got);
}

static inline void tap_pointer(bool equal, const void* got, const void* want, const char* name,
                               const char* file, int line) {
    tap_values(equal, got == want, formatted("%p", got), formatted("%p", want), name, file, line);
}

/* The same place in memory, whatever is there: is() compares what pointers to characters point to. */
#define is_pointer(got, want, name) tap_pointer(true, (got), (want), (name), __FILE__, __LINE__)

static inline void tap_compared(bool passed, long long got, const char* sign, long long want,
                                const char* name, const char* file, int line) {
    tap_report(passed, name, file, line);
    if (!passed)
        printf("#  got: %lld\n# want: %s %lld\n", got, sign, want);
}

/* cmp_ok(got, <=, limit, "name"): of integers */
#define cmp_ok(got, sign, want, name)                                                                        \
    do {                                                                                                     \
        const __typeof__(got) tap_got = (got);                                                               \
        const __typeof__(want) tap_want = (want);                                                            \
        tap_compared(tap_got sign tap_want, (long long)tap_got, #sign, (long long)tap_want, name, __FILE__,  \
                     __LINE__);                                                                              \
    } while (0)

#ifdef __cplusplus
#include "tests/unit/tap_cxx.h"
#else

static inline void tap_signed(bool equal, long long got, long long want, const char* name, const char* file,
                              int line) {
    tap_values(equal, got == want, formatted("%lld", got), formatted("%lld", want), name, file, line);
}

static inline void tap_unsigned(bool equal, unsigned long long got, unsigned long long want, const char* name,
                                const char* file, int line) {
    tap_values(equal, got == want, formatted("%llu (0x%llx)", got, got),
               formatted("%llu (0x%llx)", want, want), name, file, line);
}

static inline void tap_bool(bool equal, bool got, bool want, const char* name, const char* file, int line) {
    tap_values(equal, got == want, got ? "true" : "false", want ? "true" : "false", name, file, line);
}

/* The type of @got decides. */
/* clang-format off */
#define TAP_FUNCTION(got)                                                                                    \
    _Generic((got),                                                                                          \
        bool: tap_bool, char*: tap_text, const char*: tap_text,                                              \
        char: tap_signed, signed char: tap_signed, short: tap_signed, int: tap_signed, long: tap_signed,     \
        long long: tap_signed,                                                                               \
        unsigned char: tap_unsigned, unsigned short: tap_unsigned, unsigned int: tap_unsigned,               \
        unsigned long: tap_unsigned, unsigned long long: tap_unsigned,                                       \
        default: tap_pointer)
/* clang-format on */
#define is(got, want, name) TAP_FUNCTION(got)(true, (got), (want), (name), __FILE__, __LINE__)
#define isnt(got, unwanted, name) TAP_FUNCTION(got)(false, (got), (unwanted), (name), __FILE__, __LINE__)

#endif

#endif
