// SPDX-License-Identifier: GPL-2.0-only
// Makes policies that say where an execution leads, and chains of executions.
#include "tests/differential/transitions.h"

#include "tests/differential/random.h"

namespace differential {

using std::string;
using Strings = std::vector<string>;

const char* const first_program = "/differential/guest";

// Made by chain_on_kernel(): /t/l and /t/d/n are symbolic links, /t/e is one to a directory, /t/s.sh is a
// script.
const std::vector<Program> programs = {
    {"/t/a", "/t/a", "/t/a", "/t/a"},
    {"/t/b", "/t/b", "/t/b", "/t/b"},
    {"/t/x1", "/t/x1", "/t/x1", "/t/x1"},
    {"/t/x22", "/t/x22", "/t/x22", "/t/x22"},
    {"/t/d/c", "/t/d/c", "/t/d/c", "/t/d/c"},
    {"/t/l", "/t/l", "/t/a", "/t/a"},
    {"/t/d/n", "/t/d/n", "/t/b", "/t/b"},
    {"/t/../t/a", "/t/a", "/t/a", "/t/a"},
    {"/t/d/.././b", "/t/b", "/t/b", "/t/b"},
    {"/t/e/c", "/t/d/c", "/t/d/c", "/t/d/c"},
    {"/t/e/n", "/t/d/n", "/t/b", "/t/b"},
    {"/t/s p", "/t/s\\040p", "/t/s\\040p", "/t/s\\040p"},
    {"/t/\303\251", "/t/\\303\\251", "/t/\\303\\251", "/t/\\303\\251"},
    {"/t/s.sh", "/t/s.sh", "/t/s.sh", "/t/a"},
    {"/proc/self/exe", "proc:/self/exe", "", ""},
};

namespace {

// A word for the chain's text; an empty one is still a word.
string packed(const string& bytes) {
    string text = "x";
    for (const char byte : bytes) {
        char digits[3];
        snprintf(digits, sizeof(digits), "%02x", static_cast<unsigned char>(byte));
        text += digits;
    }
    return text;
}

string unpacked(const string& word) {
    string bytes;
    for (size_t i = 1; i + 1 < word.size(); i += 2)
        bytes += static_cast<char>(std::stoi(word.substr(i, 2), nullptr, 16));
    return bytes;
}

Strings split(const string& text, char separator) {
    Strings parts;
    for (size_t at = 0; at <= text.size();) {
        const size_t end = std::min(text.find(separator, at), text.size());
        parts.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return parts;
}

string packed_list(const Strings& list) {
    string text;
    for (const string& item : list)
        text += (text.empty() ? "" : ",") + packed(item);
    return text;
}

Strings unpacked_list(const string& text) {
    Strings list;
    if (!text.empty())
        for (const string& word : split(text, ','))
            list.push_back(unpacked(word));
    return list;
}

class Scenario {
public:
    Scenario(size_t seed, size_t number)
        : random_(seed, number + (1ULL << 32)), mark_(std::to_string(number)),
          groups_({std::to_string(number * 2 % 256), std::to_string((number * 2 + 1) % 256)}),
          batch_{std::to_string(seed) + ":" + mark_, Batch::plain, {}},
          false_conditions_(random_.chance(60)) {}

    Batch make() {
        profiles();
        start_ = "<kernel> //s" + mark_;
        // So long a name that some of its children cannot be.
        if (random_.chance(10))
            start_ += " /" + string(random_.between(4040, 4083) - start_.size() - 2, 'l');
        exceptions();
        domain(start_, 90);
        // Where the chain is likely to come.
        for (size_t i = random_.between(1, 5); i-- > 0;)
            domain((random_.chance(60) && start_.size() < 100 ? start_ : "<kernel>") + ' ' + policy_name(),
                   70);
        for (const char* other : {"<n>", "<n> /j", "</t/a>", "</t/b>", "<n> /t/a"})
            if (random_.chance(60))
                domain(other, 50);
        Chain chain{start_, {}};
        for (size_t i = random_.between(4, 10); i-- > 0;)
            chain.hops.push_back(hop());
        batch_.steps.push_back({Step::run, differential::chain, chain_text(chain)});
        return batch_;
    }

private:
    void write(File file, const string& line) { batch_.steps.push_back({Step::write, file, line}); }

    void profiles() {
        const char* const modes[] = {"enforcing", "permissive", "learning"};
        for (const string space : {"", "<n> "})
            for (int i = 0; i < 3; i++)
                if (space.empty() || i == 0)
                    write(profile,
                          space + std::to_string(i + 1) + "-CONFIG::file::execute={ mode=" + modes[i] + " }");
        write(profile, "4-PREFERENCE={ max_learning_entry=1 }");
        write(profile, "4-CONFIG::file::execute={ mode=learning }");
    }

    // A program as policy names it.
    string name() { return random_.chance(10) ? "/agg" + mark_ : random_.pick(programs).name; }

    string pattern() {
        return random_.pick({"/t/\\*", "/t/x\\$", "/t/\\?", "/\\{\\*\\}/c", "/t/d/\\@", "/t/\\*\\-a",
                             "/t/s\\*", "proc:/self/\\*", "/\\{t\\}/a", "/t/\\@", "/t/\\A", "/t/\\*.sh",
                             "/agg\\$"});
    }

    // How a domain's last word may come to be.
    string policy_name() {
        return random_.chance(75) ? name() : random_.chance(50) ? pattern() : random_.pick({"//p", "/q"});
    }

    string place() {
        switch (random_.below(5)) {
        case 0:
            return "any";
        case 1:
            return start_;
        case 2:
            return start_ + ' ' + policy_name();
        case 3:
            return "<kernel> " + policy_name();
        default:
            return random_.chance(30) ? "//s" + mark_ : policy_name();
        }
    }

    void exceptions() {
        for (size_t i = random_.below(7); i-- > 0;) {
            const string rule =
                random_.pick({"initialize_domain", "initialize_domain", "no_initialize_domain", "keep_domain",
                              "keep_domain", "no_keep_domain", "reset_domain", "no_reset_domain"});
            // Resetting mostly fails, so it is for few programs.
            const string program = rule == "reset_domain" ? random_.pick({"/t/a", "/t/b", "/t/x1"})
                                   : random_.chance(15)   ? "any"
                                                          : policy_name();
            write(exception_policy, rule + ' ' + program + " from " + place());
        }
        for (size_t i = random_.chance(50) ? random_.between(1, 2) : 0; i-- > 0;)
            write(exception_policy,
                  "aggregator " + (random_.chance(50) ? pattern() : name()) + " /agg" + mark_);
        for (size_t i = random_.below(4); i-- > 0;)
            write(exception_policy, "path_group P" + mark_ + ' ' + (random_.chance(50) ? pattern() : name()));
        if (random_.chance(50))
            write(exception_policy, "number_group N" + mark_ + ' ' + random_.pick({"0", "0-5", "1-3", "7"}));
        for (const string& group : groups_) {
            for (size_t i = random_.below(3); i-- > 0;)
                group_entry(group, entry());
            for (const string& entry : catch_all())
                group_entry(group, entry);
        }
    }

    // Of entries the order counts, hence a condition that no other batch has.
    void group_entry(const string& group, const string& entry) {
        write(exception_policy, "acl_group " + group + ' ' + entry + ' ' + mark_ + '=' + mark_);
    }

    void domain(const string& name, unsigned entries) {
        write(domain_policy, name);
        if (random_.chance(70))
            // The kernel's warning of a quota would be cut off behind a long name, and not be known.
            write(domain_policy, "use_profile " + (name.size() > 100 ? random_.pick({"0", "1", "2", "3"})
                                                                     : random_.pick({"0", "0", "1", "1", "1",
                                                                                     "2", "3", "4"})));
        if (random_.chance(40))
            write(domain_policy, "use_group " + random_.pick(groups_));
        if (!random_.chance(entries))
            return;
        for (size_t i = random_.between(1, 6); i-- > 0;)
            write(domain_policy, entry());
        for (const string& entry : catch_all())
            write(domain_policy, entry);
    }

    // Mainline lets an entry name the child even when its conditions fail and nothing else grants (D-02). So
    // something else has to grant whenever conditions of entries that name another child may fail.
    Strings catch_all() const {
        if (!false_conditions_)
            return {};
        return {"file execute /\\*", "file execute /t/\\*", "file execute /t/d/\\*",
                "file execute proc:/self/\\*"};
    }

    string entry() {
        const size_t kind = random_.below(10);
        const bool literal = kind < 6;
        const string what = literal ? name() : kind < 8 ? pattern() : "@P" + mark_;
        return "file execute " + what + argument() + conditions(literal || false_conditions_);
    }

    string argument() {
        switch (random_.below(12)) {
        case 0:
            return " keep";
        case 1:
            return " child";
        case 2:
            return " initialize";
        case 3:
            return " reset";
        case 4:
            return " parent";
        case 5:
            return ' ' + random_.pick({"//p", "/q", "/t/a", "//p/\\*"});
        case 6:
            return ' ' + random_.pick({"<kernel> /q", "<kernel>", "<n> /j", "<n> /j", "<n>", "<nope> /x",
                                       "<kernel> //p /q"});
        default:
            return "";
        }
    }

    string conditions(bool may_fail) {
        string text;
        while (random_.chance(35))
            text +=
                ' ' +
                (may_fail && random_.chance(60)
                     ? random_.pick(Strings{"task.uid=1",
                                            "task.uid!=0",
                                            "exec.argc=1",
                                            "exec.argc=2-3",
                                            "exec.argc!=1",
                                            "exec.argv[1]=\"-c\"",
                                            "exec.argv[1]!=\"-c\"",
                                            "exec.argv[0]=\"x\"",
                                            "exec.argv[0]=\"/t/\\*\"",
                                            "exec.argv[2]=\"a\\040b\"",
                                            "exec.argv[1]=\"\"",
                                            "exec.argv[7]=\"x\"",
                                            "exec.argv[7]!=\"x\"",
                                            "exec.envp[\"A\"]=\"1\"",
                                            "exec.envp[\"A\"]!=\"1\"",
                                            "exec.envp[\"A\"]=NULL",
                                            "exec.envp[\"A\"]!=NULL",
                                            "exec.envp[\"LC_\\*\"]=\"C\"",
                                            "exec.envp[\"A\"]=\"\\$\"",
                                            "exec.envp[\"B\"]=\"\"",
                                            "exec.envp[\"noeq\"]=NULL",
                                            "exec.envc=0",
                                            "exec.envc=2-9",
                                            "exec.realpath=\"/t/a\"",
                                            "exec.realpath=\"/t/\\*\"",
                                            "exec.realpath!=\"/t/b\"",
                                            "exec.realpath=@P" + mark_,
                                            "path1.type=directory",
                                            "path1.perm=setuid",
                                            "path1.perm!=others_read",
                                            "path1.uid=1",
                                            "exec.argc=@N" + mark_,
                                            "task.uid=@N" + mark_,
                                            "symlink.target=\"/t/a\"",
                                            "path2.uid=0",
                                            "0=1",
                                            "exec.argc=path1.uid"})
                     : random_.pick({"task.uid=0", "task.gid=0-5", "path1.type=file",
                                     "path1.perm=owner_execute", "path1.parent.uid=0", "path1.uid=task.uid",
                                     "path1.perm=0755", "path1.parent.perm!=sticky", "exec.argc=1-99", "0=0",
                                     "path1.parent.gid!=1", "grant_log=yes", "task.euid!=1", "0-5=5-9"}));
        // grant_log= is given once only.
        const size_t first = text.find(" grant_log=yes");
        for (size_t at;
             first != string::npos && (at = text.find(" grant_log=yes", first + 1)) != string::npos;)
            text.erase(at, 14);
        return text;
    }

    Hop hop() {
        const Program& program = random_.pick(programs);
        Hop hop{
            program.path, {random_.chance(60) ? program.path : random_.pick({"x", "", "a b", "/t/a"})}, {}};
        for (size_t i = random_.below(4); i-- > 0;)
            hop.argv.push_back(random_.pick({"-c", "a b", "", "42", "\303\251", "x\\y"}));
        for (size_t i = random_.below(4); i-- > 0;)
            hop.envp.push_back(
                random_.pick({"A=1", "A=2", "A=x", "B=", "LC_ALL=C", "LC_TIME=de", "noeq", "A=1=2"}));
        return hop;
    }

    Random random_;
    string mark_;
    // Rules and groups that the kernel has not collected yet would come back in their old order: names and
    // numbers differ from those of the batches before.
    Strings groups_;
    Batch batch_;
    bool false_conditions_;
    string start_;
};

} // namespace

string chain_text(const Chain& chain) {
    string text = chain.domain + '\n';
    for (const Hop& hop : chain.hops)
        text += packed(hop.path) + ' ' + packed_list(hop.argv) + ' ' + packed_list(hop.envp) + '\n';
    return text;
}

Chain parse_chain(const string& text) {
    Strings lines = split(text, '\n');
    Chain chain{lines[0], {}};
    for (size_t i = 1; i + 1 < lines.size(); i++) {
        const Strings words = split(lines[i], ' ');
        chain.hops.push_back({unpacked(words[0]), unpacked_list(words[1]), unpacked_list(words[2])});
    }
    return chain;
}

size_t hops_of(const string& text) { return parse_chain(text).hops.size(); }

Batch transitions_beginning() {
    // One namespace with a profile for its domains, one without.
    return {"0:1",
            Batch::plain,
            {{Step::write, profile, "</t/a> 0-COMMENT="},
             {Step::write, exception_policy, "</t/b> path_group G /a"}}};
}

Batch transitions_batch(size_t seed, size_t number) { return Scenario(seed, number).make(); }

} // namespace differential
