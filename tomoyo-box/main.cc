// SPDX-License-Identifier: GPL-2.0-only
// main: finds the applet by the name it was called by, runs it, and turns errors into messages and exit
// codes.
#include "tomoyo-box/applet.h"
#include "tomoyo-box/base/error.h"
#include "tomoyo-box/base/output.h"
#include "tomoyo-box/multiplexer.h"

#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <new>
#include <unistd.h>

namespace {

// A closed descriptor 0, 1 or 2 would be taken by the first file opened, and messages would land in policy.
// What stands in for it is open the wrong way round: who reads or writes it is told that it is none.
void ensure_standard_descriptors() {
    for (int fd = 0; fd <= 2; fd++)
        if (fcntl(fd, F_GETFD) < 0 && errno == EBADF) {
            const int got = open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY);
            if (got < 0)
                return; // no /dev yet: tomoyo-init at boot
        }
}

void report(const Error& error) {
    std::string text = program_name() + ": " + error.message();
    if (!error.hint().empty())
        text += "; " + error.hint();
    warn_line(text);
}

bool compat_by_environment() {
    const char* value = std::getenv("TOMOYO_BOX_COMPAT");
    return value && std::string_view(value) == "1";
}

int run(const Call& call) {
    try {
        const int code = call.applet.run(call);
        out().flush();
        return code;
    } catch (const Error& error) {
        try {
            out().flush(); // what was found before the error is still worth having
        } catch (const Error& lost) {
            report(lost);
        }
        if (call.compat && error.has_legacy()) {
            if (!error.legacy_text().empty())
                warn_line(error.legacy_text());
            return error.legacy_code();
        }
        report(error);
        return error.code();
    } catch (const std::bad_alloc&) {
        report(trouble("out of memory"));
        return exit_trouble;
    }
}

} // namespace

int run_applet(const Applet& applet, std::string_view caller, std::string_view name,
               std::vector<std::string> args) {
    set_program_name(std::string(name));
    bool compat = compat_by_environment();
    if (!args.empty() && args.front() == "--compat") {
        compat = true;
        args.erase(args.begin());
    }
    return run(Call{applet, std::string(name), std::string(caller).append(name), std::move(args), compat});
}

int main(int argc, char** argv) {
    ensure_standard_descriptors();
    // A caller may give no name at all; the kernel then passes an empty one.
    const std::string_view command = argc > 0 && *argv[0] ? argv[0] : "tomoyo-box";
    std::string_view name = command;
    name.remove_prefix(name.rfind('/') + 1); // npos + 1 is 0
    std::vector<std::string> args(argv + (argc > 0 ? 1 : 0), argv + argc);
    if (const Applet* applet = find_applet(name))
        return run_applet(*applet, command.substr(0, command.size() - name.size()), name, std::move(args));

    static constexpr Applet multiplexer_applet{"tomoyo-box", "", "", "", multiplexer};
    set_program_name("tomoyo-box");
    if (!name.starts_with("tomoyo-box"))
        args.insert(args.begin(), std::string(name)); // a link with a wrong name
    return run(Call{multiplexer_applet, "tomoyo-box", std::string(command), std::move(args),
                    compat_by_environment()});
}
