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

} // namespace retraind::ledger
