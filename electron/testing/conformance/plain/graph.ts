/** A CLIXML value as a graph of plain data, the form in which two readings of it are compared. */
export type Graph = Leaf | GraphObject;
export type Leaf = { readonly tag: string; readonly text: string };
export type GraphObject = {
  readonly tag: "Obj";
  types: readonly string[];
  display: string | null;
  base: Graph | Container | null;
  props: readonly (readonly [string, Graph])[];
  members: readonly (readonly [string, Graph])[];
};
export type Container = { readonly tag: string; readonly items: readonly (readonly [Graph | null, Graph])[] };

export function emptyGraphObject(): GraphObject {
  return { tag: "Obj", types: [], display: null, base: null, props: [], members: [] };
}

export function isGraphObject(graph: Graph | Container): graph is GraphObject {
  return graph.tag === "Obj";
}

export type Plain = string | null | readonly Plain[];
/** Changes an object before it is compared, to leave out what no rule compares. */
export type Blanking = (object: GraphObject) => Graph;

/** Plain nested lists: an object met again is told by its number, so equal graphs give equal lists. */
export function canonical(graph: Graph, blank: Blanking = (object) => object): Plain {
  const numbers = new Map<GraphObject, number>();
  const members = (entries: readonly (readonly [string, Graph])[]): Plain =>
    entries.map(([name, value]) => [name, walk(value)]);
  const walk = (value: Graph | Container): Plain => {
    if ("items" in value)
      return [
        value.tag,
        ...value.items.map(([key, item]) => (key === null ? walk(item) : [walk(key), walk(item)])),
      ];
    if (!isGraphObject(value)) return [value.tag, value.text];
    const object = blank(value);
    if (!isGraphObject(object)) return [object.tag, object.text];
    const known = numbers.get(value);
    if (known !== undefined) return ["Ref", String(known)];
    numbers.set(value, numbers.size);
    const base = object.base === null ? null : walk(object.base);
    return ["Obj", object.types, object.display, base, members(object.props), members(object.members)];
  };
  return walk(graph);
}
