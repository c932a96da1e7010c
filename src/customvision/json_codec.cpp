#include "retraind/customvision/json_codec.hpp"

#include "json_reader.hpp"
#include "xml_document_rules.hpp"

namespace retraind::customvision {
namespace {

namespace json = boost::json;

domain read_domain(json_reader& from) {
    domain value;
    value.id = from.required_id<domain_id>("id");
    value.name = from.text("name");
    value.type = from.text("type");
    return value;
}

std::optional<classification_type> read_classification(json_reader& settings) {
    const std::string word = settings.text("classificationType");
    if (word == to_string(classification_type::multiclass)) {
        return classification_type::multiclass;
    }
    if (word == to_string(classification_type::multilabel)) {
        return classification_type::multilabel;
    }
    return std::nullopt;
}

struct project_settings {
    domain_id domain;
    std::optional<classification_type> classification;
};

project_settings read_settings(json_reader& from) {
    return {from.id<domain_id>("domainId").value_or(domain_id{}), read_classification(from)};
}

project read_project(json_reader& from) {
    project value;
    value.id = from.required_id<project_id>("id");
    value.name = from.text("name");
    const project_settings settings =
        from.object("settings", read_settings).value_or(project_settings{});
    value.domain = settings.domain;
    value.classification = settings.classification;
    value.read_only = from.flag("drModeEnabled");
    return value;
}

tag_type read_tag_type(const std::string& word) {
    if (word.empty() || word == to_string(tag_type::regular)) {
        return tag_type::regular;
    }
    return word == to_string(tag_type::negative) ? tag_type::negative : tag_type::other;
}

tag read_tag(json_reader& from) {
    tag value;
    value.id = from.required_id<tag_id>("id");
    value.name = from.text("name");
    value.type = read_tag_type(from.text("type"));
    value.image_count = from.count("imageCount");
    return value;
}

region read_region(json_reader& from) {
    region value;
    value.tag = from.required_id<tag_id>("tagId");
    value.left = from.number("left");
    value.top = from.number("top");
    value.width = from.number("width");
    value.height = from.number("height");
    return value;
}

image read_image(json_reader& from) {
    image value;
    value.id = from.required_id<image_id>("id");
    value.tags =
        from.objects("tags", [](json_reader& inner) { return inner.required_id<tag_id>("tagId"); });
    value.regions = from.objects("regions", read_region);
    value.metadata = from.texts("metadata");
    return value;
}

image_tag read_image_tag(json_reader& from) {
    return {from.required_id<image_id>("imageId"), from.required_id<tag_id>("tagId")};
}

image_tag_summary read_image_tag_summary(json_reader& from) {
    image_tag_summary value;
    value.created = from.objects("created", read_image_tag);
    value.duplicated = from.objects("duplicated", read_image_tag);
    value.exceeded = from.objects("exceeded", read_image_tag);
    return value;
}

image_region read_image_region(json_reader& from) {
    return {from.required_id<image_id>("imageId"), read_region(from)};
}

image_region_summary read_image_region_summary(json_reader& from) {
    image_region_summary value;
    value.created = from.objects("created", read_image_region);
    value.duplicated = from.objects("duplicated", read_image_region);
    value.exceeded = from.objects("exceeded", read_image_region);
    return value;
}

image_result read_image_result(json_reader& from) {
    image_result value;
    value.source_url = from.text("sourceUrl");
    value.status = from.required_text("status");
    const auto image =
        from.object("image", [](json_reader& inner) { return inner.id<image_id>("id"); });
    value.id = image.value_or(std::nullopt);
    return value;
}

iteration read_iteration(json_reader& from) {
    iteration value;
    value.id = from.required_id<iteration_id>("id");
    value.name = from.text("name");
    value.status = from.required_text("status");
    value.created = from.time("created").value_or(wall_time{});
    value.trained_at = from.time("trainedAt");
    value.training_time = std::chrono::minutes(from.count("trainingTimeInMinutes"));
    value.publish_name = from.filled_text("publishName");
    value.error_details = from.text("trainingErrorDetails");
    return value;
}

tag_performance read_tag_performance(json_reader& from) {
    tag_performance value;
    value.id = from.required_id<tag_id>("id");
    value.name = from.text("name");
    value.precision = from.number("precision");
    value.recall = from.number("recall");
    value.average_precision = from.number("averagePrecision");
    return value;
}

performance read_performance(json_reader& from) {
    performance value;
    value.precision = from.number("precision");
    value.recall = from.number("recall");
    value.average_precision = from.number("averagePrecision");
    value.tags = from.objects("perTagPerformance", read_tag_performance);
    return value;
}

template <class Value>
result<Value> checked(const json_reader& reader, Value value) {
    if (const std::optional<error>& wrong = reader.failure()) {
        return tl::unexpected(*wrong);
    }
    return value;
}

template <class Value>
result<Value> decode_object(std::string_view body, notation written,
                            Value (*decode)(json_reader&)) {
    const auto document = parse_document(body, written);
    if (!document) {
        return tl::unexpected(document.error());
    }
    json_reader reader(*document, "", written);
    Value value = decode(reader);
    return checked(reader, std::move(value));
}

template <class Value>
result<std::vector<Value>> decode_list(std::string_view body, notation written,
                                       Value (*decode)(json_reader&)) {
    const auto document = parse_document(body, written);
    if (!document) {
        return tl::unexpected(document.error());
    }
    json_reader reader(written);
    auto values = reader.elements(*document, "", decode);
    return checked(reader, std::move(values));
}

std::vector<image_result> read_summary(json_reader& from) {
    from.require("images");
    return from.objects("images", read_image_result);
}

} // namespace

result<std::vector<domain>> parse_domains(std::string_view body, notation written) {
    return decode_list(body, written, read_domain);
}

result<std::vector<project>> parse_projects(std::string_view body, notation written) {
    return decode_list(body, written, read_project);
}

result<project> parse_project(std::string_view body, notation written) {
    return decode_object(body, written, read_project);
}

result<std::vector<tag>> parse_tags(std::string_view body, notation written) {
    return decode_list(body, written, read_tag);
}

result<tag> parse_tag(std::string_view body, notation written) {
    return decode_object(body, written, read_tag);
}

result<std::vector<image_result>> parse_image_summary(std::string_view body, notation written) {
    return decode_object(body, written, read_summary);
}

result<std::vector<image>> parse_images(std::string_view body, notation written) {
    return decode_list(body, written, read_image);
}

result<image_tag_summary> parse_image_tag_summary(std::string_view body, notation written) {
    return decode_object(body, written, read_image_tag_summary);
}

result<image_region_summary> parse_image_region_summary(std::string_view body, notation written) {
    return decode_object(body, written, read_image_region_summary);
}

result<std::vector<iteration>> parse_iterations(std::string_view body, notation written) {
    return decode_list(body, written, read_iteration);
}

result<iteration> parse_iteration(std::string_view body, notation written) {
    return decode_object(body, written, read_iteration);
}

result<performance> parse_performance(std::string_view body, notation written) {
    return decode_object(body, written, read_performance);
}

result<bool> parse_boolean(std::string_view body, notation written) {
    const auto document = parse_document(body, written);
    if (!document) {
        return tl::unexpected(document.error());
    }
    if (written == notation::xml) {
        if (const auto value = xml_flag(*document)) {
            return *value;
        }
    } else if (const bool* value = document->if_bool()) {
        return *value;
    }
    return fail(errc::protocol, "the answer: neither true nor false");
}

result<std::uint64_t> parse_count(std::string_view body, notation written) {
    const auto document = parse_document(body, written);
    if (!document) {
        return tl::unexpected(document.error());
    }
    if (written == notation::xml) {
        const double value = xml_number(*document).value_or(-1);
        if (value >= 0) {
            return static_cast<std::uint64_t>(value);
        }
        return fail(errc::protocol, "the answer: not a count");
    }
    boost::system::error_code failed;
    const auto number = document->to_number<std::uint64_t>(failed);
    if (failed) {
        return fail(errc::protocol, "the answer: not a count");
    }
    return number;
}

std::string_view to_string(classification_type kind) noexcept {
    return kind == classification_type::multiclass ? "Multiclass" : "Multilabel";
}

std::string_view to_string(tag_type type) noexcept {
    switch (type) {
    case tag_type::regular:
        return "Regular";
    case tag_type::negative:
        return "Negative";
    case tag_type::other:
        break;
    }
    return "GeneralProduct";
}

std::string_view to_string(training_type type) noexcept {
    return type == training_type::regular ? "Regular" : "Advanced";
}

} // namespace retraind::customvision
