import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { retainedBytes } from "../testing/retainedBytes.ts";
import { foreignError } from "../testing/signInSupport.ts";
import { HttpAnswerReader } from "./httpAnswerReader.ts";
import { HttpError } from "./httpHead.ts";

const ok = "HTTP/1.1 200 OK\r\n";
const LIMIT = 1000;

describe("an answer", () => {
  test.each([
    ["with a length", `${ok}Content-Length: 5\r\n\r\nhello`],
    [
      "in chunks",
      `${ok}Transfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3;x=y\r\nllo\r\n0\r\nTrailer: x\r\n\r\n`,
    ],
    ["after an interim one", `HTTP/1.1 100 Continue\r\n\r\n${ok}Content-Length: 5\r\n\r\nhello`],
  ])("%s is read the same however its bytes are cut", (_, text) => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: text.length })), (cuts) => {
        const reader = new HttpAnswerReader(LIMIT);
        const answers = pieces(text, cuts).map((piece) => reader.receive(piece));
        expect(answers.slice(0, -1).every((answer) => answer === null)).toBe(true);
        expect(Buffer.from(answers.at(-1)?.body ?? []).toString()).toBe("hello");
      }),
    );
  });

  test("has its headers without the blanks around them, and with those inside", () => {
    const reader = new HttpAnswerReader(LIMIT);
    const answer = reader.receive(
      bytesOf(`${ok}A: \t b  c \t \r\nB:\r\na:d\r\nContent-Length: \t0 \r\n\r\n`),
    );
    expect([...(answer?.headers ?? [])]).toEqual([
      ["a", ["b  c", "d"]],
      ["b", [""]],
      ["content-length", ["0"]],
    ]);
  });

  test("without a length lasts until the connection ends, and the connection is not kept", () => {
    const reader = new HttpAnswerReader(LIMIT);
    expect(reader.receive(bytesOf(`${ok}\r\nhello`))).toBe(null);
    expect(reader.end()).toMatchObject({ status: 200, keepAlive: false });
  });

  test("that is cut is none", () => {
    const reader = new HttpAnswerReader(LIMIT);
    reader.receive(bytesOf(`${ok}Content-Length: 5\r\n\r\nhell`));
    expect(reader.end()).toBe(null);
  });

  test("in chunks of one byte takes the memory of its bytes", () => {
    const count = 100_000;
    const kept = (): HttpAnswerReader => {
      const reader = new HttpAnswerReader(count);
      reader.receive(bytesOf(`${ok}Transfer-Encoding: chunked\r\n\r\n`));
      for (let at = 0; at < count; at++) reader.receive(bytesOf("1\r\nx\r\n"));
      return reader;
    };
    expect(retainedBytes(kept)).toBeLessThan(10 * count);
  });

  test.each([
    ["a length beside chunks", `${ok}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n`, "badHttp"],
    ["a repeated length", `${ok}Content-Length: 5\r\nContent-Length: 5\r\n\r\n`, "badHttp"],
    ["a negative length", `${ok}Content-Length: -5\r\n\r\n`, "badHttp"],
    ["a length over the limit", `${ok}Content-Length: 1001\r\n\r\n`, "tooLarge"],
    ["chunks over the limit", `${ok}Transfer-Encoding: chunked\r\n\r\n3e9\r\n`, "tooLarge"],
    ["a body over the limit", `${ok}\r\n${"x".repeat(1001)}`, "tooLarge"],
    ["a folded header", `${ok}A: b\r\n c\r\n\r\n`, "badHttp"],
    ["a compressed body", `${ok}Content-Encoding: gzip\r\nContent-Length: 1\r\n\r\n`, "badHttp"],
    ["another transfer coding", `${ok}Transfer-Encoding: gzip, chunked\r\n\r\n`, "badHttp"],
    ["too many headers", `${ok}${"A: b\r\n".repeat(101)}\r\n`, "badHttp"],
    ["a head without end", `${ok}A: ${"x".repeat(70_000)}`, "badHttp"],
    ["another protocol", "HTTP/1.1 101 Switching\r\n\r\n", "badHttp"],
    ["HTTP/2", "HTTP/2 200\r\n\r\n", "badHttp"],
    ["HTTP/0.9", "<html>\r\n\r\n", "badHttp"],
    ["bytes behind its end", `${ok}Content-Length: 1\r\n\r\nxHTTP`, "badHttp"],
    ["endless interim answers", "HTTP/1.1 100 Continue\r\n\r\n".repeat(4000), "badHttp"],
  ])("with %s is refused", (_, text, code) => {
    expect(() => new HttpAnswerReader(LIMIT).receive(bytesOf(text))).toThrow(
      expect.objectContaining({ code }),
    );
  });

  test("of arbitrary bytes is an answer, nothing yet or a named error", () => {
    const line = fc.constantFrom(
      ok,
      "Content-Length: 3\r\n",
      "Transfer-Encoding: chunked\r\n",
      "\r\n",
      "3\r\nabc\r\n",
      "0\r\n",
      " x\r\n",
    );
    const anything = fc.oneof(line, fc.string({ maxLength: 20 }));
    fc.assert(
      fc.property(fc.array(anything), (texts) => {
        const reader = new HttpAnswerReader(LIMIT);
        const read = () => {
          for (const text of texts) reader.receive(bytesOf(text));
          reader.end();
        };
        expect(foreignError(read, HttpError)).toBe(null);
      }),
      { numRuns: 1000 },
    );
  });
});

function bytesOf(text: string): Uint8Array {
  return Buffer.from(text, "latin1");
}

function pieces(text: string, cuts: readonly number[]): readonly Uint8Array[] {
  const at = [0, ...cuts.toSorted((left, right) => left - right), text.length];
  const whole = at.slice(1).map((end, index) => text.slice(at[index], end));
  return whole.filter((piece) => piece !== "").map(bytesOf);
}
