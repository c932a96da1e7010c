#include <gif_lib.h>

#include "pictures.hpp"

using namespace retraind;
using namespace retraind::imaging;
using namespace retraind::imaging::testing;

namespace {

struct gif_wish {
    int screen_width = 16;
    int screen_height = 12;
    int left = 0;
    int top = 0;
    int width = 16;
    int height = 12;
    bool interlaced = false;
    int transparent = NO_TRANSPARENT_COLOR;
};

int append(GifFileType* gif, const GifByteType* bytes, int count) {
    static_cast<std::string*>(gif->UserData)
        ->append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(count));
    return count;
}

/// The index of row r is r % 4; colour i is (i * 60, i * 60 + 1, i * 60 + 2). A second frame
/// follows.
std::string gif_of(const gif_wish& wish) {
    std::string bytes;
    int failure = 0;
    GifFileType* gif = EGifOpen(&bytes, append, &failure);
    GifColorType palette[4];
    for (int at = 0; at < 4; ++at) {
        palette[at] = {static_cast<GifByteType>(at * 60), static_cast<GifByteType>(at * 60 + 1),
                       static_cast<GifByteType>(at * 60 + 2)};
    }
    ColorMapObject* map = GifMakeMapObject(4, palette);
    EGifSetGifVersion(gif, true);
    EGifPutScreenDesc(gif, wish.screen_width, wish.screen_height, 2, 0, map);
    if (wish.transparent != NO_TRANSPARENT_COLOR) {
        GraphicsControlBlock control{0, false, 0, wish.transparent};
        GifByteType block[4];
        EGifGCBToExtension(&control, block);
        EGifPutExtension(gif, GRAPHICS_EXT_FUNC_CODE, 4, block);
    }
    const auto put_frame = [&](bool first) {
        EGifPutImageDesc(gif, wish.left, wish.top, wish.width, wish.height, wish.interlaced,
                         nullptr);
        std::vector<int> order;
        for (int row = 0; row < wish.height; ++row) {
            order.push_back(row);
        }
        if (wish.interlaced) {
            order.clear();
            for (const auto& [start, step] : {std::pair{0, 8}, {4, 8}, {2, 4}, {1, 2}}) {
                for (int row = start; row < wish.height; row += step) {
                    order.push_back(row);
                }
            }
        }
        for (const int row : order) {
            std::vector<GifPixelType> line(static_cast<std::size_t>(wish.width),
                                           static_cast<GifPixelType>(first ? row % 4 : 3));
            EGifPutLine(gif, line.data(), wish.width);
        }
    };
    put_frame(true);
    put_frame(false);
    EGifCloseFile(gif, &failure);
    GifFreeMapObject(map);
    return bytes;
}

raster read_gif(const std::string& bytes) {
    memory_file file(bytes);
    return read_all(open_gif(file)).value();
}

void put(std::string& bytes, std::uint32_t value, unsigned count) {
    for (unsigned byte = 0; byte < count; ++byte) {
        bytes += static_cast<char>(value >> (8 * byte));
    }
}

/// A BMP header and what follows it.
std::string bmp_of(std::uint32_t width, std::uint32_t height, unsigned bits,
                   std::uint32_t compression, const std::string& between,
                   const std::string& pixels) {
    std::string bytes = "BM";
    const auto at = static_cast<std::uint32_t>(54 + between.size());
    put(bytes, static_cast<std::uint32_t>(at + pixels.size()), 4);
    put(bytes, 0, 4);
    put(bytes, at, 4);
    put(bytes, 40, 4);
    put(bytes, width, 4);
    put(bytes, height, 4);
    put(bytes, 1, 2);
    put(bytes, bits, 2);
    put(bytes, compression, 4);
    put(bytes, 0, 4);
    put(bytes, 0, 4);
    put(bytes, 0, 4);
    put(bytes, 2, 4);
    put(bytes, 0, 4);
    return bytes + between + pixels;
}

result<raster> read_bmp(const std::string& bytes) {
    memory_file file(bytes);
    return read_all(open_bmp(file));
}

} // namespace

BOOST_AUTO_TEST_SUITE(gif_and_bmp)

BOOST_AUTO_TEST_CASE(the_first_frame_of_a_gif_is_its_picture) {
    for (const bool interlaced : {false, true}) {
        gif_wish wish;
        wish.interlaced = interlaced;
        const raster all = read_gif(gif_of(wish));
        BOOST_TEST((all.format == row_format{16, 12, colours::rgb}));
        for (std::uint32_t row = 0; row < 12; ++row) {
            BOOST_TEST(int(all.at(15, row, 1)) == int(row % 4 * 60 + 1));
        }
    }
}

BOOST_AUTO_TEST_CASE(what_a_frame_leaves_free_is_transparent) {
    gif_wish wish;
    wish.left = 3;
    wish.top = 2;
    wish.width = 10;
    wish.height = 20; // beyond the screen
    wish.transparent = 1;
    const raster all = read_gif(gif_of(wish));
    BOOST_TEST((all.format == row_format{16, 12, colours::rgba}));
    BOOST_TEST(int(all.at(2, 4, 3)) == 0);
    BOOST_TEST(int(all.at(3, 1, 3)) == 0);
    BOOST_TEST(int(all.at(3, 2, 3)) == 255);
    BOOST_TEST(int(all.at(3, 3, 3)) == 0); // the transparent colour
    BOOST_TEST(int(all.at(12, 4, 0)) == 120);
    BOOST_TEST(int(all.at(13, 4, 3)) == 0);
}

BOOST_AUTO_TEST_CASE(a_gif_becomes_a_png) {
    const raster small = read_png(shrunk(gif_of({}), picture_kind::gif, {8, 6, 0})).value();
    BOOST_TEST((small.format == row_format{8, 6, colours::rgb}));
    BOOST_TEST(int(small.at(0, 0, 0)) == 30); // of 0 and 60
}

BOOST_AUTO_TEST_CASE(bmp_rows_stand_from_the_bottom_or_from_the_top) {
    std::string pixels;
    for (const char row : {1, 2, 3}) {
        pixels += std::string(6, row) + std::string(2, 0); // padded to four bytes
    }
    const raster up = read_bmp(bmp_of(2, 3, 24, 0, "", pixels)).value();
    BOOST_TEST(int(up.at(0, 0, 0)) == 3);
    BOOST_TEST(int(up.at(1, 2, 2)) == 1);
    const raster down = read_bmp(bmp_of(2, 0U - 3U, 24, 0, "", pixels)).value();
    BOOST_TEST(int(down.at(0, 0, 0)) == 1);
}

BOOST_AUTO_TEST_CASE(bmp_pixels_of_every_size_are_read) {
    const std::string palette{"\x03\x02\x01\0\x06\x05\x04\0", 8};
    const raster one = read_bmp(bmp_of(3, 1, 1, 0, palette, std::string("\x40\0\0\0", 4))).value();
    BOOST_TEST(one.samples == (std::vector<std::uint8_t>{1, 2, 3, 4, 5, 6, 1, 2, 3}));
    const raster four = read_bmp(bmp_of(2, 1, 4, 0, palette, std::string("\x10\0\0\0", 4))).value();
    BOOST_TEST(four.samples == (std::vector<std::uint8_t>{4, 5, 6, 1, 2, 3}));
    const raster eight =
        read_bmp(bmp_of(2, 1, 8, 0, palette, std::string("\x01\x00\0\0", 4))).value();
    BOOST_TEST(eight.samples == (std::vector<std::uint8_t>{4, 5, 6, 1, 2, 3}));
    const raster deep = read_bmp(bmp_of(1, 1, 16, 0, "", std::string("\x1F\x7C\0\0", 4))).value();
    BOOST_TEST(deep.samples == (std::vector<std::uint8_t>{255, 0, 255}));
    std::string masks;
    for (const std::uint32_t mask : {0xFFU, 0xFF00U, 0xFF0000U}) {
        put(masks, mask, 4);
    }
    const raster fields = read_bmp(bmp_of(1, 1, 32, 3, masks, "\x01\x02\x03\x04")).value();
    BOOST_TEST(fields.samples == (std::vector<std::uint8_t>{1, 2, 3}));
}

BOOST_AUTO_TEST_CASE(a_bmp_becomes_a_jpeg) {
    const std::string large = bmp_of(8, 8, 24, 0, "", std::string(8 * 24, '\x60'));
    const raster small = read_jpeg(shrunk(large, picture_kind::bmp, {4, 4, 92})).value();
    BOOST_TEST((small.format == row_format{4, 4, colours::rgb}));
}

BOOST_AUTO_TEST_CASE(bmps_that_are_none_or_packed_are_refused) {
    const std::string pixels(64, 'x');
    for (const std::string& bytes :
         {std::string("BM"), bmp_of(2, 2, 8, 1, std::string(8, 'p'), pixels),
          bmp_of(0, 2, 24, 0, "", pixels), bmp_of(70'000, 2, 24, 0, "", pixels),
          bmp_of(2, 2, 7, 0, "", pixels), bmp_of(100, 100, 24, 0, "", pixels)}) {
        const auto read = read_bmp(bytes);
        BOOST_TEST_REQUIRE(!read.has_value());
        BOOST_TEST((read.error().code == errc::invalid));
    }
}

BOOST_AUTO_TEST_SUITE_END()
