# SPDX-License-Identifier: GPL-2.0-only
# tap.awk: passes on the results of one test program, renumbered, and makes a failure of everything that is not proof of
# success: no plan, another number of results than planned, a skipped test, a bad exit status.
#
# awk -v name=PREFIX -v start=COUNT -v status=EXIT -f tap.awk OUTPUT, prints results numbered from COUNT + 1.

function result(ok, text) {
	print (ok ? "ok " : "not ok ") (++start) " - " (name == "" ? "" : name ": ") text
	if (!ok)
		failed++
}

/^1\.\.[0-9]+/ {
	plans++
	planned = substr($1, 4) + 0
	next
}

/^(ok|not ok)( |$)/ {
	seen++
	passed = $1 == "ok"
	text = $0
	sub(/^(not )?ok *[0-9]* *(- )?/, "", text)
	if (text ~ /# *[sS][kK][iI][pP]/) {
		passed = 0
		text = text " (a skipped test counts as failed)"
	}
	result(passed, text)
	next
}

# Whatever else is said is a comment, so that it cannot be taken for a result.
{
	sub(/^# ?/, "")
	print "# " $0
}

END {
	if (plans != 1)
		result(0, plans ? "more than one plan" : "no plan: the program did not finish")
	else if (planned == 0)
		result(0, "no test: nothing is proved")
	else if (seen != planned)
		result(0, "planned " planned " results, gave " seen + 0)
	if (status != 0 && !failed)
		result(0, "exit status " status " although no test failed")
}
