#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <array>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <numeric>
#include <regex>

#include "unit/sandbox_service/picture_server.hpp"
#include "unit/sandbox_service/sandbox_client.hpp"

using namespace sandbox::service::test;
namespace json = boost::json;

namespace {

const std::regex guid("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
constexpr const char* publish_name = "Training%20UnitTest%20Iteration";

/// Why an exchange is not played; empty: it is.
std::string reason_against(const std::string& uri, const json::value& answered) {
    static const std::array<std::pair<const char*, const char*>, 9> rules{{
        {"/regionproposals", "GetImageRegionProposals is not offered"},
        {"/performance/images/count", "GetImagePerformanceCount is not offered"},
        {"/projects/import", "ImportProject is not offered"},
        {"/8a5d08a0-7d70-499f-b92b-655752b5f4ff", "the project of ImportProject"},
        {"0901d86b-f227-43e0-9630-d172ccfd41e5/export", "ExportProject is not offered"},
        {"/detect/", "no detector is trained"},
        {"62c52da5-35e6-49c6-8344-756ba73a38f6/export", "no TensorFlow model can be exported"},
        {"c2cd3c02-1db1-4eaa-9a8e-4188b0d48e45", "a developer box, whose times have no fraction"},
        {"0801116d-aa46-e911-b05f-f8633f7a2ef1", "a developer box, whose times have no fraction"},
    }};
    for (const auto& [part, reason] : rules) {
        if (uri.find(part) != std::string::npos) {
            return reason;
        }
    }
    const bool is_poll = uri.find("/train") != std::string::npos &&
                         uri.find("/iterations/") != std::string::npos && answered.is_object() &&
                         answered.as_object().contains("status");
    if (is_poll && answered.at("status").as_string() == "Training") {
        return "a state that is over before it can be asked for";
    }
    return {};
}

/// What a value looks like, its content aside.
std::string form_of(const json::value& of) {
    static const std::regex time("[0-9-]{10}T[0-9:]{8}(\\.[0-9]+)?(Z?)");
    switch (of.kind()) {
    case json::kind::null:
        return "null";
    case json::kind::bool_:
        return "bool";
    case json::kind::double_:
        return "float";
    case json::kind::string:
        break;
    default:
        return "integer";
    }
    const std::string text(of.as_string());
    std::smatch found;
    if (std::regex_match(text, guid)) {
        return "guid";
    }
    if (std::regex_match(text, found, time)) {
        // Trailing zeros are cut where there is no Z, so that any count of digits is that form.
        return found[2].length() == 0 ? "time" : "time." + std::to_string(found[1].length()) + "Z";
    }
    return "text";
}

void compare(const json::value& own, const json::value& known, const std::string& path,
             std::vector<std::string>& differences) {
    if (known.is_object() && own.is_object()) {
        for (const auto& field : known.as_object()) {
            if (!own.as_object().contains(field.key())) {
                differences.push_back(path + "/" + std::string(field.key()) + " is missing");
            }
        }
        for (const auto& field : own.as_object()) {
            const auto* there = known.as_object().if_contains(field.key());
            if (there == nullptr) {
                differences.push_back(path + "/" + std::string(field.key()) + " is too much");
            } else {
                compare(field.value(), *there, path + "/" + std::string(field.key()), differences);
            }
        }
    } else if (known.is_array() && own.is_array()) {
        const std::size_t both = std::min(known.as_array().size(), own.as_array().size());
        if (both == 0 && known.as_array().size() != own.as_array().size()) {
            differences.push_back(path + " is empty on one side");
        }
        for (std::size_t i = 0; i < both; ++i) {
            compare(own.at(i), known.at(i), path + "[]", differences);
        }
    } else if (known.is_structured() || own.is_structured() || form_of(known) != form_of(own)) {
        differences.push_back(path + ": " + json::serialize(own) + " for " +
                              json::serialize(known));
    }
}

/// One recording against a service of its own.
class player {
public:
    explicit player(std::string name) : name_(std::move(name)) {}

    void play() {
        std::ifstream in(std::string(RETRAIND_TEST_DATA) + "/sandbox_service/" + name_);
        const std::string text{std::istreambuf_iterator<char>(in), {}};
        const json::value recording = json::parse(text);
        const json::array& exchanges = recording.at("exchanges").as_array();
        for (const std::size_t each : order_of(exchanges.size())) {
            play(exchanges.at(each));
        }
    }

    int played = 0;
    std::map<std::string, int> left_out;

private:
    /// The recorder put requests of the same address together; two recordings show that what they
    /// answer with came later.
    [[nodiscard]] std::vector<std::size_t> order_of(std::size_t count) const {
        if (name_.starts_with("image-tags")) {
            return {0, 2, 1, 3};
        }
        if (name_.starts_with("regions")) {
            return {0, 1, 2, 3, 5, 4, 6};
        }
        std::vector<std::size_t> order(count);
        std::iota(order.begin(), order.end(), std::size_t{0});
        return order;
    }

    void play(const json::value& exchange) {
        const std::string method(exchange.at("request").at("method").as_string());
        std::string uri(exchange.at("request").at("uri").as_string());
        const std::string known(exchange.at("response").at("body").as_string());
        const json::value document = known.empty() ? json::value() : json::parse(known);
        if (const std::string reason = reason_against(uri, document); !reason.empty()) {
            ++left_out[reason];
            std::cout << "left out  " << name_ << "  " << method << " " << uri.substr(0, 90) << ": "
                      << reason << "\n";
            return;
        }
        prepare(uri, document);
        const json::value* asked = exchange.at("request").as_object().if_contains("body");
        const auto body =
            body_of(uri, asked != nullptr && asked->is_string() ? std::string(asked->as_string())
                                                                : std::string());
        std::vector<sandbox::http::header_field> headers;
        if (!body.second.empty()) {
            headers.push_back({"Content-Type", body.first});
        }
        const answer given = service_.call_path(method, live(uri), body.second, headers);
        judge(exchange, method + " " + uri.substr(0, 90), given, document, known.empty());
    }

    void judge(const json::value& exchange, const std::string& title, const answer& given,
               const json::value& known, bool is_empty) {
        const auto status = exchange.at("response").at("status").to_number<unsigned>();
        std::vector<std::string> differences;
        if (given.status != status) {
            differences.push_back("status " + std::to_string(given.status) + " for " +
                                  std::to_string(status) + ": " + given.body);
        } else if (is_empty) {
            if (!given.body.empty()) {
                differences.push_back("a body where there is none");
            }
        } else {
            const json::value own = given.json();
            compare(own, known, "", differences);
            learn(own, known);
        }
        ++played;
        std::cout << (differences.empty() ? "same      " : "DIFFERENT ") << name_ << "  " << title
                  << "\n";
        for (const std::string& each : differences) {
            BOOST_ERROR(name_ + " " + title + ": " + each);
        }
    }

    /// Ids at the same place are the same thing.
    void learn(const json::value& own, const json::value& known) {
        if (known.is_object() && own.is_object()) {
            for (const auto& field : known.as_object()) {
                if (const auto* there = own.as_object().if_contains(field.key())) {
                    learn(*there, field.value());
                }
            }
        } else if (known.is_array() && own.is_array()) {
            const std::size_t both = std::min(known.as_array().size(), own.as_array().size());
            for (std::size_t i = 0; i < both; ++i) {
                learn(own.at(i), known.at(i));
            }
        } else if (known.is_string() && own.is_string() && form_of(known) == "guid") {
            ids_.emplace(std::string(known.as_string()), std::string(own.as_string()));
        }
    }

    [[nodiscard]] std::string live(std::string text) const {
        for (const auto& [known, own] : ids_) {
            for (auto at = text.find(known); at != std::string::npos;
                 at = text.find(known, at + 1)) {
                text.replace(at, known.size(), own);
            }
        }
        static const std::regex account("%2[Ff]subscriptions[^&]*");
        return std::regex_replace(text, account, std::string(account_id));
    }

    std::pair<std::string, std::string> body_of(const std::string& uri, const std::string& known) {
        const std::string picture = striped_picture(pattern::level, ++seed_, 300, 400);
        if (uri.find("/images/files") != std::string::npos) {
            return {"application/json", files_body({{"hemlock_1.jpg", picture}}, {any_tag()})};
        }
        if (uri.find("/images?tagIds") != std::string::npos) {
            return {"multipart/form-data; boundary=\"b\"",
                    "--b\r\nContent-Disposition: form-data; name=imageData; "
                    "filename=\"E:\\x.jpg\"\r\n\r\n" +
                        picture + "\r\n--b--\r\n"};
        }
        std::string text = known;
        if (uri.find("/images/urls") != std::string::npos && text.empty()) {
            text = R"({"images":[{"url":"https://x/"}]})";
        }
        adopt(text);
        static const std::regex address("\"https?://[^\"]*\"");
        const std::string own = "\"" + pictures_.put("x", picture) + "\"";
        return {"application/json", live(std::regex_replace(text, address, own))};
    }

    /// Unknown ids of a request are those of an image or a tag of its world.
    void adopt(const std::string& text) {
        static const std::regex named("(imageId|tagIds?|imageIds)[\\s\"=:\\[]+([0-9a-f-]{36})");
        for (auto each = std::sregex_iterator(text.begin(), text.end(), named);
             each != std::sregex_iterator(); ++each) {
            const std::string id = (*each)[2].str();
            if (ids_.count(id) == 0 && !tags_.empty()) {
                ids_[id] = (*each)[1].str().starts_with("image") ? an_image() : tags_.front();
            }
        }
    }

    std::string an_image() {
        const json::value images =
            service_.get("/projects/" + project_ + "/images/tagged?orderBy=Oldest").json();
        return std::string(images.at(0).at("id").as_string());
    }

    std::string any_tag() { return service_.make_tag(project_, "tag" + std::to_string(++seed_)); }

    static std::string found(const std::string& uri, const std::string& before) {
        std::smatch match;
        return std::regex_search(
                   uri, match,
                   std::regex(before + "(" + "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"))
                   ? match[1].str()
                   : std::string();
    }

    /// Makes what an exchange takes for granted.
    void prepare(const std::string& uri, const json::value& known) {
        const auto mark = uri.find("/v3.");
        service_.version = uri.substr(mark + 1, uri.find('/', mark + 1) - mark - 1);
        const std::string project = found(uri, "/(?:projects|prediction)/");
        if (!project.empty() && ids_.count(project) == 0) {
            make_world(project, uri);
        } else if (!project.empty()) {
            project_ = ids_.at(project);
        }
        if (const std::string id = found(uri, "/iterations/"); !id.empty() && ids_.count(id) == 0) {
            ids_[id] = iteration_;
        }
        if (const std::string id = found(uri, "iterationId="); !id.empty()) {
            ids_.emplace(id, iteration_);
        }
        if (known.is_object() && known.as_object().contains("trainedAt") &&
            ids_.count(found(uri, "/iterations/")) != 0) {
            service_.wait_for_end(project_, ids_.at(found(uri, "/iterations/")));
        }
        if (!project.empty()) {
            adopt(uri);
        }
    }

    void make_world(const std::string& known_project, const std::string&) {
        const bool detects = name_.starts_with("regions");
        const bool compact = name_.starts_with("export");
        project_ =
            service_.make_project("w" + std::to_string(++seed_),
                                  detects   ? "&domainId=da2e3a8a-40a5-4171-82f4-58522f70fbc1"
                                  : compact ? "&domainId=0732100f-1a38-4e49-a514-c9b44c697ab5"
                                            : "");
        ids_[known_project] = project_;
        std::vector<std::string> tags;
        for (const char* name : {"Tag2", "Tag1"}) {
            tags.push_back(service_.make_tag(project_, name));
        }
        for (unsigned i = 0; i < 5; ++i) {
            const std::string region =
                detects ? R"([{"tagId":")" + tags[0] +
                              R"(","left":0.123456,"top":0.2,"width":0.3,"height":0.4}])"
                        : std::string();
            service_.upload(
                project_,
                {{"a" + std::to_string(i), striped_picture(pattern::level, i), {tags[0]}, region},
                 {"b" + std::to_string(i),
                  striped_picture(pattern::upright, i),
                  {detects ? tags[0] : tags[1]},
                  region}});
        }
        tags_ = tags;
        if (!detects) {
            iteration_ = std::string(service_.train_to_end(project_).at("id").as_string());
            // A project with a published iteration cannot be deleted, and some recordings delete.
            if (!name_.starts_with("create") && !name_.starts_with("delete")) {
                service_.post("/projects/" + project_ + "/iterations/" + iteration_ +
                              publish_query(publish_name));
            }
        }
    }

    std::string name_;
    temporary_folder folder_;
    picture_server pictures_{folder_.path()};
    client service_{folder_.path()};
    std::map<std::string, std::string> ids_; ///< recorded to live
    std::string project_;
    std::vector<std::string> tags_; ///< of the project
    std::string iteration_;
    unsigned seed_ = 1000;
};

} // namespace

BOOST_AUTO_TEST_SUITE(replay)

BOOST_AUTO_TEST_CASE(recorded_exchanges_are_answered_alike) {
    std::vector<std::filesystem::path> files;
    for (const auto& each : std::filesystem::directory_iterator(std::string(RETRAIND_TEST_DATA) +
                                                                "/sandbox_service")) {
        files.push_back(each.path());
    }
    std::sort(files.begin(), files.end());
    int played = 0;
    std::map<std::string, int> left_out;
    for (const auto& file : files) {
        player each(file.filename().string());
        each.play();
        played += each.played;
        for (const auto& [reason, count] : each.left_out) {
            left_out[reason] += count;
        }
    }
    int all = played;
    for (const auto& [reason, count] : left_out) {
        std::cout << count << " left out: " << reason << "\n";
        all += count;
    }
    std::cout << played << " of " << all << " exchanges played\n";
    BOOST_TEST(all == 99);
    BOOST_TEST(played >= 70);
}

BOOST_AUTO_TEST_SUITE_END()
