#pragma once

#include <filesystem>
#include <functional>
#include <mutex>
#include <string>

#include "sandbox/service/database.hpp"
#include "sandbox/service/fetcher.hpp"
#include "sandbox/service/image_store.hpp"
#include "sandbox/service/iteration_store.hpp"
#include "sandbox/service/limits.hpp"
#include "sandbox/service/model_cache.hpp"
#include "sandbox/service/picture_files.hpp"
#include "sandbox/service/picture_links.hpp"
#include "sandbox/service/prediction_store.hpp"
#include "sandbox/service/project_store.hpp"
#include "sandbox/service/tag_store.hpp"

namespace sandbox::service {

/// Everything the operations work on. Who touches the database or one of the stores holds `guard`;
/// the rest is safe without.
struct state {
    state(const std::filesystem::path& data, std::string_view tier, const std::string& base_url);

    std::mutex guard;
    database db;
    project_store projects;
    tag_store tags;
    image_store images;
    iteration_store iterations;
    prediction_store predictions;

    picture_files files;
    fetcher addresses;
    link_signer links;
    tier_limits limits;
    model_cache models;
    /// Hands an iteration in state Training to whoever trains; set before the first call.
    std::function<void(const iteration&)> start_training;
};

} // namespace sandbox::service
