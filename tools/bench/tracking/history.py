"""How long MLflow's own client takes to read a whole history: the last line is milliseconds."""

import sys
import time

from mlflow import MlflowClient

url, run_id, points = sys.argv[1], sys.argv[2], int(sys.argv[3])
client = MlflowClient(url)
client.get_run(run_id)  # the connection is there, and all is imported
start = time.perf_counter()
found = client.get_metric_history(run_id, "loss")
spent = time.perf_counter() - start
assert len(found) == points, len(found)
print(spent * 1000)
