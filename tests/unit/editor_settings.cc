// SPDX-License-Identifier: GPL-2.0-only
// editpolicy.conf: colours, other words, and what is wrong in a line.
#include "tomoyo-box/policy/config/editor_settings.h"

#include "tests/unit/tap.h"
#include "tomoyo-box/base/fd.h"
#include "tomoyo-box/policy/template/template.h"

#include <sys/mman.h>
#include <unistd.h>

namespace {

using namespace policy;

std::vector<Refusal> parse(EditorSettings& settings, std::string_view text) {
    const Fd fd(memfd_create("settings", MFD_CLOEXEC));
    if (!write_all(fd.get(), text) || lseek(fd.get(), 0, SEEK_SET) != 0)
        return {{0, {"no file", 0}}};
    policy::PolicyReader reader(fd.get(), "settings");
    return settings.parse(reader);
}

std::string judged(std::string_view line) {
    EditorSettings settings;
    const auto problem = settings.add(line);
    return problem ? std::to_string(problem->column) + ": " + problem->reason : "";
}

void test_directives() {
    for (const char* directive :
         {"acl_group 0", "acl_group 255", "file append", "file execute", "file mkchar", "file mount",
          "file pivot_root", "file unmount", "misc env", "network inet", "task manual_domain_transition",
          "use_group", "no_reset_domain"})
        ok(is_directive(directive), directive);
    for (const char* other :
         {"", "acl_group 256", "acl_group", "file", "file foo", "file read/write", "network", "file read /a"})
        ok(!is_directive(other), other);
}

void test_aliases() {
    EditorSettings settings;
    is(parse(settings, "keyword_alias file read=see\nkeyword_alias  acl_group   3 =  common\n"
                       "keyword_alias file read = look at")
           .size(),
       0, "blanks around '=' are free");
    about("the last word for a directive counts");
    is(settings.aliases().size(), 2, named("settings.aliases().size()"));
    is(settings.aliases()[0].directive, "file read", named("settings.aliases()[0].directive"));
    is(settings.aliases()[0].word, "look at", named("settings.aliases()[0].word"));
    is(settings.aliases()[1].directive, "acl_group 3", named("settings.aliases()[1].directive"));
}

void test_colors() {
    EditorSettings settings;
    about("colours without a file");
    is(settings.color(EditorSettings::manager_head).foreground, 7,
       named("settings.color(EditorSettings::manager_head).foreground"));
    is(settings.color(EditorSettings::default_color).background, 0,
       named("settings.color(EditorSettings::default_color).background"));
    about("one colour is changed");
    ok(!settings.add("line_color ACL_CURSOR = 41"), named("line_color ACL_CURSOR = 41"));
    is(settings.color(EditorSettings::acl_cursor).foreground, 4,
       named("settings.color(EditorSettings::acl_cursor).foreground"));
    is(settings.color(EditorSettings::acl_cursor).background, 1,
       named("settings.color(EditorSettings::acl_cursor).background"));
    is(settings.color(EditorSettings::acl_head).foreground, 0,
       named("settings.color(EditorSettings::acl_head).foreground"));
}

void test_problems() {
    is(judged("foo"), "1: 'keyword_alias' or 'line_color' is expected", "an unknown line");
    is(judged("line_color ACL = 03"), "12: there is no such element of the screen", "an unknown element");
    begins(judged("line_color ACL_HEAD=3"), "21: colours are two digits", "one digit");
    begins(judged("line_color ACL_HEAD = 08"), "23: colours are two digits", "no colour");
    is(judged("line_color ACL_HEAD"), "20: '= COLOURS' is expected", "no sign");
    is(judged("keyword_alias file reed = see"), "15: there is no such directive", "an unknown directive");
    is(judged("keyword_alias file read"), "24: '= WORD' is expected", "no word at all");
    is(judged("keyword_alias file read ="), "26: the other word for the directive is missing", "no word");
    EditorSettings settings;
    about("two directives cannot have one word");
    ok(!settings.add("keyword_alias file read = x"), named("keyword_alias file read = x"));
    ok(settings.add("keyword_alias file write = x"), named("keyword_alias file write = x"));
    const auto refused = parse(settings, "# a\n\nbad\nline_color X = 1\n");
    about("every wrong line is told with its number");
    is(refused.size(), 2, named("refused.size()"));
    is(refused[0].line, 3, named("refused[0].line"));
    is(refused[1].line, 4, named("refused[1].line"));
}

} // namespace

int main() {
    test_directives();
    test_aliases();
    test_colors();
    test_problems();
    EditorSettings settings;
    is(parse(settings, editpolicy_template).size(), 0, "the file that init-policy writes is right");
    return done();
}
