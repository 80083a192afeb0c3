# SPDX-License-Identifier: GPL-2.0-only
# What the kernel offers, found in its headers and not by its version: long-term releases change both ways.
#
# has(NAME,HEADER,TEXT): -DTMY_HAVE_NAME when a line of include/HEADER matches the basic regular expression TEXT.
tmy-has = $(if $(shell grep -s -l -e '$3' '$(srctree)/include/$2'),-DTMY_HAVE_$1)

tmy-probes := $(call tmy-has,LSM_ID,linux/lsm_hooks.h,struct lsm_id)
tmy-probes += $(call tmy-has,FILE_TRUNCATE,linux/lsm_hook_defs.h, file_truncate\>)
tmy-probes += $(call tmy-has,FILE_IOCTL_COMPAT,linux/lsm_hook_defs.h, file_ioctl_compat\>)
tmy-probes += $(call tmy-has,CONST_COMMITTED_CREDS,linux/lsm_hook_defs.h, bprm_committed_creds\>.*const struct linux_binprm)
tmy-probes += $(call tmy-has,GUP_VMAS,linux/mm.h,struct vm_area_struct \*\*vmas)
tmy-probes += $(call tmy-has,FOLIO_WALK,linux/pagewalk.h,struct folio \*folio_walk_start)
tmy-probes += $(call tmy-has,CONST_KERN_MOUNT,linux/lsm_hook_defs.h, sb_kern_mount\>.*const struct super_block)
