import { writeFileSync } from 'node:fs';
import { printApiSchema } from '../api/schema.js';

/** Writes the committed schema anew (`npm run schema`), after a change that is meant. */
writeFileSync('schema/schema.graphql', printApiSchema());
