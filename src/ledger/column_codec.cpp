#include "ledger/column_codec.hpp"

#include <cstring>

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

namespace retraind::ledger::column {
namespace {

struct state_word {
    training_state state;
    std::string_view word;
};

constexpr std::array state_words{
    state_word{training_state::intended, "intended"},
    state_word{training_state::running, "running"},
    state_word{training_state::completed, "completed"},
    state_word{training_state::published, "published"},
    state_word{training_state::not_needed, "not_needed"},
    state_word{training_state::failed, "failed"},
    state_word{training_state::timed_out, "timed_out"},
};

constexpr std::array outcomes{outcome::confirmed, outcome::duplicate, outcome::held_out,
                              outcome::removed, outcome::rejected};

} // namespace

std::int64_t from_time(wall_time at) {
    return at.time_since_epoch().count();
}

wall_time to_time(std::int64_t milliseconds) {
    return wall_time(std::chrono::milliseconds(milliseconds));
}

std::string from_labels(const std::vector<std::string>& labels) {
    boost::json::array list;
    for (const std::string& label : labels) {
        list.emplace_back(label);
    }
    return boost::json::serialize(list);
}

std::vector<std::string> to_labels(std::string_view text) {
    std::vector<std::string> labels;
    boost::json::error_code failure;
    const boost::json::value parsed =
        boost::json::parse(boost::json::string_view(text.data(), text.size()), failure);
    if (const boost::json::array* list = parsed.if_array()) {
        for (const boost::json::value& each : *list) {
            if (const boost::json::string* label = each.if_string()) {
                labels.emplace_back(label->data(), label->size());
            }
        }
    }
    return labels;
}

std::string from_iterations(const std::vector<iteration_id>& ids) {
    std::vector<std::string> words;
    words.reserve(ids.size());
    for (const iteration_id& id : ids) {
        words.push_back(to_string(id));
    }
    return from_labels(words);
}

std::vector<iteration_id> to_iterations(std::string_view text) {
    std::vector<iteration_id> ids;
    for (const std::string& word : to_labels(text)) {
        if (const auto id = to_id<iteration_id>(word)) {
            ids.push_back(*id);
        }
    }
    return ids;
}

std::optional<outcome> to_outcome(std::string_view word) {
    for (const outcome each : outcomes) {
        if (to_string(each) == word) {
            return each;
        }
    }
    return std::nullopt;
}

std::string_view from_state(training_state state) {
    for (const auto& [each, word] : state_words) {
        if (each == state) {
            return word;
        }
    }
    return "unknown";
}

std::optional<training_state> to_state(std::string_view word) {
    for (const auto& [state, each] : state_words) {
        if (each == word) {
            return state;
        }
    }
    return std::nullopt;
}

std::array<std::byte, 16> from_print(const file_fingerprint& print) {
    std::array<std::byte, 16> bytes{};
    for (unsigned place = 0; place < 8; ++place) {
        const unsigned shift = 56 - 8 * place;
        bytes[place] = static_cast<std::byte>(print.high >> shift);
        bytes[place + 8] = static_cast<std::byte>(print.low >> shift);
    }
    return bytes;
}

std::optional<file_fingerprint> to_print(std::string_view bytes) {
    if (bytes.size() != 16) {
        return std::nullopt;
    }
    file_fingerprint print;
    for (std::size_t place = 0; place < 8; ++place) {
        print.high = print.high << 8 | static_cast<unsigned char>(bytes[place]);
        print.low = print.low << 8 | static_cast<unsigned char>(bytes[place + 8]);
    }
    return print;
}

std::optional<sha256> to_digest(std::string_view bytes) {
    sha256 digest;
    if (bytes.size() != digest.bytes.size()) {
        return std::nullopt;
    }
    std::memcpy(digest.bytes.data(), bytes.data(), bytes.size());
    return digest;
}

} // namespace retraind::ledger::column
