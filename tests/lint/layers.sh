#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# layers.sh: do the includes of tomoyo-box/ and applets/ go where the tables of ARCHITECTURE.md let them?
#
# A row names a room: a folder with all below it, or `tomoyo-box/*.cc`, the files of that folder alone. What is in
# backquotes in its column "may use" may be included, and so may whatever is in the same room; what is in
# backquotes in its column "must not" may not. Names are as in the first column, or without `tomoyo-box/`, or as in the heading.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 2
# shellcheck source=files.sh
. tests/lint/files.sh

verdict 'arrows between folders' "$(
	files 'tomoyo-box/*.cc' 'tomoyo-box/*.h' 'applets/*.cc' |
		xargs -r grep -HnE '^ *# *include *"(tomoyo-box|applets|lsm)/' |
		awk '
		# The words in backquotes of a cell.
		function words(cell, list,    n) {
			n = 0
			while (match(cell, /`[^`]+`/)) {
				list[++n] = substr(cell, RSTART + 1, RLENGTH - 2)
				cell = substr(cell, RSTART + RLENGTH)
			}
			return n
		}
		# A name of the tables, in full.
		function full(name) {
			if ((below name) in rooms)
				return below name
			return name ~ /^(lsm|applets|tomoyo-box)\// ? name : "tomoyo-box/" name
		}
		function is_in(path, room) {
			if (room == "tomoyo-box/*.cc")
				return path ~ /^tomoyo-box\/[^\/]*$/
			return index(path, room) == 1
		}
		# What a row lets FILE do with HEADER: 1 to use it, -1 not to, 0 it does not say.
		function verdict_of(room, header,    i, answer) {
			for (i = 1; i <= denials[room]; i++)
				if (index(header, denied[room, i]) == 1)
					return -1
			for (i = 1; i <= permissions[room]; i++)
				if (index(header, allowed[room, i]) == 1)
					answer = 1
			return answer
		}
		function judge(file, header,    room, home, answer, row) {
			for (room in rooms)
				if (is_in(file, room)) {
					row = verdict_of(room, header)
					if (row < 0)
						return "may not use " header
					answer = answer || row
					home = length(room) > length(home) ? room : home
				}
			if (home == "")
				return "is in no room of the tables"
			return answer || is_in(header, home) ? "" : "is in " home ", which may not use " header
		}
		FILENAME == "ARCHITECTURE.md" {
			count = split($0, cell, "|")
			if ($0 !~ /^\|/) {
				may = 0
			} else if ($0 ~ /\| may use \|/) {
				must_not = 0
				for (i = 1; i <= count; i++)
					if (cell[i] == " may use ")
						may = i
					else if (cell[i] == " must not ")
						must_not = i
				below = words(cell[2], name) ? name[1] : ""
			} else if (may && words(cell[2], name)) {
				from = below name[1]
				rooms[from] = 1
				permissions[from] = words(cell[may], name)
				for (i = 1; i <= permissions[from]; i++)
					allowed[from, i] = full(name[i])
				denials[from] = must_not ? words(cell[must_not], name) : 0
				for (i = 1; i <= denials[from]; i++)
					denied[from, i] = full(name[i])
			}
			next
		}
		{
			split($0, part, ":")
			split($0, quoted, "\"")
			complaint = judge(part[1], quoted[2])
			if (complaint != "")
				print part[1] ":" part[2] ": " complaint
			seen++
		}
		END {
			if (seen < 100)
				print "only " seen + 0 " includes were found; is the pattern right?"
		}' ARCHITECTURE.md -
)"
