#include "sandbox/service/state.hpp"

#include "sandbox/service/digest.hpp"
#include "sandbox/service/schema.hpp"

namespace sandbox::service {

namespace {

std::filesystem::path made(const std::filesystem::path& folder) {
    std::filesystem::create_directories(folder);
    return folder;
}

/// The file brought up to date before a store looks into it.
database opened(const std::filesystem::path& file) {
    database on(file);
    prepare_schema(on);
    return on;
}

/// Links outlive a restart, so their key does.
std::string link_key(project_store& settings) {
    constexpr std::string_view name = "link-key";
    constexpr std::size_t key_bytes = 32;
    if (auto known = settings.setting(name)) {
        return *known;
    }
    const std::string fresh = random_bytes(key_bytes);
    settings.set(name, fresh);
    return fresh;
}

} // namespace

state::state(const std::filesystem::path& data, std::string_view tier, const std::string& base_url)
    : db(opened(made(data) / "service.db")),
      projects(db),
      tags(db),
      images(db),
      iterations(db),
      predictions(db),
      files(data),
      addresses(data / "ca.pem"),
      links(base_url, link_key(projects)),
      limits(limits_of(tier)) {}

} // namespace sandbox::service
