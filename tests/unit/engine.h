/* SPDX-License-Identifier: GPL-2.0-only */
/* The policy engine on a test bench: lines in, text out, questions and answers. */
#ifndef TESTS_UNIT_ENGINE_H
#define TESTS_UNIT_ENGINE_H

#include "lsm/engine/atom.h"
#include "lsm/engine/domain.h"
#include "lsm/engine/execute.h"
#include "lsm/engine/learn.h"
#include "lsm/engine/manager.h"
#include "lsm/engine/requirement.h"
#include "lsm/engine/stream.h"
#include "tests/unit/spans.h"

/* A policy and one open file of each kind. */
struct engine {
    struct tmy_policy* policy;
    struct tmy_stream *domains, *exceptions, *profiles, *managers, *stat;
};

static inline void engine_open(struct engine* engine) {
    engine->policy = tmy_policy_create();
    engine->domains = tmy_stream_open(engine->policy, TMY_FILE_DOMAIN_POLICY);
    engine->exceptions = tmy_stream_open(engine->policy, TMY_FILE_EXCEPTION_POLICY);
    engine->profiles = tmy_stream_open(engine->policy, TMY_FILE_PROFILE);
    engine->managers = tmy_stream_open(engine->policy, TMY_FILE_MANAGER);
    engine->stat = tmy_stream_open(engine->policy, TMY_FILE_STAT);
}

static inline void engine_close(struct engine* engine) {
    tmy_stream_close(engine->domains);
    tmy_stream_close(engine->exceptions);
    tmy_stream_close(engine->profiles);
    tmy_stream_close(engine->managers);
    tmy_stream_close(engine->stat);
    tmy_policy_destroy(engine->policy);
}

/* ---- Lines in ---- */

static inline int put_bytes(struct tmy_stream* file, const char* line, size_t length) {
    char* copy = exact(line, length);
    struct tmy_problem problem = {NULL, NULL};
    int error = tmy_stream_write(file, copy, length, &problem);

    if (error == -EINVAL && !(problem.reason && problem.at >= copy && problem.at <= copy + length))
        ok(false, "a line that is not understood has a reason, and a place where it is");
    free(copy);
    return error;
}

static inline int put(struct tmy_stream* file, const char* line) {
    return put_bytes(file, line, strlen(line));
}

static inline bool accepts(struct tmy_stream* file, const char* line) {
    int error = put(file, line);

    if (error)
        printf("# %s: error %d\n", line, error);
    return !error;
}

static inline bool rejects(struct tmy_stream* file, const char* line) {
    int error = put(file, line);

    if (error != -EINVAL)
        printf("# %s: error %d\n", line, error);
    return error == -EINVAL;
}

/* Many lines; true when all are accepted. */
static inline bool load(struct tmy_stream* file, const char* lines) {
    bool all = true;

    while (*lines) {
        size_t length = strcspn(lines, "\n");
        int error = put_bytes(file, lines, length);

        if (error)
            printf("# %.*s: error %d\n", (int)length, lines, error);
        all = all && !error;
        lines += length + (lines[length] == '\n');
    }
    return all;
}

/* The lines that are not accepted, each with its error; "" when all are. Until done(). */
static inline const char* refused_lines(struct tmy_stream* file, const char* lines) {
    const char* list = "";

    while (*lines) {
        size_t length = strcspn(lines, "\n");
        int error = put_bytes(file, lines, length);

        if (error)
            list = formatted("%s%.*s: error %d\n", list, (int)length, lines, error);
        lines += length + (lines[length] == '\n');
    }
    return list;
}

/* ---- Text out ---- */

/* What is left to be read, in pieces of @step bytes; to be freed. */
static inline char* rest_in_pieces(struct tmy_stream* file, size_t step) {
    char *piece = (char*)malloc(step), *text = (char*)calloc(1, 1);
    size_t length = 0;
    long some;

    while ((some = tmy_stream_read(file, piece, step)) > 0) {
        text = (char*)realloc(text, length + (size_t)some + 1);
        memcpy(text + length, piece, (size_t)some);
        length += (size_t)some;
    }
    if (some < 0)
        printf("# reading: error %ld\n", some);
    text[length] = 0;
    free(piece);
    return text;
}

static inline char* rest_of(struct tmy_stream* file) { return rest_in_pieces(file, 4096); }

/* The whole text of a file, opened for this; to be freed. */
static inline char* text_of(struct tmy_policy* policy, enum tmy_file file) {
    struct tmy_stream* stream = tmy_stream_open(policy, file);
    char* text = rest_of(stream);

    tmy_stream_close(stream);
    return text;
}

/* Is the text as expected? Frees it. */
static inline bool text_is(char* text, const char* expected) {
    bool same = !strcmp(text, expected);

    if (!same)
        printf("# expected:\n# %s\n# is:\n# %s\n", expected, text);
    free(text);
    return same;
}

static inline bool text_has(char* text, const char* part) {
    bool there = strstr(text, part);

    if (!there)
        printf("# %s is not in:\n# %s\n", part, text);
    free(text);
    return there;
}

static inline bool file_is(struct tmy_policy* policy, enum tmy_file file, const char* expected) {
    return text_is(text_of(policy, file), expected);
}

static inline bool file_has(struct tmy_policy* policy, enum tmy_file file, const char* part) {
    return text_has(text_of(policy, file), part);
}

/* What is printed of one domain behind its name; nothing when there is no such domain. To be freed. */
static inline char* domain_text(struct tmy_policy* policy, const char* name) {
    struct tmy_stream* stream = tmy_stream_open(policy, TMY_FILE_DOMAIN_POLICY);
    size_t length = strlen(name), header = strlen("# select domain=") + length + 1;
    char *line = (char*)malloc(header), *text;

    snprintf(line, header, "select domain=%s", name);
    put(stream, line);
    text = rest_of(stream);
    if (strlen(text) > header + length)
        header += length + 1;
    memmove(text, text + header, strlen(text + header) + 1);
    free(line);
    tmy_stream_close(stream);
    return text;
}

static inline bool domain_is(struct tmy_policy* policy, const char* name, const char* expected) {
    return text_is(domain_text(policy, name), expected);
}

/* The entries of a domain, one a line. To be freed. */
static inline char* entries_text(struct tmy_policy* policy, const char* name) {
    char *text = domain_text(policy, name), *entries = strstr(text, "\n\n");

    if (entries)
        memmove(text, entries + 2, strlen(entries + 2) + 1);
    if (*text)
        text[strlen(text) - 1] = 0;
    return text;
}

static inline bool entries_are(struct tmy_policy* policy, const char* name, const char* expected) {
    return text_is(entries_text(policy, name), expected);
}

/* The same as checks, which show both texts. */
#define is_text(text, expected, name) is((const char*)keep(text), expected, name)
#define is_file(policy, file, expected, name) is_text(text_of(policy, file), expected, name)
#define is_domain(policy, domain, expected, name) is_text(domain_text(policy, domain), expected, name)
#define is_entries(policy, domain, expected, name) is_text(entries_text(policy, domain), expected, name)

static inline void has_text_at(char* text, const char* part, bool wanted, const char* name, const char* file,
                               int line) {
    bool good = !!strstr(text, part) == wanted;

    tap_report(good, name, file, line);
    if (!good) {
        printf("# %s: %s\n# in: ", wanted ? "missing" : "unwanted", part);
        tap_put(text, strlen(text));
        putchar('\n');
    }
    free(text);
}

#define has_text(text, part, name) has_text_at(text, part, true, name, __FILE__, __LINE__)
#define lacks_text(text, part, name) has_text_at(text, part, false, name, __FILE__, __LINE__)
#define has_file(policy, file, part, name) has_text(text_of(policy, file), part, name)
#define lacks_file(policy, file, part, name) lacks_text(text_of(policy, file), part, name)

/* The number behind a title in stat. */
static inline unsigned long stat_of(struct tmy_policy* policy, const char* title) {
    char *text = text_of(policy, TMY_FILE_STAT), *at = strstr(text, title);
    unsigned long value = at ? strtoul(at + strlen(title), NULL, 10) : ~0UL;

    free(text);
    return value;
}

static inline unsigned long updates(struct tmy_policy* policy) { return stat_of(policy, "Policy update:"); }

static inline unsigned long memory_of(struct tmy_policy* policy) {
    return stat_of(policy, "Memory used by policy:");
}

/* ---- Questions ---- */

/* A request, and the memory of what it points to. */
struct question {
    struct tmy_request request;
    char* names[TMY_ENTRY_NAMES];
};

/* @line: what is asked for, written as the entry that grants exactly that. */
static inline void question_open(struct question* question, const struct tmy_domain* domain, const char* line,
                                 struct tmy_facts* facts) {
    struct tmy_request* request = &question->request;
    size_t longest = 0;
    struct tmy_problem problem;
    struct tmy_entry entry;
    unsigned int i;

    memset(question, 0, sizeof(*question));
    if (!tmy_parse_entry(span_of(line), &entry, &problem)) {
        printf("# %s: %s\n", line, problem.reason);
        fflush(stdout);
        abort();
    }
    request->domain = domain;
    request->kind = entry.kind;
    request->protocol = entry.protocol;
    request->operation = (u8)__builtin_ctz(entry.operations);
    request->facts = facts;
    for (i = 0; i < tmy_entry_names((enum tmy_kind)entry.kind); i++) {
        struct tmy_span name = entry.names[i].text;

        question->names[i] = exact(name.at, name.length);
        request->names[i].text = tmy_span(question->names[i], name.length);
        longest = name.length > longest ? name.length : longest;
    }
    for (i = 0; i < tmy_entry_numbers((enum tmy_kind)entry.kind); i++) {
        request->numbers[i] = entry.numbers[i].number.low;
        request->number_radix[i] = entry.numbers[i].number.low_radix;
    }
    request->address_size = entry.address.address.size;
    memcpy(request->address, entry.address.address.low, sizeof(request->address));
    if (facts) {
        longest = facts->realpath.length > longest ? facts->realpath.length : longest;
        longest = facts->symlink_target.length > longest ? facts->symlink_target.length : longest;
        if (facts->string && longest < TMY_ARGUMENT_MAX)
            longest = TMY_ARGUMENT_MAX;
        for (i = 0; facts->argv && i < facts->argc; i++)
            longest = facts->argv[i].length > longest ? facts->argv[i].length : longest;
        for (i = 0; facts->envp && i < facts->envc; i++)
            longest = facts->envp[i].length > longest ? facts->envp[i].length : longest;
    }
    request->scratch = (unsigned long*)malloc(TMY_MATCH_SCRATCH(longest) * sizeof(unsigned long));
    memset(request->scratch, 0xff, TMY_MATCH_SCRATCH(longest) * sizeof(unsigned long));
}

static inline void question_close(struct question* question) {
    unsigned int i;

    for (i = 0; i < TMY_ENTRY_NAMES; i++)
        free(question->names[i]);
    free(question->request.scratch);
}

/* A copy of the answer, which outlives the reader. */
struct answer {
    int verdict; /* enum tmy_verdict; -1: there is no such domain */
    u8 grant_log;
    char matched[256];
    char conditions[512];
};

static inline void note_answer(struct answer* answer, const struct tmy_request* request) {
    struct tmy_span text;

    if (request->matched) {
        text = tmy_atom_text(request->matched);
        snprintf(answer->matched, sizeof(answer->matched), "%.*s", (int)text.length, text.at);
    }
    if (request->requirement) {
        text = tmy_requirement_text(request->requirement);
        snprintf(answer->conditions, sizeof(answer->conditions), "%.*s", (int)text.length, text.at);
        answer->grant_log = request->requirement->grant_log;
    }
}

/* @any_device: of a mount whose device is not compared */
static inline struct answer ask_any(struct tmy_policy* policy, const char* domain, const char* line,
                                    struct tmy_facts* facts, bool any_device) {
    struct answer answer = {.verdict = -1};
    struct question question;
    struct tmy_domain* found;

    tmy_read_begin();
    found = tmy_find_domain(policy, span_of(domain));
    if (found) {
        question_open(&question, found, line, facts);
        question.request.any_device = any_device;
        answer.verdict = (int)tmy_decide(policy, &question.request);
        note_answer(&answer, &question.request);
        question_close(&question);
    }
    tmy_read_end();
    return answer;
}

static inline struct answer ask(struct tmy_policy* policy, const char* domain, const char* line,
                                struct tmy_facts* facts) {
    return ask_any(policy, domain, line, facts, false);
}

static inline bool granted(struct tmy_policy* policy, const char* domain, const char* line,
                           struct tmy_facts* facts) {
    return ask(policy, domain, line, facts).verdict == TMY_GRANTED;
}

static inline bool denied(struct tmy_policy* policy, const char* domain, const char* line,
                          struct tmy_facts* facts) {
    return ask(policy, domain, line, facts).verdict == TMY_DENIED;
}

static inline const char* verdict_word(int verdict) {
    switch (verdict) {
    case -1:
        return "no such domain";
    case TMY_GRANTED:
        return "granted";
    case TMY_DENIED:
        return "denied";
    default:
        return "needs arguments";
    }
}

static inline const char* verdict(struct tmy_policy* policy, const char* domain, const char* line,
                                  struct tmy_facts* facts) {
    return verdict_word(ask(policy, domain, line, facts).verdict);
}

/* The verdict, and what granted: the name that matched and the conditions. */
static inline const char* decision_in(struct tmy_policy* policy, const char* domain, const char* line,
                                      struct tmy_facts* facts) {
    struct answer answer = ask(policy, domain, line, facts);

    return formatted("%s by %s %s", verdict_word(answer.verdict), answer.matched, answer.conditions);
}

static inline enum tmy_learned learn(struct tmy_policy* policy, const char* domain, const char* line,
                                     struct tmy_facts* facts) {
    struct tmy_domain* found;
    struct question question;
    enum tmy_learned learned;

    tmy_read_begin();
    found = tmy_find_domain(policy, span_of(domain));
    if (found)
        tmy_domain_get(found);
    tmy_read_end();
    if (!found)
        return TMY_NOT_LEARNED;
    question_open(&question, found, line, facts);
    learned = tmy_learn(policy, found, &question.request);
    question_close(&question);
    tmy_domain_put(found);
    return learned;
}

#endif
