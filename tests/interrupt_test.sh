#!/usr/bin/env bash
# Interrupts `warpsmith optimize` with SIGINT and SIGTERM: what stands is written, the exit status is
# what shells expect, and --resume goes on.
#   tests/interrupt_test.sh BINARY
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
binary=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0
fail() { echo "$*"; failed=1; }

# The number of attempts that a run has recorded.
recorded() {
  python3 - "$1/run.sqlite" <<'PY' 2>/dev/null || echo 0
import sqlite3, sys
print(sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
      .execute("SELECT count(*) FROM attempt").fetchone()[0])
PY
}

for signal in INT TERM; do
  run=$work/$signal
  command=("$binary" optimize examples/transpose --budget 100000 --kb none -o "$run")
  # Without job control a shell starts background jobs with SIGINT ignored; env sets it right.
  env --default-signal=INT "${command[@]}" >"$run.out" 2>"$run.err" &
  pid=$!
  for ((i = 0; i < 600; i++)); do
    [[ $(recorded "$run") -ge 3 ]] && break
    sleep 0.1
  done
  kill -s "$signal" "$pid"
  wait "$pid"
  status=$?
  [[ $status -eq $((128 + $(kill -l "$signal"))) ]] || fail "SIG$signal: exit status $status"
  [[ -s $run/best.cu && -s $run/report.html ]] || fail "SIG$signal: best.cu or report is missing"
  grep -q -- "--resume" "$run.err" || fail "SIG$signal: nothing about --resume: $(cat "$run.err")"
  before=$(recorded "$run")
  env --default-signal=INT "${command[@]}" --resume >/dev/null 2>"$run.err" &
  pid=$!
  for ((i = 0; i < 600; i++)); do
    [[ $(recorded "$run") -gt $before ]] && break
    sleep 0.1
  done
  kill -s "$signal" "$pid"
  wait "$pid"
  [[ $(recorded "$run") -gt $before ]] || fail "SIG$signal: --resume did not go on"
done

# A verb with nothing to save says in an object that it was interrupted.
env --default-signal=INT "$binary" check examples/sgemm --epsilon 0.00001 --json >"$work/check.json" 2>/dev/null &
pid=$!
sleep 2
kill -s INT "$pid"
wait "$pid"
status=$?
[[ $status -eq 130 ]] || fail "check: exit status $status"
grep -q '^{"error":"interrupted by SIGINT"}$' "$work/check.json" ||
  fail "check --json: $(cat "$work/check.json")"

# A run whose start was refused recorded no candidate: the next try in its folder starts afresh.
sed 's/x\[i\]/x[0]/' tests/golden/check/beside/scale.cu >"$work/wrong.cu"
command=("$binary" optimize tests/golden/check/beside --budget 2 --kb none -o "$work/refused")
"${command[@]}" --start "$work/wrong.cu" >/dev/null 2>"$work/err"
[[ $? -eq 1 ]] || fail "a wrong start: $(cat "$work/err")"
"${command[@]}" --resume >/dev/null 2>"$work/err" || fail "after a refused start: $(cat "$work/err")"
grep -q "starts afresh" "$work/err" || fail "nothing said of a fresh start: $(cat "$work/err")"
"${command[@]}" >/dev/null 2>"$work/err"
[[ $? -eq 2 ]] || fail "a run with candidates was overwritten"
exit $failed
