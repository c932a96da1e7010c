#pragma once

#include <boost/json/value.hpp>

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/http/message.hpp"
#include "sandbox/service/service.hpp"

namespace sandbox::service::test {

/// A new folder, gone with this.
class temporary_folder {
public:
    temporary_folder();
    ~temporary_folder();
    temporary_folder(const temporary_folder&) = delete;
    temporary_folder& operator=(const temporary_folder&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

/// An answer, its body as text and as JSON.
struct answer {
    unsigned status = 0;
    std::string body;
    http::response whole;

    [[nodiscard]] boost::json::value json() const;
    [[nodiscard]] std::string code() const;                      ///< "code" of an error body
    [[nodiscard]] std::string text(std::string_view name) const; ///< a string member
};

enum class pattern { upright, level, slanted };

/// A 24-bit BMP of stripes, another picture for each seed. Patterns are easy to tell apart.
[[nodiscard]] std::string striped_picture(pattern stripes, unsigned seed, unsigned width = 32,
                                          unsigned height = 32);

/// Standard base64, written for tests alone.
[[nodiscard]] std::string to_base64(std::string_view bytes);

/// One entry of an upload's body.
struct file {
    std::string name;
    std::string contents; ///< raw bytes
    std::vector<std::string> tag_ids = {};
    std::string regions = {}; ///< JSON text of a list, or nothing
};

[[nodiscard]] std::string files_body(const std::vector<file>& files,
                                     const std::vector<std::string>& tag_ids = {},
                                     std::string_view more = {});

/// A service over a folder, called without a network.
class client {
public:
    explicit client(const std::filesystem::path& data, std::string tier = "S0");

    std::string version = "v3.3";
    std::vector<std::pair<std::string, std::string>> status_faults;

    /// `target`: what follows /training or, for `prediction` calls, the whole path; query included.
    answer call(std::string_view method, const std::string& target, std::string body = {},
                std::string_view content_type = "application/json");
    answer call_path(std::string_view method, const std::string& path_and_query, std::string body,
                     std::vector<http::header_field> headers);

    answer get(const std::string& target) { return call("GET", target); }
    answer post(const std::string& target, std::string body = {}) {
        return call("POST", target, std::move(body));
    }

    std::string make_project(const std::string& name, const std::string& more = {});
    std::string make_tag(const std::string& project, const std::string& name);
    answer upload(const std::string& project, const std::vector<file>& files,
                  const std::vector<std::string>& tag_ids = {});
    /// A multiclass project with two tags of `each` pictures.
    struct prepared {
        std::string project;
        std::string upright;
        std::string level;
    };
    prepared make_trainable(const std::string& name, unsigned each = 10);
    /// Trains and polls to the end, at most 30 s; the iteration's last state.
    boost::json::value train_to_end(const std::string& project, const std::string& query = {});
    boost::json::value wait_for_end(const std::string& project, const std::string& iteration);

    service& inner() { return *service_; }
    void close() { service_.reset(); }

private:
    std::unique_ptr<service> service_;
};

inline constexpr std::string_view account_id =
    "/subscriptions/s/resourceGroups/g/providers/Microsoft.CognitiveServices/accounts/a";

/// The publish query of a name.
[[nodiscard]] std::string publish_query(const std::string& name, const std::string& more = {});

} // namespace sandbox::service::test
