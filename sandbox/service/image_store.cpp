#include "sandbox/service/image_store.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>

#include "sandbox/service/text_list.hpp"

namespace sandbox::service {

namespace {

constexpr std::string_view columns =
    "SELECT images.id, images.width, images.height, images.media_type, images.metadata, "
    "images.created ";

constexpr std::string_view members_of_project =
    "FROM images JOIN members ON members.image_id = images.id AND members.iteration_id = ?1 "
    "WHERE images.project_id = ?2 ";

image read(const rows& row) {
    image read;
    read.id = row.text(0);
    read.width = static_cast<unsigned>(row.integer(1));
    read.height = static_cast<unsigned>(row.integer(2));
    read.media_type = row.text(3);
    read.metadata = row.optional_text(4);
    read.created = row.integer(5);
    return read;
}

/// ?4 holds what is compared with, so that nothing of it is SQL.
std::string metadata_condition(const metadata_filter& filter) {
    std::string sql;
    std::size_t next = 0;
    for (const auto& all : filter) {
        sql += sql.empty() ? "(" : " OR (";
        for (std::size_t i = 0; i < all.size(); ++i, ++next) {
            sql += fmt::format("{}{}EXISTS (SELECT 1 FROM json_each(COALESCE(images.metadata, "
                               "'{{}}')) AS pair WHERE pair.key = json_extract(?4, '$[{}][0]') "
                               "AND pair.value = json_extract(?4, '$[{}][1]'))",
                               i == 0 ? "" : " AND ", all[i].is_equal ? "" : "NOT ", next, next);
        }
        sql += ')';
    }
    return sql.empty() ? "AND ?4 IS NOT NULL " : "AND (" + sql + ") ";
}

std::string compared(const metadata_filter& filter) {
    boost::json::array pairs;
    for (const auto& all : filter) {
        for (const metadata_comparison& each : all) {
            pairs.push_back(boost::json::array{each.key, each.value});
        }
    }
    return boost::json::serialize(pairs);
}

std::string condition(const image_filter& filter) {
    std::string sql(members_of_project);
    const std::string any_tag =
        "EXISTS (SELECT 1 FROM image_tags WHERE image_tags.iteration_id = ?1 "
        "AND image_tags.image_id = images.id";
    if (filter.status == tagging::untagged) {
        sql += "AND NOT " + any_tag + ") ";
    } else if (filter.status == tagging::tagged) {
        sql += "AND " + any_tag + ") ";
    }
    if (!filter.tag_ids.empty()) {
        sql += "AND " + any_tag + " AND image_tags.tag_id IN (SELECT value FROM json_each(?3))) ";
    } else {
        sql += "AND ?3 IS NOT NULL "; // so that the parameters are the same for both
    }
    return sql + metadata_condition(filter.metadata);
}

} // namespace

std::vector<image> image_store::list(const image_filter& filter, const page& window) const {
    const std::string sql = std::string(columns) + condition(filter) + "ORDER BY images.seq " +
                            (window.newest_first ? "DESC " : "ASC ") + "LIMIT ?5 OFFSET ?6";
    std::vector<image> found;
    rows row =
        database_.query(sql, filter.iteration_id, filter.project_id, json_list(filter.tag_ids),
                        compared(filter.metadata), window.take, window.skip);
    while (row.next()) {
        found.push_back(read(row));
        read_details(filter.iteration_id, found.back());
    }
    return found;
}

std::size_t image_store::count(const image_filter& filter) const {
    return static_cast<std::size_t>(
        database_
            .scalar("SELECT COUNT(*) " + condition(filter), filter.iteration_id, filter.project_id,
                    json_list(filter.tag_ids), compared(filter.metadata))
            .value_or(0));
}

std::vector<image> image_store::find(std::string_view project_id, std::string_view iteration_id,
                                     const std::vector<std::string>& ids) const {
    const std::string sql = std::string(columns) + std::string(members_of_project) +
                            "AND images.id IN (SELECT value FROM json_each(?3)) "
                            "ORDER BY images.seq";
    std::vector<image> found;
    rows row = database_.query(sql, iteration_id, project_id, json_list(ids));
    while (row.next()) {
        found.push_back(read(row));
        read_details(iteration_id, found.back());
    }
    return found;
}

std::optional<image> image_store::find_one(std::string_view project_id, std::string_view id) const {
    auto found = find(project_id, workspace, {std::string(id)});
    return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

std::optional<std::string> image_store::media_type(std::string_view project_id,
                                                   std::string_view id) const {
    rows row = database_.query("SELECT media_type FROM images WHERE project_id = ? AND id = ?",
                               project_id, id);
    return row.next() ? std::optional(row.text(0)) : std::nullopt;
}

std::optional<std::string> image_store::find_content(std::string_view project_id,
                                                     std::string_view sha256) const {
    rows row = database_.query("SELECT images.id FROM images JOIN members "
                               "ON members.image_id = images.id AND members.iteration_id = '' "
                               "WHERE images.project_id = ? AND images.sha256 = ?",
                               project_id, blob{sha256});
    return row.next() ? std::optional(row.text(0)) : std::nullopt;
}

void image_store::insert(std::string_view project_id, const image& added, std::string_view sha256) {
    database_.run("INSERT INTO images(id, project_id, sha256, width, height, media_type, "
                  "metadata, created) VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
                  added.id, project_id, blob{sha256}, std::int64_t{added.width},
                  std::int64_t{added.height}, added.media_type, added.metadata, added.created);
    database_.run("INSERT INTO members(iteration_id, image_id) VALUES('', ?)", added.id);
}

bool image_store::add_tag(std::string_view image_id, std::string_view tag_id, ticks moment) {
    return database_.run("INSERT OR IGNORE INTO image_tags(iteration_id, image_id, tag_id, "
                         "created) VALUES('', ?, ?, ?)",
                         image_id, tag_id, moment) > 0;
}

bool image_store::remove_tag(std::string_view image_id, std::string_view tag_id) {
    database_.run("DELETE FROM regions WHERE iteration_id = '' AND image_id = ? AND tag_id = ?",
                  image_id, tag_id);
    return database_.run("DELETE FROM image_tags WHERE iteration_id = '' AND image_id = ? "
                         "AND tag_id = ?",
                         image_id, tag_id) > 0;
}

bool image_store::add_region(std::string_view image_id, const region& added) {
    const box& place = added.place;
    const auto same = database_.scalar(
        "SELECT 1 FROM regions WHERE iteration_id = '' AND image_id = ? AND tag_id = ? "
        "AND left = ? AND top = ? AND width = ? AND height = ?",
        image_id, added.tag_id, place.left, place.top, place.width, place.height);
    if (same) {
        return false;
    }
    database_.run("INSERT INTO regions(iteration_id, id, image_id, tag_id, left, top, width, "
                  "height, created) VALUES('', ?, ?, ?, ?, ?, ?, ?, ?)",
                  added.id, image_id, added.tag_id, place.left, place.top, place.width,
                  place.height, added.created);
    return true;
}

bool image_store::remove_region(std::string_view project_id, std::string_view region_id,
                                bool forget_tag) {
    std::string image_id;
    std::string tag_id;
    {
        rows row = database_.query(
            "DELETE FROM regions WHERE iteration_id = '' AND id = ? AND EXISTS (SELECT 1 FROM "
            "images WHERE images.id = image_id AND project_id = ?) RETURNING image_id, tag_id",
            region_id, project_id);
        if (!row.next()) {
            return false;
        }
        image_id = row.text(0);
        tag_id = row.text(1);
        row.next(); // the deletion is done when the statement has come to its end
    }
    if (forget_tag) {
        database_.run("DELETE FROM image_tags WHERE iteration_id = '' AND image_id = ?1 "
                      "AND tag_id = ?2 AND NOT EXISTS (SELECT 1 FROM regions "
                      "WHERE iteration_id = '' AND image_id = ?1 AND tag_id = ?2)",
                      image_id, tag_id);
    }
    return true;
}

void image_store::set_metadata(std::string_view image_id, std::string_view metadata) {
    database_.run("UPDATE images SET metadata = ? WHERE id = ?", metadata, image_id);
}

bool image_store::leave_workspace(std::string_view project_id, std::string_view id) {
    const auto left = database_.run(
        "DELETE FROM members WHERE iteration_id = '' AND image_id = ? "
        "AND EXISTS (SELECT 1 FROM images WHERE images.id = image_id AND project_id = ?)",
        id, project_id);
    if (left == 0) {
        return false;
    }
    database_.run("DELETE FROM image_tags WHERE iteration_id = '' AND image_id = ?", id);
    database_.run("DELETE FROM regions WHERE iteration_id = '' AND image_id = ?", id);
    return true;
}

void image_store::leave_iterations(std::string_view id) {
    database_.run("DELETE FROM members WHERE iteration_id <> '' AND image_id = ?", id);
    database_.run("DELETE FROM image_tags WHERE iteration_id <> '' AND image_id = ?", id);
    database_.run("DELETE FROM regions WHERE iteration_id <> '' AND image_id = ?", id);
}

std::vector<std::string> image_store::purge(std::string_view project_id) {
    std::vector<std::string> gone;
    rows row = database_.query("DELETE FROM images WHERE project_id = ? AND NOT EXISTS "
                               "(SELECT 1 FROM members WHERE members.image_id = images.id) "
                               "RETURNING id",
                               project_id);
    while (row.next()) {
        gone.push_back(row.text(0));
    }
    return gone;
}

void image_store::read_details(std::string_view iteration_id, image& into) const {
    // An iteration remembers the names its tags had.
    constexpr std::string_view tag_name =
        "COALESCE((SELECT name FROM iteration_tags WHERE iteration_tags.iteration_id = ?1 "
        "AND iteration_tags.tag_id = own.tag_id), (SELECT name FROM tags WHERE id = own.tag_id)) ";
    rows tags = database_.query("SELECT tag_id, " + std::string(tag_name) +
                                    ", created FROM image_tags AS own WHERE iteration_id = ?1 "
                                    "AND image_id = ?2 ORDER BY created DESC, tag_id",
                                iteration_id, into.id);
    while (tags.next()) {
        into.tags.push_back({tags.text(0), tags.text(1), tags.integer(2)});
    }
    rows boxes = database_.query("SELECT id, tag_id, " + std::string(tag_name) +
                                     ", left, top, width, height, created FROM regions AS own "
                                     "WHERE iteration_id = ?1 AND image_id = ?2 "
                                     "ORDER BY created DESC, id",
                                 iteration_id, into.id);
    while (boxes.next()) {
        into.regions.push_back({boxes.text(0),
                                boxes.text(1),
                                boxes.text(2),
                                {boxes.real(3), boxes.real(4), boxes.real(5), boxes.real(6)},
                                boxes.integer(7)});
    }
}

} // namespace sandbox::service
