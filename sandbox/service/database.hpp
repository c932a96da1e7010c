#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace sandbox::service {

/// SQLite said no: a full disk, a damaged file, a bug in a statement. Nothing a caller can mend.
class database_error : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Bytes to bind or to read as a BLOB.
struct blob {
    std::string_view bytes;
};

/// A statement on its way through its rows. Columns count from 0; texts are copied out.
class rows {
public:
    rows(sqlite3* connection, std::string_view sql);

    void bind(int index, std::int64_t value);
    void bind(int index, int value) { bind(index, static_cast<std::int64_t>(value)); }
    void bind(int index, std::size_t value) { bind(index, static_cast<std::int64_t>(value)); }
    void bind(int index, bool value) { bind(index, static_cast<std::int64_t>(value)); }
    void bind(int index, double value);
    void bind(int index, std::string_view value);
    void bind(int index, const std::string& value) { bind(index, std::string_view(value)); }
    void bind(int index, const char* value) { bind(index, std::string_view(value)); }
    void bind(int index, blob value);
    void bind(int index, std::nullopt_t);
    template <class T>
    void bind(int index, const std::optional<T>& value) {
        value ? bind(index, *value) : bind(index, std::nullopt);
    }

    /// Steps to the next row; false after the last.
    bool next();

    [[nodiscard]] bool is_null(int column) const;
    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] double real(int column) const;
    [[nodiscard]] std::string text(int column) const; ///< of a BLOB, its bytes; of NULL, nothing
    [[nodiscard]] std::optional<std::string> optional_text(int column) const;
    [[nodiscard]] std::optional<std::int64_t> optional_integer(int column) const;

private:
    struct finalizer {
        void operator()(sqlite3_stmt* statement) const;
    };

    [[noreturn]] void fail() const;

    sqlite3* connection_;
    std::unique_ptr<sqlite3_stmt, finalizer> statement_;
};

/// One connection to a SQLite file in WAL mode. Not for two threads at once.
class database {
public:
    /// Opens or creates the file; throws database_error.
    explicit database(const std::filesystem::path& file);

    /// Several statements without parameters.
    void script(const char* sql);

    template <class... Values>
    [[nodiscard]] rows query(std::string_view sql, const Values&... values) {
        rows found(connection_.get(), sql);
        int index = 0;
        (found.bind(++index, values), ...);
        return found;
    }

    /// Runs a statement that returns no rows and says how many it changed.
    template <class... Values>
    std::int64_t run(std::string_view sql, const Values&... values) {
        query(sql, values...).next();
        return changes();
    }

    /// The first column of the only row; nothing without a row.
    template <class... Values>
    [[nodiscard]] std::optional<std::int64_t> scalar(std::string_view sql,
                                                     const Values&... values) {
        rows found = query(sql, values...);
        return found.next() ? std::optional(found.integer(0)) : std::nullopt;
    }

private:
    struct closer {
        void operator()(sqlite3* connection) const;
    };

    [[nodiscard]] std::int64_t changes() const;

    std::unique_ptr<sqlite3, closer> connection_;
};

/// All or nothing: what was run since is undone unless commit() was called.
class transaction {
public:
    explicit transaction(database& on);
    ~transaction();
    transaction(const transaction&) = delete;
    transaction& operator=(const transaction&) = delete;

    void commit();

private:
    database& database_;
    bool open_ = true;
};

} // namespace sandbox::service
