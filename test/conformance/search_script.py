"""Every kind of search expression, each against what plain Python finds in the same runs."""

import math
import re

import mlflow
from mlflow import MlflowClient
from mlflow.entities import Metric, Param, RunTag, ViewType

from common import done, expect, refused

client = MlflowClient()
experiment_id = client.create_experiment("search")
other_id = client.create_experiment("search elsewhere")

RUNS = 40
known = []
for number in range(RUNS):
    metrics = {"loss": number / 7, "k e y": float(number % 5)}
    if number % 4 == 0:
        metrics["rare"] = float(-number)
    if number == 7:
        metrics["loss"] = math.nan
    params = {"depth": str(number % 6), "name": ["Adam", "adam", "sgd"][number % 3]}
    tags = {"team": "x" if number % 2 else "y"}
    if number % 5 == 0:
        tags["only"] = "50% off_"
    run = client.create_run(experiment_id, start_time=1000 + number // 2, run_name=f"run {number}", tags=tags)
    run_id = run.info.run_id
    client.log_batch(run_id, [Metric(k, v, 1, 0) for k, v in metrics.items()], [Param(k, v) for k, v in params.items()])
    if number % 3 == 0:
        client.set_terminated(run_id, "FINISHED", end_time=5000 + number)
    known.append({"id": run_id, "n": number, "metrics": metrics, "params": params, "tags": tags,
                  "start": 1000 + number // 2, "status": "FINISHED" if number % 3 == 0 else "RUNNING",
                  "end": 5000 + number if number % 3 == 0 else None})
elsewhere = client.create_run(other_id).info.run_id


def like(pattern, flags=0):
    rule = re.compile("".join(".*" if c == "%" else "." if c == "_" else re.escape(c) for c in pattern), flags | re.DOTALL)
    return lambda text: text is not None and rule.fullmatch(text) is not None


def metric(key, test):
    return lambda run: key in run["metrics"] and test(run["metrics"][key])


def param(key, test):
    return lambda run: test(run["params"].get(key))


def tag(key, test):
    return lambda run: test(run["tags"].get(key))


CASES = {
    "": lambda run: True,
    "metrics.loss < 2": metric("loss", lambda v: v < 2),
    "metrics.loss >= 2.0": metric("loss", lambda v: v >= 2),
    "metric.loss > 1e0": metric("loss", lambda v: v > 1),
    "metrics.loss != 0": metric("loss", lambda v: v != 0),
    "metrics.`k e y` = 3": metric("k e y", lambda v: v == 3),
    'metrics."k e y" <= 1': metric("k e y", lambda v: v <= 1),
    "metrics.rare < -8": metric("rare", lambda v: v < -8),
    "params.depth = '3'": param("depth", lambda v: v == "3"),
    "param.depth != '3'": param("depth", lambda v: v is not None and v != "3"),
    "parameters.depth = '3'": param("depth", lambda v: v == "3"),
    "params.name LIKE 'A%'": param("name", like("A%")),
    "params.name ILIKE 'A%'": param("name", like("A%", re.IGNORECASE)),
    "tags.team = 'x'": tag("team", lambda v: v == "x"),
    "tag.team = \"y\"": tag("team", lambda v: v == "y"),
    "tags.only IS NULL": tag("only", lambda v: v is None),
    "tags.only IS NOT NULL": tag("only", lambda v: v is not None),
    "tags.only LIKE '50%'": tag("only", like("50%")),
    "attributes.status = 'RUNNING'": lambda run: run["status"] == "RUNNING",
    "status != 'RUNNING'": lambda run: run["status"] != "RUNNING",
    "attributes.start_time > 1010": lambda run: run["start"] > 1010,
    "attributes.end_time <= 5012": lambda run: run["end"] is not None and run["end"] <= 5012,
    "attr.run_name LIKE 'run 1%'": lambda run: str(run["n"]).startswith("1"),
    "run_name = 'run 8'": lambda run: run["n"] == 8,
    "tags.`mlflow.runName` = 'run 8'": lambda run: run["n"] == 8,
    f"attributes.run_id = '{known[3]['id']}'": lambda run: run["n"] == 3,
    f"run_id IN ('{known[3]['id']}', '{known[9]['id']}')": lambda run: run["n"] in (3, 9),
    "metrics.loss < 4 AND params.name = 'sgd' and tags.team = 'y'":
        lambda run: metric("loss", lambda v: v < 4)(run) and run["params"]["name"] == "sgd" and run["tags"]["team"] == "y",
    "params.nothing = '1'": lambda run: False,
    "metrics.nothing != 1": lambda run: False,
}
for expression, holds in CASES.items():
    found = {run.info.run_id for run in client.search_runs([experiment_id], expression, max_results=1000)}
    expect(f"search {expression!r}", found, {run["id"] for run in known if holds(run)})


def in_order(clauses, key):
    got = [run.info.run_id for run in client.search_runs([experiment_id], order_by=clauses, max_results=1000)]
    # what is equal stands newest first, then by its id
    wanted = sorted(sorted(sorted(known, key=lambda run: run["id"]), key=lambda run: -run["start"]), key=key)
    expect(f"order {clauses}", got, [run["id"] for run in wanted])


def last(value, sign):
    """NaN after the numbers, what is missing after NaN, in both directions."""
    if value is None:
        return (2, 0)
    return (1, 0) if math.isnan(value) else (0, sign * value)


in_order(["metrics.loss ASC"], lambda run: last(run["metrics"]["loss"], 1))
in_order(["metrics.loss DESC"], lambda run: last(run["metrics"]["loss"], -1))
in_order(["metrics.rare"], lambda run: last(run["metrics"].get("rare"), 1))
in_order(["metrics.rare DESC"], lambda run: last(run["metrics"].get("rare"), -1))
in_order(["params.depth ASC", "metrics.loss DESC"], lambda run: (run["params"]["depth"], last(run["metrics"]["loss"], -1)))
in_order(["attributes.start_time ASC"], lambda run: run["start"])
in_order(["start_time DESC"], lambda run: -run["start"])
in_order([], lambda run: -run["start"])

# pages that fit together, in an order with many ties
pages, token = [], None
while True:
    page = client.search_runs([experiment_id], order_by=["metrics.`k e y` DESC"], max_results=7, page_token=token)
    pages += [run.info.run_id for run in page]
    token = page.token
    if not token:
        break
expect("pages", pages, [run.info.run_id for run in client.search_runs([experiment_id], order_by=["metrics.`k e y` DESC"])])
expect("every run once", len(set(pages)), RUNS)

both = client.search_runs([experiment_id, other_id], max_results=1000)
expect("two experiments", elsewhere in {run.info.run_id for run in both} and len(both), RUNS + 1)
client.delete_run(known[0]["id"])
expect("deleted", [run.info.run_id for run in client.search_runs([experiment_id], run_view_type=ViewType.DELETED_ONLY)],
       [known[0]["id"]])
expect("all", len(client.search_runs([experiment_id], run_view_type=ViewType.ALL)), RUNS)

for wrong in ["metrics.loss", "metrics.loss = 'x'", "params.depth = 3", "nonsense.loss = 3", "attributes.nothing = 'x'",
              "params.depth > '3'", "metrics.loss LIKE '1'", "metrics.loss < 2 OR metrics.loss > 3", "tags.team = x"]:
    refused(f"search {wrong!r}", "INVALID_PARAMETER_VALUE", lambda: client.search_runs([experiment_id], wrong))
for wrong in ["metrics.loss SIDEWAYS", "nonsense.loss", "attributes.nothing ASC"]:
    refused(f"order {wrong!r}", "INVALID_PARAMETER_VALUE", lambda: client.search_runs([experiment_id], order_by=[wrong]))
refused("too many", "INVALID_PARAMETER_VALUE", lambda: client.search_runs([experiment_id], max_results=50_001))

# experiments
client.set_experiment_tag(experiment_id, "area", "vision")
names = lambda **options: [one.name for one in client.search_experiments(**options)]
expect("by name", names(filter_string="name = 'search'"), ["search"])
expect("like", sorted(names(filter_string="name LIKE 'search%'")), ["search", "search elsewhere"])
expect("ilike", sorted(names(filter_string="attribute.name ILIKE 'SEARCH%'")), ["search", "search elsewhere"])
expect("by tag", names(filter_string="tags.area = 'vision'"), ["search"])
expect("not", "Default" in names(filter_string="name != 'search'"), True)
expect("order", names(filter_string="name LIKE 'search%'", order_by=["name DESC"]), ["search elsewhere", "search"])
refused("bad experiments filter", "INVALID_PARAMETER_VALUE", lambda: names(filter_string="metrics.loss < 1"))
done()
