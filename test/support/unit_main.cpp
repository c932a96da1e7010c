#define BOOST_TEST_MODULE retraind
#include <boost/test/unit_test.hpp>
