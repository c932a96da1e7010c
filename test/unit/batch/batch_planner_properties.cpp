#include <algorithm>
#include <chrono>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "retraind/batch/batch_planner.hpp"

using namespace retraind;
using namespace retraind::batch;
using namespace std::chrono_literals;

namespace {

constexpr int cases = 4000;

std::size_t pick(std::mt19937& random, std::size_t from, std::size_t to) {
    return from + random() % (to - from + 1);
}

/// One random history: pictures arrive, batches are asked for, some pictures are taken away, and
/// everything that must hold is checked at each step.
class history {
public:
    explicit history(std::uint32_t seed) : random_(seed) {
        limits_.max_images = pick(random_, 1, 12);
        limits_.max_tags = pick(random_, 1, 6);
        limits_.linger = std::chrono::milliseconds(pick(random_, 0, 50));
        classes_ = pick(random_, 1, 12);
        groups_ = pick(random_, 1, 3);
        planner_.emplace(limits_);
    }

    void run() {
        for (std::size_t steps = pick(random_, 1, 60); steps > 0; --steps) {
            now_ += std::chrono::milliseconds(pick(random_, 0, 20));
            switch (random_() % 8) {
            case 0:
                remove_one();
                break;
            case 1:
            case 2:
                ask();
                break;
            default:
                arrive();
            }
        }
        drain();
    }

private:
    void arrive() {
        item made{next_id_++, pick(random_, 0, 150), {}, {}};
        made.group = "g" + std::to_string(pick(random_, 1, groups_));
        std::set<std::string> tags;
        for (std::size_t left = pick(random_, 0, std::min<std::size_t>(3, limits_.max_tags));
             left > 0; --left) {
            tags.insert("t" + std::to_string(pick(random_, 1, classes_)));
        }
        made.tags.assign(tags.begin(), tags.end());
        waiting_.push_back({made, now_});
        BOOST_TEST_REQUIRE(planner_->add(std::move(made), now_));
    }

    void remove_one() {
        if (waiting_.empty()) {
            return;
        }
        const std::size_t victim = random_() % waiting_.size();
        BOOST_TEST_REQUIRE(planner_->remove(waiting_[victim].first.id));
        waiting_.erase(waiting_.begin() + static_cast<std::ptrdiff_t>(victim));
    }

    void ask() {
        const std::uint64_t capacity = pick(random_, 0, 400);
        const auto batch = planner_->next(now_, capacity);
        if (batch) {
            check(*batch, capacity);
            return;
        }
        // Nothing is due only while nothing is full and the oldest has not waited long enough.
        if (!waiting_.empty()) {
            BOOST_TEST_REQUIRE((now_ < waiting_.front().second + limits_.linger));
            BOOST_TEST_REQUIRE((*planner_->due_at() == waiting_.front().second + limits_.linger));
            for (std::size_t group = 1; group <= groups_; ++group) {
                const std::vector<item> all = of_group("g" + std::to_string(group));
                BOOST_TEST_REQUIRE(all.size() < limits_.max_images);
                BOOST_TEST_REQUIRE(bytes_of(all) <= capacity);
            }
        }
    }

    void drain() {
        while (const auto batch = planner_->take(200)) {
            check(*batch, 200);
        }
        BOOST_TEST_REQUIRE(waiting_.empty());
        BOOST_TEST_REQUIRE(planner_->size() == 0u);
    }

    void check(const std::vector<item>& batch, std::uint64_t capacity) {
        BOOST_TEST_REQUIRE(!batch.empty());
        BOOST_TEST_REQUIRE(batch.front().id == of_group(batch.front().group).front().id);
        BOOST_TEST_REQUIRE(batch.size() <= limits_.max_images);
        std::set<std::string> tags;
        std::uint64_t bytes = 0;
        for (const item& one : batch) {
            tags.insert(one.tags.begin(), one.tags.end());
            bytes += one.encoded_bytes;
            BOOST_TEST_REQUIRE(one.group == batch.front().group);
        }
        BOOST_TEST_REQUIRE(tags.size() <= limits_.max_tags);
        const bool alone_and_larger = batch.size() == 1 && bytes > capacity;
        BOOST_TEST_REQUIRE((bytes <= capacity || alone_and_larger));
        BOOST_TEST_REQUIRE(std::ranges::is_sorted(batch, std::ranges::less_equal{}, &item::id));
        check_those_left(batch, tags, bytes, capacity);
    }

    /// Each that was left behind had no room, and is left once.
    void check_those_left(const std::vector<item>& batch, const std::set<std::string>& tags,
                          std::uint64_t bytes, std::uint64_t capacity) {
        for (const item& one : batch) {
            const auto found = std::ranges::find(
                waiting_, one.id, [](const auto& waiting) { return waiting.first.id; });
            BOOST_TEST_REQUIRE((found != waiting_.end()));
            BOOST_TEST_REQUIRE((found->first.tags == one.tags));
            waiting_.erase(found);
        }
        if (batch.size() == limits_.max_images || bytes > capacity) {
            return;
        }
        for (const item& left : of_group(batch.front().group)) {
            std::set<std::string> together = tags;
            together.insert(left.tags.begin(), left.tags.end());
            BOOST_TEST_REQUIRE(
                (together.size() > limits_.max_tags || bytes + left.encoded_bytes > capacity));
        }
    }

    [[nodiscard]] std::vector<item> of_group(const std::string& group) const {
        std::vector<item> found;
        for (const auto& [one, since] : waiting_) {
            if (one.group == group) {
                found.push_back(one);
            }
        }
        return found;
    }

    [[nodiscard]] static std::uint64_t bytes_of(const std::vector<item>& pictures) {
        std::uint64_t bytes = 0;
        for (const item& one : pictures) {
            bytes += one.encoded_bytes;
        }
        return bytes;
    }

    std::mt19937 random_;
    options limits_;
    std::size_t classes_ = 1;
    std::size_t groups_ = 1;
    std::optional<batch::batch_planner> planner_;
    std::vector<std::pair<item, mono_time>> waiting_; ///< what must still come out
    mono_time now_{1h};
    item_id next_id_ = 1;
};

} // namespace

BOOST_AUTO_TEST_SUITE(batch_planner_properties)

BOOST_AUTO_TEST_CASE(batches_are_the_input_within_all_limits_and_in_order) {
    for (std::uint32_t seed = 1; seed <= cases; ++seed) {
        BOOST_TEST_CONTEXT("seed " << seed) {
            history(seed).run();
        }
    }
}

BOOST_AUTO_TEST_CASE(the_published_limits_hold_for_many_classes) {
    batch::batch_planner planner(options{});
    std::mt19937 random(3);
    for (item_id id = 0; id < 2000; ++id) {
        item made{id, 100'000, {"class " + std::to_string(random() % 100)}, {}};
        BOOST_TEST_REQUIRE(planner.add(std::move(made), mono_time{}));
    }
    std::size_t pictures = 0;
    std::size_t batches = 0;
    while (const auto batch = planner.take(std::uint64_t{24} << 20)) {
        std::set<std::string> tags;
        for (const item& one : *batch) {
            tags.insert(one.tags.begin(), one.tags.end());
        }
        BOOST_TEST(batch->size() <= 64u);
        BOOST_TEST(tags.size() <= 20u);
        pictures += batch->size();
        ++batches;
    }
    BOOST_TEST(pictures == 2000u);
    BOOST_TEST(batches < 45u);
}

BOOST_AUTO_TEST_SUITE_END()
