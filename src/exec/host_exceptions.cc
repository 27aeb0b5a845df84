// Exceptions of the host. What they do to control flow is in the program's code; here is what is
// said of one that nobody catches.
#include "base/format.h"
#include "exec/host_call.h"

namespace ws::exec {

void EndUncaught(Machine& machine) {
  Machine::Exception thrown;  // of one of very many, what is known is gone
  const auto found = machine.exceptions.find(machine.pending_exception);
  if (found != machine.exceptions.end()) thrown = found->second;
  std::string text = Format("terminate called after throwing an instance of '{}'\n", thrown.type);
  if (thrown.has_what) text += Format("  what():  {}\n", thrown.what);
  machine.Print(text);
  machine.pending_exception = 0;
  machine.Report(FindingKind::kUncaught, thrown.site,
                 thrown.has_what
                     ? Format("an exception is caught nowhere: {}: {}", thrown.type, thrown.what)
                     : Format("an exception is caught nowhere: {}", thrown.type));
}

bool HostCall::Throw() {
  constexpr size_t kMostExceptions = 65536;
  const uint64_t object = Arg(1);
  switch (static_cast<ThrowCall>(Arg(0))) {
    case ThrowCall::kThrow: {
      Machine::Exception thrown;
      thrown.site = site_;
      thrown.has_what = Arg(3) != 0;
      if (!ReadText(Arg(2), ~uint64_t{0}, thrown.type)) return false;
      if (thrown.has_what && !ReadText(Arg(3), ~uint64_t{0}, thrown.what)) return false;
      if (machine_.exceptions.size() >= kMostExceptions) machine_.exceptions.clear();
      machine_.exceptions[object] = std::move(thrown);
      break;
    }
    case ThrowCall::kRethrow:
      if (object == 0) {
        return Fail(FindingKind::kUncaught, "throw without an exception to throw again");
      }
      break;
    case ThrowCall::kCaught:
      machine_.pending_exception = object;  // that was on its way before; 0: none
      return true;
    case ThrowCall::kTerminate:
      EndUncaught(machine_);
      return false;
  }
  machine_.pending_exception = object;
  if (Arg(4) != 0) return true;
  EndUncaught(machine_);
  return false;
}

}  // namespace ws::exec
