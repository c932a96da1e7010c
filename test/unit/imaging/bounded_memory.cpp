// 8,000 x 6,000 pixels are 144 MB; the largest resident memory while they are made smaller says
// that they were never held.
#include <filesystem>
#include <fstream>
#include <sstream>

#include "pictures.hpp"
#include "retraind/imaging/scratch_file.hpp"

using namespace retraind;
using namespace retraind::imaging;
using namespace retraind::imaging::testing;

namespace {

constexpr row_format large{8'000, 6'000, colours::rgb};
constexpr long most_kib = 24L * 1024;

/// A line of /proc/self/status, in KiB.
long memory(const std::string& name) {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with(name + ":")) {
            return std::stol(line.substr(name.size() + 1));
        }
    }
    return 0;
}

/// How much more resident memory `work` had at its peak than there was before it.
long peak_of(const std::function<void()>& work) {
    std::ofstream("/proc/self/clear_refs") << "5"; // the peak counts from here
    const long before = memory("VmRSS");
    BOOST_TEST_REQUIRE(memory("VmHWM") <= before + 4'096, "the kernel keeps the old peak");
    work();
    return memory("VmHWM") - before;
}

scratch_file file_in_temp() {
    return scratch_file::create(std::filesystem::temp_directory_path().string()).value();
}

void make_smaller(scratch_file& from, picture_kind kind, const shrink_attempt& wanted) {
    scratch_file into = file_in_temp();
    const auto done = shrink(from, kind, wanted, 6'000'000, into);
    BOOST_TEST_REQUIRE(done.has_value(), (done ? "" : done.error().message));
    BOOST_TEST(done->fits);
    BOOST_TEST(into.size() == done->bytes);
    BOOST_TEST(done->rows == wanted.height);
}

} // namespace

BOOST_AUTO_TEST_SUITE(bounded_memory)

BOOST_AUTO_TEST_CASE(a_large_jpeg_is_never_held) {
    const long peak = peak_of([] {
        scratch_file from = file_in_temp();
        paint(*create_jpeg(from, large, 90, {}).value(), large, slope());
        make_smaller(from, picture_kind::jpeg, {6'000, 4'500, 85});
    });
    BOOST_TEST(peak < most_kib);
}

BOOST_AUTO_TEST_CASE(a_large_png_is_never_held) {
    const long peak = peak_of([] {
        scratch_file from = file_in_temp();
        paint(*create_png(from, large, {}).value(), large, slope());
        make_smaller(from, picture_kind::png, {6'000, 4'500, 0});
    });
    BOOST_TEST(peak < most_kib);
}

BOOST_AUTO_TEST_SUITE_END()
