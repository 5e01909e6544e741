import type { Ladder, Rung } from "#contract";

const steps: Readonly<Record<Rung["step"], string>> = {
  name: "Name",
  tcp: "TCP",
  certificate: "Certificate",
  winrm: "WinRM answers",
  signIn: "Sign-in",
  configuration: "Session configuration",
  culture: "Culture",
  commands: "Commands",
  answers: "Answers understood",
  version: "Stamp version",
  clock: "Clock",
  outbound: "Outbound",
};

const states: Readonly<Record<Rung["state"], string>> = {
  waiting: "waiting",
  running: "running",
  passed: "passed",
  warned: "look at this",
  failed: "failed",
  notTested: "not tested",
};

export function stepWord(step: Rung["step"]): string {
  return steps[step];
}

export function rungWord(state: Rung["state"]): string {
  return states[state];
}

/** The ladder as text for a support case. */
export function ladderText(targetName: string, ladder: Ladder, readAt: string): string {
  const lines = ladder.rungs.flatMap((rung) => [
    `${rung.endpoint} | ${steps[rung.step]} | ${states[rung.state]}${timeOf(rung)} | ${rung.found}`,
    ...(rung.fix === null ? [] : [`    to do: ${rung.fix}`]),
    ...printedLines(rung),
  ]);
  return [`Connection check of ${targetName}, ${readAt}`, ...lines, ""].join("\n");
}

function printedLines({ printed }: Rung): readonly string[] {
  if (printed === null) return [];
  return ["    it printed:", ...printed.split(/\r?\n/).map((line) => `    > ${line}`)];
}

function timeOf(rung: Rung): string {
  return rung.milliseconds === null ? "" : ` in ${Math.round(rung.milliseconds)} ms`;
}
