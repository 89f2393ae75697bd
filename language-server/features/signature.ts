import type { SignatureHelp } from 'vscode-languageserver';
import { MarkupKind } from 'vscode-languageserver';
import { functionNamed, parameterLabel, signatureOf } from '../../schemas/language/expressions/functions.ts';
import type { Position } from '../../schemas/language/positions.ts';
import { expressionAt } from '../documents/expression-cursor.ts';
import type { Analysis } from '../projects/analysis.ts';

/** The values that the function at the cursor takes, and which of them is being written. */
export function signatureHelp({ document: { text, lines } }: Analysis, position: Position): SignatureHelp | null {
  const call = expressionAt(text, lines, lines.offset(position))?.call;
  const known = call && functionNamed(call.name);
  if (!call || !known) return null;
  const parameters = known.parameters.map((parameter) => ({
    label: parameterLabel(parameter),
    documentation: { kind: MarkupKind.Markdown, value: parameter.description },
  }));
  const last = known.parameters.at(-1);
  const most = last?.repeated ? known.parameters.length - 1 : known.parameters.length;
  return {
    signatures: [
      {
        label: signatureOf(known.name, known),
        documentation: { kind: MarkupKind.Markdown, value: known.description },
        parameters,
      },
    ],
    activeSignature: 0,
    activeParameter: last?.repeated ? Math.min(call.argument, most) : call.argument,
  };
}
