// SPDX-License-Identifier: GPL-2.0-only
// What is done for every line of a policy asks for memory the first time only: a large allocation that comes
// and goes is a system call each time.
#include "tomoyo-box/base/fd.h"
#include "tomoyo-box/base/output.h"
#include "tomoyo-box/policy/language/words.h"
#include "tomoyo-box/policy/rewrite/packs.h"
#include "tomoyo-box/policy/rewrite/rewriter.h"
#include "tomoyo-box/policy/sets/unpack.h"

#include "tests/unit/tap.h"

#include <cstdlib>
#include <fcntl.h>
#include <new>
#include <unistd.h>

namespace {
size_t allocations = 0;
}

void* operator new(size_t size) {
    allocations++;
    if (void* memory = malloc(size ? size : 1))
        return memory;
    abort();
}
void operator delete(void* memory) noexcept { free(memory); }
void operator delete(void* memory, size_t) noexcept { free(memory); }

namespace {

using namespace policy;

// How many allocations WORK makes when it is done again.
template <typename Work> size_t again(Work work) {
    work();
    const size_t before = allocations;
    work();
    return allocations - before;
}

void test_names() {
    KeepList keep;
    keep.add_default();
    is(again([&] { (void)keep.covered_by("/usr/share/doc/a/b"); }), 0,
       "a name and the list of names to keep");
    is(again([&] { (void)keep.covered_by("/home/\\*/a.\\$"); }), 0,
       "a pattern and the list of names to keep");
    is(again([] { (void)matches("/usr/share/doc/a/b", "/usr/\\{\\*\\}/b"); }), 0, "a name and a pattern");
}

void test_lines() {
    RewriteRules rules;
    for (const RewritePack& pack : rewrite_packs())
        add_pack(rules, pack);
    rules.keep().add_default();
    Rewriter rewriter(rules, false);
    Unpacked unpacked({});
    const auto rewrite = [&] {
        (void)rewriter.next("<kernel> /usr/sbin/daemon-of-some-length");
        unpacked.start("file read/write/getattr proc:/self/task/12345/attr/current");
        for (std::string_view line; unpacked.next(line);)
            (void)rewriter.next(line);
        (void)rewriter.next("file read pipe:[1234567890]");
    };
    is(again(rewrite), 0, "lines whose names become patterns");
}

void test_output() {
    const Fd nowhere(open("/dev/null", O_WRONLY | O_CLOEXEC));
    Output output(nowhere.get(), "nowhere");
    const std::string line(100, 'x');
    is(again([&] {
           for (unsigned i = 0; i < 1000; i++)
               output.write(line);
       }),
       0, "output of 100 KB");
}

} // namespace

int main() {
    test_names();
    test_lines();
    test_output();
    return done();
}
