import type { JsonObject } from '../language/json.ts';
import { byName, canonicalJson } from './canonical-json.ts';
import type { FolderChanges } from './dep-changes.ts';
import { changesOfDeps } from './dep-changes.ts';
import type { KeyParts, KeyRule } from './key.ts';
import { commandOf } from './key.ts';
import { leavesOf } from './leaves.ts';
import { asValue, commandInWords, fromTo, hasSecret, oneOf } from './why-words.ts';

/** Why a step is not what it was. */
export interface Change {
  /** a rule of the key, or of what is done with it; docs/caching.md has both */
  rule: KeyRule | CacheRule;
  /** such as `params.l2`, `data/matches.csv` or `the interpreter` */
  what: string;
  /** null where there was none, or where it is not to be shown */
  before: string | null;
  after: string | null;
  /** all of it, such as `params.l2: 1 → 100` */
  words: string;
}

/** Rules of what is done with a key. */
export const CACHE_RULES = {
  C1: 'a result is kept when the step succeeded and wrote all of its outs',
  C2: 'a result is not kept when something that counts changed while the step ran',
  C3: 'a step is up to date when its outs are those of a result with its key',
  C4: 'outs that are not are restored from any earlier result with that key',
  C5: 'what is in the way of an out is set aside unless the cache holds it',
  C6: 'a step without outs goes by its own last success; one without deps and outs runs each time',
  C7: 'the metrics of a result are kept with it',
  C8: 'crisol.lock says for each step what it was last run with',
  C9: 'outs are ignored by git',
  C10: 'results that nobody will ask for are forgotten by `crisol gc`',
} as const;
export type CacheRule = keyof typeof CACHE_RULES;

/** Parts that are known in full wherever they are kept. */
type PlainParts = Omit<KeyParts, 'work' | 'folds' | 'env'>;

/** What counts and is another than before, the nearest cause first. `folders` says what changed within deps that are folders. */
export function whatChanged(before: KeyParts, now: KeyParts, folders: FolderChanges = new Map()): Change[] {
  return inOrder([
    ...changesOfWork(before.work, now.work),
    ...changesOfValues('K1', 'folds', before.folds ?? {}, now.folds ?? {}),
    ...changesOfValues('K7', 'env', before.env, now.env),
    ...plainChanges(before, now, folders),
  ]);
}

/** The same where work and variables of before are only known to be others, as in crisol.lock. */
export function changesSince(before: PlainParts, now: KeyParts, other: { work: boolean; env: boolean }): Change[] {
  return inOrder([
    ...(other.work ? [plain('K1', now.work.kind === 'run' ? 'the command' : 'the built-in step or its settings')] : []),
    ...(other.env ? [plain('K7', 'env')] : []),
    ...plainChanges(before, now, new Map()),
  ]);
}

function plainChanges(before: PlainParts, now: KeyParts, folders: FolderChanges): Change[] {
  return [
    ...changesOfBuiltIn(before, now),
    ...changesOfDeps(before.deps, now.deps, folders),
    ...changesOfParams(before.params, now.params),
    ...changesOfNames(before.outs, now.outs),
    ...changesOfInterpreter(before.interpreter, now.interpreter),
    ...changesOfLockFiles(before.lockFiles, now.lockFiles),
  ];
}

/** Rules are numbered in the order of nearness. */
const inOrder = (changes: readonly Change[]): Change[] =>
  changes.toSorted(({ rule: one }, { rule: other }) => (one < other ? -1 : one > other ? 1 : 0));

const plain = (rule: KeyRule, what: string): Change => ({
  rule,
  what,
  before: null,
  after: null,
  words: `${what} changed`,
});

function changesOfWork(before: KeyParts['work'], now: KeyParts['work']): Change[] {
  if (before.kind === 'run' && now.kind === 'run') {
    const [one, other] = [commandOf(before.command), commandOf(now.command)];
    if (one === other) return [];
    return [{ rule: 'K1', what: 'the command', ...oneOf(one, other), words: commandInWords(one, other) }];
  }
  const [one, other] = [nameOf(before), nameOf(now)];
  if (before.kind === 'uses' && now.kind === 'uses' && one === other) {
    return changesOfValues('K1', 'with', before.with, now.with);
  }
  return [fromTo('K1', 'the work of the step', one, other)];
}

const nameOf = (work: KeyParts['work']): string =>
  work.kind === 'run' ? 'a command' : `the built-in step ${work.uses}`;

function changesOfBuiltIn(before: PlainParts, now: KeyParts): Change[] {
  // of another step K1 tells
  if (before.builtIn === now.builtIn || before.builtIn === null || now.builtIn === null) return [];
  return [fromTo('K2', 'the version of the built-in step', String(before.builtIn), String(now.builtIn))];
}

function changesOfParams(before: JsonObject, now: JsonObject): Change[] {
  const changes = changesOfValues('K5', 'params', leavesOf(before), leavesOf(now));
  if (changes.length > 0 || canonicalJson(before) === canonicalJson(now)) return changes;
  // the same values under other names: `train` in place of `train.seed`
  return [fromTo('K5', 'the params that are named', Object.keys(before).join(', '), Object.keys(now).join(', '))];
}

function changesOfValues(rule: KeyRule, prefix: string, before: JsonObject, now: JsonObject): Change[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])].sort();
  return names.flatMap((name) => {
    const [had, has] = [Object.hasOwn(before, name), Object.hasOwn(now, name)];
    const [one, other] = [before[name] ?? null, now[name] ?? null];
    if (had && has && canonicalJson(one) === canonicalJson(other)) return [];
    const what = `${prefix}.${name}`;
    if ((had && hasSecret(name, one)) || (has && hasSecret(name, other))) return [plain(rule, what)];
    return [fromTo(rule, what, had ? asValue(one) : null, has ? asValue(other) : null)];
  });
}

function changesOfNames(before: readonly string[], now: readonly string[]): Change[] {
  const added = now.filter((path) => !before.includes(path));
  const gone = before.filter((path) => !now.includes(path));
  return [
    ...added.map((path): Change => ({ ...plain('K6', path), after: path, words: `${path} is a new out` })),
    ...gone.map((path): Change => ({ ...plain('K6', path), before: path, words: `${path} is an out no longer` })),
  ];
}

function changesOfInterpreter(before: string | null, now: string | null): Change[] {
  return before === now ? [] : [fromTo('K8', 'the interpreter', before ?? 'none', now ?? 'none')];
}

function changesOfLockFiles(before: KeyParts['lockFiles'], now: KeyParts['lockFiles']): Change[] {
  const names = Object.entries({ ...before, ...now }).sort(byName);
  return names.flatMap(([name]) => {
    const [one, other] = [before[name], now[name]];
    if (one === other) return [];
    if (one === undefined) return [{ ...plain('K9', name), words: `${name} is new` }];
    return [other === undefined ? { ...plain('K9', name), words: `${name} is gone` } : plain('K9', name)];
  });
}
