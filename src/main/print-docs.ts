import { writeFileSync } from 'node:fs';
import { textOf } from './reference/page.js';
import { referencePages } from './reference/pages.js';

/** Prints the committed pages of `docs/reference` again (`npm run docs`), after an intended change. */
for (const page of referencePages()) writeFileSync(`docs/reference/${page.name}.md`, textOf(page));
