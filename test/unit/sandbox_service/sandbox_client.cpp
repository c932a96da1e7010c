#include "unit/sandbox_service/sandbox_client.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <random>
#include <stdexcept>
#include <thread>

#include "sandbox/http/router.hpp"

namespace sandbox::service::test {

namespace json = boost::json;

temporary_folder::temporary_folder() {
    std::string name = (std::filesystem::temp_directory_path() / "sandbox-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) {
        throw std::runtime_error("no temporary folder");
    }
    path_ = name;
}

temporary_folder::~temporary_folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

json::value answer::json() const {
    return json::parse(body);
}

std::string answer::code() const {
    return text("code");
}

std::string answer::text(std::string_view name) const {
    return std::string(json().at(name).as_string());
}

namespace {

void put(std::string& into, std::uint64_t number, int bytes) {
    for (int i = 0; i < bytes; ++i) {
        into += static_cast<char>(number >> (8 * i) & 0xFF);
    }
}

unsigned char shade(pattern stripes, unsigned x, unsigned y, std::mt19937& noise) {
    const unsigned along = stripes == pattern::upright ? x : stripes == pattern::level ? y : x + y;
    return static_cast<unsigned char>((along / 4 % 2 == 0 ? 40 : 190) + noise() % 40);
}

} // namespace

std::string striped_picture(pattern stripes, unsigned seed, unsigned width, unsigned height) {
    const unsigned stride = (width * 3 + 3) / 4 * 4;
    std::mt19937 noise(seed * 3 + static_cast<unsigned>(stripes));
    std::string bytes = "BM";
    put(bytes, 54 + stride * height, 4);
    put(bytes, 0, 4);
    put(bytes, 54, 4);
    put(bytes, 40, 4);
    put(bytes, width, 4);
    put(bytes, height, 4);
    put(bytes, 1, 2);
    put(bytes, 24, 2);
    put(bytes, 0, 4);
    put(bytes, stride * height, 4);
    put(bytes, 2835, 4);
    put(bytes, 2835, 4);
    put(bytes, 0, 8);
    for (unsigned y = 0; y < height; ++y) {
        for (unsigned x = 0; x < width; ++x) {
            bytes.append(3, static_cast<char>(shade(stripes, x, y, noise)));
        }
        bytes.append(stride - width * 3, '\0');
    }
    return bytes;
}

std::string to_base64(std::string_view bytes) {
    constexpr std::string_view alphabet =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
        unsigned group = 0;
        for (std::size_t j = 0; j < 3; ++j) {
            group = group << 8 | (j < count ? static_cast<unsigned char>(bytes[i + j]) : 0U);
        }
        for (std::size_t j = 0; j < 4; ++j) {
            text += j <= count ? alphabet[group >> (18 - 6 * j) & 63] : '=';
        }
    }
    return text;
}

namespace {

std::string id_list(const std::vector<std::string>& ids) {
    std::string text = "[";
    for (const std::string& id : ids) {
        text += (text.size() == 1 ? "\"" : ",\"") + id + "\"";
    }
    return text + "]";
}

} // namespace

std::string files_body(const std::vector<file>& files, const std::vector<std::string>& tag_ids,
                       std::string_view more) {
    std::string text = "{\"images\":[";
    for (const file& each : files) {
        text += text.back() == '[' ? "" : ",";
        text += "{\"name\":" + json::serialize(json::string(each.name)) + ",\"contents\":\"" +
                to_base64(each.contents) + "\",\"tagIds\":" + id_list(each.tag_ids);
        text += each.regions.empty() ? "}" : ",\"regions\":" + each.regions + "}";
    }
    return text + "],\"tagIds\":" + id_list(tag_ids) + std::string(more) + "}";
}

client::client(const std::filesystem::path& data, std::string tier)
    : service_(std::make_unique<service>(
          service_options{data, std::move(tier), "https://127.0.0.1:8443"})) {}

namespace {

std::string decoded(std::string_view text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%') {
            plain += static_cast<char>(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16));
            i += 2;
        } else {
            plain += text[i];
        }
    }
    return plain;
}

} // namespace

answer client::call_path(std::string_view method, const std::string& path_and_query,
                         std::string body, std::vector<http::header_field> headers) {
    http::request asked;
    asked.method = method;
    const auto mark = std::min(path_and_query.find('?'), path_and_query.size());
    asked.path = decoded(path_and_query.substr(0, mark));
    std::string_view rest = std::string_view(path_and_query).substr(mark);
    while (!rest.empty()) {
        rest.remove_prefix(1);
        const auto pair = rest.substr(0, rest.find('&'));
        const auto equal = std::min(pair.find('='), pair.size());
        asked.query.emplace_back(decoded(pair.substr(0, equal)),
                                 decoded(pair.substr(std::min(equal + 1, pair.size()))));
        rest.remove_prefix(pair.size());
    }
    asked.body = std::move(body);
    asked.headers = std::move(headers);
    asked.image_status_faults = status_faults;
    const auto route = http::find_route(asked.method, asked.path);
    BOOST_REQUIRE_MESSAGE(route, "no route for " + asked.path);
    const auto given = service_->handle(asked, *route);
    return {given.status, given.body, given};
}

answer client::call(std::string_view method, const std::string& target, std::string body,
                    std::string_view content_type) {
    std::vector<http::header_field> headers;
    if (!body.empty() && !content_type.empty()) {
        headers.push_back({"Content-Type", std::string(content_type)});
    }
    return call_path(method, "/customvision/" + version + "/training" + target, std::move(body),
                     std::move(headers));
}

std::string client::make_project(const std::string& name, const std::string& more) {
    const answer made = post("/projects?name=" + name + more);
    BOOST_REQUIRE_EQUAL(made.status, 200U);
    return made.text("id");
}

std::string client::make_tag(const std::string& project, const std::string& name) {
    const answer made = post("/projects/" + project + "/tags?name=" + name);
    BOOST_REQUIRE_EQUAL(made.status, 200U);
    return made.text("id");
}

answer client::upload(const std::string& project, const std::vector<file>& files,
                      const std::vector<std::string>& tag_ids) {
    return post("/projects/" + project + "/images/files", files_body(files, tag_ids));
}

client::prepared client::make_trainable(const std::string& name, unsigned each) {
    prepared made;
    made.project = make_project(name, "&classificationType=Multiclass");
    made.upright = make_tag(made.project, "upright");
    made.level = make_tag(made.project, "level");
    for (unsigned i = 0; i < each; ++i) {
        const std::string number = std::to_string(i);
        const answer stored = upload(
            made.project, {{"u" + number, striped_picture(pattern::upright, i), {made.upright}},
                           {"l" + number, striped_picture(pattern::level, i), {made.level}}});
        BOOST_REQUIRE_EQUAL(stored.status, 200U);
    }
    return made;
}

json::value client::train_to_end(const std::string& project, const std::string& query) {
    const answer begun = post("/projects/" + project + "/train" + query);
    BOOST_REQUIRE_MESSAGE(begun.status == 200, begun.body);
    return wait_for_end(project, begun.text("id"));
}

json::value client::wait_for_end(const std::string& project, const std::string& iteration) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    for (;;) {
        const json::value state = get("/projects/" + project + "/iterations/" + iteration).json();
        if (state.at("status").as_string() != "Training") {
            return state;
        }
        BOOST_REQUIRE(std::chrono::steady_clock::now() < deadline);
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
}

std::string publish_query(const std::string& name, const std::string& more) {
    return "/publish?publishName=" + name + "&predictionId=" + std::string(account_id) + more;
}

} // namespace sandbox::service::test
