#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "retraind/base/error.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace retraind::ledger::sqlite {

/// A connection, used by one thread at a time. Errors name the file and carry SQLite's words and
/// extended code: errc::full for a full disk, errc::database for all else.
class database {
public:
    /// Makes the file where it is missing.
    [[nodiscard]] static result<database> open(const std::string& path);
    /// Changes nothing, and fails where there is no file.
    [[nodiscard]] static result<database> open_to_read(const std::string& path);

    /// Runs statements without values, ignoring rows.
    [[nodiscard]] result<void> execute(const std::string& sql);
    [[nodiscard]] result<std::int64_t> integer(const std::string& sql);

    [[nodiscard]] std::int64_t last_row() const;
    /// SQLite's own "this is damaged, or no database" for the call that failed last.
    [[nodiscard]] bool says_damaged() const;
    /// False once SQLite has rolled back on its own.
    [[nodiscard]] bool in_transaction() const;
    [[nodiscard]] error last_error() const;
    [[nodiscard]] const std::string& path() const noexcept { return path_; }
    [[nodiscard]] sqlite3* handle() const noexcept { return handle_.get(); }

private:
    struct close {
        void operator()(sqlite3* handle) const noexcept;
    };
    [[nodiscard]] static result<database> open(const std::string& path, int mode);
    database(sqlite3* handle, std::string path) : handle_(handle), path_(std::move(path)) {}

    std::unique_ptr<sqlite3, close> handle_;
    std::string path_;
};

/// Bytes that are no text: paths and digests.
struct blob {
    std::span<const std::byte> bytes;

    explicit blob(std::span<const std::byte> data) : bytes(data) {}
    explicit blob(std::string_view data) : bytes(std::as_bytes(std::span(data))) {}
};

/// The columns of the row that a statement stands on, from 0.
class row {
public:
    explicit row(sqlite3_stmt* statement) : statement_(statement) {}

    [[nodiscard]] bool is_null(int column) const;
    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] double real(int column) const;
    /// Text or blob as it lies there; valid until the next step.
    [[nodiscard]] std::string_view bytes(int column) const;
    [[nodiscard]] std::string text(int column) const { return std::string(bytes(column)); }

private:
    sqlite3_stmt* statement_;
};

/// One SQL statement, prepared when it first runs and kept. Values go to ?1, ?2, … and are let go
/// before a call returns. `database` outlives it.
class statement {
public:
    statement(database& source, std::string_view sql) : source_(&source), sql_(sql) {}

    /// Runs it to its end, ignoring rows.
    template <class... Values>
    [[nodiscard]] result<void> run(const Values&... values) {
        return each([](const row&) {}, values...);
    }

    /// Calls `on_row` with every row.
    template <class OnRow, class... Values>
    [[nodiscard]] result<void> each(OnRow on_row, const Values&... values) {
        if (result<void> ready = prepare(); !ready) {
            return ready;
        }
        const rewind_guard guard{*this};
        int position = 0;
        (bind(++position, values), ...);
        while (step()) {
            on_row(row(handle_.get()));
        }
        return outcome_of_step();
    }

private:
    struct finalize {
        void operator()(sqlite3_stmt* handle) const noexcept;
    };
    struct rewind_guard {
        statement& self;
        ~rewind_guard() { self.rewind(); }
    };

    [[nodiscard]] result<void> prepare();
    void rewind() noexcept;
    /// True: stands on a row.
    [[nodiscard]] bool step();
    [[nodiscard]] result<void> outcome_of_step() const;

    void bind(int position, std::int64_t value);
    void bind(int position, double value);
    void bind(int position, std::string_view text);
    void bind(int position, const blob& data);
    void bind(int position, std::nullptr_t);
    void bind(int position, const std::string& text) { bind(position, std::string_view(text)); }
    void bind(int position, const char* text) { bind(position, std::string_view(text)); }
    template <std::integral Number>
    void bind(int position, Number value) {
        bind(position, static_cast<std::int64_t>(value));
    }
    template <class Value>
    void bind(int position, const std::optional<Value>& value) {
        if (value) {
            bind(position, *value);
        } else {
            bind(position, nullptr);
        }
    }

    database* source_;
    std::string_view sql_; ///< a literal
    std::unique_ptr<sqlite3_stmt, finalize> handle_;
    int code_ = 0; ///< of the last bind or step; a failed bind keeps step from running
};

/// BEGIN IMMEDIATE until `commit`; rolled back where that never succeeds.
class transaction {
public:
    [[nodiscard]] static result<transaction> begin(database& target);
    ~transaction();
    transaction(transaction&& other) noexcept : target_(std::exchange(other.target_, nullptr)) {}
    transaction& operator=(transaction&&) = delete;
    transaction(const transaction&) = delete;
    transaction& operator=(const transaction&) = delete;

    [[nodiscard]] result<void> commit();

private:
    explicit transaction(database& target) : target_(&target) {}
    database* target_;
};

} // namespace retraind::ledger::sqlite
