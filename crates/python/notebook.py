"""Runs a notebook from its first cell to its last with this very Python; fails where a cell does.

    python notebook.py NOTEBOOK FOLDER

FOLDER gets the notebook with its output, as a page.
"""

import json
import sys
import time
from pathlib import Path

import nbformat
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbconvert import HTMLExporter


def main() -> None:
    path, folder = Path(sys.argv[1]).resolve(), Path(sys.argv[2])
    # A kernel of this Python, whatever others are installed.
    kernel = folder / "kernels" / "dateline"
    kernel.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    (kernel / "kernel.json").write_text(json.dumps({"argv": command, "display_name": "Dateline", "language": "python"}))
    manager = KernelSpecManager(kernel_dirs=[str(folder / "kernels")], ensure_native_kernel=False)

    notebook = nbformat.read(path, as_version=4)
    if any(cell.get("outputs") for cell in notebook.cells):
        sys.exit(f"{path.name}: is kept with output: clear it before it is committed")
    start = time.perf_counter()
    # By sockets under a path of its own: a relative one would be another for the kernel, which runs where the notebook lies.
    ip = str(folder.resolve() / "kernel")
    km = AsyncKernelManager(kernel_name="dateline", kernel_spec_manager=manager, transport="ipc", ip=ip)
    client = NotebookClient(notebook, km=km, timeout=300, startup_timeout=300, resources={"metadata": {"path": str(path.parent)}})
    client.owns_km = True
    client.execute()
    page, _ = HTMLExporter().from_notebook_node(notebook)
    (folder / f"{path.stem}.html").write_text(page)
    print(f"{path.name}: {len(notebook.cells)} cells in {time.perf_counter() - start:.1f} s")


if __name__ == "__main__":
    main()
