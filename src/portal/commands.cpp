#include "retraind/portal/commands.hpp"

#include <utility>

#include <fmt/format.h>

#include "steps.hpp"

namespace retraind::portal {
namespace {

/// One command on its way.
class errand {
public:
    errand(pipeline::service_session& session, const config::configuration& wanted,
           const request& asked, const console& with)
        : session_(session),
          wanted_(wanted),
          asked_(asked),
          with_(with),
          service_(session.client(), wanted.service) {}

    [[nodiscard]] ending run();

private:
    [[nodiscard]] ending look_up();
    [[nodiscard]] ending make();
    [[nodiscard]] ending erase();
    [[nodiscard]] ending told(const trouble& why);

    pipeline::service_session& session_;
    const config::configuration& wanted_;
    const request& asked_;
    const console& with_;
    service_reader service_;
};

ending errand::run() {
    if (asked_.wanted == action::remove && !asked_.yes && !with_.agreed) {
        return told({ending::wrong_usage,
                     "nobody can be asked, for the input is no terminal; --yes deletes without a "
                     "question"});
    }
    if (const result<void> opened = session_.open(); !opened) {
        return told(trouble_of(opened.error()));
    }
    switch (asked_.wanted) {
    case action::create:
        return make();
    case action::remove:
        return erase();
    case action::list:
    case action::show:
        break;
    }
    return look_up();
}

ending errand::look_up() {
    const attempt<std::string> text = session_.run(look(service_, asked_, with_.width));
    if (!text) {
        return told(text.error());
    }
    with_.out(*text);
    return ending::done;
}

ending errand::make() {
    const attempt<bool> made = session_.run(create(service_, wanted_, asked_, with_));
    return made ? ending::done : told(made.error());
}

ending errand::erase() {
    attempt<deletion> planned = session_.run(plan_deletion(service_, asked_));
    if (!planned) {
        return told(planned.error());
    }
    if (!asked_.yes) {
        std::string question = fmt::format("This deletes from {}, and nothing brings it back:\n",
                                           address_of(wanted_.service));
        for (const doomed& each : planned->things) {
            question += each.loss;
        }
        with_.say(question + "Delete? [y/N] ");
        if (!with_.agreed()) {
            return told({ending::failed, "nothing was deleted"});
        }
    }
    const attempt<bool> gone =
        session_.run(carry_out(service_, std::move(*planned), asked_.json, with_));
    return gone ? ending::done : told(gone.error());
}

ending errand::told(const trouble& why) {
    with_.say((session_.interrupted() ? "stopped by a signal: " + why.sentence : why.sentence) +
              "\n");
    return why.how;
}

} // namespace

ending perform(pipeline::service_session& session, const config::configuration& wanted,
               const request& asked, const console& with) {
    return errand(session, wanted, asked, with).run();
}

} // namespace retraind::portal
