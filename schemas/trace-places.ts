/** A place in a file that an output names. */
export interface TracePlace {
  start: number;
  length: number;
  file: string;
  line: number;
}

/** `File "train.py", line 3`, as Python writes where it was. */
const PYTHON = /\bFile "([^\n<>]{1,1000}?)", line (\d{1,7})/g;
/** `src/train.py:3` and `src/train.py:3:7`, as compilers, linters and warnings write it. */
const PLAIN =
  /(?<![\w@+/.:\\-])((?:[A-Za-z]:[\\/]|[./]{0,3})[\w@+./\\-]{0,300}[.](?:py|pyx|ipynb|r|jl|sh|ya?ml|toml|json|js|ts|c|cc|cpp|rs)):(\d{1,7})\b/gi;

/** All of them, in their order in each notation. */
export function tracePlaces(text: string): TracePlace[] {
  return [PYTHON, PLAIN].flatMap((pattern) =>
    [...text.matchAll(pattern)].map(({ 0: whole, 1: file = '', 2: line = '', index }) => ({
      start: index,
      length: whole.length,
      file,
      line: Number(line),
    })),
  );
}
