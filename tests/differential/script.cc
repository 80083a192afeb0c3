// SPDX-License-Identifier: GPL-2.0-only
// The files that the programs of the differential tests exchange.
#include "tests/differential/script.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace differential {

const char* const file_names[files + 1] = {"domain_policy", "exception_policy", "profile", "manager", "stat",
                                           "chain"};

const char* const action_names[] = {"write", "read", "run"};

void die(const std::string& message) {
    fprintf(stderr, "differential: %s\n", message.c_str());
    exit(2);
}

FILE* open_or_die(const char* path, const char* mode) {
    FILE* file = fopen(path, mode);
    if (!file)
        die(std::string(path) + ": " + strerror(errno));
    return file;
}

File file_named(const std::string& name) {
    for (int i = 0; i <= files; i++)
        if (name == file_names[i])
            return static_cast<File>(i);
    die("no file " + name);
}

namespace {

void write_text(FILE* to, const char* what, const char* name, const std::string& text) {
    fprintf(to, "%s %s %zu\n", what, name, text.size());
    fwrite(text.data(), 1, text.size(), to);
    fputc('\n', to);
}

// The bytes behind a header line "... LENGTH".
std::string read_text(FILE* from, size_t length) {
    std::string text(length, '\0');
    if (fread(text.data(), 1, length, from) != length || fgetc(from) != '\n')
        die("a file is cut off");
    return text;
}

// The next header line; false at the end, or (and then it is read again) when it starts a batch and `stop`.
bool header(FILE* from, char (&line)[256], bool stop) {
    const long at = ftell(from);
    if (!fgets(line, sizeof(line), from))
        return false;
    if (!stop || strncmp(line, "batch ", 6) != 0)
        return true;
    fseek(from, at, SEEK_SET);
    return false;
}

} // namespace

void write_batch(FILE* to, const Batch& batch) {
    fprintf(to, "batch %s %d\n", batch.name.c_str(), batch.type);
    for (const Step& step : batch.steps)
        write_text(to, action_names[step.action], file_names[step.file], step.line);
}

bool read_batch(FILE* from, Batch& batch) {
    char line[256], name[64], what[16];
    int type;
    if (!header(from, line, false))
        return false;
    if (sscanf(line, "batch %63s %d", name, &type) != 2)
        die(std::string("not a script: ") + line);
    batch = {name, static_cast<Batch::Type>(type), {}};
    while (header(from, line, true)) {
        size_t length;
        if (sscanf(line, "%15s %63s %zu", what, name, &length) != 3)
            die(std::string("not a step: ") + line);
        Step::Action action = Step::write;
        for (const Step::Action other : {Step::read, Step::run})
            if (!strcmp(what, action_names[other]))
                action = other;
        batch.steps.push_back({action, file_named(name), read_text(from, length)});
    }
    return true;
}

void write_outcome(FILE* to, const Outcome& outcome) {
    fprintf(to, "batch %s\n", outcome.name.c_str());
    write_text(to, "verdicts", "-", outcome.verdicts);
    for (const Reading& reading : outcome.readings)
        write_text(to, "read", file_names[reading.file], reading.text);
}

bool read_outcome(FILE* from, Outcome& outcome) {
    char line[256], name[64], what[16];
    if (!header(from, line, false))
        return false;
    if (sscanf(line, "batch %63s", name) != 1)
        die(std::string("not an outcome: ") + line);
    outcome = {name, "", {}};
    while (header(from, line, true)) {
        size_t length;
        if (sscanf(line, "%15s %63s %zu", what, name, &length) != 3)
            die(std::string("not an outcome: ") + line);
        std::string text = read_text(from, length);
        if (!strcmp(what, "verdicts"))
            outcome.verdicts = text;
        else
            outcome.readings.push_back({file_named(name), text});
    }
    return true;
}

} // namespace differential
