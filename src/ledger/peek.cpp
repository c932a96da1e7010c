#include "retraind/ledger/peek.hpp"

#include <cerrno>
#include <utility>

#include <unistd.h>

#include "ledger/column_codec.hpp"
#include "ledger/sqlite.hpp"

namespace retraind::ledger {

struct peek::statements {
    explicit statements(sqlite::database opened) : source(std::move(opened)) {}

    sqlite::database source;
    sqlite::statement files{source, "SELECT files.print FROM files JOIN folders ON folders.key = "
                                    "files.folder WHERE folders.path = ?1"};
    sqlite::statement contents{
        source, "SELECT contents.bytes, contents.outcome, contents.labels, contents.path "
                "FROM contents JOIN folders ON folders.project = contents.project "
                "WHERE folders.path = ?1 AND contents.digest = ?2"};
    sqlite::statement has_mounts{source, "SELECT 1 FROM sqlite_schema WHERE name = 'mounts'"};
    sqlite::statement mounts{source, "SELECT source, type FROM mounts JOIN folders ON folders.key "
                                     "= mounts.folder WHERE folders.path = ?1"};
};

peek::peek(std::unique_ptr<statements> opened) : statements_(std::move(opened)) {}
peek::~peek() = default;
peek::peek(peek&&) noexcept = default;
peek& peek::operator=(peek&&) noexcept = default;

result<std::optional<peek>> peek::open(const std::string& state_dir) {
    const std::string file = state_dir + "/ledger.db";
    if (::access(file.c_str(), F_OK) != 0 && (errno == ENOENT || errno == ENOTDIR)) {
        return std::optional<peek>();
    }
    result<sqlite::database> source = sqlite::database::open_to_read(file);
    if (!source) {
        return tl::unexpected(source.error());
    }
    return std::optional<peek>(peek(std::make_unique<statements>(std::move(*source))));
}

result<std::vector<file_fingerprint>> peek::remembered(const std::string& folder) {
    std::vector<file_fingerprint> prints;
    const auto take = [&prints](const sqlite::row& row) {
        if (const auto print = column::to_print(row.bytes(0))) {
            prints.push_back(*print);
        }
    };
    return statements_->files.each(take, sqlite::blob(folder)).map([&prints] {
        return std::move(prints);
    });
}

result<std::optional<content_record>> peek::find_content(const std::string& folder,
                                                         const sha256& digest) {
    std::optional<content_record> found;
    const auto take = [&](const sqlite::row& row) {
        const auto result = column::to_outcome(row.bytes(1));
        if (!result) {
            return;
        }
        content_record content;
        content.digest = digest;
        content.bytes = static_cast<std::uint64_t>(row.integer(0));
        content.result = *result;
        content.labels = column::to_labels(row.bytes(2));
        content.path = row.text(3);
        found = std::move(content);
    };
    const sqlite::blob key(std::span<const std::byte>(digest.bytes));
    return statements_->contents.each(take, sqlite::blob(folder), key).map([&found] {
        return std::move(found);
    });
}

result<std::vector<mount_record>> peek::mounts_of(const std::string& folder) {
    bool known = false;
    const result<void> asked =
        statements_->has_mounts.each([&known](const sqlite::row&) { known = true; });
    if (!asked) {
        return tl::unexpected(asked.error());
    }
    std::vector<mount_record> mounts;
    if (!known) {
        return mounts;
    }
    const auto take = [&mounts](const sqlite::row& row) {
        mounts.push_back({row.text(0), row.text(1)});
    };
    return statements_->mounts.each(take, sqlite::blob(folder)).map([&mounts] {
        return std::move(mounts);
    });
}

} // namespace retraind::ledger
