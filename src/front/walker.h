// The walk that fills Sema's tables. Device-clean; used by sema*.cc alone.
//
// One forward walk over the nodes of each instance. Children come before their parent, so a node
// is understood from the rows of its children. Scopes begin where the first node of a Compound or
// For lies. A call that needs the signature of another instance pushes a frame that walks that
// signature, and is visited again afterwards: there is no recursion.
#ifndef WARPSMITH_FRONT_WALKER_H_
#define WARPSMITH_FRONT_WALKER_H_

#include <span>

#include "front/builtins.h"
#include "front/const_eval.h"
#include "front/names.h"
#include "front/sema.h"
#include "front/type_traits.h"

namespace ws::front {

// The nodes that derive a type from another: * & [] ().
WS_HD inline bool IsDeclaratorOp(NodeKind k) {
  return k == NodeKind::kPtrOp || k == NodeKind::kRefOp || k == NodeKind::kArrayOp ||
         k == NodeKind::kFunctionOp;
}

// Template parameters of one function.
inline constexpr uint32_t kMaxTemplateParams = 40;

class Walker {
 public:
  WS_HD explicit Walker(Sema& sema);
  WS_HD void Run(bool is_library);

 private:
  enum class Visit : uint8_t { kNext, kAgain };
  // What it costs to convert an argument; smaller is better.
  enum Rank : uint8_t { kExact, kPromotion, kConversion, kUserConversion, kNoConversion };
  using Kind = diag::Kind;
  // What the template parameters of a function or struct are.
  struct TemplateParams {
    NameId names[kMaxTemplateParams];
    NodeId declared[kMaxTemplateParams];
    uint32_t count = 0;
    bool is_variadic = false;  // the last ones may be missing
  };
  // A template argument, as written, that its parameter does not take.
  struct BadTemplateArg {
    NodeId arg;
    NodeId param;
    bool reported = false;  // it is wrong in itself
  };

  struct Frame {
    InstanceId instance;
    uint32_t next = 0;
    uint32_t end = 0;            // last node to visit
    uint32_t scopes = 0;         // open scopes when the frame began
    uint32_t structs = 0;        // open structs then
    uint32_t next_template = 0;  // template parameters bound so far
    bool signature = false;      // stops behind the parameter list
    bool substitutes = false;    // a mistake means that the template is not meant
    bool begun = false;          // the scopes of node `next` are open
  };

  // --- sema.cc: frames, scopes, names
  struct MemberFunction {
    NodeId first;
    NodeId node;
  };
  WS_HD void AddMemberFunction(const MemberFunction& added);
  WS_HD void Prepare();
  WS_HD void DeclareFileScope();
  WS_HD void RunFrames();
  WS_HD void PushFrame(InstanceId instance, NodeId first, NodeId last, bool signature,
                       bool substitutes = false);
  WS_HD void PopFrame();
  WS_HD void PushScope();
  WS_HD void PopScope();
  WS_HD void SkipTo(NodeId n);  // the frame goes on at n
  WS_HD EntityId AddEntity(const Entity& entity);
  WS_HD void BindLocal(EntityId e);
  WS_HD EntityId LookUpLocal(NameId name) const;
  WS_HD EntityId LookUp(NameId name) const;

  // --- sema_visit.cc: what is done at each kind of node
  WS_HD Visit VisitNode(NodeId n);
  WS_HD void VisitMarker(NodeId n);

  // --- sema_spaces.cc: names at file scope, by namespace
  // What a name that is looked up may mean: entities of several spaces, of which functions are
  // overloads of each other.
  struct Found {
    static constexpr uint32_t kMax = 16;
    EntityId heads[kMax];
    uint32_t count = 0;
    WS_HD EntityId first() const { return count > 0 ? heads[0] : EntityId(); }
    WS_HD void Add(EntityId e) {
      for (uint32_t i = 0; i < count; ++i) {
        if (heads[i] == e) return;
      }
      if (e.valid() && count < kMax) heads[count++] = e;
    }
  };
  // Where the entity of that name in that space is kept.
  WS_HD EntityId& GlobalSlot(NameId name, uint32_t space);
  WS_HD EntityId GlobalIn(NameId name, uint32_t space) const;
  WS_HD uint32_t SpaceOf(NodeId n) const { return tree().spaces.At(n.index); }
  WS_HD void FindIn(NameId name, uint32_t space, uint32_t node, bool qualified, Found* found) const;
  // The name as it is seen from a node, without qualification.
  WS_HD Found FindGlobal(NameId name, uint32_t node) const;
  WS_HD EntityId LookUpGlobal(NameId name) const {
    return FindGlobal(name, frames_.back().next).first();
  }
  // The namespace that the tokens before name `n` qualify it with; kNone if there is none.
  WS_HD uint32_t QualifyingSpace(NodeId n) const;
  // What the name at a node means at file scope, qualified or not.
  WS_HD Found FindNamed(NodeId n) const;
  // Whether it is an lvalue that is not moved from.
  WS_HD bool IsLvalue(NodeId n) { return info(n).category == Category::kLvalue && !info(n).moved; }
  WS_HD bool IsCallee(NodeId n) const {
    return (*s_->tokens_)[tree().end_token(n).index].kind == TokenKind::kLeftParen;
  }
  // The name behind what declares it: `outer` if that is a struct, else the named namespaces.
  WS_HD std::string_view Qualified(std::string_view name, uint32_t space, TypeId outer) const;
  // The same of what is declared at a node that the walk has come to; local names stand alone.
  WS_HD std::string_view QualifiedHere(NodeId n, std::string_view name) const;
  // Adds the functions of the name in the namespaces of the arguments' structs.
  WS_HD void AddByArguments(NodeId callee, std::span<const NodeId> args, Found* found);
  WS_HD uint32_t SpaceOfType(TypeId type) const;
  WS_HD bool SeesOperator(NodeId n, EntityId e, std::span<const NodeId> operands);
  WS_HD bool AllocateInfos(InstanceId i);
  WS_HD void Queue(InstanceId i);
  WS_HD void FindUsed(bool is_library);

  // --- helpers
  WS_HD const Tree& tree() const { return *s_->tree_; }
  WS_HD TypeTable& types() { return s_->types_; }
  WS_HD NodeInfo& info(NodeId n) { return s_->infos_[base_ + n.index]; }
  WS_HD const Token& token(NodeId n) const { return (*s_->tokens_)[tree().token(n).index]; }
  WS_HD TypeKind kind(TypeId t) const { return s_->types_.Kind(t); }
  WS_HD Instance& current() { return s_->instances_[frames_.back().instance.index]; }
  WS_HD bool in_function() const { return frames_.back().instance.index != 0; }
  WS_HD const Token& Place(NodeId n) const;
  WS_HD void Error(Kind k, NodeId n, diag::Arg a = {}, diag::Arg b = {}, diag::Arg c = {});
  // Reports what the instance failed for, once; false if that is not known.
  WS_HD bool ReportFailure(InstanceId id);
  WS_HD std::string_view Spell(TypeId t) { return types().Spelling(t); }
  // Children of n in order; valid until the next call.
  WS_HD std::span<const NodeId> Children(NodeId n);
  WS_HD Vec<NodeId> ChildList(NodeId n);  // the same as a list of its own
  WS_HD NodeId FirstOfKind(NodeId n, NodeKind k) const;

  // --- sema_types.cc
  WS_HD Visit VisitTypeSpec(NodeId n);
  WS_HD TypeId DecltypeOf(NodeId expr);
  WS_HD bool AsksDecltype(NodeId holder) const;
  WS_HD TypeId ApplyOps(TypeId base, std::span<const NodeId> ops);
  WS_HD TypeId ArrayOf(TypeId element, NodeId op);
  WS_HD void VisitTypeId(NodeId n);

  // --- sema_decls.cc
  WS_HD void VisitDeclarator(NodeId n);
  WS_HD void DeclareVariable(NodeId n, NodeId declaration, TypeId type, NodeId init);
  WS_HD void DeclareBroken(NodeId n);
  WS_HD void DeclareParam(NodeId n, NodeId param, TypeId type);
  WS_HD void DeclareTemplateValue(NodeId n, NodeId init, TypeId type);
  WS_HD void DeclareTemplateType(NodeId n);
  WS_HD void DeclareAlias(NodeId name_node, TypeId type);
  WS_HD void DeclareEnum(NodeId n);
  WS_HD void DeclareEnumerator(NodeId n);
  WS_HD TypeId EnumType(NodeId enumerator);
  WS_HD TypeId DeduceAuto(NodeId n, TypeId pattern, NodeId init);
  WS_HD TypeId DeduceAutoFrom(NodeId n, TypeId pattern, TypeId from);
  WS_HD TypeId DeclaredType(NodeId declarator, NodeId* init);
  WS_HD void CheckConstantElements(NodeId init, TypeId type);
  WS_HD TypeId CountInitializers(TypeId type, NodeId init);
  WS_HD void CheckStaticAssert(NodeId n);

  // --- sema_range.cc
  WS_HD Visit DeclareRange(NodeId body);
  WS_HD EntityId MethodsNamed(TypeId type, std::string_view name) const;
  WS_HD InstanceId PickMethod(TypeId object, EntityId first, uint32_t params);
  WS_HD Visit FindRangeCalls(NodeId range, struct RangeCalls* calls, TypeId* element);
  WS_HD TypeId ElementOfRange(NodeId range);
  WS_HD TypeId ElementOfList(NodeId list);

  // --- sema_structs.cc
  WS_HD void BeginStruct(NodeId n);
  WS_HD Visit FinishStruct(NodeId n);
  WS_HD void DeclareForward(NodeId spec);
  WS_HD void VisitVarDecl(NodeId n);
  WS_HD void DeclareField(NodeId n, NodeId declaration, TypeId type, NodeId init);
  WS_HD void DeclareMemberFunction(NodeId n);
  WS_HD bool TakesOwnType(NodeId function, TypeId type);
  WS_HD bool PushMemberSignatures(TypeId type);
  WS_HD bool PushMemberSignature(InstanceId i);
  WS_HD void CheckMemberFunctions(TypeId type);
  // --- sema_lifetimes.cc
  WS_HD void VisitMemberInit(NodeId n);
  WS_HD void CheckMemberInits(NodeId param_list);
  WS_HD void RequireDefault(NodeId n, TypeId type);
  WS_HD EntityId TakeDefault(TypeId type, std::string_view member);
  WS_HD void UseDestructors(NodeId n, TypeId type);
  WS_HD bool HasDestructor(TypeId type);
  // --- sema_exceptions.cc
  WS_HD void VisitThrow(NodeId n);
  WS_HD void CheckCaught(NodeId n, TypeId type);
  WS_HD void FindThrowing();
  // --- sema_copies.cc
  WS_HD void UseCopies(NodeId n, TypeId object, NodeId from);
  WS_HD void UseAssigns(NodeId n, TypeId object, bool moved);
  bool moves_all_ = false;  // UseCopies: what is copied may be moved from
  // --- sema_outside.cc: members defined outside of their class
  struct Outside {
    NodeId node;         // Function, or the Declarator of a static member
    uint32_t scope = 0;  // the token that names the class
  };
  WS_HD void NoteOutside(NodeId n);
  WS_HD bool IsOutsideOf(const Outside& outside, TypeId type) const;
  WS_HD bool SameParams(NodeId a, NodeId b, bool exactly);
  WS_HD NodeId DefinitionOf(NodeId declared, TypeId type);
  WS_HD NodeId FirstOfBody(const Instance& inst) const;
  WS_HD void EnterDefinition(InstanceId id);
  WS_HD void DefineStaticMember(NodeId n, TypeId type, NodeId init);
  // --- sema_bases.cc
  WS_HD void DeclareBase(NodeId n);
  WS_HD bool NamesBase(NodeId init, TypeId self);
  WS_HD void AddClassId(TypeId type);
  WS_HD void FindOverridden(InstanceId id);
  WS_HD void KeepVirtual(TypeId type);
  WS_HD EntityId OwnMember(TypeId scope, NameId name) const;
  WS_HD void AddMember(TypeId scope, EntityId e);
  WS_HD bool SkipMemberFunction(NodeId first);
  WS_HD bool InStruct() const { return open_structs_.size() > frames_.back().structs; }
  WS_HD bool CheckComplete(NodeId n, TypeId type);
  WS_HD bool CheckObject(NodeId n, TypeId type);

  // --- sema_members.cc: what is in a struct, and operators
  // The functions that a call may mean.
  struct Callees {
    EntityId functions;    // linked by `next`
    Found others;          // and these, each linked so
    NodeId object;         // of member functions; invalid: *this
    TypeId self;           // its type with qualifiers; the error type if there is none
    NodeId name;           // as written, with its template arguments
    bool postfix = false;  // x++, which passes an int too
  };
  // What looking through them came to.
  struct Choice {
    InstanceId best;
    uint64_t ranks = 0;
    uint64_t ties = 0;  // what tells equal ranks apart: how references bind
    bool is_template = false;
    bool ambiguous = false;
    uint32_t seen = 0;
    InstanceId failed;  // one whose signature makes no sense with its arguments
    EntityId only;
    InstanceId only_instance;
    bool only_lacks_object = false;  // or has one that it would change
    BadTemplateArg why;
  };
  WS_HD EntityId LookUpOpen(NameId name) const;
  WS_HD EntityId LookUpSelf(NameId name) const;
  WS_HD EntityId FindMember(TypeId scope, NameId name) const;
  WS_HD EntityId FindOperator(TypeId scope, TokenKind op) const;
  WS_HD uint32_t FindField(TypeId type, NameId name) const;
  WS_HD TypeId QualifyingType(NodeId n);
  WS_HD bool NameField(NodeId n);
  WS_HD void NameMember(NodeId n, TypeId object, Category category, bool pure);
  WS_HD void ReportNoMember(NodeId n, TypeId object);
  WS_HD bool CanAccess(TypeId type);
  WS_HD void CheckAccess(NodeId n, TypeId type, bool is_private);
  WS_HD void VisitThis(NodeId n);
  WS_HD bool HasOperators(TypeId type) const {
    const TypeKind k = type.kind();
    return k == TypeKind::kStruct || k == TypeKind::kVector || k == TypeKind::kDim3 ||
           k == TypeKind::kEnumClass;
  }
  // Whether the program defines the operator for the operands; if so, `n` is a call of it.
  WS_HD Visit CallOperator(NodeId n, TokenKind op, std::span<const NodeId> operands, bool* called,
                           bool postfix = false);
  // Calls a constructor for the object that `n` initialises.
  WS_HD Visit Construct(NodeId n, TypeId type, std::span<const NodeId> args);
  WS_HD InstanceId FindConversion(const NodeInfo& from, TypeId to);
  WS_HD InstanceId PreparedFor(EntityId constructor, const NodeInfo& from);
  WS_HD Visit PrepareConversion(NodeId expr, TypeId to);
  WS_HD Visit PrepareConstructors(TypeId object, std::span<const NodeId> args, bool explicitly);
  WS_HD Visit PrepareConstruct(TypeId type, std::span<const NodeId> args);
  WS_HD Visit PrepareMember(NodeId n);
  WS_HD Visit PrepareInit(NodeId declarator);
  WS_HD void ConstructNow(NodeId n, TypeId type, std::span<const NodeId> args);
  // The conversion function of a struct that gives `to`; `asked`: explicit ones count.
  WS_HD InstanceId FindConversionFunction(const NodeInfo& from, TypeId to, bool asked);
  WS_HD void UseFunction(InstanceId id, NodeId n);
  WS_HD bool AsksArch(NodeId function) const;
  WS_HD void FinishCall(NodeId n, InstanceId id, const Callees& callees);

  // --- sema_init.cc
  WS_HD void CheckInit(TypeId type, NodeId init);
  WS_HD uint32_t TextSize(NodeId literal);
  WS_HD bool CheckText(NodeId value, TypeId type);
  WS_HD bool CheckList(NodeId list, TypeId type);
  WS_HD bool CheckNarrowing(NodeId value, TypeId to);
  WS_HD bool CheckDesignators(NodeId list, TypeId object);
  WS_HD void InitStruct(TypeId type, NodeId init);

  // --- sema_functions.cc
  WS_HD void DeclareFunction(NodeId n);
  // The last node of a function's signature: its parameters, or its trailing result.
  WS_HD NodeId SignatureEnd(NodeId function) const {
    const NodeId trailing = FirstOfKind(function, NodeKind::kTypeId);
    return trailing.valid() ? trailing : FirstOfKind(function, NodeKind::kParamList);
  }
  WS_HD bool HasAuto(TypeId type) const {
    return type != TypeId() &&
           (kind(type) == TypeKind::kAuto ||
            ((kind(type) == TypeKind::kPointer || kind(type) == TypeKind::kReference) &&
             kind(s_->types_.Element(type)) == TypeKind::kAuto));
  }
  WS_HD bool EndsInRvalue(NodeId spec, NodeId holder);
  // Whether two parameters make no difference between functions.
  WS_HD static bool SameParam(const ParamInfo& a, const ParamInfo& b) {
    return a.type.Unqualified() == b.type.Unqualified() && a.is_rvalue == b.is_rvalue;
  }
  // Finds what `auto` is as the result of a function that `n` calls.
  WS_HD Visit DeduceResult(NodeId n, InstanceId id);
  // --- sema_jumps.cc: jumps into the scope of a variable past its initialisation
  WS_HD void NoteInitialised(NodeId declarator);
  WS_HD void EndInitialised();
  WS_HD void VisitJumpTarget(NodeId n);
  WS_HD void CheckGotos();
  // --- sema_bindings.cc
  WS_HD void DeclareBindings(NodeId n, TypeId type);
  // --- sema_alias.cc: alias templates
  WS_HD void DeclareAliasTemplate(NodeId n);
  WS_HD Visit InstantiateAlias(NodeId spec, EntityId alias);
  // --- sema_lambda.cc
  WS_HD Visit VisitLambda(NodeId n);
  WS_HD void CaptureName(TypeId closure, NodeId n, NameId name, bool by_reference, bool explicitly);
  WS_HD void CaptureValue(TypeId closure, NodeId n);
  WS_HD void AddCapture(const Capture& capture, NameId name, TypeId type, bool by_reference);
  WS_HD void BorrowMember(TypeId closure, NameId name);
  WS_HD bool IsVariable(EntityId e) const;
  WS_HD bool IsClosure(TypeId type) const;
  WS_HD EntityId FindBorrowed(TypeId closure, NameId name) const;
  // --- sema_struct_templates.cc
  // What a struct is an instance of: a template and its arguments.
  struct StructOrigin {
    EntityId primary;  // invalid: of none
    uint32_t first_arg = 0, num_args = 0;
    InstanceId instance;
  };
  WS_HD NodeId StructOf(NodeId n) const;
  WS_HD Entity TemplateEntity(EntityKind what, NameId name, NodeId n) const;
  WS_HD void DeclareTemplate(NodeId n);
  WS_HD void DeclareStructTemplate(NodeId n);
  WS_HD Visit FindTemplateInstance(NodeId spec, NodeId list, EntityId primary, InstanceId* out);
  // --- sema_variable_templates.cc
  WS_HD void DeclareVariableTemplate(NodeId n);
  WS_HD void SetTemplateVariable(NodeId declarator, TypeId type, NodeId init);
  WS_HD Visit InstantiateVariable(NodeId n, EntityId variable);
  WS_HD void DeclarePattern(EntityId primary, EntityId special, NodeId written);
  WS_HD Visit ChoosePattern(EntityId primary, TemplateArg* args, uint32_t* count, EntityId* chosen);
  WS_HD bool IsOpaque(NodeId arg);
  WS_HD Visit InstantiateStruct(NodeId spec, NodeId list, EntityId primary, TypeId* out);
  WS_HD void BeginInstance(TypeId type, NodeId n);
  WS_HD void AddTemplateMembers(TypeId type);
  // --- sema_patterns.cc
  WS_HD bool NamesParameter(NodeId n, const NameId* names, uint32_t count) const;
  WS_HD uint32_t ParamOfPattern(NodeId arg, const NameId* names, uint32_t count) const;
  WS_HD bool FitsCount(NodeId spec, uint32_t written, uint32_t given);
  WS_HD bool ArgumentsAs(NodeId spec, TypeId type, Vec<TemplateArg>* out);
  WS_HD bool MatchPattern(NodeId pattern, const TemplateArg& whole, const NameId* names,
                          uint32_t count, bool exact, TemplateArg* bound, uint32_t* score);
  WS_HD void WalkConcrete(NodeId pattern, const NameId* names, uint32_t count);
  WS_HD bool DeduceFromStruct(NodeId spec, TypeId type, const NameId* names, TemplateArg* out,
                              uint32_t count);
  WS_HD InstanceId BeginFunction(NodeId n);
  WS_HD void EndFunction(InstanceId id);
  WS_HD EntityId& FunctionSlot(NodeId n);
  WS_HD void FinishSignature(NodeId param_list);

  // --- sema_convert.cc
  WS_HD Rank RankOf(const NodeInfo& from, TypeId to);
  WS_HD void ConvertBy(InstanceId id, NodeId expr);
  WS_HD bool CheckConvert(NodeId expr, TypeId to);
  WS_HD bool CheckCondition(NodeId expr);
  WS_HD NodeId WithoutParens(NodeId n) const;
  WS_HD void CheckTemporary(NodeId expr);
  WS_HD bool CheckInteger(NodeId expr);
  WS_HD void MarkAddressTaken(NodeId expr);
  WS_HD TypeId ValueType(NodeId expr) { return types().Decay(info(expr).type); }
  WS_HD bool ConstantAs(NodeId expr, TypeId type, uint64_t* bits);

  // --- sema_operand.cc
  // An operand of a builtin operator: what its conversion function gives, if it has one that fits.
  WS_HD NodeInfo Operand(NodeId expr, TypeId other = {});
  WS_HD InstanceId OperandConversion(const NodeInfo& from, TypeId other);
  // Makes a choice between two objects one of them; false if it is no such choice.
  WS_HD bool ChooseObject(NodeId expr);
  WS_HD TypeId CallArrow(NodeId expr);

  // --- sema_names.cc
  WS_HD void VisitLiteral(NodeId n);
  WS_HD void VisitName(NodeId n);
  WS_HD bool NameBeingDeclared(NodeId n);
  WS_HD bool IsUnevaluated(NodeId n) const;
  WS_HD void VisitLimit(NodeId n);
  WS_HD void CallLimit(NodeId n, NodeId callee, size_t num_args);
  WS_HD void ReportUnknown(NodeId n);
  WS_HD std::string_view Nearest(std::string_view name) const;
  WS_HD std::string_view InSpace(NameId name) const;

  // --- sema_traits.cc
  WS_HD bool TraitArgs(NodeId n, const TraitName& trait, TypeId* types_out, bool* condition);
  WS_HD void VisitTraitValue(NodeId n);
  WS_HD bool HasTrait(TypeTrait trait, NodeId arg, TypeId type);
  WS_HD bool IsTrivialCopy(TypeId type) const;
  WS_HD TypeId TraitType(NodeId n);

  // --- sema_vector.cc
  WS_HD TypeId VectorTypeOf(NodeId n);
  WS_HD EntityId ObjectVector(NodeId n);
  WS_HD bool CheckVectorPlace(NodeId n, EntityKind where, NodeId init);
  WS_HD bool CompareVectors(NodeId n, BinaryOp op, TypeId a, TypeId b);
  WS_HD bool CheckVectorInit(NodeId n, TypeId type, std::span<const NodeId> values);
  WS_HD bool CheckVectorList(NodeId list, TypeId type);
  WS_HD void VisitVectorMember(NodeId n, TypeId object);
  WS_HD void CallVectorMethod(NodeId n, NodeId callee, std::span<const NodeId> args);

  // --- sema_exprs.cc
  WS_HD bool VisitInsertion(NodeId n, NodeId value);
  WS_HD void SetValue(NodeId n, TypeId type, bool pure);
  WS_HD void SetConstant(NodeId n, TypeId type, uint64_t bits);
  WS_HD Visit VisitUnary(NodeId n);
  WS_HD Visit VisitBinary(NodeId n);
  WS_HD void VisitLogical(NodeId n, bool is_and);
  WS_HD void VisitConditional(NodeId n);
  WS_HD Visit VisitAssign(NodeId n);
  WS_HD void CheckOrder(NodeId n, NodeId lhs, NodeId rhs);
  WS_HD void VisitReturn(NodeId n);
  WS_HD void VisitAsm(NodeId n);
  WS_HD void VisitAsmOperand(NodeId n);
  WS_HD bool CheckAssignable(NodeId n);
  WS_HD bool BadOperands(NodeId n, BinaryOp op, NodeId lhs, NodeId rhs);

  // --- sema_objects.cc
  WS_HD Visit VisitCast(NodeId n);
  WS_HD Visit VisitIndex(NodeId n);
  WS_HD void FoldIndex(NodeId n);
  WS_HD void SetElement(NodeId n, uint64_t bits);
  WS_HD void VisitMember(NodeId n);
  WS_HD void VisitSizeof(NodeId n);
  WS_HD void VisitNew(NodeId n);
  WS_HD void VisitDelete(NodeId n);
  WS_HD void UseStorage(NodeId n, TypeId type, TokenKind op, bool array, bool placed);
  WS_HD void VisitOffsetof(NodeId n, TypeId object);
  WS_HD Visit MakeStruct(NodeId n, TypeId object);

  // --- sema_pointers.cc: functions as values
  WS_HD Target SideAt(NodeId n);
  WS_HD TypeId SignatureOf(InstanceId id);
  // The function that a name of category kFunction means as a value, of the signature where one is
  // asked for; invalid if there is none, or several.
  WS_HD InstanceId ChooseFunction(const NodeInfo& from, TypeId signature, Target side);
  WS_HD InstanceId InstanceFor(InstanceId own, Target side);
  // The type of an expression as a value: of a function's name a pointer to it.
  WS_HD TypeId TypeAsValue(NodeId n);
  WS_HD void TakeFunction(NodeId expr, TypeId to);
  WS_HD Visit InstantiateNamed(NodeId n);
  WS_HD void NameParameter(NodeId n, const Entity& entity);
  WS_HD bool CheckPassed(NodeId n, TypeId signature, std::span<const NodeId> args);
  WS_HD void CallThrough(NodeId n, TypeId signature, std::span<const NodeId> args);
  WS_HD void CallNamed(NodeId n, NodeId callee, std::span<const NodeId> args);
  WS_HD bool MatchFunctionOp(NodeId op, TypeId signature, const NameId* names, TemplateArg* out,
                             uint32_t count);
  // --- sema_calls.cc
  WS_HD Visit VisitCall(NodeId n);
  WS_HD Visit VisitLaunch(NodeId n);
  WS_HD Target Side() const;
  WS_HD std::string_view SpellRvalue(TypeId type);  // as T&&
  WS_HD void UseDefaults(InstanceId callee, size_t given);
  WS_HD bool CheckArguments(InstanceId callee, std::span<const NodeId> args);
  WS_HD Visit FoldCall(NodeId n, InstanceId callee, std::span<const NodeId> args, bool* folded);
  WS_HD bool WalkBody(InstanceId i);
  WS_HD void NotConstant(NodeId expr, const char* what);
  WS_HD bool IsAddressConstant(NodeId value, TypeId type) const;

  // --- sema_overloads.cc
  WS_HD Visit Consider(NodeId n, const Callees& callees, std::span<const NodeId> args,
                       Target target, Choice* choice);
  WS_HD Visit ResolveCall(NodeId n, const Callees& callees, std::span<const NodeId> args,
                          Target target, InstanceId* chosen);
  WS_HD bool BindsNot(const ParamInfo& param, NodeId arg);
  WS_HD uint32_t TieOf(const ParamInfo& param, NodeId arg);
  // What the argument is converted to: T of a parameter T&& where it is no lvalue.
  WS_HD TypeId WantedBy(const ParamInfo& param, NodeId arg);

  // --- sema_builtins.cc
  WS_HD void CallBuiltin(NodeId n, NodeId callee, std::span<const NodeId> args);
  WS_HD TypeId TypeOfCode(char code, uint64_t extra, TypeId generic);
  WS_HD bool MatchBuiltin(const BuiltinRow& row, std::span<const NodeId> args, uint64_t* ranks,
                          TypeId* generic);
  WS_HD TypeId BuiltinResult(const BuiltinRow& row, TypeId generic);
  WS_HD bool CallStdMinMax(NodeId n, NodeId callee, BuiltinRange range,
                           std::span<const NodeId> args);
  WS_HD bool CallMinMaxList(NodeId n, NodeId callee, BuiltinRange range, NodeId list);
  WS_HD void NameKernel(NodeId arg);
  WS_HD InstanceId KernelOfVariable(const NodeInfo& variable);
  WS_HD bool CheckSymbol(NodeId arg);
  WS_HD void FoldBuiltin(NodeId n, const BuiltinRow& row, std::span<const NodeId> args);

  // --- sema_templates.cc
  // `why`, where given, tells what is wrong with a written template argument.
  WS_HD bool DeduceArgs(EntityId function, NodeId callee, std::span<const NodeId> args,
                        TemplateArg* out, uint32_t* count, BadTemplateArg* why);
  WS_HD bool CannotTake(EntityId function, const TemplateArg* deduced, size_t given);
  WS_HD void CannotDeduce(NodeId n, EntityId function, const BadTemplateArg& why);
  WS_HD bool IsAutoParam(NodeId param) const;
  WS_HD bool HasAutoParams(NodeId function) const;
  WS_HD uint32_t AutoIndex(NodeId function, NodeId param) const;
  WS_HD bool DeduceFromParam(NodeId function, NodeId param, TypeId given, bool is_lvalue,
                             const NameId* names, TemplateArg* out, uint32_t count);
  WS_HD bool DeduceFromResult(NodeId function, TypeId given, const NameId* names, TemplateArg* out,
                              uint32_t count);
  WS_HD bool DeduceFromType(NodeId spec, NodeId holder, uint32_t which, TypeId given,
                            const NameId* names, TemplateArg* out, uint32_t count);
  // The template parameters, all open; and the arguments written in `list`, a TemplateArgs node,
  // which need not be valid.
  WS_HD bool ReadTemplateParams(EntityId function, TemplateParams& params, TemplateArg* out);
  WS_HD bool TakeWrittenArgs(const TemplateParams& params, NodeId list, TemplateArg* out,
                             BadTemplateArg* why);
  WS_HD void DeclareSpecialisation(NodeId n);
  WS_HD NodeId FindSpecialisation(EntityId function, const TemplateArg* args, uint32_t count) const;
  WS_HD InstanceId Specialised(InstanceId id);
  WS_HD bool CompleteArgs(EntityId function, TemplateArg* args, uint32_t count);
  WS_HD InstanceId FindInstance(EntityId function, const TemplateArg* args, uint32_t count,
                                Target target);
  WS_HD Target TargetOf(uint32_t function_flags, Target caller) const;

  Sema* s_;
  NodeId file_variable_;  // the VarDecl at file scope that SideAt looked at last
  Vec<Frame> frames_;
  bool naming_symbol_ = false;  // in the arguments of cudaMemcpyToSymbol and the like
  uint32_t base_ = 0;           // Sema::InfoBase of the current frame
  Vec<uint32_t> begins_;        // per node: how many scopes begin there
  // Declarator: its declaration; VarDecl and the like: the TypeSpec; Function: 1 once an instance
  // has the rows of its nodes.
  Vec<uint32_t> link_;
  // Entities at file scope: of each name a list of its spaces.
  struct Group {
    uint32_t space;
    uint32_t next;  // 1 + row of groups_
    EntityId head;
  };
  Vec<uint32_t> global_;  // per name: 1 + row of groups_, 0 if there is none
  Vec<Group> groups_;
  Vec<EntityId> local_;         // per name: innermost local of any frame
  Vec<BuiltinRange> builtins_;  // per name: rows, once looked up
  Vec<uint8_t> builtin_known_;
  Vec<NameId> scope_names_;  // names bound, innermost last
  Vec<uint32_t> scope_marks_;
  Vec<NodeId> children_;
  Vec<InstanceId> queue_;  // instances whose bodies are to be walked
  struct CallEdge {
    InstanceId from;
    InstanceId to;
    NodeId call;
  };
  Vec<CallEdge> calls_;  // what calls what
  // template<> functions: the template, the arguments (in Sema::args_) and the Function node.
  struct Special {
    EntityId function;
    NodeId node;
    uint32_t first_arg;
    uint32_t num_args;
  };
  Vec<Special> specials_;
  uint64_t eval_fuel_ = ConstEval::kFuel;
  struct NotFolded {
    NodeId call;
    InstanceId instance;
    NodeId stopped;
    bool too_long = false;
  };
  NotFolded not_folded_;         // the last call of a constexpr function that has no constant value
  Vec<uint32_t> last_instance_;  // by entity of a function: the instance made last, 0 if none
  Vec<uint32_t> before_instance_;  // by instance: the one of the same function made before
  // Initialised local variables: the nodes at which they are in scope.
  struct Initialised {
    NodeId declarator;
    uint32_t depth;  // open scopes
    uint32_t end;    // 0 while it is in scope
  };
  Vec<Initialised> initialised_;
  Vec<uint32_t> in_scope_;  // rows of these, innermost last
  struct Jump {
    NodeId node;
    InstanceId instance;
    uint32_t row;  // label: 1 + row of the innermost initialised variable in scope, or 0
  };
  Vec<Jump> labels_;
  Vec<Jump> gotos_;
  Vec<NodeId> switches_;     // being walked
  Vec<uint32_t> label_row_;  // per name: 1 + row of labels_, while gotos are checked
  struct OpenStruct {
    TypeId type;
    uint32_t first_field;
    uint32_t align = 0;  // asked for by an expression
  };
  Vec<OpenStruct> open_structs_;  // being walked, innermost last
  Vec<EntityId> defaults_;        // of members that follow (front/member_defaults.h)
  // What a lambda's body names that it need not capture.
  struct Borrowed {
    TypeId closure;
    NameId name;
    EntityId entity;
  };
  Vec<Borrowed> borrowed_;
  // A partial or explicit specialisation of a struct template.
  struct Pattern {
    EntityId primary, special;
    NodeId written;  // TemplateArgs behind its name
  };
  Vec<Pattern> patterns_;
  // The first mistake in the signature of an instance with its arguments.
  struct Failure {
    InstanceId instance;
    Kind kind;
    const Token* place;
    diag::Arg a, b, c;
    bool reported;
  };
  Vec<Failure> failures_;
  Vec<StructOrigin> origins_;  // by struct
  Vec<StructOrigin> begun_;    // of the instances whose walks have begun
  bool moves_ = false;         // a local object is returned, which is no copy
  NodeId last_change_;         // the last ++, -- or assignment that was walked
  Vec<StructMember> fields_;   // of these
  NodeId enum_;                // the Enum being walked
  static constexpr uint32_t kBeginsMember = 0x80000000u;  // in begins_: a member function as well
  Vec<MemberFunction> member_functions_;
  Vec<Outside> outside_;     // by their first node, ascending
  Vec<EntityId> operators_;  // by token: operator functions
};

// Names declared in one struct or scoped enumeration besides data.
inline constexpr uint32_t kMaxScopeMembers = 4096;

}  // namespace ws::front

#endif  // WARPSMITH_FRONT_WALKER_H_
