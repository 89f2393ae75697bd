import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pageHtml } from '../../../extension/panels/html.ts';
import { snippet } from '../../../extension/panels/snippets.ts';
import { thresholdOffset } from '../../../extension/panels/threshold.ts';
import { processorTime } from '../../support/processor-time.ts';

const call = {
  url: 'http://127.0.0.1:4000',
  token: 'secret',
  record: { league: `it's "A" $HOME \\ ñ`, x: 1.5, y: null, z: true },
};

describe('a request as a program', () => {
  test('curl: a shell hands over exactly the record', () => {
    const words = execFileSync('sh', ['-c', snippet('curl', call).replace(/^curl /, `printf '%s\\n' `)], {
      encoding: 'utf8',
    });
    const [, url, , authorization, , , , record] = words.split('\n');
    expect([url, authorization]).toEqual(['http://127.0.0.1:4000/predict', 'Authorization: Bearer secret']);
    expect(JSON.parse(record ?? '')).toEqual(call.record);
  });

  test('JavaScript: it is a program, and sends exactly the record', () => {
    const program = snippet('javascript', call).replace('await fetch(', 'await show(');
    const show = 'const show = (url, options) => ({ json: () => JSON.stringify([url, JSON.parse(options.body)]) });';
    const said = execFileSync(process.execPath, ['--input-type=module', '-e', show + program], { encoding: 'utf8' });
    expect(JSON.parse(said)).toEqual(['http://127.0.0.1:4000/predict', call.record]);
  });

  test('Python: its own words for null and true, everything else as in JSON', () => {
    const program = snippet('python', call);
    expect(program).toContain('    "y": None,\n    "z": True,\n');
    expect(program).toContain(`"league": ${JSON.stringify(call.record.league)}`);
    expect(program).toContain('"Authorization": "Bearer secret"');
  });
});

describe('the threshold in crisol.yaml', () => {
  const at = (text: string) => text.slice(thresholdOffset(text, 'outcome-drift')).split('\n')[0];

  test('is looked for once, in a text made to be looked through again and again, too', () => {
    const text = `monitors:\n  outcome-drift:\n    endpoint: "${'a threshold drift: { '.repeat(50_000)}"\n`;
    const spent = processorTime();
    thresholdOffset(text, 'outcome-drift');
    expect(spent()).toBeLessThan(2_000);
  });

  test.each([
    [
      'in a flow map',
      'monitors:\n  outcome-drift:\n    endpoint: a\n    drift: {test: auto, threshold: 0.1}\n    concept: {threshold: 2}\n',
      'threshold: 0.1}',
    ],
    [
      'in a block',
      'monitors:\n  outcome-drift:\n    concept: {threshold: 2}\n    drift:\n      threshold: 0.2 # why\n',
      'threshold: 0.2 # why',
    ],
    [
      'all on one line',
      'monitors:\n  outcome-drift: {concept: {threshold: 2}, drift: {threshold: 0.3}}\n',
      'threshold: 0.3}}',
    ],
    [
      'of the right monitor',
      'monitors:\n  other:\n    drift: {threshold: 1}\n  "outcome-drift":\n    drift: {threshold: 4}\n',
      'threshold: 4}',
    ],
    [
      'not set: the monitor',
      'steps:\n  outcome-drift: {}\nmonitors:\n\n  # ours\n  outcome-drift:\n    endpoint: a\non: {}\n',
      'outcome-drift:',
    ],
    ['not there: the section', 'name: x\nmonitors:\n  other: {}\n', 'monitors:'],
    ['no section: the beginning', 'name: x\n', 'name: x'],
  ])('%s', (_, text, found) => {
    expect(at(text)).toBe(found);
  });

  test('is a place in the text, whatever the text is', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ minLength: 1 }), (text, name) => {
        const offset = thresholdOffset(text, name);
        expect(offset).toBeGreaterThanOrEqual(0);
        expect(offset).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});

test('nothing of a subject escapes into the page', () => {
  const subject = { name: `"><script>alert('x')</script>` };
  const html = pageHtml({
    title: '<b>',
    script: 's.js',
    style: 's.css',
    cspSource: 'https://csp',
    nonce: 'abc',
    subject,
  });
  expect(html).not.toContain('<script>');
  expect(html).not.toContain('<b>');
  expect(html.match(/<script /g)).toHaveLength(1);
  expect(html).toContain("default-src 'none'");
  expect(html).toContain("script-src 'nonce-abc'");
});
