#include "blocks.hpp"
#include "retraind/base/api_version.hpp"
#include "values.hpp"

namespace retraind::config {
namespace {

void take_endpoint(reader& in, const YAML::Node& node, draft& whole) {
    const auto text = text_value().read(in, node);
    if (!text) {
        return;
    }
    const result<http::endpoint> server = http::parse_endpoint(*text);
    if (!server) {
        in.wrong(node, server.error().message);
        return;
    }
    whole.result.service.client.server = *server;
}

void take_key_variable(reader& in, const YAML::Node& node, draft& whole) {
    const auto name = text_value().read(in, node);
    if (!name) {
        return;
    }
    constexpr std::string_view allowed =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_";
    const bool plain = name->find_first_not_of(allowed) == std::string::npos;
    const bool digit_first = name->front() >= '0' && name->front() <= '9';
    // A key written here by mistake is hexadecimal digits: it must not be repeated in a message.
    constexpr std::size_t longest = 30;
    if (!plain || digit_first || name->size() > longest) {
        in.wrong(node, "is not the name of an environment variable; write the variable's name, "
                       "never the key itself");
        return;
    }
    whole.result.service.key.environment = *name;
}

choice_value<std::string> known_versions() {
    choice_value<std::string> versions;
    for (const api_version& each : api_versions) {
        versions.choices.emplace_back(each.name, each.name);
    }
    return versions;
}

} // namespace

const table<draft>& service_table() {
    static constexpr number_value per_second{0.01, 100};
    static const auto into_service = [](auto kind, auto member, std::string_view name,
                                        std::string_view default_text, std::string_view doc) {
        return own_row<draft>(name, shape_of(kind), default_text, doc,
                              [kind, member](reader& in, const YAML::Node& node, draft& whole) {
                                  if (auto value = kind.read(in, node)) {
                                      std::invoke(member, whole.result.service) = std::move(*value);
                                  }
                              });
    };
    static const table<draft> rows{
        own_row<draft>("endpoint", {"address", schema::matching("^[Hh][Tt][Tt][Pp][Ss]?://")},
                       required,
                       "the resource's address, as the portal's Keys and Endpoint page shows it; "
                       "plain http only for loopback",
                       take_endpoint),
        into_service(known_versions(), &service_block::api_version, "api_version", "v3.3",
                     "the version of the Training API"),
        into_service(choice_value<std::string>{{{"application/json", "application/json"},
                                                {"application/xml", "application/xml"},
                                                {"text/xml", "text/xml"},
                                                {"application/x-www-form-urlencoded",
                                                 "application/x-www-form-urlencoded"}}},
                     &service_block::media_type, "media_type", "application/json",
                     "the media type of request bodies (see below); the shapes of XML and forms "
                     "are inferred from the "
                     "service's documentation, JSON's have been seen on the wire"),
        into_service(choice_value<std::string>{{{"application/json", "application/json"},
                                                {"application/xml", "application/xml"},
                                                {"text/xml", "text/xml"}}},
                     &service_block::accept, "accept", "application/json",
                     "the media type that answers are asked for in; each is read by its own "
                     "Content-Type, whatever was asked for"),
        into_service(
            path_value{}, [](service_block& service) -> auto& { return service.key.file; },
            "training_key_file", "/etc/retraind/training-key",
            "a file that holds the training key and nothing else; the default is "
            "$CREDENTIALS_DIRECTORY/training-key where systemd sets that. Refused when everyone "
            "can read it"),
        own_row<draft>("training_key_env",
                       {"name of a variable", schema::matching("^[A-Za-z_][A-Za-z0-9_]{0,29}$")},
                       "off", "an environment variable that holds the key, instead of a file",
                       take_key_variable),
        into_service(choice_value<tier>{{{"F0", tier::f0}, {"S0", tier::s0}}},
                     &service_block::pricing, "tier", "S0",
                     "the resource's pricing tier, for the published limits and rates"),
        own_row<draft>(
            "requests_per_second", shape_of(per_second), "8",
            "this process's share of the key's rate; 2 where tier is F0; divide it where "
            "several processes share one key",
            [](reader& in, const YAML::Node& node, draft& whole) {
                whole.requests_per_second = per_second.read(in, node);
            }),
        into_service(
            count_value<unsigned>{1, 16},
            [](service_block& service) -> auto& { return service.rate.requests_in_flight; },
            "requests_in_flight", "2", "how many requests may be under way at once"),
        into_service(
            optional_path_value{},
            [](service_block& service) -> auto& { return service.client.ca_file; }, "ca_file",
            "off", "a PEM file of certificates to trust beside the system's"),
    };
    return rows;
}

} // namespace retraind::config
