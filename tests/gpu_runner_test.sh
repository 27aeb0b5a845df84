#!/usr/bin/env bash
# What tools/on_gpu.sh runs on a chip, here on a driver that is our engine (tests/fake_cuda): the
# conformance tables, generated programs and an example, as files; that a wrong bit is noticed; that
# without a driver it is said; that ptxas takes the PTX where there is one.
#   tests/gpu_runner_test.sh BUILD_DIR
set -uo pipefail
build=$(cd "$1" && pwd) || exit 2
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

# step NAME COMMAND...: one line about one step; what it printed only if it failed.
step() {
  local name=$1
  shift
  if "$@" >"$work/log" 2>&1; then
    echo "$name: ok"
  else
    echo "$name: FAILED"
    tail -30 "$work/log"
    failed=1
  fi
}

runner=$build/gpu_runner
on_engine() { LD_LIBRARY_PATH=$build/fake_cuda "$runner" "$@"; }

# Expects exit status 1 and a line with the text.
notices() {
  local text=$1 status
  shift
  WARPSMITH_FAKE_CUDA=wrong on_engine "$@" >"$work/wrong"
  status=$?
  cat "$work/wrong"
  [[ $status -eq 1 ]] && grep -q "$text" "$work/wrong"
}

without_driver() {
  WARPSMITH_HIDE=cuda "$runner" --tables "$work" nowhere/naive | grep -q '^no device: '
}
step "without a driver" without_driver

dump() {
  "$build/ws_referee" --language "$1" --from 1 --count 25 --dump "$work/generated"
}
step "dumping programs in CUDA" dump cuda
step "dumping programs in PTX" dump ptx
generated() {
  on_engine --generated "$work/generated" | tee "$work/generated.out" &&
    grep -q '^generated programs: 50 of 50 the same bit for bit' "$work/generated.out"
}
step "generated programs" generated
step "a wrong bit in generated programs" notices '0 of 50 the same' --generated "$work/generated"

# A few tables are enough for the runner; the test `Conformance` runs all of them on the engine.
mkdir "$work/tables"
cp "$build"/conformance/{carry,approx,lanes,atomics,control}.txt "$work/tables"
tables() {
  on_engine --tables "$work/tables" | tee "$work/tables.out" &&
    grep -Eq '^all +[0-9]+ +[0-9]+ +0 +0$' "$work/tables.out"
}
step "tables" tables
step "a wrong bit in tables" notices '^differs: ' --tables "$work/tables"

example() {
  "$build/warpsmith" run examples/softmax/naive.cu --dump-launches "$work/softmax/naive" &&
    echo "1 2" >"$work/softmax/naive/modelled.txt" &&
    on_engine --samples 3 "$work/softmax/naive" | tee "$work/example.out" &&
    grep -q 'softmax .*bit for bit' "$work/example.out"
}
step "an example" example

assemble() {
  local file
  for file in "$work"/tables/*.txt; do
    "$runner" --print "$file" >"$work/table.ptx"
    "$1" -arch=sm_90 -O0 -o /dev/null "$work/table.ptx" || { echo "$file"; return 1; }
  done
  for file in "$work"/generated/*/kernels.ptx "$work"/softmax/naive/*/kernels.ptx; do
    "$1" -arch=sm_90 -o /dev/null "$file" || { echo "$file"; return 1; }
  done
}
ptxas=$(command -v ptxas || ls /usr/local/cuda/bin/ptxas 2>/dev/null)
if [[ ,${WARPSMITH_HIDE:-}, == *,ptxas,* || -z $ptxas ]]; then
  echo "assembling: skipped: ptxas was not found"
else
  step "assembling" assemble "$ptxas"
fi
exit $failed
