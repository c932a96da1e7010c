#include <cerrno>
#include <csignal>

#include <boost/test/unit_test.hpp>
#include <sys/wait.h>
#include <unistd.h>

#include "backend.hpp"

using namespace retraind;
using namespace retraind::testing;

namespace {

constexpr std::uint64_t batch_size = 5;

/// Records batch after batch and says each one's number once it was told that it is durable.
[[noreturn]] void record_for_ever(const std::string& state, int say) {
    boost::asio::io_context loop{1};
    auto opened = open_at(loop, state);
    for (std::uint64_t batch = 0; opened.has_value(); ++batch) {
        std::vector<ledger::file_outcome> files;
        for (std::uint64_t each = 0; each < batch_size; ++each) {
            const std::uint64_t number = batch * batch_size + each;
            files.push_back(confirmed_file(std::to_string(number), number));
        }
        const auto done = run_task(
            loop, opened->memory->record(id_number<project_id>(1), batch_of(std::move(files))));
        if (!done || ::write(say, &batch, sizeof batch) != sizeof batch) {
            break;
        }
    }
    ::_exit(1);
}

class recording_child {
public:
    explicit recording_child(const std::string& state) {
        std::array<int, 2> ends{};
        BOOST_TEST_REQUIRE(::pipe(ends.data()) == 0);
        process_ = ::fork();
        BOOST_TEST_REQUIRE(process_ >= 0);
        if (process_ == 0) {
            ::close(ends[0]);
            record_for_ever(state, ends[1]);
        }
        ::close(ends[1]);
        hear_ = ends[0];
    }
    ~recording_child() { ::close(hear_); }
    recording_child(const recording_child&) = delete;
    recording_child& operator=(const recording_child&) = delete;

    /// The next batch that it calls recorded; nothing when it has ended.
    std::optional<std::uint64_t> next() const {
        std::uint64_t batch = 0;
        return ::read(hear_, &batch, sizeof batch) == sizeof batch ? std::optional(batch)
                                                                   : std::nullopt;
    }
    void kill() const {
        ::kill(process_, SIGKILL);
        int status = 0;
        BOOST_TEST_REQUIRE(::waitpid(process_, &status, 0) == process_);
        BOOST_TEST(WIFSIGNALED(status));
    }

private:
    pid_t process_ = -1;
    int hear_ = -1;
};

} // namespace

BOOST_AUTO_TEST_SUITE(crash)

BOOST_AUTO_TEST_CASE(what_was_called_recorded_is_there_after_a_kill) {
    temporary_folder folder;
    for (const unsigned batches : {1U, 7U, 40U}) {
        const std::string state = folder / std::to_string(batches);
        std::uint64_t said = 0;
        {
            const recording_child child(state);
            for (unsigned heard = 0; heard < batches; ++heard) {
                BOOST_TEST_REQUIRE(child.next().has_value());
                ++said;
            }
            child.kill();
            while (child.next()) {
                ++said;
            }
        }
        boost::asio::io_context loop{1};
        auto opened = open_at(loop, state);
        BOOST_TEST_REQUIRE(opened.has_value());
        BOOST_TEST(!opened->report.set_aside.has_value());
        std::vector<sha256> digests;
        for (std::uint64_t number = 0; number < said * batch_size; ++number) {
            digests.push_back(digest_number(number));
        }
        const project_id project = id_number<project_id>(1);
        BOOST_TEST(run_task(loop, opened->memory->find_contents(project, digests))->size() ==
                   digests.size());
        const auto sum = run_task(loop, opened->memory->count(project));
        BOOST_TEST(sum->confirmed >= digests.size());
        BOOST_TEST(sum->confirmed % batch_size == 0U, "no batch is there in part");
    }
}

BOOST_AUTO_TEST_SUITE_END()
