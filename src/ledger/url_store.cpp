#include "ledger/url_store.hpp"

#include <array>
#include <utility>

#include <fmt/format.h>

#include "ledger/column_codec.hpp"

namespace retraind::ledger {
namespace {

/// An address as history shows it: a query may hold a signature, and what stands before an @ a
/// password.
std::string without_secrets(std::string_view url) {
    url = url.substr(0, url.find_first_of("?#"));
    const std::size_t scheme = url.find("://");
    const std::size_t begin = scheme == std::string_view::npos ? 0 : scheme + 3;
    const std::string_view host = url.substr(begin, url.find('/', begin) - begin);
    const std::size_t user = host.rfind('@');
    if (user == std::string_view::npos) {
        return std::string(url);
    }
    return fmt::format("{}{}", url.substr(0, begin), url.substr(begin + user + 1));
}

/// What `explain` says of the step beside its outcome.
std::string detail_of(const url_outcome& each) {
    std::string text = without_secrets(each.url);
    if (each.reason) {
        return fmt::format("{}: {}: {}", text, each.reason->code, each.reason->sentence);
    }
    return each.image ? fmt::format("{}: {}", text, to_string(*each.image)) : text;
}

url_outcome outcome_of(const std::string& url, outcome result, const sqlite::row& row) {
    url_outcome found;
    found.url = url;
    found.result = result;
    found.image = column::to_id<image_id>(row.bytes(1));
    found.labels = column::to_labels(row.bytes(2));
    if (result == outcome::rejected) {
        rejection reason;
        reason.code = row.text(3);
        reason.sentence = row.text(4);
        reason.mend = row.text(5);
        found.reason = std::move(reason);
    }
    if (!row.is_null(6)) {
        found.list = column::to_print(row.bytes(6));
    }
    found.at = column::to_time(row.integer(7));
    return found;
}

} // namespace

result<void> url_store::record(const project_id& project, const url_record& batch) {
    const result<std::int64_t> key = projects_.find_or_add(project, batch.at);
    if (!key) {
        return tl::unexpected(key.error());
    }
    std::optional<std::int64_t> number;
    if (!batch.request_id.empty() || batch.body_bytes > 0) {
        const result<void> added = add_batch_.run(*key, batch.request_id, batch.body_bytes,
                                                  batch.urls.size(), column::from_time(batch.at));
        if (!added) {
            return added;
        }
        number = source_.last_row();
    }
    for (const url_outcome& each : batch.urls) {
        if (result<void> done = record_url(*key, number, each, batch.at); !done) {
            return done;
        }
    }
    return {};
}

result<void> url_store::record_url(std::int64_t project, std::optional<std::int64_t> batch,
                                   const url_outcome& each, wall_time at) {
    const rejection why = each.reason.value_or(rejection{});
    std::array<std::byte, 16> print{};
    std::optional<sqlite::blob> list;
    if (each.list) {
        print = column::from_print(*each.list);
        list.emplace(print);
    }
    return add_step_
        .run(project, batch, to_string(each.result), detail_of(each), column::from_time(at))
        .and_then([&] {
            return put_.run(project, each.url, to_string(each.result), column::from_id(each.image),
                            column::from_labels(each.labels), why.code, why.sentence, why.mend,
                            list, column::from_time(at), source_.last_row());
        });
}

result<std::vector<url_outcome>> url_store::find(const project_id& project,
                                                 const std::vector<std::string>& urls) {
    const result<std::int64_t> key = projects_.find(project);
    if (!key) {
        return tl::unexpected(key.error());
    }
    std::vector<url_outcome> found;
    for (const std::string& url : urls) {
        const auto take = [&](const sqlite::row& row) {
            if (const auto result = column::to_outcome(row.bytes(0))) {
                found.push_back(outcome_of(url, *result, row));
            }
        };
        if (const result<void> done = find_.each(take, *key, url); !done) {
            return tl::unexpected(done.error());
        }
    }
    return found;
}

result<void> url_store::finish(const project_id& project, const finished_list& list) {
    const result<std::int64_t> key = projects_.find_or_add(project, list.at);
    if (!key) {
        return tl::unexpected(key.error());
    }
    const auto print = column::from_print(list.list);
    return let_go_.run(*key, sqlite::blob(print))
        .and_then([&] { return count(*key, list.lines); })
        .and_then(
            [&] { return list.stays ? remember(*key, *list.stays, list.at) : result<void>(); });
}

result<void> url_store::count(std::int64_t project, const totals& lines) {
    const std::array<std::pair<outcome, std::uint64_t>, 5> counts{{
        {outcome::confirmed, lines.confirmed},
        {outcome::duplicate, lines.duplicate},
        {outcome::held_out, lines.held_out},
        {outcome::removed, lines.removed},
        {outcome::rejected, lines.rejected},
    }};
    for (const auto& [kind, number] : counts) {
        const std::string name = fmt::format("recorded.{}", to_string(kind));
        if (result<void> done = count_.run(project, name, number); !done) {
            return done;
        }
    }
    return {};
}

result<void> url_store::remember(std::int64_t project, const finished_list::place& file,
                                 wall_time at) {
    const result<std::int64_t> folder = projects_.find_or_add_folder(project, file.folder);
    if (!folder) {
        return tl::unexpected(folder.error());
    }
    const auto print = column::from_print(fingerprint(file.folder, file.path, file.identity));
    return put_file_.run(*folder, sqlite::blob(file.path), sqlite::blob(print), file.identity.size,
                         file.identity.modified_ns, file.identity.changed_ns,
                         column::from_time(at));
}

} // namespace retraind::ledger
