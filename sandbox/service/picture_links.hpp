#pragma once

#include <string>
#include <string_view>

#include "sandbox/service/timestamps.hpp"

namespace sandbox::service {

struct image_links {
    std::string resized;
    std::string thumbnail;
    std::string original;
};

/// Makes and checks image addresses in the form of the service's SAS links: good for 24 hours, for
/// one picture, and not to be guessed (CONTRACT.md section 2.1).
class link_signer {
public:
    /// `base_url`: where the server is reached, without a slash at its end. `key`: secret bytes.
    link_signer(std::string base_url, std::string key);

    /// Resized and original are the same picture here, as they are in recordings.
    [[nodiscard]] image_links make(std::string_view project_id, std::string_view image_id,
                                   ticks moment) const;

    /// The address of an export's package, by its blob name.
    [[nodiscard]] std::string make_export(std::string_view project_id, std::string_view blob_name,
                                          ticks moment) const;

    /// Whether `signature` was given for that blob until `expiry`, and `expiry` is not over.
    [[nodiscard]] bool is_valid(std::string_view container, std::string_view blob_name,
                                std::string_view expiry, std::string_view signature,
                                ticks moment) const;

private:
    [[nodiscard]] std::string sign(std::string_view container, std::string_view blob_name,
                                   std::string_view expiry) const;
    [[nodiscard]] std::string link(std::string_view container, std::string_view blob_name,
                                   std::string_view expiry) const;

    std::string base_url_;
    std::string key_;
};

} // namespace sandbox::service
