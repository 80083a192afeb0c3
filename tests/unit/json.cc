// SPDX-License-Identifier: GPL-2.0-only
// Json: what --json prints can be read by any parser.
#include "tomoyo-box/base/json.h"

#include "tests/unit/tap.h"

int main() {
    Json empty;
    empty.object().end();
    is(empty.text(), "{}\n", "an empty object");

    Json nested;
    nested.object().key("a").array().value(1).value("x").end().key("b").value(true).key("c").null().end();
    is(nested.text(), "{\n  \"a\": [\n    1,\n    \"x\"\n  ],\n  \"b\": true,\n  \"c\": null\n}\n",
       "nesting and commas");

    Json quoted;
    quoted.value("\"\\\n\x7f");
    is(quoted.text(), "\"\\\"\\\\\\u000a\\u007f\"\n", "quotes, backslashes and control bytes are escaped");

    Json bytes;
    bytes.value("\xc3\xa9 \xff \xc0\xaf \xed\xa0\x80 \xe2\x82");
    is(bytes.text(), "\"\xc3\xa9 \\u00ff \\u00c0\\u00af \\u00ed\\u00a0\\u0080 \\u00e2\\u0082\"\n",
       "UTF-8 stays, other bytes become \\u00XX");
    return done();
}
