// SPDX-License-Identifier: GPL-2.0-only
/* Scratch buffer: the memory in which a check is turned into a request of the engine. */
#include <linux/local_lock.h>
#include <linux/percpu.h>
#include <linux/sizes.h>

#include "facts.h"
#include "program.h"

enum {
	/* Two names of the longest kind that policy can hold, the raw form of the second, and one
	 * argument. */
	PERCPU_SIZE = 4 * PATH_MAX,
	DEFAULT_SIZE = 4 * PATH_MAX,
	MAX_SIZE = SZ_1M, /* a request with longer names fails */
};

struct percpu_scratch {
	local_lock_t lock;
	struct tmy_scratch scratch;
	unsigned long match[TMY_MATCH_SCRATCH(PERCPU_SIZE)];
	char text[PERCPU_SIZE];
};

static DEFINE_PER_CPU(struct percpu_scratch, scratch_buffers) = {
	.lock = INIT_LOCAL_LOCK(lock),
};

struct tmy_scratch *tmy_scratch_lock(void)
{
	struct percpu_scratch *local;

	local_lock(&scratch_buffers.lock);
	local = this_cpu_ptr(&scratch_buffers);
	local->scratch.execution.request.scratch = local->match;
	local->scratch.arena.at = local->text;
	local->scratch.size = PERCPU_SIZE;
	return &local->scratch;
}

void tmy_scratch_unlock(void)
{
	local_unlock(&scratch_buffers.lock);
}

#ifdef CONFIG_LOCKDEP
void tmy_assert_scratch_not_held(void)
{
	/* A task that may migrate holds the lock of no CPU, so any CPU's will do. */
	lockdep_assert_not_held(raw_cpu_ptr(&scratch_buffers.lock));
}
#endif

/* Memory from the heap holds struct tmy_scratch, the memory for matching, and the arena. */
static size_t match_memory_size(size_t arena)
{
	/* Texts that do not lie in the arena are matched as well: names from policy, arguments. */
	BUILD_BUG_ON((int)PERCPU_SIZE < (int)TMY_DOMAIN_MAX_LENGTH);
	BUILD_BUG_ON((int)PERCPU_SIZE < (int)TMY_ARGUMENT_MAX);
	return TMY_MATCH_SCRATCH(arena) * sizeof(unsigned long);
}

struct tmy_scratch *tmy_scratch_alloc(size_t size)
{
	struct tmy_scratch *scratch;

	if (!size)
		size = DEFAULT_SIZE;
	scratch = tmy_os_alloc(sizeof(*scratch) + match_memory_size(size) + size);
	if (!scratch)
		return NULL;
	scratch->size = size;
	scratch->execution.request.scratch = (unsigned long *)(scratch + 1);
	scratch->arena.at = (char *)(scratch + 1) + match_memory_size(size);
	return scratch;
}

void tmy_scratch_free(struct tmy_scratch *scratch)
{
	if (scratch)
		tmy_os_free(scratch,
			    sizeof(*scratch) + match_memory_size(scratch->size) + scratch->size);
}

static int fill_name_pieces(struct tmy_arena *arena, const struct tmy_span *pieces,
			    struct tmy_span *name)
{
	struct tmy_span second;
	int error = tmy_name_bytes(arena, pieces[0], name);

	if (!error)
		error = tmy_name_bytes(arena, pieces[1], &second);
	if (!error)
		name->length += second.length; /* contiguous in the arena */
	return error;
}

static int fill_name(struct tmy_scratch *scratch, const struct tmy_source *source,
		     struct tmy_span *name)
{
	switch (source->type) {
	case TMY_OF_PATH:
		return tmy_name_path(&scratch->arena, source->path, source->slash, name);
	case TMY_OF_BYTES:
		return tmy_name_bytes(&scratch->arena, source->text, name);
	case TMY_OF_PIECES:
		return fill_name_pieces(&scratch->arena, source->pieces, name);
	case TMY_OF_WORD:
		*name = source->text;
		return 0;
	}
	*name = tmy_span(NULL, 0);
	return 0;
}

/* The real path is the name of the program already built, unless that is another path. */
static void fill_realpath(struct tmy_scratch *scratch, const struct tmy_check *check)
{
	const struct tmy_source *name = &check->names[0];

	if (name->type != TMY_OF_PATH ||
	    !path_equal(name->path, &check->program->bprm->file->f_path))
		return;
	/* Before tmy_execute() replaces the name by that of an aggregator. */
	scratch->facts.realpath = scratch->execution.request.names[0].text;
	scratch->facts.loaded |= TMY_FACTS_REALPATH;
}

static int fill_facts(struct tmy_scratch *scratch, const struct tmy_check *check)
{
	struct tmy_facts *facts = &scratch->facts;
	int error = 0;

	facts->load = tmy_facts_load;
	facts->loaded = 0;
	facts->failed = false;
	facts->exec = false;
	facts->arguments = false;
	facts->argv = NULL;
	facts->envp = NULL;
	facts->string = NULL;
	facts->realpath = tmy_span(NULL, 0);
	if (check->program) {
		fill_realpath(scratch, check);
		tmy_program_facts(check->program, facts);
		if (check->arguments)
			error = tmy_program_strings(check->program, scratch);
	}
	return error ? error : fill_name(scratch, &check->target, &facts->symlink_target);
}

int tmy_scratch_fill(struct tmy_scratch *scratch, const struct tmy_check *check)
{
	struct tmy_request *request = &scratch->execution.request;
	unsigned int i;
	int error;

	scratch->check = check;
	scratch->arena.front = 0;
	scratch->arena.back = scratch->size;
	request->domain = check->domain ? check->domain : tmy_current_domain();
	request->kind = check->kind;
	request->operation = check->operation;
	request->protocol = check->protocol;
	request->any_device = check->any_device;
	request->address_size = check->address_size;
	memcpy(request->address, check->address, sizeof(request->address));
	for (i = 0; i < TMY_ENTRY_NUMBERS; i++) {
		request->numbers[i] = check->numbers[i];
		request->number_radix[i] = check->radix[i];
	}
	request->facts = &scratch->facts;
	for (i = 0; i < tmy_entry_names(check->kind); i++) {
		error = fill_name(scratch, &check->names[i], &request->names[i].text);
		if (error)
			return error;
	}
	return fill_facts(scratch, check);
}

/* Logs and queries need the real path even if no condition does. */
static int load_program_realpath(struct tmy_scratch *scratch)
{
	struct tmy_facts *facts = &scratch->facts;

	if (!scratch->check->program || facts->loaded & TMY_FACTS_REALPATH)
		return 0;
	facts->loaded |= TMY_FACTS_REALPATH;
	tmy_read_begin();
	tmy_facts_load(facts, TMY_FACTS_REALPATH);
	tmy_read_end();
	return facts->failed ? -ENAMETOOLONG : 0;
}

int tmy_scratch_alloc_filled(struct tmy_check *check, struct tmy_scratch **scratch)
{
	size_t size = DEFAULT_SIZE;
	int error;

	if (!check->arguments)
		tmy_check_load_arguments(check);
	while (size <= MAX_SIZE) {
		*scratch = tmy_scratch_alloc(size);
		if (!*scratch)
			return -ENOMEM;
		error = tmy_scratch_fill(*scratch, check);
		if (!error)
			error = load_program_realpath(*scratch);
		if (!error)
			return 0;
		tmy_scratch_free(*scratch);
		*scratch = NULL;
		if (error == -ENAMETOOLONG)
			size *= 4;
		else if (error != -EAGAIN)
			return error;
		else if (!tmy_check_load_arguments(check))
			check->arguments = false; /* unreadable: conditions on them do not hold */
	}
	return -ENOMEM;
}
