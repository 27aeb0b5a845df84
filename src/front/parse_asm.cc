// device-clean
//
// Inline assembly: asm volatile("text" : outputs : inputs : clobbers);
#include "front/parser.h"

namespace ws::front {

namespace {
// What stands behind the text, by the number of colons before it.
enum : uint32_t { kText, kOutputs, kInputs, kClobbers, kNone };
}  // namespace

WS_HD void Parser::StartAsm() {
  const uint32_t begin = pos_;
  const uint32_t first = tree_->size();
  Advance();
  while (Kind() == TokenKind::kVolatile || IsWord(pos_, "__volatile__") ||
         Kind() == TokenKind::kInline) {
    Advance();
  }
  if (!Expect(TokenKind::kLeftParen, "'('")) return;
  const uint32_t text = pos_;
  if (Kind() != TokenKind::kString) return FailExpected("PTX in a string literal");
  while (Take(TokenKind::kString)) {
  }
  Push({.st = St::kAsm, .first = first, .begin = begin, .token = text, .data = kText});
}

// Behind the text or behind an operand. `data` is the section, `extra` the operands read of it.
WS_HD void Parser::StepAsm() {
  State& s = Top();
  if (Take(TokenKind::kRightParen)) {
    s.data = s.data > kText ? 1 : 0;
    if (ExpectSemicolon("asm")) Finish(NodeKind::kAsm);
    return;
  }
  const uint32_t colons = Kind() == TokenKind::kColon        ? 1
                          : Kind() == TokenKind::kColonColon ? 2
                                                             : 0;
  if (colons > 0) {
    s.data += colons;
    s.extra = 0;
    if (s.data >= kNone) return FailExpected("')'");
    return Advance();
  }
  if (s.data == kText) return FailExpected("':' or ')'");
  if (s.extra++ > 0 && !Expect(TokenKind::kComma, "',', ':' or ')'")) return;
  const uint32_t begin = pos_;
  if (s.data != kClobbers && Take(TokenKind::kLeftBracket)) {
    if (Kind() != TokenKind::kIdentifier) return FailExpected("the name of an operand");
    Advance();
    if (!Expect(TokenKind::kRightBracket, "']'")) return;
  }
  const uint32_t constraint = pos_;
  if (Kind() != TokenKind::kString) {
    return FailExpected(s.data == kClobbers ? "a register or \"memory\" in quotes"
                                            : "a constraint in quotes");
  }
  while (Take(TokenKind::kString)) {
  }
  if (s.data == kClobbers) return;
  const uint32_t is_output = s.data == kOutputs ? 1 : 0;
  if (!Expect(TokenKind::kLeftParen, "'('")) return;
  Push({.st = St::kAsmOperand,
        .first = tree_->size(),
        .begin = begin,
        .token = constraint,
        .data = is_output});
  PushExpr(kCommaPrec);
}

WS_HD void Parser::StepAsmOperand() {
  if (Expect(TokenKind::kRightParen, "')'")) Finish(NodeKind::kAsmOperand);
}

}  // namespace ws::front
