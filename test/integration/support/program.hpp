#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <boost/process/child.hpp>

namespace retraind::testing {

/// A folder of its own for one test, removed with all it holds.
class test_folder {
public:
    test_folder();
    ~test_folder();
    test_folder(const test_folder&) = delete;
    test_folder& operator=(const test_folder&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }
    [[nodiscard]] std::filesystem::path operator/(const std::string& below) const {
        return path_ / below;
    }

private:
    std::filesystem::path path_;
};

/// A real program that runs beside the test; its output goes to files. Killed when it goes.
class program {
public:
    /// `name` tells its output files apart.
    program(const std::filesystem::path& folder, std::string name, const std::string& executable,
            std::vector<std::string> arguments);
    ~program();
    program(const program&) = delete;
    program& operator=(const program&) = delete;

    void signal(int number);
    /// The exit code; nothing when it does not end within `limit`. A program that a signal ended
    /// gives 128 and the signal's number.
    [[nodiscard]] std::optional<int> wait(std::chrono::seconds limit);
    [[nodiscard]] bool running();
    [[nodiscard]] std::string out() const;
    [[nodiscard]] std::string log() const;
    [[nodiscard]] int pid() const { return static_cast<int>(child_.id()); }

private:
    std::filesystem::path out_;
    std::filesystem::path log_;
    boost::process::child child_;
    std::optional<int> ended_;
};

[[nodiscard]] std::string read_file(const std::filesystem::path& path);
void write_file(const std::filesystem::path& path, const std::string& bytes);

/// How often `word` stands in `text`.
[[nodiscard]] std::size_t count(const std::string& text, const std::string& word);

/// Looks until `condition` holds; false when it does not within `limit`.
template <class Condition>
[[nodiscard]] bool eventually(Condition condition,
                              std::chrono::seconds limit = std::chrono::seconds(60),
                              std::chrono::milliseconds look_every = std::chrono::milliseconds(20));

} // namespace retraind::testing

#include <poll.h>

template <class Condition>
bool retraind::testing::eventually(Condition condition, std::chrono::seconds limit,
                                   std::chrono::milliseconds look_every) {
    const auto deadline = std::chrono::steady_clock::now() + limit;
    while (!condition()) {
        if (std::chrono::steady_clock::now() > deadline) {
            return false;
        }
        ::poll(nullptr, 0, static_cast<int>(look_every.count()));
    }
    return true;
}
