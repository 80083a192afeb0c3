// SPDX-License-Identifier: GPL-2.0-only
// Managers: which programs the manager list lets change the policy.
#include "tomoyo-box/kernel/managers.h"

#include "tests/unit/tap.h"

int main() {
    const Managers none("", "");
    ok(!none.may_change("/usr/sbin/box", "/usr/sbin/load"), "an empty list has no manager");
    const Managers paths("/x\n/usr/sbin/box\n", "");
    ok(paths.may_change("/usr/sbin/box", "/usr/sbin/load"), "a program by its real path");
    ok(!paths.may_change("/usr/sbin/bo", "/usr/sbin/box"), "a link of that name is another program");
    const std::string list = "<kernel> /usr/sbin/load\n<kernel> /a\\040b\n";
    const Managers domains(list, "initialize_domain /usr/sbin/load from any\n");
    ok(domains.may_change("/usr/sbin/box", "/usr/sbin/load"),
       "a program by its domain, wherever it is started");
    ok(!domains.may_change("/usr/sbin/box", "/usr/sbin/set"), "another link to it is in another domain");
    ok(!Managers(list, "initialize_domain /usr/sbin/load from <kernel> /x\n")
            .may_change("/b", "/usr/sbin/load"),
       "the domain depends on who starts the program");
    ok(!Managers(list, "").may_change("/b", "/usr/sbin/load"), "the domain is never entered");
    ok(Managers(list, "initialize_domain /a\\040b from any\n").may_change("/b", "/a b"),
       "a name with a blank");
    return done();
}
