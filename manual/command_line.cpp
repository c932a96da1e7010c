#include "manual/command_line.hpp"

#include <algorithm>
#include <sstream>

#include <CLI/CLI.hpp>

namespace manual {
namespace {

/// CLI11 writes a closed set behind the type: "WORD:{Regular,Negative}".
std::vector<std::string> choices_of(const std::string& type) {
    std::vector<std::string> choices;
    const auto open = type.find(":{");
    if (open == std::string::npos || !type.ends_with('}')) {
        return choices;
    }
    std::istringstream words(type.substr(open + 2, type.size() - open - 3));
    for (std::string word; std::getline(words, word, ',');) {
        choices.push_back(word);
    }
    return choices;
}

option read_option(const CLI::Option& each) {
    option read;
    for (const std::string& name : each.get_snames()) {
        read.names.push_back("-" + name);
    }
    for (const std::string& name : each.get_lnames()) {
        read.names.push_back("--" + name);
    }
    const std::string type = each.get_type_name();
    if (each.get_items_expected_max() > 0) {
        read.value = type.substr(0, type.find(":{"));
        read.choices = choices_of(type);
    }
    read.meaning = each.get_description();
    read.preset = each.get_default_str();
    read.required = each.get_required();
    return read;
}

operand read_operand(const CLI::Option& each) {
    return {each.get_name(true), each.get_description(), each.get_items_expected_max() > 1,
            each.get_required()};
}

} // namespace

std::vector<option> options_behind(const command& each) {
    std::vector<option> all = each.options;
    for (const option& above : each.inherited) {
        const bool own = std::any_of(all.begin(), all.end(), [&](const option& one) {
            return one.names.back() == above.names.back();
        });
        if (!own) {
            all.push_back(above);
        }
    }
    return all;
}

command read_command_line(const CLI::App& app) {
    command read{app.get_name(), app.get_description(), app.get_footer(), {}, {}, {}, {}};
    for (const CLI::Option* each : app.get_options()) {
        if (each->nonpositional()) {
            read.options.push_back(read_option(*each));
        } else {
            read.operands.push_back(read_operand(*each));
        }
    }
    for (const CLI::App* each : app.get_subcommands([](const CLI::App*) { return true; })) {
        command below = read_command_line(*each);
        if (each->get_fallthrough()) {
            below.inherited = read.options;
        }
        read.commands.push_back(std::move(below));
    }
    return read;
}

} // namespace manual
