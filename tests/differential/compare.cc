// SPDX-License-Identifier: GPL-2.0-only
// Compares what became of a script on two policies: compare policy SCRIPT KERNEL-OUTCOMES OTHER-OUTCOMES
// same|engine.
//
// Prints TAP. With "same" (two kernels) nothing may differ; with "engine" the differences of expected.h may.
//
// One more difference is none: what is deleted and added again may have its old place or a new one (kernel
// ABI specification 3.3). So as many lines of a file may have changed places as were deleted in the batch;
// and any line may that was there in an earlier batch, as the kernel may not have collected it yet; and a
// group that a wrong line named, as this makes an empty group for a while. For the same reason the kernel may
// take it for a success when something is deleted that has been deleted already.
#include "tests/differential/expected.h"
#include "tests/differential/lines.h"
#include "tests/differential/patterns.h"
#include "tests/differential/script.h"
#include "tests/differential/transitions.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <map>
#include <set>

namespace differential {

namespace {

using std::string;
using Text = std::vector<string>;

Text lines_of(const string& text) {
    Text lines;
    for (size_t at = 0; at < text.size();) {
        const size_t end = std::min(text.find('\n', at), text.size());
        lines.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return lines;
}

// The lines of a reading without their order; each entry with its domain.
Text placeless(const Reading& reading) {
    Text lines = lines_of(reading.text);
    string domain;
    for (string& line : lines)
        if (reading.file == domain_policy && line.starts_with('<'))
            domain = line + ": ";
        else
            line.insert(0, domain);
    std::sort(lines.begin(), lines.end());
    return lines;
}

// The lines of a reading in their order; but those of <kernel> sorted, which is the only domain that stays
// from batch to batch, with entries of any of them that are not yet collected.
Text in_order(const Reading& reading) {
    Text lines = lines_of(reading.text);
    const auto begin = std::find(lines.begin(), lines.end(), "<kernel>");
    if (reading.file == domain_policy && begin != lines.end())
        std::sort(begin + 1, std::find_if(begin + 1, lines.end(),
                                          [](const string& line) { return line.starts_with('<'); }));
    return lines;
}

// Bytes that a terminal would not show, and what is too long for it.
string shown(const string& line) {
    string text;
    for (const char c :
         line.size() > 400 ? line.substr(0, 180) + " [...] " + line.substr(line.size() - 180) : line) {
        char hex[8];
        if (c >= ' ' && c <= '~') {
            text += c;
        } else {
            snprintf(hex, sizeof(hex), "<%02x>", static_cast<unsigned char>(c));
            text += hex;
        }
    }
    return text;
}

// How much the common lines behind each pair of places weigh.
using Common = std::vector<std::vector<unsigned>>;
using Weight = std::function<unsigned(const string&)>;

Common common_lines(const Text& one, const Text& two, const Weight& weight) {
    Common common(one.size() + 1, std::vector<unsigned>(two.size() + 1));
    for (size_t i = one.size(); i-- > 0;)
        for (size_t j = two.size(); j-- > 0;)
            common[i][j] = one[i] == two[j] ? common[i + 1][j + 1] + weight(one[i])
                                            : std::max(common[i + 1][j], common[i][j + 1]);
    return common;
}

// The lightest lines whose places differ in two texts of the same lines.
Text moved_lines(const Text& one, const Text& two, const Weight& weight) {
    const Common common = common_lines(one, two, weight);
    Text moved;
    for (size_t i = 0, j = 0; i < one.size();)
        if (j < two.size() && one[i] == two[j])
            i++, j++;
        else if (j == two.size() || common[i + 1][j] >= common[i][j + 1])
            moved.push_back(one[i++]);
        else
            j++;
    return moved;
}

// Prints the lines that only one side has; '-' is the kernel's, '+' the other's.
void print_difference(File file, const Text& kernel, const Text& other) {
    const Common common = common_lines(kernel, other, [](const string&) { return 1; });
    const size_t n = kernel.size(), m = other.size();
    for (size_t i = 0, j = 0; i < n || j < m;)
        if (i < n && j < m && kernel[i] == other[j]) {
            // A domain's name tells where a change is; of a chain all is wanted.
            if (file == chain ||
                (file == domain_policy && (kernel[i].starts_with('<') || kernel[i].starts_with('#'))))
                printf("#     %s\n", shown(kernel[i]).c_str());
            i++, j++;
        } else if (j == m || (i < n && common[i + 1][j] >= common[i][j + 1])) {
            printf("#   - %s\n", shown(kernel[i++]).c_str());
        } else {
            printf("#   + %s\n", shown(other[j++]).c_str());
        }
}

class Comparison {
public:
    explicit Comparison(bool strict) : strict_(strict) {}

    void run(FILE* script, FILE* kernels, FILE* others) {
        Batch batch;
        Outcome kernel, other, before;
        while (read_batch(script, batch)) {
            if (!read_outcome(kernels, kernel) || !read_outcome(others, other) || kernel.name != batch.name ||
                other.name != batch.name || kernel.readings.size() != other.readings.size() ||
                kernel.verdicts.size() != other.verdicts.size()) {
                fault("a replay ended at batch " + batch.name);
                break;
            }
            for (const Step& step : batch.steps) {
                lines_ += step.writes();
                programs_ += step.action == Step::run ? hops_of(step.line) : 0;
            }
            accepted_ += static_cast<size_t>(std::count(kernel.verdicts.begin(), kernel.verdicts.end(), '+'));
            compare(batch, kernel, other, before);
            before = other;
            remember(batch, kernel);
            if (faults_ >= 25) {
                fault("too many differences, the rest is not compared");
                break;
            }
        }
        printf("# %zu lines, of which the kernel accepted %zu\n", lines_, accepted_);
        if (programs_)
            printf("# %zu programs were executed\n", programs_);
        for (const auto& [name, count] : counts_)
            printf("# expected: %s in %zu\n", name.c_str(), count);
        if (!faults_)
            printf("ok 1 - %zu lines have the same effect\n1..1\n", lines_);
        else
            printf("1..%zu\n", faults_);
    }

    bool good() const { return !faults_; }

private:
    void fault(const string& text) { printf("not ok %zu - %s\n", ++faults_, text.c_str()); }

    void compare(const Batch& batch, const Outcome& kernel, const Outcome& other, const Outcome& before) {
        Text verdicts;
        size_t deletes[files] = {};
        size_t line = 0, taken = 0, odd = 0, again = 0;
        for (const Step& step : batch.steps) {
            if (!step.writes())
                continue;
            const char theirs = kernel.verdicts[line], ours = other.verdicts[line];
            line++;
            const bool is_delete = normalized(step.line).starts_with("delete ");
            deletes[step.file] += is_delete && theirs == '+';
            const char* expected = batch.type == Batch::expected && !strict_
                                       ? expected_difference(step.file, step.line, namespaces)
                                       : nullptr;
            if (expected && theirs == '+' && ours == '-') {
                counts_[expected]++;
                odd++;
            } else if (theirs != ours && theirs != '!' && ours != '!' && is_delete) {
                again++;
                verdicts.push_back(verdict(line, step, theirs, ours));
            } else if (theirs != ours) {
                verdicts.push_back(verdict(line, step, theirs, ours));
            } else if (expected && theirs == '+') {
                taken++;
            }
        }
        bool readings = true;
        for (size_t i = 0; i < kernel.readings.size(); i++)
            readings =
                same(batch, kernel, deletes, kernel.readings[i], other.readings[i], before, i, odd, taken) &&
                readings;
        if (readings && again == verdicts.size()) {
            if (again)
                counts_["deleting what is deleted already (3.3)"] += again;
            return;
        }
        fault("batch " + batch.name);
        for (const string& verdict : verdicts)
            printf("# %s\n", verdict.c_str());
        if (!readings)
            print_readings(batch, kernel, other);
    }

    static string verdict(size_t line, const Step& step, char kernel, char other) {
        return "line " + std::to_string(line) + " of " + file_names[step.file] + ": kernel " + kernel +
               " other " + other + "  " + shown(step.line);
    }

    bool same(const Batch& batch, const Outcome& outcome, const size_t (&deletes)[files],
              const Reading& kernel, const Reading& other, const Outcome& before, size_t index, size_t odd,
              size_t taken) {
        if (kernel.text == other.text || kernel.file == chain)
            return kernel.text == other.text;
        const Text kernels = in_order(kernel), others = in_order(other), theirs = placeless(kernel),
                   ours = placeless(other);
        if (kernels == others)
            return true;
        if (odd && !strict_) {
            // The engine is as it was before, when it took none of the lines.
            return taken ? std::includes(theirs.begin(), theirs.end(), ours.begin(), ours.end())
                         : index < before.readings.size() && other.text == before.readings[index].text;
        }
        if (theirs != ours || !only_moved(batch, outcome, kernel, other, deletes[kernel.file]))
            return false;
        counts_["another place after deleting and adding (3.3)"]++;
        return true;
    }

    // What decides a line's place: the line, or for a member its group.
    static string place(const string& line) {
        for (const char* group : {"path_group ", "number_group ", "address_group "})
            if (const size_t at = line.find(group); at != string::npos)
                return line.substr(0, line.find(' ', at + strlen(group)));
        return line;
    }

    // Notes what later batches may find again: what was read, and rules that were deleted before anything was
    // read.
    void remember(const Batch& batch, const Outcome& outcome) {
        for (const Step& step : batch.steps)
            if (step.writes() && step.file == exception_policy)
                past_.insert("<kernel> " + normalized(step.line) + " from any");
        for (const Reading& reading : outcome.readings)
            if (reading.file != domain_policy)
                for (const string& line : lines_of(reading.text))
                    past_.insert(place(line));
    }

    // Can the places differ for no other reason than that?
    bool only_moved(const Batch& batch, const Outcome& outcome, const Reading& kernel, const Reading& other,
                    size_t deleted) const {
        const auto may_move = [&](const string& line) {
            return past_.count(place(line)) || unmarked(batch, kernel.file, line) ||
                   named_in_vain(batch, outcome, line);
        };
        const Weight weight = [&](const string& line) { return may_move(line) ? 1 : 1000; };
        std::set<string> moved;
        for (const string& line : moved_lines(in_order(kernel), in_order(other), weight))
            if (!may_move(line))
                moved.insert(place(line));
        return moved.size() <= deleted;
    }

    // Is it a line that another batch may have had too, as it bears no mark of this one (lines.h)?
    static bool unmarked(const Batch& batch, File file, const string& line) {
        const string number = batch.name.substr(batch.name.find(':') + 1);
        return (file == exception_policy || file == manager) && line.find("acl_group ") == string::npos &&
               place(line).find(number.substr(0, number.find(':'))) == string::npos;
    }

    // Is this the member of a group that a line named which the kernel did not accept?
    static bool named_in_vain(const Batch& batch, const Outcome& outcome, const string& line) {
        const string name = place(line);
        size_t number = 0;
        for (const Step& step : batch.steps)
            if (step.writes() && outcome.verdicts[number++] == '-' && name != line &&
                step.line.find(name.substr(name.rfind(' ') + 1)) != string::npos)
                return true;
        return false;
    }

    static void print_readings(const Batch& batch, const Outcome& kernel, const Outcome& other) {
        size_t number = 0;
        for (const Step& step : batch.steps) {
            if (!step.writes()) {
                printf("#     %-16s (%s)\n", file_names[step.file],
                       step.action == Step::read ? "read" : "run");
                continue;
            }
            printf("# %3zu %-16s %c %s\n", number + 1, file_names[step.file], kernel.verdicts[number],
                   shown(step.line).c_str());
            number++;
        }
        for (size_t i = 0; i < kernel.readings.size(); i++)
            if (kernel.readings[i].text != other.readings[i].text) {
                printf("# %s, reading %zu of %zu (- kernel, + other):\n", file_names[kernel.readings[i].file],
                       i + 1, kernel.readings.size());
                print_difference(kernel.readings[i].file, lines_of(kernel.readings[i].text),
                                 lines_of(other.readings[i].text));
            }
    }

    bool strict_;
    size_t lines_ = 0, accepted_ = 0, programs_ = 0, faults_ = 0;
    std::map<string, size_t> counts_;
    std::set<string> past_;
};

} // namespace

} // namespace differential

int main(int argc, char** argv) {
    using namespace differential;
    if (argc != 6)
        die("usage: compare policy|patterns|transitions SCRIPT KERNEL-OUTCOMES OTHER-OUTCOMES same|engine");
    const std::string mode = argv[1];
    FILE *script = open_or_die(argv[2], "r"), *kernel = open_or_die(argv[3], "r"),
         *other = open_or_die(argv[4], "r");
    if (mode == "patterns")
        return compare_patterns(script, kernel, other) ? 0 : 1;
    if (mode != "policy" && mode != "transitions")
        die("no mode " + mode);
    Comparison comparison(!strcmp(argv[5], "same"));
    comparison.run(script, kernel, other);
    return comparison.good() ? 0 : 1;
}
