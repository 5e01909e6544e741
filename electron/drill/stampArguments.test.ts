import { describe, expect, test } from "vitest";
import { readStampArguments, stampUsage, StampUsageError } from "./stampArguments.ts";
import { defaultSwitches, readSwitch, switchVariants } from "./stampSwitches.ts";

const needed = ["--password-file", "F"];

describe("the command line of the stamp", () => {
  test("gives the three ports from the first on", () => {
    const read = readStampArguments([...needed, "--port", "15985"], 30);
    expect(read.ports).toEqual([15_985, 15_986, 15_987]);
    expect(readStampArguments([...needed, "--port", "0"], 30).ports).toEqual([0, 0, 0]);
  });

  test("reads everything it documents", () => {
    const line =
      "--port 20000 --account AZS\\cloudadmin --password-file F --state DIR --seed 5 --speed 2 --json --until-stdin-ends --switch terms=changed --switch slowMilliseconds=250";
    expect(readStampArguments(line.split(" "), 30)).toEqual({
      ports: [20_000, 20_001, 20_002],
      accounts: [{ account: "AZS\\cloudadmin", passwordFile: "F" }],
      stateFolder: "DIR",
      seed: 5,
      speed: 2,
      switches: { terms: "changed", slowMilliseconds: 250 },
      json: true,
      untilStdinEnds: true,
    });
  });

  test("pairs several accounts with their password files in order", () => {
    const line = [...needed, "--account", "AZS\\ann", "--account", "AZS\\ben", "--password-file", "G"];
    expect(readStampArguments(line, 30).accounts).toEqual([
      { account: "AZS\\ann", passwordFile: "F" },
      { account: "AZS\\ben", passwordFile: "G" },
    ]);
  });

  test("asks for TLS, and for a bound sign-in on top", () => {
    expect(readStampArguments([...needed], 30)).not.toHaveProperty("tls");
    expect(readStampArguments([...needed, "--tls"], 30).tls).toEqual({ demandChannelBinding: false });
    const both = [...needed, "--tls", "--demand-channel-binding"];
    expect(readStampArguments(both, 30).tls).toEqual({ demandChannelBinding: true });
  });

  test.each([
    [[]],
    [[...needed, "--port", "65534"]],
    [[...needed, "--port", "1e3"]],
    [[...needed, "--seed", "-1"]],
    [[...needed, "--speed", "0"]],
    [[...needed, "--account", "cloudadmin"]],
    [[...needed, ...needed]],
    [[...needed, "--account", "AZS\\ann", "--account", "AZS\\ben"]],
    [[...needed, ...needed, "--account", "AZS\\ann", "--account", "azs\\ANN"]],
    [[...needed, "--switch", "terms=none"]],
    [[...needed, "--switch", "constructor=x"]],
    [[...needed, "--demand-channel-binding"]],
    [[...needed, "--unknown"]],
    [[...needed, "word"]],
  ])("%j is refused", (argv) => {
    expect(() => readStampArguments(argv, 30)).toThrow(StampUsageError);
  });

  test("the usage names every switch", () => {
    const usage = stampUsage().join("\n");
    for (const name of Object.keys(switchVariants)) expect(usage).toContain(`${name}=`);
  });
});

describe("a switch", () => {
  test("is any documented variant, and the first is the usual one", () => {
    for (const [name, variants] of Object.entries(switchVariants)) {
      for (const variant of variants) expect(readSwitch(`${name}=${variant}`)).toEqual({ [name]: variant });
      expect(defaultSwitches).toHaveProperty(name, variants[0]);
    }
  });

  test("that is a number may be any of its range", () => {
    expect(readSwitch("clockAheadMinutes=-120")).toEqual({ clockAheadMinutes: -120 });
    expect(readSwitch("slowMilliseconds=0")).toEqual({ slowMilliseconds: 0 });
  });

  test("is nothing else", () => {
    for (const text of [
      "",
      "=",
      "terms",
      "terms=",
      "toString=hub",
      "hugeTranscriptLines=-1",
      "slowMilliseconds=9999999",
      "clockAheadMinutes=--1",
      "clockAheadMinutes=9999999",
      "clockAheadMinutes=",
    ])
      expect(readSwitch(text)).toBeNull();
  });
});
