import type { Viewer } from '../api/access.js';

/** Who is counted as one: the same name may come by two ways of signing in. */
export const whoIs = ({ signedInBy, subject }: Viewer): string => `${signedInBy} ${subject}`;
