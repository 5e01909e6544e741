import { isObject, properties, textOf } from "../../../protocol/clixml/look.ts";
import type { ClixmlValue } from "../../../protocol/clixml/value.ts";
import { displayText } from "./displayText.ts";
import { listLines } from "./drawList.ts";
import { tableLines, viewOf } from "./drawTable.ts";
import { errorLines, isErrorRecord } from "./errorLines.ts";
import { helpLines, isHelp } from "./helpLines.ts";
import { wrapped } from "./wrapped.ts";

/** Where drawn lines go. */
export type Canvas = {
  line(text: string): void;
  errorLine(text: string): void;
  /** Characters of a line; null where the host did not say. */
  readonly width: number | null;
};

/** Objects with more properties than this are drawn as lists. */
const mostColumns = 4;

/**
 * Out-Default as Windows PowerShell 5.1 draws it: texts as they are, errors as error lines at once, objects in groups
 * of one type, as a table or as a list. Empty lines as 5.1 has them: before a table one, before a list two; after a
 * table two, after a list three.
 */
export class Drawer {
  readonly #canvas: Canvas;
  #group: { readonly type: string; readonly shape: "list" | "table"; readonly rows: ClixmlValue[] } | null =
    null;

  constructor(canvas: Canvas) {
    this.#canvas = canvas;
  }

  draw(item: ClixmlValue): void {
    if (isErrorRecord(item)) {
      for (const line of errorLines(item)) this.#canvas.errorLine(line);
    } else if (isHelp(item)) this.#text(helpLines(item));
    else if (isGrouped(item)) this.#grouped(item);
    else if (item !== null) this.#text(wrapped(displayText(item), null));
  }

  /** Draws what was held back and ends the last group. */
  end(): void {
    const group = this.#group;
    this.#group = null;
    if (group === null) return;
    if (group.shape === "table") {
      const [first] = group.rows;
      const view = isObject(first) ? viewOf(first.typeNames) : null;
      this.#lines(["", ...tableLines(group.rows, view, this.#canvas.width)]);
    }
    this.#lines(["", ""]);
  }

  #text(lines: readonly string[]): void {
    this.end();
    this.#lines(lines);
  }

  #grouped(item: ClixmlValue): void {
    const type = (isObject(item) ? item.typeNames[0] : undefined) ?? "";
    if (this.#group?.type !== type) {
      this.end();
      this.#group = { type, shape: shapeOf(item), rows: [] };
      if (this.#group.shape === "list") this.#lines(["", ""]);
    }
    if (this.#group.shape === "table") this.#group.rows.push(item);
    else this.#lines([...listLines(item, this.#canvas.width), ""]);
  }

  #lines(lines: readonly string[]): void {
    for (const line of lines) this.#canvas.line(line);
  }
}

const shapeOf = (item: ClixmlValue): "list" | "table" => {
  const hasView = isObject(item) && viewOf(item.typeNames) !== null;
  return hasView || properties(item).size <= mostColumns ? "table" : "list";
};

/** An object that is more than a primitive with a few extras. */
const isGrouped = (item: ClixmlValue): boolean => {
  if (!isObject(item) || properties(item).size === 0) return false;
  return !item.hasBase || textOf(item) === null;
};
