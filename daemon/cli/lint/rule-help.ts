import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const PAGE = join('docs', 'crisol-yaml.md');

/** What the page of the language says of each rule. The page is packed beside the programs; where it is not, nothing is said. */
export function ruleHelp(): (code: string) => { help: string; uri: string } | undefined {
  const here = dirname(fileURLToPath(import.meta.url));
  const page = [join(here, '..', PAGE), join(here, '..', '..', '..', PAGE)].find((path) => existsSync(path));
  if (!page) return () => undefined;
  const entries = entriesOf(readFileSync(page, 'utf8'));
  return (code) => {
    const help = entries.get(code);
    return help === undefined ? undefined : { help, uri: `${pathToFileURL(page).href}#${code.toLowerCase()}` };
  };
}

/** Each has an anchor, its title, and below it what is wrong and what is right. */
function entriesOf(page: string): Map<string, string> {
  const entries = page.split(/^<a id="crisol\d+"><\/a>\n/m).slice(1);
  return new Map(
    entries.map((entry) => {
      const [title = '', ...text] = entry.split('\n');
      // the last of them ends where the next part of the page begins
      return [
        /CRISOL\d+/.exec(title)?.[0] ?? '',
        text
          .join('\n')
          .replace(/^#{1,2} [\s\S]*/m, '')
          .trim(),
      ];
    }),
  );
}
