#include "retraind/base/ids.hpp"

#include <stdexcept>

#include <boost/uuid/string_generator.hpp>
#include <boost/uuid/uuid_io.hpp>

#include <fmt/format.h>

namespace retraind {

std::string to_string(const boost::uuids::uuid& value) {
    return boost::uuids::to_string(value);
}

result<boost::uuids::uuid> parse_guid(std::string_view text) {
    constexpr std::size_t dashed = 36; // Boost takes other forms too; the service writes this one
    try {
        if (text.size() == dashed) {
            return boost::uuids::string_generator()(text.begin(), text.end());
        }
    } catch (const std::runtime_error&) { // falls through to the sentence below
    }
    return fail(errc::invalid, fmt::format("\"{}\" is not a GUID", text));
}

} // namespace retraind
