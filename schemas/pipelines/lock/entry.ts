import type { JsonObject, JsonValue } from '../../language/json.ts';
import type { Digest } from '../digest.ts';
import type { Found } from '../identity.ts';
import type { Dep, KeyParts } from '../key.ts';

/**
 * What crisol.lock says of a step. Work and variables are digests: that they changed can be told, and what they hold, which may
 * be nobody else's business, is not in a file that is committed.
 */
export interface LockEntry extends Omit<KeyParts, 'work' | 'folds' | 'env'> {
  key: string;
  work: string;
  /** empty where the step has no variables */
  env: string;
  outs: string[];
  written: Dep[];
  metrics: Record<string, number>;
}

/** As JSON, whose order is that of the lines. */
export function toJson(entry: LockEntry): JsonObject {
  const { key, work, builtIn, env, interpreter, lockFiles, deps, params, written, metrics } = entry;
  const all = {
    key,
    work,
    built_in: builtIn,
    env: env === '' ? null : env,
    interpreter,
    lock_files: sorted({ ...lockFiles }),
    deps: digestsOf(deps),
    params: sorted(params),
    outs: digestsOf(written),
    metrics: sorted(metrics),
  };
  // what is not there has no line
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null && !isEmpty(value)));
}

/** Null for what no Crisol wrote. */
export function fromJson(value: JsonValue | undefined): LockEntry | null {
  const entry = mapOf(value);
  const { key, work, built_in: builtIn = null, env = '', interpreter = null } = entry;
  const deps = depsOf(entry.deps);
  const written = depsOf(entry.outs);
  if (typeof key !== 'string' || !/^[0-9a-f]{64}$/.test(key) || !deps || !written) return null;
  if (typeof work !== 'string' || typeof env !== 'string') return null;
  return {
    key,
    work,
    env,
    builtIn: typeof builtIn === 'number' ? builtIn : null,
    interpreter: typeof interpreter === 'string' ? interpreter : null,
    lockFiles: valuesOf(entry.lock_files, (one) => typeof one === 'string'),
    deps,
    params: mapOf(entry.params),
    outs: written.map(({ path }) => path),
    written,
    metrics: valuesOf(entry.metrics, (one) => typeof one === 'number'),
  };
}

const isEmpty = (value: JsonValue): boolean => typeof value === 'object' && Object.keys(value ?? {}).length === 0;

const sorted = (values: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(values).sort(([one], [other]) => (one < other ? -1 : 1)));

const digestsOf = (deps: readonly Dep[]): JsonObject =>
  sorted(Object.fromEntries(deps.map(({ path, digest }) => [path, digestToJson(digest)])));

function digestToJson(found: Found): JsonValue {
  if (found === null) return null;
  if (found.kind === 'link') return { link: found.sha256, target: found.target, to: digestToJson(found.to) };
  if (found.kind === 'folder') {
    const { sha256: folder, files, bytes, behind } = found;
    return { folder, files, bytes, ...(behind && { behind }) };
  }
  return { file: found.sha256, bytes: found.bytes, ...(found.executable && { executable: true }) };
}

function depsOf(value: JsonValue | undefined): Dep[] | null {
  const deps = Object.entries(mapOf(value)).map(([path, one]) => ({ path, digest: digestFrom(one) }));
  const whole = deps.flatMap(({ path, digest }) => (digest === undefined ? [] : [{ path, digest }]));
  return whole.length === deps.length ? whole : null;
}

const isDigest = (value: JsonValue | undefined): value is string =>
  typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);

/** Undefined for what is none. */
function digestFrom(value: JsonValue | undefined): Found | undefined {
  if (value === null) return null;
  const { file, folder, link, target, bytes, files, behind, to, executable } = mapOf(value);
  if (isDigest(file) && typeof bytes === 'number') {
    return { kind: 'file', sha256: file, bytes, executable: executable === true };
  }
  if (isDigest(folder) && typeof bytes === 'number' && typeof files === 'number') {
    return { kind: 'folder', sha256: folder, bytes, files, ...(isDigest(behind) && { behind }) };
  }
  return isDigest(link) && typeof target === 'string' ? linkFrom(link, target, digestFrom(to)) : undefined;
}

function linkFrom(sha256: string, target: string, to: Found | undefined): Digest | undefined {
  return to === undefined || to?.kind === 'link' ? undefined : { kind: 'link', sha256, target, to };
}

const mapOf = (value: JsonValue | undefined): JsonObject =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? value : {};

function valuesOf<T extends JsonValue>(
  value: JsonValue | undefined,
  isOne: (one: JsonValue) => one is T,
): Record<string, T> {
  return Object.fromEntries(
    Object.entries(mapOf(value)).flatMap(([name, one]): [string, T][] => (isOne(one) ? [[name, one]] : [])),
  );
}
