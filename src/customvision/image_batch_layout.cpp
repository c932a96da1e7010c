#include "image_batch_layout.hpp"

#include "document_codec.hpp"
#include "request_documents.hpp"
#include "retraind/customvision/image_batch_encoder.hpp"

#include <fmt/format.h>

namespace retraind::customvision {
namespace {

namespace json = boost::json;

constexpr std::string_view list_name = "images";

/// What an entry's members are written behind in a form.
std::string path_of(std::size_t entry) {
    return form_item(list_name, entry);
}

std::string open_entry(const std::string& name, std::size_t entry, notation as) {
    json::object named;
    named.emplace("name", name);
    const std::string members = write_members(named, as, path_of(entry));
    switch (as) {
    case notation::json:
        break;
    case notation::xml:
        return fmt::format("<{}>{}<contents>", list_name, members);
    case notation::form:
        // The first pair of a form has none before it.
        return fmt::format("{}&{}.contents=", entry == 0 ? members.substr(1) : members,
                           path_of(entry));
    }
    const std::string_view comma = entry == 0 ? "" : ",";
    return fmt::format(R"({}{{{},"contents":")", comma, members.substr(1));
}

std::string close_entry(const json::object& labels, std::size_t entry, notation as) {
    const std::string members = write_members(labels, as, path_of(entry));
    switch (as) {
    case notation::json:
        break;
    case notation::xml:
        return fmt::format("</contents>{}</{}>", members, list_name);
    case notation::form:
        return members;
    }
    return fmt::format(R"("{}}})", members);
}

} // namespace

image_batch_layout::image_batch_layout(const image_batch& batch, notation as)
    : batch_(batch), as_(as), shared_(shared_tags(batch.images)) {}

std::string image_batch_layout::begin() const {
    switch (as_) {
    case notation::json:
        return R"({"images":[)";
    case notation::xml:
        return "<ImageFileCreateBatch>";
    case notation::form:
        break;
    }
    return {};
}

std::string image_batch_layout::opening(std::size_t entry) const {
    return open_entry(batch_.images[entry].name, entry, as_);
}

std::string image_batch_layout::closing(std::size_t entry) const {
    const image_entry& each = batch_.images[entry];
    return close_entry(labels_of(each.tags, shared_, each.regions), entry, as_);
}

std::string image_batch_layout::end() const {
    const std::string members = write_members(batch_members(shared_, batch_.metadata, as_), as_);
    switch (as_) {
    case notation::json:
        return ']' + members + '}';
    case notation::xml:
        return members + "</ImageFileCreateBatch>";
    case notation::form:
        break;
    }
    return batch_.images.empty() && !members.empty() ? members.substr(1) : members;
}

std::uint64_t base64_bytes(std::uint64_t raw) noexcept {
    constexpr std::uint64_t group_raw = 3;
    constexpr std::uint64_t group_encoded = 4;
    return (raw + group_raw - 1) / group_raw * group_encoded;
}

std::uint64_t encoded_entry_bytes(const image_entry& entry, notation as) {
    std::uint64_t contents = base64_bytes(entry.bytes);
    if (as == notation::form) {
        // Of compressed bytes every 64th letter is a plus sign and every 64th a slash, and each
        // takes two bytes more: a sixteenth. A twelfth leaves few batches that come out larger.
        contents += contents / 12;
    }
    return encoded_entry_bytes(entry, as, contents);
}

std::uint64_t encoded_entry_bytes(const image_entry& entry, notation as, std::uint64_t contents) {
    // Requests have at most 64 entries; a bound for a thousand is a bound for all.
    constexpr std::size_t late_entry = 999;
    const std::string around =
        open_entry(entry.name, late_entry, as) +
        close_entry(labels_of(entry.tags, {}, entry.regions), late_entry, as);
    return around.size() + contents;
}

std::uint64_t encoded_envelope_bytes(const metadata_map& metadata, notation as) {
    const image_batch empty{{}, metadata};
    const image_batch_layout layout(empty, as);
    return layout.begin().size() + layout.end().size();
}

} // namespace retraind::customvision
