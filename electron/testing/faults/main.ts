import { parseArgs } from "node:util";
import { actNames } from "./acts.ts";
import { directions, faultKinds } from "./faultyLine.ts";
import { globalTimers } from "./globalTimers.ts";
import { count, coursesOf, emptyTally, faultsOn, type Tally, type Usual, usualCourse } from "./plan.ts";
import { runConversation } from "./runConversation.ts";
import { nameOf, tryCourse } from "./tryCourse.ts";
import { VirtualTime } from "./virtualTime.ts";

/**
 * Cut, delay, duplicate and corrupt at every byte of a list, grant, transcript and revoke conversation, and of a grant
 * that is declined or stopped. Faults of which an end of the wire makes the same take the same course, which is run as a
 * whole conversation for one of them and for `--checks` more by chance; `--whole` runs every fault so. `--act`, `--kind`
 * (each several times), `--step`, `--from MESSAGE` and `--seed` choose; with `--direction` and `--offset` one fault is
 * shown again. Ends non-zero when anything untrue was said.
 */
const { values } = parseArgs({
  options: {
    act: { type: "string", multiple: true, default: [...actNames] },
    kind: { type: "string", multiple: true, default: [...faultKinds] },
    direction: { type: "string", default: "toServer" },
    offset: { type: "string" },
    step: { type: "string", default: "1" },
    from: { type: "string", default: "0" },
    checks: { type: "string", default: "2" },
    whole: { type: "boolean", default: false },
    seed: { type: "string", default: "1" },
  },
});
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const seed = Number(values.seed);
const acts = actNames.filter((act) => values.act.includes(act));
const kinds = faultKinds.filter((kind) => values.kind.includes(kind));

let time = new VirtualTime();
const newTime = (): VirtualTime => (time = new VirtualTime());
using _timers = globalTimers(() => time);
if (values.offset === undefined) await runAll();
else await showAgain(Number(values.offset));

async function showAgain(offset: number): Promise<void> {
  const direction = directions.find((one) => one === values.direction) ?? "toServer";
  for (const act of acts)
    for (const kind of kinds) {
      const { line: _, ...outcome } = await runConversation(
        newTime(),
        act,
        { kind, direction, offset },
        seed,
      );
      say(JSON.stringify(outcome));
      if (outcome.wrong !== null) process.exitCode = 1;
    }
}

async function runAll(): Promise<void> {
  // Errors without a trace: a wrong answer is looked at again with the command that is printed.
  Error.stackTraceLimit = 0;
  say("| act | faults | courses | conversations | done | refused | not known, read back | wrong |");
  say("|---|---|---|---|---|---|---|---|");
  for (const act of acts) {
    const tally = emptyTally();
    const usual = await usualCourse(newTime(), act, seed);
    for (let number = Number(values.from); number < usual.messages.length; number++) {
      await runMessage(usual, number, tally);
      process.stderr.write(
        `\r${act}: message ${number + 1} of ${usual.messages.length}, ${tally.faults} faults `,
      );
    }
    process.stderr.write("\n");
    say(`| ${[act, ...Object.values(tally)].join(" | ")} |`);
  }
}

async function runMessage(usual: Usual, number: number, tally: Tally): Promise<void> {
  const message = usual.messages[number];
  if (message === undefined) return;
  const faults = faultsOn(message, Number(values.step), 0).filter(({ kind }) => kinds.includes(kind));
  const courses = values.whole
    ? faults.map((fault) => ({ act: usual.act, faults: [fault] }))
    : await coursesOf(newTime, usual, message, faults);
  for (const course of courses) {
    const { first, conversations, found } = await tryCourse(newTime, course, {
      seed,
      checks: Number(values.checks),
    });
    count(tally, course, first);
    tally.conversations += conversations;
    for (const { act, fault, seen, wrong } of found) {
      process.exitCode = 1;
      const again = fault === null ? "" : nameOf(fault);
      say(`${seen}: ${wrong ?? ""}. Again: npm run --silent faults -- --act ${act} ${again} --seed ${seed}`);
    }
  }
}
