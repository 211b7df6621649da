import { configTable } from '../../config/variables.js';
import type { ReferencePage } from './page.js';

export const configurationPage = (): ReferencePage => ({
  name: 'configuration',
  title: 'Configuration',
  body: `
Tendril is configured by environment variables. An empty value counts as not set. A variable that begins with \`TENDRIL_\`
and is not in this table is refused at the start, with exit code 2. Neo4j, sign-in and several instances are explained in
[running](../running.md).

${configTable()}
`,
});
