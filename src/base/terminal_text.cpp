#include "retraind/base/terminal_text.hpp"

#include <utility>

#include <utf8proc.h>

namespace retraind {
namespace {

/// The columns of the first character and its length in bytes, at least 1.
std::pair<std::size_t, std::size_t> first_columns(std::string_view text) noexcept {
    utf8proc_int32_t code_point = -1;
    const utf8proc_ssize_t length =
        utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                         static_cast<utf8proc_ssize_t>(text.size()), &code_point);
    if (length <= 0) {
        return {1, 1};
    }
    return {static_cast<std::size_t>(utf8proc_charwidth(code_point)),
            static_cast<std::size_t>(length)};
}

} // namespace

std::size_t terminal_columns(std::string_view text) noexcept {
    std::size_t columns = 0;
    while (!text.empty()) {
        const auto [columns_of_first, length] = first_columns(text);
        columns += columns_of_first;
        text.remove_prefix(length);
    }
    return columns;
}

std::string fit_columns(std::string_view text, std::size_t columns) {
    if (terminal_columns(text) <= columns) {
        return std::string(text);
    }
    if (columns == 0) {
        return {};
    }
    std::size_t taken = 0;
    std::size_t bytes = 0;
    while (bytes < text.size()) {
        const auto [columns_of_next, length] = first_columns(text.substr(bytes));
        if (taken + columns_of_next > columns - 1) {
            break;
        }
        taken += columns_of_next;
        bytes += length;
    }
    return std::string(text.substr(0, bytes)) + "…";
}

} // namespace retraind
