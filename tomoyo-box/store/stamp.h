// SPDX-License-Identifier: GPL-2.0-only
// Stamps: the names of snapshots, YY-MM-DD.hh:mm:ss or YY-MM-DD.hh:mm:ss.TAG, and their order.
//
// The time is local time, in the notation of tomoyo-tools. Inside the program it is a plain number: the
// seconds that the same digits would mean in UTC. So a name says exactly one number and back, whatever TZ is
// now.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace store {

// The number in the name of a snapshot; nothing when NAME is not such a name. Years 70 to 99 are of the last
// century.
std::optional<int64_t> stamp_time(std::string_view name);

// The name for a time of stamp_time() or local_time(). TAG may be empty, else it must be a correct_tag().
std::string stamp_name(int64_t time, std::string_view tag = {});

// What a clock on the wall shows, as such a number.
int64_t local_time();

// A tag is 1 to 64 of the characters A-Z a-z 0-9 . _ -
bool correct_tag(std::string_view tag);

} // namespace store
