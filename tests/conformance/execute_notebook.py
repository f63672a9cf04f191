"""Executes a notebook with nbclient and the installed kernelspec: python3 execute_notebook.py NOTEBOOK FOLDER

The kernel runs in FOLDER.

Ends with the line "passed P failed F skipped S", where a cell counts as a test.
"""

import sys

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

path, folder = sys.argv[1:]
notebook = nbformat.read(path, as_version=4)
cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
client = NotebookClient(
    notebook,
    kernel_name="dials",
    timeout=600,
    resources={"metadata": {"path": folder}},
)
failed = 0
try:
    client.execute()
except CellExecutionError as error:
    print(error)
    failed = 1
nbformat.validate(notebook)
ran = sum(cell.execution_count is not None for cell in cells)
print(f"passed {ran - failed} failed {failed} skipped {len(cells) - ran}")
sys.exit(1 if failed or ran < len(cells) else 0)
