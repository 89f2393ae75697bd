import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Progress } from '../../../../schemas/pipelines/progress.ts';
import { progressIn } from '../../../../schemas/pipelines/progress.ts';

const printed = (name: string): string =>
  readFileSync(new URL(`../../../fixtures/printed/${name}.txt`, import.meta.url), 'utf8');

const percent = (text: string): Progress => ({ fraction: Number.parseInt(text, 10) / 100, text });

describe('what tools printed, to a file and in a terminal,', () => {
  test.each<[string, Progress | null]>([
    ['tqdm', { fraction: 0.62, text: '62 %, 0:00 left' }],
    ['tqdm-ascii', { fraction: 0.63, text: '63 %, 0:00 left' }],
    ['tqdm-nested', { fraction: 0.5, text: '50 %, 0:01 left' }],
    ['tqdm-no-total', null],
    ['rich', { fraction: 0.6, text: '60 %, 0:01 left' }],
    ['click', { fraction: 0.55, text: '55 %, 0:00 left' }],
  ])('of %s is read', (name, expected) => {
    expect(progressIn(printed(name))).toEqual(expected);
  });

  test('of tqdm is read wherever the output ends', () => {
    const all = printed('tqdm');
    for (let end = all.indexOf('5%|'); end < all.length; end++) {
      const { fraction = -1, text = '' } = progressIn(all.slice(0, end)) ?? {};
      expect(fraction).toBeGreaterThanOrEqual(0);
      expect(fraction).toBeLessThanOrEqual(0.62);
      expect(text).toMatch(/^\d+ %/);
    }
  });
});

describe('how far it is', () => {
  test.each<[string, string, Progress]>([
    [
      'Keras 3',
      'Epoch 3/10\n\r 25/100 ━━━━━━━━━━━━━━━━━━━━ 2s 35ms/step - accuracy: 0.9 - loss: 0.3',
      { fraction: 0.225, text: 'epoch 3/10, 25 %' },
    ],
    [
      'Keras 2',
      'Epoch 1/2\n 50/100 [=============>................] - ETA: 2s - loss: 0.3',
      { fraction: 0.25, text: 'epoch 1/2, 50 %, 2s left' },
    ],
    ['an epoch that begins', 'Epoch 3/10\n', { fraction: 0.2, text: 'epoch 3/10' }],
    ['an epoch that is over', 'Epoch [3/10], Loss: 0.12\n', { fraction: 0.3, text: 'epoch 3/10' }],
    ['folds', 'Fold 2 of 5\nscore 0.9\n', { fraction: 0.2, text: 'fold 2/5' }],
    ['steps with what they measured', 'step 100/1000 loss 2.1', { fraction: 0.1, text: 'step 100/1000' }],
    ["PyTorch's examples", 'Train Epoch: 1 [30000/60000 (50%)]\tLoss: 0.1', percent('50 %')],
    ['pip', '   ━━━━━━━━━━━━━━━━━━━ 1.5/3.0 MB 5.6 MB/s eta 0:00:03', { fraction: 0.5, text: '50 %, 0:03 left' }],
    ['wget', 'data.csv   45%[=======>        ] 1.2M  3.1MB/s', percent('45 %')],
    ['words', 'Progress: 30%', percent('30 %')],
    ['other words', '12.5% done', { fraction: 0.125, text: '12 %' }],
    ['the end', '100%|██████████| 40/40 [00:02<00:00, 19.9it/s]', percent('100 %')],
  ])('is told by %s', (_, output, expected) => {
    expect(progressIn(output)).toEqual(expected);
  });

  test.each([
    ['a metric', 'accuracy 95%\nval_acc: 97.5 %'],
    ['rounds without an end', '[12]\tvalid_0-rmse:0.3\n[13]\tvalid_0-rmse:0.29'],
    ['a date', 'written on 3/10 to out/2024/10'],
    ['more than all', 'Epoch 12/10'],
    ['nothing of nothing', 'Epoch 0/0\nstep 0/0'],
    ['a fraction', 'kept 3/10 rows'],
    ['what was long ago', `Epoch 1/2\n${'line\n'.repeat(30)}`],
    ['nothing', ''],
  ])('is not told by %s', (_, output) => {
    expect(progressIn(output)).toBeNull();
  });

  test('is always a part of the whole, whatever is printed', () => {
    const pieces = [
      '45%|██| ',
      '7/3 ',
      'Epoch 2/4',
      '\r',
      '\n',
      '━━━━ 12% ',
      '[===>..]',
      ' 101%',
      '\u001b[A',
      '0/0',
      'x',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 30 }), (parts) => {
        const progress = progressIn(parts.join(''));
        if (progress === null) return;
        expect(progress.fraction).toBeGreaterThanOrEqual(0);
        expect(progress.fraction).toBeLessThanOrEqual(1);
        expect(progress.text).not.toMatch(/NaN|undefined|Infinity/);
      }),
      { seed: 20260101, numRuns: 500 },
    );
  });

  test('is found in a long line at once', () => {
    // its own time: that of a busy machine is none of it
    const begin = process.threadCpuUsage();
    for (const filler of ['━', '[=', '9', ' ', '1/', '%|', 'step ']) progressIn(filler.repeat(4096 / filler.length));
    const { user, system } = process.threadCpuUsage(begin);
    expect((user + system) / 1000).toBeLessThan(200);
  });
});
