// SPDX-License-Identifier: GPL-2.0-only
// Fuzz target: any bytes as policy files. A line of '!' and a digit says which file the next lines are
// written to. What is read back must be accepted by an empty policy, line by line, and read back the same
// from there.
#include "tests/model/duel.h"

#include <cerrno>
#include <cstring>

namespace {

constexpr int files = TMY_FILE_STAT + 1;
// In this order what a line refers to is there already.
constexpr tmy_file order[] = {TMY_FILE_PROFILE, TMY_FILE_EXCEPTION_POLICY, TMY_FILE_MANAGER,
                              TMY_FILE_DOMAIN_POLICY};

class Files {
public:
    Files() : policy_(tmy_policy_create()) {
        for (int file = 0; file < files; file++)
            streams_[file] = tmy_stream_open(policy_, static_cast<tmy_file>(file));
    }
    ~Files() {
        for (tmy_stream* stream : streams_)
            tmy_stream_close(stream);
        tmy_policy_destroy(policy_);
    }
    Files(const Files&) = delete;
    Files& operator=(const Files&) = delete;

    int write(int file, const std::string& line) {
        const auto bytes = std::make_unique<char[]>(line.size());
        std::memcpy(bytes.get(), line.data(), line.size());
        struct tmy_problem problem = {};
        const int result = tmy_stream_write(streams_[file], bytes.get(), line.size(), &problem);
        if (result != 0 && result != -EINVAL && result != -ENOENT && result != -ENOMEM)
            model::differ(line, std::to_string(result), "an expected result");
        if (result == -EINVAL &&
            (!problem.reason || problem.at < bytes.get() || problem.at > bytes.get() + line.size()))
            model::differ(line, "tells no place", "a problem has one");
        return result;
    }

    std::string read(tmy_file file) {
        tmy_stream* stream = tmy_stream_open(policy_, file);
        std::string text;
        char chunk[64];
        for (long length; (length = tmy_stream_read(stream, chunk, sizeof(chunk))) > 0;)
            text.append(chunk, static_cast<size_t>(length));
        tmy_stream_close(stream);
        return text;
    }

    void collect() { tmy_collect(policy_); }

private:
    tmy_policy* policy_;
    tmy_stream* streams_[files];
};

void write_all(Files& to, const std::string& text) {
    int file = TMY_FILE_DOMAIN_POLICY;
    for (const std::string& line : model::split(text, '\n'))
        if (line.size() == 2 && line[0] == '!' && line[1] >= '0' && line[1] < '0' + files)
            file = line[1] - '0';
        else
            to.write(file, line);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    Files from, to;
    write_all(from, {reinterpret_cast<const char*>(data), size});
    from.read(TMY_FILE_STAT);
    from.collect();
    for (const tmy_file file : order)
        for (const std::string& line : model::split(from.read(file), '\n'))
            if (!line.empty() && to.write(file, line))
                model::differ("written again", line, "was read");
    for (const tmy_file file : order)
        model::same("read again", to.read(file), from.read(file));
    return 0;
}
