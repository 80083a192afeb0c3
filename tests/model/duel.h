// SPDX-License-Identifier: GPL-2.0-only
// The engine against the model: both get the same lines and requests, and must say the same.
#ifndef TESTS_MODEL_DUEL_H
#define TESTS_MODEL_DUEL_H

#include "tests/model/generate.h"
#include "tests/model/question.h"

#include "lsm/engine/execute.h"

#include <memory>

namespace model {

// A difference: says what and aborts, or does what it is told to do instead, which does not return either.
using OnDifference = void (*)(const std::string& what, const std::string& engine, const std::string& model);
extern OnDifference on_difference;
[[noreturn]] void differ(const std::string& what, const std::string& engine, const std::string& model);
void same(const std::string& what, const std::string& engine, const std::string& model);

// How many texts were compared so far.
unsigned long compared();

// With MODEL_TRACE in the environment everything that happens is told: how a failure is made smaller.
void trace(const std::string& what);

inline std::string string_of(struct tmy_span span) { return {span.at ? span.at : "", span.length}; }

// A task executes a program.
struct Attempt {
    unsigned task;
    std::string program;
    Facts facts;
    bool arguments; // are known from the start
    bool succeeds;  // otherwise the execution fails after its domain was found
    long fail_after;
};

class Duel {
public:
    Duel();
    ~Duel();
    Duel(const Duel&) = delete;
    Duel& operator=(const Duel&) = delete;

    // One thing that may happen, as chance has it.
    void step(Chance& chance);

    // The end: when everything is deleted, as much memory is used as by a policy that never had it (8).
    void compare_memory();

    // Some conditions against some facts, in the domain of the first stream.
    void evaluate(Chance& chance);

    // Lines that say where executions lead, and executions.
    void roam(Chance& chance);

    // A line; after so many allocations there is no more memory, unless negative.
    void write(tmy_file file, unsigned stream, const std::string& line, long fail_after);
    void compare(tmy_file file, size_t chunk); // all of its text
    void compare_domain(size_t domain, bool transition_only);
    void decide(const Request& request, unsigned stream, bool lazy, bool arguments);
    void learn(Request request, unsigned stream, long fail_after);
    void execute(const Attempt& attempt);
    void start_task(unsigned task, unsigned stream); // in the domain that is edited
    void compare_config(unsigned stream, const std::string& item);
    void compare_manager(const std::string& name);
    void collect();
    void activate();

    // A file is read little by little while others write.
    void read_slowly(tmy_file file, size_t chunk);

    // A reader keeps an answer while others write.
    void hold(const Request& request, unsigned stream);
    void release();

    static constexpr unsigned streams = 2; // open at the same time for each file
    const Policy& policy() const { return model_; }
    size_t cursor(unsigned stream) const { return cursors_[TMY_FILE_DOMAIN_POLICY][stream]; }

private:
    struct Held {
        std::unique_ptr<Question> question;
        std::string matched, requirement;
    };
    struct Task {
        tmy_task task;
        size_t domain;
    };
    struct SlowRead {
        tmy_file file;
        tmy_stream* stream;
        std::string text;
        std::set<std::string> always, ever; // lines that were there all the time, or at any time
    };
    static constexpr int files = TMY_FILE_MANAGER + 1;

    void act(Chance& chance);
    void execute_any(Chance& chance, unsigned task);
    tmy_domain* subject(unsigned stream, size_t& number) const;
    void judge(tmy_execution& execution, Question& question);
    Transition::Outcome enter(const tmy_execution& execution, Task& task, bool& made, bool& no_memory);
    void compare_entered(const Attempt& attempt, const Transition& expected);
    void note_order(tmy_file file, const std::string& line, int result);
    void note_mentioned();
    void compare_cursor(tmy_file file, unsigned stream);
    std::string read(tmy_stream* stream, size_t chunk) const;
    void observe();
    void compare_slow() const;
    void leave(); // all that keeps something
    std::string comparable(tmy_file file, const std::string& text) const;

    tmy_policy* engine_;
    Policy model_;
    tmy_stream* streams_[files][streams];
    size_t cursors_[files][streams];
    Task tasks_[streams];
    std::optional<Held> held_;
    std::optional<SlowRead> slow_;
    bool group_order_ =
        true; // groups were never emptied nor made in vain: their order is that of their creation
};

// The transition argument and the conditions of an entry, as it prints them.
std::string requirement_of(const Entry& entry);

} // namespace model

#endif
