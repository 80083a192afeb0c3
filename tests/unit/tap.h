/* SPDX-License-Identifier: GPL-2.0-only */
/* TAP for unit tests: ok(condition, "name"), and done() as the end of main(). */
#ifndef TESTS_UNIT_TAP_H
#define TESTS_UNIT_TAP_H

#include <stdio.h>

static int tap_count, tap_failed;

static inline void tap_report(int passed, const char* name, const char* file, int line) {
    printf("%sok %d - %s\n", passed ? "" : "not ", ++tap_count, name);
    if (passed)
        return;
    tap_failed++;
    printf("# failed at %s:%d\n", file, line);
}

#define ok(condition, name) tap_report(!!(condition), (name), __FILE__, __LINE__)

static inline int done(void) {
    printf("1..%d\n", tap_count);
    return tap_failed ? 1 : 0;
}

#endif
