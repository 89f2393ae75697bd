"""A store of MLflow's own with the same content as Crisol's, written past its server, which would take many minutes."""

import sqlite3
import sys

from mlflow.store.tracking.sqlalchemy_store import SqlAlchemyStore

file, runs, history = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
SqlAlchemyStore(f"sqlite:///{file}", f"{file}-artifacts")
db = sqlite3.connect(file)


def value(number, index):
    # spread without order, the same in both stores
    return (number * 7919 + index * 104729) % 100003 / 100003


def insert_run(run_id, number):
    db.execute(
        "INSERT INTO runs (run_uuid, name, source_type, source_name, entry_point_name, user_id, status, start_time, end_time,"
        " source_version, lifecycle_stage, artifact_uri, experiment_id) VALUES"
        " (?, ?, 'UNKNOWN', '', '', 'bench', 'FINISHED', ?, ?, '', 'active', ?, 0)",
        (run_id, f"run-{number}", 1_700_000_000_000 + number, 1_700_000_100_000 + number, f"mlflow-artifacts:/0/{run_id}"),
    )


for number in range(runs):
    run_id = f"{number:032x}"
    insert_run(run_id, number)
    metrics = [(f"metric_{index}", value(number, index), 1_700_000_000_000, 0, False, run_id) for index in range(10)]
    db.executemany("INSERT INTO metrics (key, value, timestamp, step, is_nan, run_uuid) VALUES (?, ?, ?, ?, ?, ?)", metrics)
    db.executemany("INSERT INTO latest_metrics (key, value, timestamp, step, is_nan, run_uuid) VALUES (?, ?, ?, ?, ?, ?)", metrics)
    params = [(f"param_{index}", str(number % (index + 2)), run_id) for index in range(10)]
    db.executemany("INSERT INTO params (key, value, run_uuid) VALUES (?, ?, ?)", params)
    tags = [(f"tag_{index}", f"value {number % (index + 3)}", run_id) for index in range(5)]
    db.executemany("INSERT INTO tags (key, value, run_uuid) VALUES (?, ?, ?)", tags)

long_run = "f" * 32
insert_run(long_run, runs)
db.execute("UPDATE runs SET experiment_id = 0, start_time = 1 WHERE run_uuid = ?", (long_run,))
points = [("loss", 1 / (step + 1), 1_700_000_000_000 + step, step, False, long_run) for step in range(history)]
db.executemany("INSERT INTO metrics (key, value, timestamp, step, is_nan, run_uuid) VALUES (?, ?, ?, ?, ?, ?)", points)
db.execute("INSERT INTO latest_metrics (key, value, timestamp, step, is_nan, run_uuid) VALUES (?, ?, ?, ?, ?, ?)", points[-1])
db.commit()
