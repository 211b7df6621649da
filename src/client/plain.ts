/**
 * An answer as `--json` prints it: connections as plain arrays of their rows, what an edge says besides beside its
 * node, and nothing that only serves paging.
 */
export function withoutPages(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPages);
  if (typeof value !== 'object' || value === null) return value;
  const { edges } = value as { readonly edges?: unknown };
  if (Array.isArray(edges)) {
    return edges.map(({ node, ...more }) => ({ ...(withoutPages(node) as object), ...more }));
  }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutPages(inner)]));
}

/** The rows of a connection whose edges say nothing of their own. */
export function nodesOf<Node>(connection: {
  readonly edges: readonly { readonly node: Node }[];
}): readonly Node[] {
  return connection.edges.map(({ node }) => node);
}
