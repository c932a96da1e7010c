#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <boost/test/unit_test.hpp>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "retraind/disposal/disposer.hpp"

namespace retraind::testing {

/// A folder of its own, gone at the end of the test.
class temporary_folder {
public:
    explicit temporary_folder(
        const std::filesystem::path& where = std::filesystem::temp_directory_path()) {
        std::string pattern = (where / "retraind-XXXXXX").native();
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

private:
    std::string path_;
};

inline void write_file(const std::string& path, const std::string& text) {
    std::filesystem::create_directories(std::filesystem::path(path).parent_path());
    std::ofstream(path, std::ios::binary) << text;
}

inline std::string read_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// Every file and link below `root` with its bytes, by path below it. A link's is where it leads.
inline std::map<std::string, std::string> tree(const std::string& root) {
    std::map<std::string, std::string> found;
    std::error_code missing;
    for (const auto& each : std::filesystem::recursive_directory_iterator(root, missing)) {
        const std::string name = each.path().lexically_relative(root).native();
        if (each.is_symlink()) {
            found[name] = "-> " + std::filesystem::read_symlink(each.path()).native();
        } else if (each.is_regular_file()) {
            found[name] = read_file(each.path().native());
        }
    }
    return found;
}

using files = std::map<std::string, std::string>;

/// As the daemon sees a file when it reads it: through a link.
inline file_identity identity_of(const std::string& path) {
    struct stat found {};
    BOOST_TEST_REQUIRE(::stat(path.c_str(), &found) == 0, path);
    const auto in_ns = [](const timespec& time) {
        return static_cast<std::int64_t>(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
    };
    return {found.st_dev, found.st_ino, static_cast<std::uint64_t>(found.st_size),
            in_ns(found.st_mtim), in_ns(found.st_ctim)};
}

/// The machine's calls, with something done before each, and any of them failing.
class scripted_calls : public disposal::file_calls {
public:
    /// Called with the call's name and number, from 1; what it returns, but 0, is the failure.
    std::function<int(const std::string& call, unsigned number)> before;
    unsigned count = 0;

    int rename_new(const disposal::place& from, const disposal::place& to) override {
        const int failure = next("rename_new");
        return failure != 0 ? failure : file_calls::rename_new(from, to);
    }
    int rename(const disposal::place& from, const disposal::place& to) override {
        const int failure = next("rename");
        return failure != 0 ? failure : file_calls::rename(from, to);
    }
    int link(const disposal::place& from, const disposal::place& to) override {
        const int failure = next("link");
        return failure != 0 ? failure : file_calls::link(from, to);
    }
    int make_symlink(const std::string& text, const disposal::place& at) override {
        const int failure = next("make_symlink");
        return failure != 0 ? failure : file_calls::make_symlink(text, at);
    }
    int unlink(const disposal::place& at) override {
        const int failure = next("unlink");
        return failure != 0 ? failure : file_calls::unlink(at);
    }
    int make_folder(const disposal::place& at, unsigned mode) override {
        const int failure = next("make_folder");
        return failure != 0 ? failure : file_calls::make_folder(at, mode);
    }
    int remove_folder(const disposal::place& at) override {
        const int failure = next("remove_folder");
        return failure != 0 ? failure : file_calls::remove_folder(at);
    }
    int create(const disposal::place& at, int& file) override {
        const int failure = next("create");
        return failure != 0 ? failure : file_calls::create(at, file);
    }
    int write(int file, std::span<const std::byte> bytes) override {
        const int failure = next("write");
        return failure != 0 ? failure : file_calls::write(file, bytes);
    }
    int sync(int file) override {
        const int failure = next("sync");
        return failure != 0 ? failure : file_calls::sync(file);
    }

private:
    int next(const std::string& call) { return before ? before(call, ++count) : 0; }
};

/// A watched folder and where its files go.
struct drop {
    temporary_folder folder;
    std::string watched = folder / "drop";
    std::string moved = folder / "moved";
    std::string rejected = folder / "rejected";
    disposal::options chosen{disposal::move_to{moved}, rejected};
    scripted_calls calls;

    drop() { std::filesystem::create_directories(watched); }

    disposal::settled_file put(const std::string& path, const std::string& text = "picture",
                               outcome result = outcome::confirmed) const {
        write_file(watched + "/" + path, text);
        return settled(path, result);
    }
    [[nodiscard]] disposal::settled_file settled(const std::string& path,
                                                 outcome result = outcome::confirmed) const {
        disposal::settled_file file{path, identity_of(watched + "/" + path), result, {}};
        if (result == outcome::rejected) {
            file.reason.emplace();
            file.reason->code = "Truncated";
            file.reason->path = path;
        }
        return file;
    }
    disposal::disposal dispose(const disposal::settled_file& file) {
        const disposal::disposer hands(watched, chosen, calls);
        disposal::disposals all = hands.dispose({file});
        BOOST_TEST_REQUIRE(all.files.size() == 1U);
        return all.files[0];
    }
    disposal::leftovers give_back() {
        return disposal::disposer(watched, chosen, calls).give_back_leftovers();
    }
};

/// The one kind of result that is expected; the test ends where it is another.
template <class Kind>
Kind as(const disposal::disposal& result) {
    if (const auto* kept = std::get_if<disposal::kept>(&result)) {
        BOOST_TEST_MESSAGE((kept->problem ? kept->problem->message : "kept"));
    }
    BOOST_TEST_REQUIRE(std::holds_alternative<Kind>(result), "kind " << result.index());
    return std::get<Kind>(result);
}

} // namespace retraind::testing
