import { limitTable } from '../../api/limits/limits.js';
import type { ReferencePage } from './page.js';

export const limitsPage = (): ReferencePage => ({
  name: 'limits',
  title: 'Limits',
  body: `
When a limit is crossed, the error is \`LIMIT_EXCEEDED\` with the name of the limit and its value, unless the row says
otherwise. [Errors](errors.md) says what a program does then.

${limitTable()}
`,
});
