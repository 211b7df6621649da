const PLACES = ['/', '/graphql', '/import', '/health', '/health/live', '/health/ready', '/metrics'];
const CALL_BACK = '/webhooks/actions/:id';

/** The place that a path is, as routers write it; undefined: none that there is, so that nobody can make labels. */
export function routeOf(path: string): string | undefined {
  if (PLACES.includes(path)) return path;
  return /^\/webhooks\/actions\/[^/]+$/.test(path) ? CALL_BACK : undefined;
}
