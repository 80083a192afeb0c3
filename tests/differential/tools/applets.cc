// SPDX-License-Identifier: GPL-2.0-only
// What each of the offline tools is asked to do.
#include "tests/differential/tools/input.h"
#include "tests/differential/tools/logs.h"
#include "tests/differential/tools/policies.h"
#include "tests/differential/tools/rules.h"

#include <cstdio>
#include <sys/stat.h>

namespace differential {

using std::string;

const char* const tree = "/mnt/tree";

namespace {

// In the words of a policy; those that begin with "no" are not there.
const std::vector<string> tree_names = {
    "a",       "dir/", "dir/file",  "with\\040blank", "back\\\\slash", "\\303\\251",
    "dir/x.y", "a/",   "no",        "dir/no",         "no\\040x",      "no\\\\",
    "no/no",   "\\*",  "dir/no\\$", "no\\101",        "no\\q\\303",    "dir//file",
    "./a"};

// LINE about names in the tree.
string in_tree(Random& random, const string& line) {
    string result;
    for (const string& word : words_of(line))
        result += (result.empty() ? "" : " ") +
                  (word[0] == '/' && random.chance(60) ? string(tree) + '/' + random.pick(tree_names) : word);
    return result;
}

Input sort(Random& random, size_t number, LeftOut& left_out) {
    return {{}, Policies(random, number, {.unpacks = true, .models = true}, left_out).domains(), {}};
}

Input select(Random& random, size_t number, LeftOut& left_out) {
    Policies policies(random, number, {}, left_out);
    Input input{{}, policies.domains(), {}};
    if (random.chance(40))
        input.arguments.push_back("-r");
    for (size_t i = random.between(1, 3); i-- > 0;) {
        string name = policies.domain();
        if (random.chance(10))
            name =
                random.pick({"<kernel>   /b ", "\t<kernel> /a", "<kernel> /usr/sbin", "", "/a",
                             "delete <kernel> /a", "<kernel> /a /b /", "<kernel", "<kernel> /a\xc3\xa9/b"});
        input.arguments.push_back(name);
    }
    return input;
}

Input diff(Random& random, size_t number, LeftOut& left_out) {
    Policies policies(random, number, {.unpacks = true, .models = true}, left_out);
    Input input{{"old", "new"}, "", {{"old", policies.domains()}}};
    string& other = input.files["new"] = policies.edited(input.files["old"]);
    if (random.chance(50))
        other = policies.edited(other);
    if (random.chance(20)) {
        const size_t which = random.below(2);
        input.standard_input = input.files[input.arguments[which]];
        input.arguments[which] = "-";
    }
    return input;
}

Input patternize(Random& random, size_t number, LeftOut& left_out) {
    Policies policies(random, number, {.unpacks = true, .rewrites = true}, left_out);
    Input input{{"rules"}, random.chance(85) ? policies.domains() : policies.exceptions(), {}};
    if (random.chance(25))
        input.arguments[0] = "/mnt/default-rules"; // the reference's, put there by run.sh
    else
        input.files["rules"] = make_rules(random, input.standard_input);
    return input;
}

Input check(Random& random, size_t number, LeftOut& left_out) {
    Policies policies(random, number, {}, left_out);
    return random.chance(60) ? Input{{random.pick({"d", "d", "domain"})}, policies.domains(), {}}
                             : Input{{random.pick({"e", "e", "exception"})}, policies.exceptions(), {}};
}

Input findtemp(Random& random, size_t number, LeftOut& left_out) {
    // Its words are at most 16380 bytes long.
    Policies policies(random, number, {.longest = 16000}, left_out);
    Input input;
    if (random.chance(30))
        input.arguments.push_back("--all");
    for (const string& line : lines_of_text(random.chance(70) ? policies.domains() : policies.exceptions()))
        input.standard_input += (random.chance(70) ? in_tree(random, line) : line) + '\n';
    return input;
}

Input match(Random& random, size_t number, LeftOut& left_out) {
    Policies policies(random, number, {.longest = 16000}, left_out);
    Input input;
    // As the kernel prints it: it begins with a domain (D-18), and there is one blank between words.
    string text = policies.domain() + '\n';
    for (const string& line : lines_of_text(policies.domains()))
        text += joined(words_of(line)) + '\n';
    const std::vector<string> words = words_of(text);
    string wanted = words.empty() || random.chance(10) ? "file" : random.pick(words);
    if (random.chance(50))
        wanted = wanted.substr(random.below(wanted.size()), 1 + random.below(6));
    if (random.chance(10))
        wanted += random.pick({" ", " /", "\\", "e /"});
    if (wanted[0] == '-') // an option
        wanted = 'x' + wanted;
    input.arguments.push_back(wanted);
    input.files["/sys/kernel/security/tomoyo/domain_policy"] = text;
    return input;
}

Input convert(Random& random, size_t number, LeftOut& left_out) {
    (void)left_out;
    return {{}, make_log(random, number), {}};
}

const char* const lines = "\n";
const char* const words = " \n";

} // namespace

const std::vector<Applet> applets = {
    {"tomoyo-sortpolicy", sort, words, false},     {"tomoyo-selectpolicy", select, words, false},
    {"tomoyo-diffpolicy", diff, words, false},     {"tomoyo-patternize", patternize, words, false},
    {"tomoyo-checkpolicy", check, words, true},    {"tomoyo-findtemp", findtemp, words, false},
    {"tomoyo-domainmatch", match, words, false},   {"convert-audit-log", convert, lines, false},
    {"convert-exec-param", convert, lines, false},
};

void make_tree() {
    const string top = tree;
    mkdir(tree, 0755);
    mkdir((top + "/dir").c_str(), 0755);
    for (const char* name : {"a", "dir/file", "dir/x.y", "with blank", "back\\slash", "\303\251"})
        if (FILE* file = fopen((top + '/' + name).c_str(), "w"))
            fclose(file);
}

} // namespace differential
