#!/usr/bin/env python3
"""Prints `passed failed skipped` of a results file: count_results.py FILE EXIT_STATUS.

FILE is GoogleTest's --gtest_output=json or the golden runner's --json. An exit status that is not 0
without a failure in the file (a crash at the end) is one failure more. Exit 1: no readable file."""

import json
import sys


def gtest(data):
    failed = skipped = passed = 0
    for suite in data["testsuites"]:
        for test in suite["testsuite"]:
            if test.get("failures"):
                failed += 1
            elif test["result"] == "SKIPPED" or test["status"] == "NOTRUN":
                skipped += 1
            else:
                passed += 1
    return passed, failed, skipped


def main():
    try:
        with open(sys.argv[1]) as file:
            data = json.load(file)
    except (OSError, ValueError):
        sys.exit(1)
    if "testsuites" in data:
        passed, failed, skipped = gtest(data)
    else:
        passed, failed, skipped = data["passed"], data["failed"], data["skipped"]
    if int(sys.argv[2]) != 0 and failed == 0:
        failed = 1
    print(passed, failed, skipped)


if __name__ == "__main__":
    main()
