// From the lines of a list to addresses that can be sent.
#include "url_list_run.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>

#include "retraind/base/text.hpp"

namespace retraind::pipeline {
namespace {

/// Lines read in one hop to the file threads.
constexpr std::size_t lines_at_once = 256;
/// The service's limits for one training picture (CONTRACT.md section 4).
constexpr std::size_t most_regions = 300;
constexpr std::size_t most_tags = 100;

std::vector<std::string> with_region_tags(const intake::labels& own,
                                          const intake::list_picture& picture) {
    std::set<std::string> all(own.names.begin(), own.names.end());
    for (const intake::region_label& region : picture.regions) {
        all.insert(region.tag);
    }
    return {all.begin(), all.end()};
}

line_settled rejected(const intake::refusal& why) {
    ledger::rejection reason;
    reason.code = why.code;
    reason.sentence = why.sentence;
    reason.mend = why.mend;
    return {outcome::rejected, std::nullopt, std::move(reason)};
}

intake::labelling label_without_place(const folder_port& port, const std::string& path) {
    intake::options lenient = port.options().intake;
    lenient.without_label = intake::unlabelled::untagged;
    const result<intake::label_rules> rules = intake::label_rules::create(lenient);
    if (!rules) {
        // `config` has judged the pattern already, so this is a bug and not a person's mistake.
        throw std::logic_error(rules.error().message);
    }
    return rules->label(path);
}

} // namespace

url_list_run::url_list_run(project_state& project, tagging_loop& tagging,
                           const url_list_loop::options& chosen,
                           const url_list_loop::confirmed_listener& confirmed,
                           const list_place& place, const intake::list_survey& survey,
                           const outcome_totals& counted)
    : project_(project),
      tagging_(tagging),
      options_(chosen),
      confirmed_(confirmed),
      place_(place),
      placed_(project.folders[place.folder]->labels().label(place.file.path)),
      place_alone_(label_without_place(*project.folders[place.folder], place.file.path)),
      create_tags_(project.folders[place.folder]->options().intake.create_tags),
      survey_(survey),
      enough_(2 * project.options.batch.max_images),
      pictures_(survey.addresses),
      lines_(survey.lines),
      counted_(counted),
      file_(std::make_shared<std::optional<intake::url_list_file>>()),
      planner_(project.options.batch),
      recovery_(project, "lists"),
      tags_(project, "list tags"),
      wakeup_(project.common.loop) {}

task<result<void>> url_list_run::run() {
    const auto stopping = project_.common.stop.subscribe([this] { wakeup_.notify(); });
    while (!project_.common.stop.requested()) {
        move_due();
        if (!anew_.empty()) {
            co_await plan_anew();
            count();
            continue;
        }
        if (!without_tags_.empty() && !project_.capacity.read_only()) {
            co_await plan_without_tags();
            count();
            continue;
        }
        if (may_read_on()) {
            result<pictures> found = co_await read_on();
            if (!found) {
                co_await until_tagged();
                co_return tl::unexpected(found.error());
            }
            co_await take(std::move(*found));
            count();
            continue;
        }
        if (std::optional<items> batch = next_batch()) {
            co_await carry(std::move(*batch));
            count();
            continue;
        }
        if (in_hand() == 0 && later_.empty()) {
            if (!passed_over_) {
                break;
            }
            read_from_the_top();
            continue;
        }
        co_await wait();
    }
    co_return result<void>();
}

task<result<url_list_run::pictures>> url_list_run::read_on() {
    auto read = [file = file_, path = place_.absolute(),
                 identity = place_.file.identity]() -> result<std::vector<intake::list_row>> {
        if (!*file) {
            result<intake::url_list_file> opened = intake::url_list_file::open(path, identity);
            if (!opened) {
                return tl::unexpected(opened.error());
            }
            *file = std::move(*opened);
        }
        return (*file)->next(lines_at_once);
    };
    result<std::vector<intake::list_row>> rows = co_await project_.files.run(std::move(read));
    if (!rows) {
        co_return tl::unexpected(rows.error());
    }
    read_ = rows->empty();
    pictures complete = read_ ? pictures_.drain() : pictures();
    for (intake::list_row& row : *rows) {
        const std::uint32_t ordinal = next_ordinal_++;
        if (!row.problem.empty()) {
            reject_line(row, ordinal);
        } else if (auto whole = pictures_.add(std::move(row), ordinal)) {
            complete.push_back(std::move(*whole));
        }
    }
    co_return complete;
}

void url_list_run::reject_line(const intake::list_row& row, std::uint32_t ordinal) {
    if (lines_.is_open(ordinal)) {
        say(event_name::file_rejected, row.line, row.problem);
        lines_.reject(ordinal, row.problem);
    }
}

task<void> url_list_run::take(pictures found) {
    // Those that an earlier reading of the list saw to.
    std::erase_if(found, [this](const intake::list_picture& picture) {
        return !lines_.is_open(picture.lines.front().ordinal);
    });
    const std::optional<std::vector<ledger::url_outcome>> known = co_await look_up(found);
    if (!known) {
        co_return;
    }
    std::unordered_map<std::string_view, const ledger::url_outcome*> by_url;
    for (const ledger::url_outcome& each : *known) {
        by_url.emplace(each.url, &each);
    }
    for (intake::list_picture& picture : found) {
        const auto at = by_url.find(picture.url);
        const ledger::url_outcome* outcome = at == by_url.end() ? nullptr : at->second;
        co_await judge(std::move(picture), outcome);
    }
}

task<std::optional<std::vector<ledger::url_outcome>>> url_list_run::look_up(const pictures& of) {
    std::vector<std::string> urls;
    for (const intake::list_picture& picture : of) {
        urls.push_back(picture.url);
    }
    while (!project_.common.stop.requested()) {
        result<std::vector<ledger::url_outcome>> found =
            co_await project_.common.memory.find_urls(project_.identity.id, urls);
        if (found) {
            co_return std::move(*found);
        }
        project_.health.block("ledger", found.error().message);
        const duration pause = std::chrono::seconds(5);
        co_await project_.common.stop.sleep_for(pause);
    }
    co_return std::nullopt;
}

task<void> url_list_run::judge(intake::list_picture picture, const ledger::url_outcome* known) {
    const label_verdict labelled = pipeline::labels_of(picture, placed_, place_alone_);
    if (const auto* held = std::get_if<line_held>(&labelled)) {
        hold_lines(picture, held->sentence);
        co_return;
    }
    planned each;
    each.own = std::get<intake::labels>(labelled);
    each.labels = with_region_tags(each.own, picture);
    if (known != nullptr) {
        known_verdict verdict =
            judge_known(*known, place_.file.print, each.labels, !project_.identity.several_tags(),
                        project_.identity.detection() && !picture.regions.empty());
        if (const auto* settled = std::get_if<line_settled>(&verdict)) {
            settle_lines(picture, *settled);
            co_return;
        }
        if (const auto* conflict = std::get_if<line_held>(&verdict)) {
            hold_lines(picture, conflict->sentence);
            co_return;
        }
        if (auto* lacking = std::get_if<line_relabelled>(&verdict)) {
            each.known = *known;
            each.missing = std::move(lacking->missing);
        }
    }
    if (must_pass_over(each)) {
        passed_over_ = true;
        co_return;
    }
    each.picture = std::move(picture);
    co_await plan(std::move(each));
}

task<void> url_list_run::plan(planned each) {
    if (const auto why = each.known ? std::nullopt : refuse_regions(each.picture.regions.size())) {
        settle_lines(each.picture, rejected(*why));
        co_return;
    }
    intake::labels wanted = each.own;
    if (each.known) {
        wanted.names = each.missing;
    }
    std::optional<std::vector<tag_id>> tags = co_await tags_for(each, std::move(wanted));
    if (!tags) {
        co_return;
    }
    each.entry.url = each.picture.url;
    each.entry.tags = std::move(*tags);
    each.entry.regions.clear();
    bool resolved = true;
    if (project_.identity.detection()) {
        resolved = co_await resolve_regions(each);
    }
    if (resolved && each.known) {
        add_known(std::move(each));
    } else if (resolved) {
        add(std::move(each));
    }
}

std::optional<intake::refusal> url_list_run::refuse_regions(std::size_t count) const {
    if (count > 0 && !project_.identity.detection()) {
        return intake::refusal{"ErrorInvalidRegion",
                               "it has regions, and the project is no object detection project",
                               "leave left, top, width, height and region_tag empty"};
    }
    if (count > most_regions) {
        return intake::refusal{
            "ErrorRegionLimitExceed",
            fmt::format("{} regions; the service takes at most {}", count, most_regions),
            "give the picture fewer regions"};
    }
    return std::nullopt;
}

task<bool> url_list_run::resolve_regions(planned& each) {
    for (const intake::region_label& region : each.picture.regions) {
        intake::labels wanted;
        wanted.names.push_back(region.tag);
        const std::optional<std::vector<tag_id>> tag = co_await tags_for(each, std::move(wanted));
        if (!tag) {
            co_return false;
        }
        each.entry.regions.push_back(
            {tag->at(0), region.left, region.top, region.width, region.height});
    }
    co_return true;
}

task<std::optional<std::vector<tag_id>>> url_list_run::tags_for(planned& each,
                                                                intake::labels wanted) {
    std::optional<intake::tag_resolution> found =
        co_await tags_.find(std::move(wanted), create_tags_);
    if (!found) {
        // The project is read-only; or stopping is requested, and the line is met again.
        without_tags_.push_back(std::move(each));
        co_return std::nullopt;
    }
    if (auto* tags = std::get_if<intake::resolved_tags>(&*found)) {
        co_return std::move(tags->ids);
    }
    if (const auto* held = std::get_if<intake::held>(&*found)) {
        hold_lines(each.picture, held->sentence);
    } else {
        settle_lines(each.picture, rejected(std::get<intake::refusal>(*found)));
    }
    co_return std::nullopt;
}

void url_list_run::add(planned each) {
    // Each tag of a region was found by itself, so nobody has counted them together.
    const std::size_t tags = tags_of(each.entry).size();
    if (tags > most_tags) {
        settle_lines(each.picture, rejected(intake::refuse_too_many_tags(tags, most_tags)));
        return;
    }
    const batch::item_id id = next_id_++;
    planned_.emplace(id, std::move(each));
    put_in_line(id);
}

void url_list_run::add_known(planned each) {
    const image_id image = *each.known->image;
    const batch::item_id id = next_id_++;
    planned_.emplace(id, std::move(each));
    ensure_labels(id, image, false);
}

void url_list_run::put_in_line(batch::item_id id) {
    // Of JSON: names, quotes, a GUID a tag, five members a region.
    constexpr std::size_t a_tag = 40;
    constexpr std::size_t a_region = 200;
    const customvision::url_entry first = first_part(planned_.at(id));
    batch::item item;
    item.id = id;
    for (const tag_id& tag : tags_of(first)) {
        item.tags.push_back(to_string(tag));
    }
    item.encoded_bytes =
        2 * first.url.size() + (first.tags.size() + 1) * a_tag + first.regions.size() * a_region;
    if (!planner_.add(std::move(item), project_.common.time.now())) {
        throw std::logic_error("an address's first tags are more than a batch takes");
    }
}

void url_list_run::put_back(items batch) {
    planner_.put_back(std::move(batch), project_.common.time.now());
}

void url_list_run::move_due() {
    const mono_time now = project_.common.time.now();
    for (const put_off& each : later_) {
        if (each.due <= now) {
            put_in_line(each.id);
        }
    }
    std::erase_if(later_, [now](const put_off& each) { return each.due <= now; });
}

} // namespace retraind::pipeline
