import { itemsOf, type Looked, properties, property, textOf } from "../../protocol/clixml/look.ts";
import type { ClixmlValue } from "../../protocol/clixml/value.ts";
import type { StampFacts } from "../../services/ports.ts";
import { fieldText, type OtherField, RecordFields } from "./recordFields.ts";

/**
 * What `Get-AzureStackStampInformation` says about a stamp (domain 2.5), read by name: every field may be missing, and
 * nested objects may have arrived as plain text.
 */
export function readStampFacts(value: ClixmlValue): StampFacts {
  const fields = new RecordFields(value);
  return {
    version: fields.text(["StampVersion"]),
    timeZone: timeZoneName(fields.take(["Timezone"])),
    endpointAddresses: addresses(fields.take(["EmergencyConsoleIPAddresses"])),
    other: otherFields(fields),
  };
}

function timeZoneName(value: Looked): string | null {
  const name = textOf(property(value, "Id")) ?? textOf(value);
  return name === null || name.trim() === "" ? null : name.trim();
}

/** A list of texts or IPAddress objects, or one text with all of them. */
function addresses(value: Looked): readonly string[] {
  const texts = itemsOf(value).map(
    (item) => textOf(property(item, "IPAddressToString")) ?? textOf(item) ?? "",
  );
  const parts = texts.flatMap((text) => text.split(/[\s,;]+/));
  return [...new Set(parts.filter((part) => /^[0-9a-f.:]+$/i.test(part) && /[.:]/.test(part)))];
}

/** Objects in the object give one line for each of their properties, such as `AdminExternalEndpoints.AdminPortal`. */
function otherFields(fields: RecordFields): readonly OtherField[] {
  const nested = new Map(fields.all().map(({ name, value }) => [name, value]));
  return fields.others().flatMap((field) => {
    const value = nested.get(field.name) ?? null;
    if (properties(value).size === 0 || textOf(value) !== null) return [field];
    return new RecordFields(value).all().map((inner) => ({
      name: `${field.name}.${inner.name}`,
      text: fieldText(inner.value),
    }));
  });
}
