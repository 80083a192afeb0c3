// SPDX-License-Identifier: GPL-2.0-only
// See policies.h.
#include "tests/differential/tools/policies.h"

namespace differential {

using std::string;

string Policies::domain() {
    if (!domains_.empty() && random_.chance(70))
        return random_.pick(domains_);
    string name = lines_.domain();
    if (random_.chance(20))
        for (size_t depth = random_.between(1, 12); depth-- > 0;)
            name += random_.pick({" /usr/sbin/httpd", " /bin/sh", " /sbin/init", " proc:/self/exe", " /a"});
    domains_.push_back(name);
    return name;
}

string Policies::heading() {
    const string name = random_.chance(3) ? lines_.domain_line() : domain();
    const size_t kind = random_.below(100);
    if (hostile_ && kind < 30)
        return random_.chance(50) ? name + random_.pick({" foo", " a.b:/x", " /a b", " ./a", " \\q", " /\\*"})
                                  : lines_.mutated(name);
    if (kind < 80)
        return name;
    return random_.pick({"delete ", "select ", "domain=", "select domain=", "delete domain="}) + name;
}

string Policies::attribute() {
    switch (random_.below(6)) {
    case 0:
    case 1:
        return "use_profile " + (random_.chance(90)
                                     ? std::to_string(random_.below(random_.chance(80) ? 4 : 256))
                                     : random_.pick({"x", "", "@A", "256", "-1", "1x"}));
    case 2:
    case 3:
        return random_.pick({"", "", "", "delete "}) + "use_group " + std::to_string(random_.below(258));
    default:
        return random_.pick({"quota_exceeded", "transition_failed", "delete quota_exceeded", "use_profile",
                             "use_group", "delete use_profile 1", "delete transition_failed"});
    }
}

string Policies::entry() {
    if (!entries_.empty() && random_.chance(35))
        return random_.pick(entries_);
    entries_.push_back(lines_.entry());
    return entries_.back();
}

string Policies::exception() { return lines_.with_namespace(lines_.exception_line(), 15); }

string Policies::odd_line() {
    switch (random_.below(7)) {
    case 0:
        return "# " + entry();
    case 1:
        return "";
    case 2:
        return random_.pick({"#",
                             " ",
                             "\t",
                             "file",
                             "network",
                             "file read",
                             "network inet",
                             "network inet stream",
                             "misc",
                             "task",
                             "acl_group",
                             "acl_group 1",
                             "acl_group 3 file",
                             "delete",
                             "delete ",
                             "select",
                             "domain=",
                             "select file read /a",
                             "file  read",
                             "network unix stream connect"});
    case 3:
        return "acl_group " + std::to_string(random_.below(260)) + ' ' + entry();
    case 4:
        return random_.pick({"file read//write /e", "file /read /d", "file //read/write /d /e", "file a/b/c",
                             "network inet stream bind//listen 1.2.3.4 80", "network /a /b /c/d /e",
                             "misc env A/B", "file read/read /twice", "task a/b /c",
                             "acl_group 3 network a b c/d e", "acl_group 300 file read/write /a",
                             "acl_group x file read/write /a"});
    case 5:
        return exception();
    default:
        return lines_.mutated(entry());
    }
}

string Policies::domain_line() {
    const size_t kind = random_.below(100);
    if (kind < 10)
        return attribute();
    if (kind < 18)
        return (random_.chance(80) ? "delete " : "select ") + entry();
    if (kind < 32)
        return odd_line();
    return entry();
}

string Policies::spelled(const string& line) { return random_.chance(15) ? lines_.respelled(line) : line; }

// One that is taken for a heading, and is none, ends a model's reading: so only where that is wanted.
static bool misleads(const string& line) {
    for (const string& word : words_of(line))
        if (word != "delete" && word != "select")
            return word[0] == '<' || word.starts_with("domain=<");
    return false;
}

void Policies::add(string& text, const string& line, bool is_heading) {
    const string why = defect(line, reader_);
    if (!why.empty())
        left_out_[why]++;
    else if (is_heading || hostile_ || !reader_.models || !misleads(line))
        text += line + '\n';
}

string Policies::domains() {
    string text;
    hostile_ = random_.chance(8);
    if (random_.chance(85))
        add(text, random_.chance(90) ? domain() : heading(), true);
    for (size_t i = random_.chance(3) ? 0 : random_.between(1, random_.chance(5) ? 200 : 30); i-- > 0;) {
        const bool is_heading = random_.chance(14);
        add(text, spelled(is_heading ? heading() : domain_line()), is_heading);
    }
    return text;
}

string Policies::exceptions() {
    string text;
    for (size_t i = random_.between(0, 30); i-- > 0;)
        add(text,
            spelled(random_.chance(70)   ? exception()
                    : random_.chance(50) ? odd_line()
                                         : lines_.mutated(exception())),
            false);
    return text;
}

string Policies::edited(const string& text) {
    string result;
    std::vector<string> lines = lines_of_text(text), block;
    // A domain is moved, or lost, as a whole; a line inside of its domain.
    const auto flush = [&]() {
        for (const string& line : block)
            if (!random_.chance(8))
                result += line + '\n';
        block.clear();
    };
    bool lost = false;
    for (const string& line : lines) {
        const bool is_heading = line[0] == '<';
        if (is_heading) {
            flush();
            lost = random_.chance(8);
        }
        if (lost)
            continue;
        block.insert(block.begin() + (is_heading || block.empty() || random_.chance(70)
                                          ? block.size()
                                          : random_.between(1, block.size())),
                     line);
        string added;
        if (random_.chance(10))
            add(added, spelled(domain_line()), false);
        for (const string& line : lines_of_text(added))
            block.push_back(line);
    }
    flush();
    for (size_t i = random_.chance(30) ? random_.between(1, 5) : 0; i-- > 0;)
        add(result, i == 0 ? heading() : domain_line(), true);
    return result;
}

} // namespace differential
