// SPDX-License-Identifier: GPL-2.0-only
/* Facts: the attributes of tasks and objects that conditions and logs refer to, loaded on demand
 * (kernel ABI specification 4.3). */
#include <linux/cred.h>
#include <linux/fs.h>
#include <linux/uidgid.h>

#include "facts.h"
#include "program.h"

void tmy_facts_task(struct tmy_facts *facts)
{
	const struct cred *cred = current_cred();

	facts->uid = from_kuid(&init_user_ns, cred->uid);
	facts->euid = from_kuid(&init_user_ns, cred->euid);
	facts->suid = from_kuid(&init_user_ns, cred->suid);
	facts->fsuid = from_kuid(&init_user_ns, cred->fsuid);
	facts->gid = from_kgid(&init_user_ns, cred->gid);
	facts->egid = from_kgid(&init_user_ns, cred->egid);
	facts->sgid = from_kgid(&init_user_ns, cred->sgid);
	facts->fsgid = from_kgid(&init_user_ns, cred->fsgid);
	facts->pid = (u32)task_tgid_vnr(current);
	facts->ppid = (u32)task_tgid_vnr(rcu_dereference(current->real_parent));
}

static void load_inode(struct tmy_attributes *attributes, const struct inode *inode)
{
	attributes->known = inode;
	if (!inode)
		return;
	attributes->ino = inode->i_ino;
	attributes->uid = from_kuid(&init_user_ns, inode->i_uid);
	attributes->gid = from_kgid(&init_user_ns, inode->i_gid);
	attributes->major = MAJOR(inode->i_sb->s_dev);
	attributes->minor = MINOR(inode->i_sb->s_dev);
	attributes->dev_major = MAJOR(inode->i_rdev);
	attributes->dev_minor = MINOR(inode->i_rdev);
	attributes->mode = inode->i_mode;
}

static void load_path(struct tmy_path_attributes *attributes, const struct path *path)
{
	/* Dentries and inodes of directories are freed after a grace period: no reference. */
	load_inode(&attributes->path, path ? d_backing_inode(path->dentry) : NULL);
	load_inode(&attributes->parent,
		   path ? d_inode_rcu(READ_ONCE(path->dentry->d_parent)) : NULL);
}

static int load_realpath(struct tmy_scratch *scratch)
{
	const struct linux_binprm *bprm = scratch->check->program->bprm;

	return tmy_name_path(&scratch->arena, &bprm->file->f_path, false, &scratch->facts.realpath);
}

void tmy_facts_load(struct tmy_facts *facts, unsigned int what)
{
	struct tmy_scratch *scratch = container_of(facts, struct tmy_scratch, facts);

	if (what & TMY_FACTS_TASK)
		tmy_facts_task(facts);
	if (what & TMY_FACTS_PATH1)
		load_path(&facts->path1, scratch->check->objects[0]);
	if (what & TMY_FACTS_PATH2)
		load_path(&facts->path2, scratch->check->objects[1]);
	if (what & TMY_FACTS_REALPATH && load_realpath(scratch))
		facts->failed = true;
}
