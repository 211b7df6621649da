/**
 * Positions of the edges that lie on a cycle. Edges that no cycle leads to, which are all edges of a sound graph, are
 * removed first in linear time and with flat arrays (Kahn's algorithm). The rest is divided into strongly connected
 * components (Tarjan's algorithm), without recursion.
 */
export function edgesOnCycles(from: readonly number[], to: readonly number[]): number[] {
  const left = withoutAcyclic(from, to);
  if (left.length === 0) return [];
  const component = components(left.map((at) => [from[at] as number, to[at] as number] as const));
  return left.filter((at) => {
    const [a, b] = [from[at] as number, to[at] as number];
    return a === b || component.get(a) === component.get(b);
  });
}

/** Positions of the edges that remain when nodes without incoming edges are removed until there are none. */
function withoutAcyclic(from: readonly number[], to: readonly number[]): number[] {
  const size = from.reduce((most, number, at) => Math.max(most, number, to[at] as number), 0) + 2;
  const offsets = new Uint32Array(size);
  const incoming = new Uint32Array(size);
  for (const [at, number] of from.entries()) {
    offsets[number + 1] = (offsets[number + 1] as number) + 1;
    incoming[to[at] as number] = (incoming[to[at] as number] as number) + 1;
  }
  for (let node = 1; node < size; node += 1)
    offsets[node] = (offsets[node] as number) + (offsets[node - 1] as number);
  const ends = new Uint32Array(from.length);
  const filled = offsets.slice();
  for (const [at, number] of from.entries()) {
    const place = filled[number] as number;
    ends[place] = to[at] as number;
    filled[number] = place + 1;
  }
  const free: number[] = [...new Set(from)].filter((node) => incoming[node] === 0);
  const gone = new Uint8Array(size);
  for (let node = free.pop(); node !== undefined; node = free.pop()) {
    gone[node] = 1;
    for (let place = offsets[node] as number; place < (offsets[node + 1] as number); place += 1) {
      const end = ends[place] as number;
      incoming[end] = (incoming[end] as number) - 1;
      if (incoming[end] === 0) free.push(end);
    }
  }
  return [...from.keys()].filter((at) => gone[from[at] as number] === 0);
}

/** The component of each node, named by one of its nodes. */
function components(edges: readonly (readonly [number, number])[]): Map<number, number> {
  const following = new Map<number, number[]>();
  for (const [from, to] of edges) {
    const ends = following.get(from);
    if (ends === undefined) following.set(from, [to]);
    else ends.push(to);
  }
  const search = new ComponentSearch(following);
  for (const start of following.keys()) search.from(start);
  return search.component;
}

/** Tarjan's algorithm, with an explicit stack instead of recursion. */
class ComponentSearch {
  readonly component = new Map<number, number>();
  private readonly order = new Map<number, number>();
  private readonly lowest = new Map<number, number>();
  private readonly open: number[] = [];
  private readonly path: { readonly node: number; next: number }[] = [];

  constructor(private readonly following: ReadonlyMap<number, readonly number[]>) {}

  from(start: number): void {
    if (this.order.has(start)) return;
    this.enter(start);
    for (let step = this.path.at(-1); step !== undefined; step = this.path.at(-1)) {
      const end = this.following.get(step.node)?.[step.next];
      step.next += 1;
      if (end === undefined) this.leave(step.node);
      else if (!this.order.has(end)) this.enter(end);
      else if (!this.component.has(end)) this.lower(step.node, this.order.get(end) as number);
    }
  }

  private enter(node: number): void {
    this.order.set(node, this.order.size);
    this.lowest.set(node, this.order.size - 1);
    this.open.push(node);
    this.path.push({ node, next: 0 });
  }

  private leave(node: number): void {
    this.path.pop();
    const low = this.lowest.get(node) as number;
    const parent = this.path.at(-1);
    if (parent !== undefined) this.lower(parent.node, low);
    if (low !== this.order.get(node)) return;
    let member: number | undefined;
    do {
      member = this.open.pop();
      if (member !== undefined) this.component.set(member, node);
    } while (member !== node);
  }

  private lower(node: number, to: number): void {
    this.lowest.set(node, Math.min(this.lowest.get(node) as number, to));
  }
}
