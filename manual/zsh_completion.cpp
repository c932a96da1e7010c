#include <sstream>

#include "manual/completion.hpp"
#include "manual/completion_words.hpp"

namespace manual {
namespace {

/// Inside '…' of a specification, where a colon and brackets end a part.
std::string specified(const std::string& text) {
    std::string out;
    for (const char each : text) {
        if (each == '\'') {
            out += "'\\''";
        } else if (each == '[' || each == ']' || each == ':' || each == '\\') {
            out += std::string("\\") + each;
        } else {
            out += each == '\n' ? ' ' : each;
        }
    }
    return out;
}

std::string action_of(const std::string& word) {
    switch (kind_of(word)) {
    case kind_of_word::file:
        return "_files";
    case kind_of_word::folder:
        return "_files -/";
    case kind_of_word::none:
        break;
    }
    return " ";
}

std::string action_of(const option& each) {
    if (each.choices.empty()) {
        return action_of(each.value);
    }
    std::string words;
    for (const std::string& choice : each.choices) {
        words += (words.empty() ? "(" : " ") + choice;
    }
    return words + ")";
}

void write_option(std::ostream& out, const option& each) {
    std::string others;
    for (const std::string& name : each.names) {
        others += (others.empty() ? "" : " ") + name;
    }
    for (const std::string& name : each.names) {
        const bool long_value = !each.value.empty() && name.starts_with("--");
        out << " \\\n        '(" << others << ')' << name << (long_value ? "=" : "") << '['
            << specified(each.meaning) << ']';
        if (!each.value.empty()) {
            out << ':' << specified(each.value) << ':' << action_of(each);
        }
        out << '\'';
    }
}

void write_operands(std::ostream& out, const command& each) {
    for (std::size_t at = 0; at < each.operands.size(); ++at) {
        const operand& one = each.operands[at];
        out << " \\\n        '" << (one.repeated ? "*" : std::to_string(at + 1)) << ':'
            << specified(one.word) << ':' << action_of(one.word) << '\'';
    }
}

void write_choice_of_command(std::ostream& out, const command& each, const std::string& path) {
    out << "    case $state in\n"
        << "    command)\n"
        << "        local -a commands=(";
    for (const command& below : each.commands) {
        out << "\n            '" << specified(below.name) << ':' << specified(below.meaning)
            << '\'';
    }
    out << ")\n"
        << "        _describe command commands\n"
        << "        ;;\n"
        << "    rest)\n"
        << "        case $words[1] in\n";
    for (const command& below : each.commands) {
        out << "        " << below.name << ") " << function_name(path + " " + below.name)
            << " ;;\n";
    }
    out << "        esac\n"
        << "        ;;\n"
        << "    esac\n";
}

void write_functions(std::ostream& out, const command& each, const std::string& path) {
    for (const command& below : each.commands) {
        write_functions(out, below, path + " " + below.name);
    }
    const bool chooses = !each.commands.empty();
    out << function_name(path) << "() {\n"
        << (chooses ? "    local context state state_descr line\n"
                      "    typeset -A opt_args\n"
                    : "")
        << "    _arguments" << (chooses ? " -C" : "");
    for (const option& one : options_behind(each)) {
        write_option(out, one);
    }
    write_operands(out, each);
    if (chooses) {
        out << " \\\n        '1:command:->command' \\\n        '*::argument:->rest'";
    }
    out << '\n';
    if (chooses) {
        write_choice_of_command(out, each, path);
    }
    out << "}\n\n";
}

} // namespace

std::string zsh_completion(const command& program) {
    std::ostringstream out;
    out << "#compdef " << program.name << "\n# made from the command line of " << program.name
        << "\n\n";
    write_functions(out, program, program.name);
    out << function_name(program.name) << " \"$@\"\n";
    return out.str();
}

} // namespace manual
