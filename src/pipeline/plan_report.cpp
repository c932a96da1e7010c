#include "retraind/pipeline/plan_report.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "retraind/base/text.hpp"
#include "retraind/intake/image_file.hpp"
#include "retraind/intake/label_rules.hpp"
#include "retraind/intake/oversize_rules.hpp"
#include "retraind/intake/sidecar_files.hpp"
#include "retraind/intake/sidecar_rules.hpp"
#include "retraind/intake/tag_resolution_rules.hpp"
#include "retraind/intake/url_list_file.hpp"
#include "retraind/ledger/peek.hpp"
#include "retraind/pipeline/duplicate_rules.hpp"
#include "retraind/watch/known_files.hpp"
#include "retraind/watch/scanner.hpp"

namespace retraind::pipeline {
namespace {

using line_writer = std::function<void(std::string_view line)>;

/// What one file would become: a word that is counted, and the rest of its line.
struct forecast {
    std::string_view word;
    std::string rest;
};

std::string quoted(const std::vector<std::string>& labels) {
    return labels.empty() ? "untagged" : fmt::format("as \"{}\"", fmt::join(labels, "\", \""));
}

/// The tags of its place and of its sidecar; the error's message says why it would be held.
result<std::vector<std::string>> labels_of(const config::watch_block& folder,
                                           const intake::label_rules& rules,
                                           const std::string& path,
                                           const std::vector<std::string>& more) {
    intake::labelling labelling = rules.label(path);
    if (!more.empty()) {
        intake::options lenient = folder.intake;
        lenient.without_label = intake::unlabelled::untagged;
        labelling = intake::label_rules::create(lenient).value().label(path);
    }
    if (const auto* held = std::get_if<intake::held>(&labelling)) {
        return fail(errc::refused, held->sentence);
    }
    intake::sidecar_labels all{std::get<intake::labels>(labelling).names, {}};
    all.tags.insert(all.tags.end(), more.begin(), more.end());
    return intake::tags_of(all);
}

/// What a planned picture's line says of its sidecars.
std::string said_of(const intake::sidecar_look& beside) {
    if (!beside.found) {
        return {};
    }
    std::vector<std::string> names;
    for (const intake::sidecar_file& file : beside.files) {
        names.push_back(printable(file.path));
    }
    const std::size_t regions = beside.labels.regions ? beside.labels.regions->size() : 0;
    return fmt::format(" with {} {} ({})", regions, regions == 1 ? "region" : "regions",
                       fmt::join(names, ", "));
}

/// Reads one project's folders. Contents are compared with the ledger and with one another.
class project_plan {
public:
    project_plan(const config::project_block& project, ledger::peek* memory,
                 const line_writer& write)
        : project_(project), memory_(memory), write_(write) {}

    [[nodiscard]] result<void> read();

private:
    [[nodiscard]] result<void> read_folder(const config::watch_block& folder);
    [[nodiscard]] result<void> take(const config::watch_block& folder,
                                    const intake::label_rules& rules,
                                    const watch::scanned_file& file);
    [[nodiscard]] result<forecast> judge(const config::watch_block& folder,
                                         const intake::label_rules& rules,
                                         const watch::scanned_file& file);
    [[nodiscard]] static forecast judge_list(const config::watch_block& folder,
                                             const watch::scanned_file& file);
    [[nodiscard]] result<forecast> judge_content(const config::watch_block& folder,
                                                 const watch::scanned_file& file,
                                                 const std::vector<std::string>& labels);
    [[nodiscard]] intake::sidecar_look look_beside(const config::watch_block& folder,
                                                   const std::string& path,
                                                   const intake::picture& shown);
    void say(std::string_view word, const std::string& path, const std::string& rest);
    /// As far as the configuration says it: nobody is asked here.
    [[nodiscard]] bool several_tags() const {
        return project_.create &&
               (project_.create->multilabel || project_.create->type == "ObjectDetection");
    }

    const config::project_block& project_;
    ledger::peek* memory_; ///< null where there is no ledger yet
    const line_writer& write_;
    watch::known_files known_;
    std::optional<intake::sidecar_files> sidecars_; ///< of the folder that is read
    std::unordered_map<sha256, ledger::content_record> planned_;
    std::map<std::string, std::size_t, std::less<>> counts_{
        {"upload", 0}, {"duplicate", 0}, {"hold", 0}, {"reject", 0}, {"wait", 0}, {"known", 0}};
};

result<void> project_plan::read() {
    for (const config::watch_block& folder : project_.watch) {
        if (result<void> done = read_folder(folder); !done) {
            return done;
        }
    }
    write_(fmt::format("{}: upload {}, duplicate {}, hold {}, reject {}, wait {}, known {}\n",
                       printable(project_.label()), counts_["upload"], counts_["duplicate"],
                       counts_["hold"], counts_["reject"], counts_["wait"], counts_["known"]));
    return {};
}

result<void> project_plan::read_folder(const config::watch_block& folder) {
    const result<intake::label_rules> rules = intake::label_rules::create(folder.intake);
    if (!rules) {
        return tl::unexpected(rules.error());
    }
    known_ = watch::known_files();
    sidecars_.reset();
    if (memory_ != nullptr) {
        const auto prints = memory_->remembered(folder.watch.path);
        if (!prints) {
            return tl::unexpected(prints.error());
        }
        for (const file_fingerprint print : *prints) {
            known_.add(print);
        }
    }
    watch::scan_cursor cursor(folder.watch.path, watch::name_rules(folder.watch),
                              [](int, const std::string&) {});
    while (true) {
        const result<watch::scan_part> part = cursor.next(watch::scan_limits());
        if (!part) {
            return tl::unexpected(part.error());
        }
        for (const error& problem : part->problems) {
            write_(fmt::format("skip {}\n", problem.message));
        }
        for (const watch::scanned_file& file : part->files) {
            if (result<void> done = take(folder, *rules, file); !done) {
                return done;
            }
        }
        if (part->finished) {
            return {};
        }
    }
}

result<void> project_plan::take(const config::watch_block& folder, const intake::label_rules& rules,
                                const watch::scanned_file& file) {
    if (known_.contains(file.print)) {
        ++counts_["known"];
        return {};
    }
    const result<forecast> found = judge(folder, rules, file);
    if (!found) {
        return tl::unexpected(found.error());
    }
    say(found->word, file.path, found->rest);
    return {};
}

result<forecast> project_plan::judge(const config::watch_block& folder,
                                     const intake::label_rules& rules,
                                     const watch::scanned_file& file) {
    if (watch::is_url_list(file.path)) {
        return judge_list(folder, file);
    }
    const result<intake::verdict> found =
        intake::probe_file(folder.watch.path + "/" + file.path, file.identity,
                           intake::limits_for(folder.intake.too_large));
    if (!found) {
        return forecast{"wait", ": " + found.error().message};
    }
    if (const auto* part = std::get_if<intake::incomplete>(&*found)) {
        return forecast{"wait", ": " + part->sentence};
    }
    if (const auto* refusal = std::get_if<intake::refusal>(&*found)) {
        return forecast{
            "reject", fmt::format(": {}: {}; {}", refusal->code, refusal->sentence, refusal->mend)};
    }
    const intake::sidecar_look beside =
        look_beside(folder, file.path, std::get<intake::picture>(*found));
    if (beside.broken) {
        return forecast{"reject", fmt::format(": {}: {}; {}", beside.broken->code,
                                              beside.broken->sentence, beside.broken->mend)};
    }
    const result<std::vector<std::string>> labels =
        labels_of(folder, rules, file.path, intake::tags_of(beside.labels));
    if (!labels) {
        return forecast{"hold", ": " + labels.error().message};
    }
    if (const auto mixed = intake::refuse_mixed_labels({*labels})) {
        return forecast{"reject",
                        fmt::format(": {}: {}; {}", mixed->code, mixed->sentence, mixed->mend)};
    }
    result<forecast> planned = judge_content(folder, file, *labels);
    const bool shrinks = intake::must_shrink(std::get<intake::picture>(*found), file.identity.size);
    if (planned && planned->word == "upload") {
        planned->rest += said_of(beside);
        planned->rest += shrinks ? ", would be shrunk" : "";
    }
    return planned;
}

intake::sidecar_look project_plan::look_beside(const config::watch_block& folder,
                                               const std::string& path,
                                               const intake::picture& shown) {
    if (folder.intake.sidecars.empty()) {
        return {};
    }
    if (!sidecars_) {
        sidecars_.emplace(folder.watch.path, folder.intake.sidecars);
    }
    return sidecars_->look(path, shown);
}

forecast project_plan::judge_list(const config::watch_block& folder,
                                  const watch::scanned_file& file) {
    const auto found = intake::survey_list(folder.watch.path + "/" + file.path, file.identity);
    if (!found) {
        return {"wait", ": " + found.error().message};
    }
    if (const auto* refusal = std::get_if<intake::refusal>(&*found)) {
        return {"reject",
                fmt::format(": {}: {}; {}", refusal->code, refusal->sentence, refusal->mend)};
    }
    const auto& survey = std::get<intake::list_survey>(*found);
    return {"upload", fmt::format(": a list of {} addresses, {} lines that are none",
                                  survey.lines - survey.bad, survey.bad)};
}

result<forecast> project_plan::judge_content(const config::watch_block& folder,
                                             const watch::scanned_file& file,
                                             const std::vector<std::string>& labels) {
    const std::string path = folder.watch.path + "/" + file.path;
    const result<sha256> digest = intake::hash_file(path, file.identity);
    if (!digest) {
        return forecast{"wait", ": " + digest.error().message};
    }
    std::optional<ledger::content_record> content;
    if (const auto planned = planned_.find(*digest); planned != planned_.end()) {
        content = planned->second;
    } else if (memory_ != nullptr) {
        auto remembered = memory_->find_content(folder.watch.path, *digest);
        if (!remembered) {
            return tl::unexpected(remembered.error());
        }
        content = std::move(*remembered);
    }
    // Which boxes it lacks only the service could say; it is a duplicate all the same.
    const duplicate_verdict verdict =
        judge_duplicate(content ? &*content : nullptr, path, labels, several_tags(), false);
    if (const auto* conflict = std::get_if<is_conflict>(&verdict)) {
        return forecast{"hold", ": " + conflict->sentence};
    }
    if (std::holds_alternative<is_duplicate>(verdict)) {
        return forecast{"duplicate", " of " + printable(content->path)};
    }
    if (const auto* known = std::get_if<lacks_labels>(&verdict)) {
        ledger::content_record grown = *content;
        grown.labels.insert(grown.labels.end(), known->missing.begin(), known->missing.end());
        std::sort(grown.labels.begin(), grown.labels.end());
        planned_.insert_or_assign(*digest, std::move(grown));
        return forecast{"duplicate",
                        fmt::format(" of {}, which gets the tag \"{}\" too",
                                    printable(content->path), fmt::join(known->missing, "\", \""))};
    }
    ledger::content_record first;
    first.digest = *digest;
    first.labels = labels;
    first.path = path;
    first.image.emplace(); // it will have one by then
    planned_.emplace(*digest, std::move(first));
    return forecast{"upload", " " + quoted(labels)};
}

void project_plan::say(std::string_view word, const std::string& path, const std::string& rest) {
    ++counts_.find(word)->second;
    write_(fmt::format("{} {}{}\n", word, printable(path), rest));
}

} // namespace

result<void> report_plan(const config::configuration& wanted, const line_writer& write) {
    result<std::optional<ledger::peek>> memory = ledger::peek::open(wanted.state);
    if (!memory) {
        return tl::unexpected(memory.error());
    }
    for (const config::project_block& project : wanted.projects) {
        project_plan plan(project, *memory ? &**memory : nullptr, write);
        if (result<void> read = plan.read(); !read) {
            return read;
        }
    }
    return {};
}

} // namespace retraind::pipeline
