import { build } from '../../tools/build.ts';

/** Once for all tests of a run that start programs: what they start is what is in the checkout now. */
export default async function setup(): Promise<void> {
  await build();
}
