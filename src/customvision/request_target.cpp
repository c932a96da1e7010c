#include "retraind/customvision/request_target.hpp"

#include <boost/url/encode.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>

namespace retraind::customvision {
namespace {

std::string encoded(std::string_view text) {
    return boost::urls::encode(boost::core::string_view(text.data(), text.size()),
                               boost::urls::unreserved_chars);
}

} // namespace

request_target& request_target::segment(std::string_view value) {
    text_ += '/' + encoded(value);
    return *this;
}

request_target& request_target::parameter(std::string_view name, std::string_view value) {
    text_ += has_query_ ? '&' : '?';
    text_ += encoded(name) + '=' + encoded(value);
    has_query_ = true;
    return *this;
}

} // namespace retraind::customvision
