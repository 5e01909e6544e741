import type { ConsoleClient } from "#contract";
import { ConsoleError } from "#contract";
import type { Bench } from "../badDays/bench.ts";
import { openWithYes, shutDoor } from "../journeys/steps.ts";
import { FaultyLine, type LineFault } from "./faultyLine.ts";

export const actNames = ["list", "grant", "transcript", "revoke"] as const;
export type ActName = (typeof actNames)[number];

/** How an act ended: done, refused (nothing happened), or not known (a reading must tell). */
export type Ended = "done" | "refused" | "notKnown";

export type FaultedAct = {
  readonly act: ActName;
  readonly fault: LineFault | null;
  readonly ended: Ended;
  /** The code or outcome that the operator saw. */
  readonly seen: string;
  /** What contradicts the stamp's own model; null when all is true. */
  readonly wrong: string | null;
  readonly struck: boolean;
  readonly line: FaultyLine;
};

/** More than the console keeps in memory, so that each is read from the endpoint again. */
const differentTranscripts = 9;
/** A busy machine may miss a test's short deadlines. */
const mostReadings = 3;

/** The endpoint behind the line, with grants as the act needs them; the stamp's model is the truth. */
export class FaultedActs {
  readonly #bench: Bench;
  readonly #port: number;
  readonly #transcripts: readonly (readonly [sessionId: string, text: string])[];
  #transcriptsRead = 0;

  private constructor(bench: Bench, transcripts: readonly (readonly [string, string])[]) {
    this.#bench = bench;
    this.#port = bench.stamp.endpoints[0].port;
    this.#transcripts = transcripts;
  }

  static async open(bench: Bench): Promise<FaultedActs> {
    const sessions = bench.stamp.model.state().sessions.slice(-differentTranscripts);
    const transcripts: (readonly [string, string])[] = [];
    for (const { id } of sessions) transcripts.push([id, await textOf(bench.client, bench.alone.id, id)]);
    return new FaultedActs(bench, transcripts);
  }

  /** Does the act over a line with this fault, and looks afterwards, over an honest line, what is true. */
  async run(act: ActName, fault: LineFault | null): Promise<FaultedAct> {
    const { model } = this.#bench.stamp;
    model.disable(0);
    if (act !== "grant")
      model.enable({ level: "Diagnostics", minutes: 480, account: "AZS\\cloudadmin", instance: 0 });
    const line = new FaultyLine(this.#port, fault);
    this.#bench.front.turn(line.take);
    const { ended, seen, claim } = await this.#done(act);
    this.#bench.front.turn(null);
    const wrong = claim(this.#open()) ?? (ended === "done" ? null : await this.#readBack());
    return { act, fault, ended, seen, wrong, struck: line.struck, line };
  }

  #open(): number {
    return this.#bench.stamp.model.state().grants.filter(({ ended }) => ended === null).length;
  }

  async #done(act: ActName): Promise<Told> {
    try {
      return await this.#acted(act);
    } catch (error) {
      if (!(error instanceof ConsoleError))
        return { ended: "notKnown", seen: "undeclared", claim: () => `threw ${String(error)}` };
      const known = error.code !== "notConfirmed";
      const claim = (open: number): string | null =>
        act === "grant" && known && open > 0 ? `${error.code}, but a grant is open` : null;
      return { ended: known ? "refused" : "notKnown", seen: error.code, claim };
    }
  }

  async #acted(act: ActName): Promise<Told> {
    const { client, alone } = this.#bench;
    switch (act) {
      case "list": {
        const { grants } = await client.grants.list({ targetId: alone.id });
        const active = grants.filter((grant) => grant.active).length;
        return told("done", "read", (open) => (active === open ? null : `${active} grants read of ${open}`));
      }
      case "transcript": {
        const [id, whole] = this.#transcripts[this.#transcriptsRead++ % this.#transcripts.length] ?? ["", ""];
        const text = await textOf(client, alone.id, id);
        return told("done", "read", () => (text === whole ? null : "another text was read"));
      }
      case "grant":
        return toldOfGrant((await openWithYes(client, alone)).outcome?.kind ?? "none");
      case "revoke": {
        const kind = (await shutDoor(client, alone)).outcome?.kind ?? "none";
        const closed = kind === "closed";
        return told(closed ? "done" : "notKnown", kind, (open) =>
          closed && open > 0 ? `closed, but ${open} grants are open` : null,
        );
      }
      default:
        return act satisfies never;
    }
  }

  /** What is not known or was refused is resolved by a reading over an honest line. */
  async #readBack(): Promise<string | null> {
    const read = async (): Promise<string | null> => {
      const { grants } = await this.#bench.client.grants.list({ targetId: this.#bench.alone.id });
      const active = grants.filter((grant) => grant.active).length;
      return active === this.#open() ? null : `the reading afterwards shows ${active} of ${this.#open()}`;
    };
    for (let attempt = 1; ; attempt++) {
      try {
        return await read();
      } catch (error) {
        if (attempt === mostReadings) return `no reading afterwards: ${String(error)}`;
        // Shells that nobody could delete fill the quota, and a broken sign-in is forgotten: both are ended here.
        await this.#bench.behave();
        await this.#bench.signIn();
      }
    }
  }
}

type Told = {
  readonly ended: Ended;
  readonly seen: string;
  /** Compares what was said with the number of grants that are open in truth. */
  readonly claim: (open: number) => string | null;
};

const told = (ended: Ended, seen: string, claim: Told["claim"]): Told => ({ ended, seen, claim });

function toldOfGrant(kind: string): Told {
  if (kind === "granted")
    return told("done", kind, (open) => (open === 1 ? null : "granted, but no grant is open"));
  if (kind === "notKnown") return told("notKnown", kind, () => null);
  return told("refused", kind, (open) => (open === 0 ? null : `${kind}, but a grant is open`));
}

async function textOf(client: ConsoleClient, targetId: string, sessionId: string): Promise<string> {
  const { transcriptId } = await client.transcripts.open({ targetId, sessionId });
  const { text } = await client.transcripts.text({ transcriptId, from: 0, count: 500_000 });
  await client.transcripts.close({ transcriptId });
  return text;
}
