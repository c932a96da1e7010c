#include "manual/man_page.hpp"

#include <algorithm>
#include <cctype>
#include <sstream>

namespace manual {
namespace {

std::string upper(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char each) { return static_cast<char>(std::toupper(each)); });
    return text;
}

std::string bold(const std::string& word) {
    return "\\fB" + roff(word) + "\\fR";
}

std::string italic(const std::string& word) {
    return "\\fI" + roff(word) + "\\fR";
}

std::string usage_of(const option& each) {
    const std::string value = each.value.empty() ? "" : " " + italic(each.value);
    const std::string whole = bold(each.names.front()) + value;
    return each.required ? whole : "[" + whole + "]";
}

std::string usage_of(const operand& each) {
    const std::string whole = italic(each.word) + (each.repeated ? "..." : "");
    return each.required ? whole : "[" + whole + "]";
}

bool is_help(const option& each) {
    return each.names.back() == "--help";
}

/// A line of SYNOPSIS for each command that can be given.
void write_synopsis(std::ostream& out, const command& each, const std::string& path) {
    if (!each.commands.empty()) {
        for (const command& below : each.commands) {
            write_synopsis(out, below, path + " " + below.name);
        }
        return;
    }
    out << bold(path);
    for (const option& one : options_behind(each)) {
        if (!is_help(one)) {
            out << ' ' << usage_of(one);
        }
    }
    for (const operand& one : each.operands) {
        out << ' ' << usage_of(one);
    }
    out << "\n.br\n";
}

void write_option(std::ostream& out, const option& each) {
    out << ".TP\n";
    for (std::size_t at = 0; at < each.names.size(); ++at) {
        out << (at == 0 ? "" : ", ") << bold(each.names[at]);
    }
    if (!each.value.empty()) {
        out << ' ' << italic(each.value);
    }
    out << '\n' << roff(each.meaning);
    if (!each.preset.empty()) {
        out << " (default: " << roff(each.preset) << ')';
    }
    for (std::size_t at = 0; at < each.choices.size(); ++at) {
        out << (at == 0 ? "; one of " : ", ") << bold(each.choices[at]);
    }
    out << '\n';
}

enum class help_option { told, left_out };

void write_terms(std::ostream& out, const command& each, help_option help) {
    for (const operand& one : each.operands) {
        out << ".TP\n" << italic(one.word) << '\n' << roff(one.meaning) << '\n';
    }
    for (const option& one : each.options) {
        if (help == help_option::told || !is_help(one)) {
            write_option(out, one);
        }
    }
}

void write_commands(std::ostream& out, const command& each, const std::string& path) {
    for (const command& below : each.commands) {
        const std::string name = path + " " + below.name;
        out << ".SS " << roff(name) << '\n' << roff(below.meaning) << '\n';
        write_terms(out, below, help_option::left_out);
        write_commands(out, below, name);
    }
}

/// "Exit codes: 0 done; 1 failed." as a list, a code an entry.
void write_exit_codes(std::ostream& out, const std::string& footer) {
    constexpr std::string_view heading = "Exit codes: ";
    if (!footer.starts_with(heading)) {
        return;
    }
    out << ".SH EXIT STATUS\n";
    std::string line = footer.substr(heading.size());
    std::replace(line.begin(), line.end(), '\n', ' ');
    std::istringstream entries(line);
    for (std::string entry; std::getline(entries, entry, ';');) {
        const auto code = entry.find_first_not_of(' ');
        const auto meaning = entry.find(' ', code);
        out << ".TP\n"
            << bold(entry.substr(code, meaning - code)) << '\n'
            << roff(entry.substr(meaning + 1)) << '\n';
    }
}

} // namespace

std::string roff(std::string_view text) {
    std::string out;
    bool line_begins = true;
    for (const char each : text) {
        if (line_begins && (each == '.' || each == '\'')) {
            out += "\\&";
        }
        if (each == '\\') {
            out += "\\e";
        } else if (each == '-') {
            out += "\\-";
        } else {
            out += each;
        }
        line_begins = each == '\n';
    }
    return out;
}

std::string man_page_of(const command& program, const man_page_frame& frame) {
    std::ostringstream out;
    out << ".TH " << upper(program.name) << " 1 \"\" \"" << program.name << ' ' << frame.version
        << "\" \"User Commands\"\n"
        << ".SH NAME\n"
        << program.name << " \\- " << roff(frame.in_one_line) << '\n'
        << ".SH SYNOPSIS\n.nh\n.ad l\n";
    write_synopsis(out, program, program.name);
    out << ".hy\n.ad b\n.SH DESCRIPTION\n" << roff(program.meaning) << '\n';
    out << ".SH OPTIONS\n";
    write_terms(out, program, help_option::told);
    if (!program.commands.empty()) {
        out << ".SH COMMANDS\n";
        write_commands(out, program, program.name);
    }
    write_exit_codes(out, program.footer);
    out << frame.appendix;
    return out.str();
}

} // namespace manual
