import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { aReceipt } from "../../testing/builders.ts";
import { memoryLedger, sha256 } from "../../testing/startedConsole.ts";
import { canonicalJson } from "./canonicalJson.ts";
import type { UnchainedEntry } from "./chain.ts";
import { createLedger } from "./createLedger.ts";

const entry = (result: string): UnchainedEntry => ({
  at: "2026-11-21T03:10:00.000Z",
  phase: "outcome",
  act: "grant",
  receiptId: "receipt-1",
  operator: 'Ålex \u{1F511} "Operator"',
  targetId: "target-1",
  targetName: "Contoso",
  command: "Enable-RemoteSupport",
  result,
  receipt: aReceipt(),
});

async function ledgerOf(count: number) {
  const store = memoryLedger();
  const ledger = createLedger(store, { uuid: () => "", sha256 });
  for (let number = 1; number <= count; number += 1) await ledger.append(entry(`entry ${number}`));
  return { store, ledger };
}

describe("the ledger", () => {
  test("lists newest first and says that the chain is whole", async () => {
    const { ledger } = await ledgerOf(3);
    const { entries, chain } = await ledger.list();
    expect(entries.map((each) => each.sequence)).toEqual([3, 2, 1]);
    expect(chain).toEqual({ state: "whole", entries: 3 });
  });

  test("names an intent that a console left behind, and not one that is being worked on", async () => {
    const { store, ledger } = await ledgerOf(1);
    await ledger.append({ ...entry("about to be asked"), phase: "intent", receiptId: "left", receipt: null });
    expect((await ledger.list()).withoutOutcome).toEqual([]);
    const elsewhere = { ...entry("about to be asked"), phase: "intent", receipt: null } as const;
    await ledger.append({ ...elsewhere, receiptId: "elsewhere", process: "another that runs" });
    const next = createLedger(store, { uuid: () => "", sha256 });
    await next.append({ ...entry("about to be asked"), phase: "intent", receiptId: "now", receipt: null });
    expect(await next.list()).toMatchObject({ withoutOutcome: [2], chain: { state: "whole" } });
    await next.append({ ...entry("declined"), receiptId: "left" });
    expect((await next.list()).withoutOutcome).toEqual([]);
  });

  test("an entry is appended without reading all others, whoever wrote the last one", async () => {
    const { store, ledger } = await ledgerOf(1);
    const lines = vi.spyOn(store, "lines");
    await ledger.append(entry("second"));
    await createLedger(store, { uuid: () => "", sha256 }).append(entry("elsewhere"));
    expect((await ledger.append(entry("fourth"))).sequence).toBe(4);
    expect(lines).not.toHaveBeenCalled();
    expect((await ledger.list()).chain).toEqual({ state: "whole", entries: 4 });
  });

  test.each([
    ["was changed", (line: string) => line.replace("entry 2", "entry 9")],
    ["was written in other words", (line: string) => line.replace("{", "{ ")],
    ["is none of ours", () => "{}"],
  ])(
    "a last line that %s is not trusted: the others are read, and it stays as it is",
    async (_how, change) => {
      const { store, ledger } = await ledgerOf(2);
      const changed = change(store.written[1] ?? "");
      store.written[1] = changed;
      const lines = vi.spyOn(store, "lines");
      await ledger.append(entry("after it"));
      expect(lines).toHaveBeenCalledOnce();
      expect(store.written[1]).toBe(changed);
      expect((await ledger.list()).chain).toMatchObject({ state: "broken", atLine: 2 });
    },
  );

  test("whoever waits for his turn can give up, is never written, and holds nobody up", async () => {
    const { store } = await ledgerOf(0);
    const held = Promise.withResolvers<void>();
    const slow = { ...store, append: (line: string) => held.promise.then(() => store.append(line)) };
    const ledger = createLedger(slow, { uuid: () => "", sha256 });
    const giving = new AbortController();
    const first = ledger.append(entry("first"));
    const second = ledger.append(entry("second"), giving.signal);
    const third = ledger.append(entry("third"));
    giving.abort(new Error("the command goes first"));
    await expect(second).rejects.toThrow("the command goes first");
    held.resolve();
    expect([(await first).sequence, (await third).sequence]).toEqual([1, 2]);
    expect((await ledger.list()).entries.map(({ result }) => result)).toEqual(["third", "first"]);
  });

  test("an empty ledger is whole", async () => {
    expect(await (await ledgerOf(0)).ledger.list()).toEqual({
      entries: [],
      withoutOutcome: [],
      chain: { state: "whole", entries: 0 },
    });
  });

  test("entries appended at once follow each other", async () => {
    const { ledger } = await ledgerOf(0);
    await Promise.all(["a", "b", "c"].map((result) => ledger.append(entry(result))));
    expect((await ledger.list()).chain).toEqual({ state: "whole", entries: 3 });
  });

  test("any changed character is found, in its line", async () => {
    const { store, ledger } = await ledgerOf(3);
    const whole = [...store.written];
    await fc.assert(
      fc.asyncProperty(
        fc.nat(2),
        fc.nat(),
        fc.string({ minLength: 1, maxLength: 1 }),
        async (line, at, put) => {
          const text = whole[line] ?? "";
          const place = at % text.length;
          fc.pre(text[place] !== put);
          store.written.splice(0, 3, ...whole);
          store.written[line] = text.slice(0, place) + put + text.slice(place + 1);
          expect((await ledger.list()).chain).toMatchObject({ state: "broken", atLine: line + 1 });
        },
      ),
      { numRuns: 300 },
    );
  });

  test("an added space that changes no value is found", async () => {
    const { store, ledger } = await ledgerOf(1);
    store.written[0] = `${store.written[0]} `;
    expect((await ledger.list()).chain).toMatchObject({ state: "broken", atLine: 1 });
  });

  test("a removed or exchanged entry is found", async () => {
    const { store, ledger } = await ledgerOf(4);
    store.written.splice(1, 1);
    expect((await ledger.list()).chain).toMatchObject({ state: "broken", atLine: 2 });
    store.written.shift();
    expect((await ledger.list()).chain).toMatchObject({ state: "broken", atLine: 1 });
  });

  test("a last line that cannot be read is reported, stays, and the next entry follows the last sound one", async () => {
    const { store, ledger } = await ledgerOf(2);
    store.written[1] = (store.written[1] ?? "").slice(0, 40);
    const torn = store.written[1];
    expect((await ledger.list()).chain).toEqual({ state: "broken", atLine: 2, because: "it cannot be read" });
    expect((await ledger.append(entry("after the crash"))).sequence).toBe(2);
    expect(store.written[1]).toBe(torn);
    expect((await ledger.list()).chain).toMatchObject({ state: "broken", atLine: 2 });
  });

  test("a grant that another console recorded is known at the next asking", async () => {
    const { store, ledger } = await ledgerOf(1);
    const before = await ledger.acts();
    const lines = vi.spyOn(store, "lines");
    await ledger.append({ ...entry("another"), receiptId: "receipt-2" });
    expect(await ledger.acts()).toHaveLength(before.length + 1);
    expect(lines).not.toHaveBeenCalled();
    const elsewhere = createLedger(store, { uuid: () => "", sha256 });
    await elsewhere.append({ ...entry("elsewhere"), receiptId: "receipt-3" });
    expect(await ledger.acts()).toHaveLength(before.length + 2);
  });

  test("an append that fails is told, and the next one goes on", async () => {
    const { store, ledger } = await ledgerOf(1);
    store.full = true;
    await expect(ledger.append(entry("lost"))).rejects.toThrow("no space");
    store.full = false;
    await ledger.append(entry("kept"));
    expect((await ledger.list()).chain).toEqual({ state: "whole", entries: 2 });
  });
});

test("canonical JSON does not depend on the order of keys, and reads back equal", () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
      const text = canonicalJson(value);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      expect(canonicalJson(JSON.parse(text))).toBe(text);
    }),
  );
  expect(canonicalJson({ b: 1, a: [{ d: 1, c: 2 }] })).toBe('{"a":[{"c":2,"d":1}],"b":1}');
});
