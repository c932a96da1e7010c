#include <cerrno>
#include <csignal>

#include <boost/test/unit_test.hpp>
#include <sys/wait.h>

#include "helpers.hpp"

using namespace retraind;
using namespace retraind::testing;
using namespace retraind::disposal;

namespace {

const std::string picture = "the picture's own bytes";
const std::string longest = std::string(251, 'n') + ".jpg";

/// One way that a file goes: each is taken through a failure, and a crash, at every call.
struct way {
    std::string label;
    std::string name;
    outcome result = outcome::confirmed;
    bool other_device = false;
    bool without_links = false;
};

const std::vector<way> ways{
    {"moved", "cat/a.jpg"},
    {"moved, long name", "cat/" + longest},
    {"moved by link", "cat/a.jpg", outcome::duplicate, false, true},
    {"moved to another device", "cat/a.jpg", outcome::confirmed, true},
    {"rejected", "cat/a.jpg", outcome::rejected},
    {"rejected to another device", "cat/a.jpg", outcome::rejected, true},
};

struct journey : drop {
    temporary_folder shared{"/dev/shm"};
    settled_file file;

    explicit journey(const way& taken) {
        if (taken.other_device) {
            moved = shared / "moved";
            rejected = shared / "rejected";
            chosen = {move_to{moved}, rejected};
        }
        write_file(moved + "/cat/a.jpg", "not to be overwritten");
        write_file(rejected + "/cat/a.jpg", "not to be overwritten");
        file = put(taken.name, picture, taken.result);
    }
    /// How many whole copies of the picture stand under a name of the picture's own.
    [[nodiscard]] int copies() const {
        int count = 0;
        for (const std::string& root : {watched, moved, rejected}) {
            for (const auto& [path, bytes] : tree(root)) {
                count += bytes == picture && path.find(".retraind-") == std::string::npos ? 1 : 0;
            }
        }
        return count;
    }
    [[nodiscard]] bool nothing_was_overwritten() const {
        return read_file(moved + "/cat/a.jpg") == "not to be overwritten" &&
               read_file(rejected + "/cat/a.jpg") == "not to be overwritten";
    }
    /// Pictures whose bytes are not whole, under a name that says they are.
    [[nodiscard]] int torn() const {
        int count = 0;
        for (const std::string& root : {watched, moved, rejected}) {
            for (const auto& [path, bytes] : tree(root)) {
                const bool ours = path.find(".retraind-") == std::string::npos &&
                                  path.find(".json") == std::string::npos;
                count += ours && bytes != picture && bytes != "not to be overwritten" ? 1 : 0;
            }
        }
        return count;
    }
};

int lacking(const way& taken, const std::string& call) {
    return taken.without_links && call == "rename_new" ? EINVAL : 0;
}

unsigned calls_of(const way& taken) {
    journey trip(taken);
    trip.calls.before = [&taken](const std::string& call, unsigned) {
        return lacking(taken, call);
    };
    as<done>(trip.dispose(trip.file));
    BOOST_TEST(trip.copies() == 1);
    return trip.calls.count;
}

/// Disposes in a process of its own that is killed before its call `last`.
void die_before(journey& trip, const way& taken, unsigned last) {
    const pid_t child = ::fork();
    BOOST_TEST_REQUIRE(child >= 0);
    if (child == 0) {
        trip.calls.before = [&taken, last](const std::string& call, unsigned number) {
            if (number == last) {
                ::raise(SIGKILL);
            }
            return lacking(taken, call);
        };
        static_cast<void>(retraind::disposal::disposer(trip.watched, trip.chosen, trip.calls)
                              .dispose({trip.file}));
        ::_exit(0);
    }
    int status = 0;
    BOOST_TEST_REQUIRE(::waitpid(child, &status, 0) == child);
    BOOST_TEST(WIFSIGNALED(status));
}

} // namespace

BOOST_AUTO_TEST_SUITE(faults)

BOOST_AUTO_TEST_CASE(a_failure_at_any_call_loses_nothing) {
    for (const way& taken : ways) {
        const unsigned calls = calls_of(taken);
        BOOST_TEST(calls >= 3U);
        for (unsigned failing = 1; failing <= calls; ++failing) {
            BOOST_TEST_CONTEXT(taken.label << ", call " << failing << " of " << calls) {
                journey trip(taken);
                trip.calls.before = [&](const std::string& call, unsigned number) {
                    return number == failing ? EIO : lacking(taken, call);
                };
                const auto result = trip.dispose(trip.file);
                BOOST_TEST(trip.copies() == 1);
                BOOST_TEST(trip.nothing_was_overwritten());
                BOOST_TEST(trip.torn() == 0);
                const bool stayed = std::holds_alternative<kept>(result);
                BOOST_TEST(stayed == (read_file(trip.watched + "/" + taken.name) == picture));
                BOOST_TEST((!stayed || std::get<kept>(result).problem.has_value()));
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(when_everything_fails_after_a_call_a_start_mends_it) {
    for (const way& taken : ways) {
        const unsigned calls = calls_of(taken);
        for (unsigned first = 1; first <= calls; ++first) {
            BOOST_TEST_CONTEXT(taken.label << ", from call " << first << " of " << calls) {
                journey trip(taken);
                trip.calls.before = [&](const std::string& call, unsigned number) {
                    return number >= first ? EIO : lacking(taken, call);
                };
                static_cast<void>(trip.dispose(trip.file));
                trip.calls.before = nullptr;
                BOOST_TEST(trip.give_back().problems.empty());
                BOOST_TEST(trip.copies() >= 1);
                BOOST_TEST(trip.nothing_was_overwritten());
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(a_crash_at_any_call_loses_nothing) {
    for (const way& taken : ways) {
        const unsigned calls = calls_of(taken);
        for (unsigned last = 1; last <= calls; ++last) {
            BOOST_TEST_CONTEXT(taken.label << ", before call " << last << " of " << calls) {
                journey trip(taken);
                die_before(trip, taken, last);
                BOOST_TEST(trip.give_back().problems.empty());
                BOOST_TEST(trip.copies() >= 1);
                BOOST_TEST(trip.nothing_was_overwritten());
                BOOST_TEST(trip.torn() == 0);
                for (const auto& [path, bytes] : tree(trip.watched)) {
                    BOOST_TEST(path == taken.name);
                }
            }
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
