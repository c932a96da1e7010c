#pragma once

#include <string>
#include <vector>

#include "retraind/customvision/training_client.hpp"
#include "retraind/portal/record_codec.hpp"
#include "retraind/portal/selection_rules.hpp"
#include "retraind/portal/trouble_rules.hpp"
#include "retraind/portal/view_codec.hpp"
#include "retraind/runtime/task.hpp"

namespace retraind::portal {

/// Reads the service's objects, as they are and as records. What it refers to outlives its calls.
class service_reader {
public:
    service_reader(customvision::training_client& client, const config::service_block& service)
        : client_(client), service_(service) {}

    [[nodiscard]] task<attempt<std::string>> body(customvision::document_address where);
    [[nodiscard]] task<attempt<std::vector<record>>> list(customvision::document_address where);
    [[nodiscard]] task<attempt<record>> one(customvision::document_address where);

    /// The one project that `word` means.
    [[nodiscard]] task<attempt<record>> project(std::string word);
    /// What each word means in `from`, each thing once, in their order.
    using finder = result<const record*> (*)(const std::vector<record>& from,
                                             std::string_view word);
    [[nodiscard]] static attempt<std::vector<record>>
    select(const std::vector<record>& from, const std::vector<std::string>& words, finder find);
    [[nodiscard]] task<attempt<project_contents>> contents(record project);

    [[nodiscard]] customvision::training_client& client() noexcept { return client_; }
    [[nodiscard]] const config::service_block& service() const noexcept { return service_; }

    /// The same as `explain`, for a call that may have done its work although no answer came.
    [[nodiscard]] trouble explain_write(const customvision::failure& why) const;

private:
    customvision::training_client& client_;
    const config::service_block& service_;
};

} // namespace retraind::portal
