#include "folder_labels.hpp"

#include <variant>

#include "retraind/intake/label_rules.hpp"
#include "retraind/watch/scanner.hpp"

namespace retraind::portal {
namespace {

/// What a picture directly in a folder would be called, for folders that have none yet.
constexpr std::string_view some_picture = "/picture.jpg";

bool labelled_by_folder(const intake::options& settings) {
    return std::holds_alternative<intake::tags_from_folder>(settings.tags) ||
           std::holds_alternative<intake::tags_from_folders>(settings.tags);
}

void take(folder_labels& into, const intake::labelling& labelling) {
    const auto* labels = std::get_if<intake::labels>(&labelling);
    if (labels != nullptr && !labels->names.empty()) {
        into.label_sets.insert(labels->names);
    }
}

} // namespace

folder_labels read_labels(const config::watch_block& folder) {
    folder_labels found;
    found.path = folder.watch.path;
    found.create_tags = folder.intake.create_tags;
    const result<intake::label_rules> rules = intake::label_rules::create(folder.intake);
    if (!rules) {
        found.problem = rules.error().message;
        return found;
    }
    const bool by_folder = labelled_by_folder(folder.intake);
    const auto on_folder = [&](int, const std::string& path) {
        if (by_folder && !path.empty() && path.find('/') == std::string::npos) {
            take(found, rules->label(path + std::string(some_picture)));
        }
    };
    watch::scan_cursor cursor(folder.watch.path, watch::name_rules(folder.watch), on_folder);
    while (true) {
        const result<watch::scan_part> part = cursor.next(watch::scan_limits());
        if (!part) {
            found.problem = part.error().message;
            return found;
        }
        for (const watch::scanned_file& file : part->files) {
            take(found, rules->label(file.path));
        }
        if (part->finished) {
            return found;
        }
    }
}

} // namespace retraind::portal
