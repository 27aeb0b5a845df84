// From a task to what the search may know of it: the program to start from and features, never the
// task's name, its reference or its inputs.
#ifndef WARPSMITH_SEARCH_SUBJECT_H_
#define WARPSMITH_SEARCH_SUBJECT_H_

#include <map>
#include <string>

#include "base/result.h"
#include "know/attempt.h"
#include "search/proposer.h"
#include "task/task.h"

namespace ws::search {

// Compiles and lifts `source`; `file_name` is for messages. A source that does not compile or
// cannot be lifted gives a subject that says why.
Subject MakeSubject(const task::Task& task, const std::string& source, const std::string& file_name,
                    const std::string& arch);

know::Context MakeContext(const task::Task& task, const Subject& subject);

// A hash over everything a result depends on in a task's description, which its name and folder are
// not, and the texts of its files (below) are not.
std::string TaskHash(const task::Task& task);

// Name (relative to the task's folder) and hash of every file that a result depends on: reference,
// baseline, start, what these include "by name", and data of inputs. Of sources, white space and
// comments do not count.
std::map<std::string, std::string> FileHashes(const task::Task& task, const std::string& start_file,
                                              const std::string& start);

}  // namespace ws::search

#endif  // WARPSMITH_SEARCH_SUBJECT_H_
