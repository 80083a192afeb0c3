// SPDX-License-Identifier: GPL-2.0-only
// Runs chains of programs on the kernel. All of them are this program under many names; that it is a link of
// a chain it knows by a descriptor, as arguments and environment belong to the test.
#include "tests/differential/interface.h"
#include "tests/differential/transitions.h"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace differential {

namespace {

using std::string;

// The chain's text, of which the offset says how far it is, and the record.
const int chain_fd = 100, record_fd = 101;
const char chain_file[] = "/tmp/chain", record_file[] = "/tmp/record";

void must(bool done, const char* what) {
    if (!done)
        die(string(what) + ": " + strerror(errno));
}

void make_programs() {
    if (access("/t", F_OK) == 0)
        return;
    must(!mkdir("/t", 0755) && !mkdir("/t/d", 0755), "mkdir");
    must(!symlink("a", "/t/l") && !symlink("../b", "/t/d/n") && !symlink("d", "/t/e"), "symlink");
    for (const Program& program : programs)
        // Others are found through the links.
        if (!strcmp(program.name, program.runs) && access(program.path, F_OK) != 0)
            must(!link(first_program, program.path), program.path);
    must(!chmod(first_program, 0755), "chmod");
    FILE* script = open_or_die("/t/s.sh", "w");
    fputs("#!/t/a\n", script);
    fclose(script);
    must(!chmod("/t/s.sh", 0755), "chmod");
}

void keep_open(const char* path, int flags, int as) {
    const int fd = open(path, flags, 0600);
    must(fd >= 0 && dup2(fd, as) == as, path);
    close(fd);
}

string read_file(const char* path) {
    const int fd = open(path, O_RDONLY);
    must(fd >= 0, path);
    string text = read_all(fd);
    close(fd);
    return text;
}

// Byte by byte, so that the offset is right for the program that comes next.
bool read_hop(string& line) {
    char byte;
    for (line.clear(); read(chain_fd, &byte, 1) == 1 && byte != '\n';)
        line += byte;
    return !line.empty();
}

void record(const string& text) {
    must(write(record_fd, text.data(), text.size()) == static_cast<ssize_t>(text.size()), "record");
}

// Returns only when it fails.
void execute(const Hop& hop) {
    std::vector<char*> argv, envp;
    for (const string& argument : hop.argv)
        argv.push_back(const_cast<char*>(argument.c_str()));
    for (const string& variable : hop.envp)
        envp.push_back(const_cast<char*>(variable.c_str()));
    argv.push_back(nullptr);
    envp.push_back(nullptr);
    execve(hop.path.c_str(), argv.data(), envp.data());
}

} // namespace

bool in_chain() { return fcntl(chain_fd, F_GETFD) >= 0; }

void next_program() {
    const int self = open_interface("self_domain", O_RDONLY);
    record(read_all(self) + '\n');
    close(self);
    for (string line; read_hop(line);) {
        execute(parse_chain("\n" + line + "\n").hops[0]);
        record("error " + std::to_string(errno) + '\n');
    }
    _exit(0);
}

string chain_on_kernel(const string& text) {
    make_programs();
    const size_t first = text.find('\n');
    FILE* hops = open_or_die(chain_file, "w");
    fputs(text.substr(first + 1).c_str(), hops);
    fclose(hops);
    const pid_t child = fork();
    must(child >= 0, "fork");
    if (!child) {
        enter_domain(text.substr(0, first));
        keep_open(chain_file, O_RDONLY, chain_fd);
        keep_open(record_file, O_WRONLY | O_CREAT | O_TRUNC, record_fd);
        next_program();
    }
    int status;
    must(waitpid(child, &status, 0) == child, "waitpid");
    string record = read_file(record_file);
    if (status)
        record += "status " + std::to_string(status) + '\n';
    return record;
}

} // namespace differential
