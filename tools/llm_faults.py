#!/usr/bin/env python3
"""Searches with a language model that misbehaves, replays each search without a network, and prints a
table.

  tools/llm_faults.py [--binary build/release/warpsmith] [--budget N] [FAULT...]

A server on this machine stands for the model: every third answer has the fault, the others are right
programs. A replay has to give the same attempts and the same best.cu, and no file, log or report may
hold the key. Exit status 1 if one does not.
"""
import argparse
import http.server
import json
import os
import pathlib
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
KEY = "sk-never-to-be-seen-4711"
NAIVE = (ROOT / "examples/transpose/naive.cu").read_text()

HOSTILE = [
    "#include <cstdlib>\nvoid launch(float* y, const float* x, int rows, int cols) "
    '{ system("touch /tmp/owned"); }',
    NAIVE.replace("{", "{ for (;;) {}", 1),
    "void launch(float* y, const float* x, int rows, int cols) { launch(y, x, rows, cols); }",
    "void launch(float* y, const float* x, int rows, int cols) "
    "{ for (;;) { void* p; cudaMalloc(&p, 1ull << 40); } }",
    "#define A A A\n#include \"/etc/passwd\"\nint x[1ull << 60];",
    NAIVE.replace("[", "[1000000000 + ", 1),
    "(" * 100000,
    "\x00\x01\xff" * 1000,
]


def completion(text):
    return json.dumps({"choices": [{"message": {"role": "assistant", "content": text},
                                    "finish_reason": "stop"}],
                       "usage": {"prompt_tokens": 100, "completion_tokens": 50}}).encode()


def right(n):
    """A right program, another one for every n."""
    return "Here it is:\n```cuda\n" + NAIVE + f"\n__device__ int unused_{n};\n```\n"


# name -> what the server does with its nth faulty request: (status, body, delay in s, bytes sent)
FAULTS = {
    "none": lambda n: (200, completion(right(1000 + n)), 0, None),
    "slow": lambda n: (200, completion(right(1000 + n)), 3, None),
    "cut off": lambda n: (200, completion(right(1000 + n)), 0, 60),
    "malformed": lambda n: (200, b'{"choices": [{"mess', 0, None),
    "no program": lambda n: (200, completion("I would rather not."), 0, None),
    "empty": lambda n: (200, b"", 0, None),
    "429": lambda n: (429, b'{"error": {"message": "slow down"}}', 0, None),
    "500": lambda n: (500, b"oops", 0, None),
    "key repeated": lambda n: (200, completion(right(n) + f"\nYour key is {KEY}."), 0, None),
    "hostile code": lambda n: (200, completion(f"```\n{HOSTILE[n % len(HOSTILE)]}\n```"), 0, None),
}


class Model(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, fault):
        super().__init__(("127.0.0.1", 0), Handler)
        self.fault, self.requests, self.faults, self.lock = fault, 0, 0, threading.Lock()


class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        with self.server.lock:
            n = self.server.requests
            self.server.requests += 1
            bad = n % 3 == 2
            self.server.faults += bad
            faults = self.server.faults
        status, body, delay, sent = self.server.fault(faults) if bad else (
            200, completion(right(n)), 0, None)
        time.sleep(delay)
        self.send_response(status)
        if status == 429:
            self.send_header("Retry-After", "0")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        try:
            self.wfile.write(body[:sent])
        except BrokenPipeError:
            pass
        if sent is not None:
            self.close_connection = True

    def log_message(self, *_):
        pass


def attempts(folder):
    rows = sqlite3.connect(folder / "run.sqlite").execute(
        "SELECT sequence, proposer, technique, parameters, parent, child, outcome FROM attempt "
        "ORDER BY sequence").fetchall()
    return rows


def optimise(args, folder, more, environment):
    done = subprocess.run(
        [args.binary, "optimize", "examples/transpose", "--proposer", "llm", "--kb", "none",
         "--budget", str(args.budget), "-o", folder, *more],
        cwd=ROOT, capture_output=True, text=True, timeout=600,
        env={k: v for k, v in os.environ.items() if "LLM" not in k and "OPENAI" not in k} | environment)
    return done


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--binary", default=ROOT / "build/release/warpsmith", type=pathlib.Path)
    parser.add_argument("--budget", default=12, type=int)
    parser.add_argument("faults", nargs="*", metavar="FAULT", help=", ".join(FAULTS))
    args = parser.parse_args()
    bad = 0
    print("| every third answer | status | requests | candidates | accepted | seconds | replay | key |")
    print("|---|---|---|---|---|---|---|---|")
    for name in args.faults or FAULTS:
        with tempfile.TemporaryDirectory() as work, Model(FAULTS[name]) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            run, again = pathlib.Path(work) / "run", pathlib.Path(work) / "again"
            begin = time.time()
            first = optimise(args, run, [], {
                "WARPSMITH_LLM_URL": f"http://127.0.0.1:{server.server_address[1]}/v1",
                "WARPSMITH_LLM_MODEL": "model", "WARPSMITH_LLM_KEY": KEY})
            seconds = time.time() - begin
            server.shutdown()
            second = optimise(args, again, ["--replay", run], {})
            rows = attempts(run)
            same = (rows == attempts(again) and first.returncode == second.returncode and
                    (run / "best.cu").read_bytes() == (again / "best.cu").read_bytes())
            said = first.stdout + first.stderr + second.stdout + second.stderr
            seen = KEY in said or any(KEY.encode() in f.read_bytes()
                                      for folder in (run, again) for f in folder.rglob("*") if f.is_file())
            accepted = sum(row[-1] == "accepted" for row in rows)
            print(f"| {name} | {first.returncode} | {server.requests} | {len(rows)} | {accepted} | "
                  f"{seconds:.1f} | {'the same' if same else 'DIFFERS'} | "
                  f"{'SEEN' if seen else 'in no file'} |", flush=True)
            if not same or seen or first.returncode not in (0, 1, 3):
                bad += 1
                print(first.stderr[-2000:], second.stderr[-2000:], file=sys.stderr)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
