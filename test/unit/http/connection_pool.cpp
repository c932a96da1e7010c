#include "http/connection_pool.hpp"

#include <boost/test/unit_test.hpp>

using namespace std::chrono_literals;
using retraind::duration;
using retraind::mono_time;
using retraind::result;
using retraind::task;
using retraind::http::byte_stream;
using pool = retraind::http::connection_pool;

namespace {

const mono_time start{1000s};

struct fake_line final : byte_stream {
    task<result<std::size_t>> read_some(std::span<std::byte>, duration) override {
        co_return std::size_t{0};
    }
    task<result<void>> write(std::span<const std::byte>, duration) override {
        co_return result<void>();
    }
    task<void> shutdown(duration) override { co_return; }
    void close() noexcept override { closed = true; }
    bool is_quiet() noexcept override { return quiet && !closed; }

    bool quiet = true;
    bool closed = false;
};

} // namespace

BOOST_AUTO_TEST_SUITE(connection_pool)

BOOST_AUTO_TEST_CASE(the_one_used_last_comes_first) {
    pool idle;
    const auto first = std::make_shared<fake_line>();
    const auto second = std::make_shared<fake_line>();
    idle.put(first, start);
    idle.put(second, start + 1s);
    BOOST_TEST((idle.take(start + 2s) == second));
    BOOST_TEST((idle.take(start + 2s) == first));
    BOOST_TEST((idle.take(start + 2s) == nullptr));
}

BOOST_AUTO_TEST_CASE(a_line_on_which_something_happened_is_closed) {
    pool idle;
    const auto good = std::make_shared<fake_line>();
    const auto dead = std::make_shared<fake_line>();
    idle.put(good, start);
    idle.put(dead, start);
    dead->quiet = false;
    BOOST_TEST((idle.take(start) == good));
    BOOST_TEST(dead->closed);
    BOOST_TEST(!good->closed);
}

BOOST_AUTO_TEST_CASE(what_lay_too_long_is_closed) {
    pool idle(8, 60s);
    const auto old = std::make_shared<fake_line>();
    const auto fresh = std::make_shared<fake_line>();
    idle.put(old, start);
    idle.put(fresh, start + 1s);
    BOOST_TEST((idle.take(start + 61s) == fresh));
    BOOST_TEST(old->closed);
    BOOST_TEST(idle.size() == 0U);
}

BOOST_AUTO_TEST_CASE(the_oldest_makes_room) {
    pool idle(2, 60s);
    std::vector<std::shared_ptr<fake_line>> lines;
    for (int count = 0; count < 3; ++count) {
        lines.push_back(std::make_shared<fake_line>());
        idle.put(lines.back(), start);
    }
    BOOST_TEST(idle.size() == 2U);
    BOOST_TEST(lines[0]->closed);
    idle.clear();
    BOOST_TEST(lines[1]->closed);
    BOOST_TEST(lines[2]->closed);
    BOOST_TEST(idle.size() == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
