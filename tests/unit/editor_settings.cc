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
    LineReader reader(fd.get(), "settings");
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
    ok(parse(settings, "keyword_alias file read=see\nkeyword_alias  acl_group   3 =  common\n"
                       "keyword_alias file read = look at")
           .empty(),
       "blanks around '=' are free");
    ok(settings.aliases().size() == 2 && settings.aliases()[0].directive == "file read" &&
           settings.aliases()[0].word == "look at" && settings.aliases()[1].directive == "acl_group 3",
       "the last word for a directive counts");
}

void test_colors() {
    EditorSettings settings;
    ok(settings.color(EditorSettings::manager_head).foreground == 7 &&
           settings.color(EditorSettings::default_color).background == 0,
       "colours without a file");
    ok(!settings.add("line_color ACL_CURSOR = 41") &&
           settings.color(EditorSettings::acl_cursor).foreground == 4 &&
           settings.color(EditorSettings::acl_cursor).background == 1 &&
           settings.color(EditorSettings::acl_head).foreground == 0,
       "one colour is changed");
}

void test_problems() {
    ok(judged("foo") == "1: 'keyword_alias' or 'line_color' is expected", "an unknown line");
    ok(judged("line_color ACL = 03") == "12: there is no such element of the screen", "an unknown element");
    ok(judged("line_color ACL_HEAD=3").starts_with("21: colours are two digits"), "one digit");
    ok(judged("line_color ACL_HEAD = 08").starts_with("23: colours are two digits"), "no colour");
    ok(judged("line_color ACL_HEAD") == "20: '= COLOURS' is expected", "no sign");
    ok(judged("keyword_alias file reed = see") == "15: there is no such directive", "an unknown directive");
    ok(judged("keyword_alias file read") == "24: '= WORD' is expected", "no word at all");
    ok(judged("keyword_alias file read =") == "26: the other word for the directive is missing", "no word");
    EditorSettings settings;
    ok(!settings.add("keyword_alias file read = x") && settings.add("keyword_alias file write = x"),
       "two directives cannot have one word");
    const auto refused = parse(settings, "# a\n\nbad\nline_color X = 1\n");
    ok(refused.size() == 2 && refused[0].line == 3 && refused[1].line == 4,
       "every wrong line is told with its number");
}

} // namespace

int main() {
    test_directives();
    test_aliases();
    test_colors();
    test_problems();
    EditorSettings settings;
    ok(parse(settings, editpolicy_template).empty(), "the file that init-policy writes is right");
    return done();
}
