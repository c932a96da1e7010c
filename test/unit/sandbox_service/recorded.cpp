#include "unit/sandbox_service/recorded.hpp"

#include <boost/json/parse.hpp>

#include <fstream>
#include <iterator>
#include <regex>
#include <stdexcept>

#include "sandbox/service/domains.hpp"

namespace sandbox::service::test {

namespace json = boost::json;

std::vector<exchange> read_recording(const std::string& file_name) {
    std::ifstream in(std::string(RETRAIND_TEST_DATA) + "/sandbox_service/" + file_name);
    if (!in) {
        throw std::runtime_error("no recording " + file_name);
    }
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    std::vector<exchange> exchanges;
    const json::value recording = json::parse(text);
    for (const json::value& each : recording.at("exchanges").as_array()) {
        const json::value& request = each.at("request");
        const json::value& response = each.at("response");
        exchanges.push_back({std::string(request.at("method").as_string()),
                             std::string(request.at("uri").as_string()),
                             response.at("status").to_number<unsigned>(),
                             std::string(response.at("body").as_string())});
    }
    return exchanges;
}

namespace {

std::string mask_ids(const std::string& text) {
    static const std::regex guid("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    std::string masked;
    auto rest = text.cbegin();
    for (std::smatch found; std::regex_search(rest, text.cend(), found, guid);
         rest = found[0].second) {
        masked.append(rest, found[0].first);
        masked += find_domain(found.str()) != nullptr ? found.str() : "GUID";
    }
    return masked.append(rest, text.cend());
}

} // namespace

std::string masked(std::string_view body) {
    static const std::regex seconds("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}");
    static const std::regex seven("TIME\\.[0-9]{7}Z");
    static const std::regex three("TIME\\.[0-9]{3}Z");
    static const std::regex trimmed("TIME(\\.[0-9]{0,6}[1-9])?\"");
    static const std::regex compact("[0-9a-f]{32}");
    static const std::regex host("https://[^?\"]*/(?=i-HEX/)");
    static const std::regex signature("sig=[^&\"]+");
    static const std::regex expiry("se=[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}%3A[0-9]{2}%3A[0-9]{2}Z");
    std::string text = mask_ids(std::string(body));
    text = std::regex_replace(text, seconds, "TIME");
    text = std::regex_replace(text, seven, "TIME7Z");
    text = std::regex_replace(text, three, "TIME3Z");
    text = std::regex_replace(text, trimmed, "TIMETRIMMED\"");
    text = std::regex_replace(text, compact, "HEX");
    text = std::regex_replace(text, host, "HOST/");
    text = std::regex_replace(text, signature, "sig=SIG");
    return std::regex_replace(text, expiry, "se=EXPIRY");
}

} // namespace sandbox::service::test
