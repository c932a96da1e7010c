#include "ledger/outcome_store.hpp"

#include <utility>

#include <fmt/format.h>

#include "ledger/column_codec.hpp"
#include "retraind/ledger/content_rules.hpp"

namespace retraind::ledger {
namespace {

std::optional<sqlite::blob> blob_of(const std::optional<sha256>& digest) {
    return digest ? std::optional(sqlite::blob(digest->bytes)) : std::nullopt;
}

std::optional<sqlite::blob> digest_of(const file_outcome& file) {
    return blob_of(file.digest);
}

/// What `explain` says of the step beside its outcome.
std::string detail_of(const file_outcome& file) {
    if (file.reason) {
        return fmt::format("{}: {}", file.reason->code, file.reason->sentence);
    }
    return file.image ? to_string(*file.image) : std::string();
}

content_record content_of(const file_outcome& file, const sha256& digest, wall_time at) {
    return {digest,     file.identity.size, file.result,
            file.image, file.labels,        file.folder + "/" + file.path,
            at,         file.sent};
}

void add(totals& sum, outcome result, std::uint64_t count) {
    switch (result) {
    case outcome::confirmed:
        sum.confirmed += count;
        return;
    case outcome::duplicate:
        sum.duplicate += count;
        return;
    case outcome::held_out:
        sum.held_out += count;
        return;
    case outcome::removed:
        sum.removed += count;
        return;
    case outcome::rejected:
        sum.rejected += count;
        return;
    }
}

} // namespace

result<recorded_batch> outcome_store::record(const project_id& project, const batch_record& batch) {
    const result<std::int64_t> key = projects_.find_or_add(project, batch.at);
    if (!key) {
        return tl::unexpected(key.error());
    }
    const result<std::optional<std::int64_t>> number = record_batch(*key, batch);
    if (!number) {
        return tl::unexpected(number.error());
    }
    recorded_batch done;
    for (const file_outcome& file : batch.files) {
        const result<bool> anew = record_file({*key, 0, *number, batch.at}, file);
        if (!anew) {
            return tl::unexpected(anew.error());
        }
        done.judged_anew += *anew ? 1 : 0;
    }
    return done;
}

result<std::optional<std::int64_t>> outcome_store::record_batch(std::int64_t project,
                                                                const batch_record& batch) {
    if (batch.request_id.empty() && batch.body_bytes == 0) {
        return std::nullopt;
    }
    return add_batch_
        .run(project, batch.request_id, batch.body_bytes, batch.files.size(),
             column::from_time(batch.at))
        .map([this] { return std::optional(source_.last_row()); });
}

result<bool> outcome_store::record_file(place where, const file_outcome& file) {
    const result<std::int64_t> folder = projects_.find_or_add_folder(where.project, file.folder);
    if (!folder) {
        return tl::unexpected(folder.error());
    }
    where.folder = *folder;
    const result<bool> anew = take_off_rejected(where, file);
    if (!anew) {
        return anew;
    }
    return record_step(where, file)
        .and_then([&] { return record_content(where, file); })
        .and_then([&] { return remember(where, file); })
        .and_then([&] { return record_rejection(where, file); })
        .map([&] { return *anew; });
}

result<bool> outcome_store::take_off_rejected(const place& where, const file_outcome& file) {
    bool was_rejected = false;
    const auto take = [&was_rejected](const sqlite::row&) {
        was_rejected = true;
    };
    return find_rejected_.each(take, where.folder, sqlite::blob(file.path))
        .and_then(
            [&] { return was_rejected ? take_off_rejected_.run(where.project) : result<void>(); })
        .map([&] { return was_rejected; });
}

result<void> outcome_store::record_step(const place& where, const file_outcome& file) {
    const std::string counter = fmt::format("recorded.{}", to_string(file.result));
    return count_outcome_.run(where.project, counter).and_then([&] {
        return add_step_.run(where.project, where.batch, where.folder, sqlite::blob(file.path),
                             digest_of(file), to_string(file.result), detail_of(file),
                             column::from_time(where.at));
    });
}

result<void> outcome_store::record_content(const place& where, const file_outcome& file) {
    if (!file.digest || file.result == outcome::rejected) {
        return {};
    }
    const std::int64_t step = source_.last_row();
    const result<std::optional<content_record>> known = content(where.project, *file.digest);
    if (!known) {
        return tl::unexpected(known.error());
    }
    const content_record kept =
        merge_content(*known ? &**known : nullptr, content_of(file, *file.digest, where.at));
    return put_content_.run(
        where.project, sqlite::blob(kept.digest.bytes), kept.bytes, to_string(kept.result),
        column::from_id(kept.image), column::from_labels(kept.labels), sqlite::blob(kept.path),
        column::from_time(kept.at), step, file.result == outcome::duplicate, blob_of(kept.sent));
}

result<void> outcome_store::remember(const place& where, const file_outcome& file) {
    const auto print = column::from_print(fingerprint(file.folder, file.path, file.identity));
    return put_file_.run(where.folder, sqlite::blob(file.path), sqlite::blob(print),
                         file.identity.size, file.identity.modified_ns, file.identity.changed_ns,
                         digest_of(file), to_string(file.result), column::from_time(where.at));
}

result<void> outcome_store::record_rejection(const place& where, const file_outcome& file) {
    if (file.result != outcome::rejected) {
        return drop_rejection_.run(where.folder, sqlite::blob(file.path));
    }
    const rejection why = file.reason.value_or(rejection{});
    return put_rejection_.run(where.folder, sqlite::blob(file.path), why.code, why.sentence,
                              why.mend, column::from_labels(file.labels), why.attempts,
                              why.service_status, why.service_code, why.service_message,
                              why.request_id, column::from_time(file.first_seen),
                              column::from_time(where.at));
}

result<std::optional<content_record>> outcome_store::content(std::int64_t project,
                                                             const sha256& digest) {
    std::optional<content_record> found;
    const auto take = [&](const sqlite::row& row) {
        if (const auto result = column::to_outcome(row.bytes(1))) {
            found = content_record{digest,
                                   static_cast<std::uint64_t>(row.integer(0)),
                                   *result,
                                   column::to_id<image_id>(row.bytes(2)),
                                   column::to_labels(row.bytes(3)),
                                   row.text(4),
                                   column::to_time(row.integer(5)),
                                   column::to_digest(row.bytes(6))};
        }
    };
    return find_content_.each(take, project, sqlite::blob(digest.bytes)).map([&found] {
        return std::move(found);
    });
}

result<std::vector<content_record>>
outcome_store::find_contents(const project_id& project, const std::vector<sha256>& digests) {
    const result<std::int64_t> key = projects_.find(project);
    if (!key) {
        return tl::unexpected(key.error());
    }
    std::vector<content_record> found;
    for (const sha256& digest : digests) {
        result<std::optional<content_record>> one = content(*key, digest);
        if (!one) {
            return tl::unexpected(std::move(one.error()));
        }
        if (*one) {
            found.push_back(std::move(**one));
        }
    }
    return found;
}

result<std::vector<std::uint64_t>>
outcome_store::known_sizes(const project_id& project, const std::vector<std::uint64_t>& sizes) {
    const result<std::int64_t> key = projects_.find(project);
    if (!key) {
        return tl::unexpected(key.error());
    }
    std::vector<std::uint64_t> known;
    for (const std::uint64_t size : sizes) {
        const auto take = [&known, size](const sqlite::row&) {
            known.push_back(size);
        };
        if (const result<void> done = find_size_.each(take, *key, size); !done) {
            return tl::unexpected(done.error());
        }
    }
    return known;
}

result<remembered_part> outcome_store::remembered_files(const project_id& project,
                                                        const std::string& folder,
                                                        const std::string& after,
                                                        std::size_t most) {
    const result<std::int64_t> key = projects_.find(project).and_then(
        [&](std::int64_t owner) { return projects_.find_folder(owner, folder); });
    if (!key) {
        return tl::unexpected(key.error());
    }
    remembered_part part;
    std::size_t rows = 0;
    std::string last;
    const auto take = [&](const sqlite::row& row) {
        const auto print = column::to_print(row.bytes(0));
        const auto result = column::to_outcome(row.bytes(1));
        if (print && result) {
            part.files.push_back({*print, *result});
        }
        if (++rows == most) {
            last = row.text(2);
        }
    };
    return list_files_.each(take, *key, sqlite::blob(after), most).map([&] {
        if (rows == most) {
            part.next = std::move(last);
        }
        return std::move(part);
    });
}

result<void> outcome_store::forget_files(const project_id& project,
                                         const std::vector<file_fingerprint>& prints) {
    const result<std::int64_t> key = projects_.find(project);
    if (!key) {
        return tl::unexpected(key.error());
    }
    for (const file_fingerprint& print : prints) {
        const auto bytes = column::from_print(print);
        if (result<void> done = drop_file_.run(*key, sqlite::blob(bytes)); !done) {
            return done;
        }
    }
    return {};
}

result<totals> outcome_store::count(const project_id& project) {
    const result<std::int64_t> key = projects_.find(project);
    if (!key) {
        return tl::unexpected(key.error());
    }
    totals sum;
    const auto take = [&sum](const sqlite::row& row) {
        if (const auto result = column::to_outcome(row.bytes(0))) {
            add(sum, *result, static_cast<std::uint64_t>(row.integer(1)));
        }
    };
    return list_counts_.each(take, *key).map([&sum] { return sum; });
}

} // namespace retraind::ledger
