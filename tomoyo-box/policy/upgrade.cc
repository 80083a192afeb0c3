// SPDX-License-Identifier: GPL-2.0-only
// Upgrade: a file, line by line.
#include "tomoyo-box/policy/upgrade.h"

#include "tomoyo-box/policy/template.h"
#include "tomoyo-box/policy/upgrade_change.h"
#include "tomoyo-box/policy/words.h"

#include <algorithm>
#include <utility>

namespace policy::upgrade {

namespace {

constexpr std::string_view new_version = "PROFILE_VERSION=20150505\n";

// No NUL: no reader of policy takes a line with one, not even a comment.
void append_comment(std::string& to, const Loss& loss, std::string_view raw) {
    to.append(loss.partly ? "# not wholly converted (" : "# not converted (")
        .append(loss.reason)
        .append("): ");
    for (size_t nul; (nul = raw.find('\0')) != std::string_view::npos; raw.remove_prefix(nul + 1))
        to.append(raw.substr(0, nul)).append("\\000");
    to.append(raw).append("\n");
}

// A file of policy says what there is. Orders are for those who change a policy.
bool is_order(std::string_view line) {
    return line.starts_with(delete_word) || line.starts_with("select ") || line == "reset";
}

// What is in front of an entry in exception policy says nothing about it.
std::string_view entry_of(std::string_view line) {
    take_namespace(line);
    if (strip(line, "acl_group "))
        take_word(line);
    return line;
}

class Converter {
public:
    Converter(const Document& document, const Context& context) : document_(document), context_(context) {
        if (document.language() == Language::domains)
            domains_.emplace(document, context);
        if (document.language() == Language::profiles)
            profiles_.emplace(document, context);
    }

    Result run() {
        if (profiles_ && profiles_->needs_version())
            result_.text += new_version;
        for (size_t i = 0; i < document_.size(); i++) {
            if (domains_)
                result_.text += domains_->before(i);
            line(i);
        }
        if (domains_)
            result_.text += domains_->before(document_.size());
        if (document_.language() == Language::exceptions && within(context_.from, first_syntax))
            result_.text.append(any_name_groups).append(harmless_template);
        return std::move(result_);
    }

private:
    void line(size_t i) {
        const std::string_view text = document_.text(i), raw = document_.raw(i);
        Change change;
        if (raw.find('\0') != std::string_view::npos)
            change.lose("it holds a NUL byte");
        else if (is_order(text))
            change.lose("an order, not a part of a policy");
        else if (!text.empty() && text.front() != '#')
            convert(i, text, change);
        if (change.reason && domains_ && is_heading(text))
            domains_->leave();
        // What comes out must be understood, as a whole or not at all.
        const char* const refused = change.same ? refusal(text) : refusal(change.text);
        if (refused) {
            const char* const known = reason_for(entry_of(text));
            change.lose(known ? known : refused);
            change.text.clear();
            change.rule.clear();
        }
        write(i, raw, change);
    }

    // The first problem of the lines in TEXT.
    const char* refusal(std::string_view text) const {
        while (!text.empty()) {
            const size_t end = std::min(text.find('\n'), text.size());
            if (const auto problem = find_problem(document_.language(), text.substr(0, end)))
                return problem->reason;
            text.remove_prefix(std::min(end + 1, text.size()));
        }
        return nullptr;
    }

    void convert(size_t i, std::string_view text, Change& change) {
        switch (document_.language()) {
        case Language::domains:
            return domains_->convert(i, change);
        case Language::exceptions:
            return convert_exception(text, context_, change);
        case Language::profiles:
            return profiles_->convert(text, change);
        case Language::managers:
            return convert_manager(text, context_.from, change);
        case Language::quotas:
            return convert_quota(text, change);
        }
    }

    void write(size_t i, std::string_view raw, const Change& change) {
        if (change.reason) {
            result_.losses.push_back({i, change.reason, !change.text.empty()});
            append_comment(result_.text, result_.losses.back(), raw);
        }
        if (change.same) {
            result_.kept++;
            result_.text.append(raw).append("\n");
        } else if (!change.reason || !change.text.empty()) {
            result_.converted++;
            result_.text += change.text;
            result_.rules += change.rule;
        }
    }

    const Document& document_;
    const Context& context_;
    std::optional<Domains> domains_;
    std::optional<Profiles> profiles_;
    Result result_;
};

} // namespace

Result convert(const Document& document, const Context& context) {
    return Converter(document, context).run();
}

} // namespace policy::upgrade
