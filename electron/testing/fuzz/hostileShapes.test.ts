import { expect, test } from "vitest";
import { ClixmlError } from "../../protocol/clixml/clixmlError.ts";
import { property } from "../../protocol/clixml/look.ts";
import { readClixml } from "../../protocol/clixml/read.ts";
import { SpnegoError } from "../../protocol/spnego/spnegoError.ts";
import { readToken } from "../../protocol/spnego/tokens.ts";
import { readRequest } from "../../protocol/wsman/readRequest.ts";
import { readResponse } from "../../protocol/wsman/readResponse.ts";
import { WsmanError } from "../../protocol/wsman/wsmanError.ts";
import { readXml } from "../../protocol/xml/read.ts";
import { XmlError } from "../../protocol/xml/xmlError.ts";

const sizes = [10 * 1024, 1024 * 1024];

const repeated = (part: string, size: number): string => part.repeat(Math.ceil(size / part.length));

test.each(sizes)("%i bytes of nesting end in a named error, in every reader of XML", (size) => {
  const elements = repeated("<a>", size);
  expect(() => readXml(elements)).toThrow(XmlError);
  expect(() => readClixml(repeated('<Obj RefId="0"><MS>', size))).toThrow(ClixmlError);
  expect(() => readClixml(repeated("<Obj><LST>", size))).toThrow(ClixmlError);
  expect(() => readClixml(repeated("<Obj><Obj>", size))).toThrow(ClixmlError);
  expect(() => readResponse(elements, { messageId: "m", action: "a" })).toThrow(WsmanError);
  expect(readRequest(elements).type).toBe("refused");
});

test.each(sizes)("%i bytes of nested DER end in a named error", (size) => {
  const nested = new Uint8Array(size).fill(0x30);
  for (let at = 1; at < size; at += 2) nested[at] = 0x7f;
  expect(() => readToken(nested)).toThrow(SpnegoError);
});

test.each(["__proto__", "constructor", "prototype", "toString", "hasOwnProperty"])(
  "%s is a name like any other",
  (name) => {
    const value = readClixml(
      `<Obj RefId="0"><MS><S N="${name}">x</S><S N="${name}.polluted">y</S></MS></Obj>`,
    );
    expect(property(value, name)).toBe("x");
    expect(property(readClixml('<Obj RefId="0"><MS /></Obj>'), name)).toBeUndefined();
    expect({}).not.toHaveProperty("polluted");
    const set = readClixml(
      `<Obj RefId="0"><DCT><En><S N="Key">${name}</S><S N="Value">x</S></En></DCT></Obj>`,
    );
    expect(property(set, name)).toBeUndefined();
  },
);
