"""Eight threads log to runs of their own and to one that they share, as a parallel search for parameters does."""

from concurrent.futures import ThreadPoolExecutor

import mlflow
from mlflow import MlflowClient
from mlflow.entities import Metric, Param

from common import done, expect

THREADS = 8
RUNS = 5
POINTS = 40

experiment_id = mlflow.set_experiment("threads").experiment_id
client = MlflowClient()
shared = client.create_run(experiment_id, run_name="shared").info.run_id


def work(number):
    # a client of its own, as each worker process has
    mine = MlflowClient()
    mine.set_tag(shared, "touched", "yes")
    ids = []
    for index in range(RUNS):
        run = mine.create_run(experiment_id, run_name=f"{number}.{index}", tags={"mlflow.parentRunId": shared})
        ids.append(run.info.run_id)
        mine.log_param(run.info.run_id, "number", number)
        for step in range(POINTS):
            mine.log_metric(run.info.run_id, "loss", number + 1 / (step + 1), step=step)
            mine.log_metric(shared, f"thread {number}", step, step=index * POINTS + step)
        mine.log_batch(run.info.run_id, [Metric("batch", value, 1, value) for value in range(200)], [Param("b", "1")])
        mine.set_terminated(run.info.run_id)
    return ids


with ThreadPoolExecutor(THREADS) as pool:
    made = [run_id for ids in pool.map(work, range(THREADS)) for run_id in ids]

expect("runs, each once", len(set(made)), THREADS * RUNS)
for run_id in made:
    run = client.get_run(run_id)
    expect("status", run.info.status, "FINISHED")
    expect("points", len(client.get_metric_history(run_id, "loss")), POINTS)
    expect("points of a batch", len(client.get_metric_history(run_id, "batch")), 200)
for number in range(THREADS):
    history = client.get_metric_history(shared, f"thread {number}")
    expect("shared points", sorted(point.step for point in history), list(range(RUNS * POINTS)))
children = client.search_runs([experiment_id], f"tags.`mlflow.parentRunId` = '{shared}'")
expect("children", len(children), THREADS * RUNS)
expect("tag", client.get_run(shared).data.tags["touched"], "yes")
done()
