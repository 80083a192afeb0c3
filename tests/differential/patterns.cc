// SPDX-License-Identifier: GPL-2.0-only
// Makes patterns and names that they match, or nearly; compares what was matched.
#include "tests/differential/patterns.h"

#include "tests/differential/random.h"
#include "tests/differential/script.h"

#include "lsm/engine/word.h"

#include <algorithm>
#include <cstdlib>
#include <string_view>

namespace differential {

namespace {

using std::string;
using std::string_view;

const char letters[] = "abA1f09./\\. \303\251\001\377-*{\"";

class Generator {
public:
    explicit Generator(size_t seed) : random_(seed, 0) {}

    Pattern make() {
        Pattern pattern{word(), {}};
        for (size_t i = random_.between(8, 16); i-- > 0;) {
            string name = random_.chance(92) ? match(pattern.word) : any();
            for (size_t faults = random_.chance(45) ? random_.between(1, 2) : 0; faults-- > 0;)
                change(name);
            name.erase(std::remove(name.begin(), name.end(), '\0'), name.end());
            if (!name.empty() && name.size() < 4000)
                pattern.names.push_back(name);
        }
        return pattern;
    }

private:
    string component() {
        string text;
        for (size_t i = random_.between(0, 4); i-- > 0;)
            text += random_.chance(60) ? random_.pick({"\\*", "\\*", "\\@", "\\?", "\\$", "\\+", "\\X", "\\x",
                                                       "\\A", "\\a", "\\-", "\\-"})
                                       : random_.pick({"a", "b", "A", "1", "f", ".", "\\040", "\\303\\251",
                                                       "\\\\", "\\001", "-", "*"});
        return text;
    }

    string word() {
        string text = random_.chance(80) ? "" : random_.pick({"a", "proc:", "\\*", "\\A:"});
        for (size_t i = random_.between(1, 4); i-- > 0;)
            if (random_.chance(20))
                text += "/\\{" + component() + "\\}" + (i ? "" : random_.pick({"/", "/", "/a", "/\\*"}));
            else
                text += '/' + component();
        if (random_.chance(2))
            for (size_t i = random_.between(10, 19); i-- > 0;)
                text += random_.pick({"\\*", "\\@", "\\$", "a"});
        return text;
    }

    char letter() { return letters[random_.below(sizeof(letters) - 1)]; }

    string some(size_t least, string_view from) {
        string text;
        for (size_t i = least + random_.below(3); i-- > 0;)
            text += from[random_.below(from.size())];
        return text;
    }

    string any() {
        string text;
        for (size_t i = random_.between(1, 12); i-- > 0;)
            text += letter();
        return text;
    }

    // A name that the pattern matches, unless something behind "\-" forbids it.
    string match(string_view pattern) {
        string name;
        for (size_t i = 0; i < pattern.size(); i++) {
            if (pattern[i] != '\\') {
                name += pattern[i];
                continue;
            }
            const char operation = ++i < pattern.size() ? pattern[i] : '\\';
            switch (operation) {
            case '\\':
                name += '\\';
                break;
            case '*':
                name += some(0, "abA1.\\ \303\251");
                break;
            case '@':
                name += some(0, "abA1\\ \303\251");
                break;
            case '?':
                name += letter();
                break;
            case '$':
                name += some(1, "0159");
                break;
            case '+':
                name += static_cast<char>('0' + random_.below(10));
                break;
            case 'X':
                name += some(1, "09afAF");
                break;
            case 'x':
                name += random_.pick({"0", "9", "a", "F"});
                break;
            case 'A':
                name += some(1, "azAZ");
                break;
            case 'a':
                name += random_.pick({"a", "z", "A", "Z"});
                break;
            case '-': // what follows is mostly not to be there
                if (random_.chance(80))
                    while (i + 1 < pattern.size() && pattern[i + 1] != '/' &&
                           pattern.substr(i + 1, 2) != "\\}")
                        i++;
                break;
            case '{': {
                const size_t end = pattern.find("\\}", i);
                if (end == string_view::npos)
                    break;
                for (size_t repeat = random_.between(0, 3); repeat-- > 0;)
                    name += match(pattern.substr(i + 1, end - i - 1)) + (repeat ? "/" : "");
                i = end + 1;
                break;
            }
            default:
                if (operation >= '0' && operation <= '3' && i + 2 < pattern.size()) {
                    name += static_cast<char>((operation - '0') * 64 + (pattern[i + 1] - '0') * 8 +
                                              pattern[i + 2] - '0');
                    i += 2;
                }
            }
        }
        return name;
    }

    void change(string& name) {
        const size_t at = random_.below(name.size() + 1);
        switch (random_.below(4)) {
        case 0:
            name.insert(at, 1, letter());
            break;
        case 1:
            if (at < name.size())
                name.erase(at, 1);
            break;
        case 2:
            if (at < name.size())
                name[at] = letter();
            break;
        default:
            name += random_.pick({"/", "a", ".", "/a"});
        }
    }

    Random random_;
};

string hexadecimal(const string& bytes) {
    string text;
    for (const char byte : bytes) {
        char digits[3];
        snprintf(digits, sizeof(digits), "%02x", static_cast<unsigned char>(byte));
        text += digits;
    }
    return text;
}

bool read_line(FILE* from, string& line) {
    char* text = nullptr;
    size_t room = 0;
    const ssize_t length = getline(&text, &room, from);
    line.assign(text ? text : "", length > 0 ? static_cast<size_t>(length) - 1 : 0);
    free(text);
    return length > 0;
}

} // namespace

void generate_patterns(FILE* to, size_t pairs, size_t seed) {
    Generator generator(seed);
    for (size_t made = 0; made < pairs;) {
        const Pattern pattern = generator.make();
        // A wrong word would never match: policy lines are tested elsewhere.
        if (pattern.names.empty() || !tmy_correct_word(pattern.word.data(), pattern.word.size()))
            continue;
        fprintf(to, "%s\n", pattern.word.c_str());
        for (const string& name : pattern.names)
            fprintf(to, "%s\n", hexadecimal(name).c_str());
        fputc('\n', to);
        made += pattern.names.size();
    }
}

bool read_pattern(FILE* from, Pattern& pattern) {
    string line;
    pattern.names.clear();
    if (!read_line(from, pattern.word))
        return false;
    while (read_line(from, line) && !line.empty()) {
        string name;
        for (size_t i = 0; i + 1 < line.size(); i += 2)
            name += static_cast<char>(std::stoi(line.substr(i, 2), nullptr, 16));
        pattern.names.push_back(name);
    }
    return true;
}

bool compare_patterns(FILE* script, FILE* kernel, FILE* other) {
    size_t pairs = 0, matches = 0, faults = 0;
    Pattern pattern;
    string theirs, ours;
    while (read_pattern(script, pattern)) {
        const bool both = read_line(kernel, theirs) && read_line(other, ours);
        if (!both || theirs.size() != pattern.names.size() || ours.size() != theirs.size()) {
            printf("not ok 1 - a replay ended at pattern %s\n1..1\n", pattern.word.c_str());
            return false;
        }
        for (size_t i = 0; i < theirs.size(); i++) {
            char name[16384];
            pairs++;
            matches += theirs[i] == '+';
            if (theirs[i] == ours[i] || faults++ >= 20)
                continue;
            name[tmy_encode(name, sizeof(name) - 1, pattern.names[i].data(), pattern.names[i].size())] = '\0';
            printf("# %s against %s: kernel %c, other %c\n", pattern.word.c_str(), name, theirs[i], ours[i]);
        }
    }
    printf("# %zu pairs, of which the kernel matches %zu\n", pairs, matches);
    printf("%s 1 - %zu of %zu names are matched alike\n1..1\n", faults || !pairs ? "not ok" : "ok",
           pairs - faults, pairs);
    return !faults && pairs;
}

} // namespace differential
