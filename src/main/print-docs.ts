import { writeFileSync } from 'node:fs';
import { textOf } from './reference/page.js';
import { referencePages } from './reference/pages.js';

/** Writes the committed pages of `docs/reference` anew (`npm run docs`), after a change that is meant. */
for (const page of referencePages()) writeFileSync(`docs/reference/${page.name}.md`, textOf(page));
