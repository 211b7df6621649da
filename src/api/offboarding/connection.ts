import type { Case } from '../../offboarding/case/case.js';
import { connectionOf } from '../paging/connection.js';
import { Offboarding } from './offboarding.js';

export const OffboardingConnection = connectionOf<Case, Offboarding>(
  'Offboarding',
  () => Offboarding,
  'cases',
);
