#include "exec/host_streams.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <vector>

namespace ws::exec {
namespace {

// The parts of a path that stays below the folder; false: it does not, or names none.
bool SplitPath(std::string_view path, std::vector<std::string>& parts) {
  if (path.empty() || path.front() == '/') return false;
  while (!path.empty()) {
    const size_t slash = std::min(path.find('/'), path.size());
    const std::string_view part = path.substr(0, slash);
    path.remove_prefix(std::min(slash + 1, path.size()));
    if (part.empty() || part == ".") continue;
    if (part == ".." || part.find('\0') != std::string_view::npos) return false;
    parts.emplace_back(part);
  }
  return !parts.empty();
}

// Closes what it holds.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() { Set(-1); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  void Set(int fd) {
    if (fd_ >= 0) close(fd_);
    fd_ = fd;
  }
  int get() const { return fd_; }

 private:
  int fd_;
};

// The folder that holds the last part. No link is followed on the way; -1 if there is none.
void OpenFolder(const std::string& root, const std::vector<std::string>& parts, Descriptor& fd) {
  fd.Set(open(root.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  for (size_t i = 0; fd.get() >= 0 && i + 1 < parts.size(); ++i) {
    fd.Set(openat(fd.get(), parts[i].c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  }
}

void OpenIn(const std::string& root, std::string_view path, int flags, Descriptor& fd) {
  std::vector<std::string> parts;
  if (root.empty() || !SplitPath(path, parts)) return;
  Descriptor folder(-1);
  OpenFolder(root, parts, folder);
  if (folder.get() < 0) return;
  constexpr mode_t kMode = 0644;
  fd.Set(openat(folder.get(), parts.back().c_str(), flags | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC,
                kMode));
  // What is no plain file, or has a name outside of the folder too, is left alone.
  struct stat facts = {};
  if (fd.get() >= 0 &&
      (fstat(fd.get(), &facts) != 0 || !S_ISREG(facts.st_mode) || facts.st_nlink > 1)) {
    fd.Set(-1);
  }
}

}  // namespace

HostStream* HostStreams::Find(uint64_t number) {
  const auto found = streams_.find(number);
  return found == streams_.end() ? nullptr : &found->second;
}

uint64_t HostStreams::OpenText() {
  if (streams_.size() >= kMostStreams) return 0;
  streams_[next_] = {};
  return next_++;
}

uint64_t HostStreams::OpenFile(std::string_view path, std::string_view mode) {
  if (root_.empty()) missed_root_ = true;
  if (root_.empty() || mode.empty() || streams_.size() >= kMostStreams) return 0;
  const bool updates = mode.find('+') != std::string_view::npos;
  HostStream stream;
  stream.reads = mode[0] == 'r' || updates;
  stream.writes = mode[0] != 'r' || updates;
  stream.appends = mode[0] == 'a';
  if (mode[0] != 'r' && mode[0] != 'w' && mode[0] != 'a') return 0;
  Descriptor fd(-1);
  const int access = stream.writes ? O_RDWR | (mode[0] == 'r' ? 0 : O_CREAT) : O_RDONLY;
  OpenIn(root_, path, access, fd);
  if (fd.get() < 0) return 0;
  if (mode[0] == 'w' && ftruncate(fd.get(), 0) != 0) return 0;
  struct stat facts = {};
  if (fstat(fd.get(), &facts) != 0 || facts.st_size < 0) return 0;
  const auto size = static_cast<uint64_t>(facts.st_size);
  if (size > kMostBytes - bytes_) return 0;
  stream.text.resize(size);
  uint64_t done = 0;
  while (done < size) {
    const ssize_t got = read(fd.get(), stream.text.data() + done, size - done);
    if (got <= 0) break;
    done += static_cast<uint64_t>(got);
  }
  stream.text.resize(done);
  bytes_ += done;
  stream.path = path;
  streams_[next_] = std::move(stream);
  return next_++;
}

bool HostStreams::Flush(HostStream& stream) {
  if (stream.path.empty() || !stream.changed) return true;
  stream.changed = false;
  Descriptor fd(-1);
  OpenIn(root_, stream.path, O_WRONLY | O_CREAT, fd);
  if (fd.get() < 0 || ftruncate(fd.get(), 0) != 0) return false;
  uint64_t done = 0;
  while (done < stream.text.size()) {
    const ssize_t put = write(fd.get(), stream.text.data() + done, stream.text.size() - done);
    if (put <= 0) return false;
    done += static_cast<uint64_t>(put);
  }
  return true;
}

bool HostStreams::Close(uint64_t number) {
  HostStream* stream = Find(number);
  if (stream == nullptr || number <= kLog) return false;
  const bool written = Flush(*stream);
  bytes_ -= stream->text.size();
  streams_.erase(number);
  return written;
}

bool HostStreams::Remove(std::string_view path) {
  if (root_.empty()) missed_root_ = true;
  std::vector<std::string> parts;
  if (root_.empty() || !SplitPath(path, parts)) return false;
  Descriptor folder(-1);
  OpenFolder(root_, parts, folder);
  return folder.get() >= 0 && unlinkat(folder.get(), parts.back().c_str(), 0) == 0;
}

bool HostStreams::Write(HostStream& stream, std::string_view bytes) {
  if (!stream.writes) return false;
  const bool in_place = !stream.path.empty() && !stream.appends;
  const uint64_t at = in_place ? stream.at : stream.text.size();
  if (at > kMostBytes || bytes.size() > kMostBytes) return false;
  const uint64_t end = at + bytes.size();
  if (end > stream.text.size()) {
    if (!Grow(end - stream.text.size())) return false;
    stream.text.resize(end);
  }
  std::copy(bytes.begin(), bytes.end(), stream.text.begin() + static_cast<ptrdiff_t>(at));
  if (!stream.path.empty()) stream.at = end;
  stream.changed = true;
  return true;
}

bool HostStreams::SetText(HostStream& stream, std::string_view bytes) {
  if (bytes.size() > stream.text.size() && !Grow(bytes.size() - stream.text.size())) return false;
  if (bytes.size() < stream.text.size()) bytes_ -= stream.text.size() - bytes.size();
  stream.text = bytes;
  stream.at = 0;
  stream.at_end = false;
  return true;
}

void HostStreams::FlushAll() {
  for (auto& [number, stream] : streams_) Flush(stream);
}

}  // namespace ws::exec
