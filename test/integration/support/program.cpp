#include "program.hpp"

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include <boost/process/args.hpp>
#include <boost/process/exe.hpp>
#include <boost/process/io.hpp>
#include <sys/wait.h>

namespace retraind::testing {

namespace process = boost::process;

test_folder::test_folder() {
    std::string pattern =
        (std::filesystem::temp_directory_path() / "retraind-test-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) {
        throw std::runtime_error("no folder for the test: " + pattern);
    }
    path_ = pattern;
}

test_folder::~test_folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

program::program(const std::filesystem::path& folder, std::string name,
                 const std::string& executable, std::vector<std::string> arguments)
    : out_(folder / (name + ".out")),
      log_(folder / (name + ".log")),
      child_(process::exe = executable, process::args = std::move(arguments),
             process::std_in<process::null, process::std_out> out_.string(),
             process::std_err > log_.string()) {}

program::~program() {
    if (running()) {
        ::kill(pid(), SIGKILL);
        std::error_code ignored;
        child_.wait(ignored);
    }
}

void program::signal(int number) {
    ::kill(pid(), number);
}

bool program::running() {
    if (ended_) {
        return false;
    }
    std::error_code failed;
    if (child_.running(failed)) {
        return true;
    }
    const int status = child_.native_exit_code();
    ended_ = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    return false;
}

std::optional<int> program::wait(std::chrono::seconds limit) {
    if (!eventually([this] { return !running(); }, limit)) {
        return std::nullopt;
    }
    return ended_;
}

std::string program::out() const {
    return read_file(out_);
}
std::string program::log() const {
    return read_file(log_);
}

std::string read_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

void write_file(const std::filesystem::path& path, const std::string& bytes) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << bytes;
}

std::size_t count(const std::string& text, const std::string& word) {
    std::size_t found = 0;
    for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
        ++found;
    }
    return found;
}

} // namespace retraind::testing
