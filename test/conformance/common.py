"""What the scripts beside this file have in common."""

import os

import mlflow
from mlflow.exceptions import MlflowException

#: "crisol" or "mlflow": for the few places where the two differ on purpose
SERVER = os.environ.get("CONFORMANCE_SERVER", "crisol")


def expect(what, got, wanted):
    assert got == wanted, f"{what}: got {got!r}, wanted {wanted!r}"


def refused(what, code, action):
    """The action fails with this code of MLflow's; answers the message."""
    try:
        action()
    except MlflowException as failure:
        expect(what, failure.error_code, code)
        return str(failure)
    raise AssertionError(f"{what} was not refused")


def done():
    """What the test waits for: a script that ends early has not said it."""
    print(f"mlflow {mlflow.__version__}: all as expected")
