#include "http/framing.hpp"

#include <algorithm>
#include <cstring>
#include <optional>
#include <utility>

#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <fmt/format.h>

namespace retraind::http {
namespace {

namespace beast = boost::beast::http;

/// What is read beyond a head in one go.
constexpr std::size_t body_room = std::size_t{16} << 10;
constexpr unsigned most_interim_answers = 16;
constexpr std::string_view http_version = " HTTP/1.1\r\n";
constexpr std::string_view line_end = "\r\n";
constexpr std::size_t field_marks = std::string_view(": \r\n").size();

bool is_token(std::string_view text) {
    constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
    return !text.empty() && std::all_of(text.begin(), text.end(), [&](char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
               (letter >= '0' && letter <= '9') || marks.find(letter) != std::string_view::npos;
    });
}

bool is_visible(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(),
                                        [](char letter) { return letter > ' ' && letter < 0x7F; });
}

bool is_field_value(std::string_view text) {
    return std::none_of(text.begin(), text.end(), [](char letter) {
        const auto code = static_cast<unsigned char>(letter);
        return (code < ' ' && letter != '\t') || code == 0x7F;
    });
}

bool is_sound(const header_field& field) {
    return is_token(field.name) && is_field_value(field.value);
}

bool means_a_body(const request& message) {
    return message.body || message.method == "POST" || message.method == "PUT" ||
           message.method == "PATCH";
}

error parse_error(const boost::system::error_code& ec, const answer_reader::limits& most) {
    if (ec == beast::error::header_limit || ec == beast::error::buffer_overflow) {
        return {errc::protocol,
                fmt::format("the answer's head has more than {} bytes", most.head_bytes)};
    }
    if (ec == beast::error::body_limit) {
        return {errc::protocol, fmt::format("the answer has more than {} bytes", most.body_bytes)};
    }
    if (ec == beast::error::partial_message || ec == beast::error::end_of_stream) {
        return {errc::network, "the connection ended before the answer was whole"};
    }
    return {errc::protocol, fmt::format("the answer is not HTTP/1.1: {}", ec.message())};
}

} // namespace

result<std::string> encode_head(const request& message, const std::string& host) {
    if (!is_token(message.method) || !is_visible(message.target) || message.target.front() != '/') {
        return fail(errc::invalid, "a request's method or target cannot be sent as it is");
    }
    std::vector<header_field> own;
    own.push_back({"Host", host});
    if (means_a_body(message)) {
        const std::uint64_t length = message.body ? message.body->size() : 0;
        own.push_back({"Content-Length", std::to_string(length)});
    }
    std::size_t size = message.method.size() + message.target.size() + http_version.size();
    for (const auto* fields : {&std::as_const(own), &message.fields}) {
        for (const header_field& field : *fields) {
            if (!is_sound(field)) {
                return fail(errc::invalid, "a request's header field cannot be sent as it is");
            }
            size += field.name.size() + field.value.size() + field_marks;
        }
    }
    // Room for all of it at once: a text that grows leaves copies of the key behind.
    std::string head;
    head.reserve(size + field_marks);
    head.append(message.method).append(" ").append(message.target).append(http_version);
    for (const auto* fields : {&std::as_const(own), &message.fields}) {
        for (const header_field& field : *fields) {
            head.append(field.name).append(": ").append(field.value).append(line_end);
        }
    }
    head.append(line_end);
    return head;
}

/// Beast wants a whole line, or chunk's head, in one piece: what it has not consumed yet is moved
/// to the buffer's front before more is read.
struct answer_reader::parsing {
    parsing(limits bounds, bool head_only)
        : most(bounds),
          bodiless(head_only),
          capacity(bounds.head_bytes + body_room),
          buffer(std::make_unique_for_overwrite<std::byte[]>(capacity)) {
        start();
    }

    void start() {
        parser.emplace();
        parser->header_limit(static_cast<std::uint32_t>(most.head_bytes));
        parser->body_limit(most.body_bytes);
        parser->eager(true);
        parser->skip(bodiless);
    }

    [[nodiscard]] bool is_interim() const {
        return parser->is_header_done() && parser->get().result_int() / 100 == 1;
    }

    [[nodiscard]] std::size_t parse(boost::system::error_code& ec) {
        const std::size_t used = parser->put(boost::asio::buffer(buffer.get(), filled), ec);
        std::memmove(buffer.get(), buffer.get() + used, filled - used);
        filled -= used;
        return used;
    }

    result<void> next_after_interim() {
        if (parser->get().result_int() == 101 || ++interim > most_interim_answers) {
            return fail(errc::protocol, "the answer switches protocols, or never begins");
        }
        start();
        return {};
    }

    limits most;
    bool bodiless;
    std::size_t capacity;
    std::size_t filled = 0;
    unsigned interim = 0;
    std::unique_ptr<std::byte[]> buffer;
    std::optional<beast::response_parser<beast::string_body>> parser;
};

answer_reader::answer_reader(limits most, bool bodiless)
    : parsing_(std::make_unique<parsing>(most, bodiless)) {}

answer_reader::~answer_reader() = default;

std::span<std::byte> answer_reader::space() noexcept {
    return {parsing_->buffer.get() + parsing_->filled, parsing_->capacity - parsing_->filled};
}

result<void> answer_reader::take(std::size_t count) {
    parsing& now = *parsing_;
    now.filled += count;
    while (now.filled > 0 && !whole()) {
        boost::system::error_code ec;
        const std::size_t used = now.parse(ec);
        if (ec && ec != beast::error::need_more) {
            return tl::unexpected(parse_error(ec, now.most));
        }
        if (now.is_interim()) {
            if (auto next = now.next_after_interim(); !next) {
                return next;
            }
        } else if (used == 0) {
            break;
        }
    }
    if (now.filled == now.capacity) {
        return fail(errc::protocol, "the answer has a line that is too long");
    }
    return {};
}

result<void> answer_reader::end() {
    boost::system::error_code ec;
    if (parsing_->parser->got_some() && !whole()) {
        parsing_->parser->put_eof(ec);
    }
    if (ec || !whole()) {
        return fail(errc::network, "the connection ended before the answer was whole");
    }
    return {};
}

bool answer_reader::head_known() const noexcept {
    return parsing_->parser->is_header_done();
}

bool answer_reader::whole() const noexcept {
    return parsing_->parser->is_done();
}

bool answer_reader::begun() const noexcept {
    return parsing_->filled > 0 || parsing_->parser->got_some();
}

bool answer_reader::reusable() const {
    return whole() && parsing_->parser->keep_alive() && !parsing_->parser->need_eof() &&
           parsing_->filled == 0;
}

response answer_reader::release() {
    auto message = parsing_->parser->release();
    response answer;
    answer.status = message.result_int();
    answer.reason = std::string(message.reason());
    for (const auto& field : message) {
        answer.fields.push_back({std::string(field.name_string()), std::string(field.value())});
    }
    answer.body = std::move(message.body());
    return answer;
}

} // namespace retraind::http
