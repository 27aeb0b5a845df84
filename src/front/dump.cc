#include "front/dump.h"

#include <vector>

namespace ws::front {
namespace {

constexpr const char* kNodeNames[] = {
#define NODE(name, children) #name,
#include "front/node_kinds.def"
#undef NODE
};

constexpr const char* kTypeNames[] = {"",
                                      "void",
                                      "bool",
                                      "char",
                                      "signed char",
                                      "unsigned char",
                                      "short",
                                      "unsigned short",
                                      "int",
                                      "unsigned int",
                                      "long",
                                      "unsigned long",
                                      "long long",
                                      "unsigned long long",
                                      "float",
                                      "double",
                                      "auto"};

struct Flag {
  uint32_t bit;
  const char* name;
};

// " [a b]" from the flags that are set.
template <size_t N>
std::string FlagText(uint32_t bits, const Flag (&flags)[N]) {
  std::string out;
  for (const Flag& flag : flags) {
    if ((bits & flag.bit) != 0) out += (out.empty() ? "" : " ") + std::string(flag.name);
  }
  return out.empty() ? out : " [" + out + "]";
}

constexpr Flag kQualifiers[] = {{qualifier::kConst, "const"},
                                {qualifier::kVolatile, "volatile"},
                                {qualifier::kRestrict, "__restrict__"},
                                {qualifier::kElaborated, "struct"}};
constexpr Flag kFunctionFlags[] = {
    {function_flag::kGlobal, "__global__"},     {function_flag::kDevice, "__device__"},
    {function_flag::kHost, "__host__"},         {function_flag::kInline, "inline"},
    {function_flag::kStatic, "static"},         {function_flag::kConstexpr, "constexpr"},
    {function_flag::kExternC, "extern \"C\""},  {function_flag::kForceInline, "__forceinline__"},
    {function_flag::kNoInline, "__noinline__"}, {function_flag::kConst, "const"},
    {function_flag::kPrivate, "private"},       {function_flag::kFriend, "friend"},
    {function_flag::kExplicit, "explicit"},     {function_flag::kConstructor, "constructor"},
    {function_flag::kDefaulted, "default"}};
constexpr Flag kStorageFlags[] = {
    {storage_flag::kStatic, "static"},     {storage_flag::kExtern, "extern"},
    {storage_flag::kShared, "__shared__"}, {storage_flag::kConstant, "__constant__"},
    {storage_flag::kDevice, "__device__"}, {storage_flag::kConstexpr, "constexpr"},
    {storage_flag::kPrivate, "private"}};

bool IsMarker(NodeKind kind) {
  switch (kind) {
    case NodeKind::kIfThen:
    case NodeKind::kIfElse:
    case NodeKind::kWhileBegin:
    case NodeKind::kWhileBody:
    case NodeKind::kDoBegin:
    case NodeKind::kDoCond:
    case NodeKind::kForCond:
    case NodeKind::kForStep:
    case NodeKind::kForBody:
    case NodeKind::kSwitchBody:
    case NodeKind::kAndRight:
    case NodeKind::kOrRight:
    case NodeKind::kConditionalThen:
    case NodeKind::kConditionalElse:
    case NodeKind::kSizeofBegin:
    case NodeKind::kTryBegin:
    case NodeKind::kCatchBegin:
    case NodeKind::kStructBegin:
    case NodeKind::kEnumBegin:
      return true;
    default:
      return false;
  }
}

// What stands behind the kind.
std::string Detail(const Tree& tree, const Vec<Token>& tokens, NodeId n) {
  const uint32_t data = tree.data(n);
  const Token& token = tokens[tree.token(n).index];
  const std::string text(token.view());
  switch (tree.kind(n)) {
    case NodeKind::kFunction:
      return " " + text + FlagText(data, kFunctionFlags);
    case NodeKind::kDeclarator:
    case NodeKind::kTemplateTypeParam:
      return token.kind == TokenKind::kIdentifier ? " " + text : "";
    case NodeKind::kUsing:
    case NodeKind::kStruct:
    case NodeKind::kMemberInit:
    case NodeKind::kDesignated:
    case NodeKind::kBinding:
    case NodeKind::kEnum:
    case NodeKind::kEnumerator:
    case NodeKind::kAsm:
    case NodeKind::kAsmOperand:
    case NodeKind::kGoto:
    case NodeKind::kLabel:
    case NodeKind::kIntLiteral:
    case NodeKind::kFloatLiteral:
    case NodeKind::kCharLiteral:
    case NodeKind::kStringLiteral:
    case NodeKind::kBoolLiteral:
    case NodeKind::kBinary:
    case NodeKind::kAssign:
      return " " + text;
    case NodeKind::kUnary:
      return " " + text + (data >= static_cast<uint32_t>(UnaryOp::kPostInc) ? " after" : "");
    case NodeKind::kName:
      return " " +
             std::string(data == 1   ? "std::"
                         : data == 2 ? "std::numeric_limits::"
                         : data == 4 ? "::"
                                     : "") +
             text;
    case NodeKind::kMember:
      return (data != 0 ? " ->" : " .") + text;
    case NodeKind::kVarDecl: {
      std::string out = FlagText(data, kStorageFlags);
      const uint32_t align = (data & storage_flag::kAlignMask) >> storage_flag::kAlignShift;
      if (align > 0) out += " align " + std::to_string(1u << (align - 1));
      return out;
    }
    case NodeKind::kTypeSpec: {
      const uint32_t type = data >> 8;
      return " " + (type == 0 ? text : std::string(kTypeNames[type])) +
             FlagText(data & 0xff, kQualifiers);
    }
    case NodeKind::kPtrOp:
      return FlagText(data, kQualifiers);
    case NodeKind::kRefOp:
      return data != 0 ? " &&" : "";
    case NodeKind::kIf:
      return data != 0 ? " constexpr" : "";
    case NodeKind::kRangeFor:
    case NodeKind::kFor:
      return data == 0 ? "" : data == 0xffff ? " unroll" : " unroll " + std::to_string(data);
    case NodeKind::kCast: {
      constexpr const char* kCasts[] = {"C", "static", "reinterpret", "const", "functional"};
      return std::string(" ") + kCasts[data];
    }
    case NodeKind::kSizeofType:
      return data == 0 ? "" : data == 1 ? " alignof" : " offsetof " + text;
    default:
      return "";
  }
}

}  // namespace

std::string DumpTree(const Tree& tree, const Vec<Token>& tokens, NodeId root) {
  struct Item {
    NodeId node;
    uint32_t depth;
  };
  std::string out;
  std::vector<Item> stack = {{root, 0}};
  while (!stack.empty()) {
    const auto [node, depth] = stack.back();
    stack.pop_back();
    if (IsMarker(tree.kind(node))) continue;
    out.append(size_t{2} * depth, ' ');
    out += kNodeNames[static_cast<size_t>(tree.kind(node))];
    out += Detail(tree, tokens, node);
    out += '\n';
    // Last child first: the first one is then on top.
    for (NodeId c = tree.LastChild(node); c.valid(); c = tree.PrevSibling(node, c)) {
      stack.push_back({c, depth + 1});
    }
  }
  return out;
}

std::string DumpTree(const Tree& tree, const Vec<Token>& tokens) {
  return tree.size() == 0 ? std::string() : DumpTree(tree, tokens, tree.root());
}

}  // namespace ws::front
