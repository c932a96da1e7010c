#include "retraind/portal/online_check.hpp"

#include <utility>

#include <fmt/format.h>

#include "folder_labels.hpp"
#include "service_reader.hpp"

namespace retraind::portal {
namespace {

using customvision::answer;
using customvision::document;
using customvision::document_address;
using records = std::vector<record>;

/// Where a failed first call is to be mended.
std::string_view key_of(const customvision::failure& why) {
    return why.meaning == customvision::verdict::unauthorised ? "training key" : "service.endpoint";
}

class online_check {
public:
    online_check(pipeline::service_session& session, const config::configuration& wanted,
                 const std::function<void(const finding&)>& tell)
        : session_(session),
          wanted_(wanted),
          tell_(tell),
          reader_(session.client(), wanted.service),
          limits_(quota_of(wanted.service.pricing)) {}

    [[nodiscard]] ending run();

private:
    [[nodiscard]] bool meet_service();
    [[nodiscard]] bool read_domains();
    void look_at(const config::project_block& project);
    void look_inside(const config::project_block& project, const record& found);
    [[nodiscard]] static std::vector<folder_labels> labels_of(const config::project_block& project);
    void tell(finding found);
    void tell_all(std::vector<finding> found);
    void tell_trouble(const config::project_block& project, const trouble& why);

    pipeline::service_session& session_;
    const config::configuration& wanted_;
    const std::function<void(const finding&)>& tell_;
    service_reader reader_;
    quota limits_;
    records projects_;
    records domains_;
    ending result_ = ending::done;
};

ending online_check::run() {
    if (const result<void> opened = session_.open(); !opened) {
        tell({mark::wrong, "training key", opened.error().message});
        return result_;
    }
    if (!meet_service() || !read_domains()) {
        return result_;
    }
    for (const config::project_block& project : wanted_.projects) {
        if (session_.interrupted()) {
            break;
        }
        look_at(project);
    }
    return result_;
}

bool online_check::meet_service() {
    const answer<document> first =
        session_.run(session_.client().read_document(customvision::projects_document()));
    const wall_time here = session_.time().wall();
    const auto is_answer = [](const std::string& body) {
        return parse_records(body).map_error(trouble_of);
    };
    if (!first) {
        const trouble why = explain(first.error(), wanted_.service);
        tell({mark::wrong, std::string(key_of(first.error())), why.sentence});
        result_ = why.how;
        return false;
    }
    attempt<records> projects = is_answer(first->body);
    if (!projects) {
        tell({mark::wrong, "service.endpoint",
              fmt::format("{}; what answers at {} is not Custom Vision", projects.error().sentence,
                          address_of(wanted_.service))});
        return false;
    }
    projects_ = std::move(*projects);
    tell({mark::ok, "service.endpoint",
          fmt::format("{} answers{}", address_of(wanted_.service),
                      wanted_.service.client.server.tls ? ", its certificate is trusted" : "")});
    tell({mark::ok, "service.api_version", wanted_.service.api_version + " is served"});
    tell({mark::ok, "training key", "the service takes it"});
    tell(judge_clock(first->date, here));
    return true;
}

bool online_check::read_domains() {
    attempt<records> domains = session_.run(reader_.list(customvision::domains_document()));
    if (!domains) {
        tell({mark::cannot_tell, "projects", domains.error().sentence});
        result_ = domains.error().how;
        return false;
    }
    domains_ = std::move(*domains);
    return true;
}

void online_check::look_at(const config::project_block& project) {
    presence there = judge_presence(project, projects_, domains_, limits_);
    const bool will_be_made = there.found.judged == mark::ok && !there.project;
    tell(std::move(there.found));
    if (there.project) {
        look_inside(project, *there.project);
    } else if (will_be_made) {
        const bool multiclass =
            project.create->type == "Classification" && !project.create->multilabel;
        tell_all(judge_tags(project, {}, labels_of(project), multiclass, limits_));
        tell_all(judge_publish(project, {}, session_.client().takes_names_over()));
    }
}

void online_check::look_inside(const config::project_block& project, const record& found) {
    tell_all(judge_kind(project, found, domains_));
    const attempt<project_contents> inside = session_.run(reader_.contents(found));
    if (!inside) {
        tell_trouble(project, inside.error());
        return;
    }
    const bool multiclass = found.text("settings", "classificationType") == "Multiclass";
    tell_all(judge_tags(project, inside->tags, labels_of(project), multiclass, limits_));
    tell_all(judge_room(project, *inside, limits_));
    tell_all(judge_publish(project, inside->iterations, session_.client().takes_names_over()));
}

std::vector<folder_labels> online_check::labels_of(const config::project_block& project) {
    std::vector<folder_labels> labels;
    labels.reserve(project.watch.size());
    for (const config::watch_block& folder : project.watch) {
        labels.push_back(read_labels(folder));
    }
    return labels;
}

void online_check::tell(finding found) {
    if (found.judged == mark::wrong && result_ == ending::done) {
        result_ = ending::failed;
    }
    tell_(found);
}

void online_check::tell_all(std::vector<finding> found) {
    for (finding& each : found) {
        tell(std::move(each));
    }
}

void online_check::tell_trouble(const config::project_block& project, const trouble& why) {
    tell({mark::cannot_tell, project.label() + ": contents", why.sentence});
    result_ = why.how;
}

} // namespace

ending check_online(pipeline::service_session& session, const config::configuration& wanted,
                    const std::function<void(const finding&)>& tell) {
    return online_check(session, wanted, tell).run();
}

} // namespace retraind::portal
