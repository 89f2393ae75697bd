import type { CodeAction, CompletionItem, Hover, SignatureHelp } from 'vscode-languageserver';
import { InsertTextFormat, MarkupKind } from 'vscode-languageserver';
import type { Client } from './client.ts';

/** Suggestions without what this editor would write or show letter by letter. */
export function completionsFor(
  items: readonly CompletionItem[],
  client: Pick<Client, 'snippets' | 'markdown' | 'commands'>,
): CompletionItem[] {
  return items.map(({ command, ...item }) => ({
    ...(client.snippets ? item : withoutSnippet(item)),
    documentation: client.markdown ? item.documentation : plainDocumentation(item.documentation),
    ...(client.commands && command && { command }),
  }));
}

export function hoverFor(hover: Hover | null, { markdown }: Pick<Client, 'markdown'>): Hover | null {
  if (!hover || markdown || typeof hover.contents !== 'object' || !('kind' in hover.contents)) return hover;
  return { ...hover, contents: { kind: MarkupKind.PlainText, value: withoutMarks(hover.contents.value) } };
}

export function signatureFor(help: SignatureHelp | null, { markdown }: Pick<Client, 'markdown'>): SignatureHelp | null {
  if (!help || markdown) return help;
  const signatures = help.signatures.map((signature) => ({
    ...signature,
    documentation: plainDocumentation(signature.documentation),
    parameters: signature.parameters?.map((parameter) => ({
      ...parameter,
      documentation: plainDocumentation(parameter.documentation),
    })),
  }));
  return { ...help, signatures };
}

export function actionsFor(actions: readonly CodeAction[], { commands }: Pick<Client, 'commands'>): CodeAction[] {
  return actions.filter(({ command }) => commands || command === undefined);
}

function withoutSnippet(item: CompletionItem): CompletionItem {
  if (item.insertTextFormat !== InsertTextFormat.Snippet) return item;
  const { textEdit, insertText } = item;
  return {
    ...item,
    insertTextFormat: InsertTextFormat.PlainText,
    ...(textEdit && { textEdit: { ...textEdit, newText: withoutStops(textEdit.newText) } }),
    ...(insertText !== undefined && { insertText: withoutStops(insertText) }),
  };
}

/** `${1:name}` is `name`, `${1|a,b|}` is `a`, `$1` is nothing; what is escaped is itself. From within outwards. */
function withoutStops(snippet: string): string {
  const escaped = snippet.replaceAll(/\\([$}\\])/g, (_, char: string) => `\0${char.charCodeAt(0)}\0`);
  let text = escaped;
  for (let before = ''; before !== text; ) {
    before = text;
    text = text.replaceAll(
      /\$\{\d+(?::([^$}]*)|\|([^,|]*)[^|]*\|)?\}|\$\d+/g,
      (_, name = '', choice = '') => name || choice,
    );
  }
  return text.replaceAll(/\0(\d+)\0/g, (_, code: string) => String.fromCharCode(Number(code)));
}

function plainDocumentation(documentation: CompletionItem['documentation']): CompletionItem['documentation'] {
  if (documentation === undefined || typeof documentation === 'string') return documentation;
  return withoutMarks(documentation.value);
}

/** Bold, code and links as the words that they show. */
function withoutMarks(markdown: string): string {
  return markdown
    .replaceAll(/^```\w*\n/gm, '')
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/\*\*|`/g, '')
    .replaceAll(/(?<![\w*])\*(?=\S)([^*\n]+)\*(?![\w*])/g, '$1');
}
