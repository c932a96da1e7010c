#pragma once

#include "sandbox/service/database.hpp"

namespace sandbox::service {

/// Brings a new or older file to the schema of this program; throws database_error on a file that a
/// newer program has written.
void prepare_schema(database& on);

} // namespace sandbox::service
