#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# wrappers.sh ARCH TMP: makes TMP/out/bin/tb-cc and tb-cxx, which turn Debian's gcc into a compiler and linker for
# static musl programs, and the one function of the unwinder that Debian has made for glibc.
#
# The wrappers find everything of the toolchain beside themselves, so its folder can be renamed.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
arch=$1 out=$2/out
# shellcheck source=target.sh
. "$here/target.sh"

mkdir -p "$out/bin" "$out/lib" "$out/include/host"
# Single folders out of /usr/include: as a whole it would bring glibc's headers.
for dir in $kernel_headers /usr/include/CLI /usr/include/fmt; do ln -s "$dir" "$out/include/host/"; done

# shellcheck disable=SC2016 # $tc is for the wrapper
if [ -n "$tool" ]; then sysroot='$tc/sysroot'; else sysroot=; fi
gcc_include=$("$cc" -print-file-name=include)
gcc_lib=$(dirname "$("$cc" -print-libgcc-file-name)")

# wrapper NAME COMPILER INCLUDES LIBRARIES
# gcc -static adds no --eh-frame-hdr by itself here; without it the first throw aborts.
wrapper() {
	cat >"$out/bin/$1" <<EOF
#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# $1: compiles, or links when no option says otherwise, for static musl ($arch).
tc=\${0%/*}/..
musl=$sysroot/usr/lib/$musl gcc=$gcc_lib
inc="-nostdinc $3 -isystem $sysroot/usr/include/$musl -isystem $gcc_include -isystem \$tc/include -idirafter \$tc/include/host"
for arg; do
	case \$arg in -c | -E | -S | -M | -MM | -fsyntax-only) exec $2 \$inc "\$@" ;; esac
done
exec $2 \$inc -no-pie -nostdlib -nostartfiles -static -Wl,--eh-frame-hdr \\
	"\$musl/crt1.o" "\$musl/crti.o" "\$gcc/crtbegin.o" "\$@" "\$tc/lib/find_fde.o" -L"\$tc/lib" -L"\$musl" \\
	-Wl,--start-group $4 -lc "\$gcc/libgcc.a" "\$gcc/libgcc_eh.a" -Wl,--end-group "\$gcc/crtend.o" "\$musl/crtn.o"
EOF
	chmod +x "$out/bin/$1"
}
wrapper tb-cc "$cc" '' ''
# shellcheck disable=SC2016 # $tc is for the wrapper
wrapper tb-cxx "$cxx" '-nostdinc++ -isystem $tc/include/c++ -isystem $tc/include/c++/'"$musl" -lstdc++
for name in ar ranlib nm strip objcopy readelf; do
	ln -s "$(command -v "$tool$name")" "$out/bin/tb-$name"
done
"$out/bin/tb-cc" -Os -c "$here/find_fde.c" -o "$out/lib/find_fde.o"
