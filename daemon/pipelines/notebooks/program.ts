import { SETTINGS_VARIABLE } from '../../base/step-settings.ts';

/**
 * Carries out a notebook with the user's own Jupyter. A text and no file, so that an executor hands it on like any other command.
 * Arguments: the notebook, where it is written to or nothing. Parameters come as settings, which its kernel does not get.
 */
export const NOTEBOOK_PROGRAM = String.raw`
import importlib.util
import json
import os
import sys
import urllib.parse
import urllib.request

MISSING = "Notebooks need nbclient and ipykernel. Install them: " + sys.executable + " -m pip install nbclient ipykernel"
try:
    import nbformat
    from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, DeadKernelError
except ImportError:
    sys.exit(MISSING)


class ThisPython(KernelSpecManager):
    """Other kernels of that name may belong to another Python."""

    def get_kernel_spec(self, kernel_name):
        argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        return KernelSpec(argv=argv, display_name="Python", language="python")


class Client(NotebookClient):
    """Shows what cells give as they give it."""

    is_python = True

    def create_kernel_manager(self):
        manager = super().create_kernel_manager()
        if self.is_python:
            manager.kernel_spec_manager = ThisPython()
        return manager

    def output(self, outs, msg, display_id, cell_index):
        show(msg["msg_type"], msg["content"])
        return super().output(outs, msg, display_id, cell_index)


def show(kind, content):
    if kind == "stream":
        stream = sys.stderr if content.get("name") == "stderr" else sys.stdout
        stream.write(content.get("text", ""))
        stream.flush()
    elif kind in ("execute_result", "display_data"):
        data = content.get("data", {})
        pictures = [name for name in data if name.startswith("image/")]
        print("[" + pictures[0] + "]" if pictures else data.get("text/plain", ""), flush=True)
    elif kind == "error":
        print("\n".join(content.get("traceback", [])), file=sys.stderr, flush=True)


def with_parameters(notebook, values):
    """As papermill does: behind the cell that is tagged so, else before all others."""
    tags = lambda cell: cell.metadata.get("tags", [])
    cells = [cell for cell in notebook.cells if "injected-parameters" not in tags(cell)]
    if values:
        lines = ["# Parameters of this run"] + [name + " = " + repr(value) for name, value in values.items()]
        cell = nbformat.v4.new_code_cell("\n".join(lines), metadata={"tags": ["injected-parameters"]})
        if notebook.nbformat_minor < 5:
            cell.pop("id", None)
        at = next((at + 1 for at, one in enumerate(cells) if "parameters" in tags(one)), 0)
        cells.insert(at, cell)
    notebook.cells = cells


def keep(path, name):
    """Among the artifacts of the step's run, also when a cell failed."""
    uri, token, run = (os.environ.get("MLFLOW_" + one, "") for one in ("TRACKING_URI", "TRACKING_TOKEN", "RUN_ID"))
    if not uri.startswith("http") or not run:
        return
    try:
        asked = "/api/2.0/mlflow/runs/get?run_id=" + urllib.parse.quote(run)
        root = json.load(call(uri + asked, token))["run"]["info"]["artifact_uri"]
        if root.startswith("mlflow-artifacts:/"):
            place = urllib.parse.quote(root.split(":", 1)[1].lstrip("/") + "/" + name)
            with open(path, "rb") as file:
                call(uri + "/api/2.0/mlflow-artifacts/artifacts/" + place, token, file.read()).read()
    except (OSError, ValueError, KeyError) as failure:
        print("The notebook could not be kept with the run: " + str(failure), file=sys.stderr)


def call(url, token, body=None):
    request = urllib.request.Request(url, data=body, method="GET" if body is None else "PUT")
    request.add_header("Authorization", "Bearer " + token)
    return urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=60)


def main(path, output, values):
    notebook = nbformat.read(path, as_version=4)
    spec = notebook.metadata.get("kernelspec", {})
    language = spec.get("language") or notebook.metadata.get("language_info", {}).get("name") or "python"
    is_python = language.lower() == "python"
    if is_python and importlib.util.find_spec("ipykernel") is None:
        sys.exit(MISSING)
    if values and not is_python:
        sys.exit("Parameters are given to notebooks in Python alone: this one is in " + language + ".")
    with_parameters(notebook, values)

    own = [at for at, cell in enumerate(notebook.cells)
           if cell.cell_type == "code" and "injected-parameters" not in cell.metadata.get("tags", [])]
    numbers = {at: str(number) + " of " + str(len(own)) for number, at in enumerate(own, 1)}
    current = {"at": -1}

    def started(cell, cell_index):
        current["at"] = cell_index
        first = next((line.strip() for line in cell.source.splitlines() if line.strip()), "")
        title = "Cell " + numbers[cell_index] if cell_index in numbers else "Parameters"
        print("::group::" + title + ": " + first[:80], flush=True)

    def ended(cell, cell_index, **_):
        print("::endgroup::", flush=True)

    client = Client(
        notebook,
        kernel_name=spec.get("name") or "python3",
        timeout=None,
        resources={"metadata": {"path": os.path.dirname(os.path.abspath(path))}},
        on_cell_start=started,
        on_cell_executed=ended,
    )
    client.is_python = is_python
    where = "cell " + numbers.get(0, "")
    failure = None
    try:
        client.execute()
    except CellExecutionError as thrown:
        failure = thrown.ename + ": " + (thrown.evalue.splitlines() or [""])[0]
    except DeadKernelError:
        failure = "its kernel died, most often since it took too much memory"
    written = output or os.path.join(os.environ.get("TMPDIR", "/tmp"), "crisol-" + str(os.getpid()) + ".ipynb")
    if os.path.dirname(written):
        os.makedirs(os.path.dirname(written), exist_ok=True)
    nbformat.write(notebook, written)
    keep(written, os.path.basename(output or path))
    if not output:
        os.remove(written)
    if failure is not None:
        where = "cell " + numbers[current["at"]] if current["at"] in numbers else "the cell of parameters"
        sys.exit("CellError: " + where + ": " + failure)


sys.stdout.reconfigure(errors="replace", line_buffering=True)
main(sys.argv[1], sys.argv[2], json.loads(os.environ.pop("${SETTINGS_VARIABLE}", "{}")))
`;
