// SPDX-License-Identifier: GPL-2.0-only
// Quotas: written only when they have changed.
#include "tomoyo-box/store/quota.h"

#include "tomoyo-box/base/atomic_file.h"
#include "tomoyo-box/base/path.h"
#include "tomoyo-box/policy/language/quotas.h"

namespace store {

bool save_quota(std::string_view stat, const std::string& path) {
    const std::string text = policy::quota_text(stat);
    if (exists(path) && read_file(path) == text)
        return false;
    AtomicFile file(path);
    file.write(text);
    file.replace();
    return true;
}

} // namespace store
