import {
  createColumnHelper,
  createSortedRowModel,
  rowSortingFeature,
  sortFn_alphanumeric,
  sortFn_basic,
  tableFeatures,
} from "@tanstack/react-table";
import type { ColumnHelper, TableOptions } from "@tanstack/react-table";

/** What every table of the page can do, once, at module scope. */
export const dataTableFeatures = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { alphanumeric: sortFn_alphanumeric, basic: sortFn_basic },
});

type Features = typeof dataTableFeatures;
/** Columns of differing values, as the table takes them; a module constant. */
export type DataColumns<T extends object> = TableOptions<Features, T>["columns"];

export function columnsOf<T extends object>(): ColumnHelper<Features, T> {
  return createColumnHelper<Features, T>();
}
