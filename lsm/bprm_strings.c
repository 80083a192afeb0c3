// SPDX-License-Identifier: GPL-2.0-only
/* Strings of a binprm: argv and envp, read in place from the pages of the new stack. */
#include <linux/highmem.h>
#include <linux/mm.h>

#include "compat/pages.h"
#include "engine/request.h"
#include "bprm_strings.h"

/* Faults the page in when it has been swapped out. */
static int get_stack_page(struct linux_binprm *bprm, unsigned long start, struct page **page)
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

/* Return: NULL when the page is not in memory, or mmap_lock is contended. */
static struct page *get_stack_page_nowait(struct linux_binprm *bprm, unsigned long start)
{
	struct page *page = NULL;

#ifdef CONFIG_MMU
	/* The mm is not in use yet: only memory management itself may contend for its lock. */
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

static void unmap_stack_page(struct tmy_stack_page *page)
{
	if (!page->text)
		return;
	kunmap_local(page->text);
	put_page(page->page);
	page->text = NULL;
}

static int map_stack_page(struct tmy_strings *strings, struct tmy_stack_page *page,
			  unsigned long start)
{
	int error;

	if (start >= strings->bprm->exec)
		return -EFAULT;
	error = get_stack_page(strings->bprm, start, &page->page);
	if (error)
		return error;
	page->start = start;
	page->text = kmap_local_page(page->page);
	return 0;
}

/* In the reverse order of mapping, as kmap_local_page() wants. */
static void unmap_stack_pages(struct tmy_strings *strings)
{
	unmap_stack_page(&strings->pages[1]);
	unmap_stack_page(&strings->pages[0]);
}

/* Maps the page with the next byte. @text: becomes the rest of the page, from that byte on. */
static int map_string(struct tmy_strings *strings, struct tmy_span *text)
{
	struct tmy_stack_page *page = &strings->pages[0];
	unsigned long start = strings->next & PAGE_MASK;
	int error = 0;

	if (!page->text || page->start != start) {
		unmap_stack_pages(strings);
		error = map_stack_page(strings, page, start);
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
	unmap_stack_pages(strings);
}

static size_t encoded_size(char c)
{
	return c == '\\' ? 2 : c > ' ' && c < 127 ? 1 : 4;
}

size_t tmy_visible_length(const char *text, size_t length, size_t *left)
{
	size_t i;

	for (i = 0; i < length && encoded_size(text[i]) <= *left; i++)
		*left -= encoded_size(text[i]);
	return i;
}

size_t tmy_variable_name_length(struct tmy_span text)
{
	size_t i = 0;

	while (i < text.length && text.at[i] && text.at[i] != '=')
		i++;
	return i;
}

/* The visible part of a name is shorter than a page, so it lies in two pages at most. */
int tmy_strings_name(struct tmy_strings *strings, struct tmy_span name[2])
{
	struct tmy_stack_page *second = &strings->pages[1];
	size_t left = TMY_ARGUMENT_MAX, length;
	struct tmy_span text;
	int error = map_string(strings, &text);

	if (error)
		return error;
	length = tmy_variable_name_length(text);
	name[0] = tmy_span(text.at, tmy_visible_length(text.at, length, &left));
	name[1] = tmy_span(NULL, 0);
	if (length < text.length || name[0].length < length)
		return 0;
	error = map_stack_page(strings, second, strings->pages[0].start + PAGE_SIZE);
	if (error)
		return error;
	text = tmy_span(second->text,
			min_t(size_t, PAGE_SIZE, strings->bprm->exec - second->start));
	name[1] = tmy_span(text.at,
			   tmy_visible_length(text.at, tmy_variable_name_length(text), &left));
	return 0;
}

int tmy_strings_skip(struct tmy_strings *strings)
{
	struct tmy_span text;
	const char *end;
	int error;

	unmap_stack_page(&strings->pages[1]);
	do {
		error = map_string(strings, &text);
		if (error)
			return error;
		end = memchr(text.at, 0, text.length);
		strings->next += end ? (size_t)(end - text.at) + 1 : text.length;
	} while (!end);
	return 0;
}

bool tmy_stack_map_nowait(struct linux_binprm *bprm, unsigned long at, struct tmy_stack_page *page,
			  struct tmy_span *text)
{
	page->start = at & PAGE_MASK;
	page->page = at < bprm->exec ? get_stack_page_nowait(bprm, page->start) : NULL;
	if (!page->page)
		return false;
	page->text = kmap_local_page(page->page);
	*text = tmy_span(page->text + offset_in_page(at),
			 min(page->start + PAGE_SIZE, bprm->exec) - at);
	return true;
}

void tmy_stack_unmap(struct tmy_stack_page *page)
{
	unmap_stack_page(page);
}
