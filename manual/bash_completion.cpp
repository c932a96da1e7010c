#include <sstream>

#include "manual/completion.hpp"
#include "manual/completion_words.hpp"

namespace manual {
namespace {

/// Calls `visit` with every command and the words behind the program that lead to it.
template <typename Visit>
void walk(const command& each, const std::string& path, const Visit& visit) {
    visit(each, path);
    for (const command& below : each.commands) {
        walk(below, path.empty() ? below.name : path + " " + below.name, visit);
    }
}

/// "run -c" | "run --config": what `case` looks for.
std::string pattern_of(const std::string& path, const option& one) {
    std::string pattern;
    for (const std::string& name : one.names) {
        pattern += (pattern.empty() ? "\"" : " | \"") + path + " " + name + "\"";
    }
    return pattern;
}

/// Patterns of `case "$command $word"`: a command's name below the command so far. Options with a
/// value come first: the word behind one of them is no command.
void write_steps(std::ostream& out, const command& program) {
    walk(program, "", [&](const command& each, const std::string& path) {
        for (const option& one : options_behind(each)) {
            if (!one.value.empty()) {
                out << "        " << pattern_of(path, one) << ") ((++at)) ;;\n";
            }
        }
        for (const command& below : each.commands) {
            out << "        \"" << path << ' ' << below.name << "\") command=\""
                << (path.empty() ? "" : path + " ") << below.name << "\" ;;\n";
        }
    });
}

std::string reply_of(const option& one) {
    switch (kind_of(one.value)) {
    case kind_of_word::file:
        return "paths=-f";
    case kind_of_word::folder:
        return "paths=-d";
    case kind_of_word::none:
        break;
    }
    std::string words;
    for (const std::string& choice : one.choices) {
        words += (words.empty() ? "" : " ") + choice;
    }
    return "words=\"" + words + "\"";
}

void write_values(std::ostream& out, const command& program) {
    walk(program, "", [&](const command& each, const std::string& path) {
        for (const option& one : options_behind(each)) {
            if (!one.value.empty()) {
                out << "    " << pattern_of(path, one) << ") value=yes " << reply_of(one)
                    << " ;;\n";
            }
        }
    });
}

void write_words(std::ostream& out, const command& program) {
    walk(program, "", [&](const command& each, const std::string& path) {
        std::string words;
        const auto offer = [&words](const std::string& word) {
            words += (words.empty() ? "" : " ") + word;
        };
        for (const command& below : each.commands) {
            offer(below.name);
        }
        for (const option& one : options_behind(each)) {
            for (const std::string& name : one.names) {
                offer(name);
            }
        }
        out << "        \"" << path << "\") words=\"" << words << '"';
        for (const operand& one : each.operands) {
            if (kind_of(one.word) == kind_of_word::file) {
                out << " paths=-f";
                break;
            }
        }
        out << " ;;\n";
    });
}

} // namespace

std::string bash_completion(const command& program) {
    std::ostringstream out;
    const std::string function = function_name(program.name);
    out << "# bash completion for " << program.name << ", made from its command line\n"
        << function << "() {\n"
        << "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}\n"
        << "    local command= words= paths= value= at\n"
        << "    for ((at = 1; at < COMP_CWORD; ++at)); do\n"
        << "        case \"$command ${COMP_WORDS[at]}\" in\n";
    write_steps(out, program);
    // bash cuts --option=value at the sign.
    out << "        esac\n"
        << "    done\n"
        << "    [ \"$before\" != = ] || before=${COMP_WORDS[COMP_CWORD - 2]}\n"
        << "    [ \"$word\" != = ] || word=\n"
        << "    case \"$command $before\" in\n";
    write_values(out, program);
    out << "    esac\n"
        << "    if [ -z \"$value\" ]; then\n"
        << "        case \"$command\" in\n";
    write_words(out, program);
    out << "        esac\n"
        << "        case $word in -*) paths= ;; esac\n"
        << "    fi\n"
        << "    mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$word\")\n"
        << "    if [ -n \"$paths\" ]; then\n"
        << "        mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen \"$paths\" -- \"$word\")\n"
        << "        compopt -o filenames 2>/dev/null\n"
        << "    fi\n"
        << "}\n"
        << "complete -F " << function << ' ' << program.name << '\n';
    return out.str();
}

} // namespace manual
