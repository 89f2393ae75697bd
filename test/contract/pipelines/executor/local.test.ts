import { executorContract } from './contract.ts';
import { openLocal } from './open-local.ts';

executorContract('local', (workspace) => openLocal(workspace));
