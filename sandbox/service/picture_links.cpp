#include "sandbox/service/picture_links.hpp"

#include <fmt/format.h>

#include "sandbox/service/base64.hpp"
#include "sandbox/service/digest.hpp"
#include "sandbox/service/guid.hpp"

namespace sandbox::service {

namespace {

/// Of base64 and times only these need escaping in a query.
std::string escape(std::string_view text) {
    std::string escaped;
    for (const char c : text) {
        switch (c) {
        case '+':
            escaped += "%2B";
            break;
        case '/':
            escaped += "%2F";
            break;
        case '=':
            escaped += "%3D";
            break;
        case ':':
            escaped += "%3A";
            break;
        default:
            escaped += c;
        }
    }
    return escaped;
}

} // namespace

link_signer::link_signer(std::string base_url, std::string key)
    : base_url_(std::move(base_url)), key_(std::move(key)) {
    while (base_url_.ends_with('/')) {
        base_url_.pop_back();
    }
}

image_links link_signer::make(std::string_view project_id, std::string_view image_id,
                              ticks moment) const {
    const std::string container = "i-" + without_dashes(project_id);
    const std::string name = without_dashes(image_id);
    const std::string expiry = seconds_text(moment + ticks_per_day);
    image_links links;
    links.original = link(container, "i-" + name, expiry);
    links.resized = links.original;
    links.thumbnail = link(container, "t-" + name, expiry);
    return links;
}

std::string link_signer::make_export(std::string_view project_id, std::string_view blob_name,
                                     ticks moment) const {
    return link("m-" + without_dashes(project_id), blob_name, seconds_text(moment + ticks_per_day));
}

bool link_signer::is_valid(std::string_view container, std::string_view blob_name,
                           std::string_view expiry, std::string_view signature,
                           ticks moment) const {
    // Both times have the same fixed form, so their order is that of their texts.
    return equal_in_constant_time(signature, sign(container, blob_name, expiry)) &&
           seconds_text(moment) <= expiry;
}

std::string link_signer::sign(std::string_view container, std::string_view blob_name,
                              std::string_view expiry) const {
    return encode_base64(hmac_sha256(key_, fmt::format("{}/{}\n{}", container, blob_name, expiry)));
}

std::string link_signer::link(std::string_view container, std::string_view blob_name,
                              std::string_view expiry) const {
    return fmt::format("{}/blobs/{}/{}?sv=2017-04-17&sr=b&sig={}&se={}&sp=r", base_url_, container,
                       blob_name, escape(sign(container, blob_name, expiry)), escape(expiry));
}

} // namespace sandbox::service
