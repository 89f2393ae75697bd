import { randomUUID } from 'node:crypto';
import { chmodSync, lstatSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { STAGING_BESIDE } from '../looking/ignored.ts';
import { splitPath } from '../looking/singles.ts';
import type { Paths } from '../paths.ts';
import type { Raw } from '../raw.ts';
import { systemPath } from '../raw.ts';
import { STAGING } from './paths.ts';

/** Where things are made before they get their name: on the same disk, so that a name is all that is missing. */
export class Staging {
  private readonly folder: Raw;
  private readonly isOwn: boolean;

  /** `beside`: where things will have their names; it is made when it is missing. */
  constructor(store: Raw, beside: Raw) {
    this.isOwn = diskOf(store) === diskOf(beside);
    this.folder = this.isOwn ? `${store}/${STAGING}` : `${beside}/${STAGING_BESIDE}${randomUUID()}`;
    if (!this.isOwn) mkdirSync(systemPath(this.folder));
  }

  draft(): Raw {
    return `${this.folder}/${randomUUID()}`;
  }

  dispose(): void {
    if (!this.isOwn) rmSync(systemPath(this.folder), { recursive: true, force: true });
  }
}

/** With the modes that the user's own programs would give it. */
export function makeFolder(path: Raw, umask: number): void {
  mkdirSync(systemPath(path));
  chmodSync(systemPath(path), 0o777 & ~umask);
}

export function makeFoldersAbove(paths: Paths, path: Raw, umask: number): void {
  const { folder } = splitPath(path);
  if (folder === '' || lstatSync(systemPath(paths.absolute(folder)), { throwIfNoEntry: false })) return;
  makeFoldersAbove(paths, folder, umask);
  makeFolder(paths.absolute(folder), umask);
}

function diskOf(folder: Raw): number {
  return statSync(systemPath(folder)).dev;
}
