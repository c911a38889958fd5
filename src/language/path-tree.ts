import type { Path } from './condition';
import { member } from './expression';

class Node<Value> {
  value: Value | undefined;
  readonly children = new Map<string | number, Node<Value>>();
}

/** With fewer, every path of the tree is looked up in a document; with more, every member of the document in the tree. */
const fewChildren = 8;

/** A map by path that finds the paths of a document in one walk. */
export class PathTree<Value> {
  private readonly root = new Node<Value>();

  get(path: Path): Value | undefined {
    let node: Node<Value> | undefined = this.root;
    for (const step of path) node = node?.children.get(step);
    return node?.value;
  }

  set(path: Path, value: Value): void {
    let node = this.root;
    for (const step of path) {
      const next = node.children.get(step) ?? new Node<Value>();
      node.children.set(step, next);
      node = next;
    }
    node.value = value;
  }

  delete(path: Path): void {
    remove(this.root, path, 0);
  }

  /** Calls `visit` for each path of the tree at which the document has a value other than null. */
  walk(document: object, visit: (value: Value, found: unknown) => void): void {
    walk(this.root, document, visit);
  }
}

/** Whether nothing is left below the node. */
function remove<Value>(node: Node<Value>, path: Path, at: number): boolean {
  const step = path[at];
  const child = step === undefined ? undefined : node.children.get(step);
  if (step === undefined) node.value = undefined;
  else if (child && remove(child, path, at + 1)) node.children.delete(step);
  return node.value === undefined && node.children.size === 0;
}

function walk<Value>(node: Node<Value>, found: unknown, visit: (value: Value, found: unknown) => void): void {
  if (found === null || found === undefined) return;
  if (node.value !== undefined) visit(node.value, found);
  if (typeof found !== 'object' || node.children.size === 0) return;
  if (node.children.size <= fewChildren || Array.isArray(found)) {
    for (const [step, child] of node.children) walk(child, member(found, step), visit);
    return;
  }
  for (const step of Object.keys(found)) {
    const child = node.children.get(step);
    if (child) walk(child, member(found, step), visit);
  }
}
