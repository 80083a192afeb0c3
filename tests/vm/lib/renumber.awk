# SPDX-License-Identifier: GPL-2.0-only
# Joins TAP streams: numbers the tests anew, in order, and writes one plan at the end.
/^ok / || /^not ok / {
    failed += /^not/
    sub(/ok [0-9]+/, "ok " ++count)
    print
    fflush()
    next
}
{ print; fflush() }
END {
    print "1.." count + 0
    exit failed > 0 || count == 0
}
