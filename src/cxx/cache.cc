#include "cxx/cache.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <set>
#include <utility>

#include "base/format.h"
#include "base/hash.h"

namespace ws::cxx {
namespace {

namespace fs = std::filesystem;

// Of an entry: `warpsmith-cache 1 REQUEST_BYTES ANSWER_BYTES HASH\n`, request, answer.
constexpr std::string_view kMagic = "warpsmith-cache 1 ";
constexpr std::string_view kEnding = ".entry", kTemporary = ".new";
constexpr size_t kMostHeader = 96;
constexpr uint64_t kMebibyte = uint64_t{1} << 20, kDefaultMebibytes = 256;
constexpr auto kAbandoned = std::chrono::hours(1);  // age of a temporary that nobody finishes

std::string Environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

std::string HeaderOf(std::string_view request, std::string_view answer) {
  return Format("{}{} {} {:016x}\n", kMagic, request.size(), answer.size(),
                HashCombine(HashText(request), HashText(answer)));
}

// A whole file, if it is one and not larger than `most`.
std::optional<std::string> ReadWhole(const std::string& path, uint64_t most) {
  std::error_code code;
  if (!fs::is_regular_file(path, code)) return std::nullopt;
  const uint64_t size = fs::file_size(path, code);
  if (code || size > most) return std::nullopt;
  std::ifstream in(path, std::ios::binary);
  std::string text(size, '\0');
  if (!in.read(text.data(), static_cast<std::streamsize>(size))) return std::nullopt;
  return text;
}

// Writes a file that is not there yet, nor as a link to another one.
bool WriteNew(const std::string& path, std::initializer_list<std::string_view> parts) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
  if (file < 0) return false;
  bool is_written = true;
  for (std::string_view rest : parts) {
    while (is_written && !rest.empty()) {
      const ssize_t bytes = write(file, rest.data(), rest.size());
      if (bytes < 0 && errno == EINTR) continue;
      is_written = bytes > 0;
      if (is_written) rest.remove_prefix(static_cast<size_t>(bytes));
    }
  }
  return close(file) == 0 && is_written;
}

// The next number of a text, which `end` follows.
std::optional<uint64_t> TakeNumber(std::string_view& text, char end) {
  uint64_t value = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || rest == text.data() + text.size() || *rest != end) {
    return std::nullopt;
  }
  text.remove_prefix(static_cast<size_t>(rest - text.data()) + 1);
  return value;
}

struct Trouble {
  std::mutex mutex;
  std::set<std::string> known;
  std::string untold;
};
Trouble& TheTrouble() {
  static Trouble trouble;
  return trouble;
}

}  // namespace

Cache::Cache(std::string folder, uint64_t most_bytes)
    : folder_(std::move(folder)), most_bytes_(most_bytes) {}

Cache Cache::FromEnvironment() {
  std::string folder = Environment("WARPSMITH_CACHE");
  if (folder.empty()) {
    const std::string shared = Environment("XDG_CACHE_HOME"), home = Environment("HOME");
    if (!shared.empty()) {
      folder = shared + "/warpsmith";
    } else if (!home.empty()) {
      folder = home + "/.cache/warpsmith";
    }
  }
  uint64_t mebibytes = kDefaultMebibytes;
  const std::string bound = Environment("WARPSMITH_CACHE_MIB");
  if (!bound.empty()) {
    const auto [rest, error] =
        std::from_chars(bound.data(), bound.data() + bound.size(), mebibytes);
    if (error != std::errc() || rest != bound.data() + bound.size() ||
        mebibytes > uint64_t{1} << 30) {
      mebibytes = kDefaultMebibytes;
      NoteCacheTrouble(
          Format("WARPSMITH_CACHE_MIB is `{}`, which is no number of MiB; the bound "
                 "of the compile cache stays {} MiB",
                 bound, mebibytes));
    }
  }
  return {std::move(folder), mebibytes * kMebibyte};
}

std::string Cache::PathOf(std::string_view request) const {
  return Format("{}/{:016x}{:016x}{}", folder_, HashText(request, 1), HashText(request, 2),
                kEnding);
}

std::optional<std::string> Cache::Find(std::string_view request) const {
  if (is_off()) return std::nullopt;
  const std::string path = PathOf(request);
  std::optional<std::string> text = ReadWhole(path, most_bytes_);
  if (!text || !text->starts_with(kMagic)) return std::nullopt;
  std::string_view rest = std::string_view(*text).substr(kMagic.size());
  const std::optional<uint64_t> request_bytes = TakeNumber(rest, ' ');
  const std::optional<uint64_t> answer_bytes = TakeNumber(rest, ' ');
  const size_t header = std::min(text->find('\n'), kMostHeader) + 1;
  if (!request_bytes || !answer_bytes || *request_bytes != request.size() ||
      *answer_bytes > text->size() || header + *request_bytes + *answer_bytes != text->size()) {
    return std::nullopt;
  }
  const std::string_view kept = std::string_view(*text).substr(header);
  const std::string_view answer = kept.substr(request.size());
  if (!kept.starts_with(request) ||
      std::string_view(*text).substr(0, header) != HeaderOf(request, answer)) {
    return std::nullopt;
  }
  std::error_code ignored;
  fs::last_write_time(path, fs::file_time_type::clock::now(), ignored);
  return std::string(answer);
}

Status Cache::Keep(std::string_view request, std::string_view answer) const {
  static std::atomic<uint64_t> count = 0;
  const std::string header = HeaderOf(request, answer);
  if (is_off() || header.size() + request.size() + answer.size() > most_bytes_) return Ok();
  std::error_code code;
  fs::create_directories(folder_, code);
  if (!fs::is_directory(folder_, code)) {
    return Error{Format("{} cannot be made", folder_), Blame::kInfrastructure};
  }
  const std::string path = PathOf(request);
  // A name that nobody else has: numbers of processes are the same in other containers.
  const auto now = std::chrono::steady_clock::now().time_since_epoch().count();
  const std::string beside =
      Format("{}.{}.{}.{}{}", path, getpid(), ++count, static_cast<uint64_t>(now), kTemporary);
  if (!WriteNew(beside, {header, request, answer})) {
    fs::remove(beside, code);
    return Error{Format("{} cannot be written", folder_), Blame::kInfrastructure};
  }
  fs::rename(beside, path, code);
  if (code) {
    std::error_code ignored;
    fs::remove(beside, ignored);
    return Error{Format("{} cannot be written: {}", path, code.message()), Blame::kInfrastructure};
  }
  Shrink();
  return Ok();
}

Cache::Use Cache::Measure() const {
  Use use;
  std::error_code code;
  for (fs::directory_iterator it(folder_, code), end; it != end; it.increment(code)) {
    std::error_code gone;  // by another process
    if (!it->path().native().ends_with(kEnding)) continue;
    const uint64_t bytes = it->file_size(gone);
    if (gone) continue;
    use.bytes += bytes;
    ++use.entries;
  }
  return use;
}

// Removes entries, oldest first, until seven eighths of the bound are kept, if it is exceeded; and
// what writers left that were killed.
void Cache::Shrink() const {
  struct Entry {
    fs::file_time_type used;
    uint64_t bytes;
    fs::path path;
  };
  std::vector<Entry> entries;
  uint64_t bytes = 0;
  std::error_code code;
  const auto now = fs::file_time_type::clock::now();
  for (fs::directory_iterator it(folder_, code), end; it != end; it.increment(code)) {
    std::error_code gone;
    const fs::file_time_type used = it->last_write_time(gone);
    if (gone) continue;
    const std::string& name = it->path().native();
    if (name.ends_with(kTemporary) && now - used > kAbandoned) fs::remove(it->path(), gone);
    if (!name.ends_with(kEnding)) continue;
    const uint64_t size = it->file_size(gone);
    if (gone) continue;
    entries.push_back({used, size, it->path()});
    bytes += size;
  }
  if (bytes <= most_bytes_) return;
  std::ranges::sort(entries, [](const Entry& a, const Entry& b) {
    return a.used != b.used ? a.used < b.used : a.path < b.path;
  });
  for (const Entry& entry : entries) {
    if (bytes <= most_bytes_ - most_bytes_ / 8) return;
    std::error_code gone;
    fs::remove(entry.path, gone);
    bytes -= entry.bytes;
  }
}

void NoteCacheTrouble(const std::string& why) {
  Trouble& trouble = TheTrouble();
  const std::lock_guard lock(trouble.mutex);
  if (trouble.known.insert(why).second) trouble.untold = why;
}

std::string TakeCacheTrouble() {
  Trouble& trouble = TheTrouble();
  const std::lock_guard lock(trouble.mutex);
  return std::exchange(trouble.untold, {});
}

std::string PackTexts(const std::vector<std::string_view>& texts) {
  std::string out;
  for (const std::string_view text : texts) {
    AppendFormat(out, "{}:", text.size());
    out += text;
  }
  return out;
}

std::optional<std::vector<std::string>> UnpackTexts(std::string_view text) {
  std::vector<std::string> texts;
  while (!text.empty()) {
    const std::optional<uint64_t> size = TakeNumber(text, ':');
    if (!size || *size > text.size()) return std::nullopt;
    texts.emplace_back(text.substr(0, *size));
    text.remove_prefix(*size);
  }
  return texts;
}

}  // namespace ws::cxx
