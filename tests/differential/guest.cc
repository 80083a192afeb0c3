// SPDX-License-Identifier: GPL-2.0-only
// Replays in the guest, on the kernel's own policy. A static program: guest MODE SCRIPT OUTCOMES.
#include "tests/differential/interface.h"
#include "tests/differential/patterns.h"
#include "tests/differential/replay.h"
#include "tests/differential/transitions.h"

#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace differential {

namespace {

using std::string;

class Kernel : public Policy {
public:
    void begin() override {
        for (int i = 0; i < files; i++)
            open_[i] = open_interface(file_names[i], O_RDWR);
    }

    void end() override {
        for (int& fd : open_)
            close(fd);
        updates_ = counter("Policy update:");
    }

    // The kernel never says whether it understood a line, but its counter of updates does.
    char write(File file, const string& line) override {
        const string whole = line + '\n';
        if (::write(open_[file], whole.data(), whole.size()) != static_cast<ssize_t>(whole.size()))
            return '!';
        const unsigned long before = updates_;
        updates_ = counter("Policy update:");
        const unsigned long more = updates_ - before;
        return more == 0 ? '-' : more == 1 ? '+' : '?';
    }

    string read(File file) override { return read_all(open_[file]); }

    string text(File file) override {
        const int fd = open_interface(file_names[file], O_RDONLY);
        string all = read_all(fd);
        close(fd);
        return all;
    }

    string run(const string& chain) override {
        string record = chain_on_kernel(chain);
        // The domains that came to be were counted, too.
        updates_ = counter("Policy update:");
        return record;
    }

private:
    // A number of the stat file.
    unsigned long counter(const char* title) {
        char buffer[1024];
        if (::write(open_stat(), "reset\n", 6) != 6)
            die("cannot rewind stat");
        const ssize_t got = ::read(open_stat(), buffer, sizeof(buffer) - 1);
        if (got <= 0)
            die("cannot read stat");
        buffer[got] = '\0';
        const char* at = strstr(buffer, title);
        return at ? strtoul(at + strlen(title), nullptr, 10) : 0;
    }

    // A descriptor of its own, so that reading the counters does not disturb what the script does with stat.
    int open_stat() {
        if (counters_ < 0)
            counters_ = open_interface("stat", O_RDWR);
        return counters_;
    }

    int open_[files], counters_ = -1;
    unsigned long updates_ = 0;
};

} // namespace

} // namespace differential

int main(int argc, char** argv) {
    using namespace differential;
    if (in_chain())
        next_program();
    if (argc != 4)
        die("usage: guest policy|patterns|transitions SCRIPT OUTCOMES");
    FILE *script = open_or_die(argv[2], "r"), *outcomes = open_or_die(argv[3], "w");
    const std::string mode = argv[1];
    if (mode == "policy" || mode == "transitions") {
        Kernel kernel;
        replay(kernel, script, outcomes);
    } else if (mode == "patterns") {
        patterns_on_kernel(script, outcomes);
    } else {
        die("no mode " + mode);
    }
    if (fclose(outcomes))
        die("cannot write");
    return 0;
}
