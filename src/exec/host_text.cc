// What host code prints and reads as text.
#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "base/format.h"
#include "exec/host_call.h"

namespace ws::exec {

bool HostCall::ReadText(uint64_t address, uint64_t most, std::string& text) {
  constexpr size_t kMostText = 65536;
  Range at;
  for (; text.size() < std::min<uint64_t>(most, kMostText); ++address) {
    if (!Find(address, 1, false, at)) return false;
    if (!at.on_host && !IsManaged(at) && TagOf(address) == Tag::kGlobal) {
      return Fail(FindingKind::kWrongSpace, Format("{} reads a text in device memory", Name()));
    }
    NoteHostRace(at, 1, false);
    if (at.state != nullptr && (*at.state & kByteInit) == 0) {
      machine_.Report(FindingKind::kUninitializedOutput, site_,
                      Format("{} reads a text of uninitialised bytes", Name()));
    }
    if (*at.data == 0) return true;
    text.push_back(static_cast<char>(*at.data));
  }
  return true;
}

exec::ReadText HostCall::Reader(bool* failed) {
  return [this, failed](uint64_t address, uint64_t most) {
    std::string s;
    *failed = *failed || !ReadText(address, most, s);
    return s;
  };
}

bool HostCall::FormatText(uint32_t format, std::string& out) {
  std::vector<uint64_t> values;
  for (uint32_t k = format + 1; k < info_.num_srcs; ++k) values.push_back(Arg(k));
  std::string text;
  if (!ReadText(Arg(format), ~uint64_t{0}, text)) return false;
  bool failed = false;
  out = FormatPrintf(text, values, Reader(&failed));
  return !failed;
}

void HostCall::Write(std::string_view text) {
  machine_.Print(text);
}

bool HostCall::WriteTo(uint64_t number, const std::string& text) {
  if (HostStreams::IsPrinted(number)) {
    Write(text);
    return true;
  }
  HostStream* stream = machine_.streams.Find(number);
  if (stream == nullptr) {
    return Fail(FindingKind::kBadRuntimeCall, Format("{} gets a stream that is none", Name()));
  }
  if (!machine_.streams.Write(*stream, text)) stream->failed = true;
  return true;
}

bool HostCall::Print() {
  std::string printed;
  if (!FormatText(0, printed)) return false;
  Write(printed);
  SetResult(printed.size());
  return true;
}

bool HostCall::PrintTo() {
  std::string text;
  if (!FormatText(2, text)) return false;
  SetResult(text.size());
  return PutText(Arg(0), Arg(1), text);
}

bool HostCall::PutText(uint64_t to, uint64_t room, std::string text) {
  if (room == 0) return true;
  text.push_back('\0');
  if (text.size() > room) {
    text.resize(room);
    text.back() = '\0';
  }
  return PutBytes(to, text);
}

bool HostCall::PrintToFile() {
  std::string text;
  if (!FormatText(1, text)) return false;
  SetResult(text.size());
  return WriteTo(Arg(0), text);
}

// The values stand in memory, a word each.
bool HostCall::PrintList() {
  std::string format;
  if (!ReadText(Arg(3), ~uint64_t{0}, format)) return false;
  uint64_t at = Arg(4);
  bool failed = false;
  const NextValue next = [&](uint32_t, uint64_t* value) {
    std::string word;
    failed = failed || !GetBytes(at, sizeof *value, word);
    if (failed) return false;
    at += sizeof *value;
    memcpy(value, word.data(), sizeof *value);
    return true;
  };
  const std::string text = FormatPrintf(format, next, Reader(&failed));
  if (failed) return false;
  SetResult(text.size());
  return Arg(0) != 0 ? WriteTo(Arg(0), text) : PutText(Arg(1), Arg(2), text);
}

bool HostCall::Put() {
  constexpr uint64_t kManipulator = 255;
  if (Arg(0) == 0) return true;  // a file that is not open takes nothing
  HostStream* stream = machine_.streams.Find(Arg(0));
  if (stream == nullptr) {
    return Fail(FindingKind::kBadRuntimeCall, Format("{} gets a stream that is none", Name()));
  }
  const uint64_t put = Arg(1) & 0xff;
  if (put == kManipulator) return WriteTo(Arg(0), stream->format.Manipulate(Arg(2)));
  bool failed = false;
  const std::string text =
      stream->format.Put(static_cast<StreamPut>(put), Arg(2), 8u >> (Arg(1) >> 8), Reader(&failed));
  return !failed && WriteTo(Arg(0), text);
}

bool HostCall::Parse() {
  std::string text;
  if (!ReadText(Arg(0), ~uint64_t{0}, text)) return false;
  char* end = nullptr;
  const uint64_t what = Arg(1) & 0xffffffffu;
  double value = what == 2 ? double{strtof(text.c_str(), &end)} : strtod(text.c_str(), &end);
  if (what == 1) value = static_cast<double>(end - text.c_str());
  uint64_t bits = 0;
  memcpy(&bits, &value, sizeof bits);
  SetResult(bits);
  return true;
}

}  // namespace ws::exec
