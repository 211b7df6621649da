import { ROLE_SENTENCES, ROLES } from '../../model/roles.js';
import { type ReferencePage, table } from './page.js';

export const rolesPage = (): ReferencePage => ({
  name: 'roles',
  title: 'Roles',
  body: `
Every request needs a token, introspection included, and every token has one role or more. How tokens and roles are
given is in [running](../running.md#sign-in).

${table(
  ['role', 'what it may do'],
  ROLES.map((role) => [`\`${role}\``, ROLE_SENTENCES[role]]),
)}

The evidence of a case is part of the audit log.

[\`test/api/authorisation.golden.txt\`](../../test/api/authorisation.golden.txt) lists every field and mutation with the
roles that may use it. A test fails when a new field is not in that list.
`,
});
