# SPDX-License-Identifier: GPL-2.0-only
# generate.awk: prints the completions of one shell.
#
# awk -v template=FILE.in -v links="NAME ..." -v packs="NAME ..." -f generate.awk OPTIONS
#
# OPTIONS is what `tomoyo-box --dump-options` prints. The template says by its name for which shell; "@NAME@" alone on a
# line of it stands for a table, in a line for words. POSIX awk (mawk).

function fail(message) {
	print "generate.awk: " message > "/dev/stderr"
	failed = 1
	exit 1
}

# ---- What a value may be: words, and one kind of things that the shell finds out ----

BEGIN {
	FS = "\t"
	kind["FILE"] = kind["OLD"] = kind["NEW"] = kind["CONFIG"] = "file"
	kind["DIR"] = kind["OLD_DIRECTORY"] = kind["NEW_DIRECTORY"] = "directory"
	kind["DOMAIN"] = "domain"
	kind["PROFILE"] = "profile"
	kind["SETTING"] = "setting"
	kind["PACKS"] = "pack"
	# Texts that nobody can guess.
	kind["N"] = kind["TAG"] = kind["TEXT"] = kind["SNAPSHOT"] = kind["PATTERN"] = kind["STRING"] = kind["ACCESS"] = kind["WORD"] = ""
	# The letters of policies.
	words["WHAT"] = words["KIND"] = "d e p m s"
}

# Sets the globals value_words and value_kind.
function judge_value(meta,    part, i, n) {
	value_words = value_kind = ""
	n = split(meta, part, "|")
	for (i = 1; i <= n; i++) {
		if (part[i] in kind) {
			# A file may be in a directory.
			if (value_kind != "file")
				value_kind = kind[part[i]]
		} else if (part[i] in words) {
			value_words = value_words " " words[part[i]]
		} else if (part[i] ~ /^[a-z0-9.-]+$/) {
			value_words = value_words " " part[i]
		} else {
			fail("what is a value called '" part[i] "' (of " applet[applets] ")? Add it to the kinds above.")
		}
	}
	sub(/^ /, "", value_words)
}

# ---- The options of all applets ----

BEGIN {
	n = split(links, link, " ")
	for (i = 1; i <= n; i++) {
		id = link[i]
		sub(/^tomoyo-/, "", id)
		gsub(/_/, "-", id)
		links_of[id] = links_of[id] (links_of[id] == "" ? "" : " ") link[i]
	}
}

/^(Topics|Policy): / {
	topics = topics (topics == "" ? "" : " ") substr($0, 9)
}

# Those of tomoyo-box itself, as its help shows them.
/^  -/ {
	sub(/^  /, "")
	sub(/ .*/, "")
	gsub(/,/, " ")
	box_options = box_options (box_options == "" ? "" : " ") $0
}

/^[a-z][^\t]*\t/ {
	applet[++applets] = $1
	summary[applets] = $2
	options[applets] = operands[applets] = 0
}

/^-[^\t]*\t/ {
	id = applets "," ++options[applets]
	n = split($1, word, " ")
	option[id] = word[1]
	meta[id] = n > 1 ? word[2] : ""
	help[id] = $2
	judge_value(meta[id])
	option_words[id] = value_words
	option_kind[id] = value_kind
}

/^[A-Z][^\t]*\t/ {
	id = applets "," ++operands[applets]
	operand_many[id] = sub(/\.\.\.$/, "", $1)
	operand[id] = $1
	operand_help[id] = $2
	judge_value($1)
	operand_words[id] = value_words
	operand_kind[id] = value_kind
}

END {
	if (failed)
		exit 1
	applet_names = applet[1]
	for (a = 2; a <= applets; a++)
		applet_names = applet_names " " applet[a]
	shell = template ~ /bash\.in$/ ? "bash" : template ~ /fish\.in$/ ? "fish" : "zsh"
	while ((got = (getline line < template)) > 0)
		print_line(line)
	if (got < 0)
		fail("cannot read " template)
}

function print_line(line) {
	if (line ~ /^@[A-Z]+@$/) {
		for (a = 1; a <= applets; a++)
			if (shell == "bash")
				bash_table(a)
			else if (shell == "zsh")
				zsh_table(a)
			else
				fish_table(a)
		return
	}
	gsub(/@GENERATED@/, "Made by completions/generate.sh, from what the applets say of their options; not to be edited.", line)
	gsub(/@APPLETS@/, applet_names, line)
	gsub(/@LINKS@/, links, line)
	gsub(/@TOPICS@/, topics, line)
	gsub(/@OPTIONS@/, box_options, line)
	gsub(/@PACKS@/, packs, line)
	print line
}

# ---- bash: "words :kind" ----

function bash_value(words, kind) {
	return "'" words (kind == "" ? "" : (words == "" ? "" : " ") ":" kind) "'"
}

function bash_table(a,    o, id, all, cases, text) {
	for (o = 1; o <= options[a]; o++) {
		id = a "," o
		all = all " " option[id]
		if (meta[id] == "")
			continue
		text = option[id]
		gsub(/,/, " | ", text)
		cases = cases "\t\t" text ") value=" bash_value(option_words[id], option_kind[id]) " takes=1 ;;\n"
	}
	gsub(/,/, " ", all)
	print "\t" applet[a] ")"
	print "\t\toptions='" substr(all, 2) "'"
	text = ""
	for (o = 1; o <= operands[a]; o++)
		text = text " " bash_value(operand_words[a "," o], operand_kind[a "," o])
	if (text != "")
		print "\t\toperands=(" substr(text, 2) ")" (operand_many[a "," operands[a]] ? " many=1" : "")
	if (cases != "")
		printf "\t\tcase $2 in\n%s\t\tesac\n", cases
	print "\t\t;;"
}

# ---- zsh: specifications for _arguments ----

function quoted(text) {
	gsub(/'/, "'\\''", text)
	return text
}

function zsh_text(text) {
	gsub(/[]:\\[]/, "\\\\&", text)
	return quoted(text)
}

function zsh_action(words, kind,    text) {
	if (kind == "file")
		text = "_files"
	else if (kind == "directory")
		text = "_files -/"
	else if (kind != "")
		text = "_tomoyo_box_" kind "s"
	if (words == "")
		return text == "" ? " " : text
	return text == "" ? "(" words ")" : "{ compadd -- " words "; " text " }"
}

function zsh_table(a,    o, i, n, id, name, spec, value, excluded) {
	print "_tomoyo_box_applet_" applet[a] "() {"
	print "\t_arguments -s -S : \\"
	for (o = 1; o <= options[a]; o++) {
		id = a "," o
		n = split(option[id], name, ",")
		value = "'[" zsh_text(help[id]) "]"
		if (meta[id] != "")
			value = value ":" zsh_text(meta[id]) ":" zsh_action(option_words[id], option_kind[id])
		value = value "'"
		spec = ""
		for (i = 1; i <= n; i++) {
			if (meta[id] != "")
				name[i] = name[i] (name[i] ~ /^--/ ? "=" : "+")
			spec = spec (i > 1 ? "," : "") name[i]
		}
		if (n > 1)
			spec = "{" spec "}"
		excluded = option[id]
		gsub(/,/, " ", excluded)
		# A value may be given again: often that adds one, and else the last one counts.
		if (meta[id] != "")
			spec = "'*'" spec
		else if (option[id] ~ /--(help|version)$/)
			spec = "'(- *)'" spec
		else if (n > 1)
			spec = "'(" excluded ")'" spec
		print "\t\t" spec value " \\"
	}
	for (o = 1; o <= operands[a]; o++) {
		id = a "," o
		print "\t\t'" (operand_many[id] ? "*" : o) ":" zsh_text(operand[id]) ":" \
			zsh_action(operand_words[id], operand_kind[id]) "' \\"
	}
	print "\t\t&& return 0"
	print "}"
	print ""
}

# ---- fish: one function for each applet, for its link and for "tomoyo-box APPLET" ----

function fish_text(text) {
	gsub(/\\/, "\\\\&", text)
	gsub(/'/, "\\'", text)
	return "'" text "'"
}

function fish_offers(words, kind,    text) {
	if (kind == "file")
		text = " -F"
	else if (kind == "directory")
		words = words " (__fish_complete_directories)"
	else if (kind != "")
		words = words " (__tomoyo_box_" kind "s)"
	sub(/^ /, "", words)
	return text (words == "" ? "" : " -a " fish_text(words))
}

function fish_table(a,    o, i, n, id, name, line, with_value, position) {
	print "function __tomoyo_box_applet_" applet[a] " -a command when"
	print "    complete -c $command -n $when -f"
	for (o = 1; o <= options[a]; o++) {
		id = a "," o
		line = "    complete -c $command -n $when"
		n = split(option[id], name, ",")
		for (i = 1; i <= n; i++) {
			if (meta[id] != "")
				with_value = with_value " " name[i]
			line = line (name[i] ~ /^--/ ? " -l " substr(name[i], 3) : " -s " substr(name[i], 2))
		}
		if (meta[id] != "")
			line = line (option_kind[id] == "file" ? " -r" : " -x") fish_offers(option_words[id], option_kind[id])
		print line " -d " fish_text(help[id])
	}
	for (o = 1; o <= operands[a]; o++) {
		id = a "," o
		if (operand_words[id] operand_kind[id] == "")
			continue
		position = operand_many[id] ? "-ge " (o - 1) : "-eq " (o - 1)
		print "    complete -c $command -n \"$when; and test (__tomoyo_box_operands" with_value ") " position "\"" \
			fish_offers(operand_words[id], operand_kind[id])
	}
	print "end"
	n = split(links_of[applet[a]], name, " ")
	for (i = 1; i <= n; i++)
		print "complete -e -c " name[i] "\n__tomoyo_box_applet_" applet[a] " " name[i] " true"
	print "__tomoyo_box_applet_" applet[a] " tomoyo-box '__tomoyo_box_runs " applet[a] "'"
	print "complete -c tomoyo-box -n __tomoyo_box_is_first -a " applet[a] " -d " fish_text(summary[a])
	print ""
}
