import { createHash } from 'node:crypto';
import { EXTENSION_AUTHORITY, PLACE_IN_FRAGMENT } from '../../../schemas/places.ts';

/** Runs in the browser: the part after # never reaches the daemon. */
const SCRIPT = `
const scheme = document.body.dataset.scheme;
const found = ${PLACE_IN_FRAGMENT}.exec(location.hash);
const link = document.querySelector('a');
const show = (id) => { document.getElementById(id).hidden = false; };
if (!found) show('none');
else {
  const [, experiment, run] = found;
  document.getElementById('what').textContent = run ? 'Run ' + run : 'Experiment ' + experiment;
  if (scheme) {
    link.href = scheme + '://${EXTENSION_AUTHORITY}/' + (run ? 'run/' + experiment + '/' + run : 'experiment/' + experiment);
    show('editor');
    // a page that is left before it is there would look as if it loaded for ever
    addEventListener('load', () => setTimeout(() => location.replace(link.href)));
  } else show('terminal');
}
addEventListener('hashchange', () => location.reload());
`;

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 36rem; margin: 15vh auto; padding: 0 1.5rem; }
h1 { font-size: 1.25rem; overflow-wrap: anywhere; }
`;

const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Of others it may load nothing, and nobody may frame it. */
export const LINK_PAGE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': [
    "default-src 'none'",
    `script-src ${hashOf(SCRIPT)}`,
    `style-src ${hashOf(STYLE)}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-store',
};

/** What a link of MLflow's client opens in a browser: it leads on to the editor. It holds nothing of the workspace. */
export function linkPage(scheme: string | null): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Crisol</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body data-scheme="${scheme ?? ''}">
<h1 id="what">Crisol</h1>
<div id="editor" hidden>
<p>It opens in your editor now. If nothing happens: <a href="">open it in the editor</a>.</p>
<p>The window with this project must be the one that you used last.</p>
</div>
<p id="terminal" hidden>It opens in your editor: click on this link there, in the terminal that printed it, or choose
<em>Crisol: Open run…</em> from the command palette.</p>
<p id="none" hidden>This is where scripts log to. Runs are seen in the editor, in the view <em>Experiments</em> of Crisol.</p>
<noscript><p>Open the run in your editor: choose <em>Crisol: Open run…</em> from the command palette.</p></noscript>
<script>${SCRIPT}</script>
</body>
</html>
`;
}
