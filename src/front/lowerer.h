// The walk that emits IR. Device-clean; used by lower*.cc alone.
//
// One forward walk over an instance's nodes, as in sema: when a node is visited its children have
// been emitted and their Values lie in a table by node. A Value of a variable or of memory is read
// only when its parent needs the value, so that the same table serves assignment and address-of.
// Markers of control constructs open and close blocks.
#ifndef WARPSMITH_FRONT_LOWERER_H_
#define WARPSMITH_FRONT_LOWERER_H_

#include <initializer_list>
#include <optional>
#include <span>

#include "front/builtins.h"
#include "front/constants.h"
#include "front/init_list.h"
#include "front/names.h"
#include "front/sema.h"
#include "ir/builder.h"
#include "ir/module.h"
#include "ir/reader/inline.h"

namespace ws::front {

// What an expression is at run time.
struct Value {
  enum class Kind : uint8_t {
    kNone,
    kScalar,     // an operand
    kParts,      // `count` operands of a vector, from parts_[first]
    kRegisters,  // a variable in `count` registers from operand's
    kHalfPart,   // component `first` of the packed halves in operand's register
    kMemory,     // an object at operand + offset in `space`
  };
  Kind kind = Kind::kNone;
  uint8_t count = 1;
  ir::Space space = ir::Space::kGeneric;
  bool narrow = false;  // memory: the address register has 32 bits
  int32_t offset = 0;
  uint32_t first = 0;
  ir::Operand operand;
};

class Lowerer {
 public:
  WS_HD Lowerer(Arena& arena, Sema& sema, const ir::Module* library, diag::Sink& sink,
                ir::Module& module);
  WS_HD void Run();

 private:
  static constexpr uint32_t kNoReturn = 0xffffffffu;
  using Op = ir::Op;
  using Type = ir::Type;
  using Operand = ir::Operand;
  using BlockId = ir::BlockId;
  using RegId = ir::RegId;
  using Kind = diag::Kind;

  // Open control constructs.
  struct Control {
    NodeId owner;
    BlockId next;       // else branch, loop head, switch dispatch
    BlockId step;       // where continue goes
    BlockId end;        // where break goes
    Value value;        // conditional: where the result goes; switch: the operand; range: the index
    TypeId index_type;  // range: int or long
    uint32_t step_first = 0, step_last = 0;  // For: nodes of the step, emitted behind the body
    uint32_t first_case = 0;
    BlockId default_label;
    bool is_loop = false;
    bool is_switch = false;
    bool is_try = false;   // in its block
    bool direct = false;   // && || ?: computed without branches
    uint32_t objects = 0;  // live ones with destructors where the body began
    uint32_t temporaries = 0;
    bool step_done = false;
  };
  struct CaseLabel {
    NodeId node;
    uint64_t bits;
    BlockId label;
  };
  struct GotoLabel {
    NameId name;
    BlockId label;
    bool defined = false;
    NodeId node;
  };
  struct Slot {
    Value value;
    bool known = false;
  };

  // --- lower.cc: functions and the walk
  WS_HD void Enter(InstanceId i);
  WS_HD void DeclareFunctions();
  WS_HD void DeclareParams(InstanceId i);
  WS_HD void LowerFunction(InstanceId i);
  WS_HD void Reset(NodeId n);
  WS_HD void BindParamRegisters();
  WS_HD void BindParams();
  WS_HD void Walk(uint32_t first, uint32_t last);
  WS_HD void Visit(NodeId n);
  WS_HD void VisitDeclarator(NodeId n);
  WS_HD void PlaceBindings(NodeId n, const Value& object, TypeId type);
  WS_HD NodeId TextOf(NodeId init, TypeId type) const;
  WS_HD void StoreText(const Value& to, TypeId type, NodeId literal);
  WS_HD void Initialize(const Value& to, TypeId type, NodeId init);
  WS_HD void InitializeList(const Value& to, TypeId type, NodeId list);
  WS_HD void FillZero(const Value& to, uint64_t bytes, uint32_t align, diag::Loc loc);
  WS_HD ir::GlobalId MakeGlobal(EntityId e);
  WS_HD void FillGlobals();
  WS_HD bool FillGlobal(EntityId e, NodeId init, uint8_t* bytes);
  WS_HD bool OnDevice(const Entity& e) const;
  WS_HD ir::GlobalId GlobalAt(const ConstantAddress& address);

  // --- lower_statics.cc
  WS_HD bool IsMadeAtStart(EntityId e);
  WS_HD bool IsStatic(EntityId e) const;
  WS_HD bool IsMain(InstanceId i) const;
  WS_HD void DeclareStatics();
  WS_HD void CallStatic(ir::FunctionId function);
  WS_HD void BeginStatics(NodeId main);
  WS_HD void EndStatics();
  WS_HD void LowerStatics();
  template <typename Emits>
  WS_HD void WriteBody(ir::FunctionId id, NodeId n, const Emits& emits);

  // --- lower_control.cc
  WS_HD void VisitMarker(NodeId n);
  WS_HD void FinishControl(NodeId n);
  WS_HD void VisitCase(NodeId n);
  WS_HD void VisitJump(NodeId n);
  WS_HD void VisitGoto(NodeId n);
  WS_HD void VisitReturn(NodeId n);
  WS_HD void BeginConditional(NodeId n);
  WS_HD void FinishConditional(NodeId n);
  WS_HD void FinishLogical(NodeId n, bool is_and);
  WS_HD GotoLabel& FindLabel(NodeId n);

  // --- lower_switch.cc
  WS_HD void Dispatch(const Control& c, TypeId type);
  WS_HD void SortCases(uint32_t first, bool is_signed);
  WS_HD TypeId SwitchType(NodeId condition);

  // --- lower_range.cc
  WS_HD void BeginRange(NodeId n);
  WS_HD void BeginIteration(NodeId n, const struct RangeCalls& calls);
  WS_HD void StepIteration(const Value& iterator, NodeId body, const struct RangeCalls& calls);
  WS_HD void BindElement(NodeId n);
  WS_HD NodeId RangeBodyOf(NodeId loop);
  WS_HD Value ElementAt(const Value& base, Operand index, TypeId index_type, uint64_t size);

  // --- lower_vector.cc
  WS_HD void CallVector(const char* name, std::initializer_list<Operand> args);
  WS_HD Operand AskVector(const char* name, Type result, std::initializer_list<Operand> args);
  WS_HD void ResizeVector(const Value& to, TypeId type, Operand count, NodeId n);
  WS_HD void PushElements(const Value& to, TypeId type, std::span<const NodeId> values);
  WS_HD void EmptyVector(const Value& v, TypeId type);
  WS_HD void OwnElements(const Value& v, TypeId type, Operand first, Operand last);
  WS_HD Operand CompareVectors(BinaryOp op, TypeId element, const Value& a, const Value& b);
  WS_HD Operand ElementIndex(const Value& v, TypeId element, Operand address);
  WS_HD Operand InsertElements(const Value& v, TypeId type, std::span<const NodeId> args);
  WS_HD Operand VectorWord(const Value& v, int64_t at, TypeId type);
  WS_HD bool UsesVectors() const;
  WS_HD void FinishVectors(BlockId prologue, BlockId start);
  WS_HD void ZeroVectors();
  WS_HD void FreeVectors();
  WS_HD void ConstructVector(const Value& to, TypeId type, std::span<const NodeId> values,
                             bool list);
  WS_HD void AssignVector(const Value& to, TypeId type, NodeId a, NodeId b);
  WS_HD void ConvertElements(const Value& to, TypeId type, Operand first, TypeId from,
                             Operand count);
  WS_HD void StoreVector(const Value& to, TypeId type, NodeId from);
  WS_HD Value VectorElement(const Value& v, TypeId element, Operand index);
  WS_HD void CallVectorMethod(NodeId n, NodeId callee, std::span<const NodeId> args);

  // --- lower_values.cc
  WS_HD Operand Imm(uint64_t bits) { return module_.Imm(bits); }
  WS_HD RegId NewReg(Type type, bool variable = false);
  WS_HD bool IsVariable(Operand reg) const {
    return reg.index < is_variable_.size() && is_variable_[reg.index] != 0;
  }
  WS_HD Type RegType(TypeId t) const;     // of the register that holds a scalar
  WS_HD Type MemoryType(TypeId t) const;  // of the scalar in memory
  // Appends an instruction; the caller fills in the rest of it. Code behind a return or jump is not
  // written: what is filled in then is lost.
  WS_HD ir::Inst& Emit(Op op, Type type, std::initializer_list<Operand> dsts,
                       std::initializer_list<Operand> srcs) {
    return Emit(op, type, std::span<const Operand>(dsts.begin(), dsts.size()),
                std::span<const Operand>(srcs.begin(), srcs.size()));
  }
  WS_HD ir::Inst& Emit(Op op, Type type, std::span<const Operand> dsts,
                       std::span<const Operand> srcs);
  WS_HD void Emit(const ir::Inst& inst, std::initializer_list<Operand> dsts,
                  std::initializer_list<Operand> srcs);
  WS_HD void Emit(const ir::Inst& inst, std::span<const Operand> dsts,
                  std::span<const Operand> srcs);
  WS_HD Operand Compute(Op op, Type type, std::initializer_list<Operand> srcs, Type dst,
                        ir::Round round = ir::Round::kNone, bool ftz = false);
  WS_HD Operand Convert(Operand value, TypeId from, TypeId to);
  WS_HD Operand HalfToInteger(Operand value, Type source, TypeId to, ir::Round round);
  WS_HD Operand ConvertToBool(Operand value, TypeKind from);
  WS_HD Operand CvtInst(Type to, Type from, ir::Round round, Operand value, Type reg);
  WS_HD Operand ConstantOperand(TypeId type, uint64_t bits);
  WS_HD void Copy(RegId to, Type type, Operand from, bool only_use = true);
  WS_HD Value ScalarValue(Operand operand);
  WS_HD Value PartsValue(std::span<const Operand> parts);
  WS_HD Value Component(const Value& v, TypeId object, uint32_t component);
  WS_HD Operand LoadScalar(const Value& v, TypeId type);
  WS_HD void LoadParts(const Value& v, TypeId type, Operand* parts, ir::Cache cache);
  WS_HD void StoreScalar(const Value& to, TypeId type, Operand value);
  WS_HD void StoreParts(const Value& to, TypeId type, const Operand* parts, ir::Cache cache);
  WS_HD Operand Scalar(NodeId n, TypeId to);  // value converted to a scalar type
  WS_HD Operand Scalar(NodeId n) { return Scalar(n, OperandType(n)); }
  // The type of an operand: of a struct with a conversion function, what that gives.
  WS_HD TypeId OperandType(NodeId n);
  WS_HD TypeId ConvertsToVector(NodeId n);
  WS_HD void Parts(NodeId n, TypeId to, Operand* parts);  // value converted to a vector type
  WS_HD void Store(const Value& to, TypeId type, NodeId value);
  WS_HD void StorePlain(const Value& to, TypeId type, NodeId value);  // no list for a struct
  WS_HD Operand Condition(NodeId n);
  WS_HD std::optional<bool> KnownCondition(NodeId n) const;
  WS_HD Operand Address(const Value& v);           // generic, 64 bits
  WS_HD Value Materialize(NodeId n, TypeId type);  // a temporary object in the frame
  // `align` of 0: that of the type.
  WS_HD Value NewVariable(TypeId type, bool in_memory, NodeId n, uint32_t align = 0);
  WS_HD uint32_t AlignOf(const Entity& variable) const;
  WS_HD uint32_t AllocateFrame(uint64_t bytes, uint32_t align, NodeId n);
  WS_HD Value Displace(const Value& v, int64_t bytes);
  WS_HD Operand AddToAddress(Operand base, NodeId index, uint64_t size, bool subtract);
  WS_HD Operand IndexBytes(NodeId index, uint64_t size);
  WS_HD Operand ReadSpecial(ir::Special s, Type type);
  WS_HD Operand UnpackHalf(Operand packed, uint32_t component, TypeId element);
  WS_HD Operand PackHalves(Operand low, Operand high, TypeId packed);

  // --- lower_exprs.cc
  WS_HD void VisitName(NodeId n);
  WS_HD void VisitUnary(NodeId n);
  WS_HD void VisitBinary(NodeId n);
  WS_HD Operand Binary(BinaryOp op, TypeId type, Operand a, Operand b);
  WS_HD Operand HalfDivide(TypeId type, Operand a, Operand b);
  WS_HD Operand Negate(TypeId type, Operand a);
  WS_HD void VisitAssign(NodeId n);
  WS_HD void VisitCast(NodeId n);
  WS_HD void VisitIndex(NodeId n);
  WS_HD void VisitMember(NodeId n);
  WS_HD void VisitNew(NodeId n);  // and delete
  WS_HD void NameVariable(NodeId n);
  WS_HD bool ResultUnused(NodeId n) const;

  // --- lower_structs.cc
  WS_HD void CopyObject(const Value& to, const Value& from, TypeId type);
  WS_HD uint32_t CopyUnit(TypeId type) const;
  WS_HD void CopyBytes(const Value& to, const Value& from, uint64_t bytes, uint32_t align);
  WS_HD void StoreConstant(const Value& to, TypeId type, uint64_t bits);
  WS_HD void DefaultInit(const Value& to, TypeId type, NodeId n, std::span<const ListItem> done);
  WS_HD void InitMember(const Value& to, TypeId object, const StructMember& member);
  WS_HD void CallDefaults(const Value& to, TypeId type, NodeId n, std::span<const ListItem> done);
  WS_HD void CallDefault(const Value& object, const StructMember& member, NodeId n);
  WS_HD void StoreConstants(const Value& to, TypeId type, std::span<const ConstantPart> parts);
  WS_HD bool HasGivenMembers(TypeId type) const;
  WS_HD void StoreStruct(const Value& to, TypeId type, NodeId from);
  WS_HD void ConstructAt(const Value& to, TypeId type, NodeId n, std::span<const NodeId> args);
  // Makes a copy of an object as the program has it.
  WS_HD void CopyConstruct(const Value& to, const Value& from, TypeId type, NodeId n,
                           bool moves = false);
  // --- lower_copies.cc
  WS_HD void CopyVector(const Value& to, const Value& from, TypeId type, bool fresh);
  WS_HD void MoveVector(const Value& to, const Value& from, bool fresh);
  WS_HD void AssignObject(const Value& to, const Value& from, TypeId type, NodeId n, bool moves);
  WS_HD void AssignParts(const Value& to, const Value& from, TypeId type, NodeId n, bool moves);
  WS_HD void StoreClassId(const Value& object, TypeId type);
  WS_HD static uint64_t ClassId(TypeId type, bool on_host);
  WS_HD void InitMembers();
  WS_HD void InitBy(NodeId init, const Value& place, TypeId type);
  WS_HD Value ThisObject() const;
  WS_HD void CallOperator(NodeId n);

  WS_HD void PushControl(Control c) {
    c.objects = objects_.size();
    c.temporaries = temporaries_.size();
    controls_.push_back(c);
  }
  // --- lower_destroy.cc
  // A local variable that is to be destroyed at the end of its scope.
  struct LiveObject {
    NodeId declarator;
    EntityId entity;
    Value place;
    TypeId type;
    // A member of an object under construction, which ends only with an exception; a try that is
    // open; a handler, of which `place` says what it handles.
    enum What : uint8_t { kLocal, kMember, kOpenTry, kHandler } what = kLocal;
  };
  WS_HD void Destroy(const Value& object, TypeId type, NodeId n);
  WS_HD void DestroyFrom(uint32_t first, NodeId n, EntityId kept = {});
  WS_HD bool HoldsObjects(NodeId n) const;
  WS_HD void EndScope(NodeId n);
  WS_HD void EmptyVectors(const Value& object, TypeId type);
  WS_HD EntityId ReturnedObject(NodeId from) const;
  WS_HD bool IsLocalObject(NodeId from) const;

  // --- lower_exceptions.cc
  WS_HD void FindThrows();
  WS_HD Value ExceptionWord(int64_t word);
  WS_HD Operand ReadWord(const Value& v);
  WS_HD void WriteWord(const Value& v, Operand bits);
  WS_HD void CloseTry(const Value& record);
  WS_HD EntityId CaughtVariable(NodeId handler);
  WS_HD uint64_t CaughtBits(NodeId owner);
  WS_HD void CallThrow(uint64_t call, Operand object, Operand type, Operand what, Operand number);
  WS_HD void VisitThrow(NodeId n);
  WS_HD void CheckThrown(NodeId n);
  WS_HD void Unwind(NodeId n);
  WS_HD void FinishEscape();
  WS_HD void BeginTry(NodeId n);
  WS_HD bool Catches(TypeId caught, TypeId thrown) const;
  WS_HD void BeginCatch(NodeId n);
  WS_HD void FinishCatch(NodeId n);
  WS_HD void FinishTry(NodeId n);
  WS_HD void EndHandler(const Value& kept, NodeId n);
  WS_HD void NoteMember(const Value& place, TypeId type);

  // --- lower_temporaries.cc
  struct Temporary {
    Value place;
    TypeId type;
  };
  WS_HD void NoteTemporary(const Value& place, TypeId type);
  WS_HD bool TakeTemporary(const Value& place);
  WS_HD void EndTemporaries(uint32_t first, NodeId n);
  WS_HD Operand WholeCondition(NodeId n);
  WS_HD void ExtendTemporary(const Value& place, TypeId type, NodeId n, EntityId entity);

  // --- lower_lambda.cc
  WS_HD void VisitLambda(NodeId n);
  WS_HD void StoreReference(const Value& place, TypeId type, NodeId from);
  WS_HD Value FieldOf(const Value& object, const StructMember& member);

  // --- lower_asm.cc
  WS_HD void VisitAsm(NodeId n);
  static constexpr uint32_t kNoOperand = 0xffffffffu;
  WS_HD ir::InlinePtx AsmText(NodeId n, std::span<const NodeId> operands);
  WS_HD uint32_t NamedOperand(std::span<const NodeId> operands, const Vec<uint8_t>& text,
                              uint32_t* at) const;
  WS_HD struct AsmConstraint ConstraintOf(NodeId operand) const;
  WS_HD RegId AsmRegister(NodeId operand, const struct AsmConstraint& constraint);
  WS_HD void StoreAsmResult(NodeId operand, const struct AsmConstraint& constraint, RegId reg);

  // --- lower_carry.cc
  WS_HD void FindCarries();
  WS_HD bool ReachesCarry(InstanceId i) const;
  WS_HD bool HasCarryParam(InstanceId i) const {
    return carry_crosses_ && takes_carry_[i.index] != 0;
  }
  WS_HD Operand CarryAddress();
  WS_HD Operand CarryOfDispatcher(ir::FunctionBuilder& builder, ir::FunctionId id);
  WS_HD RegId LoadCarry(std::string_view text);
  WS_HD void StoreCarry(std::string_view text, RegId carry);

  // --- lower_calls.cc
  // Calls the instance; `self` is the address of the object of a member function.
  WS_HD Value CallFunction(NodeId n, InstanceId id, Operand self, std::span<const NodeId> args,
                           bool is_virtual = false);
  // The same with the first `given` parameters as they are passed; the others have defaults. A
  // result by address goes to `place`, if that is given.
  WS_HD Value Call(NodeId n, InstanceId id, Operand self, std::span<const Operand> passed,
                   size_t given, bool is_virtual = false, const Value* place = nullptr);
  // Emits the call of srcs[0]; `returned` is where a result by address lies.
  WS_HD Value EmitCall(NodeId n, std::span<const Operand> srcs, TypeId result, Value returned);
  // --- lower_variadic.cc
  WS_HD TypeId PromotedType(TypeId type);
  WS_HD Operand ArgumentList(std::span<const NodeId> args);
  WS_HD bool VisitList(NodeId n, const BuiltinRow& row, std::span<const NodeId> args);
  WS_HD void VisitCall(NodeId n);
  WS_HD void VisitLaunch(NodeId n);
  WS_HD Value ZeroStruct(TypeId type, NodeId n);
  WS_HD void AppendArgument(NodeId arg, TypeId type, Vec<Operand>& out);
  WS_HD bool IsMadeStruct(NodeId arg, TypeId type);
  WS_HD ir::FunctionId LibraryFunction(ir::MathFn fn, bool on_host);
  WS_HD ir::FunctionId LibraryForm(const BuiltinRow& row, bool on_host);
  WS_HD void CallForm(NodeId n, const BuiltinRow& row, std::span<const NodeId> args);
  WS_HD ir::FunctionId ReserveCopy(ir::FunctionId from, bool on_host);
  WS_HD void CopyLibraryBodies();
  WS_HD Operand CallMath(ir::MathFn fn, std::span<const Operand> args, Type type);

  // --- lower_pointers.cc
  struct Dispatcher {
    enum Kind : uint8_t { kCall, kLaunch, kLaunchArray, kLaunchCooperative, kVirtual };
    Kind what;
    TypeId signature;  // none where the arguments come in an array
    ir::FunctionId id;
    InstanceId function;  // of kVirtual: as the call names it

    WS_HD bool takes_array() const { return what == kLaunchArray || what == kLaunchCooperative; }
  };
  WS_HD ir::FunctionId VirtualDispatcher(InstanceId id);
  WS_HD void DestroyDynamic(Operand address, TypeId type, NodeId n);
  WS_HD bool CallsVirtually(NodeId callee, InstanceId id) const;
  WS_HD Operand FunctionAddress(InstanceId id);
  WS_HD void TakeAddress(InstanceId id);
  WS_HD ir::FunctionId NewDispatcher(Dispatcher::Kind what, TypeId signature);
  WS_HD bool IsByteInLaunch(TypeId type) const;
  WS_HD Operand ByteInLaunch(TypeId type, Operand passed);
  WS_HD Operand CalleePointer(NodeId callee);
  WS_HD void CallThrough(NodeId n, NodeId callee, std::span<const NodeId> args);
  WS_HD void LaunchThrough(NodeId n, NodeId callee, std::span<const Operand> config,
                           std::span<const NodeId> args);
  WS_HD void LaunchArray(NodeId n, std::span<const NodeId> args);
  WS_HD bool IsCandidate(const Dispatcher& d, InstanceId id);
  WS_HD void LoadArguments(ir::FunctionBuilder& builder, InstanceId kernel, Operand list,
                           diag::Loc loc, Vec<Operand>& out);
  WS_HD void WriteVirtual(const Dispatcher& d, ir::FunctionBuilder& builder,
                          std::span<Operand> args, std::span<const Operand> results);
  WS_HD void WriteDispatchers();

  // --- lower_builtins.cc
  WS_HD void CallBuiltin(NodeId n, std::span<const NodeId> args);
  WS_HD bool CallWarpBuiltin(NodeId n, const BuiltinRow& row, std::span<const NodeId> args);
  WS_HD bool CallMathBuiltin(NodeId n, const BuiltinRow& row, std::span<const NodeId> args);
  WS_HD bool CallHalfBuiltin(NodeId n, const BuiltinRow& row, std::span<const NodeId> args);
  WS_HD Operand Shuffle(const BuiltinRow& row, TypeId type, Operand value, Operand lane,
                        Operand clamp, Operand mask);
  WS_HD Operand ShuffleWord(const BuiltinRow& row, Operand value, Operand lane, Operand clamp,
                            Operand mask);
  WS_HD TypeId CodeType(const BuiltinRow& row, uint32_t argument) const;
  WS_HD Operand FloatImm(Type type, double value);
  WS_HD ir::GlobalId StringGlobal(NodeId n);
  WS_HD ir::GlobalId TextGlobal(std::span<const uint8_t> text, diag::Loc loc);

  // --- lower_runtime.cc
  WS_HD bool CallHostBuiltin(NodeId n, const BuiltinRow& row, std::span<const NodeId> args);
  WS_HD Operand ErrorText(Operand code, bool name);
  WS_HD void Insert(Operand stream, NodeId value);
  WS_HD Operand Ask(ir::RtFn fn, std::initializer_list<Operand> srcs, Type type);
  WS_HD Operand AskKernel(NodeId kernel, uint32_t fact, Operand a, Operand b);
  WS_HD void StoreThrough(NodeId pointer, Operand scalar, TypeId from);
  WS_HD void InitElements(Operand address, Operand bytes, TypeId type, NodeId n);
  WS_HD void KernelFacts(NodeId n, std::span<const NodeId> args);

  // --- helpers
  // Results that come back through an address which the caller passes.
  WS_HD bool ByAddress(TypeId result) const {
    return types().IsAggregate(result) || kind(result) == TypeKind::kStdVector ||
           kind(result) == TypeKind::kStruct;
  }
  WS_HD const Tree& tree() const { return sema_.tree(); }
  WS_HD TypeTable& types() { return sema_.types(); }
  WS_HD const TypeTable& types() const { return sema_.types(); }
  WS_HD TypeKind kind(TypeId t) const { return types().Kind(t); }
  WS_HD const NodeInfo& info(NodeId n) const { return infos_[n]; }
  WS_HD Value& value(NodeId n) { return values_[n.index - first_node_]; }
  WS_HD const Token& token(NodeId n) const { return sema_.tokens()[tree().token(n).index]; }
  WS_HD const Instance& current() const { return sema_.instance(instance_); }
  WS_HD bool on_host() const {
    return current().target == Target::kHost || instance_.index == 0;  // initialisers of the file
  }
  WS_HD void Error(Kind k, NodeId n, diag::Arg a = {}, diag::Arg b = {}, diag::Arg c = {});
  WS_HD std::span<const NodeId> Children(NodeId n);
  WS_HD Vec<NodeId> ChildList(NodeId n);  // the same as a list of its own

  // --- blocks
  WS_HD bool live() const { return builder_ != nullptr && builder_->open(); }
  WS_HD BlockId NewBlock();
  WS_HD void Branch(BlockId to);
  WS_HD void BranchIf(Operand condition, BlockId then, BlockId otherwise);
  WS_HD void Place(BlockId label, uint16_t unroll = 0);  // falls through from what is open

  Arena& arena_;
  Sema& sema_;
  const ir::Module* library_;
  diag::Sink& sink_;
  ir::Module& module_;
  ir::FunctionBuilder* builder_ = nullptr;
  ir::InlineReader* asm_ = nullptr;  // none before the first inline assembly
  uint32_t asm_count_ = 0;           // statements of it so far
  bool carry_crosses_ = false;       // a carry passes from one function's assembly to another's
  Vec<uint8_t> takes_carry_;         // by instance: its last parameter is the carry's address
  Operand carry_address_;            // that parameter of the current function
  Operand carry_word_;               // or where the carry is in its frame, if it has one yet
  InstanceId instance_;
  Sema::Infos infos_;  // of that instance
  uint32_t first_node_ = 0;
  diag::Loc loc_;
  ir::Inst not_written_;
  uint32_t skip_to_ = 0;  // the walk goes on here if set
  struct Return {
    uint32_t to;     // the For whose step is being walked
    uint32_t after;  // last node of the step
  };
  uint32_t return_after_ = kNoReturn;  // that of the last of returns_
  Vec<Return> returns_;
  uint32_t frame_bytes_ = 0;
  Operand result_address_;  // functions that return vectors and structs: where to
  Operand this_;            // member functions: the address of the object
  Operand list_;            // variadic functions: where the further arguments lie
  Operand next_list_;       // those of the call at hand
  BlockId epilogue_;        // of functions with std::vector: where they return
  Value result_;            // and what
  BlockId escape_;          // where exceptions leave a function without those
  bool unwinding_ = false;  // what is called now lets no exception out
  Operand unwound_;         // while objects end because of an exception: which
  bool has_tries_ = false;  // something is thrown, and something catches
  Vec<TypeId> thrown_;      // types of exceptions, by number - 1
  ir::GlobalId exception_words_;
  Vec<Value> values_;
  Vec<Operand> parts_;
  struct OwnedVector {
    Value object;
    bool nested;  // of vectors
  };
  Vec<OwnedVector> vectors_;  // the std::vector objects of the function
  Vec<uint8_t> is_variable_;  // by register: it belongs to a variable
  Vec<uint8_t> used_;         // by label of the function: it is branched to
  Vec<Control> controls_;
  Vec<LiveObject> objects_;     // innermost last
  Vec<Temporary> temporaries_;  // of the full expression at hand
  Vec<CaseLabel> cases_;
  Vec<GotoLabel> labels_;
  Vec<uint32_t> label_of_;  // by name: 1 + row of labels_, 0 if none
  Vec<NodeId> children_;
  Vec<Slot> slots_;            // by entity
  Vec<ir::GlobalId> globals_;  // by entity
  struct Unfilled {
    EntityId variable;
    uint8_t* bytes;
  };
  Vec<Unfilled> unfilled_;         // variables with initialisers that were not looked at yet
  Vec<ir::FunctionId> functions_;  // by instance
  struct Static {
    EntityId variable;
    ir::FunctionId begin;  // gives it its value
    ir::FunctionId end;    // calls its destructor; invalid without one
  };
  Vec<Static> statics_;  // of file scope, in the order of their definitions
  struct LibraryCopy {
    ir::FunctionId from;
    ir::FunctionId to;
    bool on_host;
  };
  Vec<LibraryCopy> copies_;
  Vec<Dispatcher> dispatchers_;
  Vec<InstanceId> address_taken_;
  Vec<ir::GlobalId> library_globals_;  // by global of the library
};

}  // namespace ws::front

#endif  // WARPSMITH_FRONT_LOWERER_H_
