#include <cstdlib>
#include <exception>
#include <iostream>
#include <string>
#include <vector>

#include "commands.hpp"

int main(int count, char** words) try {
    using namespace retraind::daemon;
    const char* variable = std::getenv("RETRAIND_CONFIG");
    const any_command wanted =
        parse_arguments(std::vector<std::string>(words + 1, words + count),
                        variable == nullptr ? std::nullopt : std::optional<std::string>(variable));
    if (const auto* text = std::get_if<print_and_exit>(&wanted)) {
        (text->to_stderr ? std::cerr : std::cout) << text->text << std::flush;
        return text->code;
    }
    return std::visit(
        [](const auto& chosen) -> int {
            if constexpr (std::is_same_v<std::decay_t<decltype(chosen)>, print_and_exit>) {
                return done;
            } else {
                return perform(chosen);
            }
        },
        wanted);
} catch (const std::exception& thrown) {
    std::cerr << "retraind: " << thrown.what() << '\n';
    return 1;
}
