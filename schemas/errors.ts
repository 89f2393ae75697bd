/**
 * Every error that a person or a program can meet: code, HTTP status, and what to do about it. Codes are stable; each has
 * its entry in docs/errors.md, which a test holds against this list.
 */
export interface ErrorKind {
  status: number;
  hint: string;
}

export const ERRORS = {
  // MLflow's own codes, which its client relies on
  INVALID_PARAMETER_VALUE: { status: 400, hint: 'Correct the value and send the request again.' },
  RESOURCE_ALREADY_EXISTS: { status: 400, hint: 'Choose another name, or use what is there.' },
  RESOURCE_DOES_NOT_EXIST: {
    status: 404,
    hint: 'Check the name or the id; `crisol runs` and `crisol models` list what there is.',
  },
  BAD_REQUEST: { status: 400, hint: 'Correct the request and send it again.' },
  ENDPOINT_NOT_FOUND: { status: 404, hint: 'Check the path; the interface is described at /docs.' },
  NOT_IMPLEMENTED: { status: 501, hint: 'Do it another way; MLflow clients do so by themselves.' },
  INTERNAL_ERROR: {
    status: 500,
    hint: 'Look into the output channel "Crisol" or .crisol/logs, and report it with what you find there.',
  },
  TEMPORARILY_UNAVAILABLE: { status: 503, hint: 'Try again in a moment.' },

  AUTH_TOKEN_REFUSED: {
    status: 401,
    hint: 'Send "Authorization: Bearer TOKEN" with the token that `crisol status --json` shows.',
  },
  AUTH_HOST_REFUSED: {
    status: 403,
    hint: 'Use the address 127.0.0.1 or localhost, as `crisol status` prints it, and `crisol endpoints` that of an endpoint.',
  },
  AUTH_ORIGIN_REFUSED: {
    status: 403,
    hint: 'Web pages may not talk to the daemon; use a script, the command line or VS Code.',
  },

  HTTP_BODY_TOO_LARGE: { status: 413, hint: 'Send less at once, for example in several batches.' },
  HTTP_BODY_TOO_DEEP: { status: 400, hint: 'Send JSON that is nested less deeply (at most 64 levels).' },
  HTTP_BODY_INVALID: { status: 400, hint: 'Send a valid JSON object with Content-Type: application/json.' },

  STORE_FOREIGN: {
    status: 500,
    hint: 'Move the folder .crisol away, or open another workspace; nothing in it was changed.',
  },
  STORE_CORRUPT: {
    status: 500,
    hint: 'Restore a copy from .crisol/backups, or move .crisol away to start afresh; nothing in it was changed.',
  },
  STORE_NEWER: { status: 500, hint: 'Update Crisol to the version that wrote this folder, or newer.' },
  STORE_READ_ONLY: {
    status: 507,
    hint: 'Make the workspace folder writable; nothing was written, and the request can be sent again.',
  },
  STORE_DISK_FULL: {
    status: 507,
    hint: 'Free some disk space; nothing was written, and the request can be sent again.',
  },

  DAEMON_UNREACHABLE: {
    status: 503,
    hint: 'Start it with `crisol up`, and look into .crisol/logs if it does not stay.',
  },
  DAEMON_START_FAILED: { status: 500, hint: 'Look into .crisol/logs/daemon.log for the reason.' },
  DAEMON_ALREADY_RUNNING: { status: 409, hint: 'Use the running daemon; `crisol status` shows it.' },

  FILE_NOT_FOUND: {
    status: 404,
    hint: 'Check the path. A relative one is taken from the workspace folder; on the command line, from the current one.',
  },
  FILE_UNUSABLE: { status: 400, hint: 'Check the path, and what you may read and write there.' },
  FILE_CHANGED: { status: 409, hint: 'Wait until nothing writes to it any more, and run again.' },
  FILE_OUTSIDE_WORKSPACE: { status: 400, hint: 'Use a path inside the workspace folder.' },

  CLI_USAGE: { status: 400, hint: '`crisol help` lists the commands, `crisol help COMMAND` what one of them takes.' },

  PIPELINE_FILE_INVALID: { status: 400, hint: 'Mend crisol.yaml; `crisol lint` shows each place.' },
  PIPELINE_STEP_UNKNOWN: { status: 404, hint: 'Use the name of a step in crisol.yaml.' },
  PIPELINE_BUSY: { status: 409, hint: 'Wait until the run ends, or cancel it.' },
  PIPELINE_NOT_RESUMED: { status: 409, hint: 'Run the pipeline anew.' },

  CACHE_DAMAGED: { status: 409, hint: 'Run the step again: its outs are made anew, and kept.' },
  SWEEP_UNKNOWN: { status: 404, hint: 'Name a sweep of crisol.yaml.' },
  SWEEP_NOT_BEGUN: { status: 409, hint: 'Mend what the message names, and start the sweep again.' },
  SWEEP_GROUND_CHANGED: { status: 409, hint: 'Start the sweep anew.' },
  SWEEP_INVALID: { status: 400, hint: 'Correct the sweep in crisol.yaml.' },
  FOLDS_IMPOSSIBLE: { status: 400, hint: 'Give fewer folds, or a file with more rows, classes or groups.' },

  TRIGGER_UNKNOWN: { status: 404, hint: '`crisol triggers` lists those of crisol.yaml.' },
  TRIGGER_INPUT_INVALID: {
    status: 400,
    hint: 'Give the params that the trigger takes; `crisol triggers NAME` shows them.',
  },
  TRIGGER_PAUSED: { status: 409, hint: 'Resume it: `crisol triggers NAME --resume`.' },
  TRIGGER_KEY_REUSED: {
    status: 422,
    hint: 'Use a new key for a new request; the same one only to send a request again.',
  },
  TRIGGER_NOT_RUN: { status: 409, hint: 'Mend what the message names, and ask again with a new key.' },

  DATA_UNREADABLE: { status: 400, hint: 'Check the file: CSV, Parquet or NDJSON, with one named column a value.' },
  DATA_COLUMN_MISSING: { status: 400, hint: 'Use the name of a column in the file.' },
  TRAINING_DATA_UNFIT: {
    status: 400,
    hint: 'Give rows with at least two classes in the target and one usable column.',
  },

  MODEL_INVALID: {
    status: 400,
    hint: 'Register a folder with model.onnx and signature.json, as the built-in trainer writes it.',
  },
  MODEL_REASON_MISSING: {
    status: 400,
    hint: 'Say why in a few words, in a terminal with --reason; the history keeps it.',
  },
  MODEL_CHECKS_FAILED: {
    status: 409,
    hint: 'Mend what the failed check names, or choose another version; `--dry-run` shows all checks.',
  },
  MODEL_FILES_CHANGED: {
    status: 409,
    hint: 'Put the files back as they were registered, or register the model again as a new version.',
  },
  MODEL_NOT_SERVABLE: {
    status: 409,
    hint: "Serve a version that a step `uses: register` made; others are loaded with MLflow's own client.",
  },
  MODEL_STAGE_UNCHANGED: { status: 409, hint: 'Choose another stage.' },

  ENDPOINT_UNKNOWN: {
    status: 404,
    hint: 'Use an endpoint of crisol.yaml, or a model: NAME, NAME@STAGE, NAME@ALIAS or NAME/VERSION.',
  },
  ENDPOINT_NO_MODEL: { status: 409, hint: 'Promote a version to that stage first.' },
  ENDPOINT_NOT_READY: { status: 409, hint: 'Start it with `crisol serve NAME`, or with ▶ in the view Endpoints.' },
  ENDPOINT_START_FAILED: { status: 500, hint: 'Look at the reason beside it; the model may be damaged.' },
  ENDPOINT_INPUT_INVALID: { status: 400, hint: "Send the model's inputs by name; GET /v2/models/NAME lists them." },

  IMPORT_SOURCE_INVALID: {
    status: 400,
    hint: 'Give a folder mlruns, or a SQLite file such as mlflow.db, that MLflow wrote.',
  },
  IMPORT_SOURCE_BUSY: { status: 503, hint: 'End whatever writes to it, or wait, and import again.' },
  IMPORT_EXPERIMENT_DELETED: {
    status: 409,
    hint: 'Restore it, or remove it for good, and import again.',
  },

  MONITOR_UNKNOWN: { status: 404, hint: 'Use the name of a monitor in crisol.yaml.' },
} as const satisfies Record<string, ErrorKind>;

export type ErrorCode = keyof typeof ERRORS;
