#include "sandbox/http/server.hpp"

#include <chrono>
#include <csignal>
#include <exception>
#include <set>
#include <stdexcept>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>
#include <fmt/format.h>

#include "sandbox/http/connection.hpp"

namespace sandbox::http {

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);
constexpr std::chrono::milliseconds grace(1500);
constexpr std::chrono::milliseconds accept_pause(100);

std::unique_ptr<asio::ssl::context> make_tls(const std::optional<tls_files>& files) {
    if (!files) {
        return nullptr;
    }
    auto context = std::make_unique<asio::ssl::context>(asio::ssl::context::tls_server);
    context->set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_sslv2 |
                         asio::ssl::context::no_sslv3 | asio::ssl::context::no_tlsv1 |
                         asio::ssl::context::no_tlsv1_1);
    context->use_certificate_chain_file(files->chain.string());
    context->use_private_key_file(files->key.string(), asio::ssl::context::pem);
    return context;
}

tcp::acceptor listen(asio::io_context& loop, const std::string& address, std::uint16_t port) {
    try {
        return {loop, tcp::endpoint(asio::ip::make_address(address), port)};
    } catch (const boost::system::system_error& error) {
        throw std::runtime_error(fmt::format("{} port {} cannot be listened on: {}", address, port,
                                             error.code().message()));
    }
}

} // namespace

class server::implementation {
public:
    implementation(server_options options, gateway::keys keys, tier current, fault_store faults);

    [[nodiscard]] std::uint16_t port() const { return acceptor_.local_endpoint().port(); }
    void run(handler perform, const std::function<void()>& interrupt);
    void stop();

private:
    asio::awaitable<void> accept_loop();
    asio::awaitable<void> signal_loop();
    void begin(tcp::socket socket);
    void report(std::string_view what, std::exception_ptr failure);

    // Frames that are left in the loop refer to what stands above it, and work on the pools to the
    // frames: the pools go first, then the loop.
    std::set<connection*> connections_; ///< each owned by its coroutine
    std::unique_ptr<asio::ssl::context> tls_;
    std::optional<shared_state> shared_;
    asio::io_context loop_{1};
    asio::thread_pool pool_;
    asio::thread_pool fetching_pool_;
    tcp::acceptor acceptor_;
    asio::signal_set signals_;
    asio::steady_timer deadline_;
};

server::implementation::implementation(server_options options, gateway::keys keys, tier current,
                                       fault_store faults)
    : tls_(make_tls(options.tls)),
      pool_(options.handler_threads),
      fetching_pool_(options.fetching_threads),
      acceptor_(listen(loop_, options.address, options.port)),
      signals_(loop_, SIGTERM, SIGINT),
      deadline_(loop_) {
    auto log = options.log ? std::move(options.log) : [](std::string_view) {
    };
    shared_.emplace(shared_state{gateway(std::move(keys), current),
                                 std::move(faults),
                                 std::move(log),
                                 pool_,
                                 fetching_pool_,
                                 handler(),
                                 {}});
}

void server::implementation::run(handler perform, const std::function<void()>& interrupt) {
    shared_->perform = std::move(perform);
    asio::co_spawn(loop_, accept_loop(),
                   [this](std::exception_ptr failure) { report("accepting", failure); });
    asio::co_spawn(loop_, signal_loop(),
                   [this](std::exception_ptr failure) { report("signals", failure); });
    loop_.run();
    pool_.stop();
    fetching_pool_.stop();
    if (interrupt) {
        interrupt();
    }
    pool_.join();
    fetching_pool_.join();
}

asio::awaitable<void> server::implementation::accept_loop() {
    while (acceptor_.is_open()) {
        tcp::socket socket(loop_);
        auto [error] = co_await acceptor_.async_accept(socket, as_result);
        if (!error) {
            begin(std::move(socket));
        } else if (acceptor_.is_open()) {
            shared_->log(fmt::format("no connection could be taken: {}", error.message()));
            asio::steady_timer timer(loop_, accept_pause);
            co_await timer.async_wait(as_result);
        }
    }
}

void server::implementation::begin(tcp::socket socket) {
    boost::system::error_code ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    auto client = make_connection(std::move(socket), *shared_, tls_.get());
    connections_.insert(client.get());
    asio::co_spawn(loop_, client->serve(), [this, client](std::exception_ptr failure) {
        report("a connection", failure);
        connections_.erase(client.get());
        if (shared_->stopping && connections_.empty()) {
            deadline_.cancel();
        }
    });
}

asio::awaitable<void> server::implementation::signal_loop() {
    while (true) {
        auto [error, number] = co_await signals_.async_wait(as_result);
        if (error) {
            co_return;
        }
        stop();
    }
}

void server::implementation::stop() {
    asio::post(loop_, [this] {
        if (shared_->stopping) {
            loop_.stop();
            return;
        }
        shared_->stopping = true;
        boost::system::error_code ignored;
        acceptor_.close(ignored);
        for (connection* client : connections_) {
            client->finish();
        }
        deadline_.expires_after(grace);
        deadline_.async_wait([this](boost::system::error_code) { loop_.stop(); });
        if (connections_.empty()) {
            deadline_.cancel();
        }
    });
}

void server::implementation::report(std::string_view what, std::exception_ptr failure) {
    if (!failure) {
        return;
    }
    try {
        std::rethrow_exception(failure);
    } catch (const std::exception& error) {
        shared_->log(fmt::format("{} ended: {}", what, error.what()));
    }
}

server::server(server_options options, gateway::keys keys, tier current, fault_store faults)
    : implementation_(std::make_unique<implementation>(std::move(options), std::move(keys), current,
                                                       std::move(faults))) {}

server::~server() = default;

std::uint16_t server::port() const {
    return implementation_->port();
}

void server::run(handler perform, const std::function<void()>& interrupt) {
    implementation_->run(std::move(perform), interrupt);
}

void server::stop() {
    implementation_->stop();
}

} // namespace sandbox::http
