#include <csignal>
#include <filesystem>
#include <functional>
#include <iostream>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "commands.hpp"
#include "loading.hpp"
#include "retraind/config/parse.hpp"
#include "retraind/http/local_client.hpp"
#include "retraind/report/status_codec.hpp"
#include "retraind/report/status_trouble_rules.hpp"
#include "retraind/report/status_view_codec.hpp"

namespace retraind::daemon {
namespace {

constexpr duration look_every = std::chrono::seconds(2);

task<result<std::string>> ask(std::string socket, runtime::stop_signal& stop) {
    http::request question;
    question.method = "GET";
    question.target = "/status";
    http::phase_limits limits;
    limits.answer = std::chrono::seconds(5);
    limits.read_piece = limits.answer;
    result<http::response> answer =
        co_await http::ask_local(std::move(socket), question, limits, stop);
    if (!answer) {
        co_return tl::unexpected(std::move(answer.error()));
    }
    if (answer->status != 200) {
        co_return fail(errc::protocol, fmt::format("answers {} to /status", answer->status));
    }
    co_return std::move(answer->body);
}

/// The document of /status from the first socket that has one; else what is to be said of it.
task<tl::expected<std::string, std::string>> ask_any(const std::vector<std::string>& sockets,
                                                     runtime::stop_signal& stop) {
    std::optional<error> why;
    for (const std::string& socket : sockets) {
        result<std::string> document = co_await ask(socket, stop);
        if (document) {
            co_return std::move(*document);
        }
        if (!why || report::says_more(document.error(), *why)) {
            why = std::move(document.error());
        }
    }
    co_return tl::unexpected(report::status_trouble(*why, sockets));
}

bool is_set(const char* variable) {
    const char* value = std::getenv(variable);
    return value != nullptr && *value != '\0';
}

/// What stdout is.
struct screen {
    bool terminal = false; ///< one that takes escapes
    std::size_t columns = 80;
    std::size_t rows = 0; ///< 0: as many as there are

    [[nodiscard]] static screen now();
    [[nodiscard]] report::view_options view() const {
        return {columns, terminal && !is_set("NO_COLOR")};
    }
};

screen screen::now() {
    screen found;
    const char* kind = std::getenv("TERM");
    found.terminal = ::isatty(STDOUT_FILENO) == 1 && kind != nullptr &&
                     std::string_view(kind) != "dumb" && *kind != '\0';
    winsize size{};
    if (found.terminal && ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
        found.columns = size.ws_col;
        found.rows = size.ws_row;
    }
    return found;
}

/// One look after the other.
class watcher {
public:
    virtual ~watcher() = default;
    virtual void show(const std::string& document) = 0;
    virtual void show_trouble(const std::string& sentence) = 0;
};

/// In place on a terminal's other screen, which goes when it ends. Long lines are cut there.
class screen_watcher final : public watcher {
public:
    screen_watcher() { std::cout << "\x1b[?1049h\x1b[?25l\x1b[?7l" << std::flush; }
    ~screen_watcher() override { std::cout << "\x1b[?7h\x1b[?25h\x1b[?1049l" << std::flush; }
    screen_watcher(const screen_watcher&) = delete;
    screen_watcher& operator=(const screen_watcher&) = delete;

    void show(const std::string& document) override {
        const auto status = report::parse_status(document);
        if (!status) {
            show_trouble(status.error().message);
            return;
        }
        const screen now = screen::now();
        draw(report::fit_rows(report::status_view(*status, system_clock().wall(), now.view()),
                              now.rows));
    }
    void show_trouble(const std::string& sentence) override { draw({sentence}); }

private:
    static void draw(const std::vector<std::string>& lines) {
        std::cout << fmt::format("\x1b[H{}\x1b[K\x1b[J", fmt::join(lines, "\x1b[K\r\n"))
                  << std::flush;
    }
};

/// A line a change: of a project, or of whether the daemon runs.
class line_watcher final : public watcher {
public:
    explicit line_watcher(bool json) : json_(json) {}

    void show(const std::string& document) override {
        last_trouble_.clear();
        if (json_) {
            say_if_new("", document);
            return;
        }
        const auto status = report::parse_status(document);
        if (!status) {
            show_trouble(status.error().message);
            return;
        }
        for (const project_status& project : status->projects) {
            say_if_new(project.name, fmt::format("{} {}\n", format_utc(system_clock().wall()),
                                                 report::status_summary(project)));
        }
    }
    void show_trouble(const std::string& sentence) override {
        if (std::exchange(last_trouble_, sentence) != sentence) {
            last_.clear();
            (json_ ? std::cerr : std::cout)
                << fmt::format("{} {}\n", format_utc(system_clock().wall()), sentence)
                << std::flush;
        }
    }

private:
    /// The time in front of a summary is no news.
    void say_if_new(const std::string& project, const std::string& line) {
        const std::string news = json_ ? line : line.substr(line.find(' '));
        if (std::exchange(last_[project], news) != news) {
            std::cout << line << std::flush;
        }
    }

    bool json_;
    std::map<std::string, std::string> last_;
    std::string last_trouble_;
};

task<void> watch(const std::vector<std::string>& sockets, watcher& to, runtime::stop_signal& stop) {
    while (!stop.requested() && std::cout) {
        const auto document = co_await ask_any(sockets, stop);
        if (stop.requested()) {
            break;
        }
        if (document) {
            to.show(*document);
        } else {
            to.show_trouble(document.error());
        }
        co_await stop.sleep_for(look_every);
    }
}

task<int> look_once(const std::vector<std::string>& sockets, bool json,
                    runtime::stop_signal& stop) {
    const auto document = co_await ask_any(sockets, stop);
    if (!document) {
        std::cerr << "retraind status: " << document.error() << '\n';
        co_return failed;
    }
    if (json) {
        std::cout << *document << std::flush;
        co_return done;
    }
    const auto status = report::parse_status(*document);
    if (!status) {
        std::cerr << "retraind status: " << status.error().message << '\n';
        co_return failed;
    }
    const auto lines = report::status_view(*status, system_clock().wall(), screen::now().view());
    std::cout << fmt::format("{}\n", fmt::join(lines, "\n")) << std::flush;
    co_return done;
}

int watch_until_interrupted(const std::vector<std::string>& sockets, bool json) {
    boost::asio::io_context loop(1);
    runtime::stop_signal stop(loop.get_executor());
    boost::asio::signal_set signals(loop, SIGINT, SIGTERM);
    signals.async_wait([&](const boost::system::error_code& none, int) {
        if (!none) {
            stop.request();
        }
    });
    std::unique_ptr<watcher> to;
    if (!json && screen::now().terminal) {
        to = std::make_unique<screen_watcher>();
    } else {
        to = std::make_unique<line_watcher>(json);
    }
    boost::asio::co_spawn(loop, watch(sockets, *to, stop), [&](const std::exception_ptr& thrown) {
        signals.cancel();
        if (thrown) {
            std::rethrow_exception(thrown);
        }
    });
    loop.run();
    return done;
}

} // namespace

int perform(const status_command& command) {
    if (!load_or_say(command.configuration)) {
        say_asking_all_the_same("status");
    }
    const std::vector<std::string> sockets = sockets_of(command.configuration);
    if (command.watch) {
        return watch_until_interrupted(sockets, command.json);
    }
    boost::asio::io_context loop(1);
    runtime::stop_signal stop(loop.get_executor());
    int code = failed;
    boost::asio::co_spawn(loop, look_once(sockets, command.json, stop),
                          [&](const std::exception_ptr& thrown, int ended) {
                              if (thrown) {
                                  std::rethrow_exception(thrown);
                              }
                              code = ended;
                          });
    loop.run();
    return code;
}

} // namespace retraind::daemon
