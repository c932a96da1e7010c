#pragma once

#include <string>
#include <vector>

#include "retraind/portal/commands.hpp"
#include "service_reader.hpp"

namespace retraind::portal {

/// Asks again where the service answers 429: it has done nothing then, and the client's gate keeps
/// the wait that it asked for. `call` returns a task of a customvision::answer.
template <class Call>
[[nodiscard]] auto patiently(Call call) -> decltype(call()) {
    constexpr int attempts = 5;
    auto done = co_await call();
    for (int next = 1;
         next < attempts && !done && done.error().meaning == customvision::verdict::throttled;
         ++next) {
        done = co_await call();
    }
    co_return done;
}

/// The text of list and show.
[[nodiscard]] task<attempt<std::string>> look(service_reader& service, request asked,
                                              std::optional<std::size_t> width);

/// Makes what is asked for and says each thing that is made.
[[nodiscard]] task<attempt<bool>> create(service_reader& service,
                                         const config::configuration& wanted, request asked,
                                         const console& with);

/// One thing that is to be deleted.
struct doomed {
    record object;
    std::string loss; ///< what goes with it, for the question
    std::string json; ///< the service's object, on one line
};
struct deletion {
    subject about = subject::projects;
    project_id project; ///< of tags and iterations
    std::vector<doomed> things;
};

/// What would be deleted; fails where something of it cannot be. Reads only.
[[nodiscard]] task<attempt<deletion>> plan_deletion(service_reader& service, request asked);
/// Deletes and says each thing that is gone.
[[nodiscard]] task<attempt<bool>> carry_out(service_reader& service, deletion planned, bool json,
                                            const console& with);

/// Where the service's own object is.
[[nodiscard]] customvision::document_address document_of(subject about, project_id project,
                                                         const record& object);

} // namespace retraind::portal
