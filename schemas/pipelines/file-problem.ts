/** Where in crisol.yaml, or in a file that it includes, something is wrong. */
export interface FilePlace {
  path: string;
  /** from 1 */
  line: number;
}

/** The file itself: there is nothing in it to mend. */
export function isMissing(problem: string): boolean {
  return problem.startsWith('There is no crisol.yaml in ');
}

/** "crisol.yaml, line 24: …" leads there, and so does "parts/train.crisol.yaml, line 3: …". */
export function placeIn(problem: string): (FilePlace & { said: string }) | undefined {
  const [, path, line, said] = /^([^:,]*crisol\.yaml), line (\d+): ([\s\S]*)$/.exec(problem) ?? [];
  return path === undefined || line === undefined || said === undefined
    ? undefined
    : { path, line: Number(line), said };
}
