// SPDX-License-Identifier: GPL-2.0-only
// Replays on the policy engine: engine MODE SCRIPT OUTCOMES.
#include "tests/differential/engine.h"
#include "tests/differential/patterns.h"
#include "tests/differential/replay.h"
#include "tests/differential/transitions.h"

#include <cstdlib>
#include <cstring>

namespace differential {

namespace {

using std::string;

class Engine : public Policy {
public:
    void begin() override {
        for (int i = 0; i < files; i++)
            open_[i] = policy_.open(static_cast<File>(i));
        updates_ = updates();
    }

    void end() override {
        for (tmy_stream*& stream : open_)
            tmy_stream_close(stream);
        tmy_collect(policy_.get());
    }

    char write(File file, const string& line) override {
        Exact copy(line);
        if (tmy_stream_write(open_[file], copy.data(), line.size(), nullptr) == -ENOMEM)
            return '!';
        const unsigned long before = updates_;
        updates_ = updates();
        return updates_ == before ? '-' : updates_ == before + 1 ? '+' : '?';
    }

    string read(File file) override { return read_all(open_[file]); }

    string text(File file) override {
        tmy_stream* stream = policy_.open(file);
        string all = read_all(stream);
        tmy_stream_close(stream);
        return all;
    }

    string run(const string& chain) override {
        string record = chain_on_engine(policy_.get(), chain);
        updates_ = updates();
        return record;
    }

private:
    // Pieces of odd sizes, so that lines are cut.
    static string read_all(tmy_stream* stream) {
        string all;
        for (size_t room = 1;; room = room * 7 % 509 + 1) {
            const std::unique_ptr<char[]> buffer(new char[room]);
            const long got = tmy_stream_read(stream, buffer.get(), room);
            if (got < 0)
                die("read: no memory");
            if (!got)
                return all;
            all.append(buffer.get(), static_cast<size_t>(got));
        }
    }

    unsigned long updates() {
        const string all = text(stat);
        const char title[] = "Policy update:";
        const size_t at = all.find(title);
        return at == string::npos ? 0 : strtoul(all.c_str() + at + strlen(title), nullptr, 10);
    }

    EnginePolicy policy_;
    tmy_stream* open_[files];
    unsigned long updates_ = 0;
};

} // namespace

} // namespace differential

int main(int argc, char** argv) {
    using namespace differential;
    if (argc != 4)
        die("usage: engine policy|patterns|transitions SCRIPT OUTCOMES");
    FILE *script = open_or_die(argv[2], "r"), *outcomes = open_or_die(argv[3], "w");
    const std::string mode = argv[1];
    if (mode == "policy" || mode == "transitions") {
        Engine engine;
        replay(engine, script, outcomes);
    } else if (mode == "patterns") {
        patterns_on_engine(script, outcomes);
    } else {
        die("no mode " + mode);
    }
    if (fclose(outcomes))
        die("cannot write");
    return 0;
}
