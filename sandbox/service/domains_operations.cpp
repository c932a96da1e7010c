#include "sandbox/service/body_codec.hpp"
#include "sandbox/service/operations.hpp"
#include "sandbox/service/shapes.hpp"

namespace sandbox::service {

outcome get_domains(state&, const call& asked) {
    return json_response(200, array_of(all_domains(), [&](const domain& each) {
                             return domain_shape(each, asked.minor);
                         }));
}

outcome get_domain(state&, const call& asked) {
    const domain* found = find_domain(asked.route["domainId"]);
    if (found == nullptr) {
        return refuse("NotFoundDomain", "Domain not found");
    }
    return json_response(200, domain_shape(*found, asked.minor));
}

} // namespace sandbox::service
