#pragma once

#include <string>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "stage.hpp"

namespace retraind::testing {

/// What a command that ends by itself said.
struct spoken {
    int code;
    std::string out;
    std::string errors;

    /// Whether either stream has the words.
    [[nodiscard]] bool has(const std::string& words) const {
        return (out + errors).find(words) != std::string::npos;
    }
};

/// Runs `retraind` with the stage's configuration; its input is no terminal.
inline spoken run_command(const stage& world, std::vector<std::string> arguments) {
    static int number = 0;
    arguments.insert(arguments.end(), {"-c", world.configuration().string()});
    program command(world.folder(), "asked-" + std::to_string(++number), RETRAIND,
                    std::move(arguments));
    const std::optional<int> code = command.wait(std::chrono::seconds(60));
    spoken said{code.value_or(-1), command.out(), command.log()};
    BOOST_TEST(!said.has(world.key()), "the key was said");
    return said;
}

/// Replaces `old_text`, which must stand there, in the stage's configuration.
inline void edit_configuration(const stage& world, const std::string& old_text,
                               const std::string& new_text) {
    std::string text = read_file(world.configuration());
    const std::size_t at = text.find(old_text);
    BOOST_TEST_REQUIRE(at != std::string::npos, old_text);
    write_file(world.configuration(), text.replace(at, old_text.size(), new_text));
}

} // namespace retraind::testing
