import { KINDS, type Kind } from '../model/kinds.js';

/** The kind as the integer code that views use: its position in `KINDS`. */
const kindOf = (kind: Kind) => KINDS.indexOf(kind);
export const HUMAN = kindOf('Human');
export const ACCOUNT = kindOf('Account');
export const GROUP = kindOf('Group');
export const SERVICE_IDENTITY = kindOf('ServiceIdentity');
export const APP = kindOf('App');
export const GRANT = kindOf('Grant');
export const TOKEN = kindOf('Token');
export const SECRET = kindOf('Secret');
export const JOB = kindOf('Job');
export const RESOURCE = kindOf('Resource');

/** The code of a number that is no entity. */
export const NO_KIND = 255;

/** Whether an entity of this kind is one that runs: an App or a Job. */
export const isWorkload = (kind: number): boolean => kind === APP || kind === JOB;
