#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "retraind/base/error.hpp"
#include "retraind/base/file_identity.hpp"
#include "retraind/intake/image_file.hpp"
#include "retraind/intake/reasons.hpp"
#include "retraind/intake/url_list_codec.hpp"

namespace retraind::intake {

/// No list has more lines that count: what is known of each sits in memory.
inline constexpr std::uint32_t most_list_lines = 1'000'000;

/// What a first reading of a list found.
struct list_survey {
    std::uint32_t lines = 0;              ///< that count, good and bad ones
    std::uint32_t bad = 0;                ///< those of them that cannot be sent
    std::vector<std::uint64_t> addresses; ///< `address_key` of every good line, sorted
};

/// A list read from its front, a few lines at a time. Every call blocks: file threads only.
class url_list_file {
public:
    /// Fails with `changed` where the file is not `expected`, and as `image_file::open` does.
    [[nodiscard]] static result<url_list_file> open(const std::string& path,
                                                    const file_identity& expected);

    /// From now on a new name is no change: disposal gives the file one while its result is
    /// written, and compares what it holds by itself.
    void allow_renames() noexcept { may_be_renamed_ = true; }

    /// At most `most` lines; none at the end. Fails with `changed` where the file is not the one
    /// that was opened any more, and with `invalid` where it is no list.
    [[nodiscard]] result<std::vector<list_row>> next(std::size_t most);

private:
    url_list_file(image_file file, const file_identity& expected, list_format format)
        : file_(std::move(file)), expected_(expected), rows_(format) {}

    [[nodiscard]] result<void> read_on();

    image_file file_;
    file_identity expected_;
    url_list_decoder rows_;
    std::uint64_t offset_ = 0;
    bool ended_ = false;
    bool may_be_renamed_ = false;
};

/// Reads a whole list once, before anything of it is sent: what is no list is refused as a file.
/// Fails as `url_list_file` does, but for `invalid`. Blocks.
[[nodiscard]] result<std::variant<list_survey, refusal>> survey_list(const std::string& path,
                                                                     const file_identity& expected);

} // namespace retraind::intake
