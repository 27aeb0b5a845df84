// The reader's state; its parts stand in module.cc (directives), signature.cc (functions), body.cc
// (statements and scopes), operands.cc, and one file for each kind of instruction. Device-clean.
#ifndef WARPSMITH_IR_READER_READER_H_
#define WARPSMITH_IR_READER_READER_H_

#include <initializer_list>

#include "ir/builder.h"
#include "ir/reader/grammar.h"
#include "ir/reader/inline.h"
#include "ir/reader/lex.h"
#include "ir/reader/read.h"
#include "ir/tensor.h"

namespace ws::ir::reader {

inline constexpr uint32_t kMaxDepth = 1000;    // braces, brackets of constants
inline constexpr uint32_t kMaxModifiers = 16;  // of one instruction
inline constexpr uint32_t kMaxCallOperands = 200;
inline constexpr uint32_t kMaxVectorBytes = 16;
inline constexpr uint32_t kMaxTargets = 1u << 16;
inline constexpr uint32_t kMaxAlign = 1u << 16;
inline constexpr uint32_t kMaxConstantBytes = 1u << 16;
inline constexpr uint32_t kMaxLocalBytes = 1u << 24;

// A parameter or result of a .func.
struct SignatureParam {
  Type type = Type::kNone;  // scalars
  uint32_t bytes = 0;       // arrays; 0: a scalar
  uint32_t align = 1;
  bool is_register = false;  // .reg, not .param
  WordId name;
  WS_HD bool operator==(const SignatureParam& o) const {
    return bytes == o.bytes && (bytes != 0 || BytesOf(type) == BytesOf(o.type));
  }
};
struct Signature {
  uint32_t first = 0;  // in params_: results, then parameters
  uint8_t num_results = 0;
  uint8_t num_params = 0;
};

// A variable in the local frame of the function that is read.
struct FrameVariable {
  uint32_t offset = 0, bytes = 0, align = 1;
  Type element = Type::kB8;
};

// One operand as written.
struct Arg {
  enum class Kind : uint8_t {
    kMissing,
    kRegister,       // reg; `negated` with ! before it; `second` with |p behind it
    kInteger,        // bits
    kFloat32,        // bits of an f32
    kFloat64,        // bits of an f64; also decimal fractions
    kSpecial,        // index: Special
    kVectorSpecial,  // of four elements: SpecialElement
    kSymbol,         // binding, and `offset` added
    kSink,           // _
    kVector,         // `count` elements from elements_[index]
    kName,           // a word that stands for nothing yet; of branches and calls
  };
  Kind kind = Kind::kMissing;
  bool negated = false;
  bool minus = false;     // of video instructions: - before it, and behind it the token of
  uint32_t selector = 0;  // what chooses its bytes
  // In brackets; kRegister, kInteger and kSymbol with `offset`, and with `count` coordinates of a
  // tensor in elements_[index].
  bool is_address = false;
  bool is_list = false;     // kVector: written in braces
  bool is_wide = false;     // kVector: the halves of a register of 128 bits
  bool is_sum = false;      // a constant is added to the register or symbol
  bool is_element = false;  // a[i]: kSymbol, its address
  bool is_fixed = false;    // kInteger: what a special register always holds
  bool has_sink = false;    // a|_
  RegId reg;
  RegId second;
  uint64_t bits = 0;
  int64_t offset = 0;
  Binding binding;
  uint32_t index = 0, count = 0;
  uint32_t token = 0;  // where it begins
  uint32_t end = 0;    // and the token behind it

  WS_HD bool IsVideo() const { return minus || selector != 0; }
};

class Reader {
 public:
  WS_HD Reader(Arena& arena, std::string_view text, uint32_t base, const PtxReadOptions& options,
               diag::Sink& sink, Module& module);

  WS_HD bool Run();
  // Statements of inline assembly, as InlineReader::Read says.
  WS_HD bool ReadInline(const InlinePtx& code, FunctionBuilder& builder);

 private:
  // --- tokens (reader.cc)
  WS_HD const Token& Now() const { return tokens_[at_]; }
  WS_HD const Token& Behind(uint32_t n) const {
    return tokens_[at_ + n < tokens_.size() ? at_ + n : tokens_.size() - 1];
  }
  WS_HD bool AtEnd() const { return Now().kind == TokenKind::kEnd; }
  WS_HD bool Accept(char c);
  WS_HD bool Accept(Mod mod);
  WS_HD bool Expect(char c);
  WS_HD bool Expect(TokenKind kind, const char* what);
  WS_HD std::string_view TextOf(const Token& t) const;
  WS_HD diag::Loc LocOf(const Token& t) const { return places_.At(t.begin); }
  WS_HD void Report(diag::Kind kind, const Token& t, diag::Arg a = {}, diag::Arg b = {},
                    diag::Arg c = {});
  WS_HD void ReportExpected(const char* what);
  WS_HD const char* EndText() const {
    return is_inline() ? "the end of the assembly" : "the end of the file";
  }
  // To behind the next semicolon, or to the brace or the end before it.
  WS_HD void Recover();
  WS_HD bool stopped() const {
    return arena_->failed() || sink_->list().size() >= diag::Sink::kLimit;
  }

  // --- constants (constants.cc)
  // A value known while reading. Integers are of 64 bits and wrap.
  struct Value {
    enum class Kind : uint8_t { kInteger, kFloat32, kFloat64, kSymbol } kind = Kind::kInteger;
    uint64_t bits = 0;
    Binding symbol;            // kSymbol: an address, `bits` added to it
    bool is_unsigned = false;  // kInteger: has U behind it, or comes from one that has
  };
  WS_HD bool ReadValue(Value* value);
  WS_HD bool ReadBinary(uint32_t level, Value* value);
  WS_HD bool ReadChoice(Value* value);
  WS_HD bool ReadUnary(Value* value);
  WS_HD bool NumberOf(const Token& t, Value* value);
  WS_HD bool ReadCount(uint64_t* count);
  // The bits of the value as a constant of the type.
  WS_HD uint64_t BitsIn(const Value& value, Type type) const;
  uint32_t depth_of_value_ = 0;  // parentheses that are open

  // --- the module (module.cc)
  // What stands before a function or a variable.
  enum class Linkage : uint8_t { kNone, kVisible, kExtern, kWeak, kCommon };
  WS_HD bool ReadHead();
  WS_HD void ReadModule();
  WS_HD void WarnOfUndefined();
  WS_HD static bool BeginsDirective(const Token& t);
  WS_HD void ReadDirective();
  WS_HD void ReadVersion();
  WS_HD void ReadTarget();
  WS_HD void ReadFile();
  WS_HD void ReadPragma();
  WS_HD void ReadAlias();
  WS_HD void ReadSection();
  WS_HD bool ReadSectionData();
  WS_HD bool ReadAttribute();
  WS_HD void FindSourceFile();
  WS_HD void ReadLoc();
  WS_HD void SkipBraces();

  // --- variables (variables.cc)
  WS_HD void ReadVariable(Space space, Linkage linkage);
  WS_HD bool AddConstant(const Token& name, uint64_t bytes, uint32_t align);
  struct Declared {
    Type type = Type::kNone;
    uint32_t vector = 1;
    uint32_t bytes = 0;  // of one element, with all of its vector
    uint32_t align = 1;
    bool is_wide = false;    // .b128
    bool is_opaque = false;  // .texref and the like
  };
  // The dimensions behind a name; the first of [] is 0.
  struct Dimensions {
    static constexpr uint32_t kMost = 8;
    uint64_t sizes[kMost] = {};
    uint32_t count = 0;
    uint64_t elements = 1;  // their product
  };
  WS_HD bool ReadDimensions(Dimensions* dimensions);
  struct Initial {
    Vec<uint8_t> bytes;
    Vec<Relocation> addresses;
  };
  // The values from byte `at` on.
  WS_HD bool ReadInitialValues(const Declared& declared, const Dimensions& dimensions,
                               uint32_t level, uint64_t at, Initial* initial);
  WS_HD bool PutAddress(const Token& t, const Value& value, uint64_t mask, const Declared& declared,
                        uint64_t at, Initial* initial);
  WS_HD bool PutValue(const Declared& declared, uint64_t at, Initial* initial);
  // [.align n] [.v4] .type
  WS_HD bool ReadType(Declared* declared);

  // --- functions (signature.cc)
  WS_HD void ReadFunction(bool is_kernel, Linkage linkage);
  WS_HD bool ReadKernelParams(Function* function);
  WS_HD bool ReadParamList(Signature* signature, bool results);
  WS_HD bool ReadSignatureParam();
  struct Attribute {  // a row of attributes.def
    uint32_t numbers = 0, least = 0, version = 0;
  };
  static constexpr uint32_t kMaxAttributes = 16;
  WS_HD static bool FindAttribute(Mod mod, bool is_kernel, Attribute* attribute);
  WS_HD void ReadAttributes(Function* function, bool has_results);
  WS_HD bool ReadParamType(Declared* declared);
  WS_HD bool ReadPointer();
  // Rows for a new function of the module.
  WS_HD void AddRows();
  WS_HD bool SameTypes(const Signature& a, const Signature& b) const;
  WS_HD void FillParams(FunctionId id, const Signature& signature);
  WS_HD bool SameSignature(const Signature& a, const Signature& b) const;
  WS_HD FunctionId Dispatcher(const Signature& signature);
  WS_HD void WriteAliases();
  WS_HD void WriteDispatchers();

  // --- bodies (body.cc)
  WS_HD void ReadBody(FunctionId id, const Signature& signature);
  WS_HD void BeginBody();
  WS_HD void ReadStatements(const Token& open, uint32_t outside);
  WS_HD bool is_inline() const { return places_.places != nullptr; }
  WS_HD void RefuseInline(const char* what);
  WS_HD void BindParams(FunctionId id, const Signature& signature);
  WS_HD void FindLabels();
  WS_HD void BindLabels(uint32_t scope);
  WS_HD void ReadStatement();
  WS_HD void ReadBodyDirective();
  WS_HD void ReadModuleVariable(Space space);
  WS_HD void ReadRegisters();
  WS_HD bool ReadRegisterType(Type* type, uint32_t* vector, bool* is_wide);
  WS_HD void ReadLocalVariable(Space space);
  WS_HD void ReadTargets(WordId name);
  WS_HD WordId Numbered(WordId name, uint32_t number);
  WS_HD void ReadInstruction();
  WS_HD static bool MayDiscard(Form form);
  WS_HD static bool GivesPredicate(Form form);
  WS_HD void Dispatch(Form form);
  WS_HD void EnsureBlock();
  WS_HD uint32_t AddFrame(uint64_t bytes, uint32_t align, Type element);

  // --- names (reader.cc)
  WS_HD void OpenScope();
  WS_HD void CloseScope();
  WS_HD void Bind(const Token& name, WordId word, Meaning meaning, uint32_t index);
  WS_HD Binding Find(WordId word);
  WS_HD Binding FindName(WordId word);
  WS_HD uint32_t FindRange(WordId word, uint32_t* number);
  WS_HD WordId Canonical(WordId word);
  // The row of a new vector register.
  WS_HD uint32_t AddVector(Type type, uint32_t count, bool is_wide);
  // Whether a name of this scope is one of those that the range would have; reports it.
  WS_HD bool HidesNames(const Token& name, uint64_t count);
  WS_HD void ReportUnknown(const Token& name);

  // --- operands (operands.cc)
  WS_HD bool ReadOperands();
  WS_HD bool ReadOperand(Arg* arg, uint32_t depth);
  WS_HD bool ReadOperandText(Arg* arg, uint32_t depth);
  // As it is written.
  WS_HD Token Whole(const Arg& arg) const;
  WS_HD bool ReadAddress(Arg* arg);
  WS_HD bool ReadIndex(Arg* arg);
  WS_HD bool AddToRegister(Arg* arg);
  WS_HD bool ReadVector(Arg* arg, uint32_t depth);
  WS_HD bool NeedArgs(uint32_t least, uint32_t most);
  WS_HD bool NeedArgs(uint32_t count) { return NeedArgs(count, count); }
  WS_HD void BadOperand(const Arg& arg, const char* wanted);
  WS_HD static bool Fits(Type have, Type want);
  // A register to write a value of the type to.
  WS_HD Operand Dst(uint32_t i, Type type) { return DstOf(args_[i], type); }
  WS_HD Operand DstOf(const Arg& arg, Type type);
  // A value of the type.
  WS_HD Operand Src(uint32_t i, Type type) { return SrcOf(args_[i], type); }
  WS_HD Operand SrcOf(const Arg& arg, Type type);
  // Whether the special register has the type's size.
  WS_HD bool IsSpecialOf(const Arg& arg, Type type) const;
  WS_HD Operand SpecialElement(const Arg& arg, uint32_t element);
  WS_HD Operand Predicate(uint32_t i);
  // ld, st and cvt: registers may be wider than the type. WidenTo writes the value `from`, of the
  // type, to the register of arg; NarrowFrom gives the low part of arg's value.
  WS_HD bool IsWider(const Arg& arg, Type type) const;
  WS_HD void WidenTo(const Arg& arg, Type type, RegId from);
  WS_HD Operand NarrowFrom(const Arg& arg, Type type);
  WS_HD Operand AddressOf(const Binding& symbol, int64_t offset, Type type);

  // --- modifiers (emit.cc)
  // `.s32`, as a message shows it.
  WS_HD static const char* Spelling(Type type);
  WS_HD bool Has(Mod mod);
  WS_HD void TakeIgnored();
  WS_HD bool TakeClass(ModClass cls, uint8_t* value);
  WS_HD Type TakeType();
  WS_HD Type NeedType();
  // Of a type that TakeType takes, or of one that only matrices and cvt have.
  WS_HD Type TakeElement();
  WS_HD Round TakeRound();
  WS_HD bool CheckAllTaken();
  // Whether the words of the instruction are among those of its opcode in grammar.def; reports what
  // is wrong. Words that fit, but are not executed, are refused here.
  WS_HD bool FitsGrammar(uint32_t opcode);
  WS_HD std::string_view OpcodeText() const { return TextOf(tokens_[opcode_]); }
  // Fails unless the type is of these (op_types).
  WS_HD bool NeedTypes(Type type, int types);
  WS_HD void BadType(Type type);

  // --- emission (emit.cc)
  WS_HD Inst& Emit(Op op, Type type, std::initializer_list<Operand> dsts,
                   std::initializer_list<Operand> srcs);
  WS_HD Inst& EmitSpans(Op op, Type type, std::span<const Operand> dsts,
                        std::span<const Operand> srcs);
  WS_HD RegId Temp(Type type) { return builder_->NewReg(type); }
  WS_HD Operand Value1(Op op, Type type, std::initializer_list<Operand> srcs) {
    return ValueOf(op, type, type, srcs);
  }
  // A new register of `dst_type` with the result.
  WS_HD Operand ValueOf(Op op, Type type, Type dst_type, std::initializer_list<Operand> srcs);
  WS_HD Operand CompareOf(Cmp cmp, Type type, Operand a, Operand b);
  // Traps where `bad` is not 0. Without a guard.
  WS_HD void TrapUnlessZero(Operand bad, Type type, TrapReason reason);
  WS_HD Operand Imm(uint64_t bits) { return module_->Imm(bits); }
  WS_HD void Move(Operand dst, Type type, Operand src) { Emit(Op::kMov, type, {dst}, {src}); }

  WS_HD void Refuse();
  WS_HD void TakeAll();

  // --- forms
#define FORM(name) WS_HD void Read##name();
#include "ir/reader/forms.def"
#undef FORM
  WS_HD void ReadPackedIntegers(bool is_signed);
  WS_HD void AddWithCarry(Operand dst, Type type, Operand a, Operand b, bool carry_in,
                          bool carry_out);
  WS_HD void SubtractWithCarry(Operand dst, Type type, Operand a, Operand b, bool carry_in,
                               bool carry_out);
  WS_HD RegId Carry();
  WS_HD Type PartOf(const Arg& vector, Type type);
  WS_HD void UnpackTo(const Arg& vector, Type type);
  WS_HD Operand PackFrom(const Arg& vector, Type type);
  WS_HD void MoveVector(uint32_t count);
  WS_HD void MoveVectorSpecial(uint32_t count);
  WS_HD void MoveWide();
  WS_HD void ConvertPacked(Type type, Inst modifiers);
  WS_HD Cmp ReadComparison(Type* type, bool* ftz, Atomic* combine, bool* combines);
  WS_HD Operand Combine(Atomic combine, Operand p, Operand c);
  struct Place {  // what an access goes to
    Operand base;
    Space space = Space::kGeneric;
    int64_t offset = 0;
    bool ok = false;
  };
  WS_HD Place PlaceOf(const Arg& arg, Space space, uint32_t bytes);
  WS_HD Operand AddressIn32(const Place& place);
  WS_HD bool LoadScratch(const Arg& address, std::span<const Arg> dsts, Type type);
  WS_HD bool StoreScratch(const Arg& address, std::span<const Arg> srcs, Type type);
  WS_HD void TakeOrder(Inst* inst);
  struct AccessWords {  // the words of ld and st
    Inst modifiers;     // order, scope, cache
    Space space = Space::kGeneric;
    Type type = Type::kNone;
    uint32_t count = 1;  // elements of the vector
    bool is_vector = false;
    bool is_wide = false;  // .b128
  };
  // False if the instruction is not to be read further.
  WS_HD bool TakeAccess(AccessWords* words);
  // Makes `inst` the access of `count` elements from element `first` on.
  WS_HD static void GoTo(const Place& place, const AccessWords& words, uint32_t first,
                         uint32_t count, Inst* inst);
  WS_HD std::span<const Arg> ElementsOf(const Arg& arg) const;
  WS_HD Operand BitCount(uint32_t i);
  WS_HD Operand Membermask(uint32_t i);
  WS_HD Operand BarrierNumber(uint32_t i);
  WS_HD Operand BarrierThreads(uint32_t i);
  WS_HD void ReadBarrierReduction();
  WS_HD void ReadClusterBarrier();
  // --- matrices
  WS_HD Operand RowAddress(Operand address, Operand lane);
  WS_HD void MoveMatrices(bool loads);
  struct Shape {
    uint32_t m = 0, n = 0, k = 0;
    WS_HD bool operator==(const Shape& o) const { return m == o.m && n == o.n && k == o.k; }
  };
  // .m16n8k16
  WS_HD Shape TakeShape();
  WS_HD Operand Lane();
  // Fails and says so if some word is left.
  WS_HD void BadCombination(const char* what);
  WS_HD bool TakeRegisters(const Arg& arg, uint32_t count, Type type, bool writes, Operand* regs);
  WS_HD void EmitMma(const MmaForm& form, Round round, bool saturates, const Operand* d,
                     const Operand* a, const Operand* b, const Operand* c, Operand metadata = {});
  WS_HD Operand TakeMetadata(uint32_t i, MmaForm* form);
  // All lanes of the warp are to be here.
  WS_HD void NeedWholeWarp();
  struct Fragment;  // wmma.cc
  WS_HD void MoveFragment(bool loads, const Shape& shape);
  WS_HD uint32_t TakeLayouts(bool (&columns)[2]);
  WS_HD void MultiplyFragments(const Shape& shape);
  struct MatrixInMemory;  // wgmma.cc
  WS_HD MatrixInMemory TakeDescriptor(Operand descriptor, bool transposed);
  WS_HD Operand LoadFragment(const MatrixInMemory& m, Operand tile, Operand group, Operand within,
                             uint32_t part);
  // --- barriers in memory, copies in bulk
  WS_HD Operand AddressIn64(const Place& place);
  WS_HD void EmitMbarrier(Mbarrier what, const Place& place, Operand value, Operand dst);
  WS_HD bool TakeMbarrierOrder(Inst* inst);
  WS_HD Operand CountOf(uint32_t i);
  WS_HD void EmitCopyGroup(CopyStep step, int32_t groups);
  WS_HD void ReadCopyArrive();
  WS_HD void ReadAsyncStore();
  WS_HD void ReadBulkPrefetch();
  // --- tensor_copy.cc
  struct TensorBox;
  WS_HD Operand LoadField(Operand map, Type type, int32_t offset);
  WS_HD void ReadTensorMap(const Place& place, uint32_t rank, TensorBox* box);
  struct TensorRow {
    Operand address, exists;
  };
  WS_HD TensorRow RowOfBox(const TensorBox& box, const Operand* coords, Operand row);
  WS_HD void ReduceElement(const TensorBox& box, Atomic atomic, Operand here, Operand there);
  WS_HD void CopyBox(const TensorBox& box, const Operand* coords, const Place& shared, bool inward,
                     const Atomic* combine);
  WS_HD void NeedTensorPlaces(Operand map, const Place& shared);
  WS_HD void ReadTensorCopy(bool reduces);
  WS_HD void ReadBulkCopy(bool reduces);
  WS_HD void CopyInBulk(const Place& to, const Place& from, Operand bytes, Type type,
                        const Atomic* combine);
  // Runs emit() where the guard holds, in blocks of its own; the guard is none inside.
  template <typename Do>
  WS_HD void Guarded(Do emit) {
    if (!guard_.valid()) {
      emit();
      return;
    }
    const RegId guard = guard_;
    const BlockId rest = BeginGuarded();
    emit();
    EndGuarded(rest);
    guard_ = guard;
  }
  WS_HD BlockId BeginGuarded();
  WS_HD void EndGuarded(BlockId rest);
  // --- narrow types
  WS_HD bool ConvertNarrow(Inst modifiers);
  WS_HD void ConvertToTf32(Inst modifiers);
  WS_HD void ConvertFloat8(Inst modifiers);
  WS_HD void ConvertPack(Inst modifiers);
  // --- video
  // What chooses parts of an operand: .b3, .h10, .b7654; digits from the lowest part on.
  struct Selector {
    uint32_t part_bits = 32;  // 8 or 16; 32: none is written
    uint32_t count = 0;
    uint8_t digits[4] = {};
  };
  WS_HD bool TakeSelector(Arg* arg, Selector* selector);
  WS_HD Operand PartOfWord(Operand word, uint32_t bits, uint32_t part, bool is_signed, Type to);
  WS_HD Operand Clamped(Operand value, Type type, uint32_t bits, bool is_signed);
  WS_HD Operand VideoOperation(Type type, Operand a, Operand b, Cmp cmp);
  WS_HD void ReadVideoMad(Type a_type, Type b_type, Operand a, Operand b, bool minus_product,
                          bool minus_c);
  WS_HD void BeginStack();
  WS_HD void CallBuiltin(std::string_view name, std::span<const Arg> results,
                         std::span<const Arg> args);
  WS_HD bool IsBuiltin(std::string_view name) const;
  WS_HD Operand PassScalar(const Arg& arg, Type type);
  WS_HD Operand PassArray(const Arg& arg, uint32_t bytes, uint32_t align);
  WS_HD void EmitCall(FunctionId callee, const Signature& signature, std::span<const Arg> results,
                      std::span<const Arg> args, Operand target);

  Arena* arena_;
  std::string_view text_;
  TextPlaces places_;
  PtxReadOptions options_;
  diag::Sink* sink_;
  Module* module_;
  Words words_;
  Vec<Token> tokens_;
  uint32_t at_ = 0;
  uint32_t errors_before_;

  // The module.
  Platform platform_;
  Grammar grammar_;
  Vec<Signature> signatures_;  // prototypes, and of each function below
  Vec<SignatureParam> params_;
  Vec<uint32_t> signature_of_;  // by row of module_->functions, 0xffffffff: a kernel or none
  Vec<FunctionId> address_taken_;
  Vec<uint8_t> is_address_taken_;  // by row of module_->functions
  struct Indirect {
    Signature signature;
    FunctionId dispatcher;
  };
  Vec<Indirect> dispatchers_;
  struct Alias {
    FunctionId alias, of;
  };
  Vec<Alias> aliases_;
  struct Extern {
    GlobalId variable;
    uint32_t token;
  };
  struct KernelParam {
    WordId name;
    uint32_t token;
    uint32_t row;  // of the function's parameters: the first that it covers
  };
  Vec<KernelParam> kernel_params_;  // of the kernel that is read
  Vec<Extern> externs_;             // variables that are declared only
  struct Call {
    FunctionId callee;
    uint32_t token;
  };
  Vec<Call> calls_;       // of functions that were not defined there
  Vec<uint8_t> linkage_;  // by row of module_->functions: Linkage
  uint64_t constant_bytes_ = 0;
  uint32_t cluster_token_ = 0;  // of the kernel that is read, where it wants clusters of blocks
  Vec<uint8_t> is_extern_;      // by row of module_->globals

  // Positions in the CUDA source.
  Vec<uint32_t> line_starts_;
  uint32_t lines_file_ = 0;  // the number that .file gives it; 0: not yet
  bool has_lines_ = false;
  diag::Loc source_loc_;  // of the last .loc

  // The function that is read.
  FunctionBuilder* builder_ = nullptr;
  FunctionId function_;
  bool in_kernel_ = false;
  Signature signature_;
  uint32_t depth_ = 0;
  struct Undo {
    WordId word;
    Binding binding;
    uint32_t range;
    bool is_range;
  };
  Vec<Undo> undo_;
  Vec<uint32_t> scope_starts_;
  struct Range {
    Type type;
    uint32_t count;
    uint32_t depth;
    uint32_t outer;  // 1 + the range of that name that it hides
    uint32_t vector = 1;
    bool is_wide = false;
  };
  Vec<Range> ranges_;
  bool digits_before_range_ = false;  // the name of one ends in a digit
  struct VectorRegister {
    uint32_t count;
    RegId first;
    bool is_wide;  // .b128: two halves
  };
  Vec<VectorRegister> vectors_;
  struct Label {
    uint32_t token;
    uint32_t next;  // 1 + the next label of its scope
  };
  Vec<Label> labels_;
  Vec<uint32_t> scope_labels_;  // 1 + a label; by the braces of the body in the order of the text
  uint32_t next_scope_ = 0;
  Vec<FrameVariable> frame_;
  Vec<RegId> func_params_;  // registers of the signature's results and parameters
  Vec<uint8_t> written_;    // by register of a .param: the most bytes that one store has given it
  struct Targets {
    uint32_t first, count;
  };
  Vec<Targets> targets_;
  struct Target {
    WordId name;
    uint32_t token;
  };
  Vec<Target> target_tokens_;
  uint64_t frame_bytes_ = 0;
  RegId carry_;
  RegId stack_;  // bytes that alloca has taken; none: the function has no alloca
  uint32_t stack_frame_ = 0;

  // The instruction that is read.
  uint32_t opcode_ = 0;  // its token
  Op op_ = Op::kCount;
  RegId guard_;
  bool guard_negated_ = false;
  struct Modifier {
    Mod mod;
    bool taken;
    uint32_t token;
  };
  Modifier mods_[kMaxModifiers];
  uint32_t num_mods_ = 0;
  Vec<Arg> args_;
  Vec<Arg> elements_;
  bool failed_ = false;  // something about it was reported
  bool fits_grammar_ = false;
};

}  // namespace ws::ir::reader

#endif  // WARPSMITH_IR_READER_READER_H_
