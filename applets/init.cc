// SPDX-License-Identifier: GPL-2.0-only
// applet: init
// path: /sbin/tomoyo-init
// also:
// summary: load the policy into the kernel at boot
//
// The kernel runs this program when /sbin/init is executed for the first time, and waits for it: whatever is
// wrong, it has to end, and with a policy in the kernel that the kernel takes (userspace
// specification 2.4, 4.1).
#include "tomoyo-box/base/path.h"
#include "tomoyo-box/boot/boot_choice.h"
#include "tomoyo-box/boot/boot_console.h"
#include "tomoyo-box/boot/boot_loader.h"
#include "tomoyo-box/boot/boot_mounts.h"
#include "tomoyo-box/boot/boot_options.h"
#include "tomoyo-box/boot/post_init.h"
#include "tomoyo-box/cli/command.h"
#include "tomoyo-box/kernel/interface.h"
#include "tomoyo-box/store/layout.h"

#include <cstdlib>
#include <unistd.h>

namespace {

int load_policy_at_boot(BootConsole& console, BootOptions& options, const std::string& directory,
                        bool compat) {
    const Interface interface("");
    BootChooser chooser(console, options, directory);
    BootLoader loader(interface, console, options.keep_enforcing);
    const bool again = loader.loaded_before();
    if (again && !compat)
        throw Error(exit_negative, "the policy was loaded at boot already: nothing was changed",
                    "to change it use tomoyo-loadpolicy, or reboot");
    // tomoyo-tools' loads it once more, as far as the kernel lets it.
    if (again && !interface.is_manager()) {
        loader.summarize(loader.check());
        return exit_ok;
    }
    chooser.choose();
    loader.load(chooser);
    auto check = loader.check();
    if (chooser.no_profiles()) {
        loader.disable_profiles(check);
        check = loader.check();
    }
    bool changed = !again && loader.repair(check);
    // Behind the repair, which a quota that is too small would keep from being made.
    loader.load_quotas(directory);
    changed |= run_post_init(directory, console);
    if (changed) {
        check = loader.check();
        if (loader.repair(check))
            check = loader.check();
    }
    loader.summarize(check);
    return (chooser.as_asked() && loader.as_asked()) || compat ? exit_ok : exit_negative;
}

} // namespace

namespace applet {

int init(const Call& call) {
    Command command(
        call,
        "Loads the policy into the kernel and makes sure that the kernel can start with it. The kernel\n"
        "itself runs this program at boot, before /sbin/init; afterwards it changes nothing.\n"
        "\n"
        "Words are looked for on the kernel's command line too:\n"
        "  TOMOYO=default          use profile.conf (the default)\n"
        "  TOMOYO=NAME             use profile-NAME.conf\n"
        "  TOMOYO=previous         use the policy before the current one\n"
        "  TOMOYO=disabled         use no profile: allow every access\n"
        "  TOMOYO=ask              ask at the console which of them to use\n"
        "  TOMOYO_TIMEOUT=SECONDS  wait so long for an answer; 0: never ask (default 10)\n"
        "  TOMOYO_NOLOAD           do not load the domain policy\n"
        "  TOMOYO_KEEP_ENFORCING   let <kernel> enforce even if /sbin/init cannot start");
    std::string directory = store::default_directory;
    std::vector<std::string> given;
    command.option("-d,--directory", "DIR", directory, "the policy's directory, instead of /etc/tomoyo");
    command.operands("WORD", given, "one of the words above", 0);
    command.example("tomoyo-init TOMOYO=ask",
                    "ask which policy to load, on a system that has not loaded any");
    if (const auto code = command.parse())
        return *code;

    BootConsole console;
    const BootMounts mounts;
    BootOptions options;
    if (const auto line = mounts.command_line())
        options.add_all(*line);
    else
        console.warn("cannot read the kernel's command line: going on as if it said nothing about TOMOYO");
    for (const auto& word : given)
        if (!options.add(word) && !call.compat)
            throw command.usage_error(fmt::format("unknown word '{}'", word));

    // Scripts call this program on kernels without TOMOYO too, and expect no words then.
    if (!std::getenv("TOMOYO_INTERFACE") && !is_directory("/sys/kernel/security/tomoyo") &&
        (call.compat || !isatty(STDERR_FILENO)))
        return exit_negative;
    try {
        return load_policy_at_boot(console, options, directory, call.compat);
    } catch (const Error& error) {
        if (!console.at_boot())
            throw;
        console.warn(error.message());
        return error.code();
    }
}

} // namespace applet
