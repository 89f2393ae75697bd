"""What a plain training script does with MLflow, told to a Crisol daemon by MLflow's own client."""

import math

import mlflow
from mlflow import MlflowClient
from mlflow.entities import Metric, Param, RunTag, ViewType

from common import done, expect, refused

client = MlflowClient()

# an experiment, made by name, with characters of several scripts
experiment = mlflow.set_experiment("liga ñandú 🏆 ランク")
expect("experiment's name", experiment.name, "liga ñandú 🏆 ランク")
expect("the same by id", client.get_experiment(experiment.experiment_id).name, experiment.name)
expect("stage", experiment.lifecycle_stage, "active")
mlflow.set_experiment_tag("team", "datos")
expect("experiment's tag", client.get_experiment(experiment.experiment_id).tags["team"], "datos")
assert experiment.name in [one.name for one in client.search_experiments()]
expect("by filter", [e.name for e in client.search_experiments(filter_string="name = 'Default'")], ["Default"])
expect("missing experiment", client.get_experiment_by_name("nobody"), None)
refused("a name twice", "RESOURCE_ALREADY_EXISTS", lambda: client.create_experiment(experiment.name))

# a run
with mlflow.start_run(run_name="primero", tags={"a": "1"}) as run:
    mlflow.log_param("depth", 3)
    mlflow.log_params({"learning rate": 0.1, "größe": "ß" * 7000})
    mlflow.log_metric("loss", 0.5, step=0, timestamp=1000)
    mlflow.log_metric("loss", 0.25, step=1, timestamp=2000)
    mlflow.log_metric("loss", 0.25, step=1, timestamp=2000)
    mlflow.log_metrics({"accuracy": 0.75, "f1/macro": 0.5}, step=-2)
    mlflow.log_metric("nan", float("nan"))
    mlflow.log_metric("high", math.inf)
    mlflow.log_metric("low", -math.inf)
    mlflow.set_tag("emoji", "⚽" * 9000)
    mlflow.set_tags({"b": "2", "c": "3"})
    client.delete_tag(run.info.run_id, "c")
    client.log_batch(
        run.info.run_id,
        metrics=[Metric("curve", value, 10_000 + value, value) for value in range(1000)],
    )
    client.log_batch(run.info.run_id, params=[Param("p", "1")], tags=[RunTag("t", "x")])
    mlflow.log_param("depth", 3)
    refused("another value", "INVALID_PARAMETER_VALUE", lambda: client.log_param(run.info.run_id, "depth", 4))
    refused("a bad key", "INVALID_PARAMETER_VALUE", lambda: client.log_metric(run.info.run_id, "../x", 1))
    refused("no such tag", "RESOURCE_DOES_NOT_EXIST", lambda: client.delete_tag(run.info.run_id, "none"))
    expect("while it runs", client.get_run(run.info.run_id).info.status, "RUNNING")

found = client.get_run(run.info.run_id)
expect("name", found.info.run_name, "primero")
expect("name as tag", found.data.tags["mlflow.runName"], "primero")
expect("status", found.info.status, "FINISHED")
assert found.info.end_time >= found.info.start_time
expect("params", {k: found.data.params[k] for k in ("depth", "learning rate", "p")},
       {"depth": "3", "learning rate": "0.1", "p": "1"})
expect("a long param", len(found.data.params["größe"]), 6000)
expect("a long tag", len(found.data.tags["emoji"]), 8000)
expect("tags", [found.data.tags.get(key) for key in "abct"], ["1", "2", None, "x"])
expect("latest", found.data.metrics["loss"], 0.25)
expect("a batch's latest", found.data.metrics["curve"], 999)
assert math.isnan(found.data.metrics["nan"])
expect("infinities", [found.data.metrics["high"], found.data.metrics["low"]],
       [1.7976931348623157e308, -1.7976931348623157e308])
expect("history", [(m.step, m.timestamp, m.value) for m in client.get_metric_history(run.info.run_id, "loss")],
       [(0, 1000, 0.5), (1, 2000, 0.25)])
expect("a long history", [m.value for m in client.get_metric_history(run.info.run_id, "curve")],
       [float(value) for value in range(1000)])
expect("negative steps", client.get_metric_history(run.info.run_id, "f1/macro")[0].step, -2)
expect("artifacts", found.info.artifact_uri,
       f"mlflow-artifacts:/{experiment.experiment_id}/{run.info.run_id}/artifacts")

# runs within a run, a failure, a name that is invented, and lists
with mlflow.start_run() as parent:
    with mlflow.start_run(nested=True) as child:
        mlflow.log_metric("score", 1)
    expect("child's parent", client.get_run(child.info.run_id).data.tags["mlflow.parentRunId"], parent.info.run_id)
assert client.get_run(parent.info.run_id).info.run_name
try:
    with mlflow.start_run(run_name="falla") as failing:
        raise ValueError("of the script")
except ValueError:
    expect("a failed run", client.get_run(failing.info.run_id).info.status, "FAILED")

names = [one.info.run_name for one in client.search_runs([experiment.experiment_id])]
expect("runs, newest first", [names[0], names[-1], len(names)], ["falla", "primero", 4])
first = client.search_runs([experiment.experiment_id], max_results=3)
rest = client.search_runs([experiment.experiment_id], max_results=3, page_token=first.token)
expect("pages", [len(first), len(rest), rest.token], [3, 1, None])
listed = mlflow.search_runs([experiment.experiment_id], output_format="list", order_by=["start_time DESC"])
expect("fluent search", len(listed), 4)

# deleting and restoring
client.delete_run(failing.info.run_id)
refused("writing to a deleted run", "INVALID_PARAMETER_VALUE", lambda: client.log_metric(failing.info.run_id, "x", 1))
expect("fewer", len(client.search_runs([experiment.experiment_id])), 3)
expect("deleted ones", len(client.search_runs([experiment.experiment_id], run_view_type=ViewType.DELETED_ONLY)), 1)
client.restore_run(failing.info.run_id)
expect("again", len(client.search_runs([experiment.experiment_id])), 4)
client.rename_experiment(experiment.experiment_id, "otra")
expect("renamed", client.get_experiment(experiment.experiment_id).name, "otra")
client.delete_experiment(experiment.experiment_id)
expect("deleted", client.get_experiment(experiment.experiment_id).lifecycle_stage, "deleted")
client.restore_experiment(experiment.experiment_id)
client.set_terminated(failing.info.run_id, "KILLED")
expect("killed", client.get_run(failing.info.run_id).info.status, "KILLED")
client.update_run(failing.info.run_id, name="nuevo")
expect("renamed run", client.get_run(failing.info.run_id).data.tags["mlflow.runName"], "nuevo")
refused("a missing run", "RESOURCE_DOES_NOT_EXIST", lambda: client.get_run("0" * 32))

done()
