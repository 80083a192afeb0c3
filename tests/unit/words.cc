// SPDX-License-Identifier: GPL-2.0-only
// Words in C++: domains by name, below a name, and by pattern; numbers with nothing behind them.
#include "tomoyo-box/policy/language/words.h"

#include "tests/unit/tap.h"

int main() {
    using namespace policy;
    ok(domain_matches("<kernel> /b", "<kernel> /b", false) &&
           !domain_matches("<kernel> /b /c", "<kernel> /b", false),
       "a domain is found by its whole name");
    ok(domain_matches("<kernel> /b /c", "<kernel> /b", true) &&
           !domain_matches("<kernel> /bc", "<kernel> /b", true),
       "U-039 domains below it are, and not those whose name merely begins alike");
    ok(domain_matches_pattern("<kernel> /usr/sbin/httpd", "<kernel> /usr/sbin/\\*") &&
           !domain_matches_pattern("<kernel> /sbin/init /usr/sbin/httpd", "<kernel> /usr/sbin/\\*"),
       "a pattern is compared word by word");
    ok(domain_matches_pattern("<kernel> /sbin/init /usr/sbin/httpd", "/usr/sbin/\\*") &&
           domain_matches_pattern("<kernel> /sbin/init /usr/sbin/httpd", "/sbin/init /usr/sbin/httpd") &&
           !domain_matches_pattern("<kernel> /usr/sbin/httpd /bin/sh", "/usr/sbin/httpd") &&
           !domain_matches_pattern("<kernel>", "/a /b /c"),
       "without a namespace it is compared with the last words");
    ok(domain_matches_pattern("<kernel> /usr/sbin/httpd /bin/sh", "/usr/sbin/\\*", true) &&
           !domain_matches_pattern("<kernel> /usr/sbin/httpd /bin/sh", "/usr/sbin/\\*", false) &&
           !domain_matches_pattern("<kernel> /usr/bin/sh", "/usr/sbin/\\*", true),
       "it can also be compared with the ancestors of a domain");
    ok(number_to_255("255") == 255u && !number_to_255("256") && !number_to_255("1x") &&
           !number_to_255("-1") && !number_to_255(""),
       "U-026 a profile is a number from 0 to 255 and nothing else");
    ok(scanned_number("300") == 300u && scanned_number(" +7x") == 7u && scanned_number("-1") == 4294967295u &&
           scanned_number("4294967297") == 1u && scanned_number("99999999999999999999") == 4294967295u &&
           !scanned_number("x") && !scanned_number("+-1") && !scanned_number(""),
       "U-026 a number can be read as sscanf does");
    return done();
}
