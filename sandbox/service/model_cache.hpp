#pragma once

#include <filesystem>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "sandbox/service/model.hpp"

namespace sandbox::service {

/// The models used last, loaded once. Any thread.
class model_cache {
public:
    /// Throws where the file is no model.
    [[nodiscard]] std::shared_ptr<const model> get(const std::string& iteration_id,
                                                   const std::filesystem::path& file);

private:
    std::mutex guard_;
    std::list<std::pair<std::string, std::shared_ptr<const model>>> recent_; ///< newest first
};

} // namespace sandbox::service
