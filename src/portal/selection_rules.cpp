#include "retraind/portal/selection_rules.hpp"

#include <algorithm>
#include <functional>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "retraind/base/text.hpp"

namespace retraind::portal {
namespace {

using records = std::vector<record>;
using found_records = std::vector<const record*>;

std::string compared(std::string_view name) {
    const std::string_view bare = trim(name);
    return to_nfc(bare).value_or(std::string(bare));
}

found_records all_that(const records& from, const std::function<bool(const record&)>& fits) {
    found_records found;
    for (const record& each : from) {
        if (fits(each)) {
            found.push_back(&each);
        }
    }
    return found;
}

bool has_id(const record& what, std::string_view word) {
    const auto id = parse_guid(word);
    const auto own = parse_guid(what.id_text());
    return id && own && *id == *own;
}

const record* with_id(const records& from, std::string_view word) {
    const auto found = std::find_if(from.begin(), from.end(),
                                    [word](const record& each) { return has_id(each, word); });
    return found == from.end() ? nullptr : &*found;
}

found_records named(const records& from, std::string_view word) {
    return all_that(from, [word](const record& each) { return same_name(each.name(), word); });
}

found_records named_but_case(const records& from, std::string_view word) {
    return all_that(from, [word](const record& each) { return same_but_case(each.name(), word); });
}

tl::unexpected<error> several(std::string_view kind, std::string_view word,
                              const found_records& found) {
    std::vector<std::string> ids;
    for (const record* each : found) {
        ids.push_back(fmt::format("{} (\"{}\")", each->id_text(), printable(each->name())));
    }
    return fail(errc::invalid,
                fmt::format("\"{}\" may be any of {} {}s; write the id of one: {}", printable(word),
                            found.size(), kind, fmt::join(ids, ", ")));
}

tl::unexpected<error> none(std::string_view kind, std::string_view word, std::string_view mend) {
    const std::string what = parse_guid(word) ? fmt::format("with the id {}", word)
                                              : fmt::format("\"{}\"", printable(word));
    return fail(errc::not_found, fmt::format("there is no {} {}{}", kind, what, mend));
}

} // namespace

bool same_name(std::string_view left, std::string_view right) {
    return compared(left) == compared(right);
}

bool same_but_case(std::string_view left, std::string_view right) {
    const auto folded = fold_case(trim(left));
    return folded && folded == fold_case(trim(right));
}

result<const record*> find_project(const records& from, std::string_view word) {
    if (const record* found = with_id(from, word)) {
        return found;
    }
    const found_records exact = named(from, word);
    if (exact.size() == 1) {
        return exact.front();
    }
    if (exact.size() > 1) {
        return several("project", word, exact);
    }
    const found_records near = named_but_case(from, word);
    return none("project", word,
                near.empty() ? "; retraind projects list shows what there is"
                             : fmt::format("; there is \"{}\"", printable(near.front()->name())));
}

result<const record*> find_tag(const records& from, std::string_view word) {
    if (const record* found = with_id(from, word)) {
        return found;
    }
    found_records found = named(from, word);
    if (found.empty()) {
        found = named_but_case(from, word);
    }
    if (found.size() == 1) {
        return found.front();
    }
    return found.empty() ? none("tag", word, "; retraind tags list PROJECT shows what there is")
                         : several("tag", word, found);
}

result<const record*> find_iteration(const records& from, std::string_view word) {
    if (const record* found = with_id(from, word)) {
        return found;
    }
    const found_records found = all_that(from, [word](const record& each) {
        const std::string published = each.text("publishName");
        return same_name(each.name(), word) || (!published.empty() && same_name(published, word));
    });
    if (found.size() == 1) {
        return found.front();
    }
    return found.empty()
               ? none("iteration", word, "; retraind iterations list PROJECT shows what there is")
               : several("iteration", word, found);
}

result<const record*> find_domain(const records& from, std::string_view type,
                                  std::string_view word) {
    const found_records of_type =
        all_that(from, [type](const record& each) { return each.text("type") == type; });
    std::vector<std::string> names;
    for (const record* each : of_type) {
        if (each->name() == word || has_id(*each, word)) {
            return each;
        }
        names.push_back(fmt::format("\"{}\"", printable(each->name())));
    }
    return fail(errc::not_found, fmt::format("the service has no {} domain \"{}\"; it has {}", type,
                                             printable(word), fmt::join(names, ", ")));
}

result<std::string> new_name(std::string_view word) {
    const auto nfc = to_nfc(trim(word));
    if (!nfc) {
        return fail(errc::invalid, fmt::format("\"{}\" is not UTF-8", printable(word)));
    }
    if (nfc->empty()) {
        return fail(errc::invalid, "a name that is blank names nothing");
    }
    return *nfc;
}

} // namespace retraind::portal
