#include "retraind/intake/url_list_codec.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "retraind/base/text.hpp"

namespace retraind::intake {
namespace {

/// What a box may stick out of its picture, and is cut: rounding to a few digits does that.
constexpr double tolerance = 0.001;
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::array<std::string_view, 7> columns{"url",   "tags",   "left",      "top",
                                                  "width", "height", "region_tag"};
constexpr std::size_t columns_without_region = 2;

std::string lower(std::string_view text) {
    std::string small(text);
    std::ranges::transform(small, small.begin(), [](char one) {
        return one >= 'A' && one <= 'Z' ? static_cast<char>(one - 'A' + 'a') : one;
    });
    return small;
}

bool has_control(std::string_view text) {
    return std::ranges::any_of(text, [](char one) {
        const auto byte = static_cast<unsigned char>(one);
        return byte < 0x20 || byte == 0x7F;
    });
}

void complain(list_row& row, std::string_view field, std::string_view what) {
    if (row.problem.empty()) {
        row.problem = fmt::format("line {}, {}: {}", row.line, field, what);
    }
}

std::string shortened(std::string_view text) {
    constexpr std::size_t most = 100;
    return text.size() <= most ? printable(text) : printable(text.substr(0, most)) + "…";
}

/// What of an address may be said: neither a signature nor a password is in it.
std::string without_secrets(std::string_view url) {
    url = url.substr(0, url.find_first_of("?#"));
    const std::size_t host = url.rfind('@');
    return shortened(host == std::string_view::npos ? url : url.substr(host + 1));
}

void take_url(list_row& row, std::string_view text) {
    row.url = trim(text);
    const std::string small = lower(row.url.substr(0, 8));
    const std::size_t scheme = small.starts_with("https://")  ? 8
                               : small.starts_with("http://") ? 7
                                                              : 0;
    if (row.url.empty()) {
        complain(row, "url", "there is no address");
    } else if (scheme == 0) {
        complain(row, "url",
                 fmt::format("\"{}\" is no http or https address", without_secrets(row.url)));
    } else if (row.url.size() > url_list_decoder::longest_url) {
        complain(row, "url",
                 fmt::format("the address has {} bytes, more than {}", row.url.size(),
                             url_list_decoder::longest_url));
    } else if (has_control(row.url) || row.url.find(' ') != std::string::npos) {
        complain(row, "url", "the address has blanks or control characters; write them as %20");
    } else if (row.url.size() == scheme || row.url[scheme] == '/' || row.url[scheme] == '?') {
        complain(row, "url", fmt::format("\"{}\" names no host", without_secrets(row.url)));
    }
}

void take_tags(list_row& row, std::string_view text, std::string_view separators) {
    while (!text.empty()) {
        const std::size_t end = std::min(text.find_first_of(separators), text.size());
        const std::string_view one = trim(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        if (one.empty()) {
            continue;
        }
        if (has_control(one)) {
            complain(row, "tags", fmt::format("\"{}\" has control characters", shortened(one)));
        }
        row.tags.push_back(to_nfc(one).value_or(std::string(one)));
    }
    std::ranges::sort(row.tags);
    row.tags.erase(std::ranges::unique(row.tags).begin(), row.tags.end());
}

double take_fraction(list_row& row, std::string_view field, std::string_view text) {
    text = trim(text);
    double value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failure != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) {
        complain(row, field, fmt::format("\"{}\" is no number", shortened(text)));
        return 0;
    }
    if (value < -tolerance || value > 1 + tolerance) {
        complain(row, field, fmt::format("{} is not a part of the picture (0 … 1)", value));
    }
    return std::clamp(value, 0.0, 1.0);
}

double take_extent(list_row& row, std::string_view field, std::string_view text, double from) {
    const double value = take_fraction(row, field, text);
    if (from + value > 1 + tolerance) {
        complain(row, field, fmt::format("{} from {} reaches out of the picture", value, from));
    }
    const double cut = std::min(value, 1 - from);
    if (cut <= 0) {
        complain(row, field, "a region has to have an extent");
    }
    return cut;
}

void take_region(list_row& row, const std::vector<std::string>& fields) {
    const auto blank = [](const std::string& field) {
        return trim(field).empty();
    };
    if (std::all_of(fields.begin() + columns_without_region, fields.end(), blank)) {
        return;
    }
    region_label region;
    region.left = take_fraction(row, columns[2], fields[2]);
    region.top = take_fraction(row, columns[3], fields[3]);
    region.width = take_extent(row, columns[4], fields[4], region.left);
    region.height = take_extent(row, columns[5], fields[5], region.top);
    const std::string_view tag = trim(fields[6]);
    region.tag = to_nfc(tag).value_or(std::string(tag));
    if (region.tag.empty()) {
        complain(row, columns[6], "a region has to have a tag");
    } else if (has_control(region.tag)) {
        complain(row, columns[6], "it has control characters");
    }
    row.region = std::move(region);
}

std::string not_text(std::uint32_t line) {
    return fmt::format("line {} is not UTF-8 text", line);
}

bool is_text(std::string_view bytes) {
    return bytes.find('\0') == std::string_view::npos && to_nfc(bytes);
}

} // namespace

list_format list_format_of(std::string_view name) {
    return lower(name).ends_with(".csv") ? list_format::csv : list_format::urls;
}

void url_list_decoder::feed(std::string_view piece) {
    if (!begun_) {
        head_ += piece;
        if (head_.size() < byte_order_mark.size()) {
            return;
        }
        begun_ = true;
        if (head_.starts_with(byte_order_mark)) {
            head_.erase(0, byte_order_mark.size());
        }
        piece = head_;
    }
    if (format_ == list_format::csv) {
        records_.feed(piece);
        take_records();
    } else {
        feed_lines(piece);
    }
    head_.clear();
}

void url_list_decoder::finish() {
    if (!begun_) {
        begun_ = true;
        const std::string all = std::exchange(head_, {});
        feed(all);
    }
    if (broken_) {
        return;
    }
    if (format_ == list_format::urls) {
        if (!line_text_.empty()) {
            take_line(line_text_);
        }
        return;
    }
    records_.finish();
    take_records();
    if (!broken_ && columns_ == 0) {
        broken_ = "it has no header; the first line is to be url,tags";
    }
}

std::optional<list_row> url_list_decoder::next() {
    if (ready_.empty()) {
        return std::nullopt;
    }
    list_row first = std::move(ready_.front());
    ready_.pop_front();
    return first;
}

void url_list_decoder::feed_lines(std::string_view piece) {
    while (!piece.empty() && !broken_) {
        const std::size_t end = piece.find('\n');
        line_text_ += piece.substr(0, end);
        if (line_text_.size() > csv_decoder::longest_record) {
            broken_ = fmt::format("line {} has more than {} bytes", line_, line_text_.size() - 1);
            return;
        }
        if (end == std::string_view::npos) {
            return;
        }
        take_line(line_text_);
        line_text_.clear();
        ++line_;
        piece.remove_prefix(end + 1);
    }
}

void url_list_decoder::take_line(std::string_view text) {
    if (!is_text(text)) {
        broken_ = not_text(line_);
        return;
    }
    if (text.ends_with('\r')) {
        text.remove_suffix(1);
    }
    const std::string_view trimmed = trim(text);
    if (trimmed.empty() || trimmed.starts_with('#')) {
        return;
    }
    list_row row;
    row.line = line_;
    const std::size_t tab = trimmed.find('\t');
    take_url(row, trimmed.substr(0, tab));
    if (tab != std::string_view::npos) {
        take_tags(row, trimmed.substr(tab + 1), ",\t");
    }
    ready_.push_back(std::move(row));
}

void url_list_decoder::take_records() {
    while (!broken_) {
        const std::optional<csv_record> record = records_.next();
        if (!record) {
            break;
        }
        if (!std::ranges::all_of(record->fields, is_text)) {
            broken_ = not_text(record->line);
        } else if (columns_ == 0) {
            take_header(*record);
        } else {
            take_record(*record);
        }
    }
    if (!broken_) {
        broken_ = records_.broken();
    }
}

void url_list_decoder::take_header(const csv_record& record) {
    const auto same = [](const std::string& field, std::string_view column) {
        return lower(trim(field)) == column;
    };
    const std::size_t count = record.fields.size();
    const bool known = count == columns_without_region || count == columns.size();
    if (!known || !record.problem.empty() ||
        !std::equal(record.fields.begin(), record.fields.end(), columns.begin(), same)) {
        broken_ =
            fmt::format("line {}: this is no header of a list; it is to be {}, or {}", record.line,
                        fmt::join(columns.begin(), columns.begin() + columns_without_region, ","),
                        fmt::join(columns, ","));
        return;
    }
    columns_ = count;
}

void url_list_decoder::take_record(const csv_record& record) {
    list_row row;
    row.line = record.line;
    if (!record.problem.empty()) {
        row.url = trim(record.fields.front());
        row.problem = fmt::format("line {}: it {}", row.line, record.problem);
    } else if (record.fields.size() != columns_) {
        row.url = trim(record.fields.front());
        row.problem = fmt::format("line {}: it has {} fields, the header has {}", row.line,
                                  record.fields.size(), columns_);
    } else {
        take_url(row, record.fields[0]);
        take_tags(row, record.fields[1], ";");
        if (columns_ > columns_without_region) {
            take_region(row, record.fields);
        }
    }
    ready_.push_back(std::move(row));
}

std::string encode_result(const result_row& row) {
    const std::array<std::string, 5> fields{std::to_string(row.line), row.url, row.outcome,
                                            row.image, row.reason};
    return encode_csv(fields);
}

} // namespace retraind::intake
