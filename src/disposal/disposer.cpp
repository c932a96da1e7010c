#include "retraind/disposal/disposer.hpp"

#include <utility>

#include "disposal/file_disposal.hpp"
#include "disposal/leftover_search.hpp"

namespace retraind::disposal {

disposer::disposer(std::string folder, options chosen, file_calls& calls)
    : folder_(std::move(folder)), options_(std::move(chosen)), calls_(calls) {}

disposals disposer::dispose(const std::vector<settled_file>& files) const {
    file_disposal hands(folder_, options_, calls_);
    disposals all;
    all.files.reserve(files.size());
    for (const settled_file& file : files) {
        all.files.push_back(hands.dispose(file));
        if (const auto* gone_to = std::get_if<done>(&all.files.back())) {
            hands.follow(file, *gone_to, all.beside);
        }
    }
    all.not_durable = hands.sync();
    return all;
}

leftovers disposer::give_back_leftovers() const {
    return leftover_search(folder_, calls_).run();
}

} // namespace retraind::disposal
