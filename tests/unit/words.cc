// SPDX-License-Identifier: GPL-2.0-only
// Words in C++: domains by name, below a name, and by pattern; numbers with nothing behind them.
#include "tomoyo-box/policy/language/words.h"

#include "tests/unit/tap.h"

int main() {
    using namespace policy;
    about("a domain is found by its whole name");
    ok(domain_matches("<kernel> /b", "<kernel> /b", false), named("<kernel> /b"));
    ok(!domain_matches("<kernel> /b /c", "<kernel> /b", false), named("<kernel> /b /c"));
    about("U-039 domains below it are, and not those whose name merely begins alike");
    ok(domain_matches("<kernel> /b /c", "<kernel> /b", true), named("<kernel> /b /c"));
    ok(!domain_matches("<kernel> /bc", "<kernel> /b", true), named("<kernel> /bc"));
    about("a pattern is compared word by word");
    ok(domain_matches_pattern("<kernel> /usr/sbin/httpd", "<kernel> /usr/sbin/\\*"),
       named("<kernel> /usr/sbin/httpd"));
    ok(!domain_matches_pattern("<kernel> /sbin/init /usr/sbin/httpd", "<kernel> /usr/sbin/\\*"),
       named("<kernel> /sbin/init /usr/sbin/httpd"));
    about("without a namespace it is compared with the last words");
    ok(domain_matches_pattern("<kernel> /sbin/init /usr/sbin/httpd", "/usr/sbin/\\*"),
       named("<kernel> /sbin/init /usr/sbin/httpd"));
    ok(domain_matches_pattern("<kernel> /sbin/init /usr/sbin/httpd", "/sbin/init /usr/sbin/httpd"),
       named("<kernel> /sbin/init /usr/sbin/httpd"));
    ok(!domain_matches_pattern("<kernel> /usr/sbin/httpd /bin/sh", "/usr/sbin/httpd"),
       named("<kernel> /usr/sbin/httpd /bin/sh"));
    ok(!domain_matches_pattern("<kernel>", "/a /b /c"), named("<kernel>"));
    about("it can also be compared with the ancestors of a domain");
    ok(domain_matches_pattern("<kernel> /usr/sbin/httpd /bin/sh", "/usr/sbin/\\*", true),
       named("<kernel> /usr/sbin/httpd /bin/sh"));
    ok(!domain_matches_pattern("<kernel> /usr/sbin/httpd /bin/sh", "/usr/sbin/\\*", false),
       named("<kernel> /usr/sbin/httpd /bin/sh"));
    ok(!domain_matches_pattern("<kernel> /usr/bin/sh", "/usr/sbin/\\*", true), named("<kernel> /usr/bin/sh"));
    about("U-026 a profile is a number from 0 to 255 and nothing else");
    is(number_to_255("255"), 255u, named("255"));
    ok(!number_to_255("256"), named("256"));
    ok(!number_to_255("1x"), named("1x"));
    ok(!number_to_255("-1"), named("-1"));
    ok(!number_to_255(""), named("number_to_255(\"\")"));
    about("U-026 a number can be read as sscanf does");
    is(scanned_number("300"), 300u, named("300"));
    is(scanned_number(" +7x"), 7u, named(" +7x"));
    is(scanned_number("-1"), 4294967295u, named("-1"));
    is(scanned_number("4294967297"), 1u, named("4294967297"));
    is(scanned_number("99999999999999999999"), 4294967295u, named("99999999999999999999"));
    ok(!scanned_number("x"), named("x"));
    ok(!scanned_number("+-1"), named("+-1"));
    ok(!scanned_number(""), named("scanned_number(\"\")"));
    return done();
}
