// SPDX-License-Identifier: GPL-2.0-only
// Replays on the policy engine: engine policy SCRIPT OUTCOMES.
#include "tests/differential/replay.h"

#include "lsm/engine/policy.h"
#include "lsm/engine/stream.h"

#include <cstdlib>
#include <cstring>
#include <memory>

namespace differential {

namespace {

using std::string;

class Engine : public Policy {
public:
    Engine() : policy_(tmy_policy_create()) {
        // Like the guest's policy before the script: active, with the profile that <kernel> has.
        begin();
        write(profile, "0-COMMENT=");
        const char* problem;
        const tmy_domain* domain;
        if (tmy_policy_activate(policy_, &problem, &domain))
            die(string("cannot activate: ") + problem);
        end();
    }
    ~Engine() override { tmy_policy_destroy(policy_); }

    void begin() override {
        for (int i = 0; i < files; i++)
            open_[i] = open_stream(static_cast<File>(i));
        updates_ = updates();
    }

    void end() override {
        for (tmy_stream*& stream : open_)
            tmy_stream_close(stream);
        tmy_collect(policy_);
    }

    char write(File file, const string& line) override {
        // A copy of the exact size, so that the sanitizer sees every byte read too many.
        const std::unique_ptr<char[]> copy(new char[line.size()]);
        line.copy(copy.get(), line.size());
        if (tmy_stream_write(open_[file], copy.get(), line.size(), nullptr) == -ENOMEM)
            return '!';
        const unsigned long before = updates_;
        updates_ = updates();
        return updates_ == before ? '-' : updates_ == before + 1 ? '+' : '?';
    }

    string read(File file) override { return read_all(open_[file]); }

    string text(File file) override {
        tmy_stream* stream = open_stream(file);
        string all = read_all(stream);
        tmy_stream_close(stream);
        return all;
    }

private:
    tmy_stream* open_stream(File file) {
        static const tmy_file types[files] = {TMY_FILE_DOMAIN_POLICY, TMY_FILE_EXCEPTION_POLICY,
                                              TMY_FILE_PROFILE, TMY_FILE_MANAGER, TMY_FILE_STAT};
        tmy_stream* stream = tmy_stream_open(policy_, types[file]);
        if (!stream)
            die("no memory");
        return stream;
    }

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

    tmy_policy* policy_;
    tmy_stream* open_[files];
    unsigned long updates_ = 0;
};

} // namespace

} // namespace differential

int main(int argc, char** argv) {
    using namespace differential;
    if (argc != 4 || strcmp(argv[1], "policy") != 0)
        die("usage: engine policy SCRIPT OUTCOMES");
    Engine engine;
    replay(engine, open_or_die(argv[2], "r"), open_or_die(argv[3], "w"));
    return 0;
}
