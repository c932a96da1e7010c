#pragma once

#include <cstdint>
#include <cstring>
#include <filesystem>
#include <string>
#include <utility>

#include <boost/test/unit_test.hpp>

#include "retraind/ledger/types.hpp"

namespace retraind::testing {

/// A folder of its own, gone at the end of the test.
class temporary_folder {
public:
    temporary_folder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "retraind-XXXXXX").native();
        BOOST_TEST_REQUIRE(::mkdtemp(pattern.data()) != nullptr);
        path_ = pattern;
    }
    ~temporary_folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    temporary_folder(const temporary_folder&) = delete;
    temporary_folder& operator=(const temporary_folder&) = delete;

    [[nodiscard]] std::string operator/(const std::string& name) const {
        return path_ + "/" + name;
    }
    [[nodiscard]] const std::string& path() const { return path_; }

private:
    std::string path_;
};

inline sha256 digest_number(std::uint64_t number) {
    sha256 digest;
    std::memcpy(digest.bytes.data(), &number, sizeof number);
    return digest;
}

template <class Id>
Id id_number(std::uint8_t number) {
    Id id;
    id.value.data[15] = number;
    return id;
}

inline wall_time at_second(int second) {
    return wall_time(std::chrono::seconds(1'700'000'000 + second));
}

/// A confirmed file "/drop/PATH" with content `number`, of 1000 + `number` bytes.
inline ledger::file_outcome confirmed_file(const std::string& path, std::uint64_t number) {
    ledger::file_outcome file;
    file.folder = "/drop";
    file.path = path;
    file.identity = {1, number, 1000 + number, static_cast<std::int64_t>(number) * 7, 9};
    file.digest = digest_number(number);
    file.image = id_number<image_id>(static_cast<std::uint8_t>(number));
    file.labels = {"cat"};
    file.first_seen = at_second(0);
    return file;
}

inline ledger::file_outcome rejected_file(const std::string& path, std::uint64_t number) {
    ledger::file_outcome file = confirmed_file(path, number);
    file.result = outcome::rejected;
    file.image.reset();
    file.reason = ledger::rejection{
        "ErrorImageSize", "too big", "make it smaller", 2, 400, "BadRequestImageExceededCount",
        "too much",       "r-1"};
    return file;
}

inline ledger::batch_record batch_of(std::vector<ledger::file_outcome> files, int second = 1) {
    return {at_second(second), "request-1", 4096, std::move(files)};
}

} // namespace retraind::testing
