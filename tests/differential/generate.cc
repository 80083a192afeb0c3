// SPDX-License-Identifier: GPL-2.0-only
// Writes a script of policy lines: generate LINES SEED [SEED:BATCH]... >SCRIPT; the same arguments, the same
// script.
#include "tests/differential/expected.h"
#include "tests/differential/lines.h"
#include "tests/differential/patterns.h"
#include "tests/differential/script.h"
#include "tests/differential/transitions.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>

namespace differential {

namespace {

using std::string;

// Profiles cannot be removed, so the script uses only these; 253 and 254 are those of the guest itself.
const std::vector<size_t> profiles = {0, 1, 2, 3, 4, 5, 255};
// Those that are defined in the namespaces other than <kernel>.
const size_t few_profiles = 2;

// Namespaces and profiles as they will be throughout.
Batch beginning() {
    Batch batch{"0:0", Batch::plain, {}};
    for (const string& name : namespaces) {
        const bool kernel = name == "<kernel>";
        for (size_t i = 0; i < (kernel ? profiles.size() : few_profiles); i++)
            batch.steps.push_back(
                {Step::write, profile, name + ' ' + std::to_string(profiles[i]) + "-COMMENT="});
        batch.steps.push_back({Step::write, exception_policy, name + " path_group G /a"});
    }
    batch.steps.push_back({Step::write, domain_policy, "<kernel>"});
    batch.steps.push_back({Step::write, domain_policy, "use_profile 0"});
    return batch;
}

class Generator {
public:
    Generator(size_t seed, size_t number)
        : random_(seed, number), number_(number), lines_(random_, number),
          name_(std::to_string(seed) + ':' + std::to_string(number)) {}

    // One batch, or two when there are lines of which a difference is expected.
    std::vector<Batch> make() {
        Batch batch{name_, Batch::plain, {}};
        const size_t kind = random_.below(10);
        if (kind < 5)
            domains(batch, 40);
        else if (kind < 7)
            exceptions(batch, 40);
        else if (kind < 8)
            profile_lines(batch, 25);
        else if (kind < 9)
            for (int i = 0; i < 4; i++)
                (random_.chance(60) ? domains(batch, 10) : exceptions(batch, 10));
        else
            others(batch, 15);
        std::vector<Batch> batches{batch};
        if (!expected_.empty())
            add_expected(batches);
        return batches;
    }

private:
    // Is the line one that the script can bear?
    bool bearable(File file, const string& line) const {
        const string whole = normalized(line);
        std::string_view text = whole;
        cut_delete(text);
        // Only the module can say which domain a process or a query is in; and the engine alone knows no
        // process.
        for (const std::string_view select : {"select pid=", "select global-pid=", "select Q="})
            if (text.starts_with(select) && text.size() > select.size())
                return false;
        // Mainline cannot print the header of such a selection, and says so with a WARNING.
        if (text.starts_with("select domain=") && text.size() > 8000)
            return false;
        if (file == manager)
            return true;
        // With a small quota nothing works any more.
        if (file == stat)
            return bearable_quota(text);
        if (text.starts_with("select "))
            text.remove_prefix(7);
        // <kernel> cannot be deleted, and its entries keep their places until the kernel has collected them.
        if (file == domain_policy && text == "<kernel>" && number_ % 8 != 0)
            return false;
        if (text.starts_with('<')) {
            const std::string_view first = text.substr(0, text.find(' '));
            bool known = !first.ends_with('>');
            for (const string& name : namespaces)
                known = known || name == first;
            if (!known)
                return false;
            if (file == profile) {
                text.remove_prefix(std::min(text.size(), first.size() + 1));
                return bearable_profile(text, first == "<kernel>" ? profiles.size() : few_profiles);
            }
        }
        return file != profile || bearable_profile(text, profiles.size());
    }

    // Nor above what mainline keeps of it, 32 bits.
    static bool bearable_quota(std::string_view text) {
        const string number(text.substr(std::min(text.find_first_of("0123456789"), text.size())));
        const unsigned long quota = strtoul(number.c_str(), nullptr, 10);
        return !quota || (quota > 100000000 && quota <= UINT32_MAX);
    }

    static bool bearable_profile(std::string_view text, size_t known) {
        const string number(text);
        char* end;
        const unsigned long value = strtoul(number.c_str(), &end, 10);
        if (*end != '-' || value > 255)
            return true;
        return std::find(profiles.begin(), profiles.begin() + static_cast<long>(known), value) !=
               profiles.begin() + static_cast<long>(known);
    }

    void add(Batch& batch, File file, string line) {
        if (random_.chance(10))
            line = lines_.respelled(line);
        if (random_.chance(45))
            line = lines_.mutated(line);
        while (!line.empty() && line.find('\n') != string::npos)
            line.erase(line.find('\n'), 1);
        if (!bearable(file, line))
            return;
        if (expected_difference(file, line, namespaces)) {
            // Most mutated lines are of one kind (D-04); a few of them will do.
            if (expected_.size() < 3)
                expected_.push_back({Step::write, file, line});
            return;
        }
        batch.steps.push_back({Step::write, file, line});
    }

    string number_for(const string& attribute) {
        if (!attribute.ends_with(' '))
            return attribute;
        return attribute +
               (random_.chance(85)
                    ? std::to_string(random_.chance(70) ? random_.pick(profiles) : random_.below(256))
                    : random_.pick({"256", "-1", "", "00", "0x5", "77", "1 2", "999999"}));
    }

    // An earlier line once more, or the opposite of it.
    bool again(Batch& batch, File file, const std::vector<string>& earlier) {
        if (earlier.empty() || !random_.chance(25))
            return false;
        const string& line = random_.pick(earlier);
        add(batch, file, random_.chance(60) && !line.starts_with("delete ") ? "delete " + line : line);
        return true;
    }

    static bool loses_domain(const string& line) {
        const string text = normalized(line);
        return text.starts_with("reset") || text.starts_with("select") || text.starts_with("delete <") ||
               (text.starts_with('<') && text != "<kernel>");
    }

    void domains(Batch& batch, size_t count) {
        std::vector<string> earlier;
        add(batch, domain_policy, lines_.domain_line());
        for (size_t i = 0; i < count; i++) {
            if (again(batch, domain_policy, earlier))
                continue;
            // Without a domain all that follows is lost.
            if (!batch.steps.empty() && batch.steps.back().writes() &&
                loses_domain(batch.steps.back().line) && random_.chance(80))
                batch.steps.push_back({Step::write, domain_policy, "<kernel> /lost"});
            const size_t kind = random_.below(100);
            string line;
            if (kind < 8)
                line = lines_.domain_line();
            else if (kind < 10)
                line = "select " + lines_.domain_line();
            else if (kind < 12)
                line = "delete " + lines_.domain_line();
            else if (kind < 24)
                line = number_for(lines_.attribute());
            else if (kind < 25)
                line = random_.pick({"reset", "select", "select transition_only", "select foo",
                                     "select pid=", "", "delete", "delete ", "select domain=", "file",
                                     "misc env", "task", "network inet"});
            else if (kind < 28) {
                add(batch, domain_policy, "select domain=" + lines_.domain_line());
                if (random_.chance(30))
                    add(batch, domain_policy, "select transition_only");
                if (random_.chance(30))
                    add(batch, domain_policy,
                        random_.chance(30) ? "delete " + lines_.domain_line() : lines_.entry());
                batch.steps.push_back({Step::read, domain_policy, ""});
                continue;
            } else {
                line = lines_.entry();
                earlier.push_back(line);
            }
            add(batch, domain_policy, line);
        }
        if (random_.chance(20)) {
            add(batch, domain_policy, "select transition_only");
            add(batch, domain_policy, "reset");
            if (random_.chance(50))
                add(batch, domain_policy, "select transition_only");
            batch.steps.push_back({Step::read, domain_policy, ""});
        }
    }

    void exceptions(Batch& batch, size_t count) {
        std::vector<string> earlier;
        for (size_t i = 0; i < count; i++) {
            if (again(batch, exception_policy, earlier))
                continue;
            const string line = lines_.with_namespace(lines_.exception_line(), 25);
            earlier.push_back(line);
            add(batch, exception_policy, line);
            if (random_.chance(2))
                read(batch, exception_policy);
        }
    }

    void profile_lines(Batch& batch, size_t count) {
        for (size_t i = 0; i < count; i++) {
            string line = lines_.with_namespace(
                lines_.profile_line(
                    profiles[random_.below(random_.chance(50) ? few_profiles : profiles.size())]),
                35);
            if (random_.chance(3))
                line =
                    random_.pick({"256-COMMENT=x", "5-", "2-COMMENT", "-COMMENT=x", "-1-COMMENT=x",
                                  "COMMENT=x", "3", "delete 1-COMMENT=x", "4-PREFERENCE", "4-CONFIG", "4-X=y",
                                  "4CONFIG=learning", "4 -CONFIG=learning", "4- CONFIG=learning"});
            add(batch, profile, line);
            if (random_.chance(2))
                read(batch, profile);
        }
    }

    // Reads what is written so far, to the end; without rewinding that would be all.
    void read(Batch& batch, File file) {
        batch.steps.push_back({Step::read, file, ""});
        if (random_.chance(70))
            batch.steps.push_back({Step::write, file, "reset"});
    }

    void others(Batch& batch, size_t count) {
        std::vector<string> earlier;
        for (size_t i = 0; i < count; i++) {
            if (again(batch, manager, earlier))
                continue;
            if (random_.chance(30)) {
                add(batch, stat, lines_.stat_line());
                continue;
            }
            const string line = lines_.manager_line();
            earlier.push_back(line);
            add(batch, manager, line);
            if (random_.chance(5))
                read(batch, manager);
        }
    }

    void add_expected(std::vector<Batch>& batches) {
        const Step domain{Step::write, domain_policy, "<kernel> /expected"};
        batches.push_back({name_ + ":context", Batch::context, {domain}});
        batches.push_back({name_ + ":expected", Batch::expected, {}});
        for (const Step& step : expected_) {
            if (step.file == domain_policy)
                batches.back().steps.push_back(domain);
            batches.back().steps.push_back(step);
        }
    }

    Random random_;
    size_t number_;
    Lines lines_;
    string name_;
    std::vector<Step> expected_;
};

size_t emit(size_t seed, size_t number) {
    size_t lines = 0;
    for (const Batch& batch : Generator(seed, number).make()) {
        write_batch(stdout, batch);
        for (const Step& step : batch.steps)
            lines += step.writes();
    }
    return lines;
}

// The batches of a file with a step on every line, see its head.
void emit_cases(FILE* from) {
    char line[1024];
    size_t number = 0;
    Batch batch;
    const auto flush = [&]() {
        batch.name = "cases:" + std::to_string(++number);
        if (!batch.steps.empty())
            write_batch(stdout, batch);
        batch.steps.clear();
    };
    while (fgets(line, sizeof(line), from)) {
        string text(line);
        text.erase(text.find_last_not_of('\n') + 1);
        const size_t space = text.find(' ');
        if (text.empty())
            flush();
        else if (text.starts_with("read "))
            batch.steps.push_back({Step::read, file_named(text.substr(space + 1)), ""});
        else if (!text.starts_with('#'))
            batch.steps.push_back({Step::write, file_named(text.substr(0, space)), text.substr(space + 1)});
    }
    flush();
}

void generate_transitions(size_t steps, size_t seed) {
    write_batch(stdout, beginning());
    write_batch(stdout, transitions_beginning());
    for (size_t made = 0, number = 1; made < steps; number++) {
        const Batch batch = transitions_batch(seed, number);
        write_batch(stdout, batch);
        for (const Step& step : batch.steps)
            made += step.action == Step::run ? hops_of(step.line) : 0;
    }
}

void generate_policy(size_t lines, size_t seed, const char* cases, char** batches) {
    write_batch(stdout, beginning());
    emit_cases(open_or_die(cases, "r"));
    for (; *batches; batches++) {
        char* end;
        const size_t old = strtoul(*batches, &end, 10);
        if (*end != ':')
            die(std::string("not SEED:BATCH: ") + *batches);
        emit(old, strtoul(end + 1, nullptr, 10));
    }
    for (size_t written = 0, number = 1; written < lines; number++)
        written += emit(seed, number);
}

} // namespace

} // namespace differential

int main(int argc, char** argv) {
    using namespace differential;
    if (argc < 4)
        die("usage: generate policy|patterns|transitions COUNT SEED [CASES [SEED:BATCH]...] >SCRIPT");
    const std::string mode = argv[1];
    const size_t count = strtoul(argv[2], nullptr, 10), seed = strtoul(argv[3], nullptr, 10);
    if (mode == "policy" && argc > 4)
        generate_policy(count, seed, argv[4], argv + 5);
    else if (mode == "patterns")
        generate_patterns(stdout, count, seed);
    else if (mode == "transitions")
        generate_transitions(count, seed);
    else
        die("no mode " + mode);
    if (fflush(stdout))
        die("cannot write");
    return 0;
}
