// SPDX-License-Identifier: GPL-2.0-only
/* Report: formats an audit record or a query. */
#include "report.h"
#include "engine/learn.h"
#include "engine/stat.h"

static void put_titled_number(struct tmy_text *text, struct tmy_span title, unsigned long value)
{
	tmy_put(text, title);
	tmy_put_decimal(text, value);
}
#define put_number(text, title, value) put_titled_number(text, TMY_SPAN(title), value)

static void put_quoted(struct tmy_text *text, struct tmy_span value)
{
	tmy_put_char(text, '"');
	tmy_put(text, value);
	tmy_put_char(text, '"');
}

static void put_task(struct tmy_text *text, const struct tmy_facts *facts)
{
	put_number(text, " task={ pid=", facts->pid);
	put_number(text, " ppid=", facts->ppid);
	put_number(text, " uid=", facts->uid);
	put_number(text, " gid=", facts->gid);
	put_number(text, " euid=", facts->euid);
	put_number(text, " egid=", facts->egid);
	put_number(text, " suid=", facts->suid);
	put_number(text, " sgid=", facts->sgid);
	put_number(text, " fsuid=", facts->fsuid);
	put_number(text, " fsgid=", facts->fsgid);
	tmy_puts(text, " }");
}

static struct tmy_span type_word(u16 mode)
{
	switch (mode & 0170000) {
	case 0010000:
		return TMY_SPAN("fifo");
	case 0020000:
		return TMY_SPAN("char");
	case 0040000:
		return TMY_SPAN("directory");
	case 0060000:
		return TMY_SPAN("block");
	case 0120000:
		return TMY_SPAN("symlink");
	case 0140000:
		return TMY_SPAN("socket");
	default: /* Also of what has no type, such as the kernel's own inode of an eventfd. */
		return TMY_SPAN("file");
	}
}

static void put_object(struct tmy_text *text, const struct tmy_attributes *object)
{
	u16 type = object->mode & 0170000;

	put_number(text, "={ uid=", object->uid);
	put_number(text, " gid=", object->gid);
	put_number(text, " ino=", object->ino);
	put_number(text, " major=", object->major);
	put_number(text, " minor=", object->minor);
	tmy_puts(text, " perm=0");
	tmy_put_octal(text, object->mode & 07777);
	tmy_puts(text, " type=");
	tmy_put(text, type_word(object->mode));
	if (type == 0020000 || type == 0060000) {
		put_number(text, " dev_major=", object->dev_major);
		put_number(text, " dev_minor=", object->dev_minor);
	}
	tmy_puts(text, " }");
}

static void put_parent(struct tmy_text *text, const struct tmy_attributes *parent)
{
	put_number(text, ".parent={ uid=", parent->uid);
	put_number(text, " gid=", parent->gid);
	put_number(text, " ino=", parent->ino);
	tmy_puts(text, " perm=0");
	tmy_put_octal(text, parent->mode & 07777);
	tmy_puts(text, " }");
}

static void put_path(struct tmy_text *text, struct tmy_span name,
		     const struct tmy_path_attributes *path)
{
	if (path->path.known) {
		tmy_put(text, name);
		put_object(text, &path->path);
	}
	if (path->parent.known) {
		tmy_put(text, name);
		put_parent(text, &path->parent);
	}
}

static void put_exec(struct tmy_text *text, const struct tmy_report *report)
{
	tmy_puts(text, " exec={ realpath=");
	put_quoted(text, report->facts.realpath);
	put_number(text, " argc=", report->facts.argc);
	put_number(text, " envc=", report->facts.envc);
	tmy_put_char(text, ' ');
	tmy_put(text, report->arguments);
	tmy_puts(text, " }");
}

static void put_header(struct tmy_text *text, const struct tmy_report *report)
{
	const struct tmy_facts *facts = &report->facts;

	tmy_put_char(text, '#');
	tmy_put_time(text, report->seconds);
	put_number(text, "# profile=", report->profile);
	tmy_puts(text, " mode=");
	tmy_put(text, tmy_mode_word((enum tmy_mode)report->mode));
	tmy_puts(text, " granted=");
	tmy_put(text, report->granted ? TMY_SPAN("yes") : TMY_SPAN("no"));
	put_number(text, " (global-pid=", report->global_pid);
	tmy_put_char(text, ')');
	put_task(text, facts);
	put_path(text, TMY_SPAN(" path1"), &facts->path1);
	put_path(text, TMY_SPAN(" path2"), &facts->path2);
	if (facts->exec) {
		put_exec(text, report);
	} else if (facts->symlink_target.at) {
		tmy_puts(text, " symlink.target=");
		put_quoted(text, facts->symlink_target);
	}
}

void tmy_put_report(struct tmy_text *text, const struct tmy_report *report)
{
	put_header(text, report);
	tmy_put_char(text, '\n');
	tmy_put(text, report->domain);
	tmy_put_char(text, '\n');
	if (report->remark.at)
		tmy_put(text, report->remark);
	else
		tmy_put_request(text, &report->request);
	tmy_put_char(text, '\n');
}
