// SPDX-License-Identifier: GPL-2.0-only
// applet: loadpolicy
// path: /usr/sbin/tomoyo-loadpolicy
// also:
// summary: load policy into the kernel, and report what it did not accept
#include "tomoyo-box/compat/loadpolicy.h"
#include "tomoyo-box/base/error.h"
#include "tomoyo-box/base/input.h"
#include "tomoyo-box/base/output.h"
#include "tomoyo-box/base/path.h"
#include "tomoyo-box/cli/agent.h"
#include "tomoyo-box/cli/command.h"
#include "tomoyo-box/cli/policy_input.h"
#include "tomoyo-box/kernel/interface.h"
#include "tomoyo-box/kernel/load/load.h"
#include "tomoyo-box/policy/language/kinds.h"
#include "tomoyo-box/store/layout.h"

#include <algorithm>
#include <fcntl.h>
#include <unistd.h>

namespace {

using policy::Language;
using policy::PolicyKind;

int load(const PolicyKind& kind, const std::vector<std::string>& files, const LoadOptions& options) {
    const Interface interface;
    const bool is_setting = kind.language == Language::profiles || kind.language == Language::quotas;
    try {
        if (options.compat)
            (void)interface.open(kind.kernel_file, O_WRONLY);
        std::vector<Input> inputs;
        inputs.reserve(files.size());
        for (const std::string& file : files) {
            inputs.push_back(policy_input(file, !is_setting && (options.verify || options.replace)));
        }
        return (is_setting ? load_settings : load_policy)(interface, kind.language, inputs, options);
    } catch (Error& error) {
        // The old program said nothing, or that it cannot open; when replacing, twice.
        if (!error.has_legacy())
            throw error.legacy("");
        if (options.replace && error.legacy_text().starts_with("Can't open "))
            throw error.legacy(
                fmt::format("Can't open {}{}\n{}", interface.path(kind.kernel_file),
                            kind.language == Language::exceptions ? " for reading and writing." : "",
                            error.legacy_text()));
        throw;
    }
}

constexpr const char* instead_of_agent = "tomoyo-loadpolicy -d <FILE";

// As tomoyo-tools 2.6.1 does.
int load_as_2_6_1(const Call& call, LoadOptions& options) {
    const compat::LoadRequest request = compat::load_request(call);
    if (!request.agent.empty())
        throw no_agents(instead_of_agent).legacy("Can't connect to " + request.agent);
    options.verify = false;
    options.replace = request.replace;
    return load(*request.kind, {"-"}, options);
}

} // namespace

namespace applet {

int loadpolicy(const Call& call) {
    LoadOptions options;
    options.compat = call.compat;
    if (call.compat)
        return load_as_2_6_1(call, options);

    Command command(
        call, "Loads policy from standard input or FILEs into the kernel. What is there already stays,\n"
              "unless -f is given. Lines that the kernel did not accept are reported with their place.\n"
              "The words of tomoyo-tools 2.2 are understood, too: 'a' loads the exception and domain\n"
              "policy of /etc/tomoyo, 'df -' replaces the domain policy by standard input.");
    bool chosen[std::size(policy::policy_kinds)] = {};
    const auto flag = [&](const char* flags, Language language, const char* help) {
        command.flag(flags, chosen[&policy::kind_of(language) - policy::policy_kinds], help);
    };
    bool no_verify = false;
    std::vector<std::string> operands;
    flag("-d,--domain", Language::domains, "domain policy");
    flag("-e,--exception", Language::exceptions, "exception policy");
    flag("-p,--profile", Language::profiles, "profiles");
    flag("-m,--manager", Language::managers, "managers");
    flag("-s,--stat", Language::quotas, "memory quotas");
    command.flag("-f,--replace", options.replace,
                 "with -d or -e: load, then delete what the input does not hold");
    command.flag("--allow-empty", options.allow_empty, "with -f: even when the input holds no policy at all");
    command.flag("-n,--no-verify", no_verify, "do not read back what the kernel has accepted");
    command.flag("-v,--verbose", options.verbose,
                 "report every line that was not accepted, not only the first 20");
    command.flag("--json", options.json, "an object with all of them instead, for programs");
    command.operands("FILE", operands, "policy text; '-' or none: standard input", 0);
    command.example("tomoyo-loadpolicy -d policy.conf", "add to the domain policy");
    command.example("tomoyo-loadpolicy -df </etc/tomoyo/domain_policy.conf",
                    "make the domain policy equal to a file");
    command.example("echo 'delete /usr/sbin/tomoyo-queryd' | tomoyo-loadpolicy -m", "remove a manager");
    command.example("tomoyo-savepolicy -e | sed 's|/usr/local/|/opt/|' |\n  tomoyo-loadpolicy -ef",
                    "edit the exception policy");
    if (const auto code = command.parse())
        return *code;
    options.verify = !no_verify;

    std::vector<compat::LoadJob> jobs;
    for (size_t i = 0; i < std::size(chosen); i++)
        if (chosen[i])
            jobs.push_back({&policy::policy_kinds[i], operands});
    if (jobs.size() > 1)
        throw command.usage_error("only one policy can be loaded at a time");
    for (const std::string& word : operands)
        if (is_agent_address(word))
            throw no_agents(instead_of_agent);
    if (jobs.empty() && compat::is_letters(operands))
        jobs = compat::jobs_of_letters(command, operands, options.replace);
    if (jobs.empty())
        throw command.usage_error("which policy? -d, -e, -m, -p or -s");
    for (compat::LoadJob& job : jobs) {
        if (options.replace && !policy::can_be_replaced(*job.kind))
            throw command.usage_error("-f works with -d and -e only");
        if (job.files.empty())
            job.files = {"-"};
    }
    int code = exit_ok;
    for (const compat::LoadJob& job : jobs)
        code = std::max(code, load(*job.kind, job.files, options));
    return code;
}

} // namespace applet
