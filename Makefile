# SPDX-License-Identifier: GPL-2.0-only
# The front door: everything one does with this project is a target here; `make help` lists them.
#
# Work that is not compiling lives in the scripts beside what it concerns; this file only knows what needs what.

machine := $(patsubst aarch64,arm64,$(patsubst x86_64,amd64,$(shell uname -m)))
ARCH ?= $(machine)
PREFIX ?= /usr
LINKS ?= symlink
FUZZ_TIME ?= 600
# The whole tool box, the editor and the daemons included, is to stay below a MiB; this is for what there is now.
SIZE_BUDGET ?= 1007616
export SIZE_BUDGET

ifeq ($(filter amd64 arm64,$(ARCH)),)
$(error ARCH is '$(ARCH)'; it must be amd64 or arm64)
endif

# All processors by default; a -j on the command line comes later and wins.
ifeq ($(MAKELEVEL),0)
MAKEFLAGS += -j$(shell nproc)
endif
MAKEFLAGS += --no-print-directory --no-builtin-rules
.DELETE_ON_ERROR:
.SUFFIXES:
unexport CFLAGS CXXFLAGS CPPFLAGS LDFLAGS
Q := $(if $(V),,@)
say = @printf '  %-7s %s\n'

obj := build/obj/$(ARCH)
out := build$(if $(filter amd64,$(ARCH)),,/$(ARCH))
bin := $(out)/tomoyo-box

engine := $(sort $(wildcard lsm/engine/*.c))
# Parts of the kernel side that know no kernel.
portable := lsm/report.c
library := $(sort $(wildcard tomoyo-box/*/*.cc tomoyo-box/*/*/*.cc))
applets := $(sort $(wildcard applets/*.cc))
program := $(engine) $(library) $(sort $(wildcard tomoyo-box/*.cc)) $(applets)
units := $(sort $(wildcard tests/unit/*.c tests/unit/*.cc))
fuzzers := $(sort $(wildcard tests/fuzz/*.cc))
differential := $(sort $(wildcard tests/differential/*.cc))
models := $(sort $(wildcard tests/model/*.c tests/model/*.cc))

warn := -Wall -Wextra
# No policy has a fraction in it: fmt without floating point and locales is 33 KB smaller. (It prints nothing for a double.)
defines := -D_GNU_SOURCE -DNCURSES_WIDECHAR=1 -DCLI11_HAS_FILESYSTEM=0 \
	-DFMT_USE_FLOAT=0 -DFMT_USE_DOUBLE=0 -DFMT_USE_LONG_DOUBLE=0 -DFMT_STATIC_THOUSANDS_SEPARATOR=0x2c
common := -I. -Ibuild/gen -Ibuild/gen/cli11 $(defines) -ffile-prefix-map=$(CURDIR)=.
c_std := -std=gnu11
cxx_std := -std=c++20

# What is not for the target is compiled with what the machine has: GCC, GXX, CLANG and CLANGXX.
$(foreach tool,$(shell tomoyo-box/toolchain/compilers.sh),$(eval $(tool)))

.PHONY: all
## all: the static binary build/tomoyo-box (ARCH=arm64: build/arm64/tomoyo-box); V=1 shows the commands
all: $(bin)

# ---- The toolchain ---------------------------------------------------------------------------------------------
# A makefile that make itself brings up to date: the first make on a new machine installs packages and builds the
# toolchain, then starts over knowing its folder. Objects depend on it, so another toolchain rebuilds them.
goals := $(or $(MAKECMDGOALS),all)
static_goals := all toolchain size completions install bench check-debug check-repeat demo demo-shell vm-shell $(obj)/% $(out)/tomoyo-box%
toolchain_mk := build/gen/toolchain-$(ARCH).mk
ifneq ($(filter $(static_goals),$(goals)),)
include $(toolchain_mk)
$(toolchain_mk): FORCE
	@mkdir -p $(@D)
	@tc=$$(tomoyo-box/toolchain/build.sh $(ARCH)) && echo "TC := $$tc" | tomoyo-box/replace-if-changed.sh $@
endif

.PHONY: toolchain
## toolchain: only the toolchain; it stays in the user's cache, so `make clean` keeps it
toolchain: $(toolchain_mk)
	@:

# ---- The binary ------------------------------------------------------------------------------------------------
build/gen/applets.inc: FORCE
	@mkdir -p $(@D)
	@LC_ALL=C awk -f tomoyo-box/registry.awk $(applets) /dev/null >$@.new
	@tomoyo-box/replace-if-changed.sh $@ <$@.new && rm -f $@.new

# CLI11 without <iostream>: 115 KB less (tomoyo-box/cli/mini_stream.h).
build/gen/cli11/made: tomoyo-box/cli/cli11.sh
	@tomoyo-box/cli/cli11.sh /usr/include/CLI $(@D)
	@touch $@

# objects NAME COMPILER-C COMPILER-C++ FLAGS: how sources become build/obj/NAME/SOURCE.o. The commands themselves
# are written to a file the objects depend on: other flags, other objects.
define objects
build/obj/$1/commands: FORCE
	@mkdir -p $$(@D)
	@echo '$2 $3 $4 $(c_std) $(cxx_std) $(common)' | tomoyo-box/replace-if-changed.sh $$@
build/obj/$1/%.c.o: %.c build/obj/$1/commands | build/gen/applets.inc build/gen/cli11/made
	@mkdir -p $$(@D)
	$$(say) CC $$<
	$$(Q)$2 $(c_std) $(common) $4 -MMD -MP -c $$< -o $$@
build/obj/$1/%.cc.o: %.cc build/obj/$1/commands | build/gen/applets.inc build/gen/cli11/made
	@mkdir -p $$(@D)
	$$(say) CXX $$<
	$$(Q)$3 $(cxx_std) $(common) $4 -MMD -MP -c $$< -o $$@
.SECONDARY: $$(foreach s,$5,build/obj/$1/$$s.o)
-include $$(foreach s,$5,build/obj/$1/$$s.d)
endef
objects_of = $(patsubst %,build/obj/$1/%.o,$2)

# Without ipa-sra no file keeps private copies of what the C++ library has: 25 KB.
size_flags := -Os -fno-ipa-sra -ffunction-sections -fdata-sections $(warn) -Werror
# Separate pages for code would cost 8 KB of padding.
link_flags := -Wl,--gc-sections -Wl,--build-id=none -Wl,-z,noexecstack -Wl,-z,noseparate-code -Wl,--fatal-warnings
$(eval $(call objects,$(ARCH),$(TC)/bin/tb-cc,$(TC)/bin/tb-cxx,$(size_flags),$(program)))

# A source that disappears changes no time stamp, but it changes this list.
$(obj)/link: FORCE
	@mkdir -p $(@D)
	@echo '$(TC) $(link_flags) $(program)' | tomoyo-box/replace-if-changed.sh $@

$(bin).debug: $(call objects_of,$(ARCH),$(program)) $(obj)/link
	@mkdir -p $(@D)
	$(say) LINK $@
	$(Q)$(TC)/bin/tb-cxx -o $@ $(filter %.o,$^) $(link_flags) -Wl,-Map=$(bin).map -lncurses

$(bin): $(bin).debug
	$(say) STRIP $@
	$(Q)$(TC)/bin/tb-strip -s -R .comment -R .note.gnu.property -o $@ $<

.PHONY: size
## size: bytes of each applet and library in the binary; fails when it is above SIZE_BUDGET
size: $(bin)
	@tests/bench/size.sh $(bin) $(bin).map build/bench/size.tsv

.PHONY: completions
## completions: makes completions/ for bash, zsh and fish from the options that the applets declare
completions: $(bin)
	@completions/generate.sh $(bin) completions

.PHONY: install
## install: DESTDIR= PREFIX=/usr USRLIBDIR=/usr/lib LINKS=symlink|hardlink; binary, a link for each applet, man pages
install: $(bin)
	@tomoyo-box/install.sh $(bin) build/gen/applets.inc '$(DESTDIR)' '$(PREFIX)' '$(LINKS)' \
		'$(or $(USRLIBDIR),$(LIBDIR),$(PREFIX)/lib)'

# ---- Test programs: the host's glibc, with sanitizers ----------------------------------------------------------
# Instrumented libraries hold everything but main() and the applets, which are tested through the binary.
sanitize := -O1 -g -fno-omit-frame-pointer -fno-sanitize-recover=all
host_flags := $(warn) $(sanitize) -fsanitize=address,undefined -DTMY_OS_HOSTILE
thread_flags := $(warn) $(sanitize) -fsanitize=thread -DTMY_OS_HOSTILE
fuzz_flags := $(warn) $(sanitize) -fsanitize=fuzzer-no-link,address,undefined -DTMY_OS_HOSTILE
unit_programs := $(patsubst tests/unit/%,build/unit/%,$(basename $(units)))
fuzz_programs := $(patsubst tests/fuzz/%.cc,build/fuzz/%,$(fuzzers))
# Each is made of its own file and of what the programs share; one runs in the guest, hence without sanitizers.
differential_programs := $(addprefix build/differential/,generate engine compare guest)
differential_shared := $(filter-out $(patsubst build/%,tests/%.cc,$(differential_programs)),$(differential))

ifeq ($(filter $(static_goals) help clean,$(goals)),)
$(eval $(call objects,host,$(GCC),$(GXX),$(host_flags),$(engine) $(portable) $(library) $(models) $(units) $(differential)))
$(eval $(call objects,thread,$(GCC),$(GXX),$(thread_flags),$(engine) tests/unit/threads.c))
$(eval $(call objects,guest,$(GCC),$(GXX),-O2 $(warn),$(engine) $(differential)))
$(eval $(call objects,fuzz,$(CLANG),$(CLANGXX),$(fuzz_flags),$(engine) $(library) $(models) $(fuzzers)))
endif

build/obj/host/library.a: $(call objects_of,host,$(engine) $(portable) $(library) $(models))
build/obj/fuzz/library.a: $(call objects_of,fuzz,$(engine) $(library) $(models))
build/obj/%/library.a:
	@rm -f $@
	$(Q)ar qcsD $@ $^

# What is about threads has the sanitizer for threads, which goes with no other.
build/unit/threads: $(call objects_of,thread,$(engine) tests/unit/threads.c)
	@mkdir -p $(@D)
	$(say) LINK $@
	$(Q)$(GCC) $(thread_flags) -o $@ $^

build/unit/%: build/obj/host/tests/unit/%.c.o build/obj/host/library.a
	@mkdir -p $(@D)
	$(say) LINK $@
	$(Q)$(GXX) $(host_flags) -o $@ $^ -lncursesw -ltinfo

build/unit/%: build/obj/host/tests/unit/%.cc.o build/obj/host/library.a
	@mkdir -p $(@D)
	$(say) LINK $@
	$(Q)$(GXX) $(host_flags) -o $@ $^ -lncursesw -ltinfo

build/fuzz/%: build/obj/fuzz/tests/fuzz/%.cc.o build/obj/fuzz/library.a
	@mkdir -p $(@D)
	$(say) LINK $@
	$(Q)$(CLANGXX) $(sanitize) -fsanitize=fuzzer,address,undefined -o $@ $^ -lncursesw -ltinfo

build/differential/guest: $(call objects_of,guest,tests/differential/guest.cc $(differential_shared) $(engine))
	@mkdir -p $(@D)
	$(say) LINK $@
	$(Q)$(GXX) -static -o $@ $^

build/differential/%: build/obj/host/tests/differential/%.cc.o $(call objects_of,host,$(differential_shared) $(engine))
	@mkdir -p $(@D)
	$(say) LINK $@
	$(Q)$(GXX) $(host_flags) -o $@ $^

# The flags of the host build, for clang-tidy, which reads the sources as that build does.
.PHONY: print-flags
print-flags:
	@echo '$(common) -DTMY_OS_HOSTILE'

.PHONY: unit-programs fuzz-programs differential-programs
unit-programs: $(unit_programs)
fuzz-programs: $(fuzz_programs)
differential-programs: $(differential_programs)

# ---- The kernel ------------------------------------------------------------------------------------------------
# One way to a kernel: the bench's. Here it only gets a place where people look for it.
KVER ?= 6.12
LSM ?= ours
kernel_name = $(if $(DEBUG),debug,$(if $(filter mainline,$(LSM)),mainline,box))-$(KVER)
kernel_dir = build/kernel/$(patsubst box-%,%,$(kernel_name))
ifneq ($(filter kernel,$(goals)),)
$(if $(filter 6.12 6.1,$(KVER)),,$(error KVER is '$(KVER)'; it must be 6.12 or 6.1))
$(if $(filter ours mainline,$(LSM)),,$(error LSM is '$(LSM)'; it must be ours or mainline))
$(if $(and $(DEBUG),$(filter mainline,$(LSM))),$(error DEBUG=1 is for LSM=ours))
endif
.PHONY: kernel
## kernel: a small kernel with our TOMOYO, build/kernel/KVER/bzImage; KVER=6.12|6.1, LSM=ours|mainline, DEBUG=1
kernel:
	@image=$$(tests/vm/kernel.sh $(kernel_name)) && mkdir -p $(kernel_dir) && \
		cp $$image $(kernel_dir)/bzImage && cp $${image%/*}/config $(kernel_dir)/config
	$(say) KERNEL $(kernel_dir)/bzImage

# ---- Checks ----------------------------------------------------------------------------------------------------
.PHONY: check check-full check-unit check-kernel check-host check-vm check-debug check-repeat check-fresh
.PHONY: differential lint fuzz bench format
## check: what CI runs, on Linux 6.12; the last line says how many passed and failed
check:
	@tests/run.sh unit kernel host vm differential fuzz lint
## check-full: all of that on every kernel, and debug kernels, storms, arm64, new Debian 12 and 13: for who has changed lsm/
check-full:
	@tests/run.sh --full unit kernel host vm differential fuzz lint arm64 debug trixie fresh
## check-unit: the test programs of tests/unit, with address and undefined behaviour sanitizers
check-unit:
	@tests/run.sh unit
## check-kernel: does the engine compile as a part of Debian's kernels, in the eyes of the compiler and of sparse
check-kernel:
	@tests/run.sh kernel
## check-host: the tests of the binary that need no special kernel
check-host:
	@tests/run.sh host
## check-vm: the tests that boot kernels in virtual machines
check-vm:
	@tests/run.sh vm
## check-debug: the same tests on a kernel that finds mistakes of memory and locking, and storms in tests/vm/debug
check-debug: $(bin) vm-packages
	@tests/vm/check.sh --full $(or $(KERNEL),debug-6.12)
## check-fresh: all that CI runs, in a new minimal Debian 12 that has nothing of this machine; needs root
check-fresh:
	@tests/run.sh fresh
## differential: N=100000 random policy lines, and as many as belong to them, on the engine and on mainline's kernels
differential:
	@N=$(or $(N),100000) SEED=$(or $(SEED),random) tests/run.sh differential
## check-repeat: FILE= of tests/host or tests/vm, N=20 times: which tests fail by chance; LOAD=1: also beside a load
check-repeat: $(bin) vm-packages
	@tests/repeat.sh '$(FILE)' '$(or $(N),20)' '$(or $(KERNEL),box-6.12)' '$(LOAD)'
## lint: format, static analysis, shell scripts, man pages, licence lines
lint:
	@tests/run.sh lint
## fuzz: every fuzz target for FUZZ_TIME=600 seconds
fuzz:
	@FUZZ_TIME=$(FUZZ_TIME) tests/run.sh fuzz
## format: lets clang-format rewrite the sources the way lint wants them
format:
	@tests/lint/clang-format.sh --fix
## bench: measures speed, memory and size; results in build/bench
bench: $(bin)
	@tests/bench/run.sh

# ---- Seeing it work --------------------------------------------------------------------------------------------
.PHONY: demo demo-shell vm-shell vm-packages
vm-packages:
	@tomoyo-box/toolchain/packages.sh vm
## demo: a small system in a virtual machine learns what its web server does, and denies an attack; KERNEL=box-6.12
demo: $(bin) vm-packages
	@tests/demo/run.sh $(KERNEL)
## demo-shell: that system, with a shell for you
demo-shell: $(bin) vm-packages
	@tests/demo/shell.sh $(KERNEL)
## vm-shell: a shell in a test machine; KERNEL= names the kernel
vm-shell: $(bin) vm-packages
	@tests/vm/shell.sh $(KERNEL)

.PHONY: clean help FORCE
## clean: removes build/
clean:
	@rm -rf build
## help: this list
help:
	@sed -n 's/^## \([^:]*\): \(.*\)/\1\t\2/p' $(firstword $(MAKEFILE_LIST)) | while IFS="$$(printf '\t')" read -r t d; do \
		printf '  make %-12s %s\n' "$$t" "$$d"; done
FORCE:
