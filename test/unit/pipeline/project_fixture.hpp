#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "loop_fixture.hpp"
#include "retraind/intake/image_file.hpp"
#include "retraind/pipeline/project_state.hpp"
#include "retraind/pipeline/settler.hpp"
#include "scratch_folder.hpp"

namespace retraind::testing {

/// A project that is known on the service, with one watched folder on the disk; its watcher does
/// not run, so files come from the test alone.
struct project_fixture : loop_fixture {
    explicit project_fixture(disposal::options becomes = {},
                             std::string media_type = "application/json")
        : loop_fixture("v3.3", std::move(media_type)),
          options(make_options(folder, std::move(becomes))) {
        state.folders.push_back(std::make_unique<pipeline::folder_port>(
            options.watch[0], intake::label_rules::create({}).value(), watcher));
    }

    /// A file on the disk, with a journey that has arrived.
    pipeline::journey& start(const std::string& path, const std::string& bytes) {
        watch::found_file file;
        file.path = path;
        file.identity =
            intake::image_file::open(folder.write("drop/" + path, bytes)).value().identity();
        file.print = fingerprint(drop(), path, file.identity);
        file.first_seen = time.at;
        file.first_seen_wall = time.wall_at;
        pipeline::journey& started = state.slots.start(0, std::move(file));
        started.labels = {"cats"};
        started.tags = {numbered<tag_id>(7)};
        return started;
    }
    [[nodiscard]] std::string drop() const { return folder.at("drop"); }
    [[nodiscard]] bool is_there(const std::string& path) const {
        return std::filesystem::exists(folder.at("drop/" + path));
    }
    /// The newest batch's row of that path; fails the test where there is none.
    [[nodiscard]] ledger::file_outcome row_of(const std::string& path) const {
        for (auto batch = memory.batches.rbegin(); batch != memory.batches.rend(); ++batch) {
            for (const ledger::file_outcome& each : batch->files) {
                if (each.path == path) {
                    return each;
                }
            }
        }
        BOOST_FAIL("the ledger has no outcome of " << path);
        return {};
    }

    struct no_taker final : watch::file_taker {
        std::size_t room() override { return 0; }
        void take(watch::found_file) override {}
    };

    scratch_folder folder;
    config::project_block options;
    runtime::workers files{loop.get_executor(), 2};
    pipeline::tag_directory tags{common, contact, "cats", project.id, intake::tag_terms{}};
    no_taker taker;
    watch::watch_loop watcher{loop.get_executor(),    time, events, stop, files, "cats",
                              options.watch[0].watch, taker};
    pipeline::project_state state{common,  contact, health, options,
                                  project, files,   tags,   pipeline::slot_table(10),
                                  {},      {},      {}};
    std::vector<pipeline::journey_number> resumed;
    unsigned confirmed_heard = 0;
    unsigned slots_heard = 0;
    pipeline::settler ends{state,
                           {[this](std::vector<pipeline::journey_number> numbers) {
                                resumed.insert(resumed.end(), numbers.begin(), numbers.end());
                            },
                            [this] { ++confirmed_heard; },
                            [this] {
                                ++slots_heard;
                            }}};

private:
    static config::project_block make_options(const scratch_folder& folder,
                                              disposal::options becomes) {
        config::project_block block;
        block.name = "cats";
        block.batch.linger = duration::zero();
        block.watch.emplace_back();
        block.watch[0].watch.path = folder.make_folder("drop");
        block.watch[0].disposal = std::move(becomes);
        return block;
    }
};

} // namespace retraind::testing
