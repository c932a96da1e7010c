#include "sandbox/service/form_codec.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <span>

#include "sandbox/http/message.hpp"
#include "sandbox/service/untyped.hpp"
#include "sandbox/service/utf8.hpp"

namespace sandbox::service {

namespace json = boost::json;

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

int hex_value(char c) {
    if (is_digit(c)) {
        return c - '0';
    }
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// A malformed escape stands for itself, as with ASP.NET.
json::string unescaped(std::string_view text) {
    json::string plain;
    plain.reserve(text.size());
    while (!text.empty()) {
        const auto run = std::min(text.find_first_of("%+"), text.size());
        plain.append(text.substr(0, run));
        text.remove_prefix(run);
        const bool is_escape =
            text.size() > 2 && text[0] == '%' && hex_value(text[1]) >= 0 && hex_value(text[2]) >= 0;
        if (is_escape) {
            plain.push_back(static_cast<char>(hex_value(text[1]) * 16 + hex_value(text[2])));
        } else if (!text.empty()) {
            plain.push_back(text[0] == '+' ? ' ' : '%');
        }
        text.remove_prefix(is_escape ? 3 : std::min<std::size_t>(1, text.size()));
    }
    return plain;
}

void add_fields(std::string_view text, std::vector<key_step>& to) {
    while (!text.empty()) {
        const auto end = std::min(text.find('.'), text.size());
        if (end > 0) {
            to.push_back({std::string(text.substr(0, end)), false});
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

using steps = std::span<const key_step>;

/// What is left of a key after the map's name.
std::string map_key(steps rest) {
    std::string key;
    for (const key_step& each : rest) {
        key += (key.empty() ? "" : ".") + each.name;
    }
    return key;
}

std::optional<std::uint32_t> index_of(const key_step& step) {
    std::uint32_t index = 0;
    const char* const end = step.name.data() + step.name.size();
    const auto [stop, failed] = std::from_chars(step.name.data(), end, index);
    return step.is_index && failed == std::errc() && stop == end ? std::optional(index)
                                                                 : std::nullopt;
}

bool is_plain(const body_type& type) {
    return type.is != body_type::form::object && type.is != body_type::form::list &&
           type.is != body_type::form::map;
}

/// Half of a map's entry: [0].Key or [0].Value.
bool is_pair(steps path) {
    return path.size() == 2 && index_of(path[0]) && !path[1].is_index &&
           (http::equal_without_case(path[1].name, "Key") ||
            http::equal_without_case(path[1].name, "Value"));
}

/// What a form says so far of a value of a type.
class builder {
public:
    explicit builder(const body_type& as) : as_(as) {}

    void add(steps path, json::string text) {
        switch (as_.is) {
        case body_type::form::object:
            add_member(path, std::move(text));
            break;
        case body_type::form::list:
            add_item(path, std::move(text));
            break;
        case body_type::form::map:
            add_entry(path, std::move(text));
            break;
        default:
            if (path.empty()) {
                value_ = typed_value(std::move(text), as_.is);
            }
        }
    }

    json::value finish() {
        switch (as_.is) {
        case body_type::form::object: {
            json::object object;
            for (auto& [name, member] : members_) {
                object[name] = member.finish();
            }
            return object;
        }
        case body_type::form::list:
            return finish_list();
        case body_type::form::map:
            return finish_map();
        default:
            return std::move(value_);
        }
    }

private:
    void add_member(steps path, json::string text) {
        const body_member* known =
            path.empty() || path.front().is_index ? nullptr : as_.find(path.front().name);
        if (known != nullptr) {
            const auto place = members_.try_emplace(known->name, *known->type).first;
            place->second.add(path.subspan(1), std::move(text));
        }
    }

    void add_item(steps path, json::string text) {
        if (path.empty() && is_plain(*as_.item)) {
            loose_.push_back(typed_value(std::move(text), as_.item->is));
            return;
        }
        const auto index = path.empty() ? std::nullopt : index_of(path.front());
        if (index) {
            items_.try_emplace(*index, *as_.item)
                .first->second.add(path.subspan(1), std::move(text));
        }
    }

    void add_entry(steps path, json::string text) {
        if (is_pair(path)) {
            auto& [key, value] = pairs_[*index_of(path[0])];
            if (http::equal_without_case(path[1].name, "Key")) {
                key = std::move(text);
            } else {
                value = typed_value(std::move(text), as_.item->is);
            }
        } else if (!path.empty()) {
            entries_[map_key(path)] = typed_value(std::move(text), as_.item->is);
        }
    }

    json::value finish_list() {
        json::array list;
        std::uint32_t next = 0;
        for (auto& [index, item] : items_) {
            if (index != next++) {
                break;
            }
            list.push_back(item.finish());
        }
        for (json::value& each : loose_) {
            list.push_back(std::move(each));
        }
        return list;
    }

    json::value finish_map() {
        std::uint32_t next = 0;
        for (auto& [index, pair] : pairs_) {
            if (index != next++) {
                break;
            }
            entries_[pair.first] = std::move(pair.second);
        }
        return std::move(entries_);
    }

    const body_type& as_;
    json::value value_;
    std::map<std::string_view, builder> members_;
    std::map<std::uint32_t, builder> items_;
    std::vector<json::value> loose_;
    json::object entries_;
    std::map<std::uint32_t, std::pair<json::string, json::value>> pairs_;
};

} // namespace

std::optional<std::vector<key_step>> split_key(std::string_view key) {
    std::vector<key_step> path;
    while (!key.empty()) {
        const auto open = std::min(key.find('['), key.size());
        add_fields(key.substr(0, open), path);
        key.remove_prefix(open);
        if (key.empty()) {
            break;
        }
        const auto close = key.find(']');
        if (close == std::string_view::npos) {
            return std::nullopt;
        }
        const std::string_view inside = key.substr(1, close - 1);
        if (!inside.empty()) {
            path.push_back({std::string(inside), is_digit(inside.front())});
        }
        key.remove_prefix(close + 1);
    }
    return path;
}

std::optional<json::value> read_form(std::string_view body, const body_type& as) {
    builder whole(as);
    while (!body.empty()) {
        const auto end = std::min(body.find('&'), body.size());
        const std::string_view pair = body.substr(0, end);
        body.remove_prefix(std::min(end + 1, body.size()));
        const auto equals = std::min(pair.find('='), pair.size());
        const json::string key = unescaped(pair.substr(0, equals));
        json::string value = unescaped(pair.substr(std::min(equals + 1, pair.size())));
        auto path = split_key(key);
        if (!path || !is_utf8(key) || !is_utf8(value)) {
            return std::nullopt;
        }
        if (as.is == body_type::form::map && !is_pair(*path)) {
            path->assign(1, {std::string(key), false});
        }
        whole.add(*path, std::move(value));
    }
    return whole.finish();
}

} // namespace sandbox::service
