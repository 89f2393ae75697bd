import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from '../lib/root.ts';

/** Written without the `--` before them, npm takes options for its own and tells of them in the environment. */
export const HELP = `npm start [-- OPTION…]

  --no-editor    run the sample's pipeline and end; so does a start without a terminal
  --browser      VS Code for the browser, even where the command \`code\` is found
  --folder DIR   where the sample project goes (default: playground/match-outcome, which git ignores)`;

export interface StartOptions {
  editor: 'none' | 'any' | 'browser';
  folder: string;
}

/** Undefined when only help was asked for; throws with a sentence when an option is not one of these. */
export function readOptions(args = process.argv.slice(2), env = process.env): StartOptions | undefined {
  const { values } = parseArgs({
    args,
    options: {
      'no-editor': { type: 'boolean', default: env.npm_config_editor === 'false' },
      browser: { type: 'boolean', default: env.npm_config_browser === 'true' },
      folder: { type: 'string', default: env.npm_config_folder },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  // npm runs its scripts in the checkout: a path is meant from where the user stands
  const folder = resolve(env.INIT_CWD ?? ROOT, values.folder ?? resolve(ROOT, 'playground', 'match-outcome'));
  return { editor: whichEditor(values['no-editor'], values.browser), folder };
}

function whichEditor(none: boolean, browser: boolean): StartOptions['editor'] {
  if (none) return 'none';
  if (browser) return 'browser';
  return process.stdout.isTTY ? 'any' : 'none';
}
