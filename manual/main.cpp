// Writes manual pages and completion of both programs: manual-generator APPENDICES OUT
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <iterator>
#include <stdexcept>
#include <string>

#include "arguments.hpp"
#include "manual/command_line.hpp"
#include "manual/completion.hpp"
#include "manual/configuration_page.hpp"
#include "manual/man_page.hpp"
#include "retraind/config/reference.hpp"
#include "sandbox/options.hpp"
#include "version.hpp"

namespace {

namespace fs = std::filesystem;

std::string read_file(const fs::path& file) {
    std::ifstream in(file);
    if (!in) {
        throw std::runtime_error(file.string() + " cannot be read");
    }
    return {std::istreambuf_iterator<char>(in), {}};
}

void write_file(const fs::path& file, const std::string& text) {
    std::ofstream out(file, std::ios::trunc);
    out << text << std::flush;
    if (!out) {
        throw std::runtime_error(file.string() + " cannot be written");
    }
}

using describer = std::function<void(const std::function<void(const CLI::App&)>&)>;

void write_all_of(const describer& describe, const std::string& in_one_line,
                  const fs::path& appendices, const fs::path& out) {
    manual::command program;
    describe([&](const CLI::App& app) { program = manual::read_command_line(app); });
    const manual::man_page_frame frame{retraind::daemon::version, in_one_line,
                                       read_file(appendices / (program.name + ".1.in"))};
    write_file(out / (program.name + ".1"), man_page_of(program, frame));
    write_file(out / (program.name + ".bash"), manual::bash_completion(program));
    write_file(out / ("_" + program.name), manual::zsh_completion(program));
}

} // namespace

int main(int count, char** words) try {
    if (count != 3) {
        std::cerr << "usage: manual-generator APPENDICES OUT\n";
        return 2;
    }
    write_all_of(retraind::daemon::describe_command_line,
                 "uploads labelled pictures to Custom Vision, trains and publishes", words[1],
                 words[2]);
    write_file(fs::path(words[2]) / "retraind.yaml.5",
               manual::configuration_page(retraind::config::describe_configuration(),
                                          retraind::daemon::version,
                                          read_file(fs::path(words[1]) / "retraind.yaml.5.in")));
    write_all_of(sandbox::describe_command_line, "a local Custom Vision service to develop against",
                 words[1], words[2]);
} catch (const std::exception& wrong) {
    std::cerr << "manual-generator: " << wrong.what() << '\n';
    return 1;
}
