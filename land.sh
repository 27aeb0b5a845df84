#!/bin/bash
# usage: land.sh "message" [gtest filter]
set -e
cd /work/wt/lift
clang-format -i $(git diff --name-only HEAD -- 'src/nest/*.cc' 'src/nest/*.h' | grep -v program.h; git ls-files -o --exclude-standard src/nest | grep -E '\.(h|cc)$') 2>/dev/null || true
git add -A src tests examples docs
git commit -qm "$1" || true
git fetch -q . ; git rebase main | tail -1
ninja -C build/dev ws_test_nest | tail -1
build/dev/ws_test_nest | tail -2
python3 tools/check_layers.py src layers.txt
cd /work/main && git merge --ff-only lift | tail -1
