#include "blocks.hpp"
#include "values.hpp"

#include <chrono>

#include <boost/json/array.hpp>

namespace retraind::config {
namespace {

namespace json = boost::json;

constexpr std::string_view guid =
    "^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$";
constexpr std::string_view resource_id =
    R"(^/subscriptions/.*/providers/Microsoft\.CognitiveServices/accounts/.*[^/]$)";

struct project_draft {
    project_block& block;
    draft& whole;
};

template <class Block>
std::optional<Block> whole_block(reader& in, const YAML::Node& node, const table<Block>& rows) {
    Block block;
    read_block(in, node, rows, block);
    return block;
}

struct training {
    bool advanced = false;
    std::optional<unsigned> budget_hours;
};

const table<training>& training_table() {
    static constexpr count_value<unsigned> hours{1, 96};
    static const table<training> rows{
        row("type", choice_value<bool>{{{"Regular", false}, {"Advanced", true}}},
            &training::advanced, "Regular", "the service's kind of training"),
        own_row<training>("budget_hours", shape_of(hours), "off",
                          "Advanced only: the hours it may take at most",
                          [](reader& inner, const YAML::Node& value, training& block) {
                              block.budget_hours = hours.read(inner, value);
                          }),
    };
    return rows;
}

/// Advanced goes with budget_hours, and only it.
json::object training_rules() {
    json::object advanced;
    advanced["properties"].emplace_object()["type"].emplace_object()["const"] = "Advanced";
    advanced["required"] = json::array{"type"};
    json::object rules;
    rules["if"] = std::move(advanced);
    rules["then"].emplace_object()["required"] = json::array{"budget_hours"};
    rules["else"].emplace_object()["not"].emplace_object()["required"] =
        json::array{"budget_hours"};
    return rules;
}

void take_training(reader& in, const YAML::Node& node, retrain::options& options) {
    training block;
    read_block(in, node, training_table(), block);
    if (block.advanced && !block.budget_hours && in.clean()) {
        in.wrong(node, "type Advanced needs budget_hours");
    }
    if (!block.advanced && block.budget_hours) {
        in.wrong(node, "budget_hours goes with type: Advanced");
    }
    options.advanced = block.advanced;
    options.budget_hours = block.budget_hours.value_or(0);
}

void take_resource(reader& in, const YAML::Node& node, retrain::publish_options& options) {
    const auto text = text_value().read(in, node);
    if (!text) {
        return;
    }
    // The service refuses a truncated id with BadRequestInvalidPublishTarget (CONTRACT.md, fact 9).
    const bool whole =
        text->starts_with("/subscriptions/") &&
        text->find("/providers/Microsoft.CognitiveServices/accounts/") != std::string::npos &&
        !text->ends_with("/");
    if (!whole) {
        in.wrong(node,
                 fmt::format("\"{}\" is not a prediction resource's whole id; copy Resource ID "
                             "from its Properties page: /subscriptions/…/providers/"
                             "Microsoft.CognitiveServices/accounts/NAME",
                             *text));
        return;
    }
    options.prediction_resource_id = *text;
}

void take_id(reader& in, const YAML::Node& node, project_draft& draft) {
    const auto text = text_value().read(in, node);
    if (!text) {
        return;
    }
    const auto id = parse_id<project_id>(*text);
    if (!id) {
        in.wrong(node, fmt::format("{}; the portal shows it as Project Id", id.error().message));
        return;
    }
    draft.block.id = *id;
}

void take_watch(reader& in, const YAML::Node& node, project_draft& draft) {
    if (!node.IsSequence() || node.size() == 0) {
        in.wrong(node, "is not a list of folders; write [{path: /srv/drop/wildlife}]");
        return;
    }
    for (std::size_t at = 0; at < node.size(); ++at) {
        const reader::scope inside(in, at);
        read_watch(in, node[at], draft.whole, draft.block.watch.emplace_back());
    }
}

template <class Member, class Rows>
std::function<void(reader&, const YAML::Node&, project_draft&)> into(Member project_block::*member,
                                                                     Rows rows) {
    return [member, rows](reader& in, const YAML::Node& node, project_draft& draft) {
        draft.block.*member = *whole_block(in, node, rows());
    };
}

const table<project_draft>& rows_of_project() {
    static const table<project_draft> rows{
        own_row<project_draft>("name", shape_of(text_value()), "required, or id",
                               "the project's name",
                               [](reader& in, const YAML::Node& node, project_draft& draft) {
                                   if (auto name = text_value().read(in, node)) {
                                       draft.block.name = std::move(*name);
                                   }
                               }),
        own_row<project_draft>("id", {"GUID", schema::matching(guid)}, "off",
                               "the project's id, instead of its name", take_id),
        own_row<project_draft>("create", block_of(create_table), "off",
                               "how the project is made where it is missing; off: that is an error",
                               into(&project_block::create, create_table)),
        own_row<project_draft>("watch", watch_shape(), required, "the drop folders", take_watch),
        own_row<project_draft>("batch", block_of(batch_table), "as its keys say",
                               "limits of one request", into(&project_block::batch, batch_table)),
        own_row<project_draft>("retrain", block_of(retrain_table), "off",
                               "when the project is trained",
                               into(&project_block::retrain, retrain_table)),
        own_row<project_draft>("publish", block_of(publish_table), "off",
                               "where a trained iteration goes live",
                               into(&project_block::publish, publish_table)),
    };
    return rows;
}

/// What `read_project` says, for those who only know the schema.
json::object project_rules() {
    json::object rules;
    json::array& either = rules["anyOf"].emplace_array();
    for (const char* key : {"name", "id"}) {
        either.emplace_back(json::object()).as_object()["required"] = json::array{key};
    }
    json::object& needs = rules["dependentRequired"].emplace_object();
    needs["create"] = json::array{"name"};
    needs["publish"] = json::array{"retrain"};
    return rules;
}

} // namespace

shape projects_shape() {
    return blocks_of(rows_of_project, project_rules());
}

const table<create_block>& create_table() {
    static const table<create_block> rows{
        row("type",
            choice_value<std::string>{
                {{"Classification", "Classification"}, {"ObjectDetection", "ObjectDetection"}}},
            &create_block::type, "Classification", "what the project's models do"),
        row("domain", text_value{}, &create_block::domain, "General",
            "the name of a domain of that type, or its GUID"),
        row("classification", choice_value<bool>{{{"Multiclass", false}, {"Multilabel", true}}},
            &create_block::multilabel, "Multiclass", "one tag a picture, or several"),
    };
    return rows;
}

const table<batch::options>& batch_table() {
    constexpr std::uint64_t service_images = 64;
    constexpr std::uint64_t service_tags = 20;
    static const table<batch::options> rows{
        row("max_images", count_value<std::size_t>{1, service_images}, &batch::options::max_images,
            "64", "pictures in one request; 64 is the service's limit"),
        row("max_tags", count_value<std::size_t>{1, service_tags}, &batch::options::max_tags, "20",
            "different tags in one request; 20 is the service's limit. What a picture has more of, "
            "up to the service's 100, is added to its image before it counts as confirmed"),
        row("max_bytes", bytes_value{std::uint64_t{64} << 10, std::uint64_t{4} << 30},
            &batch::options::max_bytes, "24MiB",
            "bytes of one request's body as it is sent; a picture alone may be more"),
        row("linger", duration_value{}, &batch::options::linger, "5s",
            "how long a part batch waits for more pictures"),
    };
    return rows;
}

const table<retrain::options>& retrain_table() {
    using options = retrain::options;
    static const table<options> rows{
        row("after_images", count_value<std::uint64_t>{1, 100'000}, &options::after_images, "50",
            "pictures confirmed since the last training; all conditions must hold"),
        row("quiet_for", duration_value{}, &options::quiet_for, "10m",
            "no picture was confirmed for this long"),
        row("quiet_at_most", duration_value{}, &options::quiet_at_most, "24h",
            "a folder that is never quiet trains all the same after this long, and says so"),
        row("cooldown", duration_value{}, &options::cooldown, "6h",
            "the least time between two trainings"),
        own_row<options>("training",
                         block_of(training_table,
                                  "{type: Regular} or {type: Advanced, budget_hours: N}",
                                  training_rules()),
                         "{type: Regular}", "the service's kind of training", take_training),
        row("deadline", duration_value{std::chrono::seconds(1)}, &options::deadline, "24h",
            "a training that takes longer is given up and reported"),
    };
    return rows;
}

const table<retrain::publish_options>& publish_table() {
    static const table<retrain::publish_options> rows{
        row("name", text_value{}, &retrain::publish_options::name, required,
            "the publish name that predictions ask for"),
        own_row<retrain::publish_options>(
            "prediction_resource_id", {"resource id", schema::matching(resource_id)}, required,
            "the prediction resource's id, from its Properties page", take_resource),
    };
    return rows;
}

void read_project(reader& in, const YAML::Node& node, draft& whole, project_block& block) {
    project_draft target{block, whole};
    read_block(in, node, rows_of_project(), target);
    if (!node.IsMap()) {
        return;
    }
    if (block.name.empty() && !block.id && !node["name"] && !node["id"]) {
        in.wrong(node, "lacks \"name\" (or \"id\"): the project");
    }
    if (block.create && block.name.empty()) {
        in.wrong(node["create"], "needs \"name\": a project is made by its name");
    }
    if (block.publish && !block.retrain) {
        in.wrong(node["publish"], "needs \"retrain\": only what is trained here is published here");
    }
}

} // namespace retraind::config
