// SPDX-License-Identifier: GPL-2.0-only
/* What checks of tap.h print when they fail: this program runs itself, failing, and looks at that.
 */
#include "tests/unit/tap.h"

#include <limits.h>
#include <unistd.h>

enum {
	FIRST_LINE = 19
};

static void fail_on_purpose(void)
{
	char long_text[201], other[201];
	int number = -3;
	struct tap_cases none = { 0 }, some = { 0 };

	ok(number > 0, "a condition");
	is(number, 4, "integers");
	is(ULLONG_MAX, 0, "unsigned integers");
	is((unsigned char)200, 'a', "a byte");
	is(number == -3, false, "a comparison is an integer");
	is((bool)number, false, "booleans");
	is("abc", "abd", "strings");
	is((const char *)NULL, "", "NULL is not empty");
	is("a\nb\t\001\303\251\"", NULL, "characters that are escaped");
	is_bytes("a\0b", 3, "a\0c", 3, "a NUL inside");
	is_bytes("a\0b", 3, "a", 1, "nothing ends at a NUL");
	is_bytes("", 0, NULL, 0, "no bytes and no memory");
	isnt("same", "same", "not the same");
	isnt(7, 7, "not this number");
	memset(long_text, 'x', 200);
	long_text[200] = 0;
	memcpy(other, long_text, sizeof(other));
	other[100] = 'y';
	is(long_text, other, "long text");
	is("", other, "long text is missing");
	is((void *)0, (void *)0x10, "pointers");
	is_each(&none, "no cases");
	add_case(&some, "one", "a", "a");
	add_case(&some, "two", "b", "c");
	add_case(&some, "three", "d", "e");
	is_each(&some, "cases");
	about("topic");
	ok(false, named("a\nb"));
}

static const char expected[] =
	"not ok 1 - a condition\n# failed at FILE\n"
	"not ok 2 - integers\n# failed at FILE\n#  got: -3\n# want: 4\n"
	"not ok 3 - unsigned integers\n# failed at FILE\n"
	"#  got: 18446744073709551615 (0xffffffffffffffff)\n# want: 0 (0x0)\n"
	"not ok 4 - a byte\n# failed at FILE\n#  got: 200 (0xc8)\n# want: 97 (0x61)\n"
	"not ok 5 - a comparison is an integer\n# failed at FILE\n#  got: 1\n# want: 0\n"
	"not ok 6 - booleans\n# failed at FILE\n#  got: true\n# want: false\n"
	"not ok 7 - strings\n# failed at FILE\n#  got: \"abc\"\n# want: \"abd\"\n"
	"not ok 8 - NULL is not empty\n# failed at FILE\n#  got: NULL\n# want: \"\"\n"
	"not ok 9 - characters that are escaped\n# failed at FILE\n"
	"#  got: \"a\\nb\\t\\001\\303\\251\"\"\n# want: NULL\n"
	"not ok 10 - a NUL inside\n# failed at FILE\n#  got: \"a\\000b\"\n# want: \"a\\000c\"\n"
	"not ok 11 - nothing ends at a NUL\n# failed at FILE\n#  got: \"a\\000b\"\n# want: \"a\"\n"
	"not ok 12 - no bytes and no memory\n# failed at FILE\n#  got: \"\"\n# want: NULL\n"
	"not ok 13 - not the same\n# failed at FILE\n# unwanted: \"same\"\n"
	"not ok 14 - not this number\n# failed at FILE\n# unwanted: 7\n"
	"not ok 15 - long text\n# failed at FILE\n"
	"#  got: "
	"...\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"...\n"
	"# want: "
	"...\"xxxxxxxxxxxxxxxxxxxxxxxxyxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"...\n"
	"# first difference at byte 100 of 200, wanted 200\n"
	"not ok 16 - long text is missing\n# failed at FILE\n#  got: \"\"\n"
	"# want: \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"...\n"
	"# first difference at byte 0 of 0, wanted 200\n"
	"not ok 17 - pointers\n# failed at FILE\n#  got: (nil)\n# want: 0x10\n"
	"not ok 18 - no cases\n# failed at FILE\n# 0 of 0 cases differ\n"
	"not ok 19 - cases\n# failed at FILE\n# 2 of 3 cases differ\n#   of: \"two\"\n"
	"#  got: \"b\"\n# want: \"c\"\n"
	"not ok 20 - topic: a\\nb\n# failed at FILE\n"
	"1..20\n";

/* Runs this program again; what it prints with its own place as FILE. *@line: of the first failure.
 */
static char *failures(const char *self, int *status, int *line)
{
	static char output[8192];
	static const char place[] = "tests/unit/tap.c:";
	size_t length;
	char *at = output;
	FILE *pipe = popen(formatted("'%s' fail", self), "r");

	if (!pipe)
		return NULL;
	length = fread(output, 1, sizeof(output) - 1, pipe);
	output[length] = 0;
	*status = pclose(pipe);
	*line = 0;
	while ((at = strstr(at, place))) {
		char *end;
		int found = (int)strtol(at + sizeof(place) - 1, &end, 10);

		if (!*line)
			*line = found;
		memcpy(at, "FILE", 4);
		memmove(at + 4, end, strlen(end) + 1);
	}
	return output;
}

int main(int argc, char **argv)
{
	const char *rest = expected;
	char *output;
	int status = -1, line = 0;

	if (argc > 1) {
		fail_on_purpose();
		return done();
	}
	output = failures(argv[0], &status, &line);
	is(WEXITSTATUS(status), 1, "a failure is the exit status");
	is(line, FIRST_LINE, "a failure has its line");
	/* One by one, so that the first that is wrong is seen. */
	while (*rest) {
		const char *end = strstr(rest + 1, "\nnot ok");
		size_t length = end ? (size_t)(end + 1 - rest) : strlen(rest);
		size_t printed = strlen(output);

		is_bytes(output, printed < length ? printed : length, rest, length,
			 formatted("prints %.*s", (int)strcspn(rest, "\n"), rest));
		output += printed < length ? printed : length;
		rest += length;
	}
	is(output, "", "prints nothing else");
	is(1, 1, "equal integers");
	is((const char *)NULL, NULL, "NULL is NULL");
	isnt("a", "b", "text that differs");
	is_bytes("a\0b", 3, "a\0b", 3, "equal bytes");
	return done();
}
