#include "portal_arguments.hpp"

#include <CLI/CLI.hpp>

namespace retraind::daemon {
namespace {

using portal::action;
using portal::request;
using portal::subject;

/// One of the portal's things: its subcommand, and what is told of it in help.
class thing {
public:
    thing(const command_adder& add, subject about, const std::string& name,
          const std::string& description, request& asked)
        : about_(about), command_(add(name, description)), asked_(asked) {
        command_->require_subcommand(1);
        command_->add_flag("--json", asked.json,
                           "the service's own objects: list an array, else one a line");
        command_->add_flag("--yes", asked.yes, "delete without a question");
        command_->callback([&asked, about] { asked.about = about; });
    }

    CLI::App* add_action(action wanted, const std::string& name, const std::string& description) {
        CLI::App* each = command_->add_subcommand(name, description);
        each->fallthrough(); // -c, --json and --yes stand anywhere
        each->footer(command_->get_footer());
        request& asked = asked_;
        each->callback([&asked, wanted] { asked.wanted = wanted; });
        if (about_ != subject::projects) {
            each->add_option("PROJECT", asked_.project, "its name or id")
                ->required()
                ->type_name("");
        }
        return each;
    }

    CLI::App* add_action_on_names(action wanted, const std::string& name,
                                  const std::string& description, const std::string& word,
                                  const std::string& meaning) {
        CLI::App* each = add_action(wanted, name, description);
        each->add_option(word, asked_.names, meaning)->required()->type_name("");
        return each;
    }

private:
    subject about_;
    CLI::App* command_;
    request& asked_;
};

/// An option with a closed set of words.
void add_choice(CLI::App& to, const std::string& name, std::optional<std::string>& into,
                const std::string& description, const std::vector<std::string>& words) {
    to.add_option_function<std::string>(
          name, [&into](const std::string& word) { into = word; }, description)
        ->check(CLI::IsMember(words))
        ->type_name("WORD");
}

void add_projects(const command_adder& add, request& asked) {
    thing projects(add, subject::projects, "projects", "the service's projects", asked);
    const std::string name_or_id = "name or id";
    projects.add_action(action::list, "list", "all projects, one a line");
    projects.add_action_on_names(action::show, "show", "all about the projects", "NAME",
                                 name_or_id);
    CLI::App* create = projects.add_action_on_names(
        action::create, "create",
        "make projects; what no option says comes from the configuration's create", "NAME",
        "how it is to be called");
    add_choice(*create, "--type", asked.create.type, "Classification or ObjectDetection",
               {"Classification", "ObjectDetection"});
    create
        ->add_option_function<std::string>(
            "--domain", [&asked](const std::string& word) { asked.create.domain = word; },
            "a domain of that type, by name or id")
        ->type_name("DOMAIN");
    add_choice(*create, "--classification", asked.create.classification, "Multiclass or Multilabel",
               {"Multiclass", "Multilabel"});
    projects.add_action_on_names(action::remove, "delete",
                                 "delete projects with their images, tags and iterations", "NAME",
                                 name_or_id);
}

void add_tags(const command_adder& add, request& asked) {
    thing tags(add, subject::tags, "tags", "a project's tags", asked);
    const std::string name_or_id = "name or id";
    tags.add_action(action::list, "list", "all tags, one a line");
    tags.add_action_on_names(action::show, "show", "all about the tags", "TAG", name_or_id);
    CLI::App* create = tags.add_action_on_names(action::create, "create", "make tags", "TAG",
                                                "how it is to be called");
    create
        ->add_option("--type", asked.tag_type,
                     "Regular, or Negative for pictures that show nothing of the others")
        ->check(CLI::IsMember({"Regular", "Negative"}))
        ->type_name("WORD");
    tags.add_action_on_names(action::remove, "delete",
                             "delete tags; their images stay in the project", "TAG", name_or_id);
}

void add_iterations(const command_adder& add, request& asked) {
    thing iterations(add, subject::iterations, "iterations", "a project's trained iterations",
                     asked);
    const std::string names = "name (\"Iteration 3\"), id or publish name";
    iterations.add_action(action::list, "list", "all iterations, one a line");
    iterations.add_action_on_names(action::show, "show",
                                   "all about the iterations, precision and recall by tag too",
                                   "ITERATION", names);
    iterations.add_action_on_names(action::remove, "delete",
                                   "delete iterations, and images that only they still have",
                                   "ITERATION", names);
}

} // namespace

void add_portal_commands(const command_adder& add, request& asked) {
    add_projects(add, asked);
    add_tags(add, asked);
    add_iterations(add, asked);
}

} // namespace retraind::daemon
