// Which of a group of whole pictures the project has already. A hash is taken before sending only
// where the size leaves room for doubt; else it is taken on the way.
#include <algorithm>
#include <set>
#include <unordered_map>
#include <utility>

#include "retraind/intake/sidecar_rules.hpp"
#include "retraind/pipeline/duplicate_rules.hpp"
#include "retraind/pipeline/intake_loop.hpp"

namespace retraind::pipeline {
namespace {

const ledger::content_record* find_content(const std::vector<ledger::content_record>& known,
                                           const journey& each) {
    const auto found = std::find_if(known.begin(), known.end(), [&each](const auto& content) {
        return content.digest == each.digest && content.bytes == each.file.identity.size;
    });
    return found == known.end() ? nullptr : &*found;
}

} // namespace

task<intake_loop::numbers> intake_loop::without_duplicates(numbers whole, settled_batch& ended) {
    const std::optional<numbers> doubtful = co_await to_hash(whole);
    if (!doubtful) {
        abandon(whole);
        co_return numbers();
    }
    if (!doubtful->empty()) {
        co_await hash(*doubtful, ended);
    }
    const bool judged = co_await judge_contents(whole, ended);
    if (!judged) {
        abandon(whole);
        co_return numbers();
    }
    co_return whole;
}

task<std::optional<intake_loop::numbers>> intake_loop::to_hash(const numbers& whole) {
    std::unordered_map<std::uint64_t, std::size_t> by_size;
    std::vector<std::uint64_t> sizes;
    // Noted before the ledger is asked: what is in flight now may have its outcome by the answer.
    std::set<std::uint64_t> on_the_way;
    for (const journey_number number : whole) {
        const std::uint64_t size = project_.slots.find(number)->file.identity.size;
        if (by_size[size]++ == 0) {
            sizes.push_back(size);
        }
        if (!project_.slots.accepted_of_size(size).empty()) {
            on_the_way.insert(size);
        }
    }
    const result<std::vector<std::uint64_t>> known =
        co_await project_.common.memory.known_sizes(project_.identity.id, sizes);
    if (!known) {
        project_.health.block("ledger", known.error().message);
        const duration pause = std::chrono::seconds(5);
        co_await project_.common.stop.sleep_for(pause);
        co_return std::nullopt;
    }
    const std::set<std::uint64_t> remembered(known->begin(), known->end());
    numbers doubtful;
    std::set<journey_number> chosen;
    for (const journey_number number : whole) {
        const journey& each = *project_.slots.find(number);
        const std::uint64_t size = each.file.identity.size;
        const std::vector<journey*> accepted = project_.slots.accepted_of_size(size);
        // What was sent for one that is made smaller would not say what it was made of.
        const bool doubt = each.too_large || by_size[size] > 1 || remembered.contains(size) ||
                           on_the_way.contains(size);
        if (!each.digest && doubt) {
            doubtful.push_back(number);
        }
        for (const journey* other : accepted) {
            // One in flight is hashed as it goes; what has its size waits for it.
            if (!other->digest && other->at == journey::stage::planned &&
                chosen.insert(other->number).second) {
                doubtful.push_back(other->number);
            }
        }
    }
    co_return doubtful;
}

task<void> intake_loop::hash(numbers group, settled_batch& ended) {
    std::vector<std::pair<std::string, file_identity>> files;
    for (const journey_number number : group) {
        const journey& each = *project_.slots.find(number);
        files.emplace_back(project_.folder_of(each).absolute(each.file.path), each.file.identity);
    }
    auto read = [&files] {
        std::vector<result<sha256>> digests;
        for (const auto& [path, identity] : files) {
            digests.push_back(intake::hash_file(path, identity));
        }
        return digests;
    };
    const std::vector<result<sha256>> digests = co_await project_.files.run(read);
    for (std::size_t at = 0; at < group.size(); ++at) {
        journey* each = project_.slots.find(group[at]);
        if (each == nullptr) {
            continue; // an upload that was under way has ended it meanwhile
        }
        if (digests[at]) {
            each->digest = *digests[at];
        } else if (each->at == journey::stage::arrived) {
            judge_error(*each, digests[at].error(), ended);
        }
    }
}

task<bool> intake_loop::judge_contents(numbers& whole, settled_batch& ended) {
    const auto gone = [&](journey_number number) {
        const bool judged = std::any_of(ended.files.begin(), ended.files.end(),
                                        [&](const auto& file) { return file.number == number; });
        return judged || project_.slots.find(number) == nullptr;
    };
    std::erase_if(whole, gone);
    std::vector<sha256> digests;
    for (const journey_number number : whole) {
        if (const auto& digest = project_.slots.find(number)->digest) {
            digests.push_back(*digest);
        }
    }
    std::vector<ledger::content_record> known;
    if (!digests.empty()) {
        result<std::vector<ledger::content_record>> found =
            co_await project_.common.memory.find_contents(project_.identity.id, digests);
        if (!found) {
            project_.health.block("ledger", found.error().message);
            co_return false;
        }
        known = std::move(*found);
    }
    project_.health.clear("ledger");
    numbers fresh;
    for (const journey_number number : whole) {
        judge_content(*project_.slots.find(number), known, fresh, ended);
    }
    whole = std::move(fresh);
    co_return true;
}

void intake_loop::judge_content(journey& each, const std::vector<ledger::content_record>& known,
                                numbers& fresh, settled_batch& ended) {
    each.existing.reset();
    const bool ask = each.digest && !each.image_is_gone;
    const ledger::content_record* content = ask ? find_content(known, each) : nullptr;
    const std::string path = project_.folder_of(each).absolute(each.file.path);
    const bool has_boxes =
        project_.identity.detection() && each.said.regions && !each.said.regions->empty();
    const duplicate_verdict verdict =
        judge_duplicate(content, path, each.labels, project_.identity.several_tags(), has_boxes);
    if (const auto* conflict = std::get_if<is_conflict>(&verdict)) {
        ends_.hold(each.number, conflict->sentence);
        return;
    }
    if (const auto* duplicate = std::get_if<is_duplicate>(&verdict)) {
        settled_file file;
        file.number = each.number;
        file.result = outcome::duplicate;
        file.image = duplicate->image;
        ended.files.push_back(std::move(file));
        return;
    }
    if (const auto* lacks = std::get_if<lacks_labels>(&verdict)) {
        each.existing = lacks->image;
        // A box that is drawn anew has its tag with it, whatever the ledger knows of that.
        each.missing =
            has_boxes ? intake::tags_of({lacks->missing, each.said.regions}) : lacks->missing;
    }
    for (const journey* ahead : project_.slots.accepted_of_size(each.file.identity.size)) {
        const bool perhaps_the_same = !ahead->digest || ahead->digest == each.digest;
        if (perhaps_the_same) {
            project_.slots.park(each.number, ahead->number);
            return;
        }
    }
    each.at = journey::stage::planned;
    fresh.push_back(each.number);
}

void intake_loop::abandon(const numbers& group) {
    for (const journey_number number : group) {
        if (project_.slots.find(number) != nullptr) {
            ends_.abandon(number);
        }
    }
}

} // namespace retraind::pipeline
