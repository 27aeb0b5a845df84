// The parser's class, shared by parse.cc and parse_*.cc; callers use parse.h. Device-clean.
//
// A stack of states stands for what a recursive descent would keep on its call stack. The main loop
// steps the state on top: it reads tokens, appends nodes, changes or pops itself and pushes what is
// to be parsed next. When a state is on top again, what it pushed is done and its node is the last
// one of the tree. After an error (Fail) the stack is cut back to the innermost statement or
// declaration list, so a handler must return at once.
#ifndef WARPSMITH_FRONT_PARSER_H_
#define WARPSMITH_FRONT_PARSER_H_

#include <cstdint>

#include "base/arena.h"
#include "diag/diag.h"
#include "front/names.h"
#include "front/parse.h"
#include "front/token.h"
#include "front/tree.h"

namespace ws::front {

// Every state with the member function that steps it.
// clang-format off
#define WS_PARSER_STATES(STATE) \
  STATE(TopLevel) STATE(TopAfterTemplate) STATE(TopAfterSpecs) STATE(FunctionAfterBounds) \
  STATE(ParamList) STATE(ParamAfterSpecs) STATE(ParamDone) STATE(FunctionBody) \
  STATE(TemplateParams) STATE(TemplateTypeParam) STATE(LaunchBounds) STATE(VarDecl) \
  STATE(VarDeclNext) STATE(Declarator) STATE(DeclaratorName) STATE(DeclaratorArray) \
  STATE(DeclaratorInner) STATE(DeclaratorInit) STATE(InitParen) STATE(DeclaratorEnd) \
  STATE(SpecsAfterArgs) STATE(TemplateArgs) STATE(TypeIdAfterSpecs) STATE(TypedefAfterSpecs) \
  STATE(TypedefNext) STATE(UsingEnd) STATE(Enum) STATE(EnumValue) STATE(StaticAssert) \
  STATE(Compound) STATE(Statement) STATE(ExprStmt) STATE(IfCond) STATE(IfThen) STATE(IfElse) \
  STATE(WhileCond) STATE(WhileBody) STATE(DoBody) STATE(DoCond) STATE(ForInit) STATE(ForInitExpr) \
  STATE(ForCond) STATE(ForStep) STATE(ForBody) STATE(SwitchCond) STATE(SwitchBody) STATE(Case) \
  STATE(Return) STATE(Operand) STATE(Expr) STATE(Paren) STATE(CStyleCast) STATE(NamedCast) \
  STATE(NamedCastEnd) STATE(ConstructorType) STATE(ConstructorArgs) STATE(InitList) \
  STATE(NameAfterArgs) STATE(CallArgs) STATE(Index) STATE(CondThen) STATE(LaunchConfig) \
  STATE(LaunchArgs) STATE(SizeofType) STATE(Wrapper) STATE(CondDecl) STATE(RangeInit) \
  STATE(RangeBody) STATE(SpecialArgs) STATE(StructAlign) STATE(NewPlace) STATE(NewType) STATE(NewEnd) STATE(Struct) \
  STATE(MemberAfterSpecs) STATE(MemberInits) STATE(MemberInit) STATE(EnumBase) STATE(Designated) \
  STATE(AliasTemplateEnd) STATE(DecltypeEnd) STATE(StructAfterArgs) STATE(MemberAfterTemplate) \
  STATE(QualifiedName) STATE(QualifiedArgs) STATE(MemberName) STATE(LambdaCaptures) STATE(LambdaInit) STATE(LambdaEnd) STATE(Conversion) \
  STATE(Asm) STATE(AsmOperand) STATE(FunctionOp) STATE(FunctionOpParam) STATE(StructBases) \
  STATE(StructBase) STATE(MemberInitType) STATE(Try) STATE(CatchDecl) STATE(Catch) STATE(Throw)
// clang-format on

class Parser {
 public:
  WS_HD Parser(Arena& arena, const Vec<Token>& tokens, Names& names, diag::Sink& sink, Tree& tree,
               bool host_only)
      : host_only_(host_only),
        arena_(&arena),
        tokens_(tokens.data()),
        num_tokens_(tokens.size()),
        names_(&names),
        sink_(&sink),
        tree_(&tree),
        stack_(arena),
        undo_(arena),
        scopes_(arena),
        struct_scopes_(arena),
        nested_types_(arena),
        member_templates_(arena) {}

  WS_HD void Run();

 private:
  enum class St : uint8_t {
#define WS_STATE(name) k##name,
    WS_PARSER_STATES(WS_STATE)
#undef WS_STATE
  };

  // What an Expr state does with its result: the operator to its left.
  enum class Pending : uint8_t {
    kNone,
    kUnary,
    kBinary,
    kAssign,
    kAnd,
    kOr,
    kElse,
    kCast,
    kSizeof,
    kDelete
  };

  // What a declarator belongs to.
  enum class Context : uint8_t {
    kVariable,
    kParam,
    kTemplateValue,
    kTypedef,
    kTypeId,
    kFunctionParam
  };

  struct State {
    St st;
    uint8_t precedence = 0;  // Expr: of the weakest operator that belongs to it
    Pending pending = Pending::kNone;
    uint8_t flags = 0;
    uint32_t first = 0;  // first node of the construct
    uint32_t begin = 0;  // its first token
    uint32_t token = 0;  // the token that stands for it
    uint32_t data = 0;
    uint32_t extra = 0;
  };
  static constexpr uint8_t kScope = 1;      // the state has opened a scope of names
  static constexpr uint8_t kNoGreater = 2;  // Expr: `>` ends it (template argument)
  static constexpr uint8_t kExternC = 4;    // TopLevel: inside extern "C" { }
  static constexpr uint8_t kNested = 8;     // TopLevel: inside braces
  static constexpr uint8_t kTemplate = 16;  // a template header stood before
  static constexpr uint8_t kSpecial = 32;   // that header was template <>
  static constexpr uint8_t kInHead = 64;    // VarDecl: in the head of a control statement
  static constexpr uint8_t kPrivate = 128;  // Struct and its members: behind private:

  // Declaration specifiers, as read last.
  struct Specs {
    uint32_t quals = 0;
    uint32_t storage = 0;
    uint32_t function = 0;
    uint32_t bounds = 0;  // token of __launch_bounds__, 0 if there was none
    uint32_t begin = 0;
    BuiltinType type = BuiltinType::kNamed;
  };

  // Operator precedence; a higher one binds tighter.
  enum : uint8_t {
    kNoPrec,
    kCommaPrec,
    kAssignPrec,
    kConditionalPrec,
    kOrPrec,
    kAndPrec,
    kBitOrPrec,
    kBitXorPrec,
    kBitAndPrec,
    kEqualityPrec,
    kRelationalPrec,
    kShiftPrec,
    kAdditivePrec,
    kMultiplicativePrec,
    kUnaryPrec,
    kPostfixPrec  // of what extends the operand before it
  };
  struct Infix {
    uint8_t precedence = kNoPrec;
    Pending pending = Pending::kNone;
    BinaryOp op = BinaryOp::kNoOp;
  };
  struct InfixTable;

  // --- tokens
  WS_HD TokenKind KindAt(uint32_t i) const {
    return i < num_tokens_ ? tokens_[i].kind : TokenKind::kEof;
  }
  WS_HD TokenKind Kind() const { return tokens_[pos_].kind; }
  WS_HD const Token& At(uint32_t i) const { return tokens_[i < num_tokens_ ? i : num_tokens_ - 1]; }
  WS_HD void Advance() {
    if (pos_ + 1 < num_tokens_) ++pos_;
  }
  WS_HD bool Take(TokenKind kind) {
    if (Kind() != kind) return false;
    Advance();
    return true;
  }
  // Is token i the identifier `text`?
  WS_HD bool IsWord(uint32_t i, std::string_view text) const {
    return KindAt(i) == TokenKind::kIdentifier && SameText(At(i).view(), text);
  }
  WS_HD bool Expect(TokenKind kind, const char* what);
  WS_HD bool ExpectSemicolon(const char* after);
  WS_HD void PushElement();
  // --- parse_outside.cc
  WS_HD uint32_t BehindScopes(uint32_t i, uint32_t* scope) const;
  WS_HD bool StartOutsideUntyped(uint8_t flags);
  WS_HD bool StartOutsideMember();
  WS_HD void EnterStruct(uint32_t scope);
  WS_HD void StartNew(uint32_t token);
  WS_HD bool CloseAngle();   // takes one > of >, >> or >>>
  WS_HD bool CloseLaunch();  // takes >>>, also where a part of it closed template arguments
  WS_HD uint32_t SkipBalanced(uint32_t i) const;  // behind the partner of the bracket at i

  // --- errors
  WS_HD void Fail(diag::Kind kind, uint32_t at, diag::Arg a = {}, diag::Arg b = {});
  WS_HD void FailExpected(const char* what);
  WS_HD void FailUnsupported(uint32_t at, const char* what);
  WS_HD void Report(diag::Kind kind, uint32_t at, diag::Arg a = {}, diag::Arg b = {});
  WS_HD std::string_view Found(uint32_t at);
  WS_HD void Recover(uint32_t error);
  WS_HD uint32_t NameBehindType(uint32_t at) const;
  WS_HD uint32_t SyncStatement(uint32_t begin, uint32_t error) const;
  WS_HD uint32_t SyncTopLevel(uint32_t begin, uint32_t error) const;

  // --- stack and tree
  WS_HD void Push(const State& state) {
    if (stack_.size() >= kMaxNesting) return GiveUp();
    stack_.push_back(state);
  }
  WS_HD void GiveUp();
  WS_HD bool stopped() const { return given_up_ || arena_->failed(); }
  WS_HD State& Top() { return stack_.back(); }
  WS_HD void Pop() {
    if ((stack_.back().flags & kScope) != 0) CloseScope();
    stack_.pop_back();
  }
  WS_HD NodeId Add(NodeKind kind, uint32_t token, uint32_t data, uint32_t first, uint32_t begin) {
    return tree_->Append(kind, TokenId(token), data, first, TokenId(begin),
                         TokenId(split_ > 0 ? pos_ + 1 : pos_));
  }
  // A node of this one token, which is taken.
  WS_HD NodeId AddLeaf(NodeKind kind, uint32_t data = 0) {
    const uint32_t token = pos_;
    Advance();
    return Add(kind, token, data, tree_->size(), token);
  }
  // A marker's data names the node it belongs to; none while that one's end has not been read.
  WS_HD NodeId AddMarker(NodeKind kind) {
    return tree_->Append(kind, TokenId(pos_), NodeId().index, tree_->size(), TokenId(pos_),
                         TokenId(pos_));
  }
  WS_HD void LinkMarkers(NodeId node);
  // Appends the node of the state on top and pops it.
  WS_HD void Finish(NodeKind kind);

  // --- names
  WS_HD void OpenScope();
  WS_HD void CloseScope();
  WS_HD void Declare(NameId name, Meaning meaning);
  WS_HD Meaning MeaningAt(uint32_t i) const {
    const NameId name = At(i).name;
    return name.valid() ? names_->meaning(name) : Meaning::kOrdinary;
  }
  WS_HD bool IsStd(uint32_t i) const {
    return KindAt(i + 1) == TokenKind::kColonColon && IsWord(i, "std");
  }
  // Behind ns:: of the program's own namespaces, and a leading ::, at i.
  WS_HD uint32_t SkipNamespaces(uint32_t i) const {
    if (KindAt(i) == TokenKind::kColonColon) ++i;
    while (KindAt(i) == TokenKind::kIdentifier && KindAt(i + 1) == TokenKind::kColonColon &&
           MeaningAt(i) == Meaning::kNamespace) {
      i += 2;
    }
    return i;
  }
  WS_HD bool IsTypeStart(uint32_t i) const;
  WS_HD bool IsDeclarationStart(uint32_t i) const;
  WS_HD bool LooksLikeUnknownType(uint32_t i) const;
  WS_HD bool IsCast(uint32_t i) const;        // does ( at i begin a C-style cast or sizeof(type)?
  WS_HD uint32_t SkipType(uint32_t i) const;  // behind the type specifiers at i; i if none
  // Behind the > that belongs to the < at i; i if there is none near.
  WS_HD uint32_t SkipAngles(uint32_t i, bool* inside = nullptr) const;
  // The same where :: follows, which the arguments then qualify with; else 0.
  WS_HD uint32_t QualifyingAngles(uint32_t i) const {
    bool inside = false;
    const uint32_t end = SkipAngles(i, &inside);
    return !inside && KindAt(end) == TokenKind::kColonColon ? end : 0;
  }
  // Whether `scope::name` is a type that a struct declares.
  WS_HD bool IsTypeIn(NameId scope, NameId name) const;
  // Whether the name at i is that of a struct template whose members are being read, alone.
  WS_HD bool IsInjected(uint32_t i) const;
  // Whether a struct template, its forward declaration or its specialisation begins at the struct
  // keyword at i, behind a template's parameters.
  WS_HD bool IsStructTemplate(uint32_t i) const;

  // Behind the qualifying structs and enumerations of Struct::name at i: where the name is.
  WS_HD uint32_t SkipQualifiers(uint32_t i) const {
    while (KindAt(i + 1) == TokenKind::kColonColon) {
      const uint32_t next = KindAt(i + 2) == TokenKind::kTemplate ? i + 3 : i + 2;
      if (KindAt(next) != TokenKind::kIdentifier) break;
      i = next;
    }
    return i;
  }
  // Whether Name<...>::name... at i is a type to its end.
  WS_HD bool IsTypeChain(uint32_t i) const;
  // Whether the name at i is that of some struct's member template, or stands behind `template`,
  // and template arguments follow: of a function its parameters behind them.
  WS_HD bool HasMemberArgs(uint32_t i) const;
  // The name of a function or variable template in the struct being read.
  WS_HD void DeclareMemberTemplate(NameId name);
  // Whether Struct::name, the name being token i, is a type.
  WS_HD bool IsNestedType(uint32_t i) const;

  // --- starting constructs
  WS_HD void PushExpr(uint8_t precedence, uint8_t flags = 0);
  WS_HD void PushPending(uint8_t precedence, Pending pending, uint8_t flags, uint32_t token,
                         uint32_t data);
  WS_HD void PushInitializer(uint8_t flags = 0);
  WS_HD void PushStatement() { Push({.st = St::kStatement}); }
  WS_HD void StartSpecs();
  WS_HD void PutOffSpecs(St st, uint32_t name, bool is_typename = false);
  WS_HD bool ReadSpecifier(struct SpecifierWords& words);
  // `later`: where an alignment is left that sema has to find out.
  WS_HD bool ReadAlignment(uint32_t* later = nullptr);
  WS_HD bool SkipAttribute(bool takes_alignment);
  WS_HD uint32_t BytesOfBuiltin(uint32_t at) const;
  WS_HD bool ReadNamedType();
  WS_HD void StartTypeId();
  WS_HD void StartTemplateArgs();
  WS_HD void StartDeclarator(Context context, uint32_t first, uint32_t begin);
  WS_HD void StartFunctionOp();
  WS_HD void ReadDeclaredName(Context context);
  WS_HD bool StartTopDeclaration();
  WS_HD bool StartNamespace();
  WS_HD void ReadNamespaceAlias();
  WS_HD uint32_t ReadSpacePath();
  WS_HD void StartFunction(const State& s, uint32_t name, uint32_t flags = 0);
  WS_HD void SkipStruct(const char* what);
  WS_HD bool ReadStructHead(struct SpecifierWords& words);
  WS_HD bool ReadEnumHead(struct SpecifierWords& words);
  WS_HD void StartStructBody(const struct SpecifierWords& words, uint32_t first);
  WS_HD void StartEnumBody(const struct SpecifierWords& words);
  WS_HD bool ReadBaseClause(struct SpecifierWords& words);
  WS_HD void BeginMembers();
  WS_HD bool IsVirtualWord(uint32_t i) const { return IsWord(i, "override") || IsWord(i, "final"); }
  WS_HD void StartMember();
  WS_HD uint32_t BehindFunctionWords(uint32_t at) const;
  WS_HD bool StartConstructor();
  WS_HD void StartMemberInit();
  WS_HD void StartMemberFunction(uint32_t name, uint32_t flags);
  WS_HD uint32_t ReadOperatorName();
  WS_HD void StartUsing(bool top);
  // Behind the function that begins at i, if it is for the device alone; else 0.
  WS_HD uint32_t EndOfDeviceFunction(uint32_t i) const;
  WS_HD void StartStaticAssert();
  WS_HD void StartLambdaFunction();
  WS_HD void ReadStatement();
  WS_HD void StartVarDecl(uint8_t flags = 0);
  WS_HD void StartVariableTemplate(uint32_t first, uint32_t begin, uint32_t storage);
  WS_HD void StartCondition();
  WS_HD void WrapCondition(const State& construct);
  WS_HD bool StartLabel();
  WS_HD bool IsDeclaration() const;
  WS_HD void StartFunctionParams();
  WS_HD void StartFor(uint32_t unroll);
  WS_HD void ReadUnroll();
  WS_HD void StartAsm();
  WS_HD void StartTry();
  WS_HD bool StartKeywordStatement();
  WS_HD bool UnsupportedStatement();
  WS_HD void Simple(NodeKind kind, const char* after);
  WS_HD void ReadOperand();
  WS_HD bool ReadOperators();
  WS_HD void PushRightSide(Infix infix, uint32_t token, uint8_t flags);
  WS_HD bool UnsupportedOperand();
  WS_HD bool IsPlainName(uint32_t i) const;
  WS_HD bool ReadTraitValue();
  WS_HD bool NameOperand();
  WS_HD void OperandKeyword();
  WS_HD void OperandParen();
  WS_HD void SizeofOperand();
  WS_HD bool Postfix();
  WS_HD void FinishExpr();
  WS_HD void ReadPointerOps();
  WS_HD void ReadBindings();
  WS_HD Infix InfixOf(uint8_t flags) const;

#define WS_STATE(name) WS_HD void Step##name();
  WS_PARSER_STATES(WS_STATE)
#undef WS_STATE

  struct Undo {
    NameId name;
    Meaning meaning;
  };

  bool host_only_;
  Arena* arena_;
  const Token* tokens_;
  uint32_t num_tokens_;
  Names* names_;
  diag::Sink* sink_;
  Tree* tree_;
  Vec<State> stack_;
  Vec<Undo> undo_;
  Vec<uint32_t> scopes_;  // where undo_ stood
  struct StructScope {
    uint32_t depth;  // scopes open in it
    NameId name;
  };
  Vec<StructScope> struct_scopes_;  // of the structs being read
  struct NestedType {
    NameId scope;
    NameId name;
    Meaning meaning = Meaning::kType;
  };
  Vec<NestedType> nested_types_;  // types declared in structs
  Vec<NameId> member_templates_;  // functions and variables that are templates in structs
  Specs specs_;
  uint32_t pos_ = 0;
  uint32_t split_ = 0;  // characters of the current >> or >>> that closed template arguments
  bool given_up_ = false;
};

}  // namespace ws::front

#endif  // WARPSMITH_FRONT_PARSER_H_
