// What a program's streams and files are at run time: texts in our memory, each by a number.
//
// A FILE* and a std::ostream hold the number alone: 1 to 4 are standard input (which is empty),
// output, error and log, 0 is none. A file is read as a whole when it is opened and written as a
// whole when it is flushed or closed, so that what a program does with it is bounded and a file
// that is no file in the given folder is never touched.
#ifndef WARPSMITH_EXEC_HOST_STREAMS_H_
#define WARPSMITH_EXEC_HOST_STREAMS_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "exec/printf.h"

namespace ws::exec {

// The first argument of RtFn::kStream; lib/files.cu and lib/streams.cu name them by number. What
// gives no number gives 0, and -1 where the stream is none or cannot do it.
enum class StreamCall : uint8_t {
  kOpenText,    // () a stream over an empty text; its number
  kOpenFile,    // (path, mode of fopen) its number, 0 if it cannot be opened
  kClose,       // (stream)
  kSize,        // (stream) bytes of its text
  kCopy,        // (stream, to, bytes) the beginning of its text
  kSetText,     // (stream, from, bytes)
  kRead,        // (stream, to, bytes) bytes read
  kWrite,       // (stream, from, bytes) bytes written
  kGet,         // (stream) a character, -1 at the end
  kUnget,       // (stream) one character back
  kSeek,        // (stream, offset, from: 0 begin, 1 here, 2 end)
  kTell,        // (stream)
  kState,       // (stream) 1: the end was met, 2: something failed
  kSetState,    // (stream, state)
  kFlush,       // (stream)
  kWord,        // (stream, to, bytes) a word, what is blank before it left out; its length
  kInteger,     // (stream, address of a long) 1 if one was read
  kFloat,       // (stream, address of a double) 1 if one was read
  kPrecision,   // (stream, new one or -1) the old one
  kWidth,       // (stream, new one or -1) the old one
  kFill,        // (stream, new one or -1) the old one
  kRemove,      // (path) deletes a file
  kManipulate,  // (stream, manipulator)
  kCount
};

struct HostStream {
  StreamFormat format;
  std::string text;
  uint64_t at = 0;  // where it is read next, and where a file is written
  bool reads = true, writes = true, appends = false;
  bool at_end = false, failed = false;
  std::string path;  // of a file; empty: none
  bool changed = false;
};

class HostStreams {
 public:
  static constexpr uint64_t kInput = 1, kOutput = 2, kError = 3, kLog = 4;
  static constexpr uint64_t kMostBytes = uint64_t{64} << 20;  // of all texts together
  static constexpr uint32_t kMostStreams = 1024;

  // `root`: the folder in which files are; empty: there are none.
  void SetRoot(std::string root) { root_ = std::move(root); }
  // Whether a file was asked for where there are none.
  bool missed_root() const { return missed_root_; }

  // Null: there is none of that number.
  HostStream* Find(uint64_t number);
  static bool IsPrinted(uint64_t number) { return number >= kOutput && number <= kLog; }
  uint64_t OpenText();
  uint64_t OpenFile(std::string_view path, std::string_view mode);
  bool Close(uint64_t number);
  // False: it could not be written.
  bool Flush(HostStream& stream);
  bool Remove(std::string_view path);
  // Puts the bytes at the place where the stream is; false if there is no room.
  bool Write(HostStream& stream, std::string_view bytes);
  bool SetText(HostStream& stream, std::string_view bytes);
  // Writes what files still hold, as the end of a program does.
  void FlushAll();

 private:
  bool Grow(uint64_t more) {
    if (more > kMostBytes - bytes_) return false;
    bytes_ += more;
    return true;
  }

  std::map<uint64_t, HostStream> streams_ = {{kInput, {}}, {kOutput, {}}, {kError, {}}, {kLog, {}}};
  uint64_t next_ = kLog + 1;
  uint64_t bytes_ = 0;
  std::string root_;
  bool missed_root_ = false;
};

// Reads what `format` of scanf asks for from `text` at `*at`, which moves on. `store` gets the
// argument's number, and the bytes that go there; false ends it. Gives scanf's result.
using StoreScanned = std::function<bool(uint32_t argument, std::string_view bytes)>;
int ScanText(std::string_view text, uint64_t* at, std::string_view format,
             const StoreScanned& store);

}  // namespace ws::exec

#endif  // WARPSMITH_EXEC_HOST_STREAMS_H_
