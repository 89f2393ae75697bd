import type { Model, Stage } from '../../schemas/wire/registry.ts';

export interface Move {
  version: number;
  from: Stage;
  to: Stage;
}

export interface PromotionPlan {
  /** in this order: what stands in the way leaves first */
  moves: Move[];
  effects: string[];
}

/** Stages that a reference such as `name@production` points to. */
export const REFERRED: readonly Stage[] = ['staging', 'production'];

type Versions = Pick<Model, 'versions'>;

/**
 * What moving a version does. The versions that held the stage before are archived, as MLflow does with `archive_existing_versions`, unless
 * they are to stay beside it; they can be promoted again. The model must come with its versions in the stages above.
 */
export function planPromotion(model: Pick<Model, 'name'> & Versions, move: Move, replaces = true): PromotionPlan {
  const isReferred = REFERRED.includes(move.to);
  const left = isReferred && replaces ? othersIn(model, move.to, move) : [];
  const leaving = left.map(({ version }): Move => ({ version, from: move.to, to: 'archived' }));
  if (move.from === move.to) return { moves: leaving, effects: leaving.map(isArchived) };
  const effects = [`v${move.version} moves from ${move.from} to ${move.to}`, ...leaving.map(isArchived)];
  const newer = left.find(({ version }) => version > move.version);
  if (newer) effects.push(`v${move.version} is older than v${newer.version}, which it replaces`);
  if (isReferred) effects.push(`${model.name}@${move.to} means v${meantBy(model, move, replaces)} from then on`);
  if (REFERRED.includes(move.from)) effects.push(whatRemains(model, move));
  return { moves: [...leaving, move], effects };
}

function othersIn({ versions }: Versions, stage: Stage, { version: moved }: Move): Model['versions'] {
  return versions.filter(({ version, stage: held }) => held === stage && version !== moved);
}

function isArchived({ version, from }: Move): string {
  return `v${version} leaves ${from} and is archived`;
}

function meantBy(model: Versions, move: Move, replaces: boolean): number {
  const beside = replaces ? [] : othersIn(model, move.to, move).map(({ version }) => version);
  return Math.max(move.version, ...beside);
}

function whatRemains(model: Pick<Model, 'name'> & Versions, move: Move): string {
  const [newest] = othersIn(model, move.from, move);
  const meaning = newest ? `v${newest.version} from then on` : 'no version any more';
  return `${model.name}@${move.from} means ${meaning}`;
}
