#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "retraind/base/error.hpp"
#include "retraind/base/file_identity.hpp"
#include "retraind/intake/coco_codec.hpp"
#include "retraind/intake/options.hpp"
#include "retraind/intake/reasons.hpp"
#include "retraind/intake/region_rules.hpp"

namespace retraind::intake {

/// A file that says something of a picture, as it was when it was read.
struct sidecar_file {
    std::string path; ///< below the watched folder
    file_identity identity;
    bool own = false; ///< the picture's alone (NAME.*): goes where it goes

    bool operator==(const sidecar_file&) const = default;
};

/// What was found beside one picture.
struct sidecar_look {
    std::vector<sidecar_file> files; ///< the picture's own, and those that were used
    bool found = false;              ///< some file speaks of the picture
    bool changing = false;           ///< one was written to while it was read
    sidecar_labels labels;           ///< where nothing is `broken`
    std::optional<refusal> broken;
    bool may_come = false;   ///< it is broken by a file that is missing or cannot be read yet
    std::uint64_t state = 0; ///< another number when any file that counts comes, goes or changes
};

/// Finds and reads the sidecars of one watched folder's pictures. Symbolic links are none: they may
/// lead to what the writer of the folder must not read. Keeps the newest COCO files in memory.
/// Every call blocks: file threads only, one at a time.
class sidecar_files {
public:
    /// `folder` is the watched one, absolute.
    sidecar_files(std::string folder, std::vector<sidecar_format> formats);

    /// `picture_path` is below the watched folder.
    [[nodiscard]] sidecar_look look(const std::string& picture_path, const picture& shown);

    /// What `sidecar_look::state` would be, without reading a byte.
    [[nodiscard]] std::uint64_t state(const std::string& picture_path) const;

    /// The picture's own sidecars, whatever is in them.
    [[nodiscard]] std::vector<sidecar_file> own_files(const std::string& picture_path) const;

private:
    struct known_coco {
        file_identity identity;
        std::shared_ptr<const result<coco_index>> index;
    };

    [[nodiscard]] std::optional<sidecar_file> stat(const std::string& path) const;
    void read_own(sidecar_look& found, sidecar_format format, const sidecar_file& file,
                  const std::string& picture_path, const picture& shown);
    void read_coco(sidecar_look& found, const std::string& picture_path, const picture& shown);
    [[nodiscard]] std::shared_ptr<const result<coco_index>> coco_at(const sidecar_file& file);
    [[nodiscard]] result<std::string> read(const sidecar_file& file, std::uint64_t most) const;
    [[nodiscard]] result<std::vector<std::string>>
    classes_of(sidecar_look& found, const std::string& picture_path) const;
    static void take(sidecar_look& found, const std::string& path, result<sidecar_labels> said);
    static void fail_with(sidecar_look& found, const std::string& path, const error& why);

    std::string folder_;
    std::vector<sidecar_format> formats_;
    std::map<std::string, known_coco> coco_; ///< by path
};

} // namespace retraind::intake
