// SPDX-License-Identifier: GPL-2.0-only
// Runs chains of programs on the engine: what a module's hooks would ask for each of them.
#include "tests/differential/engine.h"
#include "tests/differential/transitions.h"

#include "lsm/engine/execute.h"
#include "lsm/engine/learn.h"
#include "lsm/engine/pattern.h"
#include "lsm/engine/word.h"

#include <cerrno>
#include <sys/stat.h>

namespace differential {

namespace {

using std::string;
using Spans = std::vector<struct tmy_span>;

string encoded(const string& bytes) {
    string text(4 * bytes.size(), '\0');
    text.resize(tmy_encode(text.data(), text.size(), bytes.data(), bytes.size()));
    return text;
}

auto span_of(const string& text) { return tmy_span(text.data(), text.size()); }

// The strings of an execution, encoded, for as long as it lasts.
class Arguments {
public:
    explicit Arguments(const std::vector<string>& raw) {
        for (const string& string : raw)
            strings_.push_back(encoded(string));
        for (const string& string : strings_)
            spans_.push_back(span_of(string));
    }
    const Spans& spans() const { return spans_; }

private:
    std::vector<string> strings_;
    Spans spans_;
};

const Program& program_of(const string& path) {
    for (const Program& program : programs)
        if (path == program.path)
            return program;
    die("no program " + path);
}

class Runner {
public:
    Runner(tmy_policy* policy, const string& domain) : policy_(policy) {
        tmy_read_begin();
        tmy_domain* start = tmy_find_domain(policy, span_of(domain));
        if (!start)
            die("no domain " + domain);
        tmy_task_init(&task_, start);
        tmy_read_end();
    }
    ~Runner() { tmy_task_exit(&task_); }

    string domain() const {
        const struct tmy_span name = tmy_domain_name(task_.domain);
        return string(name.at, name.length);
    }

    // Returns the number of an error, or 0.
    int execute(const Hop& hop) {
        const Program& program = program_of(hop.path);
        const string real = *program.real ? program.real : running_;
        const int error = enter(program.name, real, Arguments(hop.argv), Arguments(hop.envp));
        if (error) {
            tmy_task_abort(&task_);
            return error;
        }
        tmy_task_commit(&task_);
        if (*program.runs)
            running_ = program.runs;
        return 0;
    }

private:
    int enter(const string& name, const string& real, const Arguments& argv, const Arguments& envp) {
        tmy_facts facts = facts_of(real, argv, envp);
        std::vector<unsigned long> scratch(TMY_MATCH_SCRATCH(16384), ~0UL);
        tmy_execution execution{};
        tmy_request& request = execution.request;
        request.domain = task_.domain;
        request.facts = &facts;
        request.scratch = scratch.data();
        tmy_read_begin();
        do {
            // They are loaded only when they are asked for.
            facts.argv = facts.arguments ? argv.spans().data() : nullptr;
            facts.envp = facts.arguments ? envp.spans().data() : nullptr;
            request.names[0].text = span_of(name);
            tmy_execute(policy_, &execution);
            if (execution.verdict == TMY_NEEDS_ARGUMENTS && facts.arguments)
                die("it asks for arguments again");
        } while (execution.verdict == TMY_NEEDS_ARGUMENTS && (facts.arguments = true));
        // An aggregator's name is there only as long as it is read.
        const string candidate(request.names[0].text.at, request.names[0].text.length);
        tmy_read_end();
        request.names[0].text = span_of(candidate);
        const unsigned mode = tmy_config(policy_, task_.domain, TMY_ITEM_FILE_EXECUTE) & TMY_CONFIG_MODE;
        if (execution.verdict == TMY_DENIED && mode == TMY_ENFORCING)
            return EPERM;
        if (execution.verdict == TMY_DENIED && mode == TMY_LEARNING) {
            facts.arguments = true;
            facts.argv = argv.spans().data();
            facts.envp = envp.spans().data();
            tmy_learn(policy_, task_.domain, &request);
        }
        return execution.stay ? 0 : move(execution, mode);
    }

    int move(const tmy_execution& execution, unsigned mode) {
        bool made;
        int error;
        const struct tmy_span target = {execution.target, execution.length};
        tmy_domain* domain = tmy_enter(policy_, task_.domain, target, &made, &error);
        if (domain)
            tmy_task_prepare(&task_, domain);
        else if (execution.strict || mode == TMY_ENFORCING)
            return ENOMEM;
        else
            tmy_transition_failed(policy_, task_.domain);
        return 0;
    }

    // The guest's: all is root's, all programs are files of mode 0755.
    static tmy_facts facts_of(const string& real, const Arguments& argv, const Arguments& envp) {
        tmy_facts facts{};
        facts.loaded = TMY_FACTS_TASK | TMY_FACTS_PATH1 | TMY_FACTS_PATH2;
        facts.path1.path.mode = S_IFREG | 0755;
        facts.path1.path.known = true;
        facts.path1.parent.mode = S_IFDIR | 0755;
        facts.path1.parent.known = true;
        facts.exec = true;
        facts.argc = static_cast<u32>(argv.spans().size());
        facts.envc = static_cast<u32>(envp.spans().size());
        facts.realpath = span_of(real);
        return facts;
    }

    tmy_policy* policy_;
    tmy_task task_;
    string running_ = first_program;
};

} // namespace

string chain_on_engine(tmy_policy* policy, const string& text) {
    const Chain chain = parse_chain(text);
    Runner runner(policy, chain.domain);
    string record = runner.domain() + '\n';
    for (const Hop& hop : chain.hops)
        if (const int error = runner.execute(hop))
            record += "error " + std::to_string(error) + '\n';
        else
            record += runner.domain() + '\n';
    return record;
}

} // namespace differential
