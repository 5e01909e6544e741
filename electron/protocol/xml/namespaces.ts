import { XmlError } from "./xmlError.ts";

const XML = "http://www.w3.org/XML/1998/namespace";
const XMLNS = "http://www.w3.org/2000/xmlns/";

/** Which prefix means which namespace, element by element (Namespaces in XML 1.0). */
export class NamespaceScope {
  readonly #prefixes: string[] = ["xml"];
  readonly #namespaces: string[] = [XML];
  /** How many declarations there were when each open element began. */
  readonly #marks: number[] = [];
  #defaultNamespace = "";

  /** The namespace of elements without a prefix. */
  get defaultNamespace(): string {
    return this.#defaultNamespace;
  }

  enter(): void {
    this.#marks.push(this.#prefixes.length);
  }

  leave(): void {
    const mark = this.#marks.pop() ?? 1;
    if (mark === this.#prefixes.length) return;
    this.#prefixes.length = mark;
    this.#namespaces.length = mark;
    this.#defaultNamespace = this.#find("") ?? "";
  }

  /** Declares a prefix ("" for the default) on the element entered last. */
  declare(prefix: string, namespace: string, position: number): void {
    const reserved = prefix === "xmlns" || namespace === XMLNS || (prefix === "xml") !== (namespace === XML);
    if (reserved || (prefix !== "" && namespace === ""))
      throw new XmlError("prefix", "A namespace is declared in a way that is not allowed", position);
    this.#prefixes.push(prefix);
    this.#namespaces.push(namespace);
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
