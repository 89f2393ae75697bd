import { rmSync } from 'node:fs';
import { DaemonInfo } from '../../schemas/workspace.ts';
import type { Disposable } from '../base/disposables.ts';
import { readPrivate, writePrivate } from './private-file.ts';

/** `daemon.json`, there while the daemon is. */
export class InfoFile implements Disposable {
  private readonly file: string;
  private readonly epoch: string;

  constructor(file: string, info: DaemonInfo) {
    this.file = file;
    this.epoch = info.epoch;
    writePrivate(file, info);
  }

  dispose(): void {
    // somebody else's must stay
    if (readPrivate(this.file, DaemonInfo)?.epoch === this.epoch) rmSync(this.file, { force: true });
  }
}
