#include "sandbox/service/export_package.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <string_view>

#include "sandbox/service/model.hpp"

namespace sandbox::service {

namespace {

constexpr std::string_view readme = R"(Iteration "{name}" of a customvision-sandbox project.

This is no Docker image and no network: it is the linear classifier that the sandbox has trained.

labels.txt  its {labels} classes, one a line, in the order of the rows of weights
model.bin   the line "sandbox classifier 1"; three 32-bit unsigned numbers: 1 for a multiclass
            model (0: multilabel), the number of classes, the number of features; then for each
            class a row of 32-bit floats: a weight a feature, and the constant. Numbers are in the
            byte order of the machine that trained it.

Features: method "{method}". The picture, upright as it is stored, is stretched to 64 x 64 pixels;
8 x 8 cells of Felzenszwalb's histograms of oriented gradients (31 numbers each, as dlib's
extract_fhog_features makes them), then a thumbnail of 8 x 8 cells (red, green, blue), all from 0
to 1. The constant and the weighted features of a class add up to its score.
)";

struct writer_closer {
    void operator()(archive* of) const { archive_write_free(of); }
};

struct entry_closer {
    void operator()(archive_entry* of) const { archive_entry_free(of); }
};

class zip_writer {
public:
    zip_writer() : archive_(archive_write_new()) {
        check(archive_write_set_format_zip(archive_.get()));
        check(archive_write_set_bytes_in_last_block(archive_.get(), 1));
        check(archive_write_open(archive_.get(), &bytes_, nullptr, &zip_writer::take, nullptr));
    }

    void add(const char* name, std::string_view content) {
        const std::unique_ptr<archive_entry, entry_closer> entry(archive_entry_new());
        archive_entry_set_pathname(entry.get(), name);
        archive_entry_set_size(entry.get(), static_cast<la_int64_t>(content.size()));
        archive_entry_set_filetype(entry.get(), AE_IFREG);
        archive_entry_set_perm(entry.get(), 0644);
        check(archive_write_header(archive_.get(), entry.get()));
        if (archive_write_data(archive_.get(), content.data(), content.size()) < 0) {
            check(ARCHIVE_FATAL);
        }
    }

    std::string finish() {
        check(archive_write_close(archive_.get()));
        return std::move(bytes_);
    }

private:
    static la_ssize_t take(archive*, void* into, const void* bytes, std::size_t count) {
        static_cast<std::string*>(into)->append(static_cast<const char*>(bytes), count);
        return static_cast<la_ssize_t>(count);
    }

    void check(int code) {
        if (code != ARCHIVE_OK) {
            const char* reason = archive_error_string(archive_.get());
            throw std::runtime_error(std::string("libarchive: ") + (reason ? reason : "failed"));
        }
    }

    std::string bytes_;
    std::unique_ptr<archive, writer_closer> archive_;
};

} // namespace

std::string read_model_file(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(in), {}};
    if (!in.is_open() || in.bad()) {
        throw std::runtime_error(file.string() + " cannot be read");
    }
    return bytes;
}

std::string export_package(const export_contents& contents) {
    std::string labels;
    for (const tag& each : contents.classes) {
        labels += each.name + "\n";
    }
    zip_writer zip;
    zip.add("README.txt", fmt::format(readme, fmt::arg("name", contents.of.name),
                                      fmt::arg("labels", contents.classes.size()),
                                      fmt::arg("method", feature_method())));
    zip.add("labels.txt", labels);
    zip.add("model.bin", contents.model);
    return zip.finish();
}

} // namespace sandbox::service
