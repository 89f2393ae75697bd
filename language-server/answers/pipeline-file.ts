import { incomingCalls, outgoingCalls, prepareCallHierarchy } from '../features/call-hierarchy.ts';
import { codeActions } from '../features/code-actions/code-actions.ts';
import { driftActions } from '../features/code-actions/drift.ts';
import { codeLenses } from '../features/code-lenses.ts';
import { complete } from '../features/completion/complete.ts';
import { foldingRanges } from '../features/folding.ts';
import { formatDocument, formatRange } from '../features/formatting.ts';
import { hover } from '../features/hover/hover.ts';
import { inlayHints } from '../features/inlay-hints.ts';
import { documentLinks } from '../features/links.ts';
import { selectionRanges } from '../features/selection.ts';
import { semanticTokens } from '../features/semantic-tokens.ts';
import { signatureHelp } from '../features/signature.ts';
import { symbols } from '../features/symbols.ts';
import { why } from '../features/why.ts';
import type { Live } from '../live/live.ts';
import type { Analysis } from '../projects/analysis.ts';
import type { Answers } from './answers.ts';
import { aboutNames } from './names.ts';

/** crisol.yaml and its parts answer everything. */
export function aboutPipeline(analysis: Analysis, live: Live, docs: string | undefined): Answers {
  const values = live.of(analysis.uri);
  return {
    ...aboutNames(analysis),
    completions: (at) => complete(analysis, at, values),
    hover: (at, extentOf) => hover(analysis, at, values, { extentOf }),
    signature: (at) => signatureHelp(analysis, at),
    actions: (range, only) => [
      ...codeActions(analysis, range, docs, only),
      ...driftActions(analysis, values, range, docs),
    ],
    symbols: () => symbols(analysis),
    foldings: () => foldingRanges(analysis),
    selections: (positions) => selectionRanges(analysis, positions),
    links: () => documentLinks(analysis),
    tokens: () => semanticTokens(analysis),
    lenses: () => codeLenses(analysis, values),
    hints: (range) => inlayHints(analysis, range, values),
    calls: (at) => prepareCallHierarchy(analysis, at),
    incoming: (item) => incomingCalls(analysis, item),
    outgoing: (item) => outgoingCalls(analysis, item),
    format: () => formatDocument(analysis),
    formatRange: (range) => formatRange(analysis, range),
    why: (step) => why(analysis, step),
  };
}
