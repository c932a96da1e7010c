#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace retraind::intake {

/// One record of comma-separated values.
struct csv_record {
    std::uint32_t line = 1; ///< of the text, where it begins
    std::vector<std::string> fields;
    std::string problem; ///< why its fields are not what was meant; empty where they are

    bool operator==(const csv_record&) const = default;
};

/// Reads RFC 4180 as it comes, piece by piece: lines end with LF or CR LF, a field in quotes may
/// hold commas, doubled quotes and line ends. Pure; holds no more than one record and those that
/// were not taken yet.
class csv_decoder {
public:
    /// No record has more bytes: a quote that is never closed would swallow the text.
    static constexpr std::size_t longest_record = std::size_t{64} << 10;

    void feed(std::string_view piece);
    /// After the last piece: a last record needs no line end.
    void finish();
    /// The next record, in their order. An empty line is none.
    [[nodiscard]] std::optional<csv_record> next();
    /// Why the rest cannot be read, with its line: a quote without an end. Records before it hold.
    [[nodiscard]] const std::optional<std::string>& broken() const noexcept { return broken_; }

private:
    enum class state { field_begins, plain, quoted, quote_in_quoted };

    void take(char byte);
    void take_outside(char byte);
    void end_field();
    void end_record();
    void complain(std::string_view what);

    state state_ = state::field_begins;
    std::deque<csv_record> ready_;
    csv_record current_;
    std::string field_;
    std::size_t size_ = 0;     ///< of the record so far
    bool bare_return_ = false; ///< the last byte was a CR outside quotes
    std::uint32_t line_ = 1;
    std::optional<std::string> broken_;
};

/// One line of RFC 4180 with its end (CR LF); quotes where a field needs them.
[[nodiscard]] std::string encode_csv(std::span<const std::string> fields);

} // namespace retraind::intake
