import type { Actor } from '../../src/model/audit.js';

/** Who acts in tests. */
export const tester: Actor = { subject: 'tester', signedInBy: 'static-token', requestId: null };
