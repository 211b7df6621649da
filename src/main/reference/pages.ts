import { configurationPage } from './configuration.js';
import { errorsPage } from './errors.js';
import { limitsPage } from './limits.js';
import type { ReferencePage } from './page.js';
import { relationshipTypesPage } from './relationship-types.js';
import { rolesPage } from './roles.js';

/** Every page of `docs/reference`. */
export const referencePages = (): readonly ReferencePage[] => [
  configurationPage(),
  limitsPage(),
  errorsPage(),
  rolesPage(),
  relationshipTypesPage(),
];
