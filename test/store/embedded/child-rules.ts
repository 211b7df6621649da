import { fileURLToPath } from 'node:url';

/** How many entities, and relationships, each commit of the child process brings. */
export const IN_A_COMMIT = 700;

export const CHILD = fileURLToPath(new URL('./child.js', import.meta.url));
