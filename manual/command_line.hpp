#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace manual {

struct option {
    std::vector<std::string> names;   ///< as they are written: "-c", "--config"
    std::string value;                ///< the word that stands for its value; empty: it takes none
    std::vector<std::string> choices; ///< the values it takes, where it takes no others
    std::string meaning;
    std::string preset; ///< the value where it is not written; empty: none
    bool required = false;
};

struct operand {
    std::string word; ///< what stands for it: "PROJECT"
    std::string meaning;
    bool repeated = false;
    bool required = false;
};

/// A program, or one of its subcommands, as `--help` tells it.
struct command {
    std::string name;
    std::string meaning;
    std::string footer;
    std::vector<option> options;
    std::vector<option> inherited; ///< those of the command above that may stand behind this one
    std::vector<operand> operands;
    std::vector<command> commands;
};

/// A command's own options, and those of the command above that may stand behind it.
[[nodiscard]] std::vector<option> options_behind(const command& each);

[[nodiscard]] command read_command_line(const CLI::App& app);

} // namespace manual
