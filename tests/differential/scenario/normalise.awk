# SPDX-License-Identifier: GPL-2.0-only
# Makes every line of a result (-v KIND=its name) say where it belongs: phase, step or domain, text.

# Records of concurrent programs come in any order, but each program's in its own: sorted by domain, and not beyond that.
function flush(i, j, key, text) {
	for (i = 2; i <= count && any_order; i++) {
		key = key_of[i]
		text = record[i]
		for (j = i - 1; j >= 1 && key_of[j] > key; j--) {
			key_of[j + 1] = key_of[j]
			record[j + 1] = record[j]
		}
		key_of[j + 1] = key
		record[j + 1] = text
	}
	for (i = 1; i <= count; i++)
		print record[i]
	count = 0
}

/^== / {
	flush()
	phase = substr($0, 4)
	step = domain = ""
	next
}
KIND == "audit" && /^\+ / {
	flush()
	step = substr($0, 3)
	any_order = step ~ /^\(any order\)/
	print phase " | " step
	next
}
KIND == "audit" && /^#/ { header = $0; getline domain; getline body
	count++
	key_of[count] = domain
	record[count] = phase " | " step " | " domain " | " body " | " header
	next
}
KIND == "outcomes" && /^\+ / { step = substr($0, 3) }
KIND == "domain_policy" && /^</ { domain = $0; print phase " | " domain; next }
KIND == "domain_policy" { if ($0 != "") print phase " | " domain " | " $0; next }
{ print phase " | " (KIND == "outcomes" ? step " | " : "") $0 }
END { flush() }
