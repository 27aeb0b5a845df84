// What host code prints and reads as text.
#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "base/format.h"
#include "exec/host_call.h"

namespace ws::exec {

bool HostCall::ReadText(uint64_t address, uint64_t most, std::string& text) {
  constexpr size_t kMostText = 4096;
  Range at;
  for (; text.size() < std::min<uint64_t>(most, kMostText); ++address) {
    if (!Find(address, 1, false, at)) return false;
    if (!at.on_host && !IsManaged(at) && TagOf(address) == Tag::kGlobal) {
      return Fail(FindingKind::kWrongSpace, Format("{} reads a text in device memory", Name()));
    }
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

void HostCall::Write(const std::string& text) {
  if (machine_.report.printed.size() < kMostPrinted) machine_.report.printed += text;
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
  if (Arg(1) == 0) return true;
  const uint64_t bytes = std::min<uint64_t>(text.size() + 1, Arg(1));
  Range to;
  if (!Find(Arg(0), bytes, true, to)) return false;
  if (!to.on_host && !IsManaged(to)) {
    return Fail(FindingKind::kWrongSpace, Format("{} writes to device memory", Name()));
  }
  memcpy(to.data, text.c_str(), bytes - 1);
  to.data[bytes - 1] = 0;
  if (to.state != nullptr) memset(to.state, kByteInit | kByteWritten, bytes);
  return true;
}

bool HostCall::Put() {
  constexpr uint64_t kManipulator = 255;
  const uint64_t put = Arg(0) & 0xff;
  if (put == kManipulator) {
    Write(machine_.stream.Manipulate(Arg(1)));
    return true;
  }
  bool failed = false;
  Write(machine_.stream.Put(static_cast<StreamPut>(put), Arg(1), 8u >> (Arg(0) >> 8),
                            Reader(&failed)));
  return !failed;
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
