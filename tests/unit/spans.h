/* SPDX-License-Identifier: GPL-2.0-only */
/* Spans in checks: copies that the sanitizer can guard, and is() for spans. */
#ifndef TESTS_UNIT_SPANS_H
#define TESTS_UNIT_SPANS_H

#include "lsm/engine/problem.h"
#include "lsm/engine/text.h"
#include "tests/unit/tap.h"

/* Memory that ends where the text ends, so that the sanitizer sees every byte read too many. */
static inline char* exact(const char* text, size_t length) {
    char* copy = (char*)malloc(length ? length : 1);

    memcpy(copy, text, length);
    return copy;
}

static inline struct tmy_span span_of(const char* text) { return tmy_span(text, strlen(text)); }

/* Likewise a span that lives until done(). */
static inline struct tmy_span exact_span(const char* text) {
    size_t length = strlen(text);

    return tmy_span(keep(exact(text, length)), length);
}

/* Text of a span, until done(). */
static inline const char* span_text(struct tmy_span span) {
    return formatted("%.*s", (int)span.length, span.at ? span.at : "");
}

/* What the buffer holds, until done(); what does not fit into it is said. */
static inline const char* buffer_text(const struct tmy_text* text) {
    if (!tmy_text_fits(text))
        return formatted("%zu bytes, which is too long", (size_t)text->length);
    return formatted("%.*s", (int)text->length, text->at ? text->at : "");
}

/* "COLUMN: REASON", the column from 0; what is to be said of @line. */
static inline const char* problem_text(struct tmy_span line, const struct tmy_problem* problem) {
    if (!problem->reason)
        return "no reason";
    if (problem->at < line.at || problem->at > line.at + line.length)
        return formatted("outside of the line: %s", problem->reason);
    return formatted("%td: %s", problem->at - line.at, problem->reason);
}

static inline void is_span_at(struct tmy_span got, struct tmy_span want, const char* name, const char* file,
                              int line) {
    tap_bytes(true, got.at ? got.at : "", got.length, want.at ? want.at : "", want.length, name, file, line);
}

#define is_same_span(got, want, name) is_span_at((got), (want), (name), __FILE__, __LINE__)
#define is_span(got, want, name) is_span_at((got), span_of(want), (name), __FILE__, __LINE__)

#endif
