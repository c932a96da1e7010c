#include "manual/configuration_page.hpp"

#include <sstream>

#include "manual/man_page.hpp"

namespace manual {
namespace {

using retraind::config::described_key;

/// The table's texts are Markdown's: what stands between backticks is literal.
std::string marked(const std::string& text) {
    std::string out;
    std::istringstream parts(text);
    bool literal = false;
    for (std::string part; std::getline(parts, part, '`');) {
        out += literal ? "\\fB" + roff(part) + "\\fR" : roff(part);
        literal = !literal;
    }
    return out;
}

void write_keys(std::ostream& out, const std::vector<described_key>& keys,
                const std::string& above) {
    for (const described_key& each : keys) {
        const std::string path = above + each.name + (each.list ? "[]" : "");
        out << ".TP\n\\fB" << roff(path) << "\\fR (" << marked(each.type) << "; "
            << marked(each.default_text) << ")\n"
            << marked(each.doc) << '\n';
        write_keys(out, each.keys, path + ".");
    }
}

} // namespace

std::string configuration_page(const std::vector<described_key>& keys, const std::string& version,
                               const std::string& appendix) {
    std::ostringstream out;
    out << ".TH RETRAIND.YAML 5 \"\" \"retraind " << version << "\" \"File Formats\"\n"
        << ".SH NAME\nretraind.yaml \\- configuration of retraind\n"
        << ".SH DESCRIPTION\n"
        << "One YAML file, \\fI/etc/retraind/retraind.yaml\\fR unless \\fB\\-c\\fR or\n"
        << "\\fBRETRAIND_CONFIG\\fR names another. Relative paths are below the folder it lies "
           "in.\n"
        << "In parentheses: what a key takes; its default, or \\(lqoff\\(rq.\n"
        << "\\fB[]\\fR stands for an entry of a list.\n"
        << ".SH KEYS\n";
    write_keys(out, keys, "");
    out << appendix;
    return out.str();
}

} // namespace manual
