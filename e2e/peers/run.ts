import { againstPeers } from "./againstPeers.ts";
import { basePython } from "./python.ts";
import { Tally } from "./scenarios.ts";
import { withoutPackages } from "./withoutPackages.ts";
import { withoutPython } from "./withoutPython.ts";

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Sets foreign software at the other end of the wire, both ways. Gives whether all that was tried agreed. */
async function run(): Promise<boolean> {
  const base = basePython();
  const tally = new Tally(say);
  await tally.run(withoutPython);
  await withoutPackages(tally, base);
  await againstPeers(tally, say);
  say(tally.summary);
  return tally.failed === 0;
}

try {
  process.exitCode = (await run()) ? 0 : 1;
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
