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
import { graphOf } from './plan/paths.ts';
import type { LineIndex } from './positions.ts';
import { indexLines } from './positions.ts';
import type { PipelineFileRole } from './protocol.ts';
import { readModel } from './read-model.ts';
import { runRules } from './rules/index.ts';
import type { Reading } from './syntax/read.ts';
import { readYaml, standAgain } from './syntax/read.ts';
import type { TreeNode } from './syntax/tree.ts';
import { changeBetween } from './text-change.ts';

/** The text with its tree: what editor features walk. */
export interface PipelineDocument {
  text: string;
  lines: LineIndex;
  root: TreeNode | null;
  reading: Reading;
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
  readonly diagnostics: Diagnostic[];
}

export interface ParseOptions {
  /** `part` for `*.crisol.yaml`: what is missing there may stand in another file */
  role?: PipelineFileRole;
  /** the version before: what a change leaves as it is, is taken over from it, and it must not be used any more */
  before?: PipelineFile | null;
}

/** Any text gives all three; a mistake is a diagnostic, never an exception. Ranges count in the text as given. */
export function parsePipelineFile(text: string, { role = 'main', before }: ParseOptions = {}): PipelineFile {
  const document = readDocument(text, before?.document ?? null);
  const { lines, root, reading } = document;
  const { problems } = reading.tree;
  const model = readModel(root, lines);
  const expressions = expressionsIn(root, text);
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
  return new ReadFile(document, view);
}

class ReadFile implements PipelineFile {
  readonly document: PipelineDocument;
  readonly model: PipelineModel;
  readonly expressions: readonly PlacedExpression[];
  readonly names: readonly Occurrence[];
  readonly suppressions: readonly Suppression[];
  readonly view: FileView;
  #diagnostics: Diagnostic[] | undefined;

  constructor(document: PipelineDocument, view: FileView) {
    this.document = document;
    this.model = view.model;
    this.expressions = view.expressions;
    this.names = view.names;
    this.suppressions = view.suppressions;
    this.view = view;
  }

  /** Made when they are asked for: who has a project asks the rules about all of it. */
  get diagnostics(): Diagnostic[] {
    this.#diagnostics ??= runRules(this.view);
    return this.#diagnostics;
  }
}

function readDocument(text: string, before: PipelineDocument | null): PipelineDocument {
  const change = before && changeBetween(before.text, text);
  const lines = change ? indexLines(text, before.lines, change) : indexLines(text);
  const reading = readYaml(text, before?.reading, change);
  return { text, lines, root: reading.tree.root, reading };
}

/**
 * Looks at a text that differs a little from that of a file, and leaves the file as it is: what would stand there, were
 * a word written.
 */
export function trying<Answer>(
  { text, reading }: PipelineDocument,
  other: string,
  look: (root: TreeNode | null, problems: Reading['tree']['problems']) => Answer,
): Answer {
  const tried = readYaml(other, reading, changeBetween(text, other));
  try {
    return look(tried.tree.root, tried.tree.problems);
  } finally {
    standAgain(reading);
  }
}
