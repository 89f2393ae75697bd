import type { WrongInput } from '../check/whole.ts';
import type { LineIndex } from '../positions.ts';
import { indexLines } from '../positions.ts';
import { parseYaml } from '../syntax/parse.ts';
import type { TreeNode } from '../syntax/tree.ts';
import type { FileAnswer } from './files.ts';

/** A file that `params` names: YAML, or JSON, which YAML reads. */
export interface ParamsFile {
  path: string;
  /** null while it was not read */
  content: { text: string; lines: LineIndex; root: TreeNode | null } | null;
  wrong?: Pick<WrongInput, 'message' | 'related'>;
}

const OTHER_KINDS = /\.(toml|py|ini|cfg|env|csv)$/i;

export function readParamsFile(path: string, answer: FileAnswer): ParamsFile {
  if (answer === 'unknown') return { path, content: null };
  const unusable = (message: string): ParamsFile => ({ path, content: null, wrong: { message } });
  if (answer === 'missing') return unusable(`There is no file \`${path}\`: make it, or correct the path.`);
  if ('problem' in answer) return unusable(`\`${path}\` ${answer.problem}: name a file that can be read.`);
  const { text } = answer;
  const lines = indexLines(text);
  const { root, problems } = parseYaml(text);
  const [problem] = problems;
  const content = { text, lines, root: problem ? null : root };
  if (OTHER_KINDS.test(path)) return unusable(`Params files are YAML or JSON: write the params of \`${path}\` as one.`);
  if (problem) {
    const range = lines.range(problem.span);
    const message = `\`${path}\` cannot be read, see its line ${range.start.line + 1}: ${problem.message}`;
    return { path, content, wrong: { message, related: [{ path, range, message: problem.message }] } };
  }
  if (root && root.kind !== 'map' && !(root.kind === 'scalar' && root.value === null)) {
    return { path, content, wrong: { message: `\`${path}\` holds no map of names and values: make it one.` } };
  }
  return { path, content };
}
