import type { Static } from 'typebox';
import { Type } from 'typebox';

const OrNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) => Type.Union([type, Type.Null()]);

/** The working tree as it was when the run began. */
export const GitState = Type.Object({
  /** of a repository without commits there is none */
  commit: OrNull(Type.String()),
  /** null when no branch is checked out, or nobody knows */
  branch: OrNull(Type.String()),
  /** changes, or files that git does not know; null when nobody knows */
  dirty: OrNull(Type.Boolean()),
  /** as `git apply` takes it, with the untracked files that are small text */
  diff: Type.String(),
  /** false: it was longer than what is kept, or a file could not be put into it */
  diff_complete: Type.Boolean(),
  /** files that git does not know and does not ignore */
  untracked: Type.Array(Type.String()),
});
export type GitState = Static<typeof GitState>;

export const Package = Type.Object({ name: Type.String(), version: Type.String() });
export type Package = Static<typeof Package>;

/** A program that logged to the run. */
export const SourceProgram = Type.Object({
  /** what looks like a secret is `***` */
  command: Type.Array(Type.String()),
  cwd: Type.String(),
  /** the file that ran */
  interpreter: Type.String(),
  /** such as `Python 3.12` */
  language: OrNull(Type.String()),
  /** null when nobody knows */
  packages: OrNull(Type.Array(Package)),
});
export type SourceProgram = Static<typeof SourceProgram>;

export const Machine = Type.Object({
  host: Type.String(),
  os: Type.String(),
  arch: Type.String(),
  cpu: Type.String(),
  cpus: Type.Integer(),
  memory_bytes: Type.Number(),
});
export type Machine = Static<typeof Machine>;

/** `GET /runs/:run_id/source`: what ran, as far as the client said it or the daemon could see it */
export const RunSource = Type.Object({
  user: Type.String(),
  /** the script or notebook, as the client named it */
  entry: OrNull(Type.String()),
  git: OrNull(GitState),
  programs: Type.Array(SourceProgram),
  machine: OrNull(Machine),
});
export type RunSource = Static<typeof RunSource>;
