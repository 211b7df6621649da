/**
 * What was left out of an answer and how to go on, or null where nothing was. The walk runs to its end or the
 * operation fails, so no answer is cut short. It speaks of what the sources report, and of nothing else: what
 * they do not look for is a blind spot.
 */
export function leftOut(): string | null {
  return null;
}
