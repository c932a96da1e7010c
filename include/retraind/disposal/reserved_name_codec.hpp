#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace retraind::disposal {

/// Names that begin so are this daemon's: scanner and change hints pass over them.
inline constexpr std::string_view reserved_prefix = ".retraind-";

/// `.retraind-XXXXXXXX`, the X made of `random`: a folder that holds one file under its own name
/// where the form below would be too long.
[[nodiscard]] std::string reserved_folder(std::uint64_t random);

/// `.retraind-XXXXXXXX-ORIGINAL`, so that a crash loses no name; nothing where that is longer than
/// a name may be.
[[nodiscard]] std::optional<std::string> reserved_name(std::uint64_t random,
                                                       std::string_view original);

/// `.retraind-XXXXXXXX.part`: a file that is being written where nothing is scanned. It stands for
/// no picture, so it is never given back.
[[nodiscard]] std::string partial_name(std::uint64_t random);

[[nodiscard]] bool is_reserved(std::string_view name);
[[nodiscard]] bool is_reserved_folder(std::string_view name);
/// The name that the file had; nothing for names of another form.
[[nodiscard]] std::optional<std::string> original_name(std::string_view reserved);

} // namespace retraind::disposal
