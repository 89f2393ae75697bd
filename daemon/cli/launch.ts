/** `crisol`: what was compiled once need not be compiled with each call, which is a third of what a short one takes. */
import module from 'node:module';
import { compiledFolder } from '../base/compiled.ts';

// Node 22.0 has none
module.enableCompileCache?.(compiledFolder());
void import('./main.ts');
