# SPDX-License-Identifier: GPL-2.0-only
# Takes the commands of the README that a user types on the system itself, each into a file of its own.
#
# usage: awk -v dir=DIR -f readme.awk README.md
#
# A command is a line behind the prompt "# " in a block of code, with its here-document if it has one. The file is called
# STEP-NN.sh: the number of the step in "Ten minutes with it" (0: before the first), or the words of another heading.

/^## / {
    section = substr($0, 4)
    gsub(/ /, "-", section)
    step = section == "Ten-minutes-with-it" ? 0 : section
    file = ""
}
section == "Ten-minutes-with-it" && /^[0-9]+\. / { step = $1 + 0 }
/^ *```/ {
    code = !code
    file = ""
}
!code || section == "" { next }
{
    line = $0
    sub(/^   /, "", line)
}
line ~ /^# / {
    file = sprintf("%s/%s-%02d.sh", dir, step, ++count)
    here = line ~ /<<'EOF'$/
    print substr(line, 3) >file
    next
}
file != "" && here {
    print line >file
    here = line != "EOF"
}
