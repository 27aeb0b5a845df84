#include "nest/lift.h"

#include "nest/lifter.h"
#include "nest/normalise.h"

namespace ws::nest {

Lifted Lift(const front::Program& source, std::string_view entry) {
  Lifted result;
  if (source.sema == nullptr) {
    result.why_not = "the program did not compile";
    return result;
  }
  try {
    Lifter lifter(source, result.program);
    lifter.Run(entry);
    Normalise(&result.program, lifter.names());
    if (result.program.nests.empty()) throw NotLiftable{"a launcher that computes nothing", {}};
    for (const Buffer& b : result.program.buffers) {
      if (b.type == ir::Type::kNone && b.kind == BufferKind::kTemporary) {
        throw NotLiftable{"an array whose type is never seen", {}};
      }
    }
    result.ok = true;
  } catch (const NotLiftable& failure) {
    result.program = Program();
    result.why_not = failure.why;
    result.where = failure.where;
  }
  return result;
}

}  // namespace ws::nest
