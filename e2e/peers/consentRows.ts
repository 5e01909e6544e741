import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import { agreed, field, grantLine, type Order, type Peer, type RscOptions, termsSha256 } from "./peer.ts";
import type { Scenario } from "./scenarios.ts";

/*
 * Every way in which the consent question can be asked, answered and not answered. The peer grants unless it is told No
 * or the command is stopped: an error, a null or an index that does not exist opens its door (protocol.md 6.10).
 */

type Row = {
  readonly shown: string;
  readonly question: string;
  /** Where the choice Yes stands; 0 if left out. */
  readonly yes?: number;
  readonly line?: readonly string[];
  readonly typed?: string;
  readonly exit: number;
  readonly outcome: string;
  /** The index that the peer gets, null where the command is stopped. */
  readonly answer: number | null;
  readonly says?: RegExp;
};

const stopped = { exit: 1, outcome: "notGranted", answer: null } as const;
const byTerms = { line: agreed };
const granted = { exit: 0, outcome: "granted" } as const;
const notUnderstood = [
  "threeChoices",
  "yesToAll",
  "foreignWords",
  "onlyYes",
  "noChoices",
  "readLine",
  "secureLine",
  "prompt",
  "credential",
  "manyChoices",
  "key",
];

const rows: readonly Row[] = [
  { shown: "Yes by terms agreed to beforehand", question: "usual", ...byTerms, ...granted, answer: 0 },
  { shown: "Yes typed by a person", question: "usual", typed: "Yes\n", ...granted, answer: 0 },
  {
    shown: "No typed by a person",
    question: "usual",
    typed: "No\n",
    exit: 1,
    outcome: "declined",
    answer: 1,
  },
  { shown: "Yes where No is the default", question: "defaultNo", ...byTerms, ...granted, answer: 0 },
  { shown: "Yes where there is no default", question: "noDefault", ...byTerms, ...granted, answer: 0 },
  { shown: "Yes where No stands first", question: "noFirst", yes: 1, ...byTerms, ...granted, answer: 1 },
  {
    shown: "No where No stands first",
    question: "noFirst",
    yes: 1,
    typed: "no\n",
    exit: 1,
    outcome: "declined",
    answer: 0,
  },
  { shown: "Yes in other letters and blanks", question: "spacedLetters", ...byTerms, ...granted, answer: 0 },
  { shown: "nobody at the terminal", question: "usual", ...stopped, says: new RegExp(termsSha256) },
  { shown: "a terminal that is closed", question: "usual", typed: "", ...stopped },
  {
    shown: "neither Yes nor No, then a closed terminal",
    question: "usual",
    typed: "y\nperhaps\n",
    ...stopped,
  },
  {
    shown: "other terms than were agreed to",
    question: "usual",
    line: ["--agree-terms-sha256", "0".repeat(64)],
    ...stopped,
    says: /not the agreed 0{64}/,
  },
  ...notUnderstood.map(
    (question): Row => ({
      shown: `the question ${question}, which is not understood`,
      question,
      ...byTerms,
      ...stopped,
    }),
  ),
  ...notUnderstood.slice(0, 5).map(
    (question): Row => ({
      shown: `the question ${question} before a person`,
      question,
      typed: "Yes\n",
      ...stopped,
    }),
  ),
];

const questionOrders = ({ question, yes }: Row): readonly Order[] => [
  { on: "question", question, ...(yes === undefined ? {} : { yes }) },
];

async function walk(peer: Peer, row: Row, options: RscOptions = {}): Promise<void> {
  await peer.begin(questionOrders(row));
  const typed = row.typed === undefined ? {} : { typed: row.typed };
  const ended = await peer.rsc([...grantLine, ...(row.line ?? [])], { ...typed, ...options });
  assert.equal(ended.status, row.exit, ended.err);
  assert.equal(field(ended, "outcome"), row.outcome);
  if (row.says !== undefined) assert.match(`${ended.out}\n${ended.err}`, row.says);
  const answers = peer.seen("answer").map(({ result, error }) => (error === true ? "an error" : result));
  assert.deepEqual(answers, row.answer === null ? [] : [row.answer]);
  if (row.answer === null)
    assert.deepEqual(
      peer.seen("stop").map(({ waiting }) => waiting),
      [true],
    );
  assert.equal((await peer.truth()).open, row.outcome === "granted");
  assert.deepEqual(peer.seen("crashed"), []);
}

/** An interrupt while the person reads: the command is stopped on the second connection, and nothing is granted. */
async function interrupted(peer: Peer): Promise<void> {
  const interrupt = new AbortController();
  void setTimeout(1_500).then(() => interrupt.abort());
  const row: Row = { shown: "", question: "usual", typed: "…", ...stopped };
  await walk(peer, { ...row, outcome: "notGranted" }, { signal: interrupt.signal, holds: true });
}

export function consentScenarios(peer: Peer): readonly Scenario[] {
  return [
    ...rows.map((row) => ({
      sentence: `client: ${row.shown}: ${row.outcome}, exit ${row.exit}`,
      run: () => walk(peer, row),
    })),
    {
      sentence: "client: an interrupt at the question stops the command, exit 1",
      run: () => interrupted(peer),
    },
    ...["usual", "readLine", "credential"].map((question) => ({
      sentence: `client: the question ${question} in a revoke is not answered; the revoke is stopped and told`,
      run: async () => {
        await peer.begin(
          [{ on: "output", command: "Disable-RemoteSupport", fault: "question", question, times: 1 }],
          { grant: true },
        );
        const ended = await peer.rsc(["revoke", "--operator", "Peer Tester"]);
        assert.deepEqual(peer.seen("answer"), []);
        assert.match(ended.err, /asked something that the console does not answer/);
        assert.equal(field(ended, "outcome"), "closed");
        assert.equal((await peer.truth()).open, false);
      },
    })),
  ];
}
