import { parseArgs } from "node:util";
import { openBench } from "../badDays/bench.ts";
import { actNames, FaultedActs, type FaultedAct } from "./faultedActs.ts";
import { everyByte, usualCourse } from "./plan.ts";

/**
 * All four faults at every byte (`--step 1`, hours) or every so many bytes of a list, grant, transcript and revoke
 * conversation; `--seconds` ends it earlier. Ends non-zero when anything untrue was said.
 */
const { values } = parseArgs({
  options: { step: { type: "string", default: "1" }, seconds: { type: "string", default: "100000" } },
});
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const until = performance.now() + Number(values.seconds) * 1_000;

await using bench = await openBench();
const acts = await FaultedActs.open(bench);
const planned = everyByte(await usualCourse(acts), Number(values.step), true);
const outcomes: FaultedAct[] = [];
for (const { act, fault } of planned) {
  if (performance.now() > until) break;
  const outcome = await acts.run(act, fault);
  outcomes.push(outcome);
  if (outcome.wrong === null) continue;
  process.exitCode = 1;
  say(`${act} ${JSON.stringify(fault)} was seen as ${outcome.seen}: ${outcome.wrong}`);
}

say("| act | faults | done | refused | not known, read back | wrong |");
say("|---|---|---|---|---|---|");
for (const act of actNames) {
  const own = outcomes.filter((outcome) => outcome.act === act && outcome.struck);
  const count = (ended: FaultedAct["ended"]): number => own.filter((one) => one.ended === ended).length;
  const wrong = own.filter((one) => one.wrong !== null).length;
  say(
    `| ${act} | ${own.length} | ${count("done")} | ${count("refused")} | ${count("notKnown")} | ${wrong} |`,
  );
}
say(`${outcomes.length} of ${planned.length} planned.`);
