// SPDX-License-Identifier: GPL-2.0-only
// Packs: their rules.
#include "tomoyo-box/policy/rewrite/packs.h"

#include "tomoyo-box/base/text.h"

#include <algorithm>

namespace policy {

namespace {

// Names made by mkstemp(3) end in six letters and digits. What has only letters, or only digits, may be a
// word or a number, and is left alone. (A subtraction begins behind the literal beginning of a word.)
#define MADE_UP "\\?\\?\\?\\?\\?\\?"
#define MADE_UP_BEHIND(separator)                                                                            \
    "rewrite part_pattern " separator MADE_UP R"(\-\A\-\$\-\*.\*\-\*-\*\-\*_\* )" separator MADE_UP "\n"
#define MADE_UP_IN(directory)                                                                                \
    "word[1].starts " directory "\n" MADE_UP_BEHIND(".") "word[1].starts " directory "\n" MADE_UP_BEHIND("-")

constexpr RewritePack packs[] = {
    {"proc", "Files of processes; those of init, process 1, stay its own.", true,
     R"(rewrite path_pattern proc:/self/task/\$/fdinfo/\$
rewrite path_pattern proc:/self/task/\$/fd/\$
rewrite head_pattern proc:/self/task/\$/
rewrite path_pattern proc:/self/fdinfo/\$
rewrite path_pattern proc:/self/fd/\$
rewrite head_pattern proc:/self/
rewrite path_pattern proc:/1/task/\$/fdinfo/\$
rewrite path_pattern proc:/1/task/\$/fd/\$
rewrite head_pattern proc:/1/task/\$/
rewrite path_pattern proc:/1/fdinfo/\$
rewrite path_pattern proc:/1/fd/\$
rewrite head_pattern proc:/1/
rewrite path_pattern proc:/\$/task/\$/fdinfo/\$
rewrite path_pattern proc:/\$/task/\$/fd/\$
rewrite head_pattern proc:/\$/task/\$/
rewrite path_pattern proc:/\$/fdinfo/\$
rewrite path_pattern proc:/\$/fd/\$
rewrite head_pattern proc:/\$/
)"},
    {"inode", "Terminals, pipes and sockets.", true,
     R"(rewrite path_pattern devpts:/\$
rewrite path_pattern pipe:[\$]
rewrite path_pattern pipefs:/[\$]
rewrite path_pattern socket:[\$]
)"},
    {"run", "Run-time directories of users, the journal of a machine.", true,
     R"(rewrite head_pattern /run/user/\$/
rewrite head_pattern /run/log/journal/\X/
rewrite head_pattern /var/log/journal/\X/
)"},
    {"temp", "Temporary files of mktemp and of shells, and those without a name (O_TMPFILE).", true,
     R"(rewrite tail_pattern /#\$
rewrite tail_pattern /tmp.\?\?\?\?\?\?\?\?\?\?
rewrite tail_pattern /sh-thd.\?\?\?\?\?\?
rewrite tail_pattern /sh-thd-\$
)"},
    {"mkstemp", "Other names in directories for temporary files that end in six random characters.", false,
     R"(rewrite tail_pattern /tmp/tmp\?\?\?\?\?\?\?\?
rewrite tail_pattern /tmp/cc\?\?\?\?\?\?.o
rewrite tail_pattern /tmp/cc\?\?\?\?\?\?.s
rewrite tail_pattern /tmp/cc\?\?\?\?\?\?.res
)" MADE_UP_IN("/tmp/") MADE_UP_IN("/var/tmp/") MADE_UP_IN("/run/")},
    {"library", "Versions of shared libraries.", false,
     R"(rewrite part_pattern .so.\$.\$.\$.\$
rewrite part_pattern .so.\$.\$.\$
rewrite part_pattern .so.\$.\$
rewrite part_pattern .so.\$
rewrite part_pattern -\$.\$.\$.so
rewrite part_pattern -\$.\$.so
)"},
    {"uuid", "Numbers of file systems, machines and boots.", false,
     R"(rewrite part_pattern \x\x\x\x\x\x\x\x-\x\x\x\x-\x\x\x\x-\x\x\x\x-\x\x\x\x\x\x\x\x\x\x\x\x
rewrite part_pattern \x\x\x\x\x\x\x\x\x\x\x\x\x\x\x\x\x\x\x\x\x\x\x\x\x\x\x\x\x\x\x\x
)"},
    {"date", "Dates.", false,
     R"(rewrite part_pattern \+\+\+\+-\+\+-\+\+
rewrite part_pattern \+\+\+\+_\+\+_\+\+
rewrite part_pattern \+\+\+\+.\+\+.\+\+
rewrite part_pattern 20\+\+\+\+\+\+
rewrite part_pattern 20\+\+\+\+\+\+T\+\+\+\+\+\+
)"},
    {"spool", "Numbers of jobs and of letters in the spool.", false,
     R"(rewrite path_pattern /var/spool/cups/c\$
rewrite path_pattern /var/spool/cups/d\$-\$
rewrite path_pattern /var/spool/cron/atjobs/a\X
rewrite path_pattern /var/spool/cron/atspool/a\X
word[1].starts /var/spool/
rewrite part_pattern \$
)"},
    {"overlay", "File systems that are known by their device, as the layers of a container are.", false,
     R"(rewrite head_pattern dev(\$,\$):/
)"},
    {"rotation", "Logs of which there are more after a rotation.", false,
     R"(word[1].starts /var/log/
rewrite part_pattern -20\+\+\+\+\+\+
word[1].starts /var/log/
rewrite part_pattern .\$
)"},
    {"home", "Directories of users.", false,
     R"(rewrite head_pattern /home/\*/
)"},
};

} // namespace

std::span<const RewritePack> rewrite_packs() { return packs; }

const RewritePack* find_pack(std::string_view name) {
    const auto* const found = std::find_if(std::begin(packs), std::end(packs),
                                           [&](const RewritePack& one) { return one.name == name; });
    return found == std::end(packs) ? nullptr : found;
}

void add_pack(RewriteRules& rules, const RewritePack& pack) {
    for_each_line(pack.rules, [&](std::string_view line) {
        (void)rules.add(line); // a unit test has read them all
    });
}

} // namespace policy
