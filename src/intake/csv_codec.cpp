#include "retraind/intake/csv_codec.hpp"

#include <utility>

#include <fmt/format.h>

namespace retraind::intake {

void csv_decoder::feed(std::string_view piece) {
    for (const char byte : piece) {
        if (broken_) {
            return;
        }
        if (++size_ > longest_record) {
            broken_ = fmt::format("line {}: a record has more than {} bytes; a quote in it may "
                                  "have no end",
                                  current_.line, longest_record);
            return;
        }
        take(byte);
        bare_return_ = byte == '\r' && state_ == state::plain;
        if (byte == '\n') {
            ++line_;
        }
        if (size_ == 0) {
            current_.line = line_;
        }
    }
}

void csv_decoder::take(char byte) {
    switch (state_) {
    case state::quoted:
        if (byte == '"') {
            state_ = state::quote_in_quoted;
        } else {
            field_ += byte;
        }
        return;
    case state::quote_in_quoted:
        if (byte == '"') {
            field_ += '"';
            state_ = state::quoted;
            return;
        }
        if (byte != ',' && byte != '\n' && byte != '\r') {
            complain("has text behind a closing quote");
        }
        state_ = state::plain;
        take_outside(byte);
        return;
    case state::field_begins:
        if (byte == '"') {
            state_ = state::quoted;
            return;
        }
        state_ = state::plain;
        take_outside(byte);
        return;
    case state::plain:
        take_outside(byte);
        return;
    }
}

void csv_decoder::take_outside(char byte) {
    if (byte == ',') {
        end_field();
        return;
    }
    if (byte == '\n') {
        end_record();
        return;
    }
    if (byte == '"') {
        complain("has a quote inside a field that does not begin with one");
    }
    field_ += byte;
}

void csv_decoder::end_field() {
    current_.fields.push_back(std::move(field_));
    field_.clear();
    state_ = state::field_begins;
}

void csv_decoder::end_record() {
    if (bare_return_) {
        field_.pop_back();
    }
    // A pair of quotes makes an empty field of a line; nothing at all makes none.
    const bool blank =
        current_.fields.empty() && field_.empty() && size_ <= (bare_return_ ? 2U : 1U);
    end_field();
    if (!blank) {
        ready_.push_back(std::move(current_));
    }
    current_ = csv_record();
    size_ = 0;
}

void csv_decoder::finish() {
    if (broken_ || size_ == 0) {
        return;
    }
    if (state_ == state::quoted) {
        broken_ = fmt::format("line {}: a quote has no end", current_.line);
        return;
    }
    end_record();
}

std::optional<csv_record> csv_decoder::next() {
    if (ready_.empty()) {
        return std::nullopt;
    }
    csv_record first = std::move(ready_.front());
    ready_.pop_front();
    return first;
}

void csv_decoder::complain(std::string_view what) {
    if (current_.problem.empty()) {
        current_.problem = what;
    }
}

std::string encode_csv(std::span<const std::string> fields) {
    std::string line;
    for (std::size_t at = 0; at < fields.size(); ++at) {
        if (at > 0) {
            line += ',';
        }
        const std::string& field = fields[at];
        // A lone empty field would be a line without a record.
        if (field.find_first_of(",\"\r\n") == std::string::npos &&
            !(field.empty() && fields.size() == 1)) {
            line += field;
            continue;
        }
        line += '"';
        for (const char byte : field) {
            line += byte;
            if (byte == '"') {
                line += '"';
            }
        }
        line += '"';
    }
    return line + "\r\n";
}

} // namespace retraind::intake
