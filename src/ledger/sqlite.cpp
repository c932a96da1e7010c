#include "ledger/sqlite.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include "retraind/base/text.hpp"

namespace retraind::ledger::sqlite {
namespace {

errc kind_of(int extended) {
    return (extended & 0xff) == SQLITE_FULL ? errc::full : errc::database;
}

} // namespace

void database::close::operator()(sqlite3* handle) const noexcept {
    sqlite3_close_v2(handle);
}

result<database> database::open(const std::string& path) {
    return open(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
}

result<database> database::open_to_read(const std::string& path) {
    return open(path, SQLITE_OPEN_READONLY);
}

result<database> database::open(const std::string& path, int mode) {
    sqlite3* handle = nullptr;
    const int code = sqlite3_open_v2(path.c_str(), &handle,
                                     mode | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
    database opened(handle, path);
    if (code != SQLITE_OK) {
        return tl::unexpected(opened.last_error());
    }
    return opened;
}

result<void> database::execute(const std::string& sql) {
    if (sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
        return tl::unexpected(last_error());
    }
    return {};
}

result<std::int64_t> database::integer(const std::string& sql) {
    std::int64_t value = 0;
    return statement(*this, sql)
        .each([&value](const row& found) { value = found.integer(0); })
        .map([&value] { return value; });
}

std::int64_t database::last_row() const {
    return sqlite3_last_insert_rowid(handle_.get());
}

bool database::says_damaged() const {
    const int primary = sqlite3_errcode(handle_.get()) & 0xff;
    return primary == SQLITE_CORRUPT || primary == SQLITE_NOTADB;
}

bool database::in_transaction() const {
    return sqlite3_get_autocommit(handle_.get()) == 0;
}

error database::last_error() const {
    const int extended = sqlite3_extended_errcode(handle_.get());
    return {kind_of(extended), fmt::format("{}: {} (SQLite {})", printable(path_),
                                           sqlite3_errmsg(handle_.get()), extended)};
}

bool row::is_null(int column) const {
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

std::int64_t row::integer(int column) const {
    return sqlite3_column_int64(statement_, column);
}

double row::real(int column) const {
    return sqlite3_column_double(statement_, column);
}

std::string_view row::bytes(int column) const {
    const void* data = sqlite3_column_blob(statement_, column);
    const int size = sqlite3_column_bytes(statement_, column);
    return data == nullptr
               ? std::string_view()
               : std::string_view(static_cast<const char*>(data), static_cast<std::size_t>(size));
}

void statement::finalize::operator()(sqlite3_stmt* handle) const noexcept {
    sqlite3_finalize(handle);
}

result<void> statement::prepare() {
    if (handle_) {
        return {};
    }
    sqlite3_stmt* prepared = nullptr;
    const int code =
        sqlite3_prepare_v3(source_->handle(), sql_.data(), static_cast<int>(sql_.size()),
                           SQLITE_PREPARE_PERSISTENT, &prepared, nullptr);
    handle_.reset(prepared);
    if (code != SQLITE_OK) {
        return tl::unexpected(source_->last_error());
    }
    return {};
}

void statement::rewind() noexcept {
    sqlite3_reset(handle_.get());
    sqlite3_clear_bindings(handle_.get());
    code_ = SQLITE_OK;
}

bool statement::step() {
    if (code_ == SQLITE_OK || code_ == SQLITE_ROW) {
        code_ = sqlite3_step(handle_.get());
    }
    return code_ == SQLITE_ROW;
}

result<void> statement::outcome_of_step() const {
    if (code_ != SQLITE_DONE) {
        return tl::unexpected(source_->last_error());
    }
    return {};
}

void statement::bind(int position, std::int64_t value) {
    if (code_ == SQLITE_OK) {
        code_ = sqlite3_bind_int64(handle_.get(), position, value);
    }
}

void statement::bind(int position, double value) {
    if (code_ == SQLITE_OK) {
        code_ = sqlite3_bind_double(handle_.get(), position, value);
    }
}

void statement::bind(int position, std::string_view text) {
    if (code_ == SQLITE_OK) {
        // A null pointer would bind NULL, and a view that was never set has one.
        code_ = sqlite3_bind_text64(handle_.get(), position, text.empty() ? "" : text.data(),
                                    text.size(), SQLITE_STATIC, SQLITE_UTF8);
    }
}

void statement::bind(int position, const blob& data) {
    if (code_ == SQLITE_OK) {
        const void* start = data.bytes.empty() ? "" : static_cast<const void*>(data.bytes.data());
        code_ =
            sqlite3_bind_blob64(handle_.get(), position, start, data.bytes.size(), SQLITE_STATIC);
    }
}

void statement::bind(int position, std::nullptr_t) {
    if (code_ == SQLITE_OK) {
        code_ = sqlite3_bind_null(handle_.get(), position);
    }
}

result<transaction> transaction::begin(database& target) {
    return target.execute("BEGIN IMMEDIATE").map([&target] { return transaction(target); });
}

transaction::~transaction() {
    if (target_ != nullptr && target_->in_transaction()) {
        // What remains is an open transaction without effect; the next BEGIN says why it cannot.
        static_cast<void>(target_->execute("ROLLBACK"));
    }
}

result<void> transaction::commit() {
    result<void> done = target_->execute("COMMIT");
    if (done) {
        target_ = nullptr;
    }
    return done;
}

} // namespace retraind::ledger::sqlite
