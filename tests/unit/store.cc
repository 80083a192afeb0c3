// SPDX-License-Identifier: GPL-2.0-only
// The policy store's notations: stamps of snapshots, quotas.
#include "tomoyo-box/policy/language/quotas.h"
#include "tomoyo-box/store/stamp.h"

#include "tests/unit/tap.h"

int main() {
    using namespace store;
    using policy::quota_text;
    const auto time = stamp_time("26-11-21.19:02:41");
    is(time, 1795287761, "a stamp is read as the seconds of UTC");
    about("and written so");
    is(stamp_name(*time), "26-11-21.19:02:41", named("stamp_name(*time)"));
    is(stamp_name(*time, "v1"), "26-11-21.19:02:41.v1", named("v1"));
    is(stamp_time("26-11-21.19:02:41.v1.2-rc_3"), time, "a tag does not change the time");
    is(stamp_name(*time + 59 - 41 + 1), "26-11-21.19:03:00", "a second more may be a minute more");
    about("years run from 1970 to 2069");
    ok(stamp_time("99-12-31.23:59:59") < stamp_time("00-01-01.00:00:00"), named("99-12-31.23:59:59"));
    is(stamp_time("70-01-01.00:00:00"), 0, named("70-01-01.00:00:00"));
    ok(stamp_time("69-12-31.23:59:59") > stamp_time("68-02-29.12:00:00"), named("69-12-31.23:59:59"));
    about("what no calendar has is no stamp");
    ok(stamp_time("28-02-29.00:00:00"), named("28-02-29.00:00:00"));
    ok(!stamp_time("26-02-29.00:00:00"), named("26-02-29.00:00:00"));
    ok(!stamp_time("26-13-01.00:00:00"), named("26-13-01.00:00:00"));
    ok(!stamp_time("26-00-10.00:00:00"), named("26-00-10.00:00:00"));
    ok(!stamp_time("26-01-01.24:00:00"), named("26-01-01.24:00:00"));
    ok(!stamp_time("26-01-01.00:60:00"), named("26-01-01.00:60:00"));
    about("neither is anything else");
    ok(!stamp_time(""), named("stamp_time(\"\")"));
    ok(!stamp_time("26-11-21.19:02:4"), named("26-11-21.19:02:4"));
    ok(!stamp_time("26-11-21.19:02:41x"), named("26-11-21.19:02:41x"));
    ok(!stamp_time("26-11-21.19:02:41."), named("26-11-21.19:02:41."));
    ok(!stamp_time("26-11-21.19:02:41.a b"), named("26-11-21.19:02:41.a b"));
    ok(!stamp_time("26-11-21 19:02:41"), named("26-11-21 19:02:41"));
    ok(!stamp_time(".26-11-21.19:02:41.tmp"), named(".26-11-21.19:02:41.tmp"));
    ok(!stamp_time("26-1\xb1-21.19:02:41"), named("26-1\xb1-21.19:02:41"));
    about("a tag is 1 to 64 characters of a file name that needs no quotes");
    ok(correct_tag("A-z_0.9"), named("A-z_0.9"));
    ok(correct_tag(std::string(64, 'x')), named("correct_tag(std::string(64, 'x'))"));
    ok(!correct_tag(""), named("correct_tag(\"\")"));
    ok(!correct_tag(std::string(65, 'x')), named("correct_tag(std::string(65, 'x'))"));
    ok(!correct_tag("a/b"), named("a/b"));
    ok(!correct_tag("a\n"), named("a\n"));
    ok(!correct_tag("\xc3\xa9"), named("\xc3\xa9"));

    const std::string head = "# Memory quota (byte). 0 means no quota.\n";
    is(quota_text(""), head, "no statistics, no quotas");
    is(quota_text("Policy update:  7 (Last: 2026/11/21 18:58:45)\n"
                  "Memory used by policy:                      9088 (Quota:   12345678)\n"
                  "Memory used by audit log:                  75488 (Quota: 1234567890)\n"
                  "Memory used by query message:                  0\n"
                  "Total memory used:                         84576\n"),
       head + "Memory used by policy:        12345678\n"
              "Memory used by audit log:     1234567890\n"
              "Memory used by query message:        0\n",
       "D-38 quotas take the place of use; 0 where there is none");
    is(quota_text("Memory used by policy:  1 (Quota:"), head + "Memory used by policy:               0\n",
       "a line cut short is no danger");
    return done();
}
