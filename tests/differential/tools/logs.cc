// SPDX-License-Identifier: GPL-2.0-only
// See logs.h.
#include "tests/differential/tools/logs.h"
#include "tests/differential/tools/policies.h"

#include <cstddef>

namespace differential {

using std::string;

namespace {

class Logs {
public:
    Logs(Random& random, size_t number) : random_(random), lines_(random, number) {}

    string text() {
        string result;
        const bool raw = random_.chance(30);
        odd_ = random_.chance(30);
        for (size_t i = random_.chance(3) ? 0 : random_.between(1, 8); i-- > 0;)
            result += record(raw);
        if (random_.chance(10))
            result.resize(random_.below(result.size() + 1));
        // The last line is a line (D-03), and without blanks at its end.
        while (!result.empty() && result.back() == ' ')
            result.pop_back();
        if (!result.empty() && result.back() != '\n' && result.back() != '\0')
            result += '\n';
        return result;
    }

private:
    string number() { return std::to_string(random_.below(random_.chance(50) ? 3 : 70000)); }

    string quoted() {
        return '"' +
               random_.pick({"sh", "-c", "/bin/true", "a\\040b", "", "x=y", "\\303\\251", "\\\\", "}", "{",
                             "argv[]={", "...", "]", "--color=auto", "/usr/bin/perl"}) +
               '"';
    }

    string identity() { return "uid=" + number() + " gid=" + number(); }

    string object(const string& name, bool parent) {
        string text = ' ' + name + "={ " + identity() + " ino=" + number();
        if (!parent)
            text += " major=" + number() + " minor=" + number();
        text += " perm=0" + random_.pick({"644", "755", "777", "1777"});
        if (!parent) {
            text += " type=" + random_.pick({"file", "directory", "char", "socket"});
            if (random_.chance(10))
                text += " dev_major=1 dev_minor=3";
        }
        return text + " }";
    }

    // COUNT words, or some of them: the kernel leaves out what does not fit.
    string list(const string& name, bool variables, size_t count) {
        string text = ' ' + name + "[]={";
        const bool all = random_.chance(85);
        for (size_t i = all ? count : random_.below(count + 1); i-- > 0;) {
            if (!variables)
                text += ' ' + quoted();
            else
                text +=
                    ' ' + random_.pick({"\"PATH=/bin:/sbin\"", "\"HOME=/\"", "\"SHLVL=1\"", "\"A=\"", "\"B\"",
                                        "\"C=x\\040y\"", "\"D=e=f\"", "\"\"", "\"=\"", "\"E=}\""});
        }
        if (!all)
            text += " ...";
        return text + " }";
    }

    string execution() {
        const size_t argc = random_.below(5), envc = random_.below(5);
        return " exec={ realpath=\"" + random_.pick({"/bin/busybox", "/usr/bin/perl", "/a\\040b"}) +
               "\" argc=" + std::to_string(argc) + " envc=" + std::to_string(envc) +
               list("argv", false, argc) + list("envp", true, envc) + " }";
    }

    string header() {
        string text = "#2026/01/02 03:04:05# profile=" + std::to_string(random_.below(4)) +
                      " mode=" + random_.pick({"learning", "permissive", "enforcing"}) +
                      " granted=" + random_.pick({"yes", "no"}) + " (global-pid=" + number() +
                      ") task={ pid=" + number() + " ppid=" + number() + ' ' + identity() +
                      " euid=0 egid=0 suid=0 sgid=0 fsuid=0 fsgid=0 }";
        for (const char* name : {"path1", "path2"})
            if (random_.chance(60)) {
                text += object(name, false);
                if (random_.chance(80))
                    text += object(name + string(".parent"), true);
            }
        if (random_.chance(50))
            text += execution();
        if (random_.chance(15))
            text += " symlink.target=" + quoted();
        return odd_ && random_.chance(50) ? oddly(text) : text;
    }

    string oddly(string text) {
        std::vector<string> words = words_of(text);
        for (size_t i = random_.between(1, 3); i-- > 0 && words.size() > 2;) {
            const size_t at = 1 + random_.below(words.size() - 1);
            switch (random_.below(4)) {
            case 0: // not the beginning of a block: what is in it would be taken for anything
                if (words[at].back() != '{')
                    words.erase(words.begin() + static_cast<std::ptrdiff_t>(at));
                break;
            case 1:
                words.insert(words.begin() + static_cast<std::ptrdiff_t>(at),
                             random_.pick({"}", "x=1", "x", "{"}));
                break;
            case 2: // nor a count
                if (words[at].back() != '{' && words[at].find("c=") == string::npos)
                    words[at] += random_.pick({"=", "x", "\"", "}", "={"});
                break;
            default:
                words.resize(at + 1);
                break;
            }
        }
        text.clear();
        for (const string& word : words)
            text += (text.empty() ? "" : random_.chance(2) ? "  " : " ") + word;
        return text;
    }

    string entry() {
        if (random_.chance(40))
            return "file execute " + random_.pick({"/bin/sh", "/bin/true", "/a\\040b"}) +
                   random_.pick({"", "", "", " keep", " exec.realpath=\"/bin/sh\""});
        if (random_.chance(12))
            return random_.pick({"use_profile 1", "use_group 0", "use_profile", "use_groups 1"});
        const string line = joined(words_of(lines_.entry())); // with one blank, as the kernel does
        return line.size() > 2000 ? line.substr(0, 2000) : line;
    }

    string record(bool raw) {
        string text = header() + '\n' + lines_.domain() + '\n' + entry() + '\n';
        if (odd_ && random_.chance(10)) { // a line that is not there
            std::vector<string> lines = lines_of_text(text);
            lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(random_.below(3)));
            text = lines[0] + '\n' + lines[1] + '\n';
        }
        return raw ? text + '\0' : odd_ && random_.chance(10) ? text : text + '\n';
    }

    Random& random_;
    Lines lines_;
    bool odd_ = false;
};

} // namespace

string make_log(Random& random, size_t number) { return Logs(random, number).text(); }

} // namespace differential
