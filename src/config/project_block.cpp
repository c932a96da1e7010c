#include "blocks.hpp"
#include "values.hpp"

#include <chrono>

namespace retraind::config {
namespace {

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

void take_training(reader& in, const YAML::Node& node, retrain::options& options) {
    struct training {
        bool advanced = false;
        std::optional<unsigned> budget_hours;
    };
    static const table<training> rows{
        row("type", choice_value<bool>{{{"Regular", false}, {"Advanced", true}}},
            &training::advanced, "Regular", "the service's kind of training"),
        own_row<training>("budget_hours", "whole number from 1 to 96", "off",
                          "Advanced only: the hours it may take at most",
                          [](reader& inner, const YAML::Node& value, training& block) {
                              block.budget_hours = count_value<unsigned>{1, 96}.read(inner, value);
                          }),
    };
    training block;
    read_block(in, node, rows, block);
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
        own_row<project_draft>("name", "text", "required, or id", "the project's name",
                               [](reader& in, const YAML::Node& node, project_draft& draft) {
                                   if (auto name = text_value().read(in, node)) {
                                       draft.block.name = std::move(*name);
                                   }
                               }),
        own_row<project_draft>("id", "GUID", "off", "the project's id, instead of its name",
                               take_id),
        own_row<project_draft>("create", "block", "off",
                               "how the project is made where it is missing; off: that is an error",
                               into(&project_block::create, create_table)),
        own_row<project_draft>("watch", "list of blocks", required, "the drop folders", take_watch),
        own_row<project_draft>("batch", "block", "as its keys say", "limits of one request",
                               into(&project_block::batch, batch_table)),
        own_row<project_draft>("retrain", "block", "off", "when the project is trained",
                               into(&project_block::retrain, retrain_table)),
        own_row<project_draft>("publish", "block", "off", "where a trained iteration goes live",
                               into(&project_block::publish, publish_table)),
    };
    return rows;
}

} // namespace

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
            "different tags in one request; 20 is the service's limit"),
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
        own_row<options>("training", "{type: Regular} or {type: Advanced, budget_hours: N}",
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
        own_row<retrain::publish_options>("prediction_resource_id", "resource id", required,
                                          "the prediction resource's id, from its Properties page",
                                          take_resource),
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
