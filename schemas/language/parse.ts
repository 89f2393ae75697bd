import type { PlacedExpression } from './check/placed-expressions.ts';
import { expressionsIn } from './check/placed-expressions.ts';
import { structureOf } from './check/structure.ts';
import type { Suppression } from './check/suppressions.ts';
import { suppressionsIn } from './check/suppressions.ts';
import type { FileView } from './check/view.ts';
import type { Diagnostic } from './diagnostic.ts';
import { FILE_SHAPE } from './grammar/file.ts';
import type { PipelineModel } from './model.ts';
import { occurrencesIn } from './names/find.ts';
import type { Occurrence } from './names/occurrence.ts';
import { graphOf } from './plan.ts';
import type { LineIndex } from './positions.ts';
import { indexLines } from './positions.ts';
import type { PipelineFileRole } from './protocol.ts';
import { readModel } from './read-model.ts';
import { runRules } from './rules/index.ts';
import { parseYaml } from './syntax/parse.ts';
import type { TreeNode } from './syntax/tree.ts';

/** The text with its tree: what editor features walk. */
export interface PipelineDocument {
  text: string;
  lines: LineIndex;
  root: TreeNode | null;
}

export interface PipelineFile {
  document: PipelineDocument;
  model: PipelineModel;
  expressions: readonly PlacedExpression[];
  /** every name at every place */
  names: readonly Occurrence[];
  /** comments that hold diagnostics back, for those who add diagnostics of their own */
  suppressions: readonly Suppression[];
  /** what rules look at: of several files together they are asked again */
  view: FileView;
  diagnostics: Diagnostic[];
}

export interface ParseOptions {
  /** `part` for `*.crisol.yaml`: what is missing there may stand in another file */
  role?: PipelineFileRole;
}

/** Any text gives all three; a mistake is a diagnostic, never an exception. Ranges count in the text as given. */
export function parsePipelineFile(text: string, { role = 'main' }: ParseOptions = {}): PipelineFile {
  const lines = indexLines(text);
  const { root, problems } = parseYaml(text);
  const model = readModel(root, lines);
  const expressions = expressionsIn(root, text, lines);
  const view: FileView = {
    text,
    lines,
    role,
    root,
    problems,
    ...structureOf(root, FILE_SHAPE),
    model,
    ...graphOf(model),
    expressions,
    names: occurrencesIn({ document: { text, root }, expressions }),
    suppressions: suppressionsIn(text, root, lines),
  };
  const { names, suppressions } = view;
  return {
    document: { text, lines, root },
    model,
    expressions,
    names,
    suppressions,
    view,
    diagnostics: runRules(view),
  };
}
