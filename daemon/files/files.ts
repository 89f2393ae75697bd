import type { Digest, FileChanges, FileDigest, FolderDigest } from '../../schemas/pipelines/digest.ts';
import type { KeeperLink } from './keeper/link.ts';
import type { Collected, DigestOptions, Files, LookOptions, StoreUsage } from './ports.ts';

/** So many changes are listed unless somebody wants more. */
const MOST_CHANGES = 100;

/** Asks the process that knows. */
export class FilesOfWorkspace implements Files {
  private readonly keeper: KeeperLink;

  constructor(keeper: KeeperLink) {
    this.keeper = keeper;
  }

  digest(
    paths: readonly string[],
    { throughLinks = false, ...options }: DigestOptions = {},
  ): Promise<Map<string, Digest | null>> {
    return this.keeper.call('digest', { paths, throughLinks }, options);
  }

  changesBetween(before: string, now: string, { most = MOST_CHANGES } = {}): Promise<FileChanges | undefined> {
    return this.keeper.call('changes', { before, now, most });
  }

  keep(path: string, options?: LookOptions): Promise<FileDigest | FolderDigest> {
    return this.keeper.call('keep', { path }, options);
  }

  has(digest: Digest): Promise<boolean> {
    return this.keeper.call('has', { digest });
  }

  async restore(path: string, digest: Digest, options?: LookOptions): Promise<void> {
    await this.keeper.call('restore', { path, digest }, options);
  }

  setAside(path: string, where: string): Promise<boolean> {
    return this.keeper.call('setAside', { path, where });
  }

  remove(path: string): Promise<boolean> {
    return this.keeper.call('remove', { path });
  }

  async unprotect(path: string): Promise<void> {
    await this.keeper.call('unprotect', { path });
  }

  usage(): Promise<StoreUsage> {
    return this.keeper.call('usage', {});
  }

  collect(isNeeded: Iterable<Digest>, { dryRun = false } = {}): Promise<Collected> {
    return this.keeper.call('collect', { needed: [...isNeeded], dryRun });
  }

  trustAhead(isNew: boolean): void {
    this.keeper.trustAhead(isNew);
  }

  dispose(): Promise<void> {
    return this.keeper.close();
  }
}
