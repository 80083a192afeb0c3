// SPDX-License-Identifier: GPL-2.0-only
// Upgrade: a file, line by line.
#include "tomoyo-box/policy/check/remarks.h"
#include "tomoyo-box/policy/language/words.h"
#include "tomoyo-box/policy/template/template.h"
#include "tomoyo-box/policy/upgrade/converter.h"

#include <algorithm>
#include <cctype>

namespace policy::upgrade {

namespace {

// How the kernel calls a file follows from its file system (kernel ABI specification 3.12). There a file of
// sysfs has its path, other than it had for 2.4.
constexpr Renamed mounted[] = {
    {"/proc/", "proc:/"},
    {"/sys/kernel/security/", "securityfs:/"},
    {"/sys/kernel/debug/", "debugfs:/"},
    {"/dev/pts/", "devpts:/"},
};
constexpr Renamed unmounted[] = {{"sysfs:/", "/sys/"}};

constexpr Renamed tools[] = {
    {"/usr/lib/ccs/ccs-", "/usr/sbin/tomoyo-"},
    {"/usr/lib/ccs/", "/usr/sbin/tomoyo-"},
    {"/usr/sbin/ccs-", "/usr/sbin/tomoyo-"},
};

constexpr Renamed quotas[] = {
    {"Policy:", "Memory used by policy:"},
    {"Audit logs:", "Memory used by audit log:"},
    {"Query lists:", "Memory used by query message:"},
};

constexpr Renamed ccs_words[] = {
    {"/proc/ccs/", "/sys/kernel/security/tomoyo/"},
    {"/etc/ccs/", "/etc/tomoyo/"},
    {"ccs-", "tomoyo-"},
};

constexpr const char* no_transition = "2.6 has only 'task manual_domain_transition'";
constexpr const char* no_handler = "2.6 has no execute handlers";
constexpr const char* no_capability = "2.6 does not know capabilities";
constexpr const char* no_signal = "2.6 does not check signals";

// Why 2.6 does not understand a line, where more is known about it than just that.
constexpr struct {
    const char* begin;
    const char* reason;
} gone[] = {
    {"allow_transit ", no_transition},
    {"task auto_domain_transition ", no_transition},
    {"allow_signal ", no_signal},
    {"ipc ", no_signal},
    {"allow_capability ", no_capability},
    {"capability ", no_capability},
    {"execute_handler ", no_handler},
    {"denied_execute_handler ", no_handler},
    {"task auto_execute_handler ", no_handler},
    {"task denied_execute_handler ", no_handler},
    {"alias ", "2.6 knows a program by the name of the link itself"},
    {"deny_autobind ", "2.6 does not choose ports"},
    {"deny_rewrite ", "2.6 has 'file append' in the domains instead"},
};

// What is in front of an entry in exception policy.
std::string_view take_head(std::string_view& line) {
    const std::string_view whole = line;
    take_namespace(line);
    if (strip(line, "acl_group "))
        take_word(line);
    return whole.substr(0, whole.size() - line.size());
}

// Does LINE say what WHOLE says, but of fewer operations?
bool is_part(Language language, std::string_view line, std::string_view whole) {
    const auto operations = [&](std::string_view text) -> unsigned {
        const Line parsed = parse_line(language, text);
        if (const auto* domain = std::get_if<DomainLine>(&parsed))
            return domain->entry.operations;
        const auto* exception = std::get_if<ExceptionLine>(&parsed);
        return exception ? exception->exception.entry.operations : 0;
    };
    return (operations(line) & ~operations(whole)) == 0;
}

// A file of policy says what there is. Orders are for those who change a policy.
bool is_order(std::string_view line) {
    return line.starts_with(delete_word) || line.starts_with("select ") || line == "reset";
}

} // namespace

bool put_other(Change& change, std::string_view& word, std::span<const Renamed> names) {
    for (const Renamed& name : names)
        if (strip(word, name.before)) {
            change.put(name.now);
            return true;
        }
    return false;
}

Change& Change::put(std::string_view words) {
    same = false;
    text += words;
    return *this;
}

Change& Change::put(const char* words) { return put(std::string_view(words)); }

Change& Change::put(unsigned number) { return put(std::to_string(number)); }

Change& Change::put_renamed(std::string_view words, Versions from) {
    while (!words.empty()) {
        std::string_view word = take_word(words);
        if (within(from, first_syntax))
            put_other(*this, word, mounted);
        else if (within(from, one_group))
            put_other(*this, word, unmounted);
        // Since Linux 5.5 a socket has nothing but a number.
        if (word.starts_with("socket:[family=") && word.ends_with(']'))
            word = "socket:[\\$]";
        put(word).put(words.empty() ? "" : " ");
    }
    return *this;
}

void Change::lose(const char* why) {
    same = false;
    reason = why;
    text.clear();
}

Converter::Converter(const Document& document, const Context& context)
    : document_(document), context_(context) {}

void Converter::convert_manager(std::string_view line) {
    if (!is_from(ccs_versions))
        return (void)change_.put_renamed(line, context_.from).put("\n");
    while (!line.empty()) {
        std::string_view word = take_word(line);
        put_other(change_, word, tools);
        change_.put(word).put(line.empty() ? "\n" : " ");
    }
}

void Converter::convert_quota(std::string_view line) {
    if (put_other(change_, line, quotas))
        change_.put(line).put("\n");
    else if (line.starts_with("Shared:") || line.starts_with("Private:"))
        change_.lose("2.6 counts all memory of policy together: Memory used by policy");
}

void Converter::convert(size_t i, std::string_view text) {
    switch (document_.language()) {
    case Language::domains:
        return convert_domain_line(i, text);
    case Language::exceptions:
        return convert_exception(text);
    case Language::profiles:
        return convert_profile_line(text);
    case Language::managers:
        return convert_manager(text);
    case Language::quotas:
        return convert_quota(text);
    }
}

const char* Converter::refusal(std::string_view text) const {
    while (!text.empty())
        if (const auto problem = find_problem(document_.language(), take_line(text)))
            return problem->reason;

    return nullptr;
}

void Converter::line(size_t i) {
    const std::string_view text = document_.text(i);
    change_.same = true;
    change_.reason = nullptr;
    change_.text.clear();
    if (document_.raw(i).find('\0') != std::string_view::npos)
        change_.lose("it holds a NUL byte");
    else if (is_order(text))
        change_.lose("an order, not a part of a policy");
    else if (!text.empty() && text.front() != '#')
        convert(i, text);
    judge(text);
    if (!change_.same && change_.text.empty() && is_heading(text))
        leave_domain();
    write(i);
    if (context_.adds_socket_types)
        add_socket_types(i);
}

// What no socket does grants nothing.
void Converter::drop_useless(std::string_view text) {
    std::string useful;
    for_each_line(text, [&](std::string_view line) {
        const auto remark =
            remark_on(document_.language(), line, parse_line(document_.language(), line), false);
        if (!remark || !remark->error)
            return (void)useful.append(line).append("\n");
        change_.same = false;
        if (!change_.reason)
            change_.reason = "2.6 does not ask about that";
        if (remark->advice.kind == Advice::correction &&
            is_part(document_.language(), remark->advice.text, line))
            useful.append(remark->advice.text).append("\n");
    });
    if (!change_.same)
        change_.text = std::move(useful);
}

// What comes out must be understood, as a whole or not at all.
void Converter::judge(std::string_view text) {
    const Language language = document_.language();
    const std::string now(change_.same ? text : std::string_view(change_.text));
    const char* refused = refusal(now);
    if (refused && !change_.reason && (language == Language::domains || language == Language::exceptions)) {
        std::string_view entry = std::string_view(now).substr(0, now.find('\n'));
        change_.text.clear();
        head_ = take_head(entry);
        repair(entry);
        refused = change_.text.empty() ? (change_.reason ? change_.reason : refused) : refusal(change_.text);
    }
    if (refused)
        change_.lose(refused);
    else if (language == Language::domains || language == Language::exceptions)
        drop_useless(std::string(change_.same ? text : std::string_view(change_.text)));
    if (change_.reason && change_.text.empty()) {
        take_head(text);
        for (const auto& known : gone)
            if (text.starts_with(known.begin))
                change_.reason = known.reason;
    } else if (change_.text.size() == text.size() + 1 && change_.text.starts_with(text)) {
        change_.same = true;
    }
}

void Converter::write(size_t i) {
    std::string& to = result_.text;
    std::string_view raw = document_.raw(i);
    const bool something = change_.same || !change_.text.empty();
    if (change_.reason) {
        result_.losses.push_back({i, change_.reason, something});
        to.append(something ? "# not wholly converted (" : "# not converted (");
        to.append(change_.reason).append("): ");
        // No reader of policy takes a line with a NUL, not even a comment.
        for (size_t nul; (nul = raw.find('\0')) != std::string_view::npos; raw.remove_prefix(nul + 1))
            to.append(raw.substr(0, nul)).append("\\000");
        to.append(raw).append("\n");
    }
    if (change_.same)
        to.append(raw).append("\n");
    else
        to.append(change_.text);
    if (something || !change_.reason)
        (change_.same ? result_.kept : result_.converted)++;
    if (document_.language() != Language::profiles)
        return;
    // A profile without its line may not be there at all, which no kernel starts with.
    for_each_line(change_.same ? document_.text(i) : std::string_view(change_.text),
                  [&](std::string_view line) {
                      const auto remark =
                          remark_on(Language::profiles, line, parse_line(Language::profiles, line), false);
                      if (remark && remark->error)
                          result_.doubts.push_back({i, "the kernel passes over a word of it", true});
                  });
}

Result Converter::run() {
    const Language language = document_.language();
    if (language == Language::domains)
        survey_domains();
    if (language == Language::profiles)
        survey_profiles();
    if (context_.adds_socket_types)
        survey_sockets();
    if (language == Language::profiles && is_from(first_syntax) && !has_version_)
        result_.text += "PROFILE_VERSION=20150505\n";
    const size_t lines = document_.size();
    if (lines > 0) {
        const std::string_view last = document_.raw(lines - 1);
        const auto size = static_cast<size_t>(last.data() + last.size() - document_.raw(0).data());
        result_.text.reserve(size + size / 4); // growing would take twice as much for a while
    }
    for (size_t i = 0; i < lines; i++) {
        put_pending_group(i);
        line(i);
    }
    put_pending_group(lines);
    if (language == Language::exceptions && is_from(first_syntax))
        result_.text.append(any_name_groups).append(harmless_template);
    return std::move(result_);
}

Result convert(const Document& document, const Context& context) {
    return Converter(document, context).run();
}

std::string convert_tools(std::string_view text, Versions from) {
    if (!within(from, ccs_versions))
        return std::string(text);
    Change now;
    for (char before = '\n'; !text.empty();) {
        if (!isalnum(static_cast<unsigned char>(before)) && put_other(now, text, ccs_words))
            continue;
        before = text.front();
        now.put(text.substr(0, 1));
        text.remove_prefix(1);
    }
    return now.text;
}

} // namespace policy::upgrade
