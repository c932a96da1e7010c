#include "retraind/intake/url_list_file.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "retraind/base/text.hpp"
#include "retraind/intake/url_picture_tracker.hpp"

namespace retraind::intake {
namespace {

constexpr std::size_t piece_size = std::size_t{16} << 10;
constexpr std::size_t lines_at_once = 1024;

refusal no_list(std::string sentence) {
    return {std::string(code::unreadable), std::move(sentence),
            "write it as docs/lists.md says (*.urls: an address a line; *.csv: with its header), "
            "in UTF-8, and drop it again"};
}

} // namespace

result<url_list_file> url_list_file::open(const std::string& path, const file_identity& expected) {
    result<image_file> file = image_file::open(path);
    if (!file) {
        return tl::unexpected(std::move(file.error()));
    }
    if (const result<void> same = file->expect(expected); !same) {
        return tl::unexpected(same.error().in(printable(path)));
    }
    return url_list_file(std::move(*file), expected, list_format_of(path));
}

result<std::vector<list_row>> url_list_file::next(std::size_t most) {
    std::vector<list_row> rows;
    while (rows.size() < most) {
        if (std::optional<list_row> row = rows_.next()) {
            rows.push_back(std::move(*row));
            continue;
        }
        if (ended_) {
            break;
        }
        if (const result<void> read = read_on(); !read) {
            return tl::unexpected(read.error());
        }
    }
    return rows;
}

result<void> url_list_file::read_on() {
    std::array<std::byte, piece_size> piece{};
    const result<std::size_t> got = file_.read_at(offset_, piece);
    if (!got) {
        return tl::unexpected(got.error());
    }
    offset_ += *got;
    if (*got > 0) {
        rows_.feed({reinterpret_cast<const char*>(piece.data()), *got});
    } else {
        ended_ = true;
        rows_.finish();
        if (const result<void> same = file_.expect(expected_); !same && !may_be_renamed_) {
            return same;
        }
    }
    if (rows_.broken()) {
        return fail(errc::invalid, *rows_.broken());
    }
    return {};
}

result<std::variant<list_survey, refusal>> survey_list(const std::string& path,
                                                       const file_identity& expected) {
    if (expected.size == 0) {
        return refuse_empty();
    }
    result<url_list_file> file = url_list_file::open(path, expected);
    if (!file) {
        return tl::unexpected(file.error());
    }
    list_survey found;
    while (true) {
        const result<std::vector<list_row>> rows = file->next(lines_at_once);
        if (!rows && rows.error().code == errc::invalid) {
            return no_list(rows.error().message);
        }
        if (!rows) {
            return tl::unexpected(rows.error());
        }
        if (rows->empty()) {
            break;
        }
        found.lines += static_cast<std::uint32_t>(rows->size());
        if (found.lines > most_list_lines) {
            return no_list(fmt::format("it has more than {} lines; split it", most_list_lines));
        }
        for (const list_row& row : *rows) {
            if (row.problem.empty()) {
                found.addresses.push_back(address_key(row.url));
            } else {
                ++found.bad;
            }
        }
    }
    std::ranges::sort(found.addresses);
    return found;
}

} // namespace retraind::intake
