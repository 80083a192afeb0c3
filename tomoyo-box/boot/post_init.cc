// SPDX-License-Identifier: GPL-2.0-only
// tomoyo-post-init: started as a child, waited for with a limit.
#include "tomoyo-box/boot/post_init.h"

#include "tomoyo-box/base/error.h"
#include "tomoyo-box/base/path.h"

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <sys/wait.h>
#include <unistd.h>

namespace {

using std::chrono::seconds;
using Clock = std::chrono::steady_clock;

constexpr seconds quiet_wait{10}; // then the console learns what is being waited for
constexpr seconds longest_wait{60};

} // namespace

bool run_post_init(const std::string& directory, BootConsole& console) {
    const std::string program = directory + "/tomoyo-post-init";
    if (access(program.c_str(), X_OK) != 0 || is_directory(program))
        return false;
    std::signal(SIGCHLD, SIG_DFL); // ignored, it would make the child's end unnoticeable
    sigset_t child;
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    sigset_t before;
    sigprocmask(SIG_BLOCK, &child, &before);
    const pid_t pid = fork();
    if (pid == 0) {
        sigprocmask(SIG_SETMASK, &before, nullptr);
        if (chdir(directory.c_str()) != 0)
            _exit(127);
        unsetenv("TOMOYO_INTERFACE"); // BootMounts may have set it, for this process only
        execl(program.c_str(), program.c_str(), nullptr);
        _exit(127);
    }
    if (pid < 0) {
        console.warn(fmt::format("cannot start {}: {}", program, errno_text(errno)));
        return false;
    }
    const auto started = Clock::now();
    bool remarked = false;
    while (waitpid(pid, nullptr, WNOHANG) == 0) {
        const auto waited = Clock::now() - started;
        if (waited >= longest_wait) {
            console.warn(fmt::format("{} has not ended after {} seconds: going on without it", program,
                                     longest_wait.count()));
            return true;
        }
        if (waited >= quiet_wait && !remarked) {
            remarked = true;
            console.warn(fmt::format("waiting for {} (process {}), {} seconds at most", program, pid,
                                     longest_wait.count()));
        }
        const timespec second{1, 0};
        sigtimedwait(&child, nullptr, &second);
    }
    return true;
}
