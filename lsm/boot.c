// SPDX-License-Identifier: GPL-2.0-only
/* Boot: the built-in policy, the userspace policy loader, and the activation of the policy. */
#include <linux/init.h>
#include <linux/namei.h>
#include <linux/umh.h>

#include "boot.h"
#include "builtin-policy.h"
#include "engine/stream.h"
#include "lsm.h"

static void __init load_builtin_file(enum tmy_file file, const char *text)
{
	struct tmy_stream *stream = tmy_stream_open(tmy_kernel_policy, file);

	while (stream && *text) {
		size_t length = strcspn(text, "\n");
		char *line = kmemdup(text, length + 1, GFP_KERNEL);

		if (!line)
			break;
		tmy_stream_write(stream, line, length, NULL);
		kfree(line);
		text += length + 1;
	}
	if (!stream || *text)
		panic("TOMOYO: no memory for the built-in policy\n");
	tmy_stream_close(stream);
}

static void activate_policy(void)
{
	const struct tmy_domain *domain;
	const char *problem;

	if (tmy_policy_activate(tmy_kernel_policy, &problem, &domain)) {
		struct tmy_span name = tmy_domain_name(domain);

		panic("TOMOYO: domain '%.*s' cannot be used: %s\n", (int)name.length, name.at,
		      problem);
	}
	static_branch_enable(&tmy_active_key);
	pr_info("TOMOYO: Mandatory Access Control activated.\n");
}

void __init tmy_boot_policy(void)
{
	load_builtin_file(TMY_FILE_PROFILE, tmy_builtin_profile);
	load_builtin_file(TMY_FILE_EXCEPTION_POLICY, tmy_builtin_exception_policy);
	load_builtin_file(TMY_FILE_DOMAIN_POLICY, tmy_builtin_domain_policy);
	load_builtin_file(TMY_FILE_MANAGER, tmy_builtin_manager);
	load_builtin_file(TMY_FILE_STAT, tmy_builtin_stat);
	if (IS_ENABLED(CONFIG_SECURITY_TOMOYO_OMIT_USERSPACE_LOADER))
		activate_policy();
}

#ifdef CONFIG_SECURITY_TOMOYO_OMIT_USERSPACE_LOADER
void tmy_boot_trigger(const char *filename)
{
}
#else
static const char *loader = CONFIG_SECURITY_TOMOYO_POLICY_LOADER;
static const char *trigger = CONFIG_SECURITY_TOMOYO_ACTIVATION_TRIGGER;

static int __init set_loader(char *path)
{
	loader = path;
	return 1;
}
__setup("TOMOYO_loader=", set_loader);

static int __init set_trigger(char *path)
{
	trigger = path;
	return 1;
}
__setup("TOMOYO_trigger=", set_trigger);

static bool loader_exists(void)
{
	struct path path;

	if (kern_path(loader, LOOKUP_FOLLOW, &path)) {
		pr_info("TOMOYO: not activated, as there is no policy loader %s\n", loader);
		return false;
	}
	path_put(&path);
	return true;
}

void tmy_boot_trigger(const char *filename)
{
	static char *environment[] = { "HOME=/", "PATH=/sbin:/bin:/usr/sbin:/usr/bin", NULL };
	static atomic_t started = ATOMIC_INIT(0);
	char *arguments[] = { (char *)loader, NULL };

	if (strcmp(filename, trigger) || !loader_exists() || atomic_xchg(&started, 1))
		return;
	pr_info("TOMOYO: Calling %s to load policy. Please wait.\n", loader);
	call_usermodehelper(arguments[0], arguments, environment, UMH_WAIT_PROC);
	activate_policy();
}
#endif
