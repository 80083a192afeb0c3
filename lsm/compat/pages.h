/* SPDX-License-Identifier: GPL-2.0-only */
/* Lookup of a page without faulting it in: folio_walk_start(), in older kernels follow_page(). */
#ifndef TMY_COMPAT_PAGES_H
#define TMY_COMPAT_PAGES_H

#include <linux/mm.h>
#include <linux/pagewalk.h>

#ifdef __CHECKER__
/* Which locks a walk holds depends on its result, which sparse cannot follow. */
#define tmy_walk_end(walk, area)
#else
#define tmy_walk_end(walk, area) folio_walk_end(walk, area)
#endif

#ifdef CONFIG_MMU
/* Under the area's mmap_lock. Return: a page with a reference; NULL when it is not in memory. */
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
