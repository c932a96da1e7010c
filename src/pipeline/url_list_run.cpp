// From the lines of a list to addresses that can be sent.
#include "url_list_run.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>

#include "retraind/base/text.hpp"

namespace retraind::pipeline {
namespace {

/// Lines read in one hop to the file threads.
constexpr std::size_t lines_at_once = 256;
/// The service's limit for one training picture (CONTRACT.md section 4).
constexpr std::size_t most_regions = 300;

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

url_list_run::url_list_run(project_state& project, const url_list_loop::options& chosen,
                           const url_list_loop::confirmed_listener& confirmed,
                           const list_place& place, const intake::list_survey& survey,
                           const outcome_totals& counted)
    : project_(project),
      options_(chosen),
      confirmed_(confirmed),
      place_(place),
      placed_(project.folders[place.folder]->labels().label(place.file.path)),
      place_alone_(label_without_place(*project.folders[place.folder], place.file.path)),
      create_tags_(project.folders[place.folder]->options().intake.create_tags),
      pictures_(survey.addresses),
      lines_(survey.lines),
      counted_(counted),
      file_(std::make_shared<std::optional<intake::url_list_file>>()),
      planner_(project.options.batch) {}

task<result<void>> url_list_run::run() {
    const std::size_t enough = 2 * project_.options.batch.max_images;
    while (!project_.common.stop.requested()) {
        move_due();
        if (!read_ && planner_.size() < enough) {
            result<pictures> found = co_await read_on();
            if (!found) {
                co_return tl::unexpected(found.error());
            }
            co_await take(std::move(*found));
            count();
            continue;
        }
        if (std::optional<items> batch = planner_.take(project_.options.batch.max_bytes)) {
            co_await carry(std::move(*batch));
            count();
            continue;
        }
        if (later_.empty()) {
            break;
        }
        const auto first = std::ranges::min_element(later_, {}, &put_off::due);
        const duration pause = std::chrono::ceil<duration>(
            std::max(first->due - project_.common.time.now(), mono_time::duration(0)));
        co_await project_.common.stop.sleep_for(pause);
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
            say(event_name::file_rejected, row.line, row.problem);
            lines_.reject(ordinal, std::move(row.problem));
        } else if (auto whole = pictures_.add(std::move(row), ordinal)) {
            complete.push_back(std::move(*whole));
        }
    }
    co_return complete;
}

task<void> url_list_run::take(pictures found) {
    const std::optional<std::vector<ledger::url_outcome>> known = co_await look_up(found);
    if (!known) {
        co_return;
    }
    std::unordered_map<std::string_view, const ledger::url_outcome*> by_url;
    for (const ledger::url_outcome& each : *known) {
        by_url.emplace(each.url, &each);
    }
    std::vector<relabelling> relabelled;
    for (intake::list_picture& picture : found) {
        const auto at = by_url.find(picture.url);
        const ledger::url_outcome* outcome = at == by_url.end() ? nullptr : at->second;
        co_await judge(std::move(picture), outcome, relabelled);
    }
    co_await relabel(std::move(relabelled));
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

task<void> url_list_run::judge(intake::list_picture picture, const ledger::url_outcome* known,
                               std::vector<relabelling>& relabelled) {
    const label_verdict labelled = labels_of(picture, placed_, place_alone_);
    if (const auto* held = std::get_if<line_held>(&labelled)) {
        hold(picture, held->sentence);
        co_return;
    }
    intake::labels own = std::get<intake::labels>(labelled);
    std::vector<std::string> all = with_region_tags(own, picture);
    if (known != nullptr) {
        known_verdict verdict =
            judge_known(*known, place_.file.print, all, options_.one_tag_a_picture);
        if (const auto* settled = std::get_if<line_settled>(&verdict)) {
            settle(picture, *settled);
            co_return;
        }
        if (auto* again = std::get_if<line_relabelled>(&verdict)) {
            intake::labels missing;
            missing.names = std::move(again->missing);
            const std::optional<std::vector<tag_id>> tags =
                co_await tags_for(picture, std::move(missing));
            if (tags) {
                relabelling each;
                for (const tag_id& tag : *tags) {
                    each.tags.push_back({again->image, tag});
                }
                std::ranges::set_union(known->labels, all, std::back_inserter(each.labels));
                each.picture = std::move(picture);
                each.known = *known;
                relabelled.push_back(std::move(each));
            }
            co_return;
        }
    }
    co_await plan(std::move(picture), std::move(own), std::move(all));
}

task<void> url_list_run::plan(intake::list_picture picture, intake::labels own,
                              std::vector<std::string> labels) {
    if (!picture.regions.empty() && !options_.takes_regions) {
        const intake::refusal why{"ErrorInvalidRegion",
                                  "it has regions, and the project is no object detection project",
                                  "leave left, top, width, height and region_tag empty"};
        settle(picture, rejected(why));
        co_return;
    }
    if (picture.regions.size() > most_regions) {
        const intake::refusal why{"ErrorRegionLimitExceed",
                                  fmt::format("{} regions; the service takes at most {}",
                                              picture.regions.size(), most_regions),
                                  "give the picture fewer regions"};
        settle(picture, rejected(why));
        co_return;
    }
    std::optional<std::vector<tag_id>> tags = co_await tags_for(picture, std::move(own));
    if (!tags) {
        co_return;
    }
    planned each;
    each.entry.url = picture.url;
    each.entry.tags = std::move(*tags);
    each.labels = std::move(labels);
    each.picture = std::move(picture);
    const bool resolved = co_await resolve_regions(each);
    if (resolved) {
        add(std::move(each));
    }
}

task<bool> url_list_run::resolve_regions(planned& each) {
    for (const intake::region_label& region : each.picture.regions) {
        intake::labels wanted;
        wanted.names.push_back(region.tag);
        const std::optional<std::vector<tag_id>> tag =
            co_await tags_for(each.picture, std::move(wanted));
        if (!tag) {
            co_return false;
        }
        each.entry.regions.push_back(
            {tag->at(0), region.left, region.top, region.width, region.height});
    }
    co_return true;
}

task<std::optional<std::vector<tag_id>>> url_list_run::tags_for(const intake::list_picture& picture,
                                                                intake::labels wanted) {
    std::optional<intake::tag_resolution> found = co_await resolve(std::move(wanted));
    if (!found) {
        co_return std::nullopt; // stopping: the line is met again
    }
    if (auto* tags = std::get_if<intake::resolved_tags>(&*found)) {
        co_return std::move(tags->ids);
    }
    if (const auto* held = std::get_if<intake::held>(&*found)) {
        hold(picture, held->sentence);
    } else {
        settle(picture, rejected(std::get<intake::refusal>(*found)));
    }
    co_return std::nullopt;
}

task<std::optional<intake::tag_resolution>> url_list_run::resolve(intake::labels wanted) {
    while (!project_.common.stop.requested()) {
        customvision::answer<intake::tag_resolution> found =
            co_await project_.tags.resolve(wanted, create_tags_);
        if (found) {
            project_.health.clear("list tags");
            tag_patience_.success();
            co_return std::move(*found);
        }
        const customvision::failure why = found.error();
        if (!passes_by_itself(why)) {
            intake::held held;
            held.sentence = fmt::format("its tag cannot be made: {}", why.cause.message);
            co_return intake::tag_resolution(std::move(held));
        }
        if (why.meaning != customvision::verdict::throttled) {
            project_.health.block("list tags", why.cause.message);
        }
        const duration pause = tag_patience_.after(why, project_.common.random());
        co_await project_.common.stop.sleep_for(pause);
        const result<void> key = co_await project_.common.reload_key();
        if (!key) {
            project_.health.block("list tags", key.error().message);
        }
    }
    co_return std::nullopt;
}

void url_list_run::add(planned each) {
    std::set<tag_id> tags(each.entry.tags.begin(), each.entry.tags.end());
    for (const customvision::region& region : each.entry.regions) {
        tags.insert(region.tag);
    }
    if (tags.size() > project_.options.batch.max_tags) {
        const auto why = intake::refuse_too_many_tags(tags.size(), project_.options.batch.max_tags);
        settle(each.picture, rejected(why));
        return;
    }
    const batch::item_id id = next_id_++;
    planned_.emplace(id, std::move(each));
    put_in_line(id);
}

void url_list_run::put_in_line(batch::item_id id) {
    // Of JSON: names, quotes, a GUID a tag, five members a region.
    constexpr std::size_t a_tag = 40;
    constexpr std::size_t a_region = 200;
    const planned& each = planned_.at(id);
    batch::item item;
    item.id = id;
    std::set<std::string> tags;
    for (const tag_id& tag : each.entry.tags) {
        tags.insert(to_string(tag));
    }
    for (const customvision::region& region : each.entry.regions) {
        tags.insert(to_string(region.tag));
    }
    item.tags.assign(tags.begin(), tags.end());
    item.encoded_bytes = 2 * each.entry.url.size() + (each.entry.tags.size() + 1) * a_tag +
                         each.entry.regions.size() * a_region;
    // `add` refuses what has too many tags, and that was seen to before.
    static_cast<void>(planner_.add(std::move(item), project_.common.time.now()));
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
