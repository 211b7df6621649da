import type { Viewer } from '../api/access/access.js';

/** The key under which a viewer is counted: the same subject may sign in by two ways, and is then counted as two. */
export const subjectKey = ({ signedInBy, subject }: Viewer): string => `${signedInBy} ${subject}`;
