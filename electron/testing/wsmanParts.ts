import fc from "fast-check";
import type { WsmanContext } from "../protocol/wsman/context.ts";

/* What the properties of requests and answers make theirs of. */

export const newId = (): string => "5A6BD1F0-0B7E-4A39-8F1B-0D5F0F9A7A11";
export const wsmanContext: WsmanContext = {
  to: "http://azs-ercs01:5985/wsman",
  configuration: "PrivilegedEndpoint",
  sessionId: newId(),
  maxEnvelopeSize: 153_600,
  newId,
};
/** Markup and letters of all scripts; what stands around a text is not part of it. */
export const word = fc
  .string({
    unit: fc.oneof(
      fc.string({ unit: "grapheme", minLength: 1, maxLength: 1 }),
      fc.constantFrom("<", ">", "&", "'", '"'),
    ),
  })
  .map((text) => text.trim())
  .filter((text) => text !== "");
export const bytes = fc.uint8Array({ maxLength: 200 });
export const duration = fc.integer({ min: 1 });
export const optional = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> =>
  fc.option(value, { freq: 2 });
