// SPDX-License-Identifier: GPL-2.0-only
// Interface: the client of /sys/kernel/security/tomoyo/ (kernel ABI specification, section 7).
#pragma once

#include "tomoyo-box/base/error.h"
#include "tomoyo-box/base/fd.h"

#include <string>
#include <string_view>

// Where the interface directory is if this kernel has one: TOMOYO_INTERFACE when set, else the usual place.
// Nothing is mounted.
std::string interface_directory();

class Interface {
public:
    // Finds the interface directory: TOMOYO_INTERFACE when set, else the usual place; there, a securityfs
    // that is not mounted is mounted in a private mount namespace, invisible to the rest of the system.
    // Throws Error (exit 1) when this kernel has no TOMOYO. LEGACY: what the old tool said then.
    explicit Interface(std::string_view legacy = "You can't run this program for this kernel.");

    const std::string& directory() const { return directory_; }
    std::string path(std::string_view file) const { return directory_ + "/" + std::string(file); }

    // Throw Error (exit 1 when it is a matter of permission, else 2).
    [[nodiscard]] Fd open(std::string_view file, int flags) const;
    std::string read(std::string_view file) const;

    // "2.6.0"; empty when it cannot be read.
    std::string version() const;

    // The domain of the calling process; empty when the kernel does not say.
    std::string own_domain() const;

    // May this process change policy? Asked by a real write of an empty line, which has no effect:
    // the zero-length write that tomoyo-tools use proves nothing. Throws Error when it cannot be asked.
    bool is_manager() const;

    // The error for a write that the manager list refused, with what to do about it.
    [[nodiscard]] Error not_a_manager() const;

    // The error for a failed write(2) to FILE with errno NUMBER.
    [[nodiscard]] Error write_error(std::string_view file, int number) const;

private:
    std::string directory_;
};

// Writes lines to an interface file in large pieces: the kernel keeps an unfinished line until the next
// write. The kernel reports only a refused manager and lack of memory; a line it does not understand it drops
// in silence.
class PolicyWriter {
public:
    // FILE: "domain_policy". INTERFACE must outlive the writer.
    PolicyWriter(const Interface& interface, std::string_view file);
    PolicyWriter(const PolicyWriter&) = delete;
    PolicyWriter& operator=(const PolicyWriter&) = delete;
    // What was not flushed is lost: a destructor cannot report a refusal.
    ~PolicyWriter() = default;

    // Adds LINE and its newline. Throws Error when a full buffer is refused.
    void line(std::string_view line);
    void flush();

private:
    const Interface& interface_;
    std::string file_;
    Fd fd_;
    std::string buffer_;
};
