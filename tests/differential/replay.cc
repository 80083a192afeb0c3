// SPDX-License-Identifier: GPL-2.0-only
// Replays a script on a policy: writes, reads back, and cleans up behind every batch.
#include "tests/differential/replay.h"

#include "lsm/engine/word.h"

#include <set>
#include <string_view>

namespace differential {

namespace {

using std::string;
using std::string_view;

// The line at the front of `text`, which becomes what follows it.
string_view cut_line(string_view& text) {
    const size_t end = text.find('\n');
    const string_view line = text.substr(0, end);
    text.remove_prefix(end == string_view::npos ? text.size() : end + 1);
    return line;
}

// Selections are not counted by the kernel, so nothing tells whether it took one.
bool uncounted(string line) {
    line.resize(tmy_normalize(line.data(), line.size()));
    return line == "reset" || line == "select transition_only" || line.starts_with("select domain=");
}

class Replayer {
public:
    explicit Replayer(Policy& policy) : policy_(policy) {}

    // What is there before the first batch belongs to the system: rules go, domains and managers are not
    // looked at.
    void adopt() {
        policy_.begin();
        string_view text;
        const string domains = policy_.text(domain_policy), managers = policy_.text(manager);
        for (text = domains; !text.empty();)
            if (const string_view line = cut_line(text); line.starts_with('<') && line != "<kernel>")
                domains_.emplace(line);
        for (text = managers; !text.empty();)
            managers_.emplace(cut_line(text));
        clean(exception_policy);
        clean(stat);
        policy_.end();
    }

    Outcome run(const Batch& batch) {
        Outcome outcome{batch.name, "", {}};
        policy_.begin();
        for (const Step& step : batch.steps)
            if (step.action == Step::write)
                outcome.verdicts += verdict(step);
            else if (step.action == Step::read)
                outcome.readings.push_back({step.file, filter(step.file, policy_.read(step.file))});
            else
                outcome.readings.push_back({chain, policy_.run(step.line)});
        for (int i = 0; i < files; i++)
            outcome.readings.push_back(reading(static_cast<File>(i)));
        if (batch.type != Batch::context) {
            for (const File file : {domain_policy, exception_policy, profile, manager, stat})
                clean(file);
            policy_.write(manager, "delete manage_by_non_root");
            // Nothing may be left, as it would disturb the next batch.
            outcome.readings.push_back(reading(exception_policy));
            outcome.readings.push_back(reading(domain_policy));
        }
        policy_.end();
        return outcome;
    }

private:
    char verdict(const Step& step) {
        const char answer = policy_.write(step.file, step.line);
        return answer != '!' && uncounted(step.line) ? '.' : answer;
    }

    // Is it about a profile that the guest uses for itself, 253 or 254?
    static bool of_system(string_view line) {
        if (line.starts_with("<kernel> "))
            line.remove_prefix(9);
        return line.starts_with("253-") || line.starts_with("254-");
    }

    Reading reading(File file) { return {file, filter(file, policy_.text(file))}; }

    // What the script is not about: domains and managers of the system, numbers that differ from run to run.
    string filter(File file, const string& from) const {
        string to;
        bool skip = false;
        for (string_view text = from; !text.empty();) {
            const string_view line = cut_line(text);
            if (file == domain_policy && line.starts_with('<'))
                skip = domains_.count(line);
            else if (file == manager)
                skip = managers_.count(line);
            else if (file == profile)
                skip = of_system(line);
            if (skip)
                continue;
            if (file != stat)
                to += line;
            else if (const size_t quota = line.find(" (Quota:"); quota != string_view::npos)
                to.append(line.substr(0, line.find(':'))).append(line.substr(quota));
            else
                continue;
            to += '\n';
        }
        return to;
    }

    void write(File file, const string& line) {
        if (policy_.write(file, line) == '!')
            die(string("cannot clean up ") + file_names[file] + ": " + line);
    }

    void clean(File file) {
        const string all = filter(file, policy_.text(file));
        bool kernel = false;
        for (string_view text = all; !text.empty();) {
            const string line(cut_line(text));
            switch (file) {
            case domain_policy:
                if (line.starts_with('<')) {
                    kernel = line == "<kernel>";
                    write(file, kernel ? line : "delete " + line);
                } else if (kernel && line.starts_with("use_profile ")) {
                    write(file, "use_profile 0");
                } else if (kernel && !line.empty()) {
                    write(file, "delete " + line);
                }
                break;
            case exception_policy:
            case manager:
                write(file, "delete " + line);
                break;
            case profile:
                clean_profile(line);
                break;
            case stat:
                write(file, line.substr(0, line.find(" (")) + ": 0");
                break;
            case files:
                break;
            }
        }
    }

    // Profiles cannot be deleted, but brought back to how they began.
    void clean_profile(const string& line) {
        const size_t equals = line.find('=');
        string key = line.substr(0, equals), value = line.substr(equals + 1), initial;
        const string_view item = string_view(key).substr(key.rfind(' ') + 1);
        if (item == "PROFILE_VERSION")
            initial = "20150505";
        else if (item.ends_with("-COMMENT"))
            initial = "";
        else if (item.ends_with("-PREFERENCE"))
            initial = "{ max_audit_log=1024 max_learning_entry=2048 }";
        else if (item.ends_with("-CONFIG"))
            initial = "{ mode=disabled grant_log=yes reject_log=yes }";
        else
            initial = "use_default";
        if (value != initial)
            write(profile, key + "=" + initial);
    }

    Policy& policy_;
    std::set<string, std::less<>> domains_, managers_;
};

} // namespace

void replay(Policy& policy, FILE* script, FILE* outcomes) {
    Replayer replayer(policy);
    replayer.adopt();
    for (Batch batch; read_batch(script, batch);)
        write_outcome(outcomes, replayer.run(batch));
    fflush(outcomes);
}

} // namespace differential
