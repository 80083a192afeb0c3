// SPDX-License-Identifier: GPL-2.0-only
// See program.h.
#include "tests/differential/tools/program.h"

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace differential {

using std::string;

namespace {

constexpr unsigned patience = 20; // seconds
const char* const input_file = "stdin";

void fail(const string& what) {
    fprintf(stderr, "compare: %s: %s\n", what.c_str(), strerror(errno));
    exit(2);
}

// A place in memory for one of the program's outputs, used again and again.
class Catcher {
public:
    Catcher() : descriptor_(memfd_create("output", MFD_CLOEXEC)) {
        if (descriptor_ < 0)
            fail("memfd_create");
    }
    int descriptor() const { return descriptor_; }
    string take() {
        string text;
        struct stat status;
        if (fstat(descriptor_, &status))
            fail("fstat");
        text.resize(static_cast<size_t>(status.st_size));
        if (pread(descriptor_, text.data(), text.size(), 0) != status.st_size || ftruncate(descriptor_, 0) ||
            lseek(descriptor_, 0, SEEK_SET))
            fail("reading an output");
        return text;
    }

private:
    int descriptor_;
};

string ended(pid_t pid) {
    int status;
    // The alarm interrupts the wait.
    struct sigaction action = {};
    action.sa_handler = [](int) {};
    sigaction(SIGALRM, &action, nullptr);
    alarm(patience);
    const bool hangs = waitpid(pid, &status, 0) < 0;
    alarm(0);
    if (hangs) {
        kill(pid, SIGKILL);
        waitpid(pid, &status, 0);
        return "hangs";
    }
    return WIFEXITED(status) ? "exit " + std::to_string(WEXITSTATUS(status))
                             : "signal " + std::to_string(WTERMSIG(status));
}

} // namespace

void write_file(const string& file, const string& text) {
    const int descriptor = open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (descriptor < 0 || write(descriptor, text.data(), text.size()) != static_cast<ssize_t>(text.size()))
        fail(file);
    close(descriptor);
}

void place(const Input& input) {
    write_file(input_file, input.standard_input);
    for (const auto& [name, text] : input.files)
        write_file(name, text);
}

Answer run(const string& path, const Input& input) {
    static Catcher output, errors;
    std::vector<char*> arguments = {const_cast<char*>(path.c_str())};
    for (const string& argument : input.arguments)
        arguments.push_back(const_cast<char*>(argument.c_str()));
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, input_file, O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, output.descriptor(), 1);
    posix_spawn_file_actions_adddup2(&actions, errors.descriptor(), 2);
    pid_t pid;
    errno = posix_spawn(&pid, path.c_str(), &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (errno)
        fail(path);
    Answer answer;
    answer.status = ended(pid);
    answer.output = output.take();
    answer.errors = errors.take();
    return answer;
}

} // namespace differential
