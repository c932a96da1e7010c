#pragma once

#include <string>
#include <string_view>

namespace retraind {

/// Overwrites and empties what has held a key.
void wipe(std::string& text) noexcept;

/// A key that does not print: it has no stream operator and no formatter, compares in constant
/// time, and its memory is wiped when it goes.
class secret {
public:
    secret() = default;
    explicit secret(std::string value);
    ~secret();
    secret(const secret& other);
    secret& operator=(const secret& other);
    secret(secret&& other) noexcept;
    secret& operator=(secret&& other) noexcept;

    [[nodiscard]] bool empty() const noexcept { return value_.empty(); }
    /// The value itself: for the header that carries it and nothing else.
    [[nodiscard]] std::string_view reveal() const noexcept { return value_; }
    /// Takes as long for a near miss as for a far one.
    [[nodiscard]] bool equals(const secret& other) const noexcept;

private:
    std::string value_;
};

} // namespace retraind
