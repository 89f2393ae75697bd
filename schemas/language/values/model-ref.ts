export const STAGES = ['development', 'staging', 'production', 'archived'] as const;
export type StageName = (typeof STAGES)[number];

/** A model by its stage, by its version, or by its name alone. */
export type ModelRef =
  | { name: string; stage: StageName; version: null }
  | { name: string; stage: null; version: number }
  | { name: string; stage: null; version: null };

const REF = /^([A-Za-z0-9_][A-Za-z0-9_.-]{0,99})(?:@([a-z]+)|\/([1-9]\d{0,8}))?$/;

export function parseModelRef(text: string): ModelRef | null {
  const match = REF.exec(text);
  if (!match) return null;
  const [, name = '', word, version] = match;
  if (version !== undefined) return { name, stage: null, version: Number(version) };
  if (word === undefined) return { name, stage: null, version: null };
  const stage = STAGES.find((known) => known === word);
  return stage ? { name, stage, version: null } : null;
}
