import type { JsonObject, JsonValue } from '../../language/json.ts';
import { canonicalJson } from '../canonical-json.ts';
import type { Dep, KeyParts } from '../key.ts';
import { commandOf } from '../key.ts';
import type { Change } from '../why.ts';
import { changesSince } from '../why.ts';
import { hasSecret } from '../why-words.ts';
import type { LockEntry } from './entry.ts';

/** The sha256 of a text, in hexadecimal digits. */
export type Hash = (text: string) => string;

const DIGITS = 12;

export interface Outcome {
  key: string;
  outs: readonly Dep[];
  metrics: Readonly<Record<string, number>>;
}

export function entryOf(parts: KeyParts, { key, outs, metrics }: Outcome, hash: Hash): LockEntry {
  const { builtIn, deps, params, interpreter, lockFiles } = parts;
  return {
    key,
    ...digestsOf(parts, hash),
    builtIn,
    interpreter,
    lockFiles,
    deps,
    params: withoutSecrets(params),
    outs: outs.map(({ path }) => path),
    written: [...outs],
    // what a machine measured of itself is another each time
    metrics: Object.fromEntries(Object.entries(metrics).filter(([name]) => !name.startsWith('system/'))),
  };
}

/** What changed since crisol.lock was written. */
export function changesSinceEntry(entry: LockEntry, now: KeyParts, hash: Hash): Change[] {
  const { work, env } = digestsOf(now, hash);
  const known = { ...now, params: withoutSecrets(now.params) };
  return changesSince(entry, known, { work: work !== entry.work, env: env !== entry.env });
}

function digestsOf({ work, folds, env }: KeyParts, hash: Hash): Pick<LockEntry, 'work' | 'env'> {
  const done = work.kind === 'run' ? commandOf(work.command) : canonicalJson([work.uses, work.with]);
  const text = folds ? canonicalJson([done, folds]) : done;
  const variables = Object.keys(env).length === 0 ? '' : hash(canonicalJson(env)).slice(0, DIGITS);
  return { work: hash(text).slice(0, DIGITS), env: variables };
}

/** The file is committed: what looks like a key or a password is not in it. */
function withoutSecrets(params: JsonObject): JsonObject {
  const values = Object.entries(params).map(([name, value]): [string, JsonValue] => {
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) return [name, withoutSecrets(value)];
    return [name, hasSecret(name, value) ? '(not shown)' : value];
  });
  return Object.fromEntries(values);
}
