import { XmlError } from "./xmlError.ts";

const XML = "http://www.w3.org/XML/1998/namespace";
const XMLNS = "http://www.w3.org/2000/xmlns/";

/** Which prefix means which namespace, element by element (Namespaces in XML 1.0). Elements are told by their depth. */
export class NamespaceScope {
  /** What each prefix means, the innermost last: a look-up costs the same however many are declared. */
  readonly #meanings = new Map([["xml", [XML]]]);
  /** In the order of declaration, with the depths of the elements that made them. */
  readonly #prefixes: string[] = [];
  readonly #depths: number[] = [];
  #deepest = 0;
  #defaultNamespace = "";

  /** The namespace of elements without a prefix. */
  get defaultNamespace(): string {
    return this.#defaultNamespace;
  }

  /** The element at that depth (1 is the root) has ended. Nearly all elements declare nothing. */
  leave(depth: number): void {
    if (this.#deepest === depth) this.#forget(depth);
  }

  #forget(depth: number): void {
    while (this.#depths.at(-1) === depth) {
      this.#depths.pop();
      this.#forgetPrefix(this.#prefixes.pop() ?? "");
    }
    this.#deepest = this.#depths.at(-1) ?? 0;
    this.#defaultNamespace = this.#find("") ?? "";
  }

  #forgetPrefix(prefix: string): void {
    const meanings = this.#meanings.get(prefix);
    meanings?.pop();
    if (meanings?.length === 0) this.#meanings.delete(prefix);
  }

  /** Declares a prefix ("" for the default) on the element at that depth. */
  declare(prefix: string, namespace: string, depth: number, position: number): void {
    const reserved = prefix === "xmlns" || namespace === XMLNS || (prefix === "xml") !== (namespace === XML);
    if (reserved || (prefix !== "" && namespace === ""))
      throw new XmlError("prefix", "A namespace is declared in a way that is not allowed", position);
    const meanings = this.#meanings.get(prefix);
    if (meanings === undefined) this.#meanings.set(prefix, [namespace]);
    else meanings.push(namespace);
    this.#prefixes.push(prefix);
    this.#depths.push(depth);
    this.#deepest = depth;
    if (prefix === "") this.#defaultNamespace = namespace;
  }

  resolve(prefix: string, position: number): string {
    const namespace = this.#find(prefix);
    if (namespace === null) throw new XmlError("prefix", "A prefix is not declared", position);
    return namespace;
  }

  #find(prefix: string): string | null {
    return this.#meanings.get(prefix)?.at(-1) ?? null;
  }
}
