type Value = string | number;

let translate = (message: string, values: Value[]) =>
  message.replace(/\{(\d+)\}/g, (hole, index) => String(values[Number(index)] ?? hole));
let language = 'en';

/** VS Code's own translations, once the extension runs in it; without them the texts are English. */
export function speak(inLanguage: string, using: (message: string, ...values: Value[]) => string): void {
  language = inLanguage;
  translate = (message, values) => using(message, ...values);
}

/** A text for people: `t('{0} runs', 3)`. Each is also in l10n/bundle.l10n.json, for translators. */
export function t(message: string, ...values: Value[]): string {
  return translate(message, values);
}

/**
 * VS Code makes a link of `[words](command:…)` in a notification, whatever the command does. Names and reasons come from
 * scripts and files of others: a bracket apart, they stay words.
 */
export function plainWords(text: string): string {
  return quoted(text).replaceAll('](', '] (');
}

/** Where no Markdown is drawn, code stands in quotation marks. */
export function quoted(text: string): string {
  return text.replaceAll(/`([^`\n]+)`/g, '“$1”');
}

export function currentLanguage(): string {
  return language;
}
