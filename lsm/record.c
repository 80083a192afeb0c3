// SPDX-License-Identifier: GPL-2.0-only
/* Record: a request that is logged or asked about, kept in binary form. */
#include <linux/mm.h>
#include <linux/sched.h>

#include "engine/policy.h"
#include "facts.h"
#include "program.h"
#include "record.h"

static void load_all_facts(struct tmy_facts *facts)
{
	static const unsigned int all[] = { TMY_FACTS_TASK, TMY_FACTS_PATH1, TMY_FACTS_PATH2 };
	unsigned int i;

	tmy_read_begin();
	for (i = 0; facts->load && i < ARRAY_SIZE(all); i++) {
		if (facts->loaded & all[i])
			continue;
		facts->loaded |= all[i];
		facts->load(facts, all[i]);
	}
	tmy_read_end();
}

static struct tmy_record *alloc_record(size_t length)
{
	size_t size = sizeof(struct tmy_record) + length;
	struct tmy_record *record = tmy_os_alloc(size);

	if (record)
		record->size = kmalloc_size_roundup(size);
	return record;
}

static struct tmy_span copy_text(struct tmy_text *text, struct tmy_span span)
{
	const char *at = text->at + text->length;

	if (!span.at)
		return span;
	tmy_put(text, span);
	return tmy_span(at, span.length);
}

static void init_report(struct tmy_report *report, const struct tmy_domain *domain, u8 config,
			bool granted, struct tmy_text *text)
{
	report->seconds = tmy_os_seconds();
	report->global_pid = (u32)task_pid_nr(current);
	report->profile = tmy_domain_profile(domain);
	report->mode = config & TMY_CONFIG_MODE;
	report->granted = granted;
	report->domain = copy_text(text, tmy_domain_name(domain));
}

/* Bytes that the copies of a request's texts take. */
static size_t request_text_length(const struct tmy_scratch *scratch)
{
	const struct tmy_request *request = &scratch->execution.request;
	const struct tmy_facts *facts = &scratch->facts;
	struct tmy_text arguments = tmy_text(NULL, 0);
	size_t length = tmy_domain_name(request->domain).length + facts->realpath.length +
			facts->symlink_target.length;
	unsigned int i;

	for (i = 0; i < tmy_entry_names(request->kind); i++)
		length += request->names[i].text.length;
	if (scratch->check->program)
		tmy_put_arguments(&arguments, scratch->check->program);
	return length + arguments.length;
}

static struct tmy_span copy_arguments(struct tmy_text *text, const struct tmy_program *program)
{
	size_t begin = text->length;

	if (!program)
		return tmy_span(NULL, 0);
	tmy_put_arguments(text, program);
	return tmy_span(text->at + begin, text->length - begin);
}

static void copy_request(struct tmy_record *record, const struct tmy_request *from,
			 struct tmy_text *text)
{
	struct tmy_request *request = &record->report.request;
	unsigned int i, names = tmy_entry_names(from->kind);

	*request = *from;
	for (i = 0; i < TMY_ENTRY_NAMES; i++) {
		struct tmy_span none = tmy_span(NULL, 0);

		request->names[i].text = i < names ? copy_text(text, from->names[i].text) : none;
		request->names[i].atom = NULL;
	}
	request->domain = NULL;
	request->facts = &record->report.facts;
	request->scratch = NULL;
	request->matched = NULL;
	request->requirement = NULL;
}

static void copy_facts(struct tmy_facts *facts, const struct tmy_facts *from, struct tmy_text *text)
{
	*facts = *from;
	facts->load = NULL;
	facts->realpath = copy_text(text, from->realpath);
	facts->symlink_target = copy_text(text, from->symlink_target);
	facts->arguments = false;
	facts->argv = NULL;
	facts->envp = NULL;
	facts->string = NULL;
}

struct tmy_record *tmy_record_new(struct tmy_scratch *scratch, u8 config, bool granted,
				  struct tmy_span remark)
{
	const struct tmy_request *request = &scratch->execution.request;
	const struct tmy_facts *facts = &scratch->facts;
	struct tmy_record *record;
	struct tmy_text text;
	size_t length;

	load_all_facts(&scratch->facts);
	length = request_text_length(scratch) + remark.length;
	record = alloc_record(length);
	if (!record)
		return NULL;
	text = tmy_text(record->text, length);
	init_report(&record->report, request->domain, config, granted, &text);
	record->report.remark = copy_text(&text, remark);
	record->report.arguments = copy_arguments(&text, scratch->check->program);
	copy_request(record, request, &text);
	copy_facts(&record->report.facts, facts, &text);
	return record;
}

struct tmy_record *tmy_record_remark(const struct tmy_domain *domain, u8 config,
				     struct tmy_span remark)
{
	size_t length = tmy_domain_name(domain).length + remark.length;
	struct tmy_record *record = alloc_record(length);
	struct tmy_text text;

	if (!record)
		return NULL;
	text = tmy_text(record->text, length);
	memset(&record->report, 0, sizeof(record->report));
	init_report(&record->report, domain, config, false, &text);
	record->report.remark = copy_text(&text, remark);
	tmy_read_begin();
	tmy_facts_task(&record->report.facts);
	tmy_read_end();
	return record;
}

void tmy_record_free(struct tmy_record *record)
{
	kvfree(record);
}

static void put_record(struct tmy_text *text, const struct tmy_record *record,
		       struct tmy_span title)
{
	tmy_put(text, title);
	tmy_put_report(text, &record->report);
	tmy_put_char(text, '\0');
}

long tmy_record_text(const struct tmy_record *record, struct tmy_span title, char **text)
{
	struct tmy_text out = tmy_text(NULL, 0);

	put_record(&out, record, title);
	*text = kvmalloc(out.length, GFP_KERNEL);
	if (!*text)
		return -ENOMEM;
	out = tmy_text(*text, out.length);
	put_record(&out, record, title);
	return (long)out.length;
}
