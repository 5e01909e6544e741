import { XmlError } from "./xmlError.ts";

const XML = "http://www.w3.org/XML/1998/namespace";
const XMLNS = "http://www.w3.org/2000/xmlns/";

/** Which prefix means which namespace, element by element (Namespaces in XML 1.0). Elements are told by their depth. */
export class NamespaceScope {
  readonly #prefixes: string[] = ["xml"];
  readonly #namespaces: string[] = [XML];
  /** At which depth the element stands that made each declaration. */
  readonly #depths: number[] = [0];
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
    const kept = this.#depths.findIndex((owner) => owner === depth);
    this.#prefixes.length = kept;
    this.#namespaces.length = kept;
    this.#depths.length = kept;
    this.#deepest = this.#depths.at(-1) ?? 0;
    this.#defaultNamespace = this.#find("") ?? "";
  }

  /** Declares a prefix ("" for the default) on the element at that depth. */
  declare(prefix: string, namespace: string, depth: number, position: number): void {
    const reserved = prefix === "xmlns" || namespace === XMLNS || (prefix === "xml") !== (namespace === XML);
    if (reserved || (prefix !== "" && namespace === ""))
      throw new XmlError("prefix", "A namespace is declared in a way that is not allowed", position);
    this.#prefixes.push(prefix);
    this.#namespaces.push(namespace);
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
    for (let index = this.#prefixes.length - 1; index >= 0; index--)
      if (this.#prefixes[index] === prefix) return this.#namespaces[index] ?? null;
    return null;
  }
}
