#!/usr/bin/env bash
# Kills `warpsmith optimize` with SIGKILL at random times and resumes it, again and again; the result
# must be that of a run that was left alone.
#   tools/crash_test.sh [KILLS] [BUDGET] [TASK] [BINARY]
# Defaults: 10 kills, 60 candidates, examples/softmax, build/release/warpsmith. Needs sqlite3 in
# Python. Exit status 0 if best program and attempt table agree.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
kills=${1:-10} budget=${2:-60} task=${3:-examples/softmax} binary=${4:-build/release/warpsmith}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Replaces the shell it runs in, so that a kill meets the program itself.
optimize() {
  local folder=$1
  shift
  exec "$binary" optimize "$task" --budget "$budget" --seed 7 --kb none -o "$work/$folder" "$@"
}

# The attempt table without times of day and costs.
table() {
  python3 - "$work/$1/run.sqlite" <<'PY'
import json, sqlite3, sys
rows = sqlite3.connect(sys.argv[1]).execute(
    "SELECT sequence, technique, parameters, parent, child, outcome, certificate, result, "
    "certification FROM attempt ORDER BY sequence").fetchall()
for row in rows:
    cells = list(row)
    for i in (7, 8):
        if cells[i]:
            verdict = json.loads(cells[i])
            verdict.pop("cost_ms", None)
            cells[i] = json.dumps(verdict, sort_keys=True)
    print(cells)
PY
}

echo "left alone: $budget candidates on $task"
begin=$(date +%s.%N)
(optimize whole >"$work/whole.txt" 2>/dev/null)
seconds=$(python3 -c "import sys; print(float(sys.argv[2]) - float(sys.argv[1]))" "$begin" "$(date +%s.%N)")
echo "took $seconds s"

failed=0
compare() {
  diff <(table whole) <(table killed) || { echo "the attempt tables differ"; failed=1; }
  cmp "$work/whole/best.cu" "$work/killed/best.cu" || { echo "the best programs differ"; failed=1; }
}

# Every kill meets a run at work: one that ends before is compared, and the next starts afresh.
done_kills=0
while ((done_kills < kills)); do
  resume=()
  [[ -f $work/killed/run.sqlite ]] && resume=(--resume)
  optimize killed "${resume[@]}" >/dev/null 2>"$work/killed.err" &
  pid=$!
  sleep "$(python3 -c "import random, sys; print(random.uniform(0.01, 0.6) * float(sys.argv[1]))" "$seconds")"
  if kill -9 "$pid" 2>/dev/null; then
    done_kills=$((done_kills + 1))
    wait "$pid" 2>/dev/null || true
    echo "kill $done_kills: $(table killed 2>/dev/null | wc -l) attempts recorded"
  else
    wait "$pid" || { cat "$work/killed.err"; exit 1; }
    compare
    echo "ended, same answer: $((1 - failed)); starting afresh"
    rm -rf "$work/killed"
  fi
done
(optimize killed --resume >"$work/killed.txt" 2>/dev/null)
compare
echo "$(table killed | wc -l) attempts, best $(sha256sum <"$work/killed/best.cu" | cut -c1-16)"
[[ $failed -eq 0 ]] && echo "same answer after $kills kills"
exit $failed
