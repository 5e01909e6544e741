import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { namespaces } from "../protocol/wsman/names.ts";
import { readRequest } from "../protocol/wsman/readRequest.ts";
import { writeResponse } from "../protocol/wsman/writeAnswer.ts";
import { memoryAddress, memoryCredential } from "../testing/memoryAddress.ts";
import { stillClock } from "../testing/stillClock.ts";
import type { OpenConnection } from "../transport/winrmConnection.ts";
import { createEndpoints } from "./createEndpoints.ts";

const never = new AbortController().signal;
const textShell = "http://schemas.microsoft.com/wbem/wsman/1/windows/shell/cmd";

/** An endpoint that lists these shells, as they stand; what it is asked to delete is noted with its resource. */
function listing(shells: string) {
  const deleted: (readonly [id: string | undefined, resource: string])[] = [];
  const connect: OpenConnection = async () => ({
    security: { scheme: "Negotiate", sealed: true, channelBinding: false, certificate: null },
    usable: true,
    close: () => undefined,
    exchange: async (envelope) => {
      const request = readRequest(envelope);
      if (request.type === "refused") throw new Error(request.fault.text);
      const { headers, body } = request;
      if (body.type === "delete") deleted.push([headers.selectors.get("ShellId"), headers.resourceUri]);
      const empty = writeResponse(headers, { type: "empty" }, randomUUID);
      const items = `<w:Items xmlns:rsp="${namespaces.rsp}">${shells}</w:Items><w:EndOfSequence/>`;
      const listed = `<s:Body><n:EnumerateResponse>${items}</n:EnumerateResponse></s:Body>`;
      const answer =
        body.type === "delete" ? empty : empty.replace(/<s:Body\s*\/>|<s:Body><\/s:Body>/, listed);
      return { status: 200, envelope: answer };
    },
  });
  return { endpoints: createEndpoints({ clock: stillClock(), connect }), deleted };
}

const shell = (fields: string): string => `<rsp:Shell>${fields}</rsp:Shell>`;

test.each([
  ["nothing but its id", "<rsp:ShellId>A</rsp:ShellId>"],
  [
    "lengths that are none",
    "<rsp:ShellId>A</rsp:ShellId><rsp:ShellRunTime>soon</rsp:ShellRunTime><rsp:ShellInactivity>-PT5S</rsp:ShellInactivity>",
  ],
])("a shell of which is told %s is listed with nothing made up", async (_, fields) => {
  const { endpoints } = listing(shell(fields));
  expect(await endpoints.shells(memoryAddress, memoryCredential, never)).toEqual([
    {
      endpoint: memoryAddress.name,
      shellId: "A",
      configuration: null,
      owner: null,
      clientIp: null,
      ageSeconds: null,
      idleSeconds: null,
      state: null,
      origin: "otherClient",
    },
  ]);
});

test("age and rest are read from however many days, and long texts are cut", async () => {
  const fields = `<rsp:ShellId>A</rsp:ShellId><rsp:Owner>${"x".repeat(5_000)}</rsp:Owner><rsp:ShellRunTime>P3DT1H0M7S</rsp:ShellRunTime><rsp:ShellInactivity>PT90.500S</rsp:ShellInactivity>`;
  const { endpoints } = listing(shell(fields));
  const [found] = await endpoints.shells(memoryAddress, memoryCredential, never);
  expect(found).toMatchObject({ ageSeconds: 3 * 86_400 + 3_600 + 7, idleSeconds: 90 });
  expect(found?.owner).toHaveLength(256);
});

test("a shell of another kind is ended under its own resource", async () => {
  const { endpoints, deleted } = listing(
    shell(`<rsp:ShellId>A</rsp:ShellId><rsp:ResourceUri>${textShell}</rsp:ResourceUri>`),
  );
  const shells = await endpoints.shells(memoryAddress, memoryCredential, never);
  expect(shells).toMatchObject([{ configuration: "cmd" }]);
  await endpoints.endShell(memoryAddress, memoryCredential, "A", never);
  expect(deleted).toEqual([["A", textShell]]);
});

test("an id that is not listed is not deleted", async () => {
  const { endpoints, deleted } = listing(shell("<rsp:ShellId>A</rsp:ShellId>"));
  await endpoints.endShell(memoryAddress, memoryCredential, "B", never);
  expect(deleted).toEqual([]);
});
