#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# cli11.sh FROM TO: a copy of CLI11's headers that uses the streams of mini_stream.h instead of the library's.
set -eu
mkdir -p "$2/CLI/impl"
# From 2.3 on the bodies stand in files of their own, in impl/.
for path in "$1"/*.hpp "$1"/impl/*.hpp; do
    header=${path#"$1"/}
    # The one that includes all, and what nothing here uses.
    case $header in CLI.hpp | Timer.hpp | 'impl/*.hpp') continue ;; esac
    {
        echo '#include "tomoyo-box/cli/mini_stream.h"'
        sed -E -e '/#include <(iostream|sstream|fstream|iomanip|locale|codecvt)>/d' \
            -e 's/std::((o|i)?stringstream|ostream|istream|ifstream|cout|cerr|endl|flush|setw|left|getline|locale|hex|wstring_convert|codecvt_utf8|wcslen)\b/mini::\1/g' \
            -e 's/std::(isspace|isalpha|tolower)\b/mini::\1/g' "$path"
    } >"$2/CLI/$header.new"
    mv "$2/CLI/$header.new" "$2/CLI/$header"
done
