#include "served.hpp"

#include <chrono>
#include <fstream>
#include <stdexcept>

namespace sandbox::test {

served::served()
    : files_(ensure_certificates(folder_.path, "127.0.0.1", std::chrono::system_clock::now())),
      server_(options(), {"training", "prediction"}, http::tier::s0,
              http::fault_store(folder_.path / "faults.json", [](std::string_view) {})),
      thread_([this] {
          server_.run([this](const http::request& asked, const http::route& found) {
              return handle(asked, found);
          });
      }) {}

served::~served() {
    stop();
}

void served::stop() {
    if (thread_.joinable()) {
        server_.stop();
        thread_.join();
    }
}

http::server_options served::options() const {
    http::server_options wanted;
    wanted.tls = http::tls_files{files_.chain, files_.key};
    wanted.handler_threads = 2;
    return wanted;
}

http::response served::handle(const http::request& asked, const http::route& found) {
    ++begun_;
    while (blocked || (fetches_blocked && http::fetches(found))) {
        std::this_thread::yield();
    }
    ++handled_;
    {
        const std::scoped_lock lock(mutex_);
        last_ = asked;
    }
    if (throws) {
        throw std::runtime_error("as asked for");
    }
    http::response answer;
    answer.content_type = "application/json; charset=utf-8";
    answer.body = std::to_string(asked.body.size());
    return answer;
}

bool served::wait_for_begun(int count) const {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (begun_ < count && std::chrono::steady_clock::now() < deadline) {
        std::this_thread::yield();
    }
    return begun_ >= count;
}

http::request served::last() const {
    const std::scoped_lock lock(mutex_);
    return last_;
}

void served::faults(const std::string& json) {
    const auto fresh = folder_.path / "fresh";
    std::ofstream(fresh) << json;
    std::filesystem::rename(fresh, folder_.path / "faults.json");
}

std::string request_text(const std::string& start, const std::string& lines,
                         const std::string& body) {
    std::string text = start + " HTTP/1.1\r\nHost: localhost\r\nTraining-Key: training\r\n" + lines;
    if (!body.empty()) {
        text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    }
    return text + "\r\n" + body;
}

} // namespace sandbox::test
