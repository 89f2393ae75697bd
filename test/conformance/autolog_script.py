"""What autologging does by itself: a model, a grid search with its child runs, several threads at once."""

import json
import warnings
from concurrent.futures import ThreadPoolExecutor

import mlflow
from mlflow import MlflowClient
from sklearn import metrics
from sklearn.datasets import load_iris
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV, train_test_split

from common import done, expect

warnings.filterwarnings("ignore")

client = MlflowClient()
experiment = mlflow.set_experiment("autologged")
x, y = load_iris(return_X_y=True, as_frame=True)
x_train, x_test, y_train, y_test = train_test_split(x, y, random_state=0)
mlflow.sklearn.autolog(log_input_examples=True, max_tuning_runs=4)

# one model
with mlflow.start_run() as run:
    forest = RandomForestClassifier(n_estimators=5, max_depth=3, random_state=0).fit(x_train, y_train)
    accuracy = metrics.accuracy_score(y_test, forest.predict(x_test))
found = client.get_run(run.info.run_id)
expect("its params", [found.data.params["n_estimators"], found.data.params["max_depth"]], ["5", "3"])
assert found.data.metrics["training_accuracy_score"] > 0.9, found.data.metrics
expect("a metric computed afterwards", found.data.metrics["accuracy_score_x_test"], accuracy)
expect("its class", found.data.tags["estimator_name"], "RandomForestClassifier")
contexts = [{tag.key: tag.value for tag in one.tags}["mlflow.data.context"] for one in found.inputs.dataset_inputs]
expect("its datasets", sorted(contexts), ["eval", "train"])
files = {one.path for one in client.list_artifacts(run.info.run_id)}
assert {"estimator.html", "training_confusion_matrix.png"} <= files, files
(output,) = found.outputs.model_outputs
model = mlflow.get_logged_model(output.model_id)
expect("its model", [model.name, str(model.status), model.source_run_id], ["model", "READY", run.info.run_id])
on = {metric.key: metric for metric in model.metrics}
expect("metrics of its model", on["training_accuracy_score"].value, found.data.metrics["training_accuracy_score"])
train = next(one.dataset for one in found.inputs.dataset_inputs if "train" in [tag.value for tag in one.tags])
expect("measured on", on["training_accuracy_score"].dataset_digest, train.digest)
again = mlflow.pyfunc.load_model(f"models:/{output.model_id}").predict(x_test)
expect("the model that comes back", metrics.accuracy_score(y_test, again), accuracy)

# a grid search
with mlflow.start_run() as parent:
    grid = {"C": [0.01, 0.1, 1.0], "fit_intercept": [True, False]}
    search = GridSearchCV(LogisticRegression(max_iter=500), grid, cv=3).fit(x_train, y_train)
children = client.search_runs([experiment.experiment_id], f"tags.mlflow.parentRunId = '{parent.info.run_id}'")
expect("children", len(children), 4)
expect("all have ended", {child.info.status for child in children}, {"FINISHED"})
best = max(child.data.metrics["mean_test_score"] for child in children)
whole = client.get_run(parent.info.run_id)
expect("the best of them", [best, whole.data.metrics["best_cv_score"]], [search.best_score_] * 2)
expect("its params", json.loads(whole.data.params["best_C"]), search.best_params_["C"])
assert "cv_results.csv" in {one.path for one in client.list_artifacts(parent.info.run_id)}
ordered = client.search_runs([experiment.experiment_id], f"tags.mlflow.parentRunId = '{parent.info.run_id}'",
                             order_by=["metrics.mean_test_score DESC"])
scores = [child.data.metrics["mean_test_score"] for child in ordered]
expect("children in order", scores, sorted(scores, reverse=True))
made = mlflow.search_logged_models([experiment.experiment_id], output_format="list",
                                   filter_string=f"source_run_id = '{parent.info.run_id}'")
expect("models of the search", sorted(one.name for one in made), ["best_estimator", "model"])
tuned = mlflow.sklearn.load_model(f"models:/{next(one for one in made if one.name == 'best_estimator').model_id}")
expect("the best estimator", tuned.C, search.best_params_["C"])


# several threads at once, each with a run of its own: autologging itself minds only one of them
mlflow.sklearn.autolog(disable=True)
dataset = mlflow.data.from_pandas(x_train, name="flores", source="iris.csv")


def train_one(strength):
    with mlflow.start_run(run_name=f"strength {strength}") as run:
        mlflow.log_input(dataset, context="training")
        mlflow.log_param("C", strength)
        model = mlflow.sklearn.log_model(LogisticRegression(C=strength, max_iter=500).fit(x_train, y_train), name="one")
        for step in range(20):
            mlflow.log_metric("score", step, step=step, model_id=model.model_id, dataset=dataset)
    return run.info.run_id


with ThreadPoolExecutor(4) as threads:
    ids = list(threads.map(train_one, range(1, 7)))
for strength, run_id in enumerate(ids, 1):
    found = client.get_run(run_id)
    expect("a run of several", [found.info.status, found.data.params["C"]], ["FINISHED", str(strength)])
    (output,) = found.outputs.model_outputs
    expect("all points of its model", len(mlflow.get_logged_model(output.model_id).metrics), 20)
    expect("all points of the run", len(client.get_metric_history(run_id, "score")), 20)
    expect("with its dataset", len(found.inputs.dataset_inputs), 1)

done()
