/** Whatever it holds: its pictures and styles come along in it, and nothing comes from anywhere else. */
const POLICY =
  "default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'";

/**
 * What leads out, or runs. The frame and its policy hold all of it but look-ups of names, which go ahead of both, and WebRTC:
 * no policy holds that back, so that no frame which runs scripts is cut off from the network, even without an origin.
 */
const REMOVED = 'script, link, meta, base, iframe, frame, frameset, object, embed, form, portal, fencedframe, noscript';
const ADDRESSES = ['href', 'xlink:href', 'ping', 'action', 'formaction', 'background', 'srcset', 'poster'];

/** A page of others, made to be looked at in a frame that has no powers. */
export function safeHtml(text: string): string {
  const page = new DOMParser().parseFromString(text, 'text/html');
  for (const element of page.querySelectorAll(REMOVED)) element.remove();
  for (const element of page.querySelectorAll('*')) disarm(element);
  const head = [
    `<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
    '<meta http-equiv="x-dns-prefetch-control" content="off"><meta name="referrer" content="no-referrer">',
    // as a browser shows a page that says nothing of it, in dark themes too
    '<style>:root { color-scheme: light; background: white; color: black; }</style>',
  ].join('');
  return `<!DOCTYPE html><html><head>${head}${page.head.innerHTML}</head>${page.body.outerHTML}</html>`;
}

function disarm(element: Element): void {
  for (const name of element.getAttributeNames()) {
    if (name.startsWith('on')) element.removeAttribute(name);
  }
  for (const name of ADDRESSES) {
    // a place on the page itself
    if (element.getAttribute(name)?.startsWith('#')) continue;
    element.removeAttribute(name);
  }
  if (element.hasAttribute('src') && !/^data:image\//i.test(element.getAttribute('src') ?? '')) {
    element.removeAttribute('src');
  }
}

/** It would have had to run something to be whole. */
export function hasScripts(text: string): boolean {
  return /<script\b/i.test(text);
}
