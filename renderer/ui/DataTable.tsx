import { useTable } from "@tanstack/react-table";
import type { SortingState } from "@tanstack/react-table";
import { useRef, useState } from "react";
import type { KeyboardEvent, ReactNode } from "react";
import { dataTableFeatures } from "./dataTableFeatures.ts";
import type { DataColumns } from "./dataTableFeatures.ts";
import { DownIcon, UpIcon } from "./icons.ts";
import { rowWindow } from "./rowWindow.ts";
import { useRowHeight } from "./useRowHeight.ts";
import { useViewport } from "./useViewport.ts";
import "./DataTable.css";

type DataTableProps<T extends object> = {
  /** What it lists, for those who hear it. */
  readonly name: string;
  readonly data: readonly T[];
  readonly columns: DataColumns<T>;
  readonly rowId: (row: T) => string;
  readonly sortedBy: SortingState;
  /** Enter or a double click on a row. */
  readonly onOpen?: (row: T) => void;
  /** Drawn above the table, with the rows as they are shown. */
  readonly tools?: (shown: readonly T[]) => ReactNode;
};

/** A real table that draws only the rows on the screen. Arrow keys walk the rows, Enter opens one. */
export function DataTable<T extends object>(props: DataTableProps<T>) {
  const [sorting, setSorting] = useState<SortingState>(props.sortedBy);
  const [active, setActive] = useState(0);
  const [ref, viewport] = useViewport<HTMLDivElement>();
  const body = useRef<HTMLTableSectionElement>(null);
  const rowHeight = useRowHeight(body);
  const table = useTable({
    features: dataTableFeatures,
    columns: props.columns,
    data: props.data as T[],
    getRowId: props.rowId,
    state: { sorting },
    onSortingChange: setSorting,
    enableSortingRemoval: false,
  });
  const rows = table.getRowModel().rows;
  const drawn = rowWindow(rows.length, rowHeight, viewport.scrollTop, viewport.height);
  const focusRow = (index: number): void => {
    const next = Math.max(0, Math.min(rows.length - 1, index));
    setActive(next);
    if (ref.current !== null) keepInView(ref.current, next, rowHeight);
    requestAnimationFrame(() => body.current?.querySelector<HTMLElement>(`[data-index="${next}"]`)?.focus());
  };
  const keyDown = (event: KeyboardEvent, index: number): void => {
    if (event.target !== event.currentTarget) return;
    const page = Math.max(1, Math.floor(viewport.height / rowHeight) - 1);
    const to = rowAfter(event.key, index, rows.length, page);
    if (to !== null) {
      event.preventDefault();
      focusRow(to);
    } else if (event.key === "Enter" && props.onOpen !== undefined) {
      const row = rows[index];
      if (row !== undefined) props.onOpen(row.original);
    }
  };
  return (
    <>
      {props.tools?.(rows.map((row) => row.original))}
      <div className="table-frame" ref={ref}>
        <table className="table" aria-label={props.name} aria-rowcount={rows.length + 1}>
          <thead>
            {table.getHeaderGroups().map((group) => (
              <tr key={group.id} aria-rowindex={1}>
                {group.headers.map((header) => (
                  <th key={header.id} scope="col" aria-sort={ariaSort(header.column.getIsSorted())}>
                    {header.column.getCanSort() ? (
                      <button
                        type="button"
                        className="table-sort"
                        onClick={header.column.getToggleSortingHandler()}
                      >
                        <table.FlexRender header={header} />
                        {header.column.getIsSorted() === "asc" && <UpIcon aria-hidden />}
                        {header.column.getIsSorted() === "desc" && <DownIcon aria-hidden />}
                      </button>
                    ) : (
                      <table.FlexRender header={header} />
                    )}
                  </th>
                ))}
              </tr>
            ))}
          </thead>
          <tbody ref={body}>
            <Spacer height={drawn.top} columns={props.columns.length} />
            {rows.slice(drawn.from, drawn.to).map((row, place) => {
              const index = drawn.from + place;
              return (
                <tr
                  key={row.id}
                  data-index={index}
                  aria-rowindex={index + 2}
                  tabIndex={index === Math.min(active, rows.length - 1) ? 0 : -1}
                  onFocus={() => setActive(index)}
                  onKeyDown={(event) => keyDown(event, index)}
                  onDoubleClick={() => props.onOpen?.(row.original)}
                >
                  {row.getAllCells().map((cell) => (
                    <td key={cell.id}>
                      <table.FlexRender cell={cell} />
                    </td>
                  ))}
                </tr>
              );
            })}
            <Spacer
              height={Math.max(0, drawn.height - drawn.top - (drawn.to - drawn.from) * rowHeight)}
              columns={props.columns.length}
            />
          </tbody>
        </table>
      </div>
    </>
  );
}

function Spacer({ height, columns }: { readonly height: number; readonly columns: number }) {
  if (height < 1) return null;
  return (
    <tr aria-hidden="true" className="table-spacer">
      <td colSpan={columns} style={{ height }} />
    </tr>
  );
}

function ariaSort(sorted: false | "asc" | "desc"): "none" | "ascending" | "descending" {
  return sorted === false ? "none" : sorted === "asc" ? "ascending" : "descending";
}

/** Where a key leads from a row; null when it leads nowhere. */
function rowAfter(key: string, index: number, rows: number, page: number): number | null {
  const places: Readonly<Record<string, number>> = {
    ArrowDown: index + 1,
    ArrowUp: index - 1,
    PageDown: index + page,
    PageUp: index - page,
    Home: 0,
    End: rows - 1,
  };
  return places[key] ?? null;
}

function keepInView(frame: HTMLElement, index: number, rowHeight: number): void {
  const top = index * rowHeight;
  const bottom = top + 2 * rowHeight;
  if (top < frame.scrollTop) frame.scrollTop = top;
  else if (bottom > frame.scrollTop + frame.clientHeight) frame.scrollTop = bottom - frame.clientHeight;
}
