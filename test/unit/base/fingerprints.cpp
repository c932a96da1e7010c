#include "retraind/base/file_identity.hpp"

#include <boost/test/unit_test.hpp>

using namespace retraind;

BOOST_AUTO_TEST_SUITE(fingerprints)

BOOST_AUTO_TEST_CASE(a_fingerprint_is_of_place_and_state_but_not_of_the_mount) {
    const file_identity one{1, 2, 3, 4, 5};
    const file_fingerprint print = fingerprint("/d", "a.jpg", one);
    file_identity remounted = one;
    remounted.device = 9;
    remounted.inode = 9;
    BOOST_TEST((fingerprint("/d", "a.jpg", remounted) == print));
    BOOST_TEST((fingerprint("/e", "a.jpg", one) != print));
    BOOST_TEST((fingerprint("/d", "b.jpg", one) != print));
    for (auto member : {&file_identity::size}) {
        file_identity other = one;
        ++(other.*member);
        BOOST_TEST((fingerprint("/d", "a.jpg", other) != print));
    }
    for (auto member : {&file_identity::modified_ns, &file_identity::changed_ns}) {
        file_identity other = one;
        ++(other.*member);
        BOOST_TEST((fingerprint("/d", "a.jpg", other) != print));
    }
}

BOOST_AUTO_TEST_CASE(folder_and_path_do_not_run_together) {
    const file_identity one{1, 2, 3, 4, 5};
    BOOST_TEST((fingerprint("/d", "e/a", one) != fingerprint("/de", "/a", one)));
    BOOST_TEST((fingerprint("/d", "a", one) != fingerprint("/da", "", one)));
}

BOOST_AUTO_TEST_SUITE_END()
