#pragma once

#include <vector>

#include "retraind/customvision/types.hpp"

namespace retraind::pipeline {

/// How often one picture is sent that the service answers "later" for, before it is held.
inline constexpr unsigned most_attempts = 5;

/// What the answer for one picture means beyond its status.
enum class answer_meaning {
    as_it_says,     ///< the status tells all
    tags_gone,      ///< the project has one of its tags no more: they are found anew
    tags_to_ensure, ///< it is there already; whether with its tags, a look tells
    no_room,        ///< the project takes no more pictures: it goes again when it does
    other_tag,      ///< a multi-class project has it under another tag
};

/// How a picture was sent, and what is known of its tags since.
struct sent_tags {
    std::size_t count = 0;
    /// The project's tags were asked for after the answer, and one of these is not there.
    bool one_is_gone = false;
    bool several_allowed = true; ///< no multi-class project
};

/// For a file and for an address alike. Pure.
[[nodiscard]] answer_meaning judge_meaning(const customvision::image_result& answered,
                                           const sent_tags& sent);

/// Whether the project's tags are to be asked for before these are judged.
[[nodiscard]] bool leaves_doubt_of_tags(const std::vector<customvision::image_result>& answered);

} // namespace retraind::pipeline
