#pragma once

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "retraind/ledger/ledger.hpp"

namespace retraind::testing {

/// The word for a state in a journal.
inline std::string word_of(ledger::training_state state) {
    using ledger::training_state;
    switch (state) {
    case training_state::intended:
        return "intended";
    case training_state::running:
        return "running";
    case training_state::completed:
        return "completed";
    case training_state::published:
        return "published";
    case training_state::not_needed:
        return "not_needed";
    case training_state::failed:
        return "failed";
    case training_state::timed_out:
        return "timed_out";
    }
    return {};
}

/// A ledger of one project in memory, which fails when it is told to. Notes its writes in a
/// journal.
class memory_ledger final : public ledger::ledger {
public:
    explicit memory_ledger(std::vector<std::string>& journal) : journal_(journal) {}

    task<result<retraind::ledger::recorded_batch>>
    record(project_id, retraind::ledger::batch_record batch) override {
        const result<void> may = verdict();
        if (!may) {
            co_return tl::unexpected(may.error());
        }
        journal_.emplace_back("ledger: record");
        batches.push_back(std::move(batch));
        co_return retraind::ledger::recorded_batch{judged_anew};
    }
    task<result<std::vector<retraind::ledger::content_record>>>
    find_contents(project_id, std::vector<sha256> digests) override {
        std::vector<retraind::ledger::content_record> found;
        for (const retraind::ledger::content_record& each : contents) {
            if (std::find(digests.begin(), digests.end(), each.digest) != digests.end()) {
                found.push_back(each);
            }
        }
        co_return found;
    }
    task<result<std::vector<std::uint64_t>>>
    known_sizes(project_id, std::vector<std::uint64_t> sizes) override {
        std::erase_if(sizes, [this](std::uint64_t size) {
            return std::none_of(contents.begin(), contents.end(),
                                [size](const auto& each) { return each.bytes == size; });
        });
        co_return sizes;
    }
    task<result<retraind::ledger::remembered_part>>
    remembered_files(project_id, std::string, std::string, std::size_t) override {
        co_return retraind::ledger::remembered_part();
    }
    task<result<retraind::ledger::retried_files>>
    retry(retraind::ledger::retry_order order) override {
        const result<void> may = verdict();
        if (!may) {
            co_return tl::unexpected(may.error());
        }
        journal_.emplace_back("ledger: retry");
        if (order.accept_mount) {
            mount.reset();
        }
        retraind::ledger::retried_files done;
        done.prints = retried;
        co_return done;
    }
    task<result<std::optional<retraind::ledger::mount_record>>> mount_of(project_id,
                                                                         std::string) override {
        const result<void> may = verdict();
        if (!may) {
            co_return tl::unexpected(may.error());
        }
        ++mount_reads;
        co_return mount;
    }
    task<result<void>> accept_mount(project_id, std::string, retraind::ledger::mount_record on,
                                    wall_time) override {
        const result<void> may = verdict();
        if (may) {
            mount = std::move(on);
        }
        co_return may;
    }
    task<result<void>> forget_files(project_id, std::vector<file_fingerprint> prints) override {
        const result<void> may = verdict();
        if (may) {
            journal_.emplace_back("ledger: forget");
            forgotten.insert(forgotten.end(), prints.begin(), prints.end());
        }
        co_return may;
    }
    task<result<retraind::ledger::totals>> count(project_id) override {
        co_return retraind::ledger::totals();
    }

    task<result<void>> record_urls(project_id, retraind::ledger::url_record batch) override {
        const result<void> may = verdict();
        if (may) {
            journal_.emplace_back("ledger: urls");
            for (retraind::ledger::url_outcome& each : batch.urls) {
                const auto known = std::find_if(urls.begin(), urls.end(), [&](const auto& other) {
                    return other.url == each.url;
                });
                if (known == urls.end()) {
                    urls.push_back(std::move(each));
                } else if (each.result == outcome::duplicate) {
                    known->labels = std::move(each.labels);
                } else {
                    *known = std::move(each);
                }
            }
        }
        co_return may;
    }
    task<result<std::vector<retraind::ledger::url_outcome>>>
    find_urls(project_id, std::vector<std::string> wanted) override {
        urls_asked_for();
        const result<void> may = verdict();
        if (!may) {
            co_return tl::unexpected(may.error());
        }
        std::vector<retraind::ledger::url_outcome> found;
        for (const retraind::ledger::url_outcome& each : urls) {
            if (std::find(wanted.begin(), wanted.end(), each.url) != wanted.end()) {
                found.push_back(each);
            }
        }
        co_return found;
    }
    task<result<void>> finish_list(project_id, retraind::ledger::finished_list list) override {
        const result<void> may = verdict();
        if (may) {
            journal_.emplace_back("ledger: list");
            for (retraind::ledger::url_outcome& each : urls) {
                if (each.list == list.list) {
                    each.list.reset();
                }
            }
            lists.push_back(std::move(list));
        }
        co_return may;
    }

    task<result<retraind::ledger::training_facts>> training(project_id) override {
        const result<void> may = verdict();
        if (!may) {
            co_return tl::unexpected(may.error());
        }
        co_return facts;
    }
    task<result<std::int64_t>> intend_training(project_id, std::vector<iteration_id> known,
                                               wall_time at) override {
        const result<void> may = verdict();
        if (!may) {
            co_return tl::unexpected(may.error());
        }
        journal_.emplace_back("ledger: intended");
        retraind::ledger::training_record fresh;
        fresh.number = facts.last ? facts.last->number + 1 : 1;
        fresh.known = std::move(known);
        fresh.intended_at = at;
        fresh.changed_at = at;
        facts.last = fresh;
        co_return fresh.number;
    }
    task<result<void>> update_training(project_id,
                                       retraind::ledger::training_record changed) override {
        using retraind::ledger::training_state;
        const result<void> may = verdict();
        if (may) {
            journal_.push_back("ledger: " + word_of(changed.state));
            const bool done = changed.state == training_state::completed ||
                              changed.state == training_state::published ||
                              changed.state == training_state::not_needed;
            if (done) {
                facts.confirmed_since_training = 0;
            }
            facts.last = std::move(changed);
        }
        co_return may;
    }

    task<result<std::vector<retraind::ledger::training_use>>>
    training_uses(project_id, wall_time since) override {
        std::vector<retraind::ledger::training_use> found;
        if (facts.last && facts.last->used && facts.last->intended_at >= since) {
            found.push_back({facts.last->intended_at, *facts.last->used});
        }
        co_return found;
    }

    retraind::ledger::training_facts facts;
    std::vector<retraind::ledger::batch_record> batches;
    std::vector<retraind::ledger::content_record> contents; ///< what was known before the test
    std::vector<file_fingerprint> forgotten;
    std::vector<retraind::ledger::url_outcome> urls;
    /// Called whenever addresses are looked up.
    std::function<void()> urls_asked_for = [] {
    };
    std::vector<retraind::ledger::finished_list> lists;
    std::optional<retraind::ledger::mount_record> mount;
    std::vector<file_fingerprint> retried; ///< what a retry lets go of
    std::uint64_t judged_anew = 0;         ///< what a recorded batch says
    unsigned mount_reads = 0;
    bool broken = false; ///< every call fails

private:
    [[nodiscard]] result<void> verdict() const {
        return broken ? result<void>(fail(errc::database, "the disk is full")) : result<void>();
    }

    std::vector<std::string>& journal_;
};

} // namespace retraind::testing
