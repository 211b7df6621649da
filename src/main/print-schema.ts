import { writeFileSync } from 'node:fs';
import { printApiSchema } from '../api/schema.js';

/** Prints the committed schema again (`npm run schema`), after an intended change. */
writeFileSync('schema/schema.graphql', printApiSchema());
