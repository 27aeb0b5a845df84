// Makes a program smaller while something stays true of it.
#ifndef WARPSMITH_TESTS_REFEREE_REDUCE_H_
#define WARPSMITH_TESTS_REFEREE_REDUCE_H_

#include <functional>
#include <string>

#include "tests/referee/generate.h"

namespace ws::referee {

// Leaves out statements, then replaces parts of expressions in parentheses by 1, as long as `holds`
// says yes; at most `most_tries` questions.
std::string Reduce(const Program& program, const std::function<bool(const std::string&)>& holds,
                   uint32_t most_tries, bool parentheses = true);

}  // namespace ws::referee

#endif  // WARPSMITH_TESTS_REFEREE_REDUCE_H_
