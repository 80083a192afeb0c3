# SPDX-License-Identifier: GPL-2.0-only
# registry.awk: turns the head comments of the applets' sources into the applet table (one APPLET line for each).
#
# awk -f registry.awk applets/*.cc
# A field that is missing or malformed is an error with file and line, because a typing mistake here would otherwise
# be a link that silently does not exist. POSIX awk (mawk), so the sort is written out.

function fail(line, message) {
	printf "%s:%d: %s\n", file, line, message > "/dev/stderr"
	failed = 1
}

function quoted(text) {
	gsub(/\\/, "\\\\", text)
	gsub(/"/, "\\\"", text)
	return "\"" text "\""
}

# Registers a link path; two applets cannot have the same.
function claim(path, line) {
	if (path !~ /^\/[^\/ ]+(\/[^\/ ]+)*$/)
		fail(line, "expected an absolute path without spaces, got '" path "'")
	else if (path in owner)
		fail(line, path " is already the path of " owner[path])
	owner[path] = file
}

function finish_file(    name, id, i, n, extra, also) {
	if (file == "")
		return
	for (i = 1; i <= 4; i++)
		if (order[i] != "also" && !(order[i] in value))
			fail(last, "the head comment has no '// " order[i] ":' line")
	name = value["applet"]
	also = value["also"]
	if (("applet" in value) && name !~ /^[a-z0-9][a-z0-9_-]*$/)
		fail(at["applet"], "an applet's name is made of a-z 0-9 - _, got '" name "'")
	else if (name in line_of)
		fail(at["applet"], "the applet '" name "' exists already")
	if ("path" in value)
		claim(value["path"], at["path"])
	n = split(also, extra, " ")
	for (i = 1; i <= n; i++)
		claim(extra[i], at["also"])
	if (("summary" in value) && value["summary"] == "")
		fail(at["summary"], "the summary is empty")
	id = name
	gsub(/-/, "_", id)
	names[++count] = name
	line_of[name] = "APPLET(" id ", " quoted(name) ", " quoted(value["path"]) ", " quoted(also) ", " \
		quoted(value["summary"]) ")"
}

BEGIN {
	split("applet path also summary", order, " ")
	for (i = 1; i <= 4; i++)
		known[order[i]] = 1
}

FNR == 1 {
	finish_file()
	file = FILENAME
	head = 1
	split("", value)
	split("", at)
}

head && !/^\/\// {
	head = 0
}

head {
	last = FNR
	text = $0
	sub(/^\/\/[ \t]*/, "", text)
	sub(/[ \t\r]+$/, "", text)
	key = text
	sub(/:.*/, "", key)
	if (key != text && (key in known)) {
		if (key in value)
			fail(FNR, "a second '" key ":' line")
		sub(/^[a-z]+:[ \t]*/, "", text)
		gsub(/[ \t]+/, " ", text)
		value[key] = text
		at[key] = FNR
	}
}

END {
	finish_file()
	if (failed)
		exit 1
	for (i = 2; i <= count; i++) {
		name = names[i]
		for (j = i - 1; j >= 1 && names[j] > name; j--)
			names[j + 1] = names[j]
		names[j + 1] = name
	}
	for (i = 1; i <= count; i++)
		print line_of[names[i]]
}
