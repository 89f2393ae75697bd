import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from '../lib/root.ts';

export const HELP = `npm start [-- OPTION…]

  --no-editor    run the sample's pipeline and end; so does a start without a terminal
  --browser      VS Code for the browser, even where the command \`code\` is found
  --folder DIR   where the sample project goes (default: playground/match-outcome, which git ignores)`;

export interface StartOptions {
  editor: 'none' | 'any' | 'browser';
  folder: string;
}

export function readOptions(): StartOptions | undefined {
  const { values } = parseArgs({
    options: {
      'no-editor': { type: 'boolean', default: false },
      browser: { type: 'boolean', default: false },
      folder: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  // npm runs its scripts in the checkout: a path is meant from where the user stands
  const folder = resolve(process.env.INIT_CWD ?? ROOT, values.folder ?? resolve(ROOT, 'playground', 'match-outcome'));
  return { editor: whichEditor(values['no-editor'], values.browser), folder };
}

function whichEditor(none: boolean, browser: boolean): StartOptions['editor'] {
  if (none) return 'none';
  if (browser) return 'browser';
  return process.stdout.isTTY ? 'any' : 'none';
}
