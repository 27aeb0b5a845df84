#!/usr/bin/env python3
"""Holds our reader of PTX against ptxas: which statements each of the two takes.

    tools/compare_with_ptxas.py BINARY [--count 20000] [--seed 1] [--target sm_90a] [--version 8.7]
                                [--only OPCODE] [--ptxas PTXAS]

Statements are those of the conformance tables and of bench/ptx, changed in one or two places: a
register of another type, a constant that does not fit, a vector of another width, an address of
another form, a symbol, a word behind the opcode more or less, an operand more or less, a guard.
What one of the two takes and the other refuses is printed, shortest first, with the message of the
one that refuses. Exit status 1 if ptxas takes something that we refuse.
"""

import argparse
import collections
import pathlib
import random
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
BATCH = 40

SCALARS = ("pred", "b16", "u16", "s16", "f16", "b32", "u32", "s32", "f16x2", "f32",
           "b64", "u64", "s64", "f64", "b8", "u8", "s8", "b128")
VECTORS = (("v2", "b32"), ("v4", "f32"), ("v2", "u64"))
NAMES = ("gv", "sv", "cv", "lv", "prm", "fn", "LBL", "gv+4", "sv+1", "gv-4", "%tid.x", "%laneid",
         "%clock64",
         "%tid", "%nosuch", "WARP_SZ", "_", "%lanemask_eq", "%envreg3", "%globaltimer", "gv[1]",
         "nosuch")
CONSTANTS = ("0", "1", "-1", "2", "3", "4", "7", "8", "16", "31", "32", "33", "63", "64", "255",
             "256",
             "65535", "65536", "-32769", "0xffffffff", "0x100000000", "4294967296", "-2147483649",
             "0xffffffffffffffff", "1.0", "-0.5", "1e40", "0f3f800000", "0d3ff0000000000000", "07",
             "0b101", "5U", "-1U", "(1+2)", "1.0e300", "0F7f800000", "!p_pred", "-b32_0", "~1",
             "!0",
             "18446744073709551616", "0f3f80000", "'a'", "08", "1?2:3", "(5)", "-(-5)", "3.", ".5")
ADDRESSES = ("[u64_0]", "[u64_0+4]", "[u64_0+-4]", "[u64_0-4]", "[b32_0]", "[u32_0+8]", "[s64_1]",
             "[f32_0]",
             "[f64_0]", "[gv]", "[gv+16]", "[sv]", "[sv+8]", "[cv]", "[lv]", "[prm]", "[prm+4]",
             "[16]",
             "[0x1000000000]", "[u64_0+u64_1]", "[gv+u64_0]", "[b64_0+0x80000000]", "[4+u64_0]",
             "[b16_0]",
             "[u64_0+3.0]", "[gv+gv]", "[u64_0*2]", "[fn]", "[LBL]", "[u64_0+4+4]", "[gv+4+4]",
             "[u64_0][4]",
             "gv[u64_0]", "[pred_0]", "[u64_0,4]", "[u64_0+(4*2)]", "[gv+-4]", "[gv-4]",
             "[sv+b32_0]",
             "[u64_0+-0x10]", "[u64_0+4294967296]", "[-8]", "[]", "[%tid.x]", "[b8_0]",
             "[u64_0+0x7fffffff]")
GUARDS = ("@pred_0 ", "@!pred_1 ", "@b32_0 ", "@1 ", "@!b16_0 ", "@%tid.x ", "@ pred_0 ",
          "@!!pred_0 ")

HEAD = """.version {version}
.target {target}
.address_size 64
.global .align 16 .b8 gv[256];
.const .align 16 .b8 cv[256];
.shared .align 16 .b8 sv[1024];
.func (.param .b32 r) fn(.param .b32 a) {{ .reg .b32 x; mov.u32 x, 1; st.param.b32 [r], x; ret; }}
.visible .entry k(.param .align 16 .b8 prm[64]) {{
.local .align 16 .b8 lv[64];
"""


def declarations():
    """Registers of every type, whose names begin with it."""
    lines = [f".reg .{t} {t}_<9>;" for t in SCALARS if t != "b128"]
    lines += [f".reg .{v} .{t} {v}{t}_0, {v}{t}_1;" for v, t in VECTORS]
    return "\n".join(lines) + "\n.reg .b128 b128_0, b128_1, b128_2;\n"


def split(text):
    """Operands at the commas outside all brackets."""
    out, depth, now = [], 0, ""
    for c in text:
        depth += c in "{[(" 
        depth -= c in "}])"
        if c == "," and depth == 0:
            out.append(now.strip())
            now = ""
        else:
            now += c
    return out + [now.strip()] if now.strip() else out


def statements(text):
    """Statements of a kernel with their registers renamed after their types."""
    types, seen = {}, []
    for kind, names in re.findall(r"\.reg\s+\.(\w+)\s+([^;]*);", text):
        for name in names.split(","):
            ranged = re.fullmatch(r"\s*([%\w$]+)<(\d+)>\s*", name)
            for n in ([ranged[1] + str(i) for i in range(int(ranged[2]))] if ranged else [name.strip()]):
                types[n] = kind
    count = {}

    def rename(match):
        name = match[0]
        if name not in types or types[name] not in SCALARS:
            return name
        if name not in count:
            count[name] = f"{types[name]}_{sum(k.startswith(types[name] + '_') for k in count.values()) % 9}"
        return count[name]

    for line in re.split(r"[;\n]", re.sub(r"//.*", "", text)):
        line = line.strip().lstrip("{ ").strip()
        if line.startswith(".") or not re.match(r"(@!?[%\w]+\s+)?[a-z]\w*[. ]", line) or ":" in line.split(" ")[0]:
            continue
        count.clear()
        line = re.sub(r"(?<![\w.])%?[A-Za-z_$][\w$]*", rename, line)
        seen.append(line)
    return seen


def seeds(folder):
    """Distinct statements: of the tables by opcode and kinds of operands."""
    found = {}
    for path in sorted(folder.glob("*.txt")):
        template = None
        for line in path.read_text().splitlines():
            if line.startswith("== "):
                template = line[3:]
            elif line.startswith("types ") and template:
                regs = ""
                for item in line.split()[1:]:
                    name, kind = item.split(":")
                    kind = {"f16": "b16", "bf16": "b16"}.get(kind, kind)
                    template = template.replace("{%s}" % name, "%z" + name)
                    regs += f".reg .{kind} %z{name};\n"
                for s in statements(regs + re.sub(r"(\.reg[^;]*;)", r"\n\1\n", template)):
                    found.setdefault(re.sub(r"_\d", "", s), s)
    for path in sorted((ROOT / "bench/ptx").glob("*.ptx")):
        for s in statements(path.read_text()):
            found.setdefault(re.sub(r"_\d", "", s), s)
    for s in MORE.strip().splitlines():
        found.setdefault(re.sub(r"_\d", "", s), s)
    return sorted(found.values())


MORE = """
bra LBL
bra.uni LBL
call (b32_0), fn, (b32_1)
call.uni (b32_0), fn, (b32_1)
ret
exit
trap
brkpt
ld.param.u64 u64_0, [prm]
ld.param.v2.u32 {u32_0, u32_1}, [prm+8]
ld.const.v4.f32 {f32_0, f32_1, f32_2, f32_3}, [cv+16]
ld.volatile.global.u32 u32_0, [u64_0]
ld.relaxed.gpu.global.u32 u32_0, [u64_0]
ld.acquire.sys.u32 u32_0, [u64_0]
ld.global.nc.v4.u32 {u32_0, u32_1, u32_2, u32_3}, [u64_0]
st.release.cta.shared.u32 [sv], u32_0
st.global.v4.f32 [u64_0], {f32_0, f32_1, f32_2, f32_3}
ld.global.nc.L1::no_allocate.L2::128B.u32 u32_0, [u64_0]
ld.global.L2::cache_hint.b32 b32_0, [u64_0], b64_1
st.global.L2::cache_hint.b32 [u64_0], b32_0, b64_1
ld.global.b128 b128_0, [u64_0]
prefetch.global.L2 [u64_0]
prefetchu.L1 [u64_0]
discard.global.L2 [u64_0], 128
applypriority.global.L2::evict_normal [u64_0], 128
createpolicy.fractional.L2::evict_last.b64 b64_0, 1.0
createpolicy.range.global.L2::evict_last.L2::evict_unchanged.b64 b64_0, [u64_0], 32, 64
cvta.to.global.u64 u64_0, u64_1
cvta.global.u64 u64_0, gv
cvta.shared.u64 u64_0, sv
isspacep.global pred_0, u64_0
cp.async.ca.shared.global [sv], [u64_0], 16
cp.async.ca.shared.global [b32_0], [u64_0], 8, 4
cp.async.cg.shared.global [b32_0], [u64_0], 16, b32_1
cp.async.cg.shared.global.L2::128B [b32_0], [u64_0], 16, pred_0
cp.async.commit_group
cp.async.wait_group 2
cp.async.wait_all
cp.async.mbarrier.arrive.noinc.shared.b64 [b32_0]
cp.async.bulk.shared::cluster.global.mbarrier::complete_tx::bytes [sv], [u64_0], 16, [sv+64]
cp.async.bulk.global.shared::cta.bulk_group [u64_0], [sv], 16
cp.async.bulk.shared::cluster.shared::cta.mbarrier::complete_tx::bytes [b32_0], [sv], b32_1, [sv+64]
cp.reduce.async.bulk.global.shared::cta.bulk_group.add.f32 [u64_0], [sv], 16
cp.reduce.async.bulk.global.shared::cta.bulk_group.min.s64 [u64_0], [sv], 16
cp.async.bulk.prefetch.L2.global [u64_0], 16
cp.async.bulk.commit_group
cp.async.bulk.wait_group 0
cp.async.bulk.wait_group.read 1
cp.async.bulk.tensor.2d.shared::cluster.global.tile.mbarrier::complete_tx::bytes [sv], [u64_0, {b32_0, b32_1}], [sv+64]
cp.async.bulk.tensor.1d.shared::cluster.global.mbarrier::complete_tx::bytes [sv], [u64_0, {b32_0}], [sv+64]
cp.async.bulk.tensor.4d.shared::cluster.global.im2col.mbarrier::complete_tx::bytes [sv], [u64_0, {b32_0, b32_1, b32_2, b32_3}], [sv+64], {b16_0, b16_1}
cp.async.bulk.tensor.2d.global.shared::cta.bulk_group [u64_0, {b32_0, b32_1}], [sv]
cp.async.bulk.tensor.3d.global.shared::cta.im2col_no_offs.bulk_group [u64_0, {b32_0, b32_1, b32_2}], [sv]
cp.reduce.async.bulk.tensor.2d.global.shared::cta.add.tile.bulk_group [u64_0, {b32_0, b32_1}], [sv]
cp.async.bulk.prefetch.tensor.2d.L2.global.tile [u64_0, {b32_0, b32_1}]
mbarrier.init.shared.b64 [sv], 32
mbarrier.init.b64 [u64_0], b32_0
mbarrier.inval.shared.b64 [sv]
mbarrier.arrive.shared.b64 b64_0, [sv]
mbarrier.arrive.shared.b64 b64_0, [sv], 2
mbarrier.arrive.expect_tx.shared::cta.b64 b64_0, [sv], 64
mbarrier.arrive.expect_tx.release.cta.shared::cta.b64 _, [sv], b32_0
mbarrier.arrive.noComplete.shared.b64 b64_0, [sv], 1
mbarrier.arrive_drop.shared.b64 b64_0, [sv]
mbarrier.expect_tx.relaxed.cta.shared::cta.b64 [sv], 64
mbarrier.complete_tx.relaxed.cta.shared::cta.b64 [sv], 64
mbarrier.test_wait.shared.b64 pred_0, [sv], b64_0
mbarrier.try_wait.parity.shared::cta.b64 pred_0, [sv], b32_0
mbarrier.try_wait.parity.shared::cta.b64 pred_0, [sv], b32_0, 1000
mbarrier.pending_count.b64 b32_0, b64_0
fence.mbarrier_init.release.cluster
fence.proxy.async
fence.proxy.async.shared::cta
fence.acq_rel.gpu
fence.sc.sys
membar.gl
membar.cta
bar.sync 0
bar.sync 1, 64
barrier.sync b32_0, b32_1
barrier.cta.sync.aligned 0
bar.arrive 1, 64
bar.red.popc.u32 u32_0, 0, pred_0
bar.red.and.pred pred_0, 0, 64, !pred_1
bar.warp.sync -1
barrier.cluster.arrive
barrier.cluster.wait.acquire
elect.sync b32_0|pred_0, -1
activemask.b32 b32_0
nanosleep.u32 100
griddepcontrol.wait
griddepcontrol.launch_dependents
setmaxnreg.inc.sync.aligned.u32 232
mapa.u64 u64_0, u64_1, b32_0
getctarank.u32 u32_0, u64_0
istypep.texref pred_0, u64_0
alloca.u64 u64_0, 64, 16
stacksave.u64 u64_0
stackrestore.u64 u64_0
pmevent 1
ldmatrix.sync.aligned.m8n8.x4.shared.b16 {b32_0, b32_1, b32_2, b32_3}, [sv]
ldmatrix.sync.aligned.m8n8.x2.trans.shared.b16 {b32_0, b32_1}, [b32_2]
stmatrix.sync.aligned.m8n8.x4.shared.b16 [sv], {b32_0, b32_1, b32_2, b32_3}
mma.sync.aligned.m16n8k16.row.col.f32.f16.f16.f32 {f32_0, f32_1, f32_2, f32_3}, {b32_0, b32_1, b32_2, b32_3}, {b32_4, b32_5}, {f32_0, f32_1, f32_2, f32_3}
mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {f32_0, f32_1, f32_2, f32_3}, {b32_0, b32_1, b32_2, b32_3}, {b32_4, b32_5}, {f32_0, f32_1, f32_2, f32_3}
mma.sync.aligned.m16n8k16.row.col.f16.f16.f16.f16 {b32_0, b32_1}, {b32_0, b32_1, b32_2, b32_3}, {b32_4, b32_5}, {b32_6, b32_7}
mma.sync.aligned.m8n8k4.row.col.f64.f64.f64.f64 {f64_0, f64_1}, {f64_2}, {f64_3}, {f64_4, f64_5}
mma.sync.aligned.m16n8k32.row.col.satfinite.s32.s8.u8.s32 {s32_0, s32_1, s32_2, s32_3}, {b32_0, b32_1, b32_2, b32_3}, {b32_4, b32_5}, {s32_0, s32_1, s32_2, s32_3}
mma.sp.sync.aligned.m16n8k32.row.col.f32.f16.f16.f32 {f32_0, f32_1, f32_2, f32_3}, {b32_0, b32_1, b32_2, b32_3}, {b32_4, b32_5, b32_6, b32_7}, {f32_0, f32_1, f32_2, f32_3}, b32_8, 0
mma.sp::ordered_metadata.sync.aligned.m16n8k16.row.col.f32.bf16.bf16.f32 {f32_0, f32_1, f32_2, f32_3}, {b32_0, b32_1}, {b32_4, b32_5}, {f32_0, f32_1, f32_2, f32_3}, b32_8, 3
mma.sp.sync.aligned.m16n8k64.row.col.s32.s8.u8.s32 {s32_0, s32_1, s32_2, s32_3}, {b32_0, b32_1, b32_2, b32_3}, {b32_4, b32_5, b32_6, b32_7}, {s32_0, s32_1, s32_2, s32_3}, b32_8, 0
mma.sp.sync.aligned.m16n8k16.row.col.f32.tf32.tf32.f32 {f32_0, f32_1, f32_2, f32_3}, {b32_0, b32_1, b32_2, b32_3}, {b32_4, b32_5, b32_6, b32_7}, {f32_0, f32_1, f32_2, f32_3}, b32_8, 0
mma.sp.sync.aligned.m16n8k64.row.col.s32.s4.u4.s32 {s32_0, s32_1, s32_2, s32_3}, {b32_0, b32_1}, {b32_4, b32_5}, {s32_0, s32_1, s32_2, s32_3}, b32_8, 1
wmma.load.a.sync.aligned.row.m16n16k16.global.f16 {b32_0, b32_1, b32_2, b32_3, b32_4, b32_5, b32_6, b32_7}, [u64_0], 16
wmma.load.c.sync.aligned.row.m16n16k16.shared.f32 {f32_0, f32_1, f32_2, f32_3, f32_4, f32_5, f32_6, f32_7}, [sv], b32_0
wmma.store.d.sync.aligned.row.m16n16k16.global.f32 [u64_0], {f32_0, f32_1, f32_2, f32_3, f32_4, f32_5, f32_6, f32_7}, 16
wgmma.fence.sync.aligned
wgmma.commit_group.sync.aligned
wgmma.wait_group.sync.aligned 0
wgmma.mma_async.sync.aligned.m64n8k16.f32.f16.f16 {f32_0, f32_1, f32_2, f32_3}, b64_0, b64_1, 1, 1, 1, 0, 0
wgmma.mma_async.sync.aligned.m64n8k32.s32.s8.s8 {s32_0, s32_1, s32_2, s32_3}, b64_0, b64_1, pred_0
wgmma.mma_async.sp.sync.aligned.m64n8k32.f32.f16.f16 {f32_0, f32_1, f32_2, f32_3}, b64_0, b64_1, b32_0, 0, 1, 1, 1, 0, 0
atom.global.add.f32 f32_0, [u64_0], f32_1
atom.global.cas.b128 b128_0, [u64_0], b128_1, b128_2
atom.add.noftz.f16x2 b32_0, [u64_0], b32_1
atom.global.v2.f32.add {f32_0, f32_1}, [u64_0], {f32_2, f32_3}
atom.acq_rel.gpu.global.cas.b32 b32_0, [u64_0], b32_1, b32_2
red.global.add.u64 [u64_0], u64_1
red.async.relaxed.cluster.shared::cluster.mbarrier::complete_tx::bytes.add.u32 [b32_0], u32_0, [b32_1]
st.async.shared::cluster.mbarrier::complete_tx::bytes.b32 [b32_0], b32_1, [b32_2]
multimem.ld_reduce.relaxed.gpu.global.add.f32 f32_0, [u64_0]
vote.sync.ballot.b32 b32_0, pred_0, -1
shfl.sync.bfly.b32 b32_0|pred_0, b32_1, 1, 31, -1
match.all.sync.b32 b32_0|pred_0, b32_1, -1
redux.sync.add.s32 s32_0, s32_1, -1
mov.b128 b128_0, {b64_0, b64_1}
mov.b64 b64_0, {b32_0, b32_1}
mov.b64 {b32_0, b32_1}, b64_0
mov.b32 b32_0, {b16_0, b16_1}
mov.b32 b32_0, {b8_0, b8_1, b8_2, b8_3}
mov.u64 u64_0, gv
mov.u64 u64_0, prm
mov.u64 u64_0, fn
mov.u32 u32_0, %tid.x
mov.u64 u64_0, %clock64
mov.v4.u32 v4f32_0, %tid
cvt.pack.sat.u8.s32.b32 b32_0, s32_1, s32_2, b32_3
setp.lt.and.f32 pred_0|pred_1, f32_0, f32_1, !pred_2
"""


class Unclear(Exception):
    """ptxas does not say what it refuses."""


class Batch:
    """Statements of one module, a line each; which of them are refused."""

    def __init__(self, options, folder):
        self.options, self.path = options, folder / "k.ptx"
        self.head = HEAD.format(version=options.version, target=options.target) + declarations()

    def refused(self, texts, run):
        """Message by index; run() gives (line, message) pairs of one pass."""
        bad, left = {}, dict(enumerate(texts))
        while left:
            lines, owner = self.head.split("\n")[:-1], {}
            for i, text in left.items():
                lines.append(text + ";")
                owner[len(lines)] = i
            self.path.write_text("\n".join(lines) + "\nLBL: ret;\n}\n")
            # Some are told at the line before or behind.
            given = [(min(owner, key=lambda line: abs(line - n)), m) for n, m in run()]
            if not given:
                break
            found = {owner[n]: m for n, m in reversed(given)}
            bad |= found
            left = {i: t for i, t in left.items() if i not in found}
        return bad

    def ours(self):
        done = subprocess.run([self.options.binary, "compile", str(self.path), "--emit", "ir"],
                              stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, timeout=60)
        if done.returncode not in (0, 1):
            print("our reader ended with", done.returncode, "on", self.path)
            sys.exit(2)
        found = re.findall(r"^\S*?:(\d+):\d+: error: (.*)", done.stderr, re.M)
        # What stands behind a brace too many is not to blame.
        found = [f for f in found if "expected a directive" not in f[1]] or found
        if done.returncode and not found:
            print("no line:", done.stderr[:500])
        return [(int(n), m) for n, m in found]

    def theirs(self):
        done = subprocess.run([self.options.ptxas, "-arch", self.options.target, "-O0", "-o", "/dev/null",
                               str(self.path)], capture_output=True, text=True, timeout=120)
        text = done.stdout + done.stderr
        found = re.findall(r"line (\d+); *(?:error|fatal) *:? *(.*)", text)
        if done.returncode and not found:
            found = [(n, "32-bit address") for n in re.findall(r"32-bit address on line '(\d+)'", text)]
        if done.returncode and not found:
            raise Unclear  # it crashed
        return [(int(n), m) for n, m in found]


def changed(rng, text, words):
    """The statement, changed in one place."""
    match = re.match(r"(@!?\S+\s+)?(\S+)\s*(.*)$", text)
    guard, opcode, args = match[1] or "", match[2], split(match[3])
    parts = opcode.split(".")
    kind = rng.randrange(20)
    if kind < 3 and args:  # another register
        i = rng.randrange(len(args))
        args[i] = rng.choice(SCALARS) + "_" + rng.choice("012")
    elif kind < 5 and args:
        args[rng.randrange(len(args))] = rng.choice(CONSTANTS)
    elif kind < 6 and args:
        args[rng.randrange(len(args))] = rng.choice(NAMES)
    elif kind < 8 and args:
        where = [i for i, a in enumerate(args) if a.startswith("[")] or range(len(args))
        args[rng.choice(list(where))] = rng.choice(ADDRESSES)
    elif kind < 9 and args:
        t = rng.choice(SCALARS)
        args[rng.randrange(len(args))] = "{" + ", ".join(f"{t}_{k % 9}" for k in range(rng.choice((1, 2, 3, 4, 8)))) + "}"
    elif kind < 11 and any(a.startswith("{") for a in args):  # inside a list
        i = rng.choice([i for i, a in enumerate(args) if a.startswith("{")])
        inner = split(args[i][1:-1])
        k = rng.randrange(len(inner))
        what = rng.randrange(4)
        if what == 0:
            inner[k] = rng.choice(SCALARS) + "_0"
        elif what == 1:
            inner[k] = rng.choice(CONSTANTS + NAMES)
        elif what == 2:
            del inner[k]
        else:
            inner.insert(k, inner[k])
        args[i] = "{" + ", ".join(inner) + "}"
    elif kind < 12 and args:
        what = rng.randrange(3)
        i = rng.randrange(len(args))
        if what == 0:
            del args[i]
        elif what == 1:
            args.insert(i, args[i])
        else:
            args.append(rng.choice(("pred_0", "b32_0", "b64_0", "1", "!pred_1", "-1")))
    elif kind < 13:
        guard = rng.choice(GUARDS)
    elif kind < 14 and args:
        i = rng.randrange(len(args))
        args[i] = rng.choice((args[i] + "|pred_3", "!" + args[i], "-" + args[i], args[i] + ".x", args[i] + ".b0",
                              args[i] + "|_", "_|pred_2", args[i] + "+1"))
    elif kind < 16 and len(parts) > 1:
        k = rng.randrange(1, len(parts))
        what = rng.randrange(4)
        if what == 0:
            del parts[k]
        elif what == 1:
            parts.insert(k, parts[k])
        elif what == 2:
            j = rng.randrange(1, len(parts))
            parts[k], parts[j] = parts[j], parts[k]
        else:
            parts.insert(k, rng.choice(words))
    elif len(parts) > 1:
        k = rng.randrange(1, len(parts))
        if rng.random() < 0.6 and parts[k] in SCALARS:
            parts[k] = rng.choice(SCALARS)
        else:
            parts[k] = rng.choice(words)
    return (guard + ".".join(parts) + " " + ", ".join(args)).strip()


def kind_of(text):
    """What makes two differences one: opcode and words."""
    return re.sub(r"@!?\S+\s+", "", text).split(" ")[0].split(".")[0]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary")
    parser.add_argument("--count", type=int, default=20000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--target", default="sm_90a")
    parser.add_argument("--version", default="8.7")
    parser.add_argument("--only", default="")
    parser.add_argument("--ptxas", default="ptxas")
    parser.add_argument("--most", type=int, default=1000, help="differences to print")
    options = parser.parse_args()
    rng = random.Random(options.seed)
    words = re.findall(r'^MOD\(\w+, "\.([\w:]+)"', (ROOT / "src/ir/reader/modifiers.def").read_text(), re.M)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        subprocess.run([sys.executable, "-B", str(ROOT / "tools/conformance"), str(folder)], check=True,
                       stdout=subprocess.DEVNULL)
        base = [s for s in seeds(folder) if s.startswith(options.only)]
        batch = Batch(options, folder)
        differ, agreed = {}, collections.Counter()
        done = 0
        while done < options.count:
            texts = []
            while len(texts) < BATCH:
                text = rng.choice(base)
                for _ in range(rng.choice((0, 1, 1, 1, 1, 2))):
                    text = changed(rng, text, words)
                texts.append(text)
            done += len(texts)
            try:
                ours, theirs = batch.refused(texts, batch.ours), batch.refused(texts, batch.theirs)
            except Unclear:
                agreed["unclear"] += len(texts)
                continue
            for i, text in enumerate(texts):
                if (i in ours) == (i in theirs):
                    agreed["both refuse" if i in ours else "both take"] += 1
                else:
                    differ[text] = ("ptxas takes", ours[i]) if i in ours else ("we take", theirs[i])
        # Each once more by itself: neighbours can be blamed for each other.
        for text in list(differ):
            try:
                ours, theirs = batch.refused([text], batch.ours), batch.refused([text], batch.theirs)
            except Unclear:
                continue
            if bool(ours) == bool(theirs):
                del differ[text]
            else:
                differ[text] = ("ptxas takes", ours[0]) if ours else ("we take", theirs[0])
    for side in ("ptxas takes", "we take"):
        found = sorted((t for t, d in differ.items() if d[0] == side), key=lambda t: (kind_of(t), len(t), t))
        print(f"-- {side}: {len(found)}")
        for text in found[:options.most]:
            print(f"{text}\n      {differ[text][1]}")
    print(f"{len(base)} statements to begin with, {done} changed: {dict(agreed)}, "
          f"{len(differ)} differ (seed {options.seed})")
    return 1 if any(d[0] == "ptxas takes" for d in differ.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
