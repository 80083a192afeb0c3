# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC1083,SC2016,SC2034,SC2086,SC2102,SC2154 # words for act; variables of lib.bash, without blanks
# Programs that work on files: what is learned, and what becomes of them when a part of that is gone.

files_job() {
	empty /tmp/files /scenario/space
	run files /scenario/jobs/files.sh
}

phase files-learning
domain files 1
files_job
phase_save

phase files-permissive
thin 4
use 2
files_job
phase_save

phase files-enforcing
use 3
files_job
phase_end
