import type { CreateVersion } from '../../../schemas/external/mlflow/registry.ts';
import { PROMPT_SOURCES, PROMPT_TAG } from '../../../schemas/external/mlflow/registry.ts';
import { CrisolError } from '../../base/errors.ts';
import type { Registry } from '../../registry/index.ts';
import type { Tracking } from '../../tracking/index.ts';
import { registeredOrigin } from './registered-sources.ts';
import type { SourceUri } from './source-uris.ts';
import { isInside, parseSource, refuseOtherHosts, refuseRelative } from './source-uris.ts';
import { toRunInfo } from './translate.ts';
import { modelArtifactUri } from './translate-models.ts';

export interface SourceRooms {
  tracking: Tracking;
  registry: Registry;
}

/** What a new version is made from. */
export interface Origin {
  source: string;
  run_id: string | null;
  model_id: string | null;
  /** where its files are; null when they are our own copy of another version's */
  location: string | null;
  copyOf?: { name: string; version: number };
}

/**
 * Whoever registers a version says where its files are. A file of this server must belong to the run or the logged model that
 * the version is said to come from; what lies in a bucket is taken as it is said; the server's own disk and other hosts are
 * never looked at.
 */
export function originOf(rooms: SourceRooms, request: CreateVersion): Origin {
  if (isPrompt(request)) return promptOrigin(request);
  const uri = parseSource(request.source);
  refuseOtherHosts(uri);
  const registered = registeredOrigin(rooms.registry, uri, request);
  if (registered) return registered;
  return request.model_id
    ? loggedOrigin(rooms.tracking, uri, request, request.model_id)
    : runOrigin(rooms.tracking, uri, request);
}

function loggedOrigin(tracking: Tracking, uri: SourceUri, { run_id }: CreateVersion, model_id: string): Origin {
  const refused = () => foreign(uri, 'model_id');
  if (uri.isLocal) throw localPath(uri, 'model_id');
  refuseRelative(uri);
  if (uri.scheme === 'runs' || (uri.scheme === 'models' && uri.path !== `/${model_id}`)) throw refused();
  const model = tracking.loggedModels.find(model_id);
  if (!model) throw refused();
  const root = modelArtifactUri(model, tracking.experiments.get(model.experiment_id).artifact_location);
  if (uri.scheme === 'mlflow-artifacts' && !isInside(uri, parseSource(root))) throw refused();
  const location = uri.scheme === 'models' ? root : uri.text;
  return { source: uri.text, run_id: run_id || model.source_run_id || null, model_id, location };
}

function runOrigin(tracking: Tracking, uri: SourceUri, { run_id = '' }: CreateVersion): Origin {
  if (uri.isLocal) throw localPath(uri, 'run_id');
  refuseRelative(uri);
  if (uri.scheme === 'models') throw foreign(uri, 'model_id');
  const isOfRun =
    (uri.scheme !== 'runs' || (uri.authority === '' && run_id !== '' && uri.parts[0] === run_id)) &&
    (uri.scheme !== 'mlflow-artifacts' || isArtifactOf(tracking, run_id, uri));
  if (!isOfRun) throw foreign(uri, 'run_id');
  return { source: uri.text, run_id: run_id || null, model_id: null, location: uri.text };
}

function isArtifactOf({ runs }: Tracking, runId: string, uri: SourceUri): boolean {
  const run = runId === '' ? undefined : runs.find(runId);
  if (!run) return false;
  const { artifact_uri } = toRunInfo(run);
  return isInside(uri, parseSource(artifact_uri));
}

function isPrompt({ tags = [] }: CreateVersion): boolean {
  return tags.findLast(({ key }) => key === PROMPT_TAG)?.value?.toLowerCase() === 'true';
}

function promptOrigin({ source, run_id, model_id }: CreateVersion): Origin {
  if (PROMPT_SOURCES.includes(source))
    return { source, run_id: run_id || null, model_id: model_id || null, location: source };
  throw new CrisolError(
    'INVALID_PARAMETER_VALUE',
    `Invalid prompt source: '${source}'. Prompt sources must use an MLflow placeholder.`,
  );
}

function foreign({ text }: SourceUri, parameter: 'run_id' | 'model_id'): CrisolError {
  return new CrisolError(
    'INVALID_PARAMETER_VALUE',
    `Invalid model version source: '${text}'. The ${parameter} request parameter must identify the resource that contains ` +
      'the source.',
  );
}

function localPath({ text }: SourceUri, parameter: 'run_id' | 'model_id'): CrisolError {
  return new CrisolError(
    'INVALID_PARAMETER_VALUE',
    `Invalid model version source: '${text}'. A local path cannot be the source of a model version: log the model to a run, ` +
      `and name that run or logged model with ${parameter}.`,
  );
}
