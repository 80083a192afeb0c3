// SPDX-License-Identifier: GPL-2.0-only
// Help topic: patterns.
#include "tomoyo-box/topics/topics.h"

const std::string_view topic::patterns = R"topic(Patterns: names with wildcards

  \*  any characters but "/"            \@  the same without "."
  \$  one or more digits                \+  one digit
  \X  one or more hexadecimal digits    \x  one hexadecimal digit
  \A  one or more letters               \a  one letter
  \?  one character but "/"             \-  but not, within a component
  /\{dir\}/  dir once or more often, each with its "/"
  \\  a backslash                       \ooo  a byte, as \040 for a blank

In domain policy:
  file read /var/log/\*.log             not in the directories below it
  file read /srv/\{\*\}/\*.html         below /srv/, however deep
  file read/write /tmp/session.\$
  file getattr /etc/\*\-passwd\-shadow  all in /etc/ but these two
  file read /srv/a\040b                 "a b"
  file read proc:/\$/stat               procfs, /proc/1/stat
  file mkdir /srv/\*/ 0755              a directory's name ends in "/"
Wrong in domain policy:
  file read /tmp/\d                     no such wildcard
  file read /srv/\{\*\}                 what is in \{ \} stands between slashes
  file read /srv/\101                   an A is written as such

A pattern that ends in "/" fits directories only, any other none. A plain "*" is
a star. A name has at most 20 of \* \@ \$ \X \A \{ \}. What \- leaves out is
compared behind the literal start: the \- of /x\*\-a leaves out /xa.
)topic";
