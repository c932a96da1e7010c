#include "retraind/watch/inotify_codec.hpp"

#include <cstring>
#include <string>

#include <boost/test/unit_test.hpp>
#include <linux/inotify.h>

using namespace retraind;
using namespace retraind::watch;

namespace {

using bytes = std::vector<std::byte>;

/// A record as the kernel writes it: its name ended and padded with NULs.
bytes record(int watch, std::uint32_t mask, const std::string& name = "",
             std::uint32_t padded = 0) {
    inotify_event head{};
    head.wd = watch;
    head.mask = mask;
    head.len = name.empty() ? 0 : static_cast<std::uint32_t>((name.size() / 16 + 1) * 16);
    head.len = std::max(head.len, padded);
    bytes all(sizeof head + head.len);
    std::memcpy(all.data(), &head, sizeof head);
    std::memcpy(all.data() + sizeof head, name.data(), name.size());
    return all;
}

bytes operator+(bytes left, const bytes& right) {
    left.insert(left.end(), right.begin(), right.end());
    return left;
}

hint_kind kind_of(int watch, std::uint32_t mask, const std::string& name = "a.jpg") {
    return hint_of({watch, mask, name});
}

} // namespace

BOOST_TEST_DONT_PRINT_LOG_VALUE(hint_kind)

BOOST_AUTO_TEST_SUITE(inotify_codec)

BOOST_AUTO_TEST_CASE(records_follow_one_another) {
    const auto records =
        decode_inotify(record(1, IN_CREATE, "a.jpg") + record(2, IN_DELETE_SELF) +
                       record(-1, IN_Q_OVERFLOW) + record(3, IN_MOVED_TO, std::string(255, 'x')));
    BOOST_TEST_REQUIRE(records.size() == 4U);
    BOOST_TEST(records[0].watch == 1);
    BOOST_TEST(records[0].mask == static_cast<std::uint32_t>(IN_CREATE));
    BOOST_TEST(records[0].name == "a.jpg");
    BOOST_TEST(records[1].name.empty());
    BOOST_TEST(records[2].watch == -1);
    BOOST_TEST(records[3].name == std::string(255, 'x'));
}

BOOST_AUTO_TEST_CASE(names_are_bytes_up_to_the_padding) {
    for (const std::string name :
         {"a", "\xff\xfe.jpg", "new\nline.jpg", "fifteen bytes..", "sixteen bytes..."}) {
        const auto records = decode_inotify(record(1, IN_CREATE, name, 64));
        BOOST_TEST_REQUIRE(records.size() == 1U);
        BOOST_TEST(records[0].name == name);
    }
}

BOOST_AUTO_TEST_CASE(a_name_that_fills_its_field_ends_with_it) {
    bytes full = record(1, IN_CREATE, std::string(15, 'x'));
    full.back() = std::byte{'y'};
    BOOST_TEST(decode_inotify(full + record(2, IN_CREATE, "b"))[0].name ==
               std::string(15, 'x') + "y");
}

BOOST_AUTO_TEST_CASE(whatever_is_cut_short_is_left_out) {
    const bytes whole = record(1, IN_CREATE, "a.jpg") + record(2, IN_CREATE, "b.jpg");
    const std::size_t first = whole.size() / 2;
    for (std::size_t length = 0; length <= whole.size(); ++length) {
        const bytes part(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(length));
        const std::size_t expected = length == whole.size() ? 2 : length >= first ? 1 : 0;
        BOOST_TEST(decode_inotify(part).size() == expected, "of " << length << " bytes");
    }
}

BOOST_AUTO_TEST_CASE(a_length_beyond_the_end_reads_nothing) {
    bytes wrong = record(1, IN_CREATE, "a.jpg");
    const std::uint32_t length = 0xFFFFFFFFU;
    std::memcpy(wrong.data() + offsetof(inotify_event, len), &length, sizeof length);
    BOOST_TEST(decode_inotify(wrong).empty());
}

BOOST_AUTO_TEST_CASE(what_a_record_asks_for) {
    struct {
        std::uint32_t mask;
        hint_kind kind;
    } const cases[] = {
        {IN_CLOSE_WRITE, hint_kind::look_at_file},
        {IN_CREATE, hint_kind::look_at_file},
        {IN_MOVED_TO, hint_kind::file_moved_in},
        {IN_CREATE | IN_ISDIR, hint_kind::scan_folder},
        {IN_MOVED_TO | IN_ISDIR, hint_kind::scan_folder},
        {IN_DELETE, hint_kind::nothing},
        {IN_MODIFY, hint_kind::nothing},
        {IN_MOVED_FROM, hint_kind::nothing},
        {IN_DELETE | IN_ISDIR, hint_kind::nothing},
        {IN_IGNORED, hint_kind::watch_ended},
        {IN_UNMOUNT, hint_kind::watch_ended},
    };
    for (const auto& each : cases) {
        BOOST_TEST(kind_of(5, each.mask) == each.kind, "mask " << each.mask);
    }
}

BOOST_AUTO_TEST_CASE(the_folder_itself_is_no_file) {
    for (const std::uint32_t mask : {IN_DELETE_SELF, IN_MOVE_SELF, IN_CLOSE_WRITE}) {
        BOOST_TEST(kind_of(5, mask, "") == hint_kind::nothing);
    }
}

BOOST_AUTO_TEST_CASE(lost_records_are_a_scan_though_they_have_no_watch) {
    BOOST_TEST(kind_of(-1, IN_Q_OVERFLOW, "") == hint_kind::scan_all);
}

BOOST_AUTO_TEST_SUITE_END()
