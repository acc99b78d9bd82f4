// SPDX-License-Identifier: BSD-2-Clause
// dso.cpp: which library a destructor is of, in a program that has none.
extern "C" {
__attribute__((visibility("hidden"))) void *__dso_handle = nullptr;
}
