// SPDX-License-Identifier: GPL-2.0-only
// The kernel's policy files.
#include "tests/differential/interface.h"

#include "tests/differential/script.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace differential {

using std::string;

int open_interface(const char* name, int mode) {
    const string path = string("/sys/kernel/security/tomoyo/") + name;
    const int fd = open(path.c_str(), mode | O_CLOEXEC);
    if (fd < 0)
        die(path + ": " + strerror(errno));
    return fd;
}

string read_all(int fd) {
    string all;
    char buffer[16384];
    for (ssize_t got; (got = read(fd, buffer, sizeof(buffer))) != 0;) {
        if (got < 0)
            die(string("read: ") + strerror(errno));
        all.append(buffer, static_cast<size_t>(got));
    }
    return all;
}

void write_line(int fd, const string& line) {
    const string whole = line + '\n';
    if (write(fd, whole.data(), whole.size()) != static_cast<ssize_t>(whole.size()))
        die("cannot write " + line + ": " + strerror(errno));
}

void enter_domain(const string& name) {
    const int policy = open_interface("domain_policy", O_RDWR),
              self = open_interface("self_domain", O_WRONLY);
    write_line(policy, "select pid=" + std::to_string(getpid()));
    write_line(policy, "task manual_domain_transition " + name);
    close(policy);
    write_line(self, name);
    close(self);
}

} // namespace differential
