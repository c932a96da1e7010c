#include <algorithm>

#include "blocks.hpp"
#include "values.hpp"

namespace retraind::config {
namespace {

struct watch_draft {
    watch_block& block;
    draft& whole;
};

struct tags_draft {
    std::optional<intake::tag_source> source;
    int forms = 0;
};

intake::tag_source by_folders(bool every) {
    if (every) {
        return intake::tags_from_folders{};
    }
    return intake::tags_from_folder{};
}

const table<tags_draft>& tags_table() {
    static const auto add = [](tags_draft& tags, std::optional<intake::tag_source> source) {
        tags.source = std::move(source);
        ++tags.forms;
    };
    static const table<tags_draft> rows{
        own_row<tags_draft>(
            "from", {"one of folder, folders", schema::words({"folder", "folders"})}, "off",
            "the first folder below path, or every level",
            [](reader& in, const YAML::Node& node, tags_draft& tags) {
                const choice_value<bool> kind{{{"folder", false}, {"folders", true}}};
                if (const auto every = kind.read(in, node)) {
                    add(tags, by_folders(*every));
                }
            }),
        own_row<tags_draft>("pattern", {"regular expression", schema::text()}, "off",
                            "over the file's name; its group `tag` is the tag: `(?<tag>[a-z]+)_.*`",
                            [](reader& in, const YAML::Node& node, tags_draft& tags) {
                                const auto text = text_value().read(in, node);
                                if (!text) {
                                    return;
                                }
                                if (const auto good = intake::check_tag_pattern(*text); !good) {
                                    in.wrong(node, good.error().message);
                                    return;
                                }
                                add(tags, intake::tags_from_pattern{*text});
                            }),
        own_row<tags_draft>("fixed", shape_of(text_list_value()), "off",
                            "the same tags for every picture",
                            [](reader& in, const YAML::Node& node, tags_draft& tags) {
                                auto names = text_list_value().read(in, node);
                                if (!names) {
                                    return;
                                }
                                if (const auto good = intake::check_fixed_tags(*names); !good) {
                                    in.wrong(node, good.error().message);
                                    return;
                                }
                                add(tags, intake::tags_fixed{std::move(*names)});
                            }),
    };
    return rows;
}

shape tags_shape() {
    boost::json::object one_form;
    one_form["minProperties"] = 1;
    one_form["maxProperties"] = 1;
    shape made =
        block_of(tags_table, "{from: folder}, {from: folders}, {pattern: …}, {fixed: […]} or none",
                 one_form);
    made.value = schema::words({"folder", "folders", "none"});
    return made;
}

void take_tags(reader& in, const YAML::Node& node, watch_draft& draft) {
    if (node.IsScalar()) {
        const choice_value<intake::tag_source> word{{{"folder", intake::tags_from_folder{}},
                                                     {"folders", intake::tags_from_folders{}},
                                                     {"none", intake::tags_none{}}}};
        if (auto source = word.read(in, node)) {
            draft.block.intake.tags = std::move(*source);
        }
        return;
    }
    tags_draft tags;
    const bool clean = in.clean();
    read_block(in, node, tags_table(), tags);
    if (tags.forms > 1) {
        in.wrong(node, "has several of from, pattern and fixed; keep one");
    } else if (tags.source) {
        draft.block.intake.tags = std::move(*tags.source);
    } else if (clean && in.clean()) {
        in.wrong(node, "says nothing; write {from: folder}");
    }
}

void take_negative_tag(reader& in, const YAML::Node& node, watch_draft& draft) {
    auto name = text_value().read(in, node);
    if (!name) {
        return;
    }
    if (const auto good = intake::check_negative_folder(*name); !good) {
        in.wrong(node, good.error().message);
        return;
    }
    draft.block.intake.negative_folder = std::move(*name);
}

struct move_draft {
    std::optional<std::string> folder;
};

const table<move_draft>& move_table() {
    static const table<move_draft> rows{
        row("move_to", optional_path_value{}, &move_draft::folder, required,
            "the folder where pictures go; each keeps its path below it")};
    return rows;
}

shape after_upload_shape() {
    shape made = block_of(move_table, "keep, delete or {move_to: path}");
    made.value = schema::words({"keep", "delete"});
    return made;
}

void take_after_upload(reader& in, const YAML::Node& node, watch_draft& draft) {
    disposal::after_upload& target = draft.block.disposal.uploaded;
    if (node.IsScalar()) {
        const choice_value<disposal::after_upload> word{
            {{"keep", disposal::keep{}}, {"delete", disposal::remove{}}}};
        if (auto action = word.read(in, node)) {
            target = std::move(*action);
        }
        return;
    }
    move_draft move;
    read_block(in, node, move_table(), move);
    if (move.folder) {
        note_place(in, node, *move.folder, place::use::destination, draft.whole);
        target = disposal::move_to{*move.folder};
    }
}

void take_rejected(reader& in, const YAML::Node& node, watch_draft& draft) {
    if (auto folder = path_value().read(in, node)) {
        note_place(in, node, *folder, place::use::destination, draft.whole);
        draft.block.disposal.rejected = std::move(*folder);
    }
}

/// A row whose value goes into one of the three rooms' options.
template <class Kind, class Part, class Member>
key<watch_draft> part_row(std::string_view name, Kind kind, Part watch_block::*part,
                          Member Part::*member, std::string_view default_text,
                          std::string_view doc) {
    return own_row<watch_draft>(
        name, shape_of(kind), default_text, doc,
        [kind, part, member](reader& in, const YAML::Node& node, watch_draft& draft) {
            if (auto value = kind.read(in, node)) {
                draft.block.*part.*member = std::move(*value);
            }
        });
}

shape sidecars_shape() {
    boost::json::object list = schema::list_of(schema::words({"yolo", "voc", "coco", "json"}));
    list["uniqueItems"] = true;
    return {"list of yolo, voc, coco, json", std::move(list)};
}

/// Sidecars are no pictures, whatever `include` says.
void take_sidecars(reader& in, const YAML::Node& node, watch_draft& draft) {
    if (!text_list_value().read(in, node)) {
        return;
    }
    const choice_value<intake::sidecar_format> format{{{"yolo", intake::sidecar_format::yolo},
                                                       {"voc", intake::sidecar_format::voc},
                                                       {"coco", intake::sidecar_format::coco},
                                                       {"json", intake::sidecar_format::json}}};
    std::vector<intake::sidecar_format> formats;
    for (std::size_t at = 0; at < node.size(); ++at) {
        const reader::scope inside(in, at);
        const auto one = format.read(in, node[at]);
        if (!one) {
            return;
        }
        if (std::find(formats.begin(), formats.end(), *one) != formats.end()) {
            in.wrong(node[at], "stands here twice; keep one");
            return;
        }
        formats.push_back(*one);
    }
    const std::vector<std::string> patterns = intake::sidecar_patterns(formats);
    auto& excluded = draft.block.watch.exclude;
    excluded.insert(excluded.end(), patterns.begin(), patterns.end());
    draft.block.intake.sidecars = std::move(formats);
}

void take_path(reader& in, const YAML::Node& node, watch_draft& draft) {
    if (auto path = path_value().read(in, node)) {
        note_place(in, node, *path, place::use::watched, draft.whole);
        draft.block.watch.path = std::move(*path);
    }
}

void add_excluded(reader& in, const YAML::Node& node, watch_draft& draft) {
    if (const auto patterns = text_list_value().read(in, node)) {
        auto& all = draft.block.watch.exclude;
        all.insert(all.end(), patterns->begin(), patterns->end());
    }
}

const table<watch_draft>& watch_table() {
    using block = watch_block;
    static const table<watch_draft> rows{
        own_row<watch_draft>("path", shape_of(path_value()), required, "the drop folder",
                             take_path),
        part_row("scan_every", duration_value{}, &block::watch, &watch::options::scan_every, "10s",
                 "how often the folder is listed whole; changes are noticed at once where the file "
                 "system says them"),
        part_row("settle", duration_value{}, &block::watch, &watch::options::settle, "2s",
                 "unchanged this long is complete; a rename into place is complete at once"),
        part_row("truncated_after", duration_value{}, &block::intake,
                 &intake::options::truncated_after, "1h",
                 "a picture without its end is called truncated after this long without change"),
        part_row("include", text_list_value{}, &block::watch, &watch::options::include,
                 R"(["*.jpg", "*.jpeg", "*.png", "*.bmp", "*.gif"])",
                 "patterns of file names that are pictures; case is ignored. `*.urls` and `*.csv` "
                 "are lists of addresses (lists.md) whatever stands here"),
        own_row<watch_draft>(
            "exclude", shape_of(text_list_value()),
            R"([".*", "*.part", "*.tmp", "@eaDir", "#recycle", "$RECYCLE.BIN", )"
            R"("System Volume Information", "lost+found", "Thumbs.db"])",
            "files and folders that are passed over; a list here is added to these", add_excluded),
        own_row<watch_draft>("tags", tags_shape(), "{from: folder}",
                             "where a picture's tags come from", take_tags),
        part_row("unlabelled",
                 choice_value<intake::unlabelled>{{{"hold", intake::unlabelled::hold},
                                                   {"untagged", intake::unlabelled::untagged}}},
                 &block::intake, &intake::options::without_label, "hold",
                 "pictures that no rule labels: they wait, held, or go without a tag"),
        part_row("create_tags", flag_value{}, &block::intake, &intake::options::create_tags, "true",
                 "whether a tag that the project lacks is made"),
        own_row<watch_draft>("sidecars", sidecars_shape(), "off",
                             "files beside a picture that say its regions and further tags: "
                             "NAME.txt and classes.txt, NAME.xml, NAME.json, or one COCO file a "
                             "folder; they go where their picture goes (see below)",
                             take_sidecars),
        part_row("sidecar_wait", duration_value{}, &block::intake, &intake::options::sidecar_wait,
                 "30s", "how long a complete picture waits for its sidecar; then it goes as it is"),
        own_row<watch_draft>(
            "negative_tag", {"name of a folder", schema::text()}, "off",
            "a folder of this name (`_negative`) carries the project's one Negative tag; it is "
            "made as `Negative` where the project has none. Its pictures never carry another tag. "
            "Other folders whose name begins with `_` are never tags: what lies in them is held",
            take_negative_tag),
        own_row<watch_draft>("metadata", metadata_shape(), "off",
                             "keys and texts that every picture of the folder carries on the "
                             "service, `{site: plant-7}`: at most 10, of 128 and 256 characters; "
                             "needs api_version v3.3 or later",
                             [](reader& in, const YAML::Node& node, watch_draft& draft) {
                                 take_metadata(in, node, draft.whole, draft.block.intake.metadata);
                             }),
        part_row("oversize",
                 choice_value<intake::oversize>{
                     {{"reject", intake::oversize::reject}, {"shrink", intake::oversize::shrink}}},
                 &block::intake, &intake::options::too_large, "reject",
                 "pictures of more than 6,000,000 bytes or 10,240 pixels a side: rejected, or made "
                 "smaller and sent (see below)"),
        own_row<watch_draft>("after_upload", after_upload_shape(), "keep",
                             "what becomes of a picture once its outcome is recorded",
                             take_after_upload),
        own_row<watch_draft>("rejected", shape_of(path_value()), "off",
                             "where rejected pictures go, each with `NAME.reason.json` beside it; "
                             "off: they stay, remembered",
                             take_rejected),
    };
    return rows;
}

} // namespace

shape watch_shape() {
    return blocks_of(watch_table);
}

void read_watch(reader& in, const YAML::Node& node, draft& whole, watch_block& block) {
    watch_draft target{block, whole};
    read_block(in, node, watch_table(), target);
}

} // namespace retraind::config
