import { clientAgainstPeer } from "./clientAgainstPeer.ts";
import { peersPython } from "./python.ts";
import { Tally } from "./scenarios.ts";
import { stampAgainstPeer } from "./stampAgainstPeer.ts";
import { withoutPython } from "./withoutPython.ts";

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Sets foreign software at the other end of the wire, both ways. Gives whether all of it agreed. */
async function run(): Promise<boolean> {
  const python = peersPython(say);
  const tally = new Tally(say);
  await tally.run(withoutPython);
  await stampAgainstPeer(tally, python);
  await clientAgainstPeer(tally, python);
  say(`${tally.passed} passed, ${tally.failed} failed`);
  return tally.failed === 0;
}

try {
  process.exitCode = (await run()) ? 0 : 1;
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
