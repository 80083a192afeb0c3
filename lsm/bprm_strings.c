// SPDX-License-Identifier: GPL-2.0-only
/* Strings: what a program is given, read where it is: on the stack that it will have. */
#include <linux/highmem.h>
#include <linux/mm.h>

#include "compat/pages.h"
#include "engine/request.h"
#include "bprm_strings.h"

/* Brings it back from where it was swapped to. */
static int get_page_at(struct linux_binprm *bprm, unsigned long start, struct page **page)
{
#ifdef CONFIG_MMU
	long got;

	mmap_read_lock(bprm->mm);
#ifdef TMY_HAVE_GUP_VMAS
	got = get_user_pages_remote(bprm->mm, start, 1, FOLL_FORCE, page, NULL, NULL);
#else
	got = get_user_pages_remote(bprm->mm, start, 1, FOLL_FORCE, page, NULL);
#endif
	mmap_read_unlock(bprm->mm);
	return got == 1 ? 0 : -EFAULT;
#else
	*page = bprm->page[start / PAGE_SIZE];
	if (!*page)
		return -EFAULT;
	get_page(*page);
	return 0;
#endif
}

/* The same of a page that is there; NULL when it is not, or cannot be looked for without sleep. */
static struct page *peek_page_at(struct linux_binprm *bprm, unsigned long start)
{
	struct page *page = NULL;

#ifdef CONFIG_MMU
	/* Nobody else knows these pages yet, but who needs memory may look for some here. */
	if (mmap_read_trylock(bprm->mm)) {
		page = tmy_page_of(bprm->vma, start);
		mmap_read_unlock(bprm->mm);
	}
#else
	page = bprm->page[start / PAGE_SIZE];
	if (page)
		get_page(page);
#endif
	return page;
}

static void out_of_view(struct tmy_stack_page *page)
{
	if (!page->text)
		return;
	kunmap_local(page->text);
	put_page(page->page);
	page->text = NULL;
}

static int bring_into_view(struct tmy_strings *strings, struct tmy_stack_page *page,
			   unsigned long start)
{
	int error;

	if (start >= strings->bprm->exec)
		return -EFAULT;
	error = get_page_at(strings->bprm, start, &page->page);
	if (error)
		return error;
	page->start = start;
	page->text = kmap_local_page(page->page);
	return 0;
}

/* What was mapped last is unmapped first. */
static void nothing_in_view(struct tmy_strings *strings)
{
	out_of_view(&strings->pages[1]);
	out_of_view(&strings->pages[0]);
}

/* Brings the page into view in which the next byte is, and says what of it is to come. */
static int look(struct tmy_strings *strings, struct tmy_span *text)
{
	struct tmy_stack_page *page = &strings->pages[0];
	unsigned long start = strings->next & PAGE_MASK;
	int error = 0;

	if (!page->text || page->start != start) {
		nothing_in_view(strings);
		error = bring_into_view(strings, page, start);
	}
	if (!error)
		*text = tmy_span(page->text + offset_in_page(strings->next),
				 min(start + PAGE_SIZE, strings->bprm->exec) - strings->next);
	return error;
}

void tmy_strings_begin(struct tmy_strings *strings, struct linux_binprm *bprm)
{
	memset(strings, 0, sizeof(*strings));
	strings->bprm = bprm;
	strings->next = bprm->p;
}

void tmy_strings_end(struct tmy_strings *strings)
{
	nothing_in_view(strings);
}

static size_t encoded_size(char c)
{
	return c == '\\' ? 2 : c > ' ' && c < 127 ? 1 : 4;
}

size_t tmy_visible(const char *text, size_t length, size_t *room)
{
	size_t i;

	for (i = 0; i < length && encoded_size(text[i]) <= *room; i++)
		*room -= encoded_size(text[i]);
	return i;
}

size_t tmy_name_end(struct tmy_span text)
{
	size_t i = 0;

	while (i < text.length && text.at[i] && text.at[i] != '=')
		i++;
	return i;
}

/* In two pages at most, as more is not seen. */
int tmy_strings_name(struct tmy_strings *strings, struct tmy_span name[2])
{
	struct tmy_stack_page *second = &strings->pages[1];
	size_t room = TMY_ARGUMENT_MAX, length;
	struct tmy_span text;
	int error = look(strings, &text);

	if (error)
		return error;
	length = tmy_name_end(text);
	name[0] = tmy_span(text.at, tmy_visible(text.at, length, &room));
	name[1] = tmy_span(NULL, 0);
	if (length < text.length || name[0].length < length)
		return 0;
	error = bring_into_view(strings, second, strings->pages[0].start + PAGE_SIZE);
	if (error)
		return error;
	text = tmy_span(second->text,
			min_t(size_t, PAGE_SIZE, strings->bprm->exec - second->start));
	name[1] = tmy_span(text.at, tmy_visible(text.at, tmy_name_end(text), &room));
	return 0;
}

int tmy_strings_skip(struct tmy_strings *strings)
{
	struct tmy_span text;
	const char *end;
	int error;

	out_of_view(&strings->pages[1]);
	do {
		error = look(strings, &text);
		if (error)
			return error;
		end = memchr(text.at, 0, text.length);
		strings->next += end ? (size_t)(end - text.at) + 1 : text.length;
	} while (!end);
	return 0;
}

bool tmy_stack_peek(struct linux_binprm *bprm, unsigned long at, struct tmy_stack_page *page,
		    struct tmy_span *text)
{
	page->start = at & PAGE_MASK;
	page->page = at < bprm->exec ? peek_page_at(bprm, page->start) : NULL;
	if (!page->page)
		return false;
	page->text = kmap_local_page(page->page);
	*text = tmy_span(page->text + offset_in_page(at),
			 min(page->start + PAGE_SIZE, bprm->exec) - at);
	return true;
}

void tmy_stack_unpeek(struct tmy_stack_page *page)
{
	out_of_view(page);
}
