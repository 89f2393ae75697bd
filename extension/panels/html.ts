export interface PageParts {
  title: string;
  script: string;
  style: string;
  cspSource: string;
  nonce: string;
  /** what the panel is about; the page keeps it for the next window */
  subject: unknown;
}

/** The page of every panel: it runs its own bundle and reaches nothing else. */
export function pageHtml({ title, script, style, cspSource, nonce, subject }: PageParts): string {
  // the toolkit writes its styles into the page, hence 'unsafe-inline' for styles alone
  const policy = [
    "default-src 'none'",
    `style-src ${cspSource} 'unsafe-inline'`,
    `font-src ${cspSource}`,
    `img-src ${cspSource} data:`,
    `script-src 'nonce-${nonce}'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escaped(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<link rel="stylesheet" href="${escaped(style)}">
</head>
<body>
<div id="panel" data-subject="${escaped(JSON.stringify(subject))}"></div>
<script nonce="${nonce}" src="${escaped(script)}"></script>
</body>
</html>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
