"""Files of every kind, sent, listed, fetched and deleted by MLflow's own client."""

import json
import os
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import matplotlib
import mlflow
import numpy
import pandas
from mlflow import MlflowClient
from mlflow.artifacts import download_artifacts, list_artifacts, load_dict, load_image, load_text
from mlflow.exceptions import MlflowException
from mlflow.store.artifact.artifact_repository_registry import get_artifact_repository

from common import done, expect

matplotlib.use("agg")
from matplotlib import pyplot

LARGE = int(os.environ.get("CONFORMANCE_LARGE_BYTES", 20_000_000))
MANY = int(os.environ.get("CONFORMANCE_MANY_FILES", 200))

client = MlflowClient()
experiment_id = mlflow.set_experiment("files ñandú").experiment_id
local = Path(tempfile.mkdtemp(prefix="crisol-files-"))


def names(path=None):
    return [(one.path, one.is_dir, one.file_size) for one in client.list_artifacts(run_id, path)]


def file(name, content):
    path = local / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return str(path)


with mlflow.start_run() as run:
    run_id = run.info.run_id

    # single files, with names and sizes that break careless programs
    mlflow.log_artifact(file("empty", b""))
    mlflow.log_artifact(file("with spaces.txt", b"a b"))
    mlflow.log_artifact(file("ñandú 🏆 ランク.txt", "ñ".encode()))
    mlflow.log_artifact(file("50% off & more; (1) + 'x'.csv", b"a,b"))
    mlflow.log_artifact(file("no-type", b"\x00\xff"), "deep/er/still")
    expect("the top", names(), [
        ("50% off & more; (1) + 'x'.csv", False, 3),
        ("deep", True, None),
        # an empty file's size is left out, which the client reads as none
        ("empty", False, None),
        ("with spaces.txt", False, 3),
        ("ñandú 🏆 ランク.txt", False, 2),
    ])
    expect("a folder", names("deep"), [("deep/er", True, None)])
    expect("a folder in it", names("deep/er/still"), [("deep/er/still/no-type", False, 2)])
    expect("in a file", names("empty"), [])
    expect("in nothing", names("none"), [])
    for name in ["empty", "with spaces.txt", "ñandú 🏆 ランク.txt", "50% off & more; (1) + 'x'.csv"]:
        fetched = Path(client.download_artifacts(run_id, name))
        expect(name, [fetched.name, fetched.read_bytes()], [name, (local / name).read_bytes()])

    # a large one, and many small ones
    large = os.urandom(1_000_000) * (LARGE // 1_000_000)
    mlflow.log_artifact(file("large.bin", large), "large")
    expect("the large one's size", names("large"), [("large/large.bin", False, len(large))])
    assert Path(client.download_artifacts(run_id, "large/large.bin")).read_bytes() == large
    for number in range(MANY):
        file(f"many/{number % 10}/{number}.txt", str(number).encode())
    mlflow.log_artifacts(str(local / "many"), "many")
    expect("folders of many", [name for name, _, _ in names("many")], [f"many/{digit}" for digit in range(10)])
    fetched = Path(client.download_artifacts(run_id, "many"))
    expect("many, fetched", sorted(path.read_text() for path in fetched.rglob("*.txt")),
           sorted(str(number) for number in range(MANY)))

    # what the fluent functions make
    mlflow.log_text("línea\n", "texts/a.txt")
    mlflow.log_text("<script>alert(1)</script>", "texts/page.html")
    mlflow.log_dict({"ñ": [1, None]}, "dicts/a.json")
    mlflow.log_dict({"a": 1}, "dicts/a.yaml")
    figure, axes = pyplot.subplots()
    axes.plot([1, 2])
    mlflow.log_figure(figure, "figures/a.png")
    mlflow.log_image(numpy.zeros((4, 4, 3), dtype=numpy.uint8), "images/a.png")
    mlflow.log_image(numpy.zeros((4, 4, 3), dtype=numpy.uint8), key="sample", step=1)
    for row in range(3):
        mlflow.log_table({"prompt": [f"p{row}"], "answer": [row]}, "table.json")
    mlflow.log_table(pandas.DataFrame({"a": [1.5]}), "frame.parquet")
    root = run.info.artifact_uri
    expect("text", load_text(f"{root}/texts/a.txt"), "línea\n")
    expect("text by run", load_text(f"runs:/{run_id}/texts/page.html"), "<script>alert(1)</script>")
    expect("dict", load_dict(f"{root}/dicts/a.json"), {"ñ": [1, None]})
    expect("image", load_image(f"{root}/images/a.png").size, (4, 4))
    expect("table", list(mlflow.load_table("table.json", run_ids=[run_id])["answer"]), [0, 1, 2])
    expect("by address", [one.path for one in list_artifacts(f"{root}/dicts")], ["dicts/a.json", "dicts/a.yaml"])
    # images of steps lie in a folder of their own, under names that the client invents
    assert any(name.startswith("images/") and "sample" in name for name, _, _ in names("images")), names("images")

    # replaced, and logged by several threads at once
    mlflow.log_text("second", "texts/a.txt")
    expect("replaced", load_text(f"{root}/texts/a.txt"), "second")
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: client.log_text(run_id, f"{n % 4}", f"threads/{n % 8}/{n}.txt"), range(64)))
    expect("by threads", sum(len(names(f"threads/{n}")) for n in range(8)), 64)

    # deleting
    repository = get_artifact_repository(root)
    repository.delete_artifacts("threads/0")
    repository.delete_artifacts("table.json")
    repository.delete_artifacts("nothing")
    expect("without what was deleted", [name for name, _, _ in names("threads")], [f"threads/{n}" for n in range(1, 8)])
    assert "table.json" not in [name for name, _, _ in names()]

# what is not there, and where nobody may go
for what, action in [
    ("a missing file", lambda: client.download_artifacts(run_id, "none.txt")),
    ("a path that climbs", lambda: client.log_artifact(run_id, file("x", b"x"), "../../other")),
    ("an absolute path", lambda: client.log_artifact(run_id, file("x", b"x"), "/etc")),
]:
    try:
        action()
    except (MlflowException, OSError):
        continue
    raise AssertionError(f"{what} was not refused")

# an experiment that keeps its artifacts elsewhere: the client moves them itself
elsewhere = client.create_experiment("elsewhere", artifact_location=(local / "elsewhere").as_uri())
with mlflow.start_run(experiment_id=elsewhere) as away:
    mlflow.log_text("x", "a.txt")
    expect("kept elsewhere", [path.name for path in (local / "elsewhere").rglob("*.txt")], ["a.txt"])
    expect("listed there", [one.path for one in client.list_artifacts(away.info.run_id)], ["a.txt"])

# a dictionary as JSON, whatever wrote it
assert json.loads(Path(download_artifacts(f"runs:/{run_id}/dicts/a.json")).read_text(encoding="utf-8")) == {"ñ": [1, None]}

done()
