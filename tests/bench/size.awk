# SPDX-License-Identifier: GPL-2.0-only
# size.awk: sums the bytes which each part of the program has in the file, from GNU ld's link map.
#
# awk -v total=FILESIZE -f size.awk MAP, prints NAME<TAB>VALUE<TAB>bytes. Counted is what the file holds: code, constants,
# data and unwind tables, not zeroed memory. Template code shared by several objects counts for the first of them.
# What is left of the file's size is headers and padding, less merged strings.

# Returns the value of 0x...; mawk knows no hexadecimal numbers.
function number(text,    value, i) {
	value = 0
	text = tolower(text)
	for (i = 3; i <= length(text); i++)
		value = value * 16 + index("0123456789abcdef", substr(text, i, 1)) - 1
	return value
}

function part(path) {
	if (path ~ /libstdc\+\+\.a\(/)
		return "lib.libstdc++"
	if (path ~ /libncurses\.a\(/)
		return "lib.ncurses"
	if (path ~ /libgcc(_eh)?\.a\(/ || path ~ /\/(crtbegin|crtend|find_fde)\.o$/)
		return "lib.libgcc"
	if (path ~ /libc\.a\(/ || path ~ /\/crt[1in]\.o$/)
		return "lib.musl"
	if (path ~ /\/tomoyo-box\/base\/fmt\.cc\.o$/)
		return "lib.fmt"
	if (path ~ /\/tomoyo-box\/cli\//)
		return "cli (with CLI11)"
	if (path ~ /\/lsm\/engine\//)
		return "engine"
	if (path ~ /\/applets\//) {
		sub(/.*\/applets\//, "", path)
		sub(/\.cc\.o$/, "", path)
		return "applet." path
	}
	if (path ~ /\/tomoyo-box\//)
		return "tomoyo-box"
	return "other"
}

/^Linker script and memory map/ {
	started = 1
}

!started {
	next
}

# An output section begins in the first column.
/^\.[a-zA-Z_]/ {
	section = $1
	counted = section !~ /^\.(bss|tbss|comment|symtab|strtab|shstrtab|debug|note|stab)/
}

# An input section: " NAME 0xADDRESS 0xSIZE FILE", with a long NAME on a line of its own.
counted && /^ [.*A-Za-z]/ && NF == 1 {
	next
}

counted && /^ / && $1 !~ /^\*/ {
	for (i = 1; i <= 2; i++) {
		if ($i ~ /^0x[0-9a-f]+$/ && $(i + 1) ~ /^0x[0-9a-f]+$/ && NF >= i + 2) {
			# The linker's index of all unwind tables is put down to the first object.
			bytes[section == ".eh_frame_hdr" ? "unwind index" : part($(i + 2))] += number($(i + 1))
			break
		}
	}
}

END {
	for (name in bytes) {
		if (bytes[name] > 0) {
			print "size." name "\t" bytes[name] "\tbytes" | "sort -t '\t' -k2,2nr -k1,1"
			sum += bytes[name]
		}
	}
	close("sort -t '\t' -k2,2nr -k1,1")
	print "size.headers and padding, less merged strings\t" total - sum "\tbytes"
	print "size.total\t" total "\tbytes"
}
