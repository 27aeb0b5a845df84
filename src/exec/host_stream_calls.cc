// The runtime calls that work on streams and files.
#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <cstring>

#include "base/format.h"
#include "exec/host_call.h"

namespace ws::exec {
namespace {

bool IsBlank(char c) { return isspace(static_cast<unsigned char>(c)) != 0; }

void SkipBlanks(HostStream& stream) {
  while (stream.at < stream.text.size() && IsBlank(stream.text[stream.at])) ++stream.at;
}

// As many bytes as could belong to a number.
std::string NumberAhead(const HostStream& stream) {
  constexpr uint64_t kMost = 512;
  return stream.text.substr(stream.at, kMost);
}

}  // namespace

bool HostCall::PutBytes(uint64_t to, std::string_view bytes) {
  if (bytes.empty()) return true;
  Range range;
  if (!Find(to, bytes.size(), true, range)) return false;
  if (!range.on_host && !IsManaged(range)) {
    return Fail(FindingKind::kWrongSpace, Format("{} writes to device memory", Name()));
  }
  NoteHostRace(range, bytes.size(), true);
  memcpy(range.data, bytes.data(), bytes.size());
  if (range.state != nullptr) memset(range.state, kByteInit | kByteWritten, bytes.size());
  return true;
}

bool HostCall::GetBytes(uint64_t from, uint64_t bytes, std::string& out) {
  out.clear();
  if (bytes == 0) return true;
  Range range;
  if (!Find(from, bytes, false, range)) return false;
  if (!range.on_host && !IsManaged(range)) {
    return Fail(FindingKind::kWrongSpace, Format("{} reads device memory", Name()));
  }
  NoteHostRace(range, bytes, false);
  for (uint64_t k = 0; range.state != nullptr && k < bytes; ++k) {
    if ((range.state[k] & kByteInit) != 0) continue;
    machine_.Report(FindingKind::kUninitializedOutput, site_,
                    Format("{} reads uninitialised bytes", Name()));
    break;
  }
  out.assign(reinterpret_cast<const char*>(range.data), bytes);
  return true;
}

bool HostCall::Scan() {
  std::string text, format;
  HostStream* stream = nullptr;
  if (Arg(0) == 0) {
    if (!ReadText(Arg(1), ~uint64_t{0}, text)) return false;
  } else {
    stream = machine_.streams.Find(Arg(1));
    if (stream == nullptr) {
      return Fail(FindingKind::kBadRuntimeCall, Format("{} gets a file that is none", Name()));
    }
  }
  if (!ReadText(Arg(2), ~uint64_t{0}, format)) return false;
  bool failed = false;
  const auto store = [&](uint32_t argument, std::string_view bytes) {
    if (argument + 3 >= info_.num_srcs) {
      failed = true;
      return Fail(FindingKind::kBadRuntimeCall, "scanf has fewer arguments than its format names");
    }
    failed = failed || !PutBytes(Arg(argument + 3), bytes);
    return !failed;
  };
  uint64_t at = stream != nullptr ? stream->at : 0;
  const uint64_t before = at;
  const int result = ScanText(stream != nullptr ? stream->text : text, &at, format, store);
  if (failed) return false;
  if (stream != nullptr) {
    stream->at = at;
    if (at >= stream->text.size()) stream->at_end = true;
  }
  NoteWork(at - before, false, false);
  SetResult(static_cast<uint32_t>(result));
  return true;
}

bool HostCall::CallStream() {
  const auto call = static_cast<StreamCall>(Arg(0));
  HostStreams& streams = machine_.streams;
  std::string text, mode;
  SetResult(0);
  switch (call) {
    case StreamCall::kOpenText:
      SetResult(streams.OpenText());
      return true;
    case StreamCall::kOpenFile: {
      if (!ReadText(Arg(1), ~uint64_t{0}, text) || !ReadText(Arg(2), 8, mode)) return false;
      const uint64_t number = streams.OpenFile(text, mode);
      // Opening takes more than what is read.
      constexpr uint64_t kOpenBytes = 1u << 16;
      NoteWork(kOpenBytes + (number != 0 ? streams.Find(number)->text.size() : 0), false, false);
      machine_.report.missed_files = streams.missed_root();
      SetResult(number);
      return true;
    }
    case StreamCall::kRemove:
      if (!ReadText(Arg(1), ~uint64_t{0}, text)) return false;
      SetResult(streams.Remove(text) ? 0 : ~uint64_t{0});
      machine_.report.missed_files = streams.missed_root();
      return true;
    default:
      break;
  }
  const uint64_t number = Arg(1);
  HostStream* stream = streams.Find(number);
  if (stream == nullptr) {
    // A std::fstream that could not be opened has no file, and says so.
    if (number == 0) {
      SetResult(call == StreamCall::kState ? 2 : ~uint64_t{0});
      return true;
    }
    return Fail(FindingKind::kBadRuntimeCall, "this file is closed, or is none");
  }
  const uint64_t rest = stream->text.size() - std::min(stream->at, stream->text.size());
  const auto set_signed = [&](int64_t value) { SetResult(static_cast<uint64_t>(value)); };
  switch (call) {
    case StreamCall::kClose:
      SetResult(streams.Close(number) ? 0 : ~uint64_t{0});
      return true;
    case StreamCall::kSize:
      SetResult(stream->text.size());
      return true;
    case StreamCall::kCopy:
      NoteWork(Arg(3), false, false);
      return PutBytes(Arg(2), std::string_view(stream->text).substr(0, Arg(3)));
    case StreamCall::kSetText:
      if (!GetBytes(Arg(2), Arg(3), text)) return false;
      NoteWork(text.size(), false, false);
      SetResult(streams.SetText(*stream, text) ? 0 : ~uint64_t{0});
      return true;
    case StreamCall::kRead: {
      const uint64_t bytes = stream->reads ? std::min(Arg(3), rest) : 0;
      if (bytes < Arg(3)) stream->at_end = true;
      NoteWork(bytes, false, false);
      SetResult(bytes);
      const uint64_t from = stream->at;
      stream->at += bytes;
      return PutBytes(Arg(2), std::string_view(stream->text).substr(from, bytes));
    }
    case StreamCall::kWrite: {
      if (!GetBytes(Arg(2), Arg(3), text)) return false;
      NoteWork(text.size(), false, false);
      if (HostStreams::IsPrinted(number)) {
        Write(text);
      } else if (!streams.Write(*stream, text)) {
        stream->failed = true;
        return true;
      }
      SetResult(text.size());
      return true;
    }
    case StreamCall::kGet:
      if (rest == 0 || !stream->reads) {
        stream->at_end = true;
        set_signed(-1);
      } else {
        SetResult(static_cast<unsigned char>(stream->text[stream->at++]));
      }
      return true;
    case StreamCall::kUnget:
      if (stream->at > 0) --stream->at;
      stream->at_end = false;
      return true;
    case StreamCall::kSeek: {
      const auto offset = static_cast<int64_t>(Arg(2));
      const int64_t from = Arg(3) == 0   ? 0
                           : Arg(3) == 1 ? static_cast<int64_t>(stream->at)
                                         : static_cast<int64_t>(stream->text.size());
      int64_t to = 0;
      if (__builtin_add_overflow(from, offset, &to) || to < 0 ||
          to > static_cast<int64_t>(HostStreams::kMostBytes)) {
        set_signed(-1);
        return true;
      }
      stream->at = static_cast<uint64_t>(to);
      stream->at_end = false;
      return true;
    }
    case StreamCall::kTell:
      SetResult(stream->at);
      return true;
    case StreamCall::kState:
      SetResult((stream->at_end ? 1u : 0u) | (stream->failed ? 2u : 0u));
      return true;
    case StreamCall::kSetState:
      stream->at_end = (Arg(2) & 1) != 0;
      stream->failed = (Arg(2) & 2) != 0;
      return true;
    case StreamCall::kFlush:
      SetResult(streams.Flush(*stream) ? 0 : ~uint64_t{0});
      NoteWork(stream->path.empty() ? 0 : stream->text.size(), false, false);
      return true;
    case StreamCall::kWord: {
      SkipBlanks(*stream);
      const uint64_t first = stream->at;
      while (stream->at < stream->text.size() && !IsBlank(stream->text[stream->at]) &&
             stream->at - first + 1 < Arg(3)) {
        ++stream->at;
      }
      if (stream->at >= stream->text.size()) stream->at_end = true;
      text =
          stream->text.substr(std::min<uint64_t>(first, stream->text.size()), stream->at - first);
      NoteWork(text.size(), false, false);
      SetResult(text.size());
      text.push_back('\0');
      return PutBytes(Arg(2), text);
    }
    case StreamCall::kInteger:
    case StreamCall::kFloat: {
      SkipBlanks(*stream);
      text = stream->at < stream->text.size() ? NumberAhead(*stream) : "";
      char* end = nullptr;
      uint64_t bits = 0;
      if (call == StreamCall::kInteger) {
        const bool negative = !text.empty() && text[0] == '-';
        bits = negative ? static_cast<uint64_t>(strtoll(text.c_str(), &end, 10))
                        : strtoull(text.c_str(), &end, 10);
      } else {
        const double value = strtod(text.c_str(), &end);
        memcpy(&bits, &value, sizeof bits);
      }
      const auto used = static_cast<uint64_t>(end - text.c_str());
      stream->at += used;
      if (stream->at >= stream->text.size()) stream->at_end = true;
      if (used == 0) {
        stream->failed = true;
        return true;
      }
      SetResult(1);
      char bytes[sizeof bits];
      memcpy(bytes, &bits, sizeof bits);
      return PutBytes(Arg(2), {bytes, sizeof bytes});
    }
    case StreamCall::kPrecision:
    case StreamCall::kWidth:
    case StreamCall::kFill: {
      StreamFormat& format = stream->format;
      const auto set = static_cast<int64_t>(Arg(2));
      const Manipulator manipulator = call == StreamCall::kPrecision ? Manipulator::kPrecision
                                      : call == StreamCall::kWidth   ? Manipulator::kWidth
                                                                     : Manipulator::kFill;
      set_signed(call == StreamCall::kPrecision ? format.precision()
                 : call == StreamCall::kWidth   ? static_cast<int64_t>(format.width())
                                                : format.fill());
      if (set >= 0) {
        format.Manipulate(static_cast<uint64_t>(set) << 8 | static_cast<uint64_t>(manipulator));
      }
      return true;
    }
    case StreamCall::kManipulate:
      return WriteTo(number, stream->format.Manipulate(Arg(2)));
    case StreamCall::kOpenText:
    case StreamCall::kOpenFile:
    case StreamCall::kRemove:
    case StreamCall::kCount:
      break;
  }
  return Fail(FindingKind::kBadRuntimeCall, "an unknown call of a stream");
}

bool HostCall::AskRoom() {
  Range range;
  if (!Find(Arg(0), 1, false, range)) return false;
  if (range.view == nullptr || range.offset != 0 || TagOf(Arg(0)) != Tag::kHost) {
    return Fail(FindingKind::kBadAddress, "realloc gets an address that malloc has not given");
  }
  SetResult(range.view->size);
  return true;
}

}  // namespace ws::exec
