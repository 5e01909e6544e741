import type { Grant } from "#contract";
import type { ReadingCommand } from "../../products/shapes.ts";
import type { AccessReading } from "../../services/ports.ts";
import type { Invoked } from "../wire/commandOptions.ts";
import { datedGrant } from "./datedGrant.ts";
import { grantParts } from "./grantParts.ts";
import { mayHoldRecord } from "./mayHoldRecord.ts";
import { provenOrder } from "./provenOrder.ts";
import { readAnswer } from "./readAnswer.ts";
import { grantOf, type GrantReading } from "./readGrant.ts";

const command: ReadingCommand = "Get-RemoteSupportAccess";

/** The grants in an answer, and all that is left of it that nobody understood. */
export function readGrants(
  invoked: Pick<Invoked, "output" | "said" | "aside">,
  reading: Omit<GrantReading, "order">,
): AccessReading {
  const { shapes } = reading;
  const { records, left } = readAnswer(invoked, command, shapes, grantParts);
  const order = provenOrder(records.map(({ parts }) => datedGrant(parts, reading)));
  const grants = records.map(({ value, parts }): Grant => {
    const grant = grantOf(parts, { ...reading, order });
    if (!grant.active && parts.fields.left().some((item) => mayHoldRecord(item, shapes))) left.value(value);
    return grant;
  });
  return { grants, notUnderstood: left.texts };
}
