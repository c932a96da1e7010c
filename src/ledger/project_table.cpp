#include "ledger/project_table.hpp"

#include "ledger/column_codec.hpp"

namespace retraind::ledger {
namespace {

template <class... Values>
result<std::int64_t> key_from(sqlite::statement& query, const Values&... values) {
    std::int64_t key = 0;
    return query.each([&key](const sqlite::row& found) { key = found.integer(0); }, values...)
        .map([&key] { return key; });
}

} // namespace

result<std::int64_t> project_table::find(const project_id& project) {
    return key_from(find_, to_string(project));
}

result<std::int64_t> project_table::find_or_add(const project_id& project, wall_time at) {
    result<std::int64_t> key = find(project);
    if (!key || *key != 0) {
        return key;
    }
    return add_.run(to_string(project), column::from_time(at)).map([this] {
        return source_.last_row();
    });
}

result<std::int64_t> project_table::find_folder(std::int64_t project, const std::string& path) {
    return key_from(find_folder_, project, sqlite::blob(path));
}

result<std::int64_t> project_table::find_or_add_folder(std::int64_t project,
                                                       const std::string& path) {
    result<std::int64_t> key = find_folder(project, path);
    if (!key || *key != 0) {
        return key;
    }
    return add_folder_.run(project, sqlite::blob(path)).map([this] { return source_.last_row(); });
}

} // namespace retraind::ledger
