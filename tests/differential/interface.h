// SPDX-License-Identifier: GPL-2.0-only
// The kernel's policy files, for programs in the guest; what fails ends the program.
#ifndef TESTS_DIFFERENTIAL_INTERFACE_H
#define TESTS_DIFFERENTIAL_INTERFACE_H

#include <string>

namespace differential {

// A file below /sys/kernel/security/tomoyo.
int open_interface(const char* name, int mode);
std::string read_all(int fd);
void write_line(int fd, const std::string& line);
// Moves this process to another domain; the permission must be there.
void enter_domain(const std::string& name);

} // namespace differential

#endif
