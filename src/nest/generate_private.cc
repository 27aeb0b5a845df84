// Updates: how the values of points that may meet join an element. By an atomic on memory, or, for
// what falls into a window of the result that the block has to itself, by an atomic on a copy in
// shared memory; at the block's end the copies join the result. Elements outside of the window are
// updated in memory, so that the window is a matter of speed alone. Lanes take the copies in turn;
// a word between copies keeps equal elements of them on different banks.
#include "base/format.h"
#include "nest/generate_kernel.h"

namespace ws::nest {
namespace {

// The statement by which a value joins an element that other threads may meet in.
std::string AtomicText(Reduction update, ir::Type type, const std::string& element,
                       const std::string& value) {
  const char* name = "atomicAdd";
  switch (update) {
    case Reduction::kNone:
    case Reduction::kProduct:
    case Reduction::kSum:
      break;
    case Reduction::kMax:
      name = "atomicMax";
      break;
    case Reduction::kMin:
      name = "atomicMin";
      break;
    case Reduction::kAnd:
      name = "atomicAnd";
      break;
    case Reduction::kOr:
      name = "atomicOr";
      break;
  }
  // Sums of signed and unsigned words are the same bits; CUDA has atomics on unsigned long long.
  if (ir::IsInteger(type) && ir::IsWide(type)) {
    const bool is_signed =
        !ir::IsUnsigned(type) && (update == Reduction::kMax || update == Reduction::kMin);
    const char* word = is_signed ? "long long" : "unsigned long long";
    return Format("{}(reinterpret_cast<{}*>(&{}), ({})({}));", name, word, element, word, value);
  }
  return Format("{}(&{}, {});", name, element, value);
}

// Adds the terms of a sum to `terms`.
void CollectTerms(const Program& program, ExprId sum, std::vector<ExprId>* terms) {
  const Expr& e = program.expr(sum);
  if (e.kind != ExprKind::kBinary || e.op != ExprOp::kAdd) {
    terms->push_back(sum);
    return;
  }
  CollectTerms(program, e.args[0], terms);
  CollectTerms(program, e.args[1], terms);
}

}  // namespace

ExprId BlockPartOf(Program& program, const Nest& nest, const NestPlan& plan, ExprId* rest) {
  std::vector<ExprId> terms;
  CollectTerms(program, nest.out_index, &terms);
  ExprId base;
  *rest = {};
  for (const ExprId term : terms) {
    bool same_in_block = !HasLoad(program, term);
    for (const AxisPlan& axis : plan.axes) {
      const bool moves = axis.grid == Dim::kNone || axis.Tile() > 1;
      if (moves && HasAxis(program, term, axis.axis)) same_in_block = false;
    }
    ExprId& sum = same_in_block ? base : *rest;
    sum = sum.valid() ? program.Binary(ExprOp::kAdd, sum, term) : term;
  }
  return base;
}

void KernelWriter::NeedThread() {
  if (!thread_.empty()) return;
  thread_ = scope_.Unique("thread");
  thread_line_ = threads_y_ > 1
                     ? Format("const int {} = threadIdx.y * {} + threadIdx.x;", thread_, threads_x_)
                     : Format("const int {} = threadIdx.x;", thread_);
}

Names KernelWriter::LaneNames(const NestState& nest, AxisState* lane_axis, uint32_t lane) const {
  Names names = PointNames(nest, lane_axis, lane);
  for (const auto& [node, texts] : point_values_) {
    if (lane < texts.size()) names[node] = texts[lane];
  }
  return names;
}

// Declares the copies and clears them.
Status KernelWriter::OpenPrivate(const NestState& nest) {
  private_.reset();
  if (nest.plan->window == 0) return Ok();
  const Buffer& buffer = program_.buffers[nest.store.buffer.index];
  if (ir::BytesOf(buffer.type) < 4) {
    return Error{Format("private copies of {}, whose elements have {} bytes", buffer.name,
                        ir::BytesOf(buffer.type))};
  }
  for (const ExprId part : {nest.nest->value, nest.nest->guard, nest.nest->out_index}) {
    if (part.valid() && HasLoad(program_, part, nest.nest->out)) {
      return Error{Format("private copies of {}, which is read meanwhile", buffer.name)};
    }
  }
  const uint32_t copies = nest.plan->copies;
  PrivateWindow window;
  const ExprId base = BlockPartOf(program_, *nest.nest, *nest.plan, &window.rest);
  if (!window.rest.valid()) return Error{"private copies of what is one element in a block"};
  if (base.valid()) {
    window.base = scope_.Unique(buffer.name + "_begin");
    code_.Line(
        Format("const {} {} = {};", TypeName(program_.expr(base).type), window.base, Text(base)));
  }
  window.name = scope_.Unique(buffer.name + "_part");
  window.window = Constant("k" + CamelCase(buffer.name) + "Window", nest.plan->window);
  window.stride = nest.plan->window + (copies > 1 ? 1 : 0);
  const uint32_t elements = copies * window.stride;
  result_.shared_bytes += elements * ir::BytesOf(buffer.type);
  const std::string type(TypeName(buffer.type));
  shared_.push_back(Format("__shared__ {} {}[{}];", type, window.name, elements));
  NeedThread();
  const std::string threads = Constant("kThreads", threads_x_ * threads_y_);
  const std::string at = NameSet(scope_).Unique("at");
  code_.Open(Format("for (int {0} = {1}; {0} < {2}; {0} += {3})", at, thread_, elements, threads));
  code_.Line(Format("{}[{}] = {};", window.name, at, IdentityText(nest.nest->update, buffer.type)));
  code_.Close();
  code_.Line("__syncthreads();");
  window.mine = window.name;
  if (copies > 1) {
    window.mine = scope_.Unique(buffer.name + "_mine");
    code_.Line(Format("{}* const {} = &{}[{} % {} * {}];", type, window.mine, window.name, thread_,
                      copies, window.stride));
  }
  private_ = std::move(window);
  return Ok();
}

// The copies join the result. Elements that no point of the block met stay untouched: those may
// not even exist.
void KernelWriter::ClosePrivate(const NestState& nest) {
  if (!private_) return;
  const Buffer& buffer = program_.buffers[nest.store.buffer.index];
  NameSet local = scope_;
  const std::string at = local.Unique("at");
  const std::string value = local.Unique("gathered");
  code_.Line("__syncthreads();");
  code_.Open(Format("for (int {0} = {1}; {0} < {2}; {0} += {3})", at, thread_, private_->window,
                    Constant("kThreads", threads_x_ * threads_y_)));
  code_.Line(Format("{} {} = {}[{}];", TypeName(buffer.type), value, private_->name, at));
  if (nest.plan->copies > 1) {
    const std::string copy = local.Unique("copy");
    code_.Unroll();
    code_.Open(Format("for (int {0} = 1; {0} < {1}; ++{0})", copy, nest.plan->copies));
    code_.Line(
        CombineStatement(nest.nest->update, buffer.type, value,
                         Format("{}[{} * {} + {}]", private_->name, copy, private_->stride, at)));
    code_.Close();
  }
  code_.Open(Format("if ({} != {})", value, IdentityText(nest.nest->update, buffer.type)));
  const std::string element = Format("{}[{}]", buffer.name, SumText(private_->base, at));
  code_.Line(AtomicText(nest.nest->update, buffer.type, element, value));
  code_.Close();
  code_.Close();
  private_.reset();
}

// A value joins the element that its point chooses.
void KernelWriter::WriteUpdate(NestState& nest, AxisState* lane_axis, uint32_t lane,
                               const std::string& value) {
  const Buffer& buffer = program_.buffers[nest.store.buffer.index];
  const Names names = LaneNames(nest, lane_axis, lane);
  const std::string element =
      Format("{}[{}]", buffer.name, ToText(program_, nest.store.index, names));
  const std::string to_memory = AtomicText(nest.nest->update, buffer.type, element, value);
  if (!private_) {
    code_.Line(to_memory);
    return;
  }
  const ir::Type type = program_.expr(private_->rest).type;
  const std::string place = point_scope_->Unique("place");
  code_.Line(
      Format("const {} {} = {};", TypeName(type), place, ToText(program_, private_->rest, names)));
  const char* word = ir::IsWide(type) ? "unsigned long long" : "unsigned";
  code_.Open(Format("if (static_cast<{}>({}) < {})", word, place, private_->window));
  code_.Line(
      AtomicText(nest.nest->update, buffer.type, Format("{}[{}]", private_->mine, place), value));
  code_.Else();
  code_.Line(
      private_->base.empty()
          ? AtomicText(nest.nest->update, buffer.type, Format("{}[{}]", buffer.name, place), value)
          : AtomicText(nest.nest->update, buffer.type,
                       Format("{}[{} + {}]", buffer.name, private_->base, place), value));
  code_.Close();
}

}  // namespace ws::nest
