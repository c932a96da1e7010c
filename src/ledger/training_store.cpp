#include "ledger/training_store.hpp"

#include <utility>

#include <fmt/format.h>

#include "ledger/column_codec.hpp"

namespace retraind::ledger {
namespace {

std::optional<double> real_or_nothing(const sqlite::row& row, int column) {
    return row.is_null(column) ? std::nullopt : std::optional(row.real(column));
}

training_record training_of(const sqlite::row& row) {
    training_record training;
    training.number = row.integer(0);
    training.state = column::to_state(row.bytes(1)).value_or(training_state::failed);
    training.intended_at = column::to_time(row.integer(2));
    training.known = column::to_iterations(row.bytes(3));
    training.iteration = column::to_id<iteration_id>(row.bytes(4));
    training.precision = real_or_nothing(row, 5);
    training.recall = real_or_nothing(row, 6);
    training.detail = row.text(7);
    training.changed_at = column::to_time(row.integer(8));
    if (!row.is_null(9)) {
        training.used = std::chrono::seconds(row.integer(9));
    }
    return training;
}

/// What `explain` and the audit say of the step beside its event.
std::string detail_of(const training_record& training) {
    std::string text = fmt::format("training {}", training.number);
    if (training.iteration) {
        text += fmt::format(", iteration {}", to_string(*training.iteration));
    }
    return training.detail.empty() ? text : fmt::format("{}: {}", text, training.detail);
}

} // namespace

result<void> training_store::count_confirmed(std::int64_t project, training_facts& facts) {
    const auto take_count = [&facts](const sqlite::row& row) {
        facts.confirmed_since_training = static_cast<std::uint64_t>(row.integer(0));
        if (!row.is_null(1)) {
            facts.first_confirmed_since = column::to_time(row.integer(1));
        }
    };
    const auto take_last = [&facts](const sqlite::row& row) {
        facts.last_confirmed = column::to_time(row.integer(0));
    };
    return count_.each(take_count, project).and_then([&] {
        return last_confirmed_.each(take_last, project);
    });
}

result<training_facts> training_store::facts(const project_id& project) {
    const result<std::int64_t> key = projects_.find(project);
    if (!key) {
        return tl::unexpected(key.error());
    }
    training_facts facts;
    const auto take = [&facts](const sqlite::row& row) {
        facts.last = training_of(row);
    };
    return count_confirmed(*key, facts)
        .and_then([&] { return newest_.each(take, *key); })
        .map([&facts] { return std::move(facts); });
}

result<std::int64_t> training_store::intend(const project_id& project,
                                            const std::vector<iteration_id>& known, wall_time at) {
    const result<std::int64_t> key = projects_.find_or_add(project, at);
    if (!key) {
        return tl::unexpected(key.error());
    }
    training_record intended;
    intended.changed_at = at;
    return add_
        .run(*key, column::from_state(intended.state), column::from_time(at),
             column::from_iterations(known))
        .and_then([&] {
            intended.number = source_.last_row();
            return add_step(*key, intended);
        })
        .map([&intended] { return intended.number; });
}

result<void> training_store::update(const project_id& project, const training_record& changed) {
    const result<std::int64_t> key = projects_.find(project);
    if (!key) {
        return tl::unexpected(key.error());
    }
    const auto used =
        changed.used ? std::optional(std::int64_t{changed.used->count()}) : std::nullopt;
    bool found = false;
    const result<void> done = update_.each(
        [&found](const sqlite::row&) { found = true; }, *key, changed.number,
        column::from_state(changed.state), column::from_id(changed.iteration), changed.precision,
        changed.recall, changed.detail, column::from_time(changed.changed_at), used);
    if (!done) {
        return done;
    }
    if (!found) {
        return fail(errc::invalid,
                    fmt::format("there is no training {} of this project", changed.number));
    }
    return add_step(*key, changed);
}

result<std::vector<training_use>> training_store::uses(const project_id& project, wall_time since) {
    const result<std::int64_t> key = projects_.find(project);
    if (!key) {
        return tl::unexpected(key.error());
    }
    std::vector<training_use> found;
    const auto take = [&found](const sqlite::row& row) {
        found.push_back({column::to_time(row.integer(0)), std::chrono::seconds(row.integer(1))});
    };
    return uses_.each(take, *key, column::from_time(since)).map([&found] {
        return std::move(found);
    });
}

result<void> training_store::add_step(std::int64_t project, const training_record& training) {
    return add_step_.run(project, fmt::format("training_{}", column::from_state(training.state)),
                         detail_of(training), column::from_time(training.changed_at));
}

} // namespace retraind::ledger
