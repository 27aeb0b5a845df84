// What compilers of device code made, kept on disk between runs. Host code.
//
// An entry is a file named after the hash of its request, and holds request and answer: where two
// requests share a hash, or where a file is cut short, damaged or of another origin, there is no
// entry, and the next answer is written over it. Writers write beside an entry and rename, so that
// readers, of other processes too, see all of it or nothing. What was used longest ago goes first
// when the bound is exceeded.
#ifndef WARPSMITH_CXX_CACHE_H_
#define WARPSMITH_CXX_CACHE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace ws::cxx {

class Cache {
 public:
  // `folder` empty or `most_bytes` 0: no cache; nothing is found or kept.
  Cache(std::string folder, uint64_t most_bytes);

  // The cache of $WARPSMITH_CACHE, else of warpsmith/ in $XDG_CACHE_HOME or ~/.cache, bounded by
  // $WARPSMITH_CACHE_MIB (256).
  static Cache FromEnvironment();

  // The answer that was kept for this request.
  std::optional<std::string> Find(std::string_view request) const;
  // An error says why it could not be kept: there is no harm in going on.
  Status Keep(std::string_view request, std::string_view answer) const;

  struct Use {
    uint64_t entries = 0, bytes = 0;
  };
  Use Measure() const;
  const std::string& folder() const { return folder_; }
  uint64_t most_bytes() const { return most_bytes_; }

 private:
  bool is_off() const { return folder_.empty() || most_bytes_ == 0; }
  std::string PathOf(std::string_view request) const;
  void Shrink() const;

  std::string folder_;
  uint64_t most_bytes_;
};

// Why compilations were not kept, to be told to people: each reason is given once in a process.
void NoteCacheTrouble(const std::string& why);
std::string TakeCacheTrouble();

// Texts put together so that no two lists give the same, and taken apart again; nothing where
// `text` was not made so.
std::string PackTexts(const std::vector<std::string_view>& texts);
std::optional<std::vector<std::string>> UnpackTexts(std::string_view text);

}  // namespace ws::cxx

#endif  // WARPSMITH_CXX_CACHE_H_
