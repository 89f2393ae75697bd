import { chmod, rename, rm, writeFile } from 'node:fs/promises';

/** A file that is not ours alone, written whole or not at all. What the daemon makes otherwise nobody else may read. */
export async function writeUsersFile(file: string, text: string, mode: number): Promise<void> {
  const draft = `${file}.${process.pid}.partial`;
  try {
    await writeFile(draft, text);
    await chmod(draft, mode);
    await rename(draft, file);
  } finally {
    await rm(draft, { force: true });
  }
}
