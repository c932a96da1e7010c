#include "sandbox/service/database.hpp"

#include <sqlite3.h>

namespace sandbox::service {

namespace {

[[noreturn]] void fail_on(sqlite3* connection) {
    throw database_error(std::string("database: ") + sqlite3_errmsg(connection));
}

void require(int code, sqlite3* connection) {
    if (code != SQLITE_OK) {
        fail_on(connection);
    }
}

constexpr int busy_milliseconds = 5000;

} // namespace

rows::rows(sqlite3* connection, std::string_view sql) : connection_(connection) {
    sqlite3_stmt* prepared = nullptr;
    require(sqlite3_prepare_v2(connection, sql.data(), static_cast<int>(sql.size()), &prepared,
                               nullptr),
            connection);
    statement_.reset(prepared);
}

void rows::finalizer::operator()(sqlite3_stmt* statement) const {
    sqlite3_finalize(statement);
}

void rows::fail() const {
    fail_on(connection_);
}

void rows::bind(int index, std::int64_t value) {
    require(sqlite3_bind_int64(statement_.get(), index, value), connection_);
}

void rows::bind(int index, double value) {
    require(sqlite3_bind_double(statement_.get(), index, value), connection_);
}

void rows::bind(int index, std::string_view value) {
    require(sqlite3_bind_text64(statement_.get(), index, value.empty() ? "" : value.data(),
                                value.size(), SQLITE_TRANSIENT, SQLITE_UTF8),
            connection_);
}

void rows::bind(int index, blob value) {
    require(sqlite3_bind_blob64(statement_.get(), index,
                                value.bytes.empty() ? "" : value.bytes.data(), value.bytes.size(),
                                SQLITE_TRANSIENT),
            connection_);
}

void rows::bind(int index, std::nullopt_t) {
    require(sqlite3_bind_null(statement_.get(), index), connection_);
}

bool rows::next() {
    const int code = sqlite3_step(statement_.get());
    if (code != SQLITE_ROW && code != SQLITE_DONE) {
        fail();
    }
    return code == SQLITE_ROW;
}

bool rows::is_null(int column) const {
    return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

std::int64_t rows::integer(int column) const {
    return sqlite3_column_int64(statement_.get(), column);
}

double rows::real(int column) const {
    return sqlite3_column_double(statement_.get(), column);
}

std::string rows::text(int column) const {
    const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_.get(), column));
    const int count = sqlite3_column_bytes(statement_.get(), column);
    return bytes == nullptr ? std::string() : std::string(bytes, static_cast<std::size_t>(count));
}

std::optional<std::string> rows::optional_text(int column) const {
    return is_null(column) ? std::nullopt : std::optional(text(column));
}

std::optional<std::int64_t> rows::optional_integer(int column) const {
    return is_null(column) ? std::nullopt : std::optional(integer(column));
}

database::database(const std::filesystem::path& file) {
    sqlite3* opened = nullptr;
    const int code = sqlite3_open_v2(
        file.c_str(), &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_FULLMUTEX,
        nullptr);
    connection_.reset(opened);
    require(code, opened);
    sqlite3_busy_timeout(opened, busy_milliseconds);
    // With WAL, NORMAL loses nothing when the process dies; a power cut may cost the last commits.
    script("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;");
}

void database::closer::operator()(sqlite3* connection) const {
    sqlite3_close_v2(connection);
}

void database::script(const char* sql) {
    require(sqlite3_exec(connection_.get(), sql, nullptr, nullptr, nullptr), connection_.get());
}

std::int64_t database::changes() const {
    return sqlite3_changes64(connection_.get());
}

transaction::transaction(database& on) : database_(on) {
    database_.script("BEGIN IMMEDIATE");
}

transaction::~transaction() {
    if (!open_) {
        return;
    }
    try {
        database_.script("ROLLBACK");
    } catch (const database_error&) {
        // SQLite has rolled back by itself on the error that brought us here.
    }
}

void transaction::commit() {
    database_.script("COMMIT");
    open_ = false;
}

} // namespace sandbox::service
