/**
 * The strongly connected components of a graph with nodes 0 … n − 1 (Tarjan 1972), in reverse topological order: each after
 * all components that it points to. Iterative, since a chain of dependencies can exceed the depth of the stack. Members are
 * ascending, and the result depends only on the numbering of nodes and edges.
 */
export function stronglyConnectedComponents(
  successors: readonly (readonly number[])[],
): readonly (readonly number[])[] {
  const components: number[][] = [];
  const index = new Int32Array(successors.length).fill(-1);
  const low = new Int32Array(successors.length);
  const nextEdge = new Int32Array(successors.length);
  const onStack = new Uint8Array(successors.length);
  const stack: number[] = [];
  const path: number[] = [];
  let counter = 0;
  const enter = (node: number): void => {
    index[node] = low[node] = counter++;
    onStack[node] = 1;
    stack.push(node);
    path.push(node);
  };
  const leave = (node: number): void => {
    path.pop();
    const parent = path.at(-1);
    if (parent !== undefined) low[parent] = Math.min(low[parent] ?? 0, low[node] ?? 0);
    if (low[node] !== index[node]) return;
    const component: number[] = [];
    for (let member = stack.pop(); member !== undefined; member = stack.pop()) {
      onStack[member] = 0;
      component.push(member);
      if (member === node) break;
    }
    components.push(component.sort((a, b) => a - b));
  };
  for (let start = 0; start < successors.length; start++) {
    if (index[start] !== -1) continue;
    enter(start);
    for (let node = path.at(-1); node !== undefined; node = path.at(-1)) {
      const edge = nextEdge[node] ?? 0;
      const successor = successors[node]?.[edge];
      nextEdge[node] = edge + 1;
      if (successor === undefined) leave(node);
      else if (index[successor] === -1) enter(successor);
      else if (onStack[successor] === 1) low[node] = Math.min(low[node] ?? 0, index[successor] ?? 0);
    }
  }
  return components;
}
