/** Names come from people and scripts: nothing in them may become markup. */
export function escaped(text: string): string {
  return text
    .replace(/[\\`*_{}[\]()#+\-!|<>~$&]/g, '\\$&')
    .replace(/\s*\n\s*/g, ' ')
    .trim();
}

/** A link that runs a command of ours. */
export function commandLink(label: string, command: string, ...args: unknown[]): string {
  const query = args.length > 0 ? `?${encodeURIComponent(JSON.stringify(args))}` : '';
  // parentheses would end the link too early
  return `[${escaped(label)}](command:${command}${query.replace(/[()]/g, (char) => (char === '(' ? '%28' : '%29'))})`;
}

/** A small table for a tooltip; values are plain text, unless they are already Markdown. */
export function table(title: string, rows: [string, string | { markdown: string } | undefined][]): string {
  const lines = rows
    .filter(([, value]) => value !== undefined && value !== '')
    .map(
      ([label, value]) =>
        `| ${escaped(label)} | ${typeof value === 'object' ? value.markdown : escaped(value ?? '')} |`,
    );
  return [`**${escaped(title)}**`, '', '| | |', '|:--|:--|', ...lines, ''].join('\n');
}

/** Output of a program, as it is. */
export function codeBlock(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `\n${fence}text\n${text.trimEnd()}\n${fence}\n`;
}
