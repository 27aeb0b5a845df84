// Symbolic execution of a launcher and its kernels: the state shared by the parts of lifting.
//
//   launcher.cc           the host function: temporaries, launches
//   lifter_values.cc      expressions: what a node's value is, in axes, sizes and loads
//   lifter_places.cc      where values lie; loads and stores
//   lifter_calls.cc       builtins and inlined functions
//   lifter_statements.cc  statements, branches; stores become items
//   lifter_loop_shapes.cc which variable a loop counts, and how far
//   lifter_loops.cc       loops become axes; carried scalars become reductions (reductions.h)
//   lifter_ranges.cc      ranges that depend on the thread or an outer loop; early ends
//   lifter_tuples.cc      what is carried beside a maximum: argmax, online softmax
//   lifter_loop_stores.cc stores in loops; iterations must keep apart
//   domain.cc             items of one kernel become nests: thread axes, guards, temporaries
//   normalise.cc          the whole program: forwarding, merging, names
//
// A kernel is executed once, for one symbolic thread. What it stores becomes a list of items in
// program order; an item is a nest in the making, whose axes are still raw thread and block
// indices. Distributing a loop body over its items is legal where the body's accesses to one
// buffer stay within an iteration, which is checked. Internal to nest/. Host code.
#ifndef WARPSMITH_NEST_LIFTER_H_
#define WARPSMITH_NEST_LIFTER_H_

#include <array>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "front/compile.h"
#include "front/sema.h"
#include "nest/program.h"

namespace ws::nest {

// Thrown where a construct stops lifting; never leaves the folder.
struct NotLiftable {
  std::string why;
  diag::Loc where;
};

// Where a value lies: (part of) a variable, or elements of a buffer.
struct Place {
  bool is_element = false;
  uint32_t entity = 0;              // variable
  std::vector<uint32_t> path = {};  // which part of an array or vector
  BufferId buffer = {};
  ExprId offset = {};       // in elements of the buffer
  front::TypeId type = {};  // of the object there
};

struct Value {
  enum Kind : uint8_t {
    kNone,  // uninitialised
    kScalar,
    kPointer,  // into a buffer
    kTuple,    // vector, array, dim3
    kPlace,    // pointer or reference to a variable or element
    kUnknown,  // cannot be told; an error where it is used
  };
  Kind kind = kNone;
  ExprId scalar = {};
  BufferId buffer = {};  // kPointer; none: a null pointer
  ExprId offset = {};
  std::vector<Value> parts = {};
  Place place = {};
  std::string why = {};  // kUnknown

  static Value Scalar(ExprId e) {
    Value v;
    v.kind = kScalar;
    v.scalar = e;
    return v;
  }
  static Value Tuple(std::vector<Value> parts) {
    Value v;
    v.kind = kTuple;
    v.parts = std::move(parts);
    return v;
  }
  static Value Unknown(std::string why) {
    Value v;
    v.kind = kUnknown;
    v.why = std::move(why);
    return v;
  }
  bool operator==(const Value& o) const {
    return kind == o.kind && scalar == o.scalar && buffer == o.buffer && offset == o.offset &&
           parts == o.parts && place.is_element == o.place.is_element &&
           place.entity == o.place.entity && place.path == o.place.path &&
           place.buffer == o.place.buffer && place.offset == o.place.offset;
  }
};

using Environment = std::map<uint32_t, Value>;  // by entity
using Versions = std::map<uint32_t, uint64_t>;  // by buffer: number of its last store

// A nest in the making.
struct Item {
  BufferId out = {};  // none: temporary `temp`
  ExprId index = {};
  ExprId value = {};
  Reduction reduction = Reduction::kNone;
  ExprId init = {};
  std::vector<AxisId> reduced = {};
  std::vector<ExprId> guards = {};
  std::vector<AxisId> loops = {};  // enclosing serial loops
  uint32_t temp = 0xffffffffu;
  bool atomic = false;  // combined over every axis that is not in the index
  ir::Type type = ir::Type::kF32;
  diag::Loc loc = {};
  Versions before = {};  // of buffers, before this item
};

// The result of a reduction that later code uses.
struct Temp {
  std::string name;
  std::set<uint32_t> axes = {};     // it depends on
  std::set<uint32_t> partial = {};  // thread axes over which it is only a partial result
};

struct State {
  Environment env;
  std::vector<Item> items;
  Versions versions;
  std::vector<ExprId> guards;
  std::vector<AxisId> loops;
  ExprId live;   // false where control has left the function or iteration
  Value result;  // of the inlined function
  // Leaving an iteration by `continue`: under which condition, with which variables.
  std::vector<std::pair<ExprId, Environment>> continued;
  bool may_have_left = false;  // a loop before this point may have returned
};

struct KernelLaunch {
  front::InstanceId kernel;
  std::array<ExprId, 3> grid;
  std::array<ExprId, 3> block;
};

class Lifter {
 public:
  Lifter(const front::Program& source, Program& program);

  // Evaluates the launcher `entry`; throws NotLiftable.
  void Run(std::string_view entry);
  // Names that the source gives to values of the nests' axes.
  const std::vector<std::pair<ExprId, std::string>>& names() const { return names_; }

 private:
  using NodeId = front::NodeId;
  using TypeId = front::TypeId;

  // --- launcher.cc
  void DeclareParameters(const front::Instance& instance);
  void DescribeInterface(const front::Instance& instance);
  void NoteStream(NodeId n);  // where a call or launch says one; invalid: it says none
  Value EvalLaunch(NodeId n);
  bool EvalRuntimeCall(NodeId n, std::string_view name, Value* result);
  std::array<ExprId, 3> Dim3Of(const Value& value);
  void RunKernel(const KernelLaunch& launch, const std::vector<Value>& args, diag::Loc loc);

  // --- lifter_values.cc
  Value Eval(NodeId n);
  void RefuseStruct(NodeId n) const;
  ExprId EvalScalar(NodeId n);
  ExprId EvalCondition(NodeId n);
  Value EvalName(NodeId n);
  Value EvalUnary(NodeId n);
  Value EvalBinary(NodeId n);
  Value EvalConditional(NodeId n);
  Value EvalAssign(NodeId n);
  Value EvalCast(NodeId n);
  Value EvalConstant(const front::NodeInfo& info);
  Value Arithmetic(front::BinaryOp op, const Value& a, TypeId a_type, const Value& b, TypeId b_type,
                   TypeId result, diag::Loc loc);
  Value Increment(NodeId n);
  Value Convert(const Value& value, TypeId from, TypeId to, diag::Loc loc);
  Value Blank(TypeId type);

  // --- lifter_places.cc
  Place EvalPlace(NodeId n);
  Value Load(const Place& place, diag::Loc loc);
  void Store(const Place& place, const Value& value, diag::Loc loc);
  void CheckLength(ExprId e, diag::Loc loc);
  Value* Find(const Place& place, diag::Loc loc);
  Place PlaceOfPointer(const Value& pointer, TypeId pointee, diag::Loc loc);
  Value PointerTo(const Place& place);
  Value Advance(const Value& pointer, TypeId pointee, ExprId count, diag::Loc loc);
  uint32_t ElementsOf(BufferId buffer, TypeId object, diag::Loc loc);

  // --- lifter_calls.cc
  Value EvalCall(NodeId n);
  Value EvalBuiltin(NodeId n, std::string_view name, const std::vector<NodeId>& args);
  bool EvalVectorBuiltin(std::string_view name, const std::vector<Value>& args, TypeId type,
                         Value* result);
  Value Inline(front::InstanceId callee, const std::vector<NodeId>& args, diag::Loc loc);
  Value EvalAtomic(NodeId n, std::string_view name, const std::vector<NodeId>& args);

  // --- lifter_statements.cc
  void Exec(NodeId n);
  void ExecDeclaration(NodeId n);
  void ExecIf(NodeId n);
  void ExecHostIf(ExprId condition, NodeId then, NodeId otherwise, diag::Loc loc);
  void ExecSwitch(NodeId n);
  Value Merge(ExprId condition, const Value& a, const Value& b);
  void MergeBranches(ExprId condition, State then_state, State else_state, size_t items_before);
  void Emit(Item item);
  void CheckFresh(const Item& item) const;
  std::vector<ExprId> PathGuards() const;

  // --- lifter_loop_shapes.cc, lifter_loops.cc
  struct LoopShape {
    uint32_t entity = 0;           // the variable
    ExprId first, limit, step;     // step may be negative
    ExprOp compare = ExprOp::kLt;  // variable compare limit
    NodeId also;                   // a condition beside that of the variable
    std::function<void()> body;    // runs one iteration, up to its step
    std::function<void()> next;    // the step, where `continue` goes on
    std::set<uint32_t> assigned;   // variables that the body may change
    diag::Loc loc;
  };
  struct Leaf {  // a scalar, or a pointer's offset, that a loop carries
    Place place;
    Value old;
    ExprId before, marker;
    ExprId increment;  // of an induction variable
  };
  struct Extremum {  // a leaf that is the maximum or minimum of a value
    ExprId marker, last, value, before;
    ExprId result;  // of the whole loop
    Reduction reduction = Reduction::kNone;
  };
  struct LoopExit {  // by break or return
    ExprId condition;
    diag::Loc loc;
    bool returns = false;
  };
  // What one loop that becomes an axis is made of, while its carried values are finished.
  struct LoopFrame {
    AxisId axis;
    ExprId trips;   // how often it runs; free of its axis
    ExprId inside;  // whether an iteration happens; invalid: always
    size_t items_before = 0;
    std::set<uint32_t> spread = {};
    std::vector<Leaf> leaves = {};
    std::vector<Extremum> extrema = {};
    diag::Loc loc = {};
  };
  void ExecFor(NodeId n);
  void ExecWhile(NodeId n);
  void ExecLoop(NodeId condition, LoopShape shape);
  std::vector<NodeId> StepsIn(NodeId body) const;
  void ExecShaped(LoopShape shape);
  void ExecUnrolled(NodeId condition, const LoopShape& shape);
  void FindShape(NodeId condition, const std::vector<NodeId>& steps, LoopShape* shape);
  void RunBody(const LoopShape& shape);
  bool FindStep(NodeId step, uint32_t* entity, ExprId* amount);
  bool FindLimit(NodeId condition, LoopShape* shape);
  bool Names(NodeId n, uint32_t entity) const;
  std::set<uint32_t> SpreadOverThreads(LoopShape* shape);
  std::vector<Leaf> CarriedLeaves(const LoopShape& shape);
  void RunIteration(const LoopShape& shape, ExprId variable, LoopFrame* frame);
  void FindIncrements(LoopFrame* frame);
  void FinishLeaves(LoopFrame* frame);
  bool FinishLeaf(const Leaf& leaf, ExprId last, LoopFrame* frame);
  void CheckLoopItems(const LoopFrame& frame);
  ExprId MergeInnerReduction(const Leaf& leaf, ExprId last, AxisId axis, size_t items_before);
  std::set<uint32_t> Assigned(NodeId n) const;
  ExprId StripKept(ExprId kept, ExprId e, std::vector<ExprId>* conditions);
  bool GuardedBy(const Item& item, const std::vector<ExprId>& conditions);
  ExprId NewTemp(Item item, const std::string& name, const std::set<uint32_t>& partial,
                 size_t items_before);

  // --- lifter_ranges.cc
  ExprId UpperBoundOf(ExprId e);
  ExprId LowerBoundOf(ExprId e);
  bool StaysTrue(ExprId condition, AxisId axis, bool wanted);
  ExprId InIteration();
  void Leave(NodeId n, bool returns);
  void CheckExits(const LoopFrame& frame);

  // --- lifter_tuples.cc
  bool MentionsCarried(ExprId e, const std::vector<Leaf>& leaves) const;
  bool FinishTuple(const Leaf& leaf, ExprId last, const LoopFrame& frame, ExprId* result);
  bool FinishChosen(const Leaf& leaf, ExprId last, const LoopFrame& frame, const Extremum& extremum,
                    ExprId* result);
  bool FinishRescaled(const Leaf& leaf, ExprId last, const LoopFrame& frame,
                      const Extremum& extremum, ExprId* result);

  // --- lifter_loop_stores.cc
  void StoreInLoop(Item* item, AxisId axis);
  void CheckIterations(size_t items_before, AxisId axis, diag::Loc loc);
  void CheckPair(const Item& store, ExprId index, AxisId axis, diag::Loc loc);

  // --- domain.cc
  struct TempBuffer {
    BufferId buffer;
    std::vector<uint32_t> axes;  // before bounding
    std::vector<ExprId> extents;
  };
  struct Bounded {
    uint32_t axis;  // before bounding
    ExprId extent;
    AxisId bounded;
  };
  void FinishKernel();
  void Transform(const std::function<ExprId(ExprId)>& f);  // of every item and hint
  bool CollapsePair(uint32_t high, uint32_t low);
  void CollapseThreads();
  bool SimplifyGuards(Item* item);
  void PinAxes(Item* item);
  ExprId UpperBound(ExprId guard, AxisId* axis);
  bool KeepsPointsApart(const Item& item, const std::set<uint32_t>& points);
  bool Covers(ExprId extent, ExprId bound);
  AxisId BoundedAxis(uint32_t axis, ExprId extent);
  AxisId WithoutGuard(uint32_t axis);
  std::vector<uint32_t> InOrder(const std::set<uint32_t>& axes) const;
  void FinishItem(Item item);
  ExprId ReadTemps(ExprId e);
  ExprId Flatten(const TempBuffer& temp);
  std::map<uint32_t, TempBuffer> temp_buffers_;
  std::vector<Bounded> bounded_;

  // --- small helpers
  [[noreturn]] void Refuse(std::string why, diag::Loc where) const;
  [[noreturn]] void Refuse(std::string why, NodeId n) const;
  diag::Loc LocOf(NodeId n) const;
  std::string_view TokenText(NodeId n) const;
  std::vector<NodeId> Children(NodeId n) const;
  const front::NodeInfo& Info(NodeId n) const { return sema_.Info(instance_, n); }
  TypeId TypeOf(NodeId n) const { return Info(n).type; }
  ir::Type IrType(TypeId t) const { return sema_.types().IrType(t); }
  uint32_t Components(TypeId t) const;
  TypeId ComponentType(TypeId t) const;
  bool IsPointer(TypeId t) const;
  std::string NameOf(uint32_t entity) const;
  ExprId True();
  bool IsTrue(ExprId e) const;
  bool IsFalse(ExprId e) const;
  ExprId Not(ExprId e) { return p_.Unary(ExprOp::kNot, e); }
  ExprId And(ExprId a, ExprId b);
  AxisId NewAxis(std::string name, ExprId extent);
  void Hint(ExprId value, const std::string& name);
  std::set<uint32_t> AxesOf(ExprId e) const;  // through temporaries too
  std::set<uint32_t> AxesOf(const Item& item) const;
  ExprId Marker(const char* kind, uint64_t id, ir::Type type);

  const front::Program& source_;
  const front::Tree& tree_;
  const front::Sema& sema_;
  Program& p_;
  State s_;
  front::InstanceId instance_;
  bool on_host_ = true;
  bool stream_noted_ = false;
  int depth_ = 0;                     // of inlined calls and nested attempts
  size_t function_loops_ = 0;         // loops around the function that is being executed
  size_t iteration_guards_ = 0;       // guards before the current iteration
  bool in_iteration_ = false;         // of a loop that becomes an axis
  std::vector<LoopExit> exits_ = {};  // of the current iteration
  std::array<ExprId, 3> thread_, block_index_, block_dim_, grid_dim_;
  std::set<uint32_t> thread_axes_;     // of the kernel being executed
  std::map<uint32_t, int> dimension_;  // of thread axes: z 0, y 1, x 2
  std::map<uint32_t, Temp> temps_;
  std::vector<std::pair<ExprId, std::string>> names_;
  std::vector<std::pair<ExprId, std::string>> hints_;  // names that variables gave to values
  std::vector<uint32_t> lengths_;  // of expressions written out, by id; at most a limit
  uint64_t next_marker_ = 0;
  uint64_t next_version_ = 0;
};

// Which of x, y, z, w a member's name is; 0xffffffff if none.
uint32_t ComponentIndex(std::string_view member);
// `e` as a conjunction.
std::vector<ExprId> GuardParts(const Program& program, ExprId e);

}  // namespace ws::nest

#endif  // WARPSMITH_NEST_LIFTER_H_
