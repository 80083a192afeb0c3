// SPDX-License-Identifier: GPL-2.0-only
// See rules.h.
#include "tests/differential/tools/rules.h"
#include "tests/differential/tools/policies.h"

namespace differential {

using std::string;

namespace {

class Rules {
public:
    Rules(Random& random, const string& policy) : random_(random) {
        for (const string& line : lines_of_text(policy)) {
            lines_.push_back(line);
            for (const string& word : words_of(line))
                if (word.size() < 200)
                    words_.push_back(word);
        }
    }

    string text() {
        string result;
        for (size_t i = random_.between(1, 8); i-- > 0;) {
            for (size_t conditions = random_.chance(50) ? 0 : random_.between(1, 3); conditions-- > 0;)
                result += condition() + '\n';
            result += (random_.chance(2) ? wrong() : rule()) + '\n';
            if (random_.chance(10))
                result += random_.pick({"# comment\n", "\n", " \t\n", "#\n"});
        }
        return result;
    }

private:
    string word() { return words_.empty() ? "/a" : random_.pick(words_); }

    string condition() {
        const bool whole = random_.chance(30);
        string text = random_.pick({"domain", "acl"});
        const std::vector<string> words = words_of(lines_.empty() ? "" : random_.pick(lines_));
        const size_t index = words.empty() ? 0 : random_.below(words.size());
        string operand = words.empty() ? "x" : words[index];
        if (whole) {
            text += random_.pick({"", "", "[0]"});
            if (random_.chance(60) && index + 1 < words.size())
                operand += ' ' + words[index + 1];
            if (random_.chance(30)) {
                operand.clear();
                for (const string& word : words)
                    operand += (operand.empty() ? "" : " ") + word;
            }
        } else {
            text += '[' + std::to_string(index + 1 + (random_.chance(5) ? 20 : 0)) + ']';
            if (random_.chance(40))
                operand = operand.substr(random_.below(operand.size()));
            if (random_.chance(40))
                operand = operand.substr(0, 1 + random_.below(operand.size()));
        }
        if (operand.size() > 300)
            operand = "x";
        return text + random_.pick({".contains ", ".equals ", ".starts "}) + operand;
    }

    // A pattern that fits TEXT, or nearly.
    string generalised(const string& text) {
        string result;
        size_t wildcards = 0;
        for (size_t i = 0; i < text.size(); i++) {
            const char c = text[i];
            if (c == '\\' && i + 1 < text.size()) {
                result += text.substr(i, 2);
                i++;
            } else if (isdigit(static_cast<unsigned char>(c)) && random_.chance(60) && wildcards < 4) {
                result += random_.pick({"\\$", "\\+", "\\X", "\\x", "\\?", "\\*"});
                wildcards++;
                while (random_.chance(70) && i + 1 < text.size() &&
                       isdigit(static_cast<unsigned char>(text[i + 1])))
                    i++;
            } else if (c == '/' && random_.chance(15) && wildcards < 4) {
                const size_t end = text.find('/', i + 1);
                result += random_.pick({"/\\*", "/\\@", "/\\A", "/\\*\\-x", "/\\{\\*\\}"});
                wildcards++;
                i = (end == string::npos ? text.size() : end) - 1;
            } else if (random_.chance(4) && c != '/' && wildcards < 4) {
                result += random_.pick({"\\?", "\\a", "\\*", "\\@", "\\A"});
                wildcards++;
            } else {
                result += c;
            }
        }
        return result;
    }

    string new_name() {
        return random_.chance(40)
                   ? ""
                   : ' ' + random_.pick({"@G", "/new", "@HOME/", "\\*", "/\\{\\*\\}/", "x", "/n/\\$"});
    }

    string rule() {
        const string word = this->word();
        const size_t slash = word.find('/'), last = word.rfind('/');
        switch (random_.below(8)) {
        case 0:
        case 1:
        case 2:
            return "rewrite path_pattern " + generalised(word) + new_name();
        case 3:
            if (last == string::npos)
                return "rewrite head_pattern /\\*/" + new_name();
            return "rewrite head_pattern " +
                   generalised(word.substr(0, (random_.chance(50) ? slash : last))) + '/' + new_name();
        case 4:
        case 5:
            if (last == string::npos)
                return "rewrite tail_pattern /\\*" + new_name();
            return "rewrite tail_pattern /" +
                   generalised(word.substr((random_.chance(50) ? slash : last) + 1)) + new_name();
        case 6:
            return "rewrite number_pattern " +
                   random_.pick({"0-1023", "0", "80", "0x10-0xffff", "0600-0777", "1-65535",
                                 "0-18446744073709551615", "1000", "8"}) +
                   new_name();
        default:
            return "rewrite address_pattern " +
                   random_.pick({"10.0.0.0-10.255.255.255", "0.0.0.0-255.255.255.255", "::-ffff::", "::1",
                                 "127.0.0.1", "1.2.3.4", "::-::ffff:ffff:ffff"}) +
                   new_name();
        }
    }

    string wrong() {
        return random_.pick({"foo",
                             "rewrite",
                             "rewrite path_pattern",
                             "rewrite bogus /a",
                             "rewrite head_pattern /a",
                             "rewrite tail_pattern a",
                             "rewrite number_pattern x",
                             "rewrite address_pattern x",
                             "rewrite path_pattern /a\\q",
                             "rewrite path_pattern /a /b c",
                             "domain[1.equals a",
                             "domain.foo a",
                             "acl.equals",
                             "header.contains x",
                             "acl[x].equals y",
                             "acl[1]equals x",
                             "domain[1].equals",

                             "rewrite path_pattern /a /b\\q",

                             "rewriting",
                             "acl [1].equals x"});
    }

    Random& random_;
    std::vector<string> lines_;
    std::vector<string> words_;
};

} // namespace

string make_rules(Random& random, const string& policy) {
    if (random.chance(2))
        return random.pick({"", "# nothing\n", "\n\n"});
    return Rules(random, policy).text();
}

} // namespace differential
