import { connect } from "node:net";
import { describe, expect, test } from "vitest";
import { Opened } from "../testing/winrmEnds.ts";

/* What the server does with requests that are made by hand (protocol 13, the row of HTTP). */

describe("a request head", () => {
  test.each([
    ["of HTTP/0.9", "POST /wsman\r\n\r\n", 505],
    ["of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400],
    ["with a coding that hides its body", post("Transfer-Encoding: gzip, chunked", "0\r\n\r\n"), 501],
    ["with a compressed body", post("Content-Encoding: gzip\r\nContent-Length: 3", "abc"), 415],
    ["with two kinds of length", post("Content-Length: 5\r\nTransfer-Encoding: chunked", "0\r\n\r\n"), 400],
    ["with two lengths", post("Content-Length: 1\r\nContent-Length: 2", "ab"), 400],
    ["with a length below zero", post("Content-Length: -1", ""), 400],
    ["with a length beyond counting", post("Content-Length: 99999999999999999999", ""), 400],
    ["with a length of a gigabyte", post("Content-Length: 1073741824", ""), 413],
    ["with a folded line", post("X: a\r\n b\r\nContent-Length: 0", ""), 400],
    ["with more than 100 lines", post(`${"X: a\r\n".repeat(101)}Content-Length: 0`, ""), 431],
    ["of more than 64 KiB", post(`X: ${"a".repeat(66_000)}`, ""), 431],
    ["for another place", "POST /other HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n", 404],
    ["that only reads", "GET /wsman HTTP/1.1\r\nHost: x\r\n\r\n", 405],
  ])("%s is refused and ends the connection", async (_, bytes, status) => {
    await using ends = new Opened();
    const { port } = await ends.listen();
    const answer = await allAnswered(port, bytes);
    expect(answer.split(" ")[1]).toBe(String(status));
    expect(answer.toLowerCase()).toContain("connection: close");
  });

  test.each([
    ["a query", "/wsman?PSVersion=7.4.10"],
    ["other letters and a slash at the end", "/WSMan/"],
    ["its whole address, as through a proxy (RFC 9112 3.2.2)", "http://127.0.0.1:5985/wsman"],
  ])("that names the place with %s is taken", async (_, target) => {
    await using ends = new Opened();
    const { port } = await ends.listen();
    const head = `POST ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`;
    expect(await allAnswered(port, head)).toMatch(/^HTTP\/1\.1 401 /);
  });
});

function post(headers: string, body: string): string {
  return `POST /wsman HTTP/1.1\r\nHost: x\r\n${headers}\r\n\r\n${body}`;
}

/** All that comes back until the server ends the connection. */
async function allAnswered(port: number, bytes: string): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  socket.write(bytes, "latin1");
  let answer = "";
  try {
    for await (const piece of socket.setEncoding("latin1")) answer += String(piece);
  } catch {
    // What the server did not want to read resets the connection behind its answer.
  }
  return answer;
}
