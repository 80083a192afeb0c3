// SPDX-License-Identifier: GPL-2.0-only
// The grammar of the policy, read backwards: every function makes what the specification's section allows.
#include "tests/differential/lines.h"

namespace differential {

using std::string;

// None is a leading part of another (D-06). A namespace can never be removed, so there are no others.
const std::vector<string> namespaces = {"<kernel>", "</usr/sbin/httpd>", "<foo.bar>", "<a\\040b>", "<n>"};

namespace {

const std::vector<string> path_operations = {"execute", "read",     "write",   "append", "unlink", "getattr",
                                             "rmdir",   "truncate", "symlink", "chroot", "unmount"};
const std::vector<string> path2_operations = {"link", "rename", "pivot_root"};
const std::vector<string> number_operations = {"create", "mkdir", "mkfifo", "mksock",
                                               "ioctl",  "chmod", "chown",  "chgrp"};
const std::vector<string> device_operations = {"mkblock", "mkchar"};
const std::vector<string> network_operations = {"bind", "listen", "connect", "send"};
const std::vector<string> keywords = {
    "task.uid",      "task.euid",  "task.suid",   "task.fsuid",    "task.gid",    "task.egid",
    "task.sgid",     "task.fsgid", "task.pid",    "task.ppid",     "exec.argc",   "exec.envc",
    "socket",        "symlink",    "file",        "block",         "directory",   "char",
    "fifo",          "setuid",     "setgid",      "sticky",        "owner_read",  "owner_write",
    "owner_execute", "group_read", "group_write", "group_execute", "others_read", "others_write",
    "others_execute"};
const std::vector<string> attributes = {"uid",  "gid",  "ino",       "major",    "minor",
                                        "perm", "type", "dev_major", "dev_minor"};
const std::vector<string> parent_attributes = {"uid", "gid", "ino", "perm"};
const std::vector<string> file_items = {"execute", "open",   "create", "unlink",   "getattr",   "mkdir",
                                        "rmdir",   "mkfifo", "mksock", "truncate", "symlink",   "mkblock",
                                        "mkchar",  "link",   "rename", "chmod",    "chown",     "chgrp",
                                        "ioctl",   "chroot", "mount",  "unmount",  "pivot_root"};
const std::vector<string> network_items = {
    "inet_stream_bind",    "inet_stream_listen",    "inet_stream_connect",   "inet_dgram_bind",
    "inet_dgram_send",     "inet_raw_bind",         "inet_raw_send",         "unix_stream_bind",
    "unix_stream_listen",  "unix_stream_connect",   "unix_dgram_bind",       "unix_dgram_send",
    "unix_seqpacket_bind", "unix_seqpacket_listen", "unix_seqpacket_connect"};
const std::vector<string> programs = {"/bin/sh",    "/usr/sbin/httpd", "/a",      "//t", "/usr/bin/\\*",
                                      "/a\\040b.c", "/sbin/modprobe",  "/x/y/z/", "a/b", "proc:/self/exe"};

} // namespace

string Lines::component(bool patterned) {
    string text;
    for (size_t i = random_.between(0, 3); i-- > 0;)
        if (patterned && random_.chance(60))
            text +=
                random_.pick({"\\*", "\\*", "\\@", "\\?", "\\$", "\\+", "\\X", "\\x", "\\A", "\\a", "\\-"});
        else
            text += random_.pick({"a",   "b",     "lib",        "etc",  "x.so",  ".",     "..", "1", "42",
                                  "log", "\\040", "\\303\\251", "\\\\", "\\001", "\\377", "*",  "?", "=",
                                  "\"",  "[",     "]",          "-",    "~",     "@",     "<",  ">", ":"});
    return text;
}

string Lines::path() {
    static const std::vector<string> usual = {"/bin/sh", "/etc/passwd", "/usr/lib/x.so.1", "/tmp/", "/", "/a",
                                              "/b",      "/c",          "/dev/null",       "//t"};
    if (random_.chance(50))
        return random_.pick(usual);
    string text = random_.chance(10) ? random_.pick({"proc:", "", "a", "sysfs:"}) : "";
    for (size_t i = random_.between(1, 4); i-- > 0;)
        text += '/' + component(false);
    return text;
}

string Lines::pattern() {
    string text;
    for (size_t i = random_.between(1, 4); i-- > 0;)
        if (random_.chance(15))
            text += "/\\{" + component(true) + "\\}" + (i ? "" : random_.pick({"/", "/x", ""}));
        else
            text += '/' + component(true);
    return text;
}

// About as many wildcards as a word may hold.
string Lines::full_pattern() {
    string text = random_.chance(30) ? "/\\{a\\}/" : "/";
    for (size_t i = random_.between(17, 22); i-- > 0;)
        text += random_.pick({"\\*", "\\@", "\\$", "\\X", "\\A"}) + random_.pick({"", "", "a", "\\?"});
    return text;
}

string Lines::long_word() {
    string text = "/";
    const size_t length = random_.chance(30) ? random_.between(4080, 4090) : random_.between(100, 9000);
    while (text.size() < length)
        text += static_cast<char>('a' + text.size() % 26);
    return text;
}

string Lines::name() {
    const size_t kind = random_.below(100);
    if (kind < 1)
        return random_.chance(20) ? long_word() : "/" + string(random_.between(1, 60), 'l');
    if (kind < 3)
        return full_pattern();
    if (kind < 60)
        return path();
    if (kind < 90)
        return pattern();
    return random_.pick({"a",       "*",    "\"/a\"",      "=",          "/a=b",  "<x>",  "<kernel>",
                         "[1]",     "/a,b", "socket:[42]", "pipe:[\\$]", "a.b/c", "./a",  "\\*",
                         "\\*:\\*", "any",  "keep",        "-",          "0",     "\\\\", "/\\-"});
}

string Lines::group() { return random_.pick({"G", "H", "K\\*", "/g", "@", "0", "=", "<g>"}) + mark_; }

string Lines::name_operand() { return random_.chance(12) ? '@' + group() : name(); }

string Lines::number() {
    switch (random_.below(8)) {
    case 0:
        return random_.pick(
            {"0", "00", "0x0", "000", "0X0", "01", "07", "08", "09", "010", "0x10", "0xff", "0XfF"});
    case 1:
        return random_.pick({"65535", "65536", "0xFFFF", "0177777", "4294967295", "4294967296", "0xffffffff",
                             "18446744073709551615", "0xFFFFFFFFFFFFFFFF", "01777777777777777777777"});
    case 2:
        return '0' + std::to_string(random_.below(1000));
    case 3:
        return (random_.chance(50) ? "0x" : "0X") + random_.pick({"a", "B", "1f", "00ff", "dEaD", "80"});
    case 4:
        return random_.chance(20) ? random_.pick({"18446744073709551616", "0x10000000000000000",
                                                  "02000000000000000000000", "99999999999999999999"})
                                  : "0" + random_.pick({"644", "755", "600", "0777", "7777", "0"});
    default:
        return std::to_string(random_.below(random_.chance(50) ? 10 : 70000));
    }
}

string Lines::number_range() {
    const string low = number();
    const size_t kind = random_.below(10);
    return kind < 6 ? low : low + '-' + (kind < 7 ? low : number());
}

string Lines::number_operand() {
    if (random_.chance(10))
        return '@' + group();
    return random_.chance(5) ? random_.pick({"-1", "1-", "-", "5x", "0x", "1-2-3", "+1", "0-0x", "1--2", ""})
                             : number_range();
}

string Lines::ipv4() {
    const auto part = [&]() {
        return random_.chance(80) ? std::to_string(random_.below(256))
                                  : random_.pick({"0", "255", "256", "001", "08", "1000", "0x1", "010"});
    };
    return part() + '.' + part() + '.' + part() + '.' + part();
}

string Lines::ipv6() {
    if (random_.chance(30))
        return random_.pick({"::",
                             "::1",
                             "::ffff:1.2.3.4",
                             "::1.2.3.4",
                             "2001:0DB8::00FF",
                             "fe80::1",
                             "1::",
                             "::8:0",
                             "1:2:3:4:5:6:7::",
                             "::2:3:4:5:6:7:8",
                             "1:2:3:4:5:6:1.2.3.4",
                             "::ffff:0:1.2.3.4",
                             "64:ff9b::1.2.3.4",
                             "1:0:2:0:3:0:4:0",
                             "1:0:0:2:0:0:0:3",
                             "0:0:0:0:0:0:0:0",
                             "::ffff:0:0",
                             "::5efe:1.2.3.4",
                             "fe80::5efe:10.0.0.1",
                             "fe80::200:5efe:192.0.2.1",
                             "1:2:3:4:5:6:7:8:9",
                             ":::",
                             "1:::2",
                             "::00001",
                             "fe80::1%eth0",
                             "::ffff:1.2.3.256",
                             "1:2:3:4:5:6:7",
                             "::g"});
    string text;
    bool compressed = false;
    for (int i = 0; i < 8; i++) {
        if (!compressed && random_.chance(10)) {
            compressed = true;
            text += i ? ":" : "::";
            i += static_cast<int>(random_.between(0, 2));
            continue;
        }
        text +=
            random_.chance(45) ? "0" : random_.pick({"1", "ffff", "FFFF", "abcd", "0001", "00", "dB8", "f"});
        if (i < 7)
            text += ':';
    }
    return text;
}

string Lines::address() {
    const bool four = random_.chance(50);
    const string low = four ? ipv4() : ipv6();
    const size_t kind = random_.below(10);
    return kind < 7 ? low : low + '-' + (kind < 8 ? low : random_.chance(90) == four ? ipv4() : ipv6());
}

string Lines::address_operand() {
    if (random_.chance(10))
        return '@' + group();
    return random_.chance(4)
               ? random_.pick({"127.1", "localhost", "1.2.3.4-", "-1.2.3.4", "1.2.3.4-5", "", "1.2.3.4/8"})
               : address();
}

string Lines::operations(const std::vector<string>& words) {
    string text = random_.pick(words);
    while (random_.chance(35))
        text += '/' + random_.pick(words);
    return text;
}

string Lines::quoted() {
    return '"' +
           (random_.chance(10)   ? ""
            : random_.chance(20) ? random_.pick({"a\"b", "\"", "=b", "a=b", "x\\*"})
                                 : name()) +
           '"';
}

string Lines::operand() {
    switch (random_.below(5)) {
    case 0:
        return number_range();
    case 1:
    case 2:
        return random_.pick(keywords);
    default: {
        const string path = random_.pick({"path1.", "path2."});
        return random_.chance(30) ? path + "parent." + random_.pick(parent_attributes)
                                  : path + random_.pick(attributes);
    }
    }
}

string Lines::condition() {
    const string op = random_.chance(70) ? "=" : "!=";
    switch (random_.below(12)) {
    case 0:
        return "exec.argv[" + (random_.chance(80) ? std::to_string(random_.below(20)) : number()) + ']' + op +
               quoted();
    case 1:
        return "exec.envp[\"" + random_.pick({"PATH", "HOME", "LC_\\*", "A\\040B", "\\$", "\"", "a/b"}) +
               "\"]" + op + (random_.chance(30) ? "NULL" : quoted());
    case 2:
        return random_.pick({"exec.realpath", "symlink.target"}) + op +
               (random_.chance(25) ? '@' + group() : quoted());
    case 3:
        return random_.pick({"grant_log=yes", "grant_log=no"});
    case 4:
        return operand() + op + '@' + group();
    case 5:
        return random_.chance(30) ? random_.pick({"grant_log=maybe",
                                                  "task.nosuch=0",
                                                  "path1.parent.type=file",
                                                  "@G=task.uid",
                                                  "task.uid=exec.realpath",
                                                  "exec.realpath=symlink.target",
                                                  "task.uid==0",
                                                  "exec.argv[0]=x",
                                                  "exec.argv[00]=\"x\"",
                                                  "exec.argv[0x1]=\"x\"",
                                                  "0=0",
                                                  "exec.envp[HOME]=\"/\"",
                                                  "exec.envp[\"\"]=\"/\"",
                                                  "exec.envp[\"A=B\"]=\"/\"",
                                                  "exec.envp[\"A\"]=null",
                                                  "task.uid!==0",
                                                  "=0",
                                                  "task.uid=",
                                                  "!=",
                                                  "=",
                                                  "\"a\"=\"b\"",
                                                  "exec.argv[0]=\"",
                                                  "exec.argv[0]=@G",
                                                  "task.uid=0,1",
                                                  "grant_log!=yes",
                                                  "NULL=exec.envp[\"A\"]",
                                                  "task.uid=NULL",
                                                  "exec.argv[]=\"x\"",
                                                  "exec.argv[4294967296]=\"x\"",
                                                  "exec.argv[-1]=\"x\"",
                                                  "1=task.uid"})
                                  : operand() + op + operand();
    default:
        return operand() + op + operand();
    }
}

string Lines::conditions() {
    string text;
    while (random_.chance(55))
        text += ' ' + condition();
    return text;
}

string Lines::transition() {
    switch (random_.below(8)) {
    case 0:
        return random_.pick({"keep", "child", "initialize", "reset", "parent"});
    case 1:
        return domain();
    case 2:
        return random_.pick(programs);
    case 3:
        return random_.chance(30) ? random_.pick({"keepx", "x", "a.b/c", "KEEP", "<>", "<kernel> x", "any",
                                                  "\"/a\"", "/a=b"})
                                  : random_.pick({"keep", "reset"});
    default:
        return "";
    }
}

string Lines::file_entry() {
    switch (random_.below(9)) {
    case 0:
        return operations(path2_operations) + ' ' + name_operand() + ' ' + name_operand();
    case 1:
    case 2:
        return operations(number_operations) + ' ' + name_operand() + ' ' + number_operand();
    case 3:
        return operations(device_operations) + ' ' + name_operand() + ' ' + number_operand() + ' ' +
               number_operand() + ' ' + number_operand();
    case 4:
        return "mount " + name_operand() + ' ' + name_operand() + ' ' +
               (random_.chance(70)
                    ? random_.pick({"tmpfs", "ext4", "--bind", "--remount", "--make-private", "\\*"})
                    : name_operand()) +
               ' ' + number_operand();
    case 5:
    case 6: {
        const string target = transition();
        return (random_.chance(95) ? "execute " : "execute/read ") + name_operand() +
               (target.empty() ? "" : ' ' + target);
    }
    default:
        return operations(path_operations) + ' ' + name_operand();
    }
}

string Lines::network_entry() {
    const string protocol = random_.pick({"stream", "stream", "dgram", "raw", "seqpacket"}) + ' ' +
                            operations(network_operations);
    if (random_.chance(60))
        return "inet " + protocol + ' ' + address_operand() + ' ' +
               (random_.chance(60) ? std::to_string(random_.below(65536)) : number_operand());
    return "unix " + protocol + ' ' +
           (random_.chance(30) ? random_.pick({"anonymous", "\\000abs", "rel\\040path", "\\000\\*"})
                               : name_operand());
}

string Lines::entry() {
    const size_t kind = random_.below(100);
    string text;
    if (kind < 60)
        text = "file " + file_entry();
    else if (kind < 82)
        text = "network " + network_entry();
    else if (kind < 92)
        text = "misc env " +
               (random_.chance(70)
                    ? random_.pick({"PATH", "HOME", "LC_\\*", "\\*", "A", "A=B", "@G", "\\A", "a\\040b"})
                    : name());
    else
        text = "task manual_domain_transition " + domain();
    return text + conditions();
}

string Lines::domain() {
    static const std::vector<string> tails = {"",
                                              " /a",
                                              " /a /b",
                                              " //t",
                                              " /usr/sbin/httpd",
                                              " /bin/sh",
                                              " /bin/sh /bin/ls",
                                              " /x\\040y",
                                              " /bin/\\*",
                                              " a/b",
                                              " /a /b /c /d /e",
                                              " /."};
    return (random_.chance(75) ? "<kernel>" : random_.pick(namespaces)) + random_.pick(tails);
}

string Lines::domain_line() {
    if (random_.chance(2)) {
        // About as long as a domain's name may be.
        string text = "<kernel>";
        const size_t length = random_.between(4080, 4090);
        while (text.size() + 40 < length)
            text += " /abcdefghijklmnopqrstuvwxyz";
        return text + " /" + string(length - text.size() - 2, 'z');
    }
    return domain();
}

string Lines::attribute() {
    return random_.pick({"use_profile ", "use_profile ", "use_group ", "use_group ", "delete use_group ",
                         "delete use_profile ", "quota_exceeded", "transition_failed",
                         "delete quota_exceeded", "delete transition_failed"});
}

string Lines::program() {
    return random_.chance(70) ? "/m" + mark_ + random_.pick({"", "/a", "/b\\*"}) : random_.pick(programs);
}

string Lines::transition_rule() {
    const string rule = random_.pick({"initialize_domain ", "no_initialize_domain ", "keep_domain ",
                                      "no_keep_domain ", "reset_domain ", "no_reset_domain "});
    const auto what = [&]() { return random_.chance(20) ? "any" : random_.chance(90) ? program() : name(); };
    const auto from = [&]() {
        return random_.chance(15)   ? "any"
               : random_.chance(50) ? domain() + (random_.chance(50) ? " /m" + mark_ : "")
                                    : program();
    };
    if (random_.chance(60)) {
        const string left = what(), right = from();
        return rule + ((left + right).find(mark_) == string::npos ? program() : left) + " from " + right;
    }
    return rule + (random_.chance(50) ? what() : from());
}

string Lines::exception_line() {
    const size_t kind = random_.below(100);
    if (kind < 20)
        return transition_rule();
    if (kind < 30)
        return "aggregator " + (random_.chance(30) ? name() : "/m" + mark_ + name()) + ' ' +
               (random_.chance(80) ? path() : name()) + (random_.chance(5) ? ' ' + name() : "");
    if (kind < 45)
        return "path_group " + group() + ' ' + (random_.chance(90) ? name_operand() : component(true)) +
               (random_.chance(5) ? ' ' + name() : "");
    if (kind < 60)
        return "number_group " + group() + ' ' + (random_.chance(95) ? number_range() : number_operand());
    if (kind < 75)
        return "address_group " + group() + ' ' + (random_.chance(95) ? address() : address_operand());
    const string number = random_.chance(80) ? (random_.chance(10) ? "0" : "") +
                                                   std::to_string((number_ * 3 + random_.below(3)) % 256)
                                             : random_.pick({"256", "-1", "0x1", "", "1x", "257", " 1"});
    return "acl_group " + number + ' ' +
           (random_.chance(95) ? entry()
                               : random_.pick({"use_group 1", "use_profile 0", "quota_exceeded",
                                               "acl_group 0 file read /a"}));
}

string Lines::profile_line(size_t number) {
    const auto flag = [&]() {
        return random_.pick({" grant_log=yes", " grant_log=no", " reject_log=yes", " reject_log=no"});
    };
    const auto value = [&]() -> string {
        const string mode = random_.pick({"disabled", "learning", "permissive", "enforcing"});
        switch (random_.below(8)) {
        case 0:
            return "use_default";
        case 1:
            return mode;
        case 2:
            return '{' + flag() + " }";
        case 3:
            return random_.pick({"{ mode=enforcing mode=disabled }", "{ mode=Learning }",
                                 "{ grant_log=yesss }", "{ grant_log=YES }", "{ mode=use_default }",
                                 "{ reject_log=no reject_log=yes }", "{ }", "{}", "", "{ grant_log= }",
                                 "{ mode=disabled use_default }", "{ grant_log=maybe mode=permissive }",
                                 "mode=learningx", "{ mode=enforcing grant_log =no }",
                                 "xgrant_log=no mode=learning", "grant_log=nolearning"});
        default:
            return "{ mode=" + mode + (random_.chance(60) ? flag() : "") +
                   (random_.chance(50) ? flag() : "") + " }";
        }
    };
    const string prefix = (random_.chance(10) ? "00" : "") + std::to_string(number);
    const size_t kind = random_.below(100);
    if (kind < 5)
        return "PROFILE_VERSION=" +
               random_.pick({"20150505", "20110903", "1", "0", "x", "", "20150505x", "4294967295"});
    if (kind < 20)
        return prefix + "-COMMENT=" +
               random_.pick({"", "a", "a=b", "-----Disabled Mode-----", "\\", "=", "x y  z", "2-CONFIG=x"});
    if (kind < 35) {
        const auto limit = [&]() {
            return random_.chance(70) ? std::to_string(random_.below(5000))
                                      : random_.pick({"0", "x", "-1", "0x10", "007", "", "65536",
                                                      "4294967295", "2147483647", "1 2"});
        };
        const string audit = "max_audit_log=" + limit(), learning = "max_learning_entry=" + limit();
        return prefix + "-PREFERENCE=" +
               (random_.chance(50) ? "{ " + audit + ' ' + learning + " }"
                                   : random_.pick({"", "{ ", "x", "{ max_audit_log =3 "}) +
                                         (random_.chance(50) ? audit : learning) +
                                         random_.pick({" }", "", " max_audit_log=7", "}"}));
    }
    string item;
    if (kind >= 50 && kind < 75)
        item = "::file::" + random_.pick(file_items);
    else if (kind >= 75 && kind < 85)
        item = "::network::" + random_.pick(network_items);
    else if (kind >= 85)
        item =
            random_.pick({"::file", "::network", "::misc", "::misc::env", "::misc", "::file", "::file::read",
                          "::execute", "::capability", "::file::", "::", "::misc::", "::network::open"});
    return prefix + "-CONFIG" + item + '=' + value();
}

string Lines::manager_line() {
    switch (random_.below(6)) {
    case 0:
        return domain() + " /m" + mark_;
    case 1:
        return random_.pick({"manage_by_non_root", "delete manage_by_non_root", "manage_by_non_root x",
                             "foo bar", "/a /b", "<kernel> x"});
    case 2:
        return name();
    default:
        return "/m" + mark_ + path();
    }
}

string Lines::stat_line() {
    const string number =
        random_.chance(70)
            ? std::to_string(random_.between(100000000, 4000000000U))
            : random_.pick({"0", "0x100", "x", "", "4294967295", "-1", "3000000000 (Quota: 7)"});
    return random_.pick({"Memory used by audit log: ", "Memory used by query message: ",
                         "Memory used by policy: ", "Memory used by audit log:    ",
                         "Memory used by nothing: ", "Policy update: ", "memory used by audit log: "}) +
           number;
}

string Lines::with_namespace(const string& line, unsigned percent) {
    if (!random_.chance(percent))
        return line;
    const string name = random_.pick(namespaces) + ' ';
    return line.starts_with("delete ")
               ? (random_.chance(90) ? "delete " + name + line.substr(7) : name + line)
               : name + line;
}

string Lines::respelled(const string& line) {
    string text;
    for (const char c : line)
        if (c == ' ' && random_.chance(20))
            text += random_.pick({"  ", "\t", " \t ", "\r", "\x01", "\x7f", "\xc3\xa9"});
        else
            text += c;
    if (random_.chance(20))
        text += random_.pick({" ", "\t", "\r", "\n"}).substr(0, 1);
    if (random_.chance(10))
        text = ' ' + text;
    while (!text.empty() && text.back() == '\n')
        text.pop_back();
    return text;
}

void Lines::mutate(string& line) {
    static const char bytes[] = "\0\t \\\"@<>/-=!.:[]{}*?$xX0187aAzZ_#\x01\x1f\x7f\x80\xc3\xff";
    const size_t at = random_.below(line.size() + 1);
    const auto word = [&](size_t from) { return line.find(' ', from); };
    switch (random_.below(12)) {
    case 0:
        line.resize(at);
        break;
    case 1:
    case 2:
        line.insert(at, 1, bytes[random_.below(sizeof(bytes) - 1)]);
        break;
    case 3:
        if (at < line.size())
            line.erase(at, 1);
        break;
    case 4:
        if (at < line.size())
            line[at] = bytes[random_.below(sizeof(bytes) - 1)];
        break;
    case 5: // two words change places
        if (const size_t one = word(at), two = one == string::npos ? one : word(one + 1); two != string::npos)
            line = line.substr(0, one) + line.substr(two) + line.substr(one, two - one);
        break;
    case 6: // a word less
        if (const size_t one = word(at), two = one == string::npos ? one : word(one + 1); one != string::npos)
            line.erase(one, two == string::npos ? two : two - one);
        break;
    case 7: // a word more
        line.insert(word(at) == string::npos ? line.size() : word(at),
                    ' ' + random_.pick({"x", "/a", "0", "@G", "task.uid=0", "keep", "from", "any", "<kernel>",
                                        "delete", "\\", "/\\{a\\}/"}));
        break;
    case 8: // a word twice
        if (const size_t one = word(at), two = one == string::npos ? one : word(one + 1); two != string::npos)
            line.insert(two, line.substr(one, two - one));
        break;
    case 9:
        if (at < line.size() && line[at] >= 'a' && line[at] <= 'z')
            line[at] = static_cast<char>(line[at] - 'a' + 'A');
        break;
    case 10:
        line.insert(at, random_.pick({"\\", "\\*", "\\-", "\\{", "\\}", "\\040", "\\101", "\\z", "\"", "@",
                                      "/", "//", "0x", "=", "!="}));
        break;
    default:
        line.insert(0, random_.pick({"delete ", "select ", "delete delete ", "<kernel> ", "#", " ",
                                     "\xef\xbb\xbf", "reset ", "/"}));
        break;
    }
    for (char& c : line)
        if (c == '\n')
            c = ' ';
}

string Lines::mutated(string line) {
    if (random_.chance(1))
        line.insert(random_.below(line.size() + 1), long_word());
    for (size_t i = random_.chance(70) ? 1 : random_.between(2, 3); i-- > 0;)
        mutate(line);
    return line;
}

} // namespace differential
