import type { JsonObject } from '../language/json.ts';
import type { PlannedStep } from '../language/model.ts';
import { byName, canonicalJson } from './canonical-json.ts';
import type { Found } from './identity.ts';
import { identityOf } from './identity.ts';

/**
 * What a step's result depends on, each a rule with a number: docs/caching.md explains them in these words, and tests are named by
 * them. Numbered in the order in which causes are told, the nearest first.
 */
export const KEY_RULES = {
  K1: 'the command, or the built-in step and its settings, with all expressions filled in',
  K2: 'the version of the built-in step',
  K3: 'which deps there are',
  K4: 'what the deps hold',
  K5: 'the params that the step names, and their values',
  K6: 'which outs there are',
  K7: 'the variables of `env`, those of the file and those of the step',
  K8: 'the version of the Python interpreter that commands find',
  K9: 'the lock files at the top of the workspace',
  K10: 'nothing else',
} as const;

/** A change of what the rules mean is one of these, and makes all that was kept before no match. */
const RULES_VERSION = 1;

export type KeyRule = keyof typeof KEY_RULES;

export interface Dep {
  path: string;
  digest: Found;
}

/** All that counts, and nothing else. Values of the environment that the daemon inherited stand in it by their names alone. */
export interface KeyParts {
  work: PlannedStep['work'];
  /** of a built-in step */
  builtIn: number | null;
  deps: readonly Dep[];
  /** name → value; a name may mean a map of them */
  params: JsonObject;
  outs: readonly string[];
  env: Readonly<Record<string, string>>;
  /** how its rows are divided, of a step that is cross-validated: a part of its work (K1) */
  folds?: JsonObject;
  /** such as `Python 3.12.1`; null for built-in steps, and where there is none */
  interpreter: string | null;
  /** name → sha256; none for built-in steps */
  lockFiles: Readonly<Record<string, string>>;
}

/** The text whose sha256 is the key. */
export function keyText({ work, folds, builtIn, deps, params, outs, env, interpreter, lockFiles }: KeyParts): string {
  const contents = deps.map(({ path, digest }) => [path, identityOf(digest)] as const);
  return canonicalJson({
    rules: RULES_VERSION,
    work: workOf(work),
    ...(folds && { folds }),
    builtIn,
    deps: Object.fromEntries(contents),
    params,
    outs: Object.fromEntries(outs.map((path) => [path, true])),
    env,
    interpreter,
    lockFiles,
  });
}

/** Whether a block in YAML ends with a line break is a matter of `|` and `|-`. */
const workOf = (work: PlannedStep['work']): PlannedStep['work'] =>
  work.kind === 'run' ? { ...work, command: commandOf(work.command) } : work;

export const commandOf = (text: string): string => text.replace(/\n+$/, '');

export const inOrder = (deps: readonly Dep[]): Dep[] =>
  [...new Map(deps.map((dep) => [dep.path, dep]))].sort(byName).map(([, dep]) => dep);
