#include "sandbox/http/incoming.hpp"

#include "sandbox/http/target.hpp"

namespace sandbox::http {

namespace {

constexpr std::string_view id_header = "apim-request-id";

std::string_view view(boost::beast::string_view text) {
    return {text.data(), text.size()};
}

} // namespace

std::optional<request> request_of(const boost::beast::http::request_header<>& head,
                                  std::string_view id) {
    auto where = parse_target(view(head.target()));
    if (!where || (head.version() >= 11 && head.count("Host") != 1)) {
        return std::nullopt;
    }
    request asked;
    asked.method = view(head.method_string());
    asked.path = std::move(where->path);
    asked.query = std::move(where->query);
    for (const auto& field : head) {
        const auto name = view(field.name_string());
        if (!equal_without_case(name, id_header)) {
            asked.headers.push_back({std::string(name), std::string(view(field.value()))});
        }
    }
    asked.headers.push_back({std::string(id_header), std::string(id)});
    return asked;
}

bool expects_continue(const request& asked) {
    return equal_without_case(asked.header("Expect"), "100-continue");
}

} // namespace sandbox::http
