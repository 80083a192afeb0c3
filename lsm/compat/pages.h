/* SPDX-License-Identifier: GPL-2.0-only */
/* How a page that is there is found without sleeping: Linux 6.12 has a walk, earlier ones a call.
 */
#ifndef TMY_COMPAT_PAGES_H
#define TMY_COMPAT_PAGES_H

#include <linux/mm.h>
#include <linux/pagewalk.h>

#ifdef __CHECKER__
/* A walk returns with locks held that depend on what it found: more than sparse can follow. */
#define tmy_walk_end(walk, area)
#else
#define tmy_walk_end(walk, area) folio_walk_end(walk, area)
#endif

#ifdef CONFIG_MMU
/* With the area's mmap_lock. Return: a page to be put, or NULL. */
static inline struct page *tmy_page_of(struct vm_area_struct *area, unsigned long address)
{
	struct page *page = NULL;

	if (address < area->vm_start || address >= area->vm_end)
		return NULL;
#ifdef TMY_HAVE_FOLIO_WALK
	struct folio_walk walk;

	if (!folio_walk_start(&walk, area, address, 0))
		return NULL;
	page = walk.page;
	if (page)
		get_page(page);
	tmy_walk_end(&walk, area);
#else
	page = follow_page(area, address, FOLL_GET);
	if (IS_ERR(page))
		page = NULL;
#endif
	return page;
}
#endif

#endif
