import type { NameKind } from './occurrence.ts';

/** The sections whose keys are names that people choose. */
export const NAMED_SECTIONS: ReadonlyMap<string, Exclude<NameKind, 'param' | 'path'>> = new Map([
  ['steps', 'step'],
  ['endpoints', 'endpoint'],
  ['monitors', 'monitor'],
  ['models', 'model'],
  ['datasets', 'dataset'],
  ['features', 'feature'],
  ['sweeps', 'sweep'],
]);
