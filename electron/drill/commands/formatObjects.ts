import { list, psObject } from "../../protocol/clixml/build.ts";
import { properties } from "../../protocol/clixml/look.ts";
import type { ClixmlObject, ClixmlValue } from "../../protocol/clixml/value.ts";
import { displayText } from "../winrm/formatting/displayText.ts";

const namespace = "Microsoft.PowerShell.Commands.Internal.Format";

/** What Format-List puts into the pipe in the place of an object: instructions for a host that draws it. */
export function formatObjects(item: ClixmlObject): readonly ClixmlObject[] {
  const fields = [...properties(item)].map(([name, value]) =>
    part("ListViewField", {
      label: name,
      propertyName: name,
      formatPropertyField: part("FormatPropertyField", { propertyValue: displayText(value), alignment: 0 }),
    }),
  );
  const shapeInfo = part("ListViewHeaderInfo", {});
  const formatEntryInfo = part("ListViewEntry", { listViewFieldList: list(fields) });
  return [
    part("FormatStartData", { shapeInfo, pageHeaderEntry: null, autosizeInfo: null }),
    part("GroupStartData", { shapeInfo: null, groupingEntry: null }),
    part("FormatEntryData", { formatEntryInfo, outOfBand: false, writeStream: 0 }),
    part("GroupEndData", { groupingEntry: null }),
    part("FormatEndData", { groupingEntry: null }),
  ];
}

const part = (type: string, adapted: Readonly<Record<string, ClixmlValue>>): ClixmlObject =>
  psObject({ typeNames: [`${namespace}.${type}`, "System.Object"], adapted });
