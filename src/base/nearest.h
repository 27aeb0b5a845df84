// Typing errors: the known word that somebody probably meant.
#ifndef WARPSMITH_BASE_NEAREST_H_
#define WARPSMITH_BASE_NEAREST_H_

#include <span>
#include <string>
#include <string_view>

namespace ws {

// The candidate fewest edits (insert, delete, replace or swap a letter) away from `word`, if it is
// near enough to be a typing error; else empty. Of equals the first.
std::string_view Nearest(std::string_view word, std::span<const std::string_view> candidates);

// "did you mean `x`?", or `otherwise` if nothing is near.
std::string DidYouMean(std::string_view word, std::span<const std::string_view> candidates,
                       std::string_view otherwise);

}  // namespace ws

#endif  // WARPSMITH_BASE_NEAREST_H_
