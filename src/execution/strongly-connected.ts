/**
 * The strongly connected components of a graph given by successor lists, successors first (Tarjan 1972), without
 * recursion: components as large as the graph do not exhaust the stack.
 */
export function components(successors: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const count = successors.length;
  const order = new Int32Array(count).fill(-1);
  const low = new Int32Array(count);
  const onStack = new Uint8Array(count);
  const edge = new Int32Array(count);
  const stack: number[] = [];
  const path: number[] = [];
  const found: number[][] = [];
  let time = 0;
  const enter = (node: number): void => {
    order[node] = low[node] = time++;
    stack.push(node);
    onStack[node] = 1;
    path.push(node);
  };
  for (let root = 0; root < count; root++) {
    if (order[root] !== -1) continue;
    enter(root);
    for (let node = path.at(-1); node !== undefined; node = path.at(-1)) {
      const next = successors[node]?.[edge[node] as number];
      if (next !== undefined) {
        edge[node] = (edge[node] as number) + 1;
        if (order[next] === -1) enter(next);
        else if (onStack[next] === 1) low[node] = Math.min(low[node] as number, order[next] as number);
        continue;
      }
      path.pop();
      const parent = path.at(-1);
      if (parent !== undefined) low[parent] = Math.min(low[parent] as number, low[node] as number);
      if (low[node] !== order[node]) continue;
      const component: number[] = [];
      for (let member = stack.pop(); member !== undefined; member = stack.pop()) {
        onStack[member] = 0;
        component.push(member);
        if (member === node) break;
      }
      found.push(component.reverse());
    }
  }
  return found;
}
