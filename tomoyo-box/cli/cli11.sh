#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# cli11.sh FROM TO: a copy of CLI11's headers that uses the streams of mini_stream.h instead of the library's.
set -eu
mkdir -p "$2/CLI"
for header in App Config ConfigFwd Error Formatter FormatterFwd Macros Option Split StringTools TypeTools Validators \
    Version; do
    {
        echo '#include "tomoyo-box/cli/mini_stream.h"'
        sed -E -e '/#include <(iostream|sstream|fstream|iomanip|locale)>/d' \
            -e 's/std::((o|i)?stringstream|ostream|istream|ifstream|cout|cerr|endl|flush|setw|left|getline|locale)\b/mini::\1/g' \
            -e 's/std::(isspace|isalpha|tolower)\b/mini::\1/g' "$1/$header.hpp"
    } >"$2/CLI/$header.hpp.new"
    mv "$2/CLI/$header.hpp.new" "$2/CLI/$header.hpp"
done
