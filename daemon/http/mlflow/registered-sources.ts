import type { CreateVersion } from '../../../schemas/external/mlflow/registry.ts';
import { CrisolError } from '../../base/errors.ts';
import type { ModelOverview, Registry, VersionRecord } from '../../registry/index.ts';
import { isPrompt } from './search-registry.ts';
import type { SourceUri } from './source-uris.ts';
import { newestOfStages, stageOf } from './translate-registry.ts';
import type { Origin } from './version-sources.ts';

/** `models:/NAME/3`, `models:/NAME/Production`, `models:/NAME@champion`: another version is taken over, with what it comes from. */
export function registeredOrigin(registry: Registry, uri: SourceUri, request: CreateVersion): Origin | undefined {
  if (uri.scheme !== 'models') return undefined;
  if (uri.authority !== '') throw refused(uri, 'Registered model sources must use the active model registry.');
  const meant = meaning(uri);
  if (!meant) return undefined;
  const model = registry.overview(meant.name);
  if (isPrompt(model)) throw refused(uri, 'Prompt versions cannot be used as model version sources.');
  const version = registry.versions.get(meant.name, meant.find(registry, model));
  refuseOtherLineage(uri, version, request);
  const { run_id, model_id, location } = version;
  const origin = { source: `models:/${meant.name}/${version.version}`, run_id, model_id, location };
  return location === null ? { ...origin, copyOf: { name: meant.name, version: version.version } } : origin;
}

interface Meaning {
  name: string;
  find: (registry: Registry, model: ModelOverview) => number;
}

/** Nothing for the id of a logged model. */
function meaning(uri: SourceUri): Meaning | undefined {
  const [name = '', which, ...more] = uri.path.replace(/^\/+/, '').split('/');
  if (more.length > 0 || name.trim() === '' || which?.trim() === '') {
    throw refused(uri, 'It names no version of a model.');
  }
  if (which !== undefined) return { name, find: (_registry, model) => numberOf(model, which) };
  const at = name.lastIndexOf('@');
  if (at < 0) return undefined;
  return { name: name.slice(0, at), find: (registry) => aliased(registry, name.slice(0, at), name.slice(at + 1)) };
}

function numberOf(model: ModelOverview, which: string): number {
  if (/^\d+$/.test(which)) return Number(which);
  const isLatest = which.toLowerCase() === 'latest';
  const [newest] = isLatest ? model.versions : newestOfStages(model, [stageOf(which)]);
  if (newest) return newest.version;
  throw new CrisolError('RESOURCE_DOES_NOT_EXIST', `No version of ${JSON.stringify(model.name)} is in ${which}.`);
}

function aliased(registry: Registry, name: string, alias: string): number {
  const found = registry.catalog.byAlias(name, alias);
  if (found) return found.version;
  throw new CrisolError('INVALID_PARAMETER_VALUE', `Registered model alias ${alias} not found.`);
}

function refuseOtherLineage(uri: SourceUri, found: VersionRecord, { run_id, model_id }: CreateVersion): void {
  const isOther = (sent: string | undefined, known: string | null) => sent !== undefined && sent !== (known ?? '');
  if (!isOther(run_id, found.run_id) && !isOther(model_id, found.model_id)) return;
  throw refused(uri, 'The run_id and model_id request parameters must match the referenced model version.');
}

function refused({ text }: SourceUri, why: string): CrisolError {
  return new CrisolError('INVALID_PARAMETER_VALUE', `Invalid model version source: '${text}'. ${why}`);
}
