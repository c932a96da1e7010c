#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "retraind/intake/csv_codec.hpp"
#include "retraind/intake/region_rules.hpp"

namespace retraind::intake {

/// How a list of addresses is written (docs/lists.md).
enum class list_format {
    urls, ///< an address a line, then tags
    csv,  ///< RFC 4180 with the header url,tags[,left,top,width,height,region_tag]
};

/// What a file of that name is read as; by its ending, without regard to case.
[[nodiscard]] list_format list_format_of(std::string_view name);

/// One line of a list, or what is wrong with it.
struct list_row {
    std::uint32_t line = 0;
    std::string url;
    std::vector<std::string> tags; ///< sorted, unique, NFC, trimmed
    std::optional<region_label> region;
    std::string problem; ///< a sentence that names line and field; empty for a good line

    bool operator==(const list_row&) const = default;
};

/// Reads a list as it comes, piece by piece, in constant memory but for the rows that were not
/// taken yet. Pure.
class url_list_decoder {
public:
    /// No address has more bytes.
    static constexpr std::size_t longest_url = 8192;

    explicit url_list_decoder(list_format format) : format_(format) {}

    void feed(std::string_view piece);
    /// After the last piece.
    void finish();
    [[nodiscard]] std::optional<list_row> next();
    /// Why this is no list at all: not UTF-8, no header, a quote without an end. Rows that came
    /// before are not to be used.
    [[nodiscard]] const std::optional<std::string>& broken() const noexcept { return broken_; }

private:
    void feed_lines(std::string_view piece);
    void take_line(std::string_view text);
    void take_records();
    void take_header(const csv_record& record);
    void take_record(const csv_record& record);

    list_format format_;
    std::deque<list_row> ready_;
    std::optional<std::string> broken_;
    std::string line_text_; ///< of an address a line: what has no end yet
    std::uint32_t line_ = 1;
    csv_decoder records_;
    std::size_t columns_ = 0; ///< of the header; 0 before it
    std::string head_;        ///< the first bytes, until it is known whether they are a mark
    bool begun_ = false;
};

/// `NAME.result.csv`: what became of each line.
inline constexpr std::string_view result_ending = ".result.csv";
inline constexpr std::string_view result_header = "line,url,outcome,image_id,reason\r\n";

struct result_row {
    std::uint32_t line = 0;
    std::string url;
    std::string outcome; ///< confirmed, duplicate, held out, removed, rejected
    std::string image;   ///< GUID; empty where there is none
    std::string reason;  ///< of rejected lines

    bool operator==(const result_row&) const = default;
};

[[nodiscard]] std::string encode_result(const result_row& row);

} // namespace retraind::intake
