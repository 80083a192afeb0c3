// SPDX-License-Identifier: GPL-2.0-only
/* Room: the memory in which a check is turned into a request of the engine. */
#include <linux/local_lock.h>
#include <linux/percpu.h>
#include <linux/sizes.h>

#include "facts.h"
#include "program.h"

enum {
	/* Two names as long as policy can give them, what the second is made of, and an argument.
	 */
	LOCAL_SIZE = 4 * PATH_MAX,
	USUAL_SIZE = 4 * PATH_MAX,
	/* Names beyond this cannot come from anything sane. */
	MAX_SIZE = SZ_1M,
};

struct local_room {
	local_lock_t lock;
	struct tmy_room room;
	unsigned long scratch[TMY_MATCH_SCRATCH(LOCAL_SIZE)];
	char text[LOCAL_SIZE];
};

static DEFINE_PER_CPU(struct local_room, local_rooms) = {
	.lock = INIT_LOCAL_LOCK(lock),
};

struct tmy_room *tmy_room_enter(void)
{
	struct local_room *local;

	local_lock(&local_rooms.lock);
	local = this_cpu_ptr(&local_rooms);
	local->room.execution.request.scratch = local->scratch;
	local->room.arena.at = local->text;
	local->room.size = LOCAL_SIZE;
	return &local->room;
}

void tmy_room_leave(void)
{
	local_unlock(&local_rooms.lock);
}

#ifdef CONFIG_LOCKDEP
void tmy_assert_outside(void)
{
	/* Whoever may be moved to another processor is in none of their rooms. */
	lockdep_assert_not_held(raw_cpu_ptr(&local_rooms.lock));
}
#endif

/* The memory of a room from the heap: the room, the scratch, the arena. */
static size_t scratch_size(size_t arena)
{
	/* What policy and programs supply is not longer than any arena. */
	BUILD_BUG_ON((int)LOCAL_SIZE < (int)TMY_DOMAIN_MAX_LENGTH);
	BUILD_BUG_ON((int)LOCAL_SIZE < (int)TMY_ARGUMENT_MAX);
	return TMY_MATCH_SCRATCH(arena) * sizeof(unsigned long);
}

struct tmy_room *tmy_room_new(size_t size)
{
	struct tmy_room *room;

	if (!size)
		size = USUAL_SIZE;
	room = tmy_os_alloc(sizeof(*room) + scratch_size(size) + size);
	if (!room)
		return NULL;
	room->size = size;
	room->execution.request.scratch = (unsigned long *)(room + 1);
	room->arena.at = (char *)(room + 1) + scratch_size(size);
	return room;
}

void tmy_room_free(struct tmy_room *room)
{
	if (room)
		tmy_os_free(room, sizeof(*room) + scratch_size(room->size) + room->size);
}

static int fill_pieces(struct tmy_arena *arena, const struct tmy_span *pieces,
		       struct tmy_span *name)
{
	struct tmy_span second;
	int error = tmy_name_bytes(arena, pieces[0], name);

	if (!error)
		error = tmy_name_bytes(arena, pieces[1], &second);
	if (!error)
		name->length += second.length; /* it lies right behind the first */
	return error;
}

static int fill_source(struct tmy_room *room, const struct tmy_source *source,
		       struct tmy_span *name)
{
	switch (source->type) {
	case TMY_OF_PATH:
		return tmy_name_path(&room->arena, source->path, source->slash, name);
	case TMY_OF_BYTES:
		return tmy_name_bytes(&room->arena, source->text, name);
	case TMY_OF_PIECES:
		return fill_pieces(&room->arena, source->pieces, name);
	case TMY_OF_WORD:
		*name = source->text;
		return 0;
	}
	*name = tmy_span(NULL, 0);
	return 0;
}

/* The real path of a program has usually just been made, as its name. */
static void fill_realpath(struct tmy_room *room, const struct tmy_check *check)
{
	const struct tmy_source *name = &check->names[0];

	if (name->type != TMY_OF_PATH ||
	    !path_equal(name->path, &check->program->bprm->file->f_path))
		return;
	/* Now, as the name may become that of an aggregator. */
	room->facts.realpath = room->execution.request.names[0].text;
	room->facts.loaded |= TMY_FACTS_REALPATH;
}

static int fill_facts(struct tmy_room *room, const struct tmy_check *check)
{
	struct tmy_facts *facts = &room->facts;
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
		fill_realpath(room, check);
		tmy_program_facts(check->program, facts);
		if (check->arguments)
			error = tmy_program_strings(check->program, room);
	}
	return error ? error : fill_source(room, &check->target, &facts->symlink_target);
}

int tmy_room_fill(struct tmy_room *room, const struct tmy_check *check)
{
	struct tmy_request *request = &room->execution.request;
	unsigned int i;
	int error;

	room->check = check;
	room->arena.front = 0;
	room->arena.back = room->size;
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
	request->facts = &room->facts;
	for (i = 0; i < tmy_entry_names(check->kind); i++) {
		error = fill_source(room, &check->names[i], &request->names[i].text);
		if (error)
			return error;
	}
	return fill_facts(room, check);
}

/* Whoever comes to the heap wants to know the program in any case. */
static int know_program(struct tmy_room *room)
{
	struct tmy_facts *facts = &room->facts;

	if (!room->check->program || facts->loaded & TMY_FACTS_REALPATH)
		return 0;
	facts->loaded |= TMY_FACTS_REALPATH;
	tmy_read_begin();
	tmy_facts_load(facts, TMY_FACTS_REALPATH);
	tmy_read_end();
	return facts->failed ? -ENAMETOOLONG : 0;
}

int tmy_room_for(struct tmy_check *check, struct tmy_room **room)
{
	size_t size = USUAL_SIZE;
	int error;

	if (!check->arguments)
		tmy_want_arguments(check);
	while (size <= MAX_SIZE) {
		*room = tmy_room_new(size);
		if (!*room)
			return -ENOMEM;
		error = tmy_room_fill(*room, check);
		if (!error)
			error = know_program(*room);
		if (!error)
			return 0;
		tmy_room_free(*room);
		*room = NULL;
		if (error == -ENAMETOOLONG)
			size *= 4;
		else if (error != -EAGAIN)
			return error;
		else if (!tmy_want_arguments(check))
			check->arguments = false; /* conditions on them do not hold */
	}
	return -ENOMEM;
}
