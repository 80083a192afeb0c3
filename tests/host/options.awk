# SPDX-License-Identifier: GPL-2.0-only
# options.awk: what a manual page (mdoc) says of options, as lines "SECTION KEY VALUE" separated by tabs.
#
# "synopsis OPTION" and "operand NAME" for all that SYNOPSIS names, "item -f,--file FILE" for each item of a list that is
# about an option, "name"/"summary" for NAME.

# Takes the words of a macro line apart. Sets flags[1..flag_count] ("-f", "--file", "-duv") and values ("a|b").
function parse(first,    i, word, mode, dashes) {
	flag_count = 0
	values = ""
	mode = ""
	for (i = first; i <= NF; i++) {
		word = $i
		# What may follow an option is no name of it.
		if (first == 2 && flag_count && word ~ /^O[op]$/)
			return
		if (word == "Fl") {
			dashes = mode == "Fl" && fresh ? dashes "-" : "-"
			mode = "Fl"
			fresh = 1
		} else if (word ~ /^(Ar|Cm|Op|Oo|Oc|Ns|Nm|Xr|Li|Ql|Pa)$/) {
			mode = word
			fresh = 0
		} else if (word == "," || word == "=" || word == "...") {
			fresh = 0
		} else if (word == "|") {
			fresh = 0
			if (mode != "Fl")
				values = values "|"
		} else if (mode == "Fl") {
			flags[++flag_count] = (fresh ? dashes : "-") word
			fresh = 0
		} else if (mode == "Ar" || mode == "Cm") {
			values = values (values == "" || values ~ /\|$/ ? "" : " ") word
		}
	}
}

/^\.Sh / {
	section = $2
}

section == "NAME" && /^\.Nm / {
	print "name\t" $2
}

section == "NAME" && /^\.Nd / {
	sub(/^\.Nd /, "")
	print "summary\t" $0
}

section == "SYNOPSIS" && /^\.(Op|Fl|Ar|Cm) / {
	$1 = substr($1, 2)
	parse(1)
	for (f = 1; f <= flag_count; f++)
		if (flags[f] ~ /^--/)
			print "synopsis\t" flags[f]
		else
			for (i = 2; i <= length(flags[f]); i++)
				print "synopsis\t-" substr(flags[f], i, 1)
	n = split(values, word, /[ |]+/)
	for (i = 1; i <= n; i++)
		print "operand\t" word[i]
}

/^\.It Fl / {
	parse(2)
	line = flags[1]
	for (f = 2; f <= flag_count; f++)
		line = line "," flags[f]
	print "item\t" line "\t" values
}
