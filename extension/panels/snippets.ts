import type { SnippetLanguage } from '../../schemas/panels/endpoint.ts';
import type { FeatureRecord } from '../../schemas/wire/serving.ts';

export interface Call {
  url: string;
  token: string;
  record: FeatureRecord;
}

/** The request as a program, ready to paste. Nothing has to be installed for any of them. */
export function snippet(language: SnippetLanguage, call: Call): string {
  return WRITERS[language](call);
}

const WRITERS: Record<SnippetLanguage, (call: Call) => string> = { curl, python, javascript };

function curl({ url, token, record }: Call): string {
  return [
    `curl -s ${shellWord(`${url}/predict`)} \\`,
    `  -H ${shellWord(`Authorization: Bearer ${token}`)} \\`,
    `  -H 'Content-Type: application/json' \\`,
    `  -d ${shellWord(JSON.stringify(record))}`,
  ].join('\n');
}

/** Within single quotes a POSIX shell reads nothing but the closing quote. */
function shellWord(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function python({ url, token, record }: Call): string {
  return `import json
from urllib.request import Request, urlopen

record = ${pythonRecord(record)}
request = Request(
    ${JSON.stringify(`${url}/predict`)},
    data=json.dumps(record).encode(),
    headers={"Authorization": ${JSON.stringify(`Bearer ${token}`)}, "Content-Type": "application/json"},
)
print(json.load(urlopen(request)))
`;
}

/** JSON's texts and numbers are Python's too; its true, false and null are not. */
function pythonRecord(record: FeatureRecord): string {
  const words = new Map<unknown, string>([
    [true, 'True'],
    [false, 'False'],
    [null, 'None'],
  ]);
  const lines = Object.entries(record).map(
    ([name, value]) => `    ${JSON.stringify(name)}: ${words.get(value) ?? JSON.stringify(value)},`,
  );
  return `{\n${lines.join('\n')}\n}`;
}

function javascript({ url, token, record }: Call): string {
  return `const response = await fetch(${JSON.stringify(`${url}/predict`)}, {
  method: 'POST',
  headers: { Authorization: ${JSON.stringify(`Bearer ${token}`)}, 'Content-Type': 'application/json' },
  body: JSON.stringify(${JSON.stringify(record, null, 2).replaceAll('\n', '\n  ')}),
});
console.log(await response.json());
`;
}
