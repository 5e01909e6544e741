import assert from "node:assert/strict";
import { agreed, field, grantLine, type Order, type Peer } from "./peer.ts";
import type { Scenario } from "./scenarios.ts";

/*
 * What a server or the way to it may do wrong below the commands, one line each: what was ordered, what the operator is
 * told, the exit status, and whether the door is open then. A read whose answer is lost is asked once more; what may
 * have changed something never is, and only a fresh reading says what became of it.
 */

export type Act = "read" | "grant" | "revoke";

export type Row = {
  readonly shown: string;
  readonly orders: readonly Order[];
  readonly act: Act;
  readonly exit: number;
  /** In what is printed, on either stream. */
  readonly says?: RegExp;
  /** What the console calls the outcome of an act that changes something. */
  readonly outcome?: string;
};

const lines: Readonly<Record<Act, readonly string[]>> = {
  read: ["grants"],
  grant: [...grantLine, ...agreed],
  revoke: ["revoke", "--operator", "Peer Tester"],
};

export const enable = { command: "Enable-RemoteSupport" };
export const disable = { command: "Disable-RemoteSupport" };
export const access = { command: "Get-RemoteSupportAccess" };
export const once = { times: 1 };
export const all: readonly Act[] = ["read", "grant", "revoke"];
export const always = (fault: string, more: object = {}): readonly Order[] => [
  { on: "Create", fault, ...more },
];

/** A row that the console survives: the act is done as if nothing had been. */
export const survived = (
  shown: string,
  orders: readonly Order[],
  acts: readonly Act[] = ["read"],
): readonly Row[] => acts.map((act) => ({ shown, orders, act, exit: 0, ...outcomes[act] }));

const outcomes = { read: {}, grant: { outcome: "granted" }, revoke: { outcome: "closed" } } as const;

/** One scenario a row; whatever the console calls an outcome has to be the truth at the peer. */
export function rowScenarios(peer: Peer, rows: readonly Row[]): readonly Scenario[] {
  return rows.map((row) => ({
    sentence: `client: ${row.shown}: ${row.act}, exit ${row.exit}`,
    run: async () => {
      await peer.begin(row.orders, { grant: row.act === "revoke" });
      const ended = await peer.rsc(lines[row.act]);
      if (row.says !== undefined) assert.match(`${ended.err}\n${ended.out}`, row.says);
      assert.equal(ended.status, row.exit, ended.err);
      const { open } = await peer.truth();
      const outcome = row.act === "read" ? undefined : field(ended, "outcome");
      assert.equal(outcome, row.outcome, ended.err);
      if (outcome === "granted") assert.ok(open, "it is open");
      if (outcome === "closed" || outcome === "notGranted") assert.ok(!open, "it is shut");
      assert.deepEqual(peer.seen("crashed"), []);
      // Only where nothing can be granted may an error stand in the place of an answer.
      if (row.act === "grant")
        assert.ok(
          peer.seen("answer").every(({ error }) => error === false),
          "no error was sent as an answer",
        );
      assert.ok(
        peer.seen("command").filter(({ name }) => name === "Enable-RemoteSupport").length <= 1,
        "granted at most once",
      );
    },
  }));
}
