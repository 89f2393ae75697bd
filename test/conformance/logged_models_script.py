"""Datasets and models as scripts log them, told to a Crisol daemon by MLflow's own client."""

import json
import math
import warnings

import mlflow
import numpy as np
import pandas as pd
from mlflow import MlflowClient
from mlflow.entities import LoggedModelInput, LoggedModelOutput, LoggedModelStatus, Metric
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression

from common import done, expect, refused

warnings.filterwarnings("ignore")

client = MlflowClient()
experiment = mlflow.set_experiment("models that are logged")
x, y = load_iris(return_X_y=True, as_frame=True)

# datasets of pandas and numpy
frame = mlflow.data.from_pandas(pd.concat([x, y], axis=1), source="iris.csv", name="iris", targets="target")
array = mlflow.data.from_numpy(np.eye(3), targets=np.arange(3), name="ojos ñandú")
with mlflow.start_run() as run:
    mlflow.log_input(frame, context="training", tags={"why": "to learn"})
    mlflow.log_input(frame, context="testing")
    mlflow.log_inputs([array], contexts=["validation"], tags_list=[{"shape": "3x3"}])
found = {one.dataset.name: one for one in mlflow.get_run(run.info.run_id).inputs.dataset_inputs}
expect("datasets", sorted(found), ["iris", "ojos ñandú"])
iris = found["iris"].dataset
expect("digest", iris.digest, frame.digest)
expect("source", [iris.source_type, json.loads(iris.source)["uri"]], ["local", "iris.csv"])
expect("rows", json.loads(iris.profile)["num_rows"], 150)
expect("schema", "mlflow_colspec" in json.loads(iris.schema), True)
expect("what a run said first stays", {tag.key: tag.value for tag in found["iris"].tags},
       {"mlflow.data.context": "training", "why": "to learn"})
expect("its targets", mlflow.data.get_source(found["iris"]).uri, "iris.csv")
listed = client.search_runs([experiment.experiment_id])
expect("datasets in lists", len(listed[0].inputs.dataset_inputs), 2)
expect("found by a dataset", len(client.search_runs([experiment.experiment_id], "datasets.name = 'iris'")), 1)

# a model from its beginning to its end
model = mlflow.initialize_logged_model(name="by-hand", params={"depth": "3"}, tags={"team": "datos"}, model_type="agent")
expect("pending", [str(model.status), model.experiment_id], ["PENDING", experiment.experiment_id])
assert model.model_id.startswith("m-"), model.model_id
expect("artifacts", model.artifact_location,
       f"mlflow-artifacts:/{experiment.experiment_id}/models/{model.model_id}/artifacts")
mlflow.finalize_logged_model(model.model_id, LoggedModelStatus.READY)
mlflow.set_logged_model_tags(model.model_id, {"team": "otro", "b/c": "x"})
client.log_model_params(model.model_id, {f"p{index}": str(index) for index in range(250)})
again = mlflow.get_logged_model(model.model_id)
expect("ready", [str(again.status), again.name, again.model_type], ["READY", "by-hand", "agent"])
expect("tags", {key: again.tags[key] for key in ("team", "b/c")}, {"team": "otro", "b/c": "x"})
expect("params", [len(again.params), again.params["depth"], again.params["p249"]], [251, "3", "249"])
many = client.create_logged_model(experiment.experiment_id, params={f"q{index}": "v" * 300 for index in range(150)})
expect("many params at once", len(many.params), 150)
assert many.name, "a name is invented"
client.finalize_logged_model(many.model_id, "FAILED")
expect("failed", str(client.get_logged_model(many.model_id).status), "FAILED")
client.set_logged_model_tags(model.model_id, {"temporary": "1"})
client.delete_logged_model_tag(model.model_id, "temporary")
refused("a tag that is gone", "RESOURCE_DOES_NOT_EXIST",
        lambda: client.delete_logged_model_tag(model.model_id, "temporary"))
refused("a name with a dot", "INVALID_PARAMETER_VALUE",
        lambda: client.create_logged_model(experiment.experiment_id, name="a.b"))
refused("a missing model", "RESOURCE_DOES_NOT_EXIST", lambda: client.get_logged_model("m-" + "0" * 32))

# metrics of a model, on datasets; models that a run takes in and gives out
with mlflow.start_run() as run:
    mlflow.log_metric("acc", 0.5, step=1, timestamp=1000, model_id=model.model_id, dataset=frame)
    mlflow.log_metric("acc", 0.7, step=2, timestamp=2000, model_id=model.model_id, dataset=array)
    mlflow.log_metrics({"acc": 0.6, "nan": math.nan}, step=3, timestamp=3000, model_id=model.model_id)
    mlflow.log_metric("plain", 1)
    refused("an unknown model", "BAD_REQUEST", lambda: client.log_metric(run.info.run_id, "x", 1, model_id="m-0"))
    client.log_inputs(run.info.run_id, models=[LoggedModelInput(many.model_id)])
    client.log_outputs(run.info.run_id, [LoggedModelOutput(model.model_id, step=4)])
metrics = {(m.key, m.step): m for m in mlflow.get_logged_model(model.model_id).metrics}
expect("a model's metrics", sorted(metrics), [("acc", 1), ("acc", 2), ("acc", 3), ("nan", 3)])
on = metrics["acc", 1]
expect("where it was measured", [on.value, on.timestamp, on.run_id, on.dataset_name, on.dataset_digest, on.model_id],
       [0.5, 1000, run.info.run_id, "iris", frame.digest, model.model_id])
expect("a run's metrics", sorted(mlflow.get_run(run.info.run_id).data.metrics), ["acc", "nan", "plain"])
finished = mlflow.get_run(run.info.run_id)
# the client adds the model whose metrics it logs by itself
expect("inputs", {one.model_id for one in finished.inputs.model_inputs}, {many.model_id, model.model_id})
expect("outputs", [(one.model_id, one.step) for one in finished.outputs.model_outputs], [(model.model_id, 4)])

# what log_model does
with mlflow.start_run() as run:
    mlflow.log_metric("before", 0.25)
    logged = mlflow.sklearn.log_model(
        LogisticRegression(C=0.5, max_iter=500).fit(x, y), name="logistic", input_example=x.head(2),
        params={"C": 0.5}, tags={"kind": "sklearn"}, model_type="classifier")
made = mlflow.get_logged_model(logged.model_id)
expect("a model of a run", [made.name, made.source_run_id, str(made.status), made.params, made.tags["kind"]],
       ["logistic", run.info.run_id, "READY", {"C": "0.5"}, "sklearn"])
expect("metrics of its run", [(m.key, m.value, m.run_id) for m in made.metrics], [("before", 0.25, run.info.run_id)])
expect("an output of its run", [one.model_id for one in mlflow.get_run(run.info.run_id).outputs.model_outputs],
       [logged.model_id])
files = {one.path for one in client.list_logged_model_artifacts(logged.model_id)}
assert {"MLmodel", "model.skops"} & files and "MLmodel" in files, files
answers = mlflow.pyfunc.load_model(f"models:/{logged.model_id}").predict(x.head(3))
expect("the model that comes back", list(answers), [0, 0, 0])
by_run = mlflow.sklearn.load_model(f"runs:/{run.info.run_id}/logistic")
expect("the model by its run", by_run.C, 0.5)

# what is found
ids = lambda models: [one.model_id for one in models]
search = lambda **query: mlflow.search_logged_models([experiment.experiment_id], output_format="list", **query)
expect("all, newest first", ids(search()), [logged.model_id, many.model_id, model.model_id])
expect("by name", ids(search(filter_string="name = 'by-hand'")), [model.model_id])
# MLflow's own server understands just the number
for status in ["3", "'FAILED'", "'LOGGED_MODEL_UPLOAD_FAILED'"]:
    expect("by status", ids(search(filter_string=f"status = {status}")), [many.model_id])
expect("by a param", ids(search(filter_string="params.C = '0.5'")), [logged.model_id])
expect("by a tag", ids(search(filter_string="tags.team LIKE 'ot%'")), [model.model_id])
expect("by a metric", ids(search(filter_string="metrics.acc > 0.65")), [model.model_id])
expect("by a metric on a dataset",
       ids(search(filter_string="metrics.acc > 0.65", datasets=[{"dataset_name": "iris", "dataset_digest": frame.digest}])), [])
expect("by a run", ids(search(filter_string=f"source_run_id = '{run.info.run_id}'")), [logged.model_id])
expect("in order", ids(search(order_by=[{"field_name": "metrics.acc", "ascending": False}, {"field_name": "name"}])),
       [model.model_id, *ids(sorted([logged, many], key=lambda one: one.name))])
expect("a table", mlflow.search_logged_models([experiment.experiment_id]).shape[0], 3)
first = client.search_logged_models([experiment.experiment_id], max_results=2)
rest = client.search_logged_models([experiment.experiment_id], max_results=2, page_token=first.token)
expect("pages", ids(first) + ids(rest), [logged.model_id, many.model_id, model.model_id])
refused("a filter", "INVALID_PARAMETER_VALUE", lambda: search(filter_string="colour = 'red'"))

client.delete_logged_model(many.model_id)
refused("a deleted model", "RESOURCE_DOES_NOT_EXIST", lambda: client.get_logged_model(many.model_id))
expect("fewer", ids(search()), [logged.model_id, model.model_id])

# the same with ONNX
with mlflow.start_run():
    from skl2onnx import to_onnx

    onnx_model = to_onnx(LogisticRegression(max_iter=500).fit(x.to_numpy(np.float32), y), x.to_numpy(np.float32)[:1])
    logged = mlflow.onnx.log_model(onnx_model, name="onnx")
scores = mlflow.pyfunc.load_model(logged.model_uri).predict(x.head(2).to_numpy(np.float32))
expect("an ONNX model that comes back", [int(one) for one in scores["output_label"]], [0, 0])

done()
