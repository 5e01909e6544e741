import { isObject, properties, textOf } from "../../../protocol/clixml/look.ts";
import type { ClixmlValue } from "../../../protocol/clixml/value.ts";
import { displayText } from "./displayText.ts";
import { listLines } from "./drawList.ts";
import { tableLines, viewOf } from "./drawTable.ts";
import type { View } from "./drawTable.ts";
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

type Group = {
  /** The view of the group's type; null where the first object's properties make it up. */
  readonly view: View | null;
  readonly shape: "list" | "table";
  readonly rows: ClixmlValue[];
};

/** Objects with more properties than this are drawn as lists. */
const mostColumns = 4;

/**
 * Out-Default as Windows PowerShell 5.1 draws it: texts as they are, errors as error lines at once, objects in groups,
 * as a table or as a list. A group that its first object made up takes every object that follows, whatever it is;
 * one with a view of its own takes those of its types. Empty lines as 5.1 has them: before a table one, before a list two; after a
 * table two, after a list three.
 */
export class Drawer {
  readonly #canvas: Canvas;
  #group: Group | null = null;

  constructor(canvas: Canvas) {
    this.#canvas = canvas;
  }

  draw(item: ClixmlValue): void {
    if (isErrorRecord(item)) {
      for (const line of errorLines(item, this.#canvas.width)) this.#canvas.errorLine(line);
    } else if (isHelp(item)) this.#text(helpLines(item));
    else if (isGrouped(item)) this.#grouped(item);
    else if (item !== null) this.#text(wrapped(displayText(item), null));
  }

  /** Draws what was held back and ends the last group. */
  end(): void {
    const group = this.#group;
    this.#group = null;
    if (group === null) return;
    if (group.shape === "table") this.#lines(["", ...tableLines(group.rows, group.view, this.#canvas.width)]);
    this.#lines(["", ""]);
  }

  #text(lines: readonly string[]): void {
    this.end();
    this.#lines(lines);
  }

  #grouped(item: ClixmlValue): void {
    const view = viewOf(item);
    let group = this.#group;
    if (group === null || (group.view !== null && group.view !== view)) {
      this.end();
      group = { view, shape: shapeOf(item, view), rows: [] };
      this.#group = group;
      if (group.shape === "list") this.#lines(["", ""]);
    }
    if (group.shape === "table") group.rows.push(item);
    else this.#lines([...listLines(item, this.#canvas.width), ""]);
  }

  #lines(lines: readonly string[]): void {
    for (const line of lines) this.#canvas.line(line);
  }
}

const shapeOf = (item: ClixmlValue, view: View | null): "list" | "table" =>
  view !== null || properties(item).size <= mostColumns ? "table" : "list";

/** An object that is more than a primitive with a few extras. */
const isGrouped = (item: ClixmlValue): boolean => {
  if (!isObject(item) || properties(item).size === 0) return false;
  return !item.hasBase || textOf(item) === null;
};
