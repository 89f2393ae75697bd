import { statfsSync } from 'node:fs';
import type { Raw } from '../raw.ts';
import { systemPath } from '../raw.ts';

/** Of Linux's own file systems: ext, xfs, btrfs, f2fs, zfs, bcachefs, tmpfs, overlay. */
const KEEPING_TIMES = [0xef53, 0x58465342, 0x9123683e, 0xf2f52010, 0x2fc12fc1, 0xca451a4e, 0x01021994, 0x794c7630];

/**
 * Whether a disk gives a folder another time whenever a name comes or goes in it. All local ones of Linux do; some of other
 * systems, and many that lie behind a network, do not: there the names are read each time.
 */
export class Disks {
  private readonly answers = new Map<number, boolean>();

  keepTimes(disk: number, folder: Raw): boolean {
    const known = this.answers.get(disk);
    if (known !== undefined) return known;
    const answer = process.platform === 'linux' && isLocal(folder);
    this.answers.set(disk, answer);
    return answer;
  }
}

function isLocal(folder: Raw): boolean {
  try {
    return KEEPING_TIMES.includes(statfsSync(systemPath(folder)).type >>> 0);
  } catch {
    return false;
  }
}
