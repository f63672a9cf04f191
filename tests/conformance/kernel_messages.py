"""Jupyter's own kernel tests against the installed kernelspec, with samples of TypeScript.

Ends with the line "passed P failed F skipped S".
"""

import sys
import unittest

import jupyter_kernel_test


class DialsKernelTests(jupyter_kernel_test.KernelTests):
    kernel_name = "dials"
    language_name = "typescript"
    file_extension = ".ts"

    code_hello_world = "console.log('hello, world')"
    code_stderr = "console.error('to stderr')"
    code_generate_error = "throw new Error('on purpose')"

    code_execute_result = [
        {"code": "6 * 7", "result": "42"},
        {"code": "const n: number = 2; n + 1", "result": "3"},
        {"code": "await Promise.resolve('text')", "result": '"text"'},
        {"code": "Deno.jupyter.html`<b>x</b>`", "mime": "text/html", "result": "<b>x</b>"},
    ]
    code_display_data = [
        {"code": "await Deno.jupyter.display({ 'text/html': 'x' }, { raw: true })", "mime": "text/html"},
        {"code": "await Deno.jupyter.display(Deno.jupyter.svg`<svg/>`)", "mime": "image/svg+xml"},
    ]
    code_clear_output = "await Deno.jupyter.broadcast('clear_output', { wait: false })"

    complete_code_samples = ["1", "const f = (x: number) => x", "for (const a of []) {\n}", "<b>x</b>"]
    incomplete_code_samples = ["function f() {", "const a = [", "`open", "1 +"]
    invalid_code_samples = ["let x = = 1", "}", "'open"]

    completion_samples = [
        {"text": "'text'.toUpp", "matches": {"toUpperCase"}},
        {"text": "Deno.readTextFi", "matches": {"readTextFile", "readTextFileSync"}},
        {"text": "import path from 'node:path'; path.joi", "matches": {"join"}},
        {"text": "import fs from 'node:fs/pro", "matches": {"node:fs/promises"}},
    ]
    code_inspect_sample = "Deno.readTextFile"

    code_page_something = "Deno.readTextFile?"

    supported_history_operations = ("tail", "range", "search")
    code_history_pattern = "6 ?*"


if __name__ == "__main__":
    suite = unittest.defaultTestLoader.loadTestsFromTestCase(DialsKernelTests)
    result = unittest.TextTestRunner(verbosity=2).run(suite)
    failed = len({str(test) for test, _ in result.failures + result.errors})
    skipped = len(result.skipped)
    print(f"passed {result.testsRun - failed - skipped} failed {failed} skipped {skipped}")
    sys.exit(1 if failed else 0)
