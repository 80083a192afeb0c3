// SPDX-License-Identifier: GPL-2.0-only
// The one translation unit that holds the body of the fmt library; every other file includes <fmt/core.h>.
//
// The Makefile switches floating point and locales off: nobody here prints them, and they cost 40 KB.
#include <fmt/format-inl.h>

FMT_BEGIN_NAMESPACE
template detail::thousands_sep_result<char> detail::thousands_sep_impl(locale_ref);
template void detail::buffer<char>::append(const char*, const char*);
template void detail::vformat_to(buffer<char>&, string_view, basic_format_args<buffer_context<char>>,
                                 locale_ref);
FMT_END_NAMESPACE
