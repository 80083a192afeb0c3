#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-only
# The toolchain keeps its promises: one static file of bounded size, terminals built in, exceptions and threads work.

bats_require_minimum_version 1.5.0

setup_file() {
	top=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
	case $(uname -m) in x86_64) arch=amd64 ;; *) arch=arm64 ;; esac
	# Another CPU's programs are run by TOMOYO_RUN.
	arch=${TOMOYO_ARCH:-$arch}
	box=$top/build/tomoyo-box
	[ "$arch" = amd64 ] || box=$top/build/arm64/tomoyo-box
	tc=$("$top/tomoyo-box/toolchain/build.sh" "$arch")
	export top tc box
}

setup() {
	bats_load_library bats-support
	bats_load_library bats-assert
	cd "$BATS_TEST_TMPDIR" || return 1
	emulator=(${TOMOYO_RUN:+"$TOMOYO_RUN"})
}

@test "the binary asks for no program interpreter and no shared library" {
	run -0 readelf --wide --program-headers "$box"
	refute_output --partial INTERP
	run -0 readelf --wide --dynamic "$box"
	refute_output --partial NEEDED
}

@test "the binary starts where there is no libc and no /dev" {
	mkdir root
	cp "$box" root/tomoyo-box
	[ -z "${TOMOYO_RUN:-}" ] || cp "$TOMOYO_RUN" root/run
	enter=()
	[ "$(id -u)" = 0 ] || enter=(unshare --user --map-root-user)
	run -0 "${enter[@]}" chroot root ${TOMOYO_RUN:+/run} /tomoyo-box --help
	assert_output --partial tomoyo-box
}

@test "the binary has no writable and executable segment, and no executable stack" {
	run -0 readelf --wide --program-headers "$box"
	refute_output --partial RWE
}

@test "U-249 the binary is within its size budget, below what tomoyo-tools and their libraries take" {
	size=$(stat --format %s "$box")
	assert [ "$size" -le "${SIZE_BUDGET:-1007616}" ]
}

@test "the binary names no folder of the machine that built it" {
	run -1 grep --quiet --text --fixed-strings -e "$top" -e "$tc" "$box"
}

@test "ncurses knows its terminals without a terminfo database" {
	cat >terminals.c <<-'END'
		#include <curses.h>
		#include <stdio.h>
		#include <term.h>
		int main(int argc, char **argv)
		{
			for (int i = 1; i < argc; i++) {
				int error = 0;
				if (setupterm(argv[i], 1, &error) != OK)
					printf("%s unknown\n", argv[i]);
				else
					printf("%s %s\n", argv[i], cursor_address || i == argc - 1 ? "ok" : "useless");
			}
			SCREEN *screen = newterm("tmux-256color", stderr, stdin);
			if (screen)
				endwin();
			printf("newterm %s\n", screen ? "ok" : "failed");
			return 0;
		}
	END
	names="linux vt100 vt102 vt220 ansi xterm xterm-256color screen tmux tmux-256color dumb"
	"$tc/bin/tb-cc" -Os -Wall -Werror terminals.c -o terminals -lncurses
	# shellcheck disable=SC2086 # a list of names
	run -0 --separate-stderr env -i TERMINFO=/nonexistent "${emulator[@]}" ./terminals $names
	for name in $names newterm; do assert_line "$name ok"; done
	refute_output --regexp 'unknown|useless|failed'
}

@test "ncurses says that it does not know a terminal, and does not end the program" {
	cat >unknown.c <<-'END'
		#include <curses.h>
		int main(void) { return newterm("no-such-terminal", stdout, stdin) ? 1 : 0; }
	END
	"$tc/bin/tb-cc" -Os unknown.c -o unknown -lncurses
	run -0 env -i TERMINFO=/nonexistent "${emulator[@]}" ./unknown
}

@test "exceptions and threads work in a static program" {
	cat >threads.cc <<-'END'
		#include <cstdio>
		#include <mutex>
		#include <stdexcept>
		#include <string>
		#include <thread>
		#include <vector>
		int main() {
		    std::mutex m;
		    long sum = 0, caught = 0;
		    std::vector<std::thread> all;
		    for (int t = 0; t < 4; t++)
		        all.emplace_back([&] {
		            for (int i = 0; i < 20000; i++) {
		                std::lock_guard<std::mutex> hold(m);
		                sum++;
		                if (i % 1000 == 0)
		                    try { (void)std::string("x").at(7); } catch (const std::out_of_range&) { caught++; }
		            }
		        });
		    for (auto& t : all) t.join();
		    try { std::stoi("none"); } catch (const std::exception&) { caught++; }
		    std::printf("%ld %ld\n", sum, caught);
		}
	END
	"$tc/bin/tb-cxx" -std=c++20 -Os -ffunction-sections threads.cc -o threads -Wl,--gc-sections
	run -0 "${emulator[@]}" ./threads
	assert_output '80000 81'
	run -0 readelf --wide --program-headers threads
	refute_output --partial INTERP
}

@test "the same sources give the same bytes in another folder" {
	printf '#include <cassert>\n#include <vector>\nint main(int c, char**) { assert(c); std::vector<int> v(c); return v.at(0); }\n' >same.cc
	for dir in one two; do
		mkdir "$dir"
		(cd "$dir" && cp ../same.cc . && "$tc/bin/tb-cxx" -std=c++20 -Os -ffile-prefix-map="$PWD"=. same.cc -o same -Wl,--build-id=none)
	done
	run -0 cmp one/same two/same
}
