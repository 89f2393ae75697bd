import type { PipelineFile } from '../../../schemas/language/parse.ts';
import { plainTree } from './plain-tree.ts';

/** All that is known of a file, as plain data, to be compared. */
export function plainFile({ document, model, expressions, names, suppressions, view, diagnostics }: PipelineFile) {
  const { text, lines, root } = document;
  return {
    text,
    starts: [...lines.starts],
    tree: plainTree(root),
    problems: view.problems,
    model,
    // places are asked for, never kept
    expressions: expressions.map((one) => {
      const { part, references, base, use, span } = one;
      return { part, references, base, use, span, inner: one.spanOf(part.inner) };
    }),
    names: names.map(({ kind, name, span, role, dotted }) => ({ kind, name, span, role, dotted })),
    suppressions,
    mismatches: view.mismatches.map(({ kind }) => kind),
    graph: { paths: view.paths, edges: view.edges },
    diagnostics,
  };
}
