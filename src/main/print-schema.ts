import { readFileSync, writeFileSync } from 'node:fs';
import { changedPlanSchema } from '../api/plan-schema.js';
import { printApiSchema } from '../api/schema.js';

const PLAN_SCHEMA = 'schema/plan.schema.json';

/** Writes the committed schemas again (`npm run schema`), after an intended change. */
writeFileSync('schema/schema.graphql', printApiSchema());

const changed = changedPlanSchema(readFileSync(PLAN_SCHEMA, 'utf8'));
if (changed !== null) {
  writeFileSync(PLAN_SCHEMA, changed);
  process.stdout.write(`${PLAN_SCHEMA} has changed; run \`npm run fix\` to format it.\n`);
}
