// SPDX-License-Identifier: GPL-2.0-only
// The box called by its own name: tomoyo-box APPLET, --list, --install, help.
#pragma once

#include "tomoyo-box/applet.h"

int multiplexer(const Call& call);

// Runs an applet as if it had been called by NAME behind CALLER: "/usr/sbin/" or "tomoyo-box ". Defined in
// main.cc.
int run_applet(const Applet& applet, std::string_view caller, std::string_view name,
               std::vector<std::string> args);

// The text of a topic that is not an applet ("files", "patterns"); empty when there is none.
std::string_view help_topic(std::string_view topic);

// Separated by blanks: topics about the box, and about the policy language.
std::string box_topic_names();
std::string language_topic_names();
