// SPDX-License-Identifier: GPL-2.0-only
// Gives two sets of offline tools the same inputs and compares what they answer; prints TAP, a test for each
// tool.
//
// compare --reference DIR --ours DIR [--only APPLET] [--inputs N] [--first K] [--seed S] [--faults N]
// [--questions N]
//         --exceptions FILE --keep DIR
// compare --print APPLET [--first K] [--seed S]
//
// The working directory must be in memory. An input that makes a difference is made as small as it can be
// with that many questions and then kept in DIR; after --faults of them the tool's test ends.
#include "tests/differential/tools/exceptions.h"
#include "tests/differential/tools/program.h"
#include "tests/differential/tools/report.h"
#include "tests/differential/tools/smaller.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>

namespace differential {

using std::string;

namespace {

struct Options {
    std::map<string, string> values = {
        {"--inputs", "1000"}, {"--first", "1"}, {"--seed", "1"}, {"--faults", "3"}, {"--questions", "600"}};
    const string& operator[](const char* name) const {
        static const string nothing;
        const auto found = values.find(name);
        return found == values.end() ? nothing : found->second;
    }
    size_t number(const char* name) const { return strtoull((*this)[name].c_str(), nullptr, 10); }
};

Input make_input(const Applet& applet, size_t seed, size_t number, LeftOut& left_out) {
    // Each applet has inputs of its own.
    uint64_t stream = number;
    for (const char* c = applet.name; *c; c++)
        stream = stream * 1099511628211U + static_cast<unsigned char>(*c);
    Random random(seed, stream);
    return applet.make(random, number, left_out);
}

class Comparison {
public:
    Comparison(const Applet& applet, const Options& options, Exceptions& exceptions)
        : applet_(applet), options_(options), exceptions_(exceptions) {}

    // Prints the result of test NUMBER.
    bool run(size_t number) {
        const size_t first = options_.number("--first"), last = first + options_.number("--inputs");
        size_t faults = 0, at = first;
        string report;
        for (; at < last && faults < options_.number("--faults"); at++) {
            const Input input = make_input(applet_, options_.number("--seed"), at, left_out_);
            const string what = differs(input, true);
            if (what.empty())
                continue;
            faults++;
            report += explained(input, what, at);
        }
        printf("%sok %zu - %s: %zu inputs, %zu with an answer%s\n", faults || !spoke_ ? "not " : "", number,
               applet_.name, at - first, spoke_, faults ? ", and differences" : "");
        if (!left_out_.empty())
            puts("# lines left out of the inputs, as the reference has a defect there:");
        for (const auto& [why, count] : left_out_)
            printf("#   %zu times: %s\n", count, why.c_str());
        if (exceptions_.any(applet_.name)) {
            puts("# answers that may differ:");
            exceptions_.print_counts(applet_.name);
        }
        fputs(report.c_str(), stdout);
        fflush(stdout);
        return !faults && spoke_;
    }

private:
    Answer ask(const char* whom, const Input& input) const {
        return differential::run(options_[whom] + '/' + applet_.name, input);
    }

    // What is different, or nothing.
    string differs(const Input& input, bool count) {
        place(input);
        const Answer theirs = ask("--reference", input), ours = ask("--ours", input);
        if (count && !theirs.output.empty())
            spoke_++;
        if (applet_.reports ? same_report(applet_.name, input, theirs, ours, exceptions_, count)
                            : theirs == ours)
            return "";
        string shows = input.standard_input + '\n' + ours.errors;
        for (const auto& [name, text] : input.files)
            shows += '\n' + text;
        if (exceptions_.allow(applet_.name, "any", shows, count))
            return "";
        const string statuses = theirs.status + ", " + ours.status;
        if (exceptions_.allow(applet_.name, "compat", shows, count) ||
            (theirs.output == ours.output && exceptions_.allow(applet_.name, "status", statuses, count))) {
            setenv("TOMOYO_BOX_COMPAT", "1", 1);
            const Answer compatible = ask("--ours", input);
            unsetenv("TOMOYO_BOX_COMPAT");
            return compatible == theirs ? "" : "in compatibility mode, " + compatible.status;
        }
        return statuses + (theirs.output == ours.output ? ", same text" : "");
    }

    // Which input makes the difference, in its smallest form, and what the difference is.
    string explained(const Input& input, const string& what, size_t number) {
        const Input small =
            smaller(input, applet_.pieces, options_.number("--questions"),
                    [&](const Input& candidate) { return differs(candidate, false) == what; });
        place(small);
        const Answer theirs = ask("--reference", small), ours = ask("--ours", small);
        const string name = string(applet_.name) + '-' + options_["--seed"] + '-' + std::to_string(number);
        const string directory = options_["--keep"] + '/' + name;
        std::filesystem::create_directories(directory);
        write_file(directory + "/stdin", small.standard_input);
        write_file(directory + "/reference", theirs.output + theirs.errors + theirs.status + '\n');
        write_file(directory + "/ours", ours.output + ours.errors + ours.status + '\n');
        string arguments;
        for (const string& argument : small.arguments)
            arguments += argument + '\n';
        write_file(directory + "/arguments", arguments);
        for (const auto& [file, text] : small.files)
            write_file(directory + '/' + std::filesystem::path(file).filename().string(), text);
        write_file(directory + "/whole", shown(input));
        return "# input " + std::to_string(number) + " of seed " + options_["--seed"] + ", kept in " +
               directory + " (" + what + "):\n" + commented(shown(small)) +
               "# answers (- reference, + ours):\n" +
               commented(difference(theirs.output + theirs.status + '\n', ours.output + ours.status + '\n'));
    }

    const Applet& applet_;
    const Options& options_;
    Exceptions& exceptions_;
    LeftOut left_out_;
    size_t spoke_ = 0; // how many of the reference's answers were not empty
};

int print_input(const Options& options) {
    LeftOut left_out;
    for (const Applet& applet : applets)
        if (options["--print"] == applet.name) {
            fputs(shown(make_input(applet, options.number("--seed"), options.number("--first"), left_out))
                      .c_str(),
                  stdout);
            return 0;
        }
    fprintf(stderr, "compare: no applet %s\n", options["--print"].c_str());
    return 2;
}

} // namespace

} // namespace differential

int main(int argc, char** argv) {
    using namespace differential;
    Options options;
    for (int i = 1; i + 1 < argc; i += 2)
        options.values[argv[i]] = argv[i + 1];
    if (argc % 2 == 0) {
        fprintf(stderr, "compare: %s lacks its value\n", argv[argc - 1]);
        return 2;
    }
    if (!options["--print"].empty())
        return print_input(options);
    Exceptions exceptions(options["--exceptions"]);
    make_tree();
    size_t number = 0;
    bool good = true;
    for (const Applet& applet : applets)
        if (options["--only"].empty() || options["--only"] == applet.name)
            good = Comparison(applet, options, exceptions).run(++number) && good;
    printf("1..%zu\n", number);
    return good ? 0 : 1;
}
