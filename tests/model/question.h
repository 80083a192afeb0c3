// SPDX-License-Identifier: GPL-2.0-only
// A request of the model as the engine wants it.
#ifndef TESTS_MODEL_QUESTION_H
#define TESTS_MODEL_QUESTION_H

#include "tests/model/model.h"

#include "lsm/engine/policy.h"

#include <memory>

namespace model {

// What is known, in memory of exactly its size. The engine may have to ask for it.
class EngineFacts : public tmy_facts {
public:
    // Lazy: what belongs to a flag is there only after it was loaded.
    EngineFacts(const Facts& facts, bool lazy, bool arguments);
    EngineFacts(const EngineFacts&) = delete;
    EngineFacts& operator=(const EngineFacts&) = delete;
    void load_arguments(); // after TMY_NEEDS_ARGUMENTS

private:
    struct tmy_span keep(const std::string& text);
    void fill(unsigned what);
    static void load_one(tmy_facts* facts, unsigned what);
    void fill_task();
    void fill_path(const std::string& name, tmy_path_attributes& path);
    unsigned long number(const std::string& name) const;

    const Facts& from_;
    unsigned filled_ = 0;
    std::vector<std::unique_ptr<char[]>> texts_;
    std::vector<struct tmy_span> argv_, envp_;
};

class Question {
public:
    Question(const Request& from, const tmy_domain* domain, bool lazy, bool arguments);
    Question(const Question&) = delete;
    Question& operator=(const Question&) = delete;

    tmy_request request = {};
    EngineFacts facts;

private:
    struct tmy_span keep(const std::string& text);
    size_t longest(const Request& from) const;

    std::vector<std::unique_ptr<char[]>> texts_;
    std::vector<unsigned long> scratch_;
};

} // namespace model

#endif
