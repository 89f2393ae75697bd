"""Models, versions, stages, aliases, tags and searches of the registry, asked for by MLflow's own client."""

import json
import os
import urllib.request
from pathlib import Path
from uuid import uuid4

import mlflow
import numpy
import pandas
from mlflow import MlflowClient
from mlflow.models import ModelSignature
from mlflow.types import ColSpec, Schema
from sklearn.compose import ColumnTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder

from common import SERVER, done, expect, refused

client = MlflowClient()
experiment_id = mlflow.set_experiment("registry ñandú").experiment_id
mark = uuid4().hex[:6]
name = f"liga ñandú 🏆 {mark}"
table = pandas.DataFrame({"x": [0.5, 1.5, 2.5, 3.5] * 5, "team": ["a", "b", "a", "b"] * 5})
results = numpy.where(table["x"] > 2, "win", "loss")
encoder = ColumnTransformer([("team", OneHotEncoder(), ["team"])], remainder="passthrough")
model = make_pipeline(encoder, LogisticRegression()).fit(table, results)
predicted = list(model.predict(table))
signature = ModelSignature(inputs=Schema([ColSpec("double", "x"), ColSpec("string", "team")]))

# models
made = client.create_registered_model(name, tags={"team": "datos", "k": "v"}, description="the first")
expect("model", (made.name, made.description, made.tags, made.latest_versions), (name, "the first", {"team": "datos", "k": "v"}, []))
expect("times", made.creation_timestamp, made.last_updated_timestamp)
refused("a name twice", "RESOURCE_ALREADY_EXISTS", lambda: client.create_registered_model(name))
for bad in ("a/b", "a:b", "..", " "):
    refused(f"the name {bad!r}", "INVALID_PARAMETER_VALUE", lambda: client.create_registered_model(bad))
refused("a missing model", "RESOURCE_DOES_NOT_EXIST", lambda: client.get_registered_model("nobody"))
expect("described", client.update_registered_model(name, "another text").description, "another text")
client.set_registered_model_tag(name, "k", "w" * 100_000)
refused("a tag too long", "INVALID_PARAMETER_VALUE", lambda: client.set_registered_model_tag(name, "k", "w" * 100_001))
client.delete_registered_model_tag(name, "k")
client.delete_registered_model_tag(name, "k")
expect("tags", client.get_registered_model(name).tags, {"team": "datos"})

# versions: what a run logged, what lies in a run, a bucket, and another version
with mlflow.start_run() as run:
    mlflow.log_metric("f1", 0.5)
    logged = mlflow.sklearn.log_model(model, name="model", registered_model_name=name, signature=signature,
                                      serialization_format="cloudpickle")
run_id = run.info.run_id
first = client.get_model_version(name, "1")
expect("registered as it was logged", (first.run_id, first.status, first.current_stage), (run_id, "READY", "None"))
noted = json.loads(client.get_logged_model(logged.model_id).tags["mlflow.modelVersions"])
expect("noted on the logged model", noted[0], {"name": name, "version": 1})
second = mlflow.register_model(f"runs:/{run_id}/model", name, tags={"how": "by run"})
expect("by its run", (second.version, second.run_id, second.tags), ("2", run_id, {"how": "by run"}))
third = mlflow.register_model(f"models:/{logged.model_id}", name)
expect("by its id", (third.version, third.run_id), ("3", run_id))
bucket = client.create_model_version(name, "s3://bucket/path/model", description="far away", run_link="http://page/1")
expect("in a bucket", (bucket.source, bucket.description, bucket.run_link), ("s3://bucket/path/model", "far away", "http://page/1"))
copy = client.copy_model_version(f"models:/{name}/1", "copies " + name)
expect("a copy", (copy.version, copy.run_id), ("1", run_id))
for bad in ("/etc/passwd", "file:///etc/passwd", "http://host/x", "ftp://host/x", "hdfs://host/x", f"runs:/{'0' * 32}/model",
            f"mlflow-artifacts:/{experiment_id}/{run_id}/artifacts/../../x", "mlflow-artifacts://host/x", "s3://bucket/a/%2e%2e/b",
            "s3://bucket"):
    refused(f"the source {bad}", "INVALID_PARAMETER_VALUE", lambda: client.create_model_version(name, bad, run_id=run_id))
refused("no such model", "RESOURCE_DOES_NOT_EXIST", lambda: client.create_model_version("nobody", "s3://bucket/path"))
refused("a version that is no number", "INVALID_PARAMETER_VALUE", lambda: client.get_model_version(name, "one"))
client.update_model_version(name, "1", description="a better text")
client.set_model_version_tag(name, "1", "quality", "good")
client.delete_model_version_tag(name, "1", "none")
found = client.get_model_version(name, "1")
expect("described and tagged", (found.description, found.tags), ("a better text", {"quality": "good"}))

# aliases
client.set_registered_model_alias(name, "champion", "1")
client.set_registered_model_alias(name, "ñandú-2", "3")
expect("by alias", client.get_model_version_by_alias(name, "champion").version, "1")
expect("aliases", client.get_registered_model(name).aliases, {"champion": "1", "ñandú-2": "3"})
expect("aliases of a version", client.get_model_version(name, "1").aliases, ["champion"])
client.set_registered_model_alias(name, "champion", "2")
expect("moved", client.get_model_version_by_alias(name, "champion").version, "2")
for bad in ("latest", "v1", "V22", "a b", "x" * 256):
    refused(f"the alias {bad}", "INVALID_PARAMETER_VALUE", lambda: client.set_registered_model_alias(name, bad, "1"))
refused("an alias of nothing", "RESOURCE_DOES_NOT_EXIST", lambda: client.set_registered_model_alias(name, "a", "99"))
refused("a missing alias", "INVALID_PARAMETER_VALUE", lambda: client.get_model_version_by_alias(name, "none"))
client.delete_registered_model_alias(name, "none")
client.delete_registered_model_alias(name, "ñandú-2")

# loading
for uri in (f"models:/{name}/1", f"models:/{name}/2", f"models:/{name}/3", f"models:/{name}@champion",
            f"models:/copies {name}/1", f"models:/{logged.model_id}"):
    expect(f"loaded from {uri}", list(mlflow.pyfunc.load_model(uri).predict(table)), predicted)
expect("as it was saved", list(mlflow.sklearn.load_model(f"models:/{name}@champion").predict(table)), predicted)


# stages, of which several versions may stand in one
def move(version, stage, **more):
    return client.transition_model_version_stage(name, version, stage, **more).current_stage


expect("moved", [move("1", "Staging"), move("2", "staging"), move("2", "Staging")], ["Staging"] * 3)
expect("the newest of a stage", [one.version for one in client.get_latest_versions(name, ["Staging"])], ["2"])
expect("of each stage", {one.current_stage: one.version for one in client.get_latest_versions(name)}, {"Staging": "2", "None": "4"})
expect("by stage", mlflow.pyfunc.load_model(f"models:/{name}/Staging").metadata.run_id, run_id)
move("3", "Staging", archive_existing_versions=True)
expect("the others are archived", [client.get_model_version(name, str(one)).current_stage for one in (1, 2, 3)],
       ["Archived", "Archived", "Staging"])
refused("no such stage", "INVALID_PARAMETER_VALUE", lambda: move("1", "Odd"))
move("3", "None")

# searches
numbers = lambda found: [int(one.version) for one in found]
expect("of a model", numbers(client.search_model_versions(f"name = '{name}'", order_by=["version_number ASC"])), [1, 2, 3, 4])
expect("of a run", len(client.search_model_versions(f"run_id = '{run_id}'")), 4)
expect("by tag", numbers(client.search_model_versions(f"tags.quality = 'good' AND name = '{name}'")), [1])
expect("by number", numbers(client.search_model_versions(f"name = '{name}' AND version_number >= 3", order_by=["version_number DESC"])), [4, 3])
expect("by source", numbers(client.search_model_versions(f"source_path LIKE 's3://%' AND name = '{name}'")), [4])
page = client.search_model_versions(f"name = '{name}'", max_results=3, order_by=["version_number"])
rest = client.search_model_versions(f"name = '{name}'", max_results=3, order_by=["version_number"], page_token=page.token)
expect("pages", (numbers(page), numbers(rest), rest.token or None), ([1, 2, 3], [4], None))
names = lambda found: [one.name for one in found]
expect("models by name", names(client.search_registered_models(f"name LIKE 'liga%{mark}'")), [name])
expect("models by case", names(client.search_registered_models(f"name ILIKE 'LIGA%{mark}'")), [name])
expect("models by tag", names(client.search_registered_models(f"tags.team = 'datos' AND name = '{name}'")), [name])
expect("models in order", names(client.search_registered_models(f"name ILIKE '%liga%{mark}'", order_by=["name DESC"])), [name, "copies " + name])
refused("a filter that makes no sense", "INVALID_PARAMETER_VALUE", lambda: client.search_registered_models("size > 3"))

# prompts are models of their own kind
prompt = f"greeting-{mark}"
mlflow.genai.register_prompt(prompt, "Hello {{name}}")
expect("prompt", mlflow.genai.load_prompt(f"prompts:/{prompt}/1").format(name="Ana"), "Hello Ana")
expect("no model", names(client.search_registered_models(f"name = '{prompt}'")), [])
assert prompt in [one.name for one in mlflow.genai.search_prompts()]

# renaming and deleting
other = "otra " + name
client.rename_registered_model(name, other)
expect("renamed", client.get_model_version(other, "1").name, other)
expect("loaded by its new name", list(mlflow.pyfunc.load_model(f"models:/{other}@champion").predict(table)), predicted)
refused("the old name", "RESOURCE_DOES_NOT_EXIST", lambda: client.get_registered_model(name))
client.delete_model_version(other, "2")
refused("deleted", "RESOURCE_DOES_NOT_EXIST", lambda: client.get_model_version(other, "2"))
refused("its alias too", "INVALID_PARAMETER_VALUE", lambda: client.get_model_version_by_alias(other, "champion"))
expect("the next number", client.create_model_version(other, "s3://bucket/again").version, "5")
client.delete_registered_model(other)
refused("deleted", "RESOURCE_DOES_NOT_EXIST", lambda: client.get_registered_model(other))


# versions that Crisol made itself stand beside the others
def ask(path, body=None):
    request = urllib.request.Request(
        f"{os.environ['MLFLOW_TRACKING_URI']}/api/crisol/v1/{path}",
        data=None if body is None else json.dumps(body).encode(),
        headers={"Authorization": f"Bearer {os.environ['MLFLOW_TRACKING_TOKEN']}", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request) as response:
        return json.load(response)


def trained(folder):
    """A model as the built-in trainer writes it: a tensor for each column, and a signature beside the graph."""
    from skl2onnx import to_onnx
    from skl2onnx.common.data_types import FloatTensorType, StringTensorType

    folder.mkdir(parents=True)
    types = [("x", FloatTensorType([None, 1])), ("team", StringTensorType([None, 1]))]
    graph = to_onnx(model, initial_types=types, options={"zipmap": False})
    (folder / "model.onnx").write_bytes(graph.SerializeToString())
    label, probabilities = (output.name for output in graph.graph.output)
    (folder / "signature.json").write_text(json.dumps({
        "inputs": [
            {"name": "x", "kind": "number", "min": 0.5, "max": 3.5, "integer": False, "example": 0.5},
            {"name": "team", "kind": "category", "categories": ["a", "b"], "example": "a"},
        ],
        "target": "result",
        "classes": ["loss", "win"],
        "outputs": {"label": label, "probabilities": probabilities},
    }))
    return str(folder)


if SERVER == "crisol":
    ours = f"match-outcome-{mark}"
    folder = trained(Path(ask("status")["workspace"]) / "build" / mark)
    ask(f"models/{ours}/versions", {"folder": folder, "run_id": run_id, "stage": "production"})
    mine = client.get_model_version(ours, "1")
    expect("ours", (mine.run_id, mine.current_stage, mine.status), (run_id, "Production", "READY"))
    client.set_registered_model_alias(ours, "champion", "1")
    for uri in (f"models:/{ours}/1", f"models:/{ours}@champion", f"models:/{ours}/Production"):
        expect(f"loaded from {uri}", list(mlflow.pyfunc.load_model(uri).predict(table)), predicted)
    assert mlflow.onnx.load_model(f"models:/{ours}/1").graph.input[0].name == "x"
    copied = client.copy_model_version(f"models:/{ours}@champion", f"copy-of-{ours}")
    expect("copied", (copied.run_id, copied.source), (run_id, f"models:/{ours}/1"))
    expect("served alike", list(mlflow.pyfunc.load_model(f"models:/copy-of-{ours}/1").predict(table)), predicted)
    versions = ask(f"models/{ours}")["versions"]
    expect("in the views", [(one["version"], one["stage"], one["metrics"]) for one in versions], [(1, "production", {"f1": 0.5})])
    script = mlflow.register_model(f"runs:/{run_id}/model", ours)
    client.transition_model_version_stage(ours, script.version, "Staging")
    moved = ask(f"models/{ours}/history")["changes"][0]
    expect("in the history", (moved["version"], moved["to"]), (2, "staging"))
    client.delete_registered_model(ours)

done()
