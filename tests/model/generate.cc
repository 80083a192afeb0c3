// SPDX-License-Identifier: GPL-2.0-only
// Valid lines and requests made of chance.
#include "tests/model/generate.h"

#include "lsm/engine/word.h"

#include <iterator>

namespace model {

namespace {

// ---- Names and patterns ---------------------------------------------------------------------------------

const char* const literals[] = {
    "a", "b", "1", "/", "/a", "/b/", "/lib", ".so", ".", "\\\\", "\\040", "22", "aaaaaaaaaaaaaaaa", "proc:/"};
const char* const wildcards[] = {
    "\\*", "\\@", "\\?",  "\\$",     "\\+",       "\\X",         "\\x",
    "\\A", "\\a", "\\-a", "\\-b.so", "/\\{a\\}/", "/\\{\\*\\}/", "/\\{\\*\\-b\\}/"};

// What is often asked for and often granted.
const char* const usual_names[] = {"/a", "/b", "/a/b", "/lib/a.so", "/lib/", "/a/a/b/", "/aaaaaaaaaaaaaaaab"};
const char* const usual_patterns[] = {"/\\*",        "/a\\*",       "/\\*/b",      "/\\{\\*\\}/",
                                      "/\\{a\\}/b/", "/lib/\\*.so", "/lib/\\@.so", "/aaaaaaaaaaaaaaaa\\*",
                                      "/\\*\\-a",    "\\*"};

std::string make_text(Chance& chance, bool patterns) {
    if (chance.one_in(2))
        return patterns ? chance.pick(usual_patterns) : chance.pick(usual_names);
    std::string text = chance.one_in(8) ? "" : "/";
    for (unsigned pieces = 1 + chance.below(5); pieces; pieces--)
        text += patterns && chance.below(2) ? chance.pick(wildcards) : chance.pick(literals);
    return text;
}

// Where the component of a pattern ends that begins or goes on at this place.
size_t component_end(const std::string& pattern, size_t at) {
    while (at < pattern.size() && pattern[at] != '/' && pattern.compare(at, 2, "\\}"))
        at += pattern[at] == '\\' ? 2 : 1;
    return at;
}

// A name that may well match the pattern.
std::string make_match(Chance& chance, const std::string& pattern) {
    std::string name;
    for (size_t i = 0; i < pattern.size();) {
        const char c = pattern[i], next = i + 1 < pattern.size() ? pattern[i + 1] : '\0';
        if (c != '\\' || next == '\\' || (next >= '0' && next <= '3')) {
            const size_t length = c != '\\' ? 1 : next == '\\' ? 2 : 4;
            name += pattern.substr(i, length);
            i += length;
            continue;
        }
        i += 2;
        static const char *const any[] = {"", "a", "b.so", "a\\040"}, *const plain[] = {"", "a", "\\\\"};
        static const char *const digits[] = {"1", "22"}, *const hexadecimal[] = {"a", "1F"};
        static const char *const letters[] = {"a", "Zb"}, *const one[] = {"a", "\\040", "1"};
        switch (next) {
        case '*':
            name += chance.pick(any);
            break;
        case '@':
            name += chance.pick(plain);
            break;
        case '?':
            name += chance.pick(one);
            break;
        case '$':
            name += chance.pick(digits);
            break;
        case 'X':
            name += chance.pick(hexadecimal);
            break;
        case 'A':
            name += chance.pick(letters);
            break;
        case '+':
            name += '7';
            break;
        case 'x':
            name += 'c';
            break;
        case 'a':
            name += 'q';
            break;
        case '-':
            i = component_end(pattern, i);
            break;
        case '{': {
            const size_t end = component_end(pattern, i);
            const std::string part = make_match(chance, pattern.substr(i, end - i));
            name += part;
            if (chance.one_in(2))
                name.append("/").append(part);
            i = end + 2;
            break;
        }
        default:
            break;
        }
    }
    return name.empty() ? "/" : name;
}

// ---- Numbers and addresses ------------------------------------------------------------------------------

const char* const groups[] = {"@G", "@H"};
const char* const numbers[] = {"0",       "1",       "8",  "010",         "0x8",   "0X1f",  "5-9",
                               "0-4",     "00",      "6",  "7-0x10",      "10-10", "8-010", "64-127",
                               "0-65535", "100-300", "33", "0x100-0x1FF", "05"};
const char* const large_numbers[] = {"18446744073709551615", "0-18446744073709551615",
                                     "4294967296-4294967999", "0x8000000000000000-0xffffffffffffffff",
                                     "65536"};
const char* const addresses[] = {"10.0.0.1",          "10.0.0.0-10.0.0.255",
                                 "10.0.0.5-10.0.1.9", "0.0.0.0-255.255.255.255",
                                 "10.0.0.2",          "::1",
                                 "2001:0DB8::00FF",   "2001:db8::-2001:db8::ffff",
                                 "::-ffff::",         "::ffff:10.0.0.1",
                                 "10.0.0.1-10.0.0.1", "10.0.0.7"};

template <class List> std::string group_or(Chance& chance, const List& list) {
    return chance.one_in(6) ? chance.pick(groups) : chance.pick(list);
}

std::string make_number(Chance& chance) {
    return chance.one_in(12) ? chance.pick(large_numbers) : group_or(chance, numbers);
}

std::string make_single_number(Chance& chance) {
    return std::to_string(number_range(chance.pick(numbers)).low);
}

// ---- Conditions -----------------------------------------------------------------------------------------

const char* const facts_of_task[] = {"task.uid",  "task.euid", "task.suid",  "task.fsuid", "task.gid",
                                     "task.egid", "task.sgid", "task.fsgid", "task.pid",   "task.ppid"};
const char* const facts_of_path[] = {".uid",  ".gid",  ".ino",       ".major",    ".minor",
                                     ".perm", ".type", ".dev_major", ".dev_minor"};
const char* const facts_of_parent[] = {".uid", ".gid", ".ino", ".perm"};
const char* const constants[] = {"socket",        "symlink",      "file",          "block",
                                 "directory",     "char",         "fifo",          "setuid",
                                 "setgid",        "sticky",       "owner_read",    "owner_write",
                                 "owner_execute", "group_read",   "group_write",   "group_execute",
                                 "others_read",   "others_write", "others_execute"};
const char* const modes[] = {"0100000", "040000", "0400", "0644", "04755", "1-5", "0"};
const char* const paths[] = {"path1", "path2"};

std::string make_operand(Chance& chance) {
    switch (chance.below(8)) {
    case 0:
        return make_single_number(chance);
    case 1:
        return chance.pick(modes);
    case 2:
        return chance.pick(constants);
    case 3:
        return chance.pick(facts_of_task);
    case 4:
        return chance.pick(paths) + std::string(".parent") + chance.pick(facts_of_parent);
    case 5:
        return chance.one_in(2) ? "exec.argc" : "exec.envc";
    default:
        return std::string(chance.pick(paths)) + chance.pick(facts_of_path);
    }
}

std::string make_quoted(Chance& chance) {
    return "\"" + (chance.one_in(8) ? "" : make_text(chance, chance.one_in(2))) + "\"";
}

std::string make_conditions(Chance& chance) {
    std::string text;
    for (unsigned count = chance.one_in(3) ? chance.below(4) : 0; count; count--)
        text += " " + make_condition(chance);
    if (chance.one_in(12))
        text += chance.one_in(2) ? " grant_log=yes" : " grant_log=no";
    return text;
}

// ---- Entries --------------------------------------------------------------------------------------------

// Some operations of the kind, in any order.
std::string make_operations(Chance& chance, u8 kind) {
    const Strings& words = words_of(kind);
    std::string list = chance.pick(words);
    for (unsigned more = chance.one_in(3) ? chance.below(3) : 0; more; more--)
        list += "/" + chance.pick(words);
    return list;
}

std::string make_transition(Chance& chance) {
    static const char* const transitions[] = {" keep",   " child", " initialize", " reset",
                                              " parent", " //p",   " /a"};
    switch (chance.below(8)) {
    case 0:
        return " " + make_domain(chance);
    case 1:
    case 2:
    case 3:
        return chance.pick(transitions);
    default:
        return "";
    }
}

std::string make_operand(Chance& chance, const Entry& entry, size_t place) {
    switch (operands_of(entry.kind)[place]) {
    case Operand::number: {
        // A port has 16 bits (3.4).
        const std::string number = make_number(chance);
        return entry.kind == TMY_INET && number[0] != '@' && number_range(number).high > 65535 ? "65535"
                                                                                               : number;
    }
    case Operand::address:
        return group_or(chance, addresses);
    case Operand::domain:
        return make_domain(chance);
    case Operand::name:
        break;
    }
    if (entry.kind != TMY_ENV && chance.one_in(8))
        return chance.pick(groups);
    return chance.one_in(2) ? make_pattern(chance) : make_name(chance);
}

std::string head_of(const Entry& entry, const std::string& operations) {
    switch (entry.kind) {
    case TMY_INET:
        return "network inet " + protocol_word(entry.protocol) + " " + operations;
    case TMY_UNIX:
        return "network unix " + protocol_word(entry.protocol) + " " + operations;
    case TMY_ENV:
        return "misc env";
    case TMY_TRANSITION:
        return "task manual_domain_transition";
    default:
        return "file " + operations;
    }
}

u8 make_kind(Chance& chance) {
    const unsigned kind = chance.below(2 * TMY_KINDS);
    return kind < TMY_KINDS ? static_cast<u8>(kind) : static_cast<u8>(TMY_PATH);
}

// The entry with only some of its operations.
std::string less_of(Chance& chance, Entry entry) {
    const unsigned some = chance.below(256);
    if (chance.one_in(2) && (entry.operations & some))
        entry.operations &= some;
    return print_entry(entry);
}

// ---- Lines ----------------------------------------------------------------------------------------------

const char* const spaces[] = {"", "", "", "<kernel> ", "<ns> ", "</a> ", "<k> "};
const char* const programs[] = {"any", "/a", "/lib", "/b/", "/a/\\*", "/lib\\*"};

std::string make_small_number(Chance& chance) { return std::to_string(chance.below(4)); }

std::string make_place(Chance& chance) {
    return chance.one_in(2) ? make_domain(chance) : chance.pick(programs);
}

std::string make_directive(Chance& chance) {
    static const char* const words[] = {"reset_domain",         "no_reset_domain", "initialize_domain",
                                        "no_initialize_domain", "keep_domain",     "no_keep_domain"};
    const std::string word = chance.pick(words);
    if (chance.one_in(3))
        return word + " " + (word.ends_with("keep_domain") ? make_place(chance) : chance.pick(programs));
    return word + " " + chance.pick(programs) + " from " + make_place(chance);
}

std::string make_exception(Chance& chance) {
    const std::string group = std::string(chance.pick(groups)).substr(1) + " ";
    switch (chance.below(8)) {
    case 0:
        return make_directive(chance);
    case 1: {
        const std::string to = make_name(chance);
        return "aggregator " + make_pattern(chance) + " " + (to[0] == '/' ? to : "/" + to);
    }
    case 2:
        return "path_group " + group + (chance.one_in(2) ? make_pattern(chance) : make_name(chance));
    case 3: {
        const std::string number = make_number(chance);
        return "number_group " + group + (number[0] == '@' ? "3" : number);
    }
    case 4:
        return "address_group " + group + chance.pick(addresses);
    default:
        return "acl_group " + make_small_number(chance) + " " + make_entry(chance);
    }
}

std::string make_attribute(Chance& chance) {
    const char* const remark = chance.one_in(8) ? " # 5" : "";
    switch (chance.below(4)) {
    case 0:
        return "use_profile " + make_small_number(chance) + remark;
    case 1:
        return "use_group " + make_small_number(chance) + remark;
    case 2:
        return "quota_exceeded";
    default:
        return "transition_failed";
    }
}

std::string make_profile(Chance& chance) {
    static const char* const items[] = {
        "",           "::file",    "::file::open",   "::file::execute",
        "::misc",     "::network", "::file::create", "::network::inet_stream_bind",
        "::misc::env"};
    static const char* const values[] = {"mode=disabled", "mode=learning", "mode=permissive",
                                         "mode=enforcing", "use_default"};
    static const char* const logs[] = {"", " grant_log=yes", " grant_log=no", " reject_log=no"};
    const std::string number = make_small_number(chance);
    switch (chance.below(8)) {
    case 0:
        return number + "-COMMENT=a b";
    case 1:
        return number +
               "-PREFERENCE={ max_audit_log=5 max_learning_entry=" + std::to_string(chance.below(40)) + " }";
    case 2:
        return "PROFILE_VERSION=20150505";
    default:
        return number + "-CONFIG" + chance.pick(items) + "={ " + chance.pick(values) + chance.pick(logs) +
               " }";
    }
}

// A line that takes away something that is there, if possible.
std::string make_deletion(Chance& chance, tmy_file file, const Policy& policy) {
    const Namespace& space = chance.pick(policy.namespaces());
    const std::string prefix = space.name == "<kernel>" ? "" : space.name + " ";
    if (file == TMY_FILE_DOMAIN_POLICY) {
        const Domain& domain = chance.pick(policy.domains());
        return domain.acl.empty() ? "" : less_of(chance, chance.pick(domain.acl));
    }
    if (file != TMY_FILE_EXCEPTION_POLICY)
        return "";
    const auto& acl = space.acl_groups[chance.below(4)];
    if (!acl.empty())
        return prefix + "acl_group " + std::to_string(&acl - space.acl_groups.data()) + " " +
               less_of(chance, chance.pick(acl));
    if (!space.directives.empty() && chance.one_in(2))
        return prefix + chance.pick(space.directives);
    if (!space.aggregators.empty() && chance.one_in(2))
        return prefix + "aggregator " + chance.pick(space.aggregators);
    const auto& groups = space.groups[path_group];
    if (groups.empty() || groups[0].members.empty())
        return "";
    return prefix + "path_group " + groups[0].name + " " + chance.pick(groups[0].members);
}

} // namespace

std::string make_name(Chance& chance) { return make_text(chance, false); }
std::string make_pattern(Chance& chance) { return make_text(chance, true); }

std::string make_domain(Chance& chance) {
    static const char* const domains[] = {
        "<kernel>", "<kernel> /a", "<kernel> /a /lib", "<kernel> /lib", "<ns>",
        "<ns> /a",  "</a>",        "</a> /b/",         "<kernel> //p",  "<k> /a"};
    return chance.pick(domains);
}

std::string make_condition(Chance& chance) {
    // Many of these hold.
    static const char* const usual[] = {"task.uid=0-8",
                                        "task.gid!=3",
                                        "exec.argc=0-2",
                                        "exec.argv[0]=\"\\*\"",
                                        "exec.argv[3]!=\"/a\"",
                                        "exec.envp[\"A\"]=NULL",
                                        "path1.uid=0-8",
                                        "path1.type=file",
                                        "exec.realpath=\"/\\*\"",
                                        "3-6=@G",
                                        "0-2!=@H",
                                        "0=0",
                                        "task.uid=@G",
                                        "exec.realpath=@G"};
    if (chance.one_in(3))
        return chance.pick(usual);
    const std::string is = chance.one_in(3) ? "!=" : "=";
    switch (chance.below(8)) {
    case 0:
        return "exec.argv[" + make_small_number(chance) + "]" + is + make_quoted(chance);
    case 1: {
        static const char* const names[] = {"A", "HOME", "\\*", "A\\*", "A\\$"};
        return std::string("exec.envp[\"") + chance.pick(names) + "\"]" + is +
               (chance.one_in(3) ? "NULL" : make_quoted(chance));
    }
    case 2: {
        const std::string name = chance.one_in(2) ? "exec.realpath" : "symlink.target";
        return name + is + (chance.one_in(4) ? chance.pick(groups) : make_quoted(chance));
    }
    case 3:
        return (chance.one_in(3) ? std::string("3-6") : make_operand(chance)) + is + make_number(chance);
    case 4: {
        const std::string permissions =
            chance.pick(paths) + std::string(chance.one_in(2) ? ".perm" : ".parent.perm");
        const std::string bit = chance.pick(constants);
        return chance.one_in(2) ? permissions + is + bit : bit + is + permissions;
    }
    default:
        // The last is accepted and never true (4.1).
        return make_operand(chance) + is + (chance.one_in(32) ? "exec.realpath" : make_operand(chance));
    }
}

std::string make_entry(Chance& chance) {
    Entry entry;
    entry.kind = make_kind(chance);
    entry.protocol = static_cast<u8>(chance.below(TMY_PROTOCOLS));
    const std::string operations =
        entry.kind == TMY_PATH && chance.one_in(4) ? "execute" : make_operations(chance, entry.kind);
    std::string line = head_of(entry, operations);
    for (size_t i = 0; i < operands_of(entry.kind).size(); i++)
        line += " " + make_operand(chance, entry, i);
    if (entry.kind == TMY_PATH && operations == "execute")
        line += make_transition(chance);
    return line + make_conditions(chance);
}

std::string make_line(Chance& chance, tmy_file file, const Policy& policy) {
    std::string deletion;
    const bool remove = chance.one_in(4);
    if (remove && chance.below(4))
        deletion = make_deletion(chance, file, policy);
    if (!deletion.empty())
        return "delete " + deletion;
    const std::string start = remove ? "delete " : "";
    switch (file) {
    case TMY_FILE_DOMAIN_POLICY:
        switch (chance.below(8)) {
        case 0:
            return start + make_domain(chance);
        case 1:
            return (chance.one_in(2) ? "select " : "") + make_domain(chance);
        case 2:
            return start + make_attribute(chance);
        default:
            return start + make_entry(chance);
        }
    case TMY_FILE_EXCEPTION_POLICY:
        return start + chance.pick(spaces) + make_exception(chance);
    case TMY_FILE_PROFILE:
        return chance.pick(spaces) + make_profile(chance);
    default:
        return start + (chance.one_in(2) ? make_domain(chance) : make_pattern(chance));
    }
}

// ---- Routes: few programs and domains, so that the lines meet
// ----------------------------------------------

namespace {

const char* const routed_programs[] = {"/a", "/b", "/c"};

std::string make_station(Chance& chance) {
    static const char* const domains[] = {"<kernel>",       "<kernel> /a", "<kernel> /b", "<kernel> /a /b",
                                          "<kernel> /a /a", "</a>",        "</b> /a",     "<kernel> /\\*"};
    return chance.pick(domains);
}

std::string make_routing_entry(Chance& chance) {
    static const char* const patterns[] = {"/\\*", "/\\a", "@G", "/a", "/b", "/c"};
    static const char* const transitions[] = {"",       "",        " keep", " child", " initialize",
                                              " reset", " parent", " //p",  " /a",    " /\\*"};
    static const char* const conditions[] = {
        "", "", "", " task.uid=0-4", " exec.argc=1", " exec.argv[0]!=\"/a\""};
    return std::string("file execute ") + chance.pick(patterns) +
           (chance.one_in(6) ? " " + make_station(chance) : chance.pick(transitions)) +
           chance.pick(conditions);
}

std::string make_routing_exception(Chance& chance) {
    static const char* const words[] = {"reset_domain",         "no_reset_domain", "initialize_domain",
                                        "no_initialize_domain", "keep_domain",     "no_keep_domain"};
    static const char* const programs[] = {"any", "/a", "/b", "/\\*"};
    static const char* const members[] = {"/a", "/b", "/\\a"};
    switch (chance.below(6)) {
    case 0:
        return std::string("aggregator ") + (chance.one_in(2) ? "/c" : "/d\\*") + " " +
               chance.pick(routed_programs);
    case 1:
        return std::string("path_group G ") + chance.pick(members);
    default:
        return std::string(chance.pick(words)) + " " + chance.pick(programs) + " from " +
               (chance.one_in(2) ? make_station(chance) : chance.pick(programs));
    }
}

std::string make_routing_profile(Chance& chance) {
    static const char* const modes[] = {"disabled", "learning", "permissive", "enforcing"};
    return std::string(chance.one_in(4) ? "</a> " : "") + std::to_string(chance.below(2)) +
           "-CONFIG={ mode=" + chance.pick(modes) + " }";
}

} // namespace

std::string make_route(Chance& chance, tmy_file& file) {
    const std::string start = chance.one_in(3) ? "delete " : "";
    switch (chance.below(8)) {
    case 0:
        file = TMY_FILE_PROFILE;
        return make_routing_profile(chance);
    case 1:
    case 2:
        file = TMY_FILE_EXCEPTION_POLICY;
        return start + make_routing_exception(chance);
    case 3:
        file = TMY_FILE_DOMAIN_POLICY;
        return start + make_station(chance);
    case 4:
        file = TMY_FILE_DOMAIN_POLICY;
        return "use_profile " + std::to_string(chance.below(3));
    default:
        file = TMY_FILE_DOMAIN_POLICY;
        return start + make_routing_entry(chance);
    }
}

// ---- Requests -------------------------------------------------------------------------------------------

namespace {

void make_path_facts(Chance& chance, const std::string& path, Facts& facts) {
    static const unsigned long types[] = {0100000, 0040000, 0120000, 0020000, 0060000, 0010000, 0140000};
    static const unsigned long permissions[] = {0, 0400, 0644, 04755, 07777, 0002};
    if (chance.one_in(4))
        return;
    const auto small = [&] { return chance.below(10); };
    for (const char* name : facts_of_parent)
        facts.numbers[path + ".parent" + name] = small();
    facts.numbers[path + ".parent.perm"] = chance.pick(permissions);
    if (chance.one_in(3))
        return;
    for (const char* name : facts_of_path)
        facts.numbers[path + name] = small();
    facts.numbers[path + ".perm"] = chance.pick(permissions);
    facts.numbers[path + ".type"] = chance.pick(types);
}

// What the operand stands for; a group is opened.
std::string representative(Chance& chance, const Namespace& space, GroupType type,
                           const std::string& operand) {
    if (operand[0] == '@')
        for (const Group& group : space.groups[type])
            if (group.name == operand.substr(1) && !group.members.empty())
                return chance.pick(group.members);
    return operand;
}

std::string make_asked_number(Chance& chance, const std::string& operand) {
    const Range range = operand[0] == '@' ? Range{0, 9} : number_range(operand);
    const unsigned long choices[] = {range.low, range.high, range.low + (range.high - range.low) / 3,
                                     range.low + 1, range.high + 1};
    return std::to_string(chance.pick(choices));
}

// In decimal, octal or hexadecimal.
std::string with_radix(Chance& chance, const std::string& number) {
    char text[32];
    static const char* const formats[] = {"%lu", "0%lo", "0x%lX"};
    std::snprintf(text, sizeof(text), chance.pick(formats), std::stoul(number));
    return text;
}

std::string make_asked(Chance& chance, const Namespace& space, Operand type, const std::string& operand) {
    static const char* const asked[] = {"10.0.0.1",        "10.0.0.7", "10.0.1.10", "::1",     "2001:db8::ff",
                                        "::ffff:10.0.0.1", "0.0.0.0",  "::",        "10.0.0.5"};
    switch (type) {
    case Operand::name: {
        // A name that begins with '@' would be learned as a group.
        const std::string pattern = representative(chance, space, path_group, operand);
        return chance.one_in(8) || pattern[0] == '@' ? make_name(chance) : make_match(chance, pattern);
    }
    case Operand::number:
        return with_radix(chance,
                          make_asked_number(chance, representative(chance, space, number_group, operand)));
    case Operand::address: {
        const Strings ends = split(representative(chance, space, address_group, operand), '-');
        return ends[0][0] == '@' || chance.one_in(3) ? chance.pick(asked)
                                                     : canonical_address(chance.pick(ends));
    }
    default:
        return operand;
    }
}

// An entry to ask for: of the domain, of its namespace, or a new one.
Entry make_question(Chance& chance, const Policy& policy, size_t domain) {
    const std::vector<Entry>* lists[] = {&policy.domains()[domain].acl,
                                         &policy.namespace_of(domain).acl_groups[chance.below(4)]};
    const auto& list = *chance.pick(lists);
    return list.empty() || chance.one_in(6) ? parse_entry(make_entry(chance)) : chance.pick(list);
}

unsigned one_operation(Chance& chance, unsigned operations, size_t all) {
    for (unsigned i = 0; i < 4; i++)
        if (const unsigned bit = 1U << chance.below(static_cast<unsigned>(all)); operations & bit)
            return bit;
    return operations & -operations;
}

} // namespace

Facts make_facts(Chance& chance) {
    Facts facts;
    facts.known = !chance.one_in(16);
    if (!facts.known)
        return facts;
    for (const char* name : facts_of_task)
        facts.numbers[name] = chance.below(10);
    for (const char* path : paths)
        make_path_facts(chance, path, facts);
    if (chance.one_in(3))
        facts.symlink_target = make_name(chance);
    facts.exec = chance.one_in(2);
    if (!facts.exec)
        return facts;
    facts.realpath = make_name(chance);
    for (unsigned count = chance.below(4); count; count--)
        facts.argv.push_back(chance.one_in(6) ? "" : make_name(chance));
    static const char* const variables[] = {"A=", "HOME=", "A1=", "A", "=", "B=x="};
    for (unsigned count = chance.below(4); count; count--)
        facts.envp.push_back(chance.pick(variables) + (chance.one_in(3) ? "" : make_name(chance)));
    facts.numbers["exec.argc"] = facts.argv.size();
    facts.numbers["exec.envc"] = facts.envp.size();
    return facts;
}

Request make_request(Chance& chance, const Policy& policy, size_t domain) {
    Request request;
    const Entry like = make_question(chance, policy, domain);
    const Namespace& space = policy.namespace_of(domain);
    request.what.kind = like.kind;
    request.what.protocol = like.protocol;
    request.what.operations = one_operation(chance, like.operations, words_of(like.kind).size());
    for (size_t i = 0; i < like.operands.size(); i++)
        request.what.operands.push_back(
            make_asked(chance, space, operands_of(like.kind)[i], like.operands[i]));
    request.any_device = like.kind == TMY_MOUNT && chance.one_in(2);
    request.facts = make_facts(chance);
    return request;
}

std::string make_program(Chance& chance, const Policy& policy, size_t domain) {
    static const char* const names[] = {"/a", "/b", "/c", "/d1", "/lib", "/a/b", "a", "proc:/self/exe"};
    // The longest name that a child may have, or one byte more (1.4).
    const size_t length = policy.domains()[domain].name.size() + std::string_view(" /").size();
    if (chance.one_in(32) && length < TMY_DOMAIN_MAX_LENGTH)
        return "/" + std::string(TMY_DOMAIN_MAX_LENGTH - length + chance.below(2), 'x');
    const Namespace& space = policy.namespace_of(domain);
    Strings patterns;
    for (const Entry& entry : policy.domains()[domain].acl)
        if (entry.kind == TMY_PATH && entry.operations & 1U << TMY_EXECUTE)
            patterns.push_back(entry.operands[0]);
    for (const std::string& aggregator : space.aggregators)
        patterns.push_back(first_word(aggregator));
    if (patterns.empty() || chance.one_in(3))
        return chance.pick(names);
    const std::string pattern = representative(chance, space, path_group, chance.pick(patterns));
    return pattern[0] == '@' ? "/a" : make_match(chance, pattern);
}

void restrict_facts(Request& request) {
    Facts& facts = request.facts;
    if (!request.what.is_execute() && request.what.kind != TMY_ENV) {
        facts.exec = false;
        facts.numbers.erase("exec.argc");
        facts.numbers.erase("exec.envc");
    }
    if (request.what.kind != TMY_PATH || request.what.operations != 1U << TMY_SYMLINK)
        facts.symlink_target.reset();
}

} // namespace model
