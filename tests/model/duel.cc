// SPDX-License-Identifier: GPL-2.0-only
// The engine against the model: what is written and read.
#include "tests/model/duel.h"
#include "tests/model/peek.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace model {

namespace {

unsigned long comparisons = 0;

} // namespace

void trace(const std::string& what) {
    static const bool wanted = std::getenv("MODEL_TRACE") != nullptr;
    if (wanted)
        std::fprintf(stderr, "%s\n", what.c_str());
}

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

} // namespace model
