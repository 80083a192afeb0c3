// SPDX-License-Identifier: GPL-2.0-only
// The engine against the model: what is decided, learned and executed.
#include "tests/model/duel.h"
#include "tests/model/peek.h"

#include "lsm/engine/learn.h"

namespace model {

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

} // namespace model
