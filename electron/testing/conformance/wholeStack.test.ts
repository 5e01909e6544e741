import { basename } from "node:path";
import { expect, test } from "vitest";
import { conformance, conformanceText } from "../conformance.ts";
import { Opened, patient } from "../winrmEnds.ts";
import { parseRecording } from "./windows/recording.ts";

const set = conformance("windows-recordings");

test.for(set.missing ? ["none"] : set.files.map((path) => basename(path)))(
  "%s passes through our own sign-in, sealing and HTTP unchanged",
  async (name, context) => {
    context.skip(set.missing, set.reason);
    const path = set.files.find((file) => basename(file) === name) ?? "";
    const recorded = (parseRecording(conformanceText(path)) ?? []).filter(
      ({ response }) => response !== null,
    );
    const heard: string[] = [];
    await using opened = new Opened();
    const listener = await opened.listen({
      onRequest: async ({ envelope }) => {
        heard.push(envelope);
        const { response, answered } = recorded[heard.length - 1] ?? {};
        const status = JSON.stringify(answered).includes('"Fault"') ? 500 : 200;
        return { kind: "envelope", status, envelope: response ?? "" };
      },
    });
    const connection = await opened.connect(listener.port);
    for (const { request, response } of recorded)
      expect((await connection.exchange(request, patient)).envelope).toBe(response);
    expect(heard).toEqual(recorded.map(({ request }) => request));
  },
);
