const ROUTES = [
  '/',
  '/graphql',
  '/import',
  '/export',
  '/health',
  '/health/live',
  '/health/ready',
  '/metrics',
];
const CALL_BACK = '/webhooks/actions/:id';

/** The route of a path; undefined for an unknown one, so that callers cannot make labels of metrics and traces. */
export function routeOf(path: string): string | undefined {
  if (ROUTES.includes(path)) return path;
  return /^\/webhooks\/actions\/[^/]+$/.test(path) ? CALL_BACK : undefined;
}
