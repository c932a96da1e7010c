#include "retraind/portal/trouble_rules.hpp"

#include <fmt/format.h>

#include "retraind/base/text.hpp"

namespace retraind::portal {
namespace {

using customvision::failure;
using customvision::verdict;

constexpr unsigned unauthorized = 401;
constexpr unsigned not_found = 404;

/// A 404 of the gateway names no thing of the service: the path leads nowhere.
bool is_wrong_path(const failure& why) {
    return why.status == not_found && !why.code.starts_with("NotFound");
}

std::string mend_of_refusal(const failure& why, const config::service_block& service) {
    if (why.status == unauthorized) {
        return fmt::format(
            "; put the training key of this resource (the portal's Keys and Endpoint "
            "page) into {}, and see that service.endpoint {} is the resource's own",
            place_of(service.key), address_of(service));
    }
    if (why.status == 0) {
        return fmt::format("; put it into {}", place_of(service.key));
    }
    return "; the key may not do this: use one of the training resource, or ask who administers it "
           "for the right to";
}

std::string mend_of_silence(const failure& why, const config::service_block& service) {
    switch (why.cause.code) {
    case errc::certificate:
    case errc::cancelled:
        return {};
    case errc::protocol:
        return fmt::format("; what answers at {} is not Custom Vision over {}: correct "
                           "service.endpoint, or have a proxy on the way let it through",
                           address_of(service), service.client.server.tls ? "TLS" : "plain http");
    default:
        return fmt::format("; see that service.endpoint {} is right and can be reached from here",
                           address_of(service));
    }
}

std::string mend_of(const failure& why, const config::service_block& service) {
    if (why.meaning == verdict::unauthorised) {
        return mend_of_refusal(why, service);
    }
    if (is_wrong_path(why)) {
        return fmt::format("; {} has no Training API {}: service.endpoint is to be the resource's "
                           "address alone, as the portal's Keys and Endpoint page shows it, and "
                           "service.api_version one that it serves",
                           address_of(service), service.api_version);
    }
    if (why.meaning == verdict::throttled) {
        return "; others use the key as well: try again later, or lower "
               "service.requests_per_second where they run";
    }
    if (why.status == 0) {
        return mend_of_silence(why, service);
    }
    return why.cause.code == errc::protocol
               ? fmt::format("; what answers at {} is not Custom Vision: correct service.endpoint",
                             address_of(service))
               : std::string();
}

} // namespace

trouble explain(const failure& why, const config::service_block& service) {
    std::string sentence = why.cause.message;
    if (!why.request_id.empty()) {
        sentence += fmt::format(" (request id {})", why.request_id);
    }
    sentence += mend_of(why, service);
    const bool refused = why.meaning == verdict::unauthorised;
    return {refused ? ending::key_refused : ending::failed, std::move(sentence)};
}

trouble trouble_of(const error& why) {
    return {ending::failed, why.message};
}

std::string address_of(const config::service_block& service) {
    const http::endpoint& server = service.client.server;
    const bool bracketed = server.host.find(':') != std::string::npos;
    const bool usual = server.port == (server.tls ? "443" : "80");
    return fmt::format("{}://{}{}{}{}{}", server.tls ? "https" : "http", bracketed ? "[" : "",
                       printable(server.host), bracketed ? "]" : "",
                       usual ? std::string() : ":" + server.port, server.path);
}

std::string place_of(const config::key_location& key) {
    return key.environment.empty() ? key.file : "the variable " + key.environment;
}

} // namespace retraind::portal
