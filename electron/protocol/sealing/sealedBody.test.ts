import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { digests, foreignError, hex } from "../../testing/signInSupport.ts";
import { NtlmError } from "../ntlm/ntlmError.ts";
import { SealingContext, sessionKeys } from "../ntlm/sealingContext.ts";
import { openBody, SEALED_CONTENT_TYPE, sealBody, SealedBodyError } from "./sealedBody.ts";

const keys = sessionKeys(digests, new Uint8Array(16).fill(0x55), 0xe2888235);
const client = () => new SealingContext(keys, "client", digests);
const server = () => new SealingContext(keys, "server", digests);
const envelope = new Uint8Array(Buffer.from("Plaintext", "utf16le"));
const latin = (bytes: Uint8Array) => Buffer.from(bytes).toString("latin1");
const bytesOf = (text: string) => new Uint8Array(Buffer.from(text, "latin1"));
const opened = (text: string, type = SEALED_CONTENT_TYPE) => hex(openBody(server(), bytesOf(text), type));

describe("a sealed body", () => {
  const body = latin(sealBody(client(), envelope));

  test("has the bytes that [MS-WSMV] 2.2.9.1 prescribes", () => {
    expect(body).toBe(
      "--Encrypted Boundary\r\n" +
        "\tContent-Type: application/HTTP-SPNEGO-session-encrypted\r\n" +
        "\tOriginalContent: type=application/soap+xml;charset=UTF-8;Length=18\r\n" +
        "--Encrypted Boundary\r\n" +
        "\tContent-Type: application/octet-stream\r\n" +
        Buffer.from(
          "10000000010000007fb38ec5c55d49760000000054e50165bf1936dc996020c1811b0f06fb5f",
          "hex",
        ).toString("latin1") +
        "--Encrypted Boundary--\r\n",
    );
  });

  test.each([
    ["no TAB before part headers", body.replaceAll("\t", "")],
    ["blanks before part headers", body.replaceAll("\t", "   ")],
    ["LF alone in the part heads", body.replaceAll("\r\n", "\n")],
    ["a space behind the dashes", body.replaceAll("--Encrypted", "-- Encrypted")],
    [
      "header names in another case",
      body.replaceAll("Content-Type", "content-TYPE").replace("OriginalContent", "originalcontent"),
    ],
    ["no last line end", body.slice(0, -2)],
  ])("is opened with %s", (_, text) => {
    expect(opened(text)).toBe(hex(envelope));
  });

  test("is opened whether or not the boundary is quoted in the header", () => {
    expect(opened(body, SEALED_CONTENT_TYPE.replaceAll('"', ""))).toBe(hex(envelope));
  });

  test.each([
    ["a blank line before the first part", `\r\n${body}`],
    ["a blank line between the parts", body.replace("Length=18\r\n", "Length=18\r\n\r\n")],
    ["another signature length", body.replace("\x10\0\0\0", "\x11\0\0\0")],
    ["a length that is too small", body.replace("Length=18", "Length=17")],
    ["a length that is too large", body.replace("Length=18", "Length=9999")],
    ["a negative length", body.replace("Length=18", "Length=-18")],
    ["a second OriginalContent", body.replace("\tOriginal", "\tOriginalContent: x\r\n\tOriginal")],
    ["a third part", `${body}--Encrypted Boundary\r\n`],
    ["no closing boundary", body.slice(0, -24)],
    ["nothing at all", ""],
  ])("is refused with %s", (_, text) => {
    expect(() => opened(text)).toThrow(expect.objectContaining({ code: "malformed" }));
  });

  test.each([
    "application/soap+xml",
    "multipart/encrypted",
    `multipart/x-multi-encrypted;protocol="application/HTTP-CredSSP-session-encrypted";boundary="Encrypted Boundary"`,
  ])("is told from a body of type %s", (type) => {
    expect(() => opened(body, type)).toThrow(expect.objectContaining({ code: "notSealed" }));
  });

  test("is read back equal whatever stands in it, the boundary included", () => {
    const content = fc.oneof(fc.uint8Array(), fc.constant(bytesOf(body)));
    fc.assert(
      fc.property(fc.array(content, { maxLength: 4 }), (contents) => {
        const [sender, receiver] = [client(), server()];
        for (const one of contents)
          expect(hex(openBody(receiver, sealBody(sender, one), SEALED_CONTENT_TYPE))).toBe(hex(one));
      }),
    );
  });

  test("with a changed byte or cut short is opened unchanged or refused by name", () => {
    fc.assert(
      fc.property(
        fc.nat({ max: body.length - 1 }),
        fc.integer({ min: 0, max: 255 }),
        fc.boolean(),
        (at, byte, cut) => {
          const changed = cut
            ? body.slice(0, at)
            : body.slice(0, at) + String.fromCharCode(byte) + body.slice(at + 1);
          const read = () => {
            if (opened(changed) !== hex(envelope)) throw new Error("opened as something else");
          };
          expect(foreignError(read, SealedBodyError, NtlmError)).toBe(null);
        },
      ),
      { numRuns: 500 },
    );
  });
});
