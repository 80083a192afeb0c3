// SPDX-License-Identifier: GPL-2.0-only
// applet: audit-exec-param
// path: /usr/lib/tomoyo/audit-exec-param
// also:
// summary: execute handler: log the arguments of a program and run it
#include "tomoyo-box/base/error.h"
#include "tomoyo-box/base/fd.h"
#include "tomoyo-box/base/system_log.h"
#include "tomoyo-box/cli/command.h"
#include "tomoyo-box/kernel/interface.h"
#include "tomoyo-box/policy/language/words.h"

#include <algorithm>
#include <charconv>
#include <fcntl.h>
#include <span>
#include <unistd.h>

namespace {

using Words = std::span<const std::string>;

// Who wanted to execute what, as the kernel tells an execute handler.
struct Request {
    Words who; // domain, caller, its status
    const std::string& program;
    Words arguments, environment;
};

// Only the kernel starts a handler, and lets it open this file.
void require_handler() {
    const std::string path = interface_directory() + "/.execute_handler";
    if (open_fd(path, O_RDONLY))
        return;
    throw Error(exit_negative,
                fmt::format("not started as an execute handler: cannot open {}: {}", path, errno_text(errno)),
                "TOMOYO 2.6 of the kernel has no execute handlers, TOMOYO 1.8 has")
        .legacy("FATAL: I'm not execute_handler.");
}

Error broken(std::string message) { return Error(exit_trouble, std::move(message)).legacy(""); }

size_t count(const std::string& word) {
    size_t number = 0;
    const char* const end = word.data() + word.size();
    const auto [stop, error] = std::from_chars(word.data(), end, number);
    if (error != std::errc() || stop != end)
        throw broken(fmt::format("'{}' is not a number of arguments", word));
    return number;
}

Request request(Words words) {
    constexpr size_t fixed = 6;
    if (words.size() < fixed)
        throw broken(
            "a handler is called with domain, caller, status, program, argc, envc and what they count");
    const size_t argc = count(words[4]), envc = count(words[5]);
    const Words rest = words.subspan(fixed);
    if (argc > rest.size() || envc != rest.size() - argc)
        throw broken(fmt::format("{} arguments and {} variables are announced, {} words follow", argc, envc,
                                 rest.size()));
    return {words.first(3), words[3], rest.first(argc), rest.subspan(argc)};
}

// A long value goes on in further messages.
void put(const SystemLog& log, const std::string& what, std::string_view value) {
    const char* joint = " = ";
    do {
        const size_t length = std::min(value.size(), SystemLog::safe_length);
        log.write(LOG_INFO, (what + joint).append(value.substr(0, length)));
        value.remove_prefix(length);
        joint = " + ";
    } while (!value.empty());
}

// The caller may have chosen the words: they are written as in policy, so that none of them looks like
// another message.
void put_words(const SystemLog& log, const std::string& name, Words words) {
    for (size_t i = 0; i < words.size(); i++)
        put(log, name + "[" + std::to_string(i) + "]", policy::encode(words[i]));
}

void report(const Request& request) {
    const SystemLog log("audit-exec-param");
    put(log, "Domain", request.who[0]);
    put(log, "Caller Program", request.who[1]);
    put(log, "Process Status", request.who[2]);
    put(log, "Requested Program", policy::encode(request.program));
    put(log, "argc", std::to_string(request.arguments.size()));
    put(log, "envc", std::to_string(request.environment.size()));
    put_words(log, "argv", request.arguments);
    put_words(log, "envp", request.environment);
}

std::vector<char*> pointers(Words words) {
    std::vector<char*> list;
    for (const std::string& word : words)
        list.push_back(const_cast<char*>(word.c_str())); // execve(2) changes nothing
    list.push_back(nullptr);
    return list;
}

} // namespace

namespace applet {

int audit_exec_param(const Call& call) {
    Command command(
        call, "Logs who wants to execute what, with all arguments and environment variables, and executes "
              "it. For the kernel to call, as a handler of executions.");
    command.example(
        "echo 'task auto_execute_handler /usr/lib/tomoyo/audit-exec-param' |\n  ccs-loadpolicy -d",
        "with TOMOYO 1.8, below the name of a domain: log what it executes");
    // The words of a handler are not ours: the first is the name of a domain, then nothing is an option.
    if (!call.args.empty() && call.args.front().starts_with('-'))
        if (const auto code = command.parse())
            return *code;
    require_handler();
    const Request wanted = request(call.args);
    report(wanted);
    execve(wanted.program.c_str(), pointers(wanted.arguments).data(), pointers(wanted.environment).data());
    throw system_trouble("execute " + wanted.program).legacy("");
}

} // namespace applet
