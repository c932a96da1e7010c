#include "call.hpp"

#include "retraind/base/text.hpp"
#include "retraind/customvision/error_codec.hpp"
#include "retraind/http/retry_after_codec.hpp"
#include "text_body.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace retraind::customvision {
namespace {

body_progress progress_of(const call& what) {
    return what.images ? what.images->progress() : body_progress::none;
}

std::string sentence_of(const http::response& answer, const service_error& said) {
    std::string sentence = fmt::format("{} {}", answer.status,
                                       said.code.empty() ? printable(answer.reason) : said.code);
    if (said.code == std::to_string(answer.status)) {
        sentence = said.code;
    }
    if (!said.message.empty()) {
        sentence += ": " + said.message;
    }
    return sentence;
}

void erase_all(std::string& text, std::string_view what) {
    constexpr std::string_view mask = "***";
    for (auto at = text.find(what); at != std::string::npos;
         at = text.find(what, at + mask.size())) {
        text.replace(at, what.size(), mask);
    }
}

} // namespace

bool may_repeat(const call& what) {
    return what.method == "GET";
}

bool is_usable(const secret& key) {
    const std::string_view text = key.reveal();
    return !text.empty() && std::all_of(text.begin(), text.end(),
                                        [](char letter) { return letter > ' ' && letter <= '~'; });
}

http::request make_request(const call& what, const secret& key, const client_options& options) {
    http::request message;
    message.method = what.method;
    message.target = what.target;
    // One by one, and room for all: a list of initialisers and a growing vector leave copies of
    // the key behind.
    constexpr std::size_t most_fields = 4;
    message.fields.reserve(most_fields);
    message.fields.push_back({"Training-Key", std::string(key.reveal())});
    message.fields.push_back({"Accept", options.accept});
    message.fields.push_back({"User-Agent", "retraind/" RETRAIND_VERSION});
    if (what.images) {
        message.body = what.images;
    } else if (!what.body.empty()) {
        message.body = std::make_shared<text_body>(what.body);
    }
    if (message.body) {
        message.fields.push_back({"Content-Type", content_type_of(options.media_type)});
    }
    return message;
}

failure answered_failure(const call& what, const http::response& answer, wall_time now) {
    const service_error said =
        parse_service_error(answer.body, notation_of_answer(answer.field("Content-Type")));
    failure why;
    why.meaning = judge_answer(answer.status, said.code, progress_of(what));
    const errc kind = error_kind(why.meaning, answer.status, said.code);
    why.cause = error{kind, sentence_of(answer, said)}.in(what.operation);
    why.status = answer.status;
    why.code = said.code;
    why.message = said.message;
    why.request_id = request_id_of(answer);
    why.retry_after = http::requested_wait(answer.field("Retry-After"), said.message, now);
    return why;
}

failure unanswered_failure(const call& what, const error& cause) {
    failure why;
    const bool own_doing = what.images && what.images->source_failure().has_value();
    why.meaning = own_doing ? verdict::abandoned : judge_transport(cause.code, progress_of(what));
    why.cause = cause.in(what.operation);
    return why;
}

failure unreadable_failure(std::string_view operation, const http::response& answer,
                           const error& cause) {
    failure why;
    why.meaning = verdict::retry;
    why.cause = cause.in(operation);
    why.status = answer.status;
    why.request_id = request_id_of(answer);
    return why;
}

failure keyless_failure(const call& what) {
    failure why;
    why.meaning = verdict::unauthorised;
    why.cause =
        error{errc::denied, "there is no training key that could be sent"}.in(what.operation);
    return why;
}

failure oversized_failure(const call& what, std::uint64_t most_bytes) {
    failure why;
    why.meaning = verdict::abandoned;
    why.cause = error{errc::cancelled, fmt::format("the body would have {} bytes and may have {}",
                                                   what.images->size(), most_bytes)}
                    .in(what.operation);
    why.entry_bytes = what.images->entry_bytes();
    return why;
}

failure stopped_failure(const call& what) {
    failure why;
    why.meaning = verdict::abandoned;
    why.cause = error{errc::cancelled, "stopping"}.in(what.operation);
    return why;
}

void redact(http::response& answer, const secret& key) {
    for (http::header_field& each : answer.fields) {
        erase_all(each.value, key.reveal());
    }
    erase_all(answer.reason, key.reveal());
}

void redact(failure& said, const secret& key) {
    for (std::string* text : {&said.cause.message, &said.code, &said.message, &said.request_id}) {
        erase_all(*text, key.reveal());
    }
}

std::string request_id_of(const http::response& answer) {
    for (const std::string_view name : {"apim-request-id", "Request-Id", "x-ms-request-id"}) {
        if (const auto value = answer.field(name)) {
            return printable(*value);
        }
    }
    return {};
}

} // namespace retraind::customvision
