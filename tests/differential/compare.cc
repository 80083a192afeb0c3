// SPDX-License-Identifier: GPL-2.0-only
// Compares what became of a script on two policies: compare SCRIPT KERNEL-OUTCOMES OTHER-OUTCOMES same|engine.
//
// Prints TAP. With "same" (two kernels) nothing may differ; with "engine" the differences of expected.h may.
//
// One more difference is none: what is deleted and added again may have its old place or a new one (kernel ABI
// specification 3.3). So the order of a file's lines is not compared when some were deleted in this batch, or when
// some were already there in an earlier batch, as the kernel may not have collected them yet. For the same reason the
// kernel may take it for a success when something is deleted that has been deleted already.
#include "tests/differential/expected.h"
#include "tests/differential/lines.h"
#include "tests/differential/script.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
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

// Domain policy without the domain that cannot be deleted.
string without_kernel(const string& text) {
    const size_t begin = text.find("<kernel>\n");
    return begin == string::npos ? text : text.substr(0, begin) + text.substr(std::min(text.find("\n<", begin), text.size()));
}

// Bytes that a terminal would not show, and what is too long for it.
string shown(const string& line) {
    string text;
    for (const char c : line.size() > 400 ? line.substr(0, 180) + " [...] " + line.substr(line.size() - 180) : line) {
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

// Prints the lines that only one side has; '-' is the kernel's, '+' the other's.
void print_difference(const Text& kernel, const Text& other) {
    const size_t n = kernel.size(), m = other.size();
    std::vector<std::vector<unsigned>> common(n + 1, std::vector<unsigned>(m + 1));
    for (size_t i = n; i-- > 0;)
        for (size_t j = m; j-- > 0;)
            common[i][j] = kernel[i] == other[j] ? common[i + 1][j + 1] + 1 : std::max(common[i + 1][j], common[i][j + 1]);
    for (size_t i = 0, j = 0; i < n || j < m;)
        if (i < n && j < m && kernel[i] == other[j]) {
            // A domain's name tells where a change is.
            if (kernel[i].starts_with('<') || kernel[i].starts_with('#'))
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
            size_t written = 0;
            for (const Step& step : batch.steps)
                written += step.write;
            lines_ += written;
            accepted_ += static_cast<size_t>(std::count(kernel.verdicts.begin(), kernel.verdicts.end(), '+'));
            compare(batch, kernel, other, before);
            before = other;
            for (const Reading& reading : kernel.readings)
                for (const string& line : lines_of(reading.text))
                    past_.insert(place(line));
            if (faults_ >= 10) {
                fault("too many differences, the rest is not compared");
                break;
            }
        }
        printf("# %zu lines, of which the kernel accepted %zu\n", lines_, accepted_);
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
        bool deletes[files] = {};
        size_t line = 0, taken = 0, odd = 0, again = 0;
        for (const Step& step : batch.steps) {
            if (!step.write)
                continue;
            const char theirs = kernel.verdicts[line], ours = other.verdicts[line];
            line++;
            const bool is_delete = normalized(step.line).starts_with("delete ");
            deletes[step.file] = deletes[step.file] || is_delete;
            const char* expected =
                batch.type == Batch::expected && !strict_ ? expected_difference(step.file, step.line, namespaces) : nullptr;
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
            readings = same(deletes, kernel.readings[i], other.readings[i], before, i, odd, taken) && readings;
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
        return "line " + std::to_string(line) + " of " + file_names[step.file] + ": kernel " + kernel + " other " + other +
               "  " + shown(step.line);
    }

    bool same(const bool (&deletes)[files], const Reading& kernel, const Reading& other,
              const Outcome& before, size_t index, size_t odd, size_t taken) {
        if (kernel.text == other.text)
            return true;
        Text theirs = placeless(kernel), ours = placeless(other);
        if (odd && !strict_) {
            // The engine is as it was before, when it took none of the lines.
            return taken ? std::includes(theirs.begin(), theirs.end(), ours.begin(), ours.end())
                         : index < before.readings.size() && other.text == before.readings[index].text;
        }
        if (theirs != ours || !(deletes[kernel.file] || back_again(kernel, other)))
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

    // Is one of the lines from an earlier batch?
    bool back_again(const Reading& reading, const Reading& other) const {
        if (reading.file == domain_policy)
            return without_kernel(reading.text) == without_kernel(other.text);
        for (const string& line : lines_of(reading.text))
            if (past_.count(place(line)))
                return true;
        return false;
    }

    static void print_readings(const Batch& batch, const Outcome& kernel, const Outcome& other) {
        size_t number = 0;
        for (const Step& step : batch.steps) {
            if (!step.write) {
                printf("#     %-16s (read)\n", file_names[step.file]);
                continue;
            }
            printf("# %3zu %-16s %c %s\n", number + 1, file_names[step.file], kernel.verdicts[number],
                   shown(step.line).c_str());
            number++;
        }
        for (size_t i = 0; i < kernel.readings.size(); i++)
            if (kernel.readings[i].text != other.readings[i].text) {
                printf("# %s, reading %zu of %zu (- kernel, + other):\n", file_names[kernel.readings[i].file], i + 1,
                       kernel.readings.size());
                print_difference(lines_of(kernel.readings[i].text), lines_of(other.readings[i].text));
            }
    }

    bool strict_;
    size_t lines_ = 0, accepted_ = 0, faults_ = 0;
    std::map<string, size_t> counts_;
    std::set<string> past_;
};

} // namespace

} // namespace differential

int main(int argc, char** argv) {
    using namespace differential;
    if (argc != 5)
        die("usage: compare SCRIPT KERNEL-OUTCOMES OTHER-OUTCOMES same|engine");
    Comparison comparison(!strcmp(argv[4], "same"));
    comparison.run(open_or_die(argv[1], "r"), open_or_die(argv[2], "r"), open_or_die(argv[3], "r"));
    return comparison.good() ? 0 : 1;
}
