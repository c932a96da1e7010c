#include "sandbox/service/guid.hpp"

#include <boost/uuid/random_generator.hpp>
#include <boost/uuid/string_generator.hpp>
#include <boost/uuid/uuid.hpp>
#include <boost/uuid/uuid_io.hpp>

#include <algorithm>
#include <stdexcept>

namespace sandbox::service {

namespace {

/// The generator of Boost also takes trailing text; the two lengths rule that out.
bool has_guid_form(std::string_view text) {
    constexpr std::string_view digits = "0123456789abcdefABCDEF";
    if (text.size() == 32) {
        return text.find_first_not_of(digits) == std::string_view::npos;
    }
    if (text.size() != 36) {
        return false;
    }
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash ? text[i] != '-' : digits.find(text[i]) == std::string_view::npos) {
            return false;
        }
    }
    return true;
}

} // namespace

std::string new_guid() {
    thread_local boost::uuids::random_generator generate;
    return boost::uuids::to_string(generate());
}

std::optional<std::string> parse_guid(std::string_view text) {
    if (text.size() > 2 && text.front() == '{' && text.back() == '}') {
        text = text.substr(1, text.size() - 2);
    }
    if (!has_guid_form(text)) {
        return std::nullopt;
    }
    return boost::uuids::to_string(boost::uuids::string_generator{}(text.begin(), text.end()));
}

std::string without_dashes(std::string_view guid) {
    std::string compact(guid);
    compact.erase(std::remove(compact.begin(), compact.end(), '-'), compact.end());
    return compact;
}

} // namespace sandbox::service
