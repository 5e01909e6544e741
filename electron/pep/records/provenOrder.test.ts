import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { customObject, dateTimeOffset, scalar } from "../../protocol/clixml/build.ts";
import type { ClixmlValue } from "../../protocol/clixml/value.ts";
import { accessOf, historyOf, type Reading } from "../../testing/recordReadings.ts";

/* The order of day and month is one for a whole answer, and is read only where the answer proves it. */

const at = "2026-12-06T12:00:00Z";
const now: Reading = { measured: at, ours: at };
const unmeasured: Reading = { measured: null, ours: at };

const session = (id: number, start: ClixmlValue, end: ClixmlValue): ClixmlValue =>
  customObject({ SessionId: `s-${id}`, SessionStartTime: start, SessionEndTime: end });
const startsOf = (rows: readonly (readonly [ClixmlValue, ClixmlValue])[], how: Reading = unmeasured) =>
  historyOf(
    rows.map(([start, end], index) => session(index, start, end)),
    how,
  ).sessions.map(({ startedAt }) => startedAt?.slice(0, 10) ?? null);

const grant = (values: Readonly<Record<string, ClixmlValue>>, how: Reading = unmeasured) =>
  accessOf([customObject({ State: "Active", AccessLevel: "Diagnostics", ...values })], how).grants[0];

describe("a number above 12 proves it for all of the answer", () => {
  test("that no month has", () => {
    expect(
      startsOf([
        ["05/12/2026 10:00:00", null],
        ["30/11/2026 10:00:00", null],
      ]),
    ).toEqual(["2026-12-05", "2026-11-30"]);
    expect(
      startsOf([
        ["05/12/2026 10:00:00 AM", null],
        ["11/30/2026 10:00:00 AM", null],
      ]),
    ).toEqual(["2026-05-12", "2026-11-30"]);
  });

  test("also where it stands for none", () => {
    expect(startsOf([["05/12/2026 10:00:00", "31/12/9999 23:59:59"]])).toEqual(["2026-12-05"]);
    expect(startsOf([["05/12/2026 10:00:00", "12/31/9999 11:59:59 PM"]])).toEqual(["2026-05-12"]);
  });

  test("and nothing where two contradict each other", () => {
    expect(
      startsOf([
        ["05/12/2026 10:00:00", null],
        ["30/11/2026 10:00:00", null],
        ["11/30/2026 10:00:00", null],
      ]),
    ).toEqual([null, null, null]);
  });
});

describe("a record that would contradict itself proves it", () => {
  test.each<[string, readonly [ClixmlValue, ClixmlValue], string]>([
    ["an end before its start", ["05/12/2026 10:00:00", "2026-05-13T10:00:00Z"], "2026-05-12"],
    ["a session longer than any grant", ["05/12/2026 10:00:00", "06/12/2026 10:00:00"], "2026-12-05"],
  ])("%s", (_, row, start) => {
    expect(startsOf([row])).toEqual([start]);
  });

  test("a start in the device's future, by its own clock alone", () => {
    expect(
      startsOf(
        [
          ["05/12/2026 10:00:00", null],
          ["01/07/2026 10:00:00", null],
        ],
        now,
      ),
    ).toEqual([null, null]);
    expect(startsOf([["07/12/2026 10:00:00", null]], now)).toEqual(["2026-07-12"]);
    expect(startsOf([["07/12/2026 10:00:00", null]], unmeasured)).toEqual([null]);
  });

  test.each<[string, Readonly<Record<string, ClixmlValue>>, string | null, Reading?]>([
    [
      "longer than a grant lasts",
      {
        CreatedAt: "05/12/2026 10:00:00",
        UpdatedAt: "05/12/2026 10:00:00",
        ExpiresAt: "06/12/2026 10:00:00",
      },
      "2026-12-06",
    ],
    [
      "over before it was made",
      { CreatedAt: "03/12/2026 10:00:00", ExpiresAt: "04/11/2026 10:00:00" },
      "2026-04-11",
    ],
    [
      "made before and after one that is sure",
      { CreatedAt: dateTimeOffset(new Date("2026-12-05T10:00:00Z")), ExpiresAt: "06/12/2026 10:00:00" },
      "2026-12-06",
    ],
    ["active and long over", { ExpiresAt: "07/12/2026 10:00:00" }, "2026-12-07", now],
    ["either", { CreatedAt: "05/12/2026 10:00:00", ExpiresAt: "05/12/2026 18:00:00" }, null],
  ])("a grant that would be %s", (_, values, expires, how = unmeasured) => {
    expect(grant(values, how)?.expiresAt?.slice(0, 10) ?? null).toBe(expires);
  });

  test("but not one that contradicts itself in either order", () => {
    const odd = {
      CreatedAt: scalar("DT", "2026-12-05T10:00:00Z"),
      ExpiresAt: scalar("DT", "2026-11-01T10:00:00Z"),
    };
    const { grants } = accessOf(
      [
        customObject({ State: "Expired", ...odd }),
        customObject({ State: "Expired", AccessLevel: "ReadOnly", ExpiresAt: "30/11/2026 10:00:00" }),
      ],
      unmeasured,
    );
    expect(grants.map(({ expiresAt }) => expiresAt?.slice(0, 10))).toEqual(["2026-11-01", "2026-11-30"]);
  });
});

describe("what is not proven", () => {
  test("is shown as printed, and decides nothing", () => {
    const read = grant(
      { State: "Offen", CreatedAt: "05/11/2026 10:00:00", ExpiresAt: "06/11/2026 10:00:00" },
      { ...now, includeExpired: true },
    );
    expect(read).toMatchObject({ active: true, createdAt: null, expiresAt: null });
    expect(read?.other).toEqual([
      { name: "CreatedAt", text: "05/11/2026 10:00:00" },
      { name: "ExpiresAt", text: "06/11/2026 10:00:00" },
    ]);
    expect(read?.key).toBe("created 05/11/2026 10:00:00");
  });

  test.each([
    ["in the past in either order", "05/11/2026 11:00:00", false],
    ["in the future in one of them", "01/12/2027 11:00:00", true],
    ["of another answer's order", "08/12/2026 11:00:00", true],
  ])("is an end that has been, where it lies %s", (_, end, running) => {
    const { sessions } = historyOf([session(1, null, end)], now);
    expect(sessions).toMatchObject([{ running, endedAt: null }]);
    expect(sessions[0]?.other.map(({ name }) => name)).toContain("SessionEndTime");
  });

  test("does not touch what is the same in both orders, or has its year first or its month by name", () => {
    const ends = [
      "05/05/2026 10:00:00",
      "2026-12-05 10:00:00",
      "2026/12/05 10:00:00",
      "5 Dec 2026 10:00:00",
      "December 5, 2026 10:00 AM",
      "Sat, 05 Dec 2026 10:00:00 GMT",
      "05-Dec-2026 10:00:00",
    ];
    expect(startsOf([...ends, "05/12/2026 10:00:00"].map((start) => [start, null] as const))).toEqual([
      "2026-05-05",
      ...Array.from({ length: 6 }, () => "2026-12-05"),
      null,
    ]);
  });
});

test("whatever days, in either order: what is read is what was meant", () => {
  const day = 86_400_000;
  const two = (number: number): string => String(number).padStart(2, "0");
  const written = (date: Date, dayFirst: boolean): string => {
    const [one, other] = [date.getUTCMonth() + 1, date.getUTCDate()].map(two);
    return `${dayFirst ? `${other}/${one}` : `${one}/${other}`}/${date.getUTCFullYear()} 10:00:00`;
  };
  const base = Date.UTC(2024, 0, 1, 10);
  const days = fc.array(fc.integer({ min: 0, max: 1_000 }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(days, fc.integer({ min: 0, max: 13 }), fc.boolean(), (starts, length, dayFirst) => {
      const rows = starts.map(
        (start) => [new Date(base + start * day), new Date(base + (start + length) * day)] as const,
      );
      const output = rows.map(([start, end], index) =>
        session(index, written(start, dayFirst), written(end, dayFirst)),
      );
      const measured = new Date(base + 1_100 * day).toISOString();
      const { sessions } = historyOf(output, { measured, ours: measured });
      sessions.forEach(({ startedAt, endedAt, running }, index) => {
        const [start, end] = rows[index] ?? [];
        expect([null, start?.toISOString()]).toContain(startedAt);
        expect([null, end?.toISOString()]).toContain(endedAt);
        if (startedAt !== null) expect(running).toBe(false);
      });
    }),
  );
});
