#include "unit/sandbox_service/picture_server.hpp"

#include <chrono>

#include "sandbox/certificates.hpp"

namespace sandbox::service::test {

namespace {

constexpr const char* silence = "silence";

http::server_options options_of(const std::filesystem::path& folder,
                                picture_server::transport over) {
    http::server_options wanted;
    if (over == picture_server::transport::tls) {
        const auto files =
            ensure_certificates(folder, "127.0.0.1", std::chrono::system_clock::now());
        wanted.tls = http::tls_files{files.chain, files.key};
    }
    return wanted;
}

} // namespace

picture_server::picture_server(const std::filesystem::path& folder, transport over)
    : scheme_(over == transport::tls ? "https" : "http"),
      server_(options_of(folder, over), {"training", "prediction"}, http::tier::s0,
              http::fault_store({}, [](std::string_view) {})),
      thread_([this] {
          server_.run([this](const http::request&, const http::route& found) {
              return answer(std::string(found["blob"]));
          });
      }) {}

picture_server::~picture_server() {
    is_ending_ = true;
    server_.stop();
    thread_.join();
}

std::string picture_server::put(const std::string& name, std::string bytes) {
    http::response given;
    given.content_type = "application/octet-stream";
    given.body = std::move(bytes);
    return put(name, std::move(given));
}

std::string picture_server::put(const std::string& name, http::response answer) {
    const std::scoped_lock lock(mutex_);
    answers_[name] = std::move(answer);
    return address_of(name);
}

std::string picture_server::put_silence(const std::string& name) {
    http::response given;
    given.reason = silence;
    return put(name, std::move(given));
}

std::string picture_server::address_of(const std::string& name) const {
    return scheme_ + "://127.0.0.1:" + std::to_string(server_.port()) + "/blobs/x/" + name;
}

http::response picture_server::stored(const std::string& name) {
    http::response missing;
    missing.status = 404;
    const std::scoped_lock lock(mutex_);
    const auto found = answers_.find(name);
    return found == answers_.end() ? missing : found->second;
}

http::response picture_server::answer(const std::string& name) {
    const int now_at_once = ++at_once_;
    if (now_at_once > most_at_once_) {
        most_at_once_ = now_at_once;
    }
    http::response given = stored(name);
    while (given.reason == silence && !is_ending_) {
        std::this_thread::yield();
        given = stored(name);
    }
    --at_once_;
    return given;
}

} // namespace sandbox::service::test
