#include "retraind/disposal/reason_codec.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "retraind/base/text.hpp"

namespace retraind::disposal {
namespace {

/// As it is where it can stand in JSON; the wire form of what cannot.
std::string utf8(const std::string& text) {
    return to_nfc(text) ? text : wire_text(text);
}

boost::json::value service_value(const std::optional<service_words>& service) {
    if (!service) {
        return nullptr;
    }
    boost::json::object words;
    words["status"] = service->status;
    words["code"] = utf8(service->code);
    words["message"] = utf8(service->message);
    words["request_id"] = utf8(service->request_id);
    return words;
}

} // namespace

std::string to_json(const reason_document& reason) {
    boost::json::array labels;
    for (const std::string& label : reason.labels) {
        labels.emplace_back(utf8(label));
    }
    boost::json::object document;
    document["code"] = utf8(reason.code);
    document["sentence"] = utf8(reason.sentence);
    document["mend"] = utf8(reason.mend);
    document["project"] = utf8(reason.project);
    document["path"] = wire_text(reason.path);
    document["sha256"] = reason.digest ? boost::json::value(to_hex(*reason.digest)) : nullptr;
    document["bytes"] = reason.bytes;
    document["labels"] = std::move(labels);
    document["first_seen"] = format_utc(reason.first_seen);
    document["rejected_at"] = format_utc(reason.rejected_at);
    document["attempts"] = reason.attempts;
    document["service"] = service_value(reason.service);
    return boost::json::serialize(document) + "\n";
}

} // namespace retraind::disposal
