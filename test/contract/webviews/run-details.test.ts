import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { describe, expect } from 'vitest';
import { PANELS_VERSION } from '../../../schemas/panels/common.ts';
import type { WebviewPreview } from '../../support/webview-preview.ts';
import { test } from './panels.ts';
import { curves, pipeline, run } from './recorded.ts';
import { DOT, hugeFolder, known, listed, listedModel, shows, text } from './run-details.ts';

const one = run('a', {}, curves(0));
const subject = { run_id: one.run_id };
const all = { type: 'runs/all', run: one, pipeline: null };

async function openTab(preview: WebviewPreview, name: string, ...messages: unknown[]): Promise<void> {
  await preview.say(all);
  await preview.page.getByRole('tab', { name }).click();
  await preview.say(...messages);
}

describe("a run's artifacts", () => {
  test('are a tree that is read folder by folder, with all its keys', async ({ open }) => {
    const preview = await open({ panel: 'runs', subject });
    await openTab(preview, 'Artifacts', listed);
    const rows = preview.page.getByRole('treeitem');
    expect((await rows.allInnerTexts()).map((row) => row.replaceAll(/\s+/g, ' ').trim()).slice(0, 3)).toEqual([
      '▸ model',
      '▸ plots',
      'confusion.csv 1.2 KB',
    ]);
    await preview.page.getByRole('tree').focus();
    await preview.page.keyboard.press('ArrowRight');
    expect(await preview.heard()).toContainEqual({ type: 'runs/list-artifacts', folder: 'model' });
    await preview.page.getByRole('treeitem', { name: 'Loading…' }).waitFor();
    await preview.say(listedModel);
    await preview.page.keyboard.press('ArrowDown');
    await preview.page.keyboard.press('ArrowDown');
    await preview.page.keyboard.press('Enter');
    const asked = { type: 'runs/preview-artifact', path: 'model/MLmodel', insist: false };
    await expect.poll(() => preview.heard()).toContainEqual(asked);
    await preview.say(shows('model/MLmodel', text('text', 'flavors:\n  onnx: {}')));
    await preview.page.getByText('flavors:').waitFor();
  });

  test('of ten thousand only those in sight are drawn', async ({ open }) => {
    const preview = await open({ panel: 'runs', subject });
    await openTab(preview, 'Artifacts', hugeFolder);
    const rows = preview.page.getByRole('treeitem');
    expect(await rows.count()).toBeLessThan(80);
    await preview.page.getByRole('tree').focus();
    await preview.page.keyboard.press('End');
    await preview.page.getByRole('treeitem', { name: 'frame-9999.png' }).waitFor();
    await preview.page.getByRole('textbox', { name: /Filter artifacts/ }).fill('frame-77');
    await preview.page.getByRole('treeitem', { name: 'frame-7700.png' }).waitFor();
  });

  test('are shown as tables where they are tables: CSV, and what log_table writes', async ({ open }) => {
    const preview = await open({ panel: 'runs', subject });
    await openTab(preview, 'Artifacts', listed);
    await preview.page.getByRole('treeitem', { name: 'confusion.csv' }).click();
    await preview.say(shows('confusion.csv', text('table', 'class;hits\n"home; away";12\ndraw;3\n')));
    expect(await preview.page.locator('.artifact-table tr').allInnerTexts()).toEqual([
      'class\thits',
      'home; away\t12',
      'draw\t3',
    ]);
    await preview.page.getByRole('treeitem', { name: 'metrics.json' }).click();
    await preview.say(shows('metrics.json', text('json', '{"columns":["q","a"],"data":[["why?",null]]}')));
    expect(await preview.page.locator('.artifact-table tr').allInnerTexts()).toEqual(['q\ta', 'why?\t']);
  });

  test('that are no pictures, whatever they are called, say so', async ({ open }) => {
    const preview = await open({ panel: 'runs', subject });
    await openTab(preview, 'Artifacts', hugeFolder);
    await preview.page.getByRole('treeitem', { name: 'frame-0.png' }).click();
    const url = `data:image/png;base64,${Buffer.from('<script>alert(1)</script>').toString('base64')}`;
    await preview.say(shows('frame-0.png', { kind: 'image', url, bytes: 25 }));
    await preview.page.getByText('it is none that can be shown').waitFor();
    await preview.say(shows('frame-0.png', { kind: 'image', url: DOT, bytes: 70 }));
    await preview.page.getByRole('img', { name: 'frame-0.png' }).waitFor();
  });

  test('that are large wait until somebody insists, or saves them', async ({ open }) => {
    const preview = await open({ panel: 'runs', subject });
    await openTab(preview, 'Artifacts', listed);
    await preview.page.getByRole('treeitem', { name: 'report.html' }).click();
    await preview.say(shows('report.html', { kind: 'too-large', bytes: 9_000_000, showable: true }));
    await preview.page.getByText('8.6 MB are much for a preview').waitFor();
    await preview.page.getByRole('button', { name: 'Show anyway' }).click();
    await preview.page.getByRole('button', { name: 'Save as…' }).click();
    expect((await preview.heard()).slice(-2)).toEqual([
      { type: 'runs/preview-artifact', path: 'report.html', insist: true },
      { type: 'runs/save-artifact', path: 'report.html' },
    ]);
  });

  test('that are pages reach nobody: no script, no address, no frame, not the panel', async ({ open, browser }) => {
    const [away, reached] = await Promise.all([listen(), listen()]);
    try {
      const preview = await open({ panel: 'runs', subject });
      await openTab(preview, 'Artifacts', listed);
      await preview.page.getByRole('treeitem', { name: 'report.html' }).click();
      await preview.say(shows('report.html', text('html', hostilePage(away.address))));
      const frame = preview.page.frameLocator('iframe');
      await frame.getByText('The report').waitFor();
      expect(await frame.locator('p').evaluate((element) => getComputedStyle(element).color)).toBe('rgb(1, 2, 3)');
      await frame.getByText('a way out').click();
      // the same page reaches out where it may; what this one, begun later, has done the other one would have done before
      const free = await browser.newPage();
      await free.setContent(hostilePage(reached.address), { waitUntil: 'commit' });
      await expect.poll(() => reached.calls).toBeGreaterThan(5);
      await free.close();
      expect(away.calls).toBe(0);
      expect((await preview.heard()).filter(({ type }) => type === 'stolen')).toEqual([]);
      expect(await preview.page.locator('iframe').getAttribute('sandbox')).toBe('');
    } finally {
      away.close();
      reached.close();
    }
  });
});

/** An address that counts who comes. */
async function listen() {
  const visited = { calls: 0, address: '', close: () => void server.close() };
  const server = createServer((socket) => {
    visited.calls += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  visited.address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return visited;
}

/** All the ways out that there are. */
function hostilePage(away: string): string {
  return `<!DOCTYPE html><html><head>
    <meta http-equiv="refresh" content="0; url=${away}/refresh">
    <link rel="stylesheet" href="${away}/style.css"><link rel="preconnect" href="${away}">
    <link rel="dns-prefetch" href="${away}"><link rel="prefetch" href="${away}/prefetch"><base href="${away}/">
    <style>@import "${away}/import.css"; p { color: rgb(1, 2, 3); background: url(${away}/background.png) }
      @font-face { font-family: away; src: url(${away}/font.woff) } p { font-family: away }</style>
    <script>fetch('${away}/fetch'); parent.postMessage({ type: 'stolen' }, '*');
      parent.toExtension?.push({ type: 'stolen' })</script></head>
    <body onload="fetch('${away}/load')"><p>The report</p>
    <img src="${away}/picture.png" onerror="fetch('${away}/error')"><img srcset="${away}/set.png 2x">
    <svg><image href="${away}/image.png"/><use href="${away}/use.svg#a"/><a href="${away}/svg">svg</a></svg>
    <iframe src="${away}/frame"></iframe><object data="${away}/object"></object><embed src="${away}/embed">
    <video src="${away}/video" poster="${away}/poster"></video><audio src="${away}/audio"></audio>
    <form action="${away}/form"><button>send</button></form>
    <a href="${away}/link" ping="${away}/ping">a way out</a><a href="javascript:fetch('${away}')">run</a>
    <template><img src="${away}/template"></template><math><mtext><img src="${away}/math"></mtext></math>
    </body></html>`;
}

describe('what ran', () => {
  test('is in a row of badges that lead to the rest, in place of the tags', async ({ open }) => {
    const preview = await open({ panel: 'runs', subject });
    await preview.say(all, known);
    const badges = preview.page.getByRole('list', { name: 'Origin' }).getByRole('listitem');
    expect(await badges.allInnerTexts()).toEqual(['main@4f2d9a7c • changed', 'matches (training)']);
    expect(await preview.page.getByText('Branch').count()).toBe(0);
    await badges.first().getByRole('button').click();
    await preview.page.getByText("src/train.py --lr 0.3 --name 'second try'").waitFor();
  });

  test('has its packages searched, its changes shown, and its commands asked for', async ({ open }) => {
    const preview = await open({ panel: 'runs', subject });
    await openTab(preview, 'Code', known);
    await preview.page.getByRole('textbox', { name: /Filter packages/ }).fill('scikit');
    await preview.page.getByRole('row', { name: 'scikit-learn 1.7.2' }).waitFor();
    await expect.poll(() => preview.page.getByRole('row', { name: 'numpy' }).count()).toBe(0);
    await preview.page.getByRole('button', { name: 'Show changes' }).click();
    await preview.page.getByRole('button', { name: 'Reproduce…' }).click();
    expect((await preview.heard()).slice(-2)).toEqual([{ type: 'runs/show-changes' }, { type: 'runs/reproduce' }]);
  });

  test('is asked for again once the run has ended', async ({ open }) => {
    const preview = await open({ panel: 'runs', subject });
    const asked = async () => (await preview.heard()).filter(({ type }) => type === 'runs/read-origin').length;
    await preview.say({ ...all, run: run('a', { state: 'running', ended_at: null }) });
    expect(await asked()).toBe(1);
    await preview.say(all);
    expect(await asked()).toBe(2);
  });
});

test("a step's log opens as a document", async ({ open }) => {
  const preview = await open({ panel: 'runs', subject });
  await preview.say({ ...all, pipeline });
  await preview.page.getByRole('button', { name: 'Open the log of train in an editor' }).click();
  expect(await preview.heard()).toContainEqual({ type: 'runs/open-log', step: 'train' });
});

test('in a narrow panel the tab that is open is in sight, with its words whole', async ({ open }) => {
  const kept = { version: PANELS_VERSION, subject, look: { tab: 'code' } };
  const preview = await open({ panel: 'runs', subject, kept });
  await preview.page.setViewportSize({ width: 300, height: 800 });
  await preview.say({ ...all, pipeline }, known);
  const code = preview.page.getByRole('tab', { name: 'Code' });
  const place = await code.boundingBox();
  expect((place?.x ?? 0) + (place?.width ?? 0)).toBeLessThanOrEqual(300);
  const heights = await preview.page.getByRole('tab').evaluateAll((tabs) => tabs.map((tab) => tab.clientHeight));
  expect(new Set(heights).size).toBe(1);
});
