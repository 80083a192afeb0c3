// SPDX-License-Identifier: GPL-2.0-only
// The engine against the model.
#include "tests/model/duel.h"
#include "tests/model/peek.h"

#include "lsm/engine/learn.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace model {

namespace {

// With MODEL_TRACE in the environment everything that happens is told: how a failure is made smaller.
void trace(const std::string& what) {
    static const bool wanted = std::getenv("MODEL_TRACE") != nullptr;
    if (wanted)
        std::fprintf(stderr, "%s\n", what.c_str());
}

std::string string_of(struct tmy_span span) { return {span.at ? span.at : "", span.length}; }

unsigned long comparisons = 0;

} // namespace

OnDifference on_difference = nullptr;

void differ(const std::string& what, const std::string& engine, const std::string& model) {
    if (on_difference)
        on_difference(what, engine, model);
    std::fprintf(stderr, "%s\nengine: %s\nmodel:  %s\n", what.c_str(), engine.c_str(), model.c_str());
    abort();
}

void same(const std::string& what, const std::string& engine, const std::string& model) {
    comparisons++;
    if (engine != model)
        differ(what, engine, model);
}

unsigned long compared() { return comparisons; }

std::string requirement_of(const Entry& entry) {
    const Entry bare = {entry.kind, entry.protocol, entry.operations, entry.operands, {}, {}, {}};
    const std::string all = print_entry(entry), head = print_entry(bare);
    return all == head ? "" : all.substr(head.size() + 1);
}

// ---- Writing --------------------------------------------------------------------------------------------

Duel::Duel() : engine_(tmy_policy_create()) {
    for (int file = 0; file < files; file++)
        for (unsigned i = 0; i < streams; i++) {
            streams_[file][i] = tmy_stream_open(engine_, static_cast<tmy_file>(file));
            cursors_[file][i] = Policy::none;
        }
    for (Task& task : tasks_) {
        tmy_task_init(&task.task, tmy_find_domain(engine_, TMY_SPAN("<kernel>")));
        task.domain = 0;
    }
}

Duel::~Duel() {
    leave();
    tmy_policy_destroy(engine_);
}

void Duel::leave() {
    release();
    if (slow_)
        tmy_stream_close(slow_->stream);
    slow_.reset();
    for (unsigned task = 0; task < streams; task++) {
        tmy_task_exit(&tasks_[task].task);
        tmy_task_init(&tasks_[task].task, tmy_find_domain(engine_, TMY_SPAN("<kernel>")));
        tasks_[task].domain = 0;
    }
    for (auto& list : streams_)
        for (tmy_stream*& stream : list) {
            if (stream)
                tmy_stream_close(stream);
            stream = nullptr;
        }
}

void Duel::write(tmy_file file, unsigned stream, const std::string& line, long fail_after) {
    const std::string what = "write: " + line;
    trace(std::to_string(file) + "." + std::to_string(stream) + " " + std::to_string(fail_after) + " " +
          line);
    const auto bytes = std::make_unique<char[]>(line.size());
    std::memcpy(bytes.get(), line.data(), line.size());
    struct tmy_problem problem = {};
    tmy_os_fail_after = fail_after;
    const int result = tmy_stream_write(streams_[file][stream], bytes.get(), line.size(), &problem);
    tmy_os_fail_after = -1;
    note_order(file, line, result);
    if (result == -EINVAL &&
        (!problem.reason || problem.at < bytes.get() || problem.at > bytes.get() + line.size()))
        differ(what, "no problem told", "a problem");
    if (result == -ENOMEM) {
        if (fail_after < 0)
            differ(what, "no memory", "memory");
        if (file == TMY_FILE_DOMAIN_POLICY && !tmy_stream_domain(streams_[file][stream]))
            cursors_[file][stream] = Policy::none;
        note_mentioned();
        if (file != TMY_FILE_PROFILE)
            compare(file, 1000);
    } else {
        const int expected = model_.apply(file, cursors_[file][stream], line);
        if (expected != Policy::unspecified && expected != result)
            differ(what, std::to_string(result), std::to_string(expected));
    }
    compare_cursor(file, stream);
}

// A group that is needed no more may go and come back later in the order. When that is depends on the
// collector.
void Duel::note_order(tmy_file file, const std::string& line, int result) {
    if (result || (file == TMY_FILE_EXCEPTION_POLICY && line.starts_with("delete ")))
        group_order_ = false;
}

// The namespace and the profile that a line mentions may have come to be although there was no memory for the
// rest.
void Duel::note_mentioned() {
    tmy_stream* stream = tmy_stream_open(engine_, TMY_FILE_PROFILE);
    for (std::string line : split(read(stream, 1000), '\n')) {
        const std::string space = line[0] == '<' ? first_word(line) : "<kernel>";
        skip(line, space + " ");
        const size_t comment = line.find("-COMMENT=");
        model_.mention(space, comment < 4 ? line.substr(0, comment) : "");
    }
    tmy_stream_close(stream);
}

void Duel::compare_cursor(tmy_file file, unsigned stream) {
    if (file != TMY_FILE_DOMAIN_POLICY)
        return;
    const tmy_domain* domain = tmy_stream_domain(streams_[file][stream]);
    const size_t cursor = cursors_[file][stream];
    if ((cursor == Policy::none) != !domain)
        differ("cursor", domain ? "a domain" : "none", domain ? "none" : "a domain");
    if (!domain)
        return;
    const Domain& expected = model_.domains()[cursor];
    same("name of the domain", string_of(tmy_domain_name(domain)), expected.name);
    if (tmy_domain_deleted(domain) != expected.deleted || tmy_domain_profile(domain) != expected.profile)
        differ("profile and deletion of " + expected.name,
               std::to_string(tmy_domain_profile(domain)) + " " + std::to_string(tmy_domain_deleted(domain)),
               std::to_string(expected.profile) + " " + std::to_string(expected.deleted));
}

void Duel::compare_manager(const std::string& name) {
    tmy_read_begin();
    const bool is = peek_is_manager(engine_, tmy_span(name.data(), name.size()));
    tmy_read_end();
    if (is != model_.is_manager(name))
        differ("manager " + name, is ? "yes" : "no", is ? "no" : "yes");
}

void Duel::collect() {
    if (held_)
        return;
    trace("collect");
    tmy_collect(engine_);
}

void Duel::activate() {
    if (tmy_policy_active(engine_))
        return;
    trace("activate");
    bool allowed = true;
    for (size_t i = 0; i < model_.domains().size(); i++)
        allowed &= model_.domains()[i].deleted ||
                   model_.namespace_of(i).profiles.contains(model_.domains()[i].profile);
    const char* problem = nullptr;
    const tmy_domain* domain = nullptr;
    const int result = tmy_policy_activate(engine_, &problem, &domain);
    if (result != (allowed ? 0 : -EINVAL) || tmy_policy_active(engine_) != allowed)
        differ("activate", std::to_string(result), allowed ? "allowed" : "not allowed");
    if (allowed)
        model_.activate();
    else if (!problem)
        differ("activate", "no problem told", "a problem");
}

// ---- Reading --------------------------------------------------------------------------------------------

std::string Duel::read(tmy_stream* stream, size_t chunk) const {
    std::string text;
    for (;;) {
        const auto bytes = std::make_unique<char[]>(chunk);
        const long got = tmy_stream_read(stream, bytes.get(), chunk);
        if (got <= 0)
            return text;
        text.append(bytes.get(), static_cast<size_t>(got));
    }
}

// The text in a form that does not depend on the order of groups, when that is open.
std::string Duel::comparable(tmy_file file, const std::string& text) const {
    if (file != TMY_FILE_EXCEPTION_POLICY || group_order_)
        return text;
    const auto key = [](const std::string& line) {
        const Strings words = split(line, ' ');
        const size_t at = words[0][0] == '<' ? 1 : 0;
        return words.size() > at + 1 && words[at].ends_with("_group") && words[at] != "acl_group"
                   ? words[at] + " " + words[at + 1]
                   : std::string();
    };
    Strings lines = split(text, '\n');
    for (auto from = lines.begin(); from != lines.end();) {
        const auto to = std::find_if(from, lines.end(), [&](const std::string& line) {
            return key(line).empty() != key(*from).empty() || first_word(key(line)) != first_word(key(*from));
        });
        std::stable_sort(from, to,
                         [&](const std::string& a, const std::string& b) { return key(a) < key(b); });
        from = to;
    }
    std::string sorted;
    for (const std::string& line : lines)
        sorted += line + "\n";
    return sorted;
}

void Duel::compare(tmy_file file, size_t chunk) {
    tmy_stream* stream = tmy_stream_open(engine_, file);
    const std::string text = read(stream, chunk);
    tmy_stream_close(stream);
    trace("read " + std::to_string(file));
    same("read", comparable(file, text), comparable(file, model_.text(file)));
}

void Duel::compare_domain(size_t domain, bool transition_only) {
    const Domain& expected = model_.domains()[domain];
    if (expected.deleted)
        return;
    tmy_stream* stream = tmy_stream_open(engine_, TMY_FILE_DOMAIN_POLICY);
    const std::string select = "select domain=" + expected.name;
    for (std::string line : {select, std::string("select transition_only")})
        if (line == select || transition_only)
            tmy_stream_write(stream, line.data(), line.size(), nullptr);
    const std::string text = read(stream, 7);
    tmy_stream_close(stream);
    same("read " + expected.name, text, "# " + select + "\n" + model_.domain_text(domain, transition_only));
}

namespace {

// Lines that tell where they are: with the name of the domain or of the namespace.
Strings placed_lines(tmy_file file, const std::string& text) {
    Strings lines;
    std::string domain;
    for (const std::string& line : split(text, '\n')) {
        if (line.empty())
            continue;
        if (file == TMY_FILE_DOMAIN_POLICY && line[0] == '<')
            domain = line;
        lines.push_back(line);
        if (file == TMY_FILE_DOMAIN_POLICY)
            lines.back().insert(0, domain + "|");
        else if (file == TMY_FILE_EXCEPTION_POLICY && line[0] != '<')
            lines.back().insert(0, "<kernel> ");
    }
    return lines;
}

} // namespace

// Begins to read, goes on, or comes to the end.
void Duel::read_slowly(tmy_file file, size_t chunk) {
    if (!slow_) {
        slow_ = SlowRead{file, tmy_stream_open(engine_, file), {}, {}, {}};
        const Strings lines = placed_lines(file, model_.text(file));
        slow_->always.insert(lines.begin(), lines.end());
        slow_->ever = slow_->always;
    }
    const auto bytes = std::make_unique<char[]>(chunk);
    const long got = tmy_stream_read(slow_->stream, bytes.get(), chunk);
    trace("read slowly " + std::to_string(got));
    if (got > 0) {
        slow_->text.append(bytes.get(), static_cast<size_t>(got));
        return;
    }
    tmy_stream_close(slow_->stream);
    compare_slow();
    slow_.reset();
}

// Elements of a file may come and go while it is read, but none is torn, lost or told twice (7.1).
void Duel::compare_slow() const {
    std::multiset<std::string> told;
    for (const std::string& line : placed_lines(slow_->file, slow_->text)) {
        told.insert(line);
        if (!slow_->ever.contains(line))
            differ("read slowly " + slow_->text, line, "never was there");
    }
    for (const std::string& line : slow_->always)
        if (told.count(line) != 1)
            differ("read slowly " + line, std::to_string(told.count(line)) + " times",
                   "was there all the time");
}

void Duel::observe() {
    if (!slow_)
        return;
    const Strings lines = placed_lines(slow_->file, model_.text(slow_->file));
    slow_->ever.insert(lines.begin(), lines.end());
    // A domain that is deleted while it is read is read to its end.
    for (size_t i = 0; slow_->file == TMY_FILE_DOMAIN_POLICY && i < model_.domains().size(); i++)
        if (model_.domains()[i].deleted)
            for (const std::string& line : placed_lines(slow_->file, model_.domain_text(i, false)))
                slow_->ever.insert(line);
    const std::set<std::string> now(lines.begin(), lines.end());
    std::erase_if(slow_->always, [&](const std::string& line) { return !now.contains(line); });
}

// ---- Deciding -------------------------------------------------------------------------------------------

// The domain a stream edits, which may be a deleted one; <kernel> when it edits none.
tmy_domain* Duel::subject(unsigned stream, size_t& number) const {
    number = cursor(stream);
    if (number != Policy::none)
        return tmy_stream_domain(streams_[TMY_FILE_DOMAIN_POLICY][stream]);
    number = 0;
    return tmy_find_domain(engine_, TMY_SPAN("<kernel>"));
}

namespace {

std::string verdict_of(bool granted, const std::string& matched, const std::string& requirement) {
    return granted ? "granted by " + matched + " | " + requirement : "denied";
}

} // namespace

void Duel::decide(const Request& from, unsigned stream, bool lazy, bool arguments) {
    tmy_read_begin();
    size_t domain;
    const tmy_domain* subject_domain = subject(stream, domain);
    Question question(from, subject_domain, lazy, arguments);
    tmy_request& request = question.request;
    const std::string what = model_.domains()[domain].name + ": " + print_entry(from.what);
    trace("decide " + what);
    const Decision decision = model_.decide(domain, from);
    tmy_os_fail_after = 0;
    tmy_verdict verdict = tmy_decide(engine_, &request);
    if (verdict == TMY_NEEDS_ARGUMENTS) {
        if (!decision.arguments || question.facts.arguments)
            differ(what, "needs arguments", "needs none");
        question.facts.load_arguments();
        verdict = tmy_decide(engine_, &request);
    }
    tmy_os_fail_after = -1;
    const bool granted = verdict == TMY_GRANTED;
    // The text of an operand is told for execution only, where it names the next domain.
    const bool name = from.what.is_execute();
    const std::string engine = verdict_of(granted, name ? string_of(peek_matched(&request)) : "",
                                          string_of(peek_requirement(&request)));
    tmy_read_end();
    same(what, engine,
         verdict_of(decision.granted, name ? decision.matched : "", requirement_of(decision.entry)));
}

void Duel::hold(const Request& from, unsigned stream) {
    if (held_)
        return;
    trace("hold");
    tmy_read_begin();
    size_t domain;
    const tmy_domain* subject_domain = subject(stream, domain);
    Held held;
    held.question = std::make_unique<Question>(from, subject_domain, false, true);
    tmy_decide(engine_, &held.question->request);
    held.matched = string_of(peek_matched(&held.question->request));
    held.requirement = string_of(peek_requirement(&held.question->request));
    held_ = std::move(held);
}

void Duel::release() {
    if (!held_)
        return;
    same("held", string_of(peek_matched(&held_->question->request)), held_->matched);
    same("held", string_of(peek_requirement(&held_->question->request)), held_->requirement);
    held_.reset();
    tmy_read_end();
}

void Duel::compare_config(unsigned stream, const std::string& item) {
    tmy_read_begin();
    size_t domain;
    const tmy_domain* subject_domain = subject(stream, domain);
    const u8 config = tmy_config(engine_, subject_domain, tmy_item_named(tmy_span(item.data(), item.size())));
    tmy_read_end();
    const Config expected = model_.config(domain, item);
    const int engine = config & TMY_CONFIG_MODE;
    const bool grant_log = config & TMY_CONFIG_GRANT_LOG, reject_log = config & TMY_CONFIG_REJECT_LOG;
    if (engine != expected.mode ||
        (expected.mode && (grant_log != expected.grant_log || reject_log != expected.reject_log)))
        differ("config of " + item, std::to_string(config), std::to_string(expected.mode));
}

namespace {

std::string make_member(Chance& chance) {
    const std::string group = chance.one_in(2) ? "G " : "H ";
    switch (chance.below(3)) {
    case 0:
        return "path_group " + group + make_pattern(chance);
    case 1:
        return "number_group " + group + std::to_string(chance.below(10));
    default:
        return "number_group " + group + "5-" + std::to_string(5 + chance.below(5));
    }
}

} // namespace

void Duel::evaluate(Chance& chance) {
    if (chance.one_in(16))
        write(TMY_FILE_EXCEPTION_POLICY, 0, make_member(chance), -1);
    std::string conditions;
    for (unsigned count = 1 + (chance.one_in(3) ? chance.below(3) : 0); count; count--)
        conditions += " " + make_condition(chance);
    write(TMY_FILE_DOMAIN_POLICY, 0, "file execute /a" + conditions, -1);
    for (unsigned count = 1 + chance.below(4); count; count--) {
        Request request;
        request.what = parse_entry("file execute /a");
        request.facts = make_facts(chance);
        const bool lazy = chance.one_in(2);
        decide(request, 0, lazy, chance.one_in(2));
    }
    write(TMY_FILE_DOMAIN_POLICY, 0, "delete file execute /a" + conditions, -1);
}

// ---- Learning -------------------------------------------------------------------------------------------

// Only what is denied is learned, and only with a profile.
void Duel::learn(Request from, unsigned stream, long fail_after) {
    restrict_facts(from);
    size_t number;
    tmy_domain* domain = subject(stream, number);
    const Domain& expected = model_.domains()[number];
    const bool port = from.what.kind == TMY_INET && number_range(from.what.operands[1]).high > 65535;
    if (port || from.what.kind == TMY_TRANSITION || model_.decide(number, from).granted ||
        !model_.namespace_of(number).profiles.contains(expected.profile))
        return;
    Question question(from, domain, false, true);
    trace("learn " + std::to_string(fail_after) + " " + expected.name + ": " + print_entry(from.what));
    tmy_os_fail_after = fail_after;
    const tmy_learned learned = tmy_learn(engine_, domain, &question.request);
    tmy_os_fail_after = -1;
    if (learned == TMY_NOT_LEARNED) {
        if (fail_after < 0)
            differ("learn", "no memory", "memory");
        group_order_ = false;
        compare(TMY_FILE_DOMAIN_POLICY, 1000);
        return;
    }
    const bool before = expected.quota_exceeded;
    const std::string line = model_.learn(number, from);
    const tmy_learned must = !line.empty() ? TMY_LEARNED : before ? TMY_QUOTA_EXCEEDED : TMY_QUOTA_REACHED;
    if (learned != must)
        differ("learn " + print_entry(from.what), std::to_string(learned), std::to_string(must));
    if (!line.empty() && !model_.decide(number, from).granted)
        differ("learn " + line, "", "does not grant what was asked");
    compare_domain(number, false);
}

// ---- Executing ------------------------------------------------------------------------------------------

void Duel::start_task(unsigned task, unsigned stream) {
    tmy_task_exit(&tasks_[task].task);
    tmy_task_init(&tasks_[task].task, subject(stream, tasks_[task].domain));
}

// The verdict, and the domain it leads to.
void Duel::judge(tmy_execution& execution, Question& question) {
    execution.request = question.request;
    tmy_read_begin();
    tmy_os_fail_after = 0;
    tmy_execute(engine_, &execution);
    if (execution.verdict == TMY_NEEDS_ARGUMENTS) {
        question.facts.load_arguments();
        execution.request.names[0] = question.request.names[0];
        tmy_execute(engine_, &execution);
    }
    tmy_os_fail_after = -1;
}

// What a hook does then (2.10, 2.11).
Transition::Outcome Duel::enter(const tmy_execution& execution, Task& task, bool& made, bool& no_memory) {
    using enum Transition::Outcome;
    const u8 config = tmy_config(engine_, task.task.domain, TMY_ITEM_FILE_EXECUTE);
    const bool enforcing = (config & TMY_CONFIG_MODE) == TMY_ENFORCING;
    if (execution.verdict != TMY_GRANTED && enforcing)
        return denied;
    if (execution.stay)
        return moved;
    int error = 0;
    tmy_domain* domain = nullptr;
    if (execution.length <= TMY_DOMAIN_MAX_LENGTH)
        domain =
            tmy_enter(engine_, task.task.domain, tmy_span(execution.target, execution.length), &made, &error);
    if (domain) {
        tmy_task_prepare(&task.task, domain);
        return moved;
    }
    no_memory = error == -ENOMEM;
    if (no_memory || execution.strict || enforcing)
        return fatal;
    if (tmy_transition_failed(engine_, task.task.domain) == model_.domains()[task.domain].transition_failed)
        differ("transition_failed", "told at the wrong time", "the first time only");
    return failed;
}

void Duel::compare_entered(const Attempt& attempt, const Transition& expected) {
    const Domain& to = model_.domains()[expected.domain];
    const tmy_domain* reached = tmy_task_domain(&tasks_[attempt.task].task);
    same(attempt.program + " leads to", string_of(tmy_domain_name(reached)), to.name);
    if (tmy_domain_deleted(reached) != to.deleted || tmy_domain_profile(reached) != to.profile)
        differ(attempt.program + " leads to", "another domain of that name", to.name);
}

void Duel::execute(const Attempt& attempt) {
    Task& task = tasks_[attempt.task];
    Request request;
    request.what = parse_entry("file execute " + attempt.program);
    request.facts = attempt.facts;
    restrict_facts(request);
    const std::string what = model_.domains()[task.domain].name + " executes " + attempt.program;
    trace(what + " " + std::to_string(attempt.fail_after));

    Question question(request, task.task.domain, true, attempt.arguments);
    const auto execution = std::make_unique<tmy_execution>();
    judge(*execution, question);
    const std::string candidate = execution->verdict == TMY_GRANTED
                                      ? string_of(peek_matched(&execution->request))
                                      : string_of(execution->request.names[0].text);
    tmy_read_end();
    bool made = false, no_memory = false;
    tmy_os_fail_after = attempt.fail_after;
    const Transition::Outcome outcome = enter(*execution, task, made, no_memory);
    tmy_os_fail_after = -1;
    if (no_memory) {
        if (attempt.fail_after < 0)
            differ(what, "no memory", "memory");
        return compare(TMY_FILE_DOMAIN_POLICY, 1000);
    }

    const Transition expected = model_.execute(task.domain, attempt.program, request.facts);
    same(what, candidate, expected.candidate);
    if (outcome != expected.outcome || made != expected.created)
        differ(what, std::to_string(static_cast<int>(outcome)),
               std::to_string(static_cast<int>(expected.outcome)));
    compare_entered(attempt, expected);
    if (attempt.succeeds) {
        tmy_task_commit(&task.task);
        task.domain = expected.domain;
    } else {
        tmy_task_abort(&task.task);
        compare_entered(attempt, {.domain = task.domain, .candidate = {}, .decision = {}});
    }
}

// ---- The end ------------------------------------------------------------------------------------------

namespace {

std::string read_all(tmy_policy* policy, tmy_file file) {
    tmy_stream* stream = tmy_stream_open(policy, file);
    std::string text;
    char bytes[512];
    for (long got; (got = tmy_stream_read(stream, bytes, sizeof(bytes))) > 0;)
        text.append(bytes, static_cast<size_t>(got));
    tmy_stream_close(stream);
    return text;
}

void write_all(tmy_policy* policy, tmy_file file, const Strings& lines) {
    tmy_stream* stream = tmy_stream_open(policy, file);
    for (std::string line : lines)
        if (!line.empty())
            tmy_stream_write(stream, line.data(), line.size(), nullptr);
    tmy_stream_close(stream);
}

Strings deletions(const std::string& text) {
    Strings lines;
    for (const std::string& line : split(text, '\n'))
        lines.push_back(line.empty() ? "" : "delete " + line);
    return lines;
}

unsigned long memory_of(tmy_policy* policy) {
    const std::string title = "Memory used by policy:", text = read_all(policy, TMY_FILE_STAT);
    return std::strtoul(text.c_str() + text.find(title) + title.size(), nullptr, 10);
}

// What stays for good: namespaces and the lists of their acl_groups.
void touch(tmy_policy* policy, const Strings& spaces) {
    for (const std::string& space : spaces)
        for (const char* number : {"0", "1", "2", "3"}) {
            const std::string line = space + " acl_group " + number + " file read /";
            write_all(policy, TMY_FILE_EXCEPTION_POLICY, {line, "delete " + line});
        }
}

} // namespace

void Duel::compare_memory() {
    leave();
    Strings spaces;
    for (const Namespace& space : model_.namespaces())
        spaces.push_back(space.name);
    const std::string profiles = read_all(engine_, TMY_FILE_PROFILE);
    touch(engine_, spaces);
    Strings domains = {"<kernel>"};
    for (const Entry& entry : model_.domains()[0].acl)
        domains.push_back("delete " + print_entry(entry));
    for (const Domain& domain : model_.domains())
        domains.push_back("delete " + domain.name);
    write_all(engine_, TMY_FILE_DOMAIN_POLICY, domains);
    for (const tmy_file file : {TMY_FILE_EXCEPTION_POLICY, TMY_FILE_MANAGER})
        write_all(engine_, file, deletions(model_.text(file)));
    tmy_collect(engine_);

    tmy_policy* other = tmy_policy_create();
    touch(other, spaces);
    write_all(other, TMY_FILE_PROFILE, split(profiles, '\n'));
    tmy_collect(other);
    const unsigned long used = memory_of(engine_), expected = memory_of(other);
    tmy_policy_destroy(other);
    if (used != expected)
        differ("memory in the end", std::to_string(used), std::to_string(expected));
}

// ---- Chance ---------------------------------------------------------------------------------------------

void Duel::step(Chance& chance) {
    act(chance);
    observe();
}

void Duel::roam(Chance& chance) {
    const unsigned stream = chance.below(streams);
    if (chance.one_in(2)) {
        if (chance.one_in(8))
            return start_task(stream, chance.below(streams));
        return chance.one_in(64) ? activate() : execute_any(chance, stream);
    }
    tmy_file file;
    const std::string line = make_route(chance, file);
    write(file, stream, line, -1);
    if (chance.one_in(64))
        collect();
}

void Duel::execute_any(Chance& chance, unsigned task) {
    Attempt attempt = {task, make_program(chance, model_, tasks_[task].domain), {}, false, false, -1};
    attempt.facts = make_facts(chance);
    attempt.arguments = chance.one_in(2);
    attempt.succeeds = chance.below(4);
    attempt.fail_after = chance.one_in(8) ? static_cast<long>(chance.below(8)) : -1;
    execute(attempt);
}

void Duel::act(Chance& chance) {
    static const tmy_file read_files[] = {TMY_FILE_DOMAIN_POLICY, TMY_FILE_EXCEPTION_POLICY,
                                          TMY_FILE_MANAGER};
    static const char* const items[] = {"file::open", "file::execute", "file::create",
                                        "network::inet_stream_bind", "misc::env"};
    const unsigned stream = chance.below(streams);
    const auto memory = [&] { return chance.one_in(6) ? static_cast<long>(chance.below(8)) : -1; };
    const auto write_line = [&](tmy_file file) {
        const std::string line = make_line(chance, file, model_);
        write(file, stream, line, memory());
    };
    const auto request = [&] {
        const size_t domain = cursor(stream);
        return make_request(chance, model_, domain == Policy::none ? 0 : domain);
    };
    switch (chance.below(32)) {
    default:
        return write_line(TMY_FILE_DOMAIN_POLICY);
    case 7:
    case 8:
    case 9:
    case 10:
        return write_line(TMY_FILE_EXCEPTION_POLICY);
    case 11:
        return write_line(chance.one_in(3) ? TMY_FILE_MANAGER : TMY_FILE_PROFILE);
    case 12:
        return compare(chance.pick(read_files), 1 + chance.below(200));
    case 13:
        return compare_domain(
            chance.below(std::min<unsigned>(256, static_cast<unsigned>(model_.domains().size()))),
            chance.one_in(2));
    case 14:
        return collect();
    case 15:
        return chance.one_in(8) ? activate() : compare_config(stream, chance.pick(items));
    case 16:
        return hold(request(), stream);
    case 17:
        return release();
    case 24: {
        Request asked = request();
        if (chance.one_in(4)) // the only one whose target is learned
            asked.what = parse_entry("file symlink " + make_name(chance));
        return learn(asked, stream, memory());
    }
    case 25:
    case 26:
        return execute_any(chance, stream);
    case 28:
    case 29:
    case 30:
        return read_slowly(chance.pick(read_files), 1 + 8 * chance.below(64));
    case 31:
        return compare_manager(chance.one_in(2) ? make_domain(chance) : make_name(chance));
    case 27:
        return start_task(stream, chance.below(streams));
    case 18:
    case 19:
    case 20:
    case 21:
    case 22:
    case 23: {
        const Request asked = request();
        return decide(asked, stream, chance.one_in(2), !chance.one_in(3));
    }
    }
}

} // namespace model
