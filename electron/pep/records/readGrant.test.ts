import { type Grant, grantShape } from "#contract";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  customObject,
  dateTime,
  dateTimeOffset,
  enumValue,
  guid,
  hashtable,
  list,
  psObject,
  scalar,
} from "../../protocol/clixml/build.ts";
import { readClixml } from "../../protocol/clixml/read.ts";
import type { ClixmlValue } from "../../protocol/clixml/value.ts";
import { writeClixml } from "../../protocol/clixml/write.ts";
import { accessOf, grantIn, type Reading } from "../../testing/recordReadings.ts";

const seen = (time: string): ClixmlValue => dateTimeOffset(new Date(time));

/** The grant as printed for Azure Local (domain 4.1). */
const printed: Readonly<Record<string, ClixmlValue>> = {
  State: enumValue("Microsoft.RemoteSupport.AccessState", "Active", 1),
  CreatedAt: seen("2023-09-06T22:05:52Z"),
  UpdatedAt: seen("2023-09-06T22:05:52Z"),
  ConnectionStatus: enumValue("Microsoft.RemoteSupport.ConnectionStatus", "Connecting", 1),
  ConnectionErrorMessage: "",
  TargetService: "PowerShell",
  AccessLevel: "Diagnostics",
  ExpiresAt: seen("2023-09-07T22:05:50Z"),
  SasCredential: null,
};
const past = (hours: number): ClixmlValue => seen(`2023-09-06T${22 - hours}:00:00Z`);
const grantOf = (changes: Readonly<Record<string, ClixmlValue>>, how: Reading = {}): Grant | null =>
  grantIn(customObject({ ...printed, ...changes }), how);

test("the grant that Azure Local prints is read whole", () => {
  const grant = grantIn(readClixml(writeClixml(customObject(printed))));
  expect(grant).toEqual({
    key: "created 2023-09-06T22:05:52.000Z",
    state: "Active",
    active: true,
    level: "Diagnostics",
    levelAsPrinted: "Diagnostics",
    createdAt: "2023-09-06T22:05:52.000Z",
    updatedAt: "2023-09-06T22:05:52.000Z",
    expiresAt: "2023-09-07T22:05:50.000Z",
    connectionStatus: "Connecting",
    connectionError: null,
    targetService: "PowerShell",
    other: [],
    record: null,
    acts: [],
    shownBy: ["AZS-ERCS01"],
  });
});

test("the grant of an older HCI has no connection, and its texts may be plain", () => {
  const older = psObject({
    adapted: {
      state: "Active",
      CREATEDAT: "3/29/2022 10:29:19 AM +00:00",
      UpdatedAt: "3/29/2022 10:29:53\u202FAM +00:00",
      TargetService: "PowerShell",
      AccessLevel: "DiagnosticsRepair",
      ExpiresAt: scalar("DT", "2022-03-30T10:29:53Z"),
      SasCredential: "",
    },
  });
  expect(grantIn(older)).toMatchObject({
    key: "created 2022-03-29T10:29:19.000Z",
    active: true,
    level: "DiagnosticsRepair",
    updatedAt: "2022-03-29T10:29:53.000Z",
    expiresAt: "2022-03-30T10:29:53.000Z",
    connectionStatus: null,
    other: [],
  });
});

test("enabling again changes the grant and not its key", () => {
  const again = {
    UpdatedAt: seen("2023-09-06T23:00:00Z"),
    ExpiresAt: seen("2023-09-08T23:00:00Z"),
    AccessLevel: "DiagnosticsRepair",
  };
  expect(grantOf(again)?.key).toBe(grantOf({})?.key);
});

test("a grant without the time of its making is known by what it has", () => {
  const old = grantOf({ CreatedAt: seen("0001-01-01T00:00:00Z") });
  expect(old).toMatchObject({ createdAt: null, key: "expires 2023-09-07T22:05:50.000Z, level Diagnostics" });
  expect(grantIn(customObject({ State: 1, AccessLevel: "ReadOnly" }))?.key).toBe("state 1, level ReadOnly");
});

test.each([
  ["Diagnostics", "Diagnostics"],
  ["readonly", "Diagnostics"],
  ["DiagnosticsAndRepair", "DiagnosticsRepair"],
  ["Diagnostics and Repair", "DiagnosticsRepair"],
  ["ReadWrite", "DiagnosticsRepair"],
  ["FullAccess", null],
  ["1", null],
])("level %s means %s", (name, level) => {
  expect(grantOf({ AccessLevel: name })).toMatchObject({ level, levelAsPrinted: name });
});

describe("whether a grant is in force", () => {
  const [past, later] = [seen("2023-09-06T23:00:00Z"), seen("2023-09-08T00:00:00Z")];
  const rows: [string, ClixmlValue, ClixmlValue, { listed: boolean; all: boolean; unmeasured: boolean }][] = [
    ["Active, any case", "ACTIVE", null, { listed: true, all: true, unmeasured: true }],
    ["Active although its time is over", "Active", past, { listed: true, all: true, unmeasured: true }],
    [
      "Expired in its time",
      enumValue("T", "Expired", 2),
      later,
      { listed: false, all: false, unmeasured: false },
    ],
    ["Revoked", "Revoked", null, { listed: false, all: false, unmeasured: false }],
    ["a number, in its time", 1, later, { listed: true, all: true, unmeasured: true }],
    ["a number without an end", 1, null, { listed: true, all: true, unmeasured: true }],
    ["a number, after its time", 1, past, { listed: true, all: false, unmeasured: true }],
    ["an unknown word, after its time", "Offen", past, { listed: true, all: false, unmeasured: true }],
    ["a word that may mean in force", "Inactive", past, { listed: true, all: false, unmeasured: true }],
    ["no state at all, after its time", null, past, { listed: true, all: false, unmeasured: true }],
    [
      "an unknown word, an end that cannot be read",
      "Offen",
      "soon",
      { listed: true, all: true, unmeasured: true },
    ],
    [
      "an unknown word, the end of time",
      "Offen",
      seen("9999-12-31T23:59:59Z"),
      { listed: true, all: true, unmeasured: true },
    ],
    [
      "an unknown word, a time without its zone",
      "Offen",
      "2023-09-06 23:00:00",
      { listed: true, all: true, unmeasured: true },
    ],
  ];

  test.each(rows)("%s", (_, state, expiresAt, { listed, all, unmeasured }) => {
    const active = (how: Reading) => grantOf({ State: state, ExpiresAt: expiresAt }, how)?.active;
    // What is listed without those that are over is in force whatever any clock says.
    expect(active({ includeExpired: false })).toBe(listed);
    expect(active({ includeExpired: false, measured: "2030-01-01T00:00:00Z" })).toBe(listed);
    expect(active({ includeExpired: true })).toBe(all);
    // Our own clock calls nothing over.
    expect(active({ includeExpired: true, measured: null, ours: "2030-01-01T00:00:00Z" })).toBe(unmeasured);
  });

  test("an integer is shown as printed", () => {
    expect(grantOf({ State: 1 })?.state).toBe("1");
  });
});

describe("secrets", () => {
  const secret = "Endpoint=sb://x;SharedAccessKeyName=k;SharedAccessKey=abcDEF123=";

  test.each<[string, ClixmlValue]>([
    ["a text", secret],
    ["an object", psObject({ display: secret, extended: { Value: secret } })],
    ["a list", list([secret])],
    ["a SecureString", scalar("SS", "YWJjREVGMTIz")],
  ])("a credential that is %s leaves only a mark", (_, value) => {
    const grant = grantOf({ SasCredential: value });
    expect(grant?.other).toEqual([{ name: "SasCredential", text: "[hidden]" }]);
    expect(JSON.stringify(grant)).not.toMatch(/abcDEF123|YWJj|sb:/);
  });

  test("it is hidden where an object arrived as its text, too", () => {
    const grant = grantOf({
      Inner: `@{State=Active; SasCredential=${secret}}`,
      ConnectionErrorMessage: `cannot connect: ${secret}`,
      More: scalar("SS", "YWJjREVGMTIz"),
    });
    expect(JSON.stringify(grant)).not.toMatch(/abcDEF123|YWJj/);
    expect(grant?.other[0]).toEqual({ name: "Inner", text: "@{State=Active; SasCredential=[hidden]}" });
  });
});

describe("other properties", () => {
  test("what is not known is kept as text, what remoting adds is not", () => {
    const grant = grantOf({
      PSComputerName: "azs-ercs01",
      RunspaceId: guid("792e5b37-4505-47ef-b7d2-8711bb7affa8"),
      PSShowComputerName: true,
      CaseNumber: "240001",
      Nodes: list(["a", 2, null]),
      Empty: null,
      __proto__x: "p",
    });
    expect(grant?.other).toEqual([
      { name: "CaseNumber", text: "240001" },
      { name: "Nodes", text: "a, 2" },
      { name: "Empty", text: "" },
      { name: "__proto__x", text: "p" },
    ]);
  });

  test("a time that cannot be read is shown as printed", () => {
    const grant = grantOf({ ExpiresAt: "at noon" });
    expect(grant).toMatchObject({
      expiresAt: null,
      other: [{ name: "ExpiresAt", text: "at noon" }],
    });
  });

  test("a Hashtable is read like an object", () => {
    expect(grantIn(hashtable(printed))).toEqual(grantOf({}));
  });
});

test.each<[string, ClixmlValue]>([
  ["a service", customObject({ Status: "Stopped", Name: "RemoteSupportAgent" })],
  ["a job", customObject({ State: "Completed", JobId: 1 })],
  ["an object without anything", customObject({})],
  ["a state alone", customObject({ State: "Active" })],
  [
    "what does not say whether it is in force",
    customObject({ AccessLevel: "Diagnostics", CreatedAt: past(1) }),
  ],
  ["a session", customObject({ SessionId: "1", AccessLevel: "ReadOnly", SessionStartTime: past(2) })],
  ["a mixture of both", customObject({ ...printed, SessionId: "1" })],
  ["a state that is an object", customObject({ ...printed, State: customObject({ Value: "Active" }) })],
  [
    "an empty grant",
    customObject({
      State: "",
      CreatedAt: null,
      AccessLevel: null,
      ExpiresAt: dateTime(new Date("0001-01-01T00:00:00Z")),
    }),
  ],
])("%s is no grant, and is not understood", (_, value) => {
  const { grants, notUnderstood } = accessOf([value]);
  expect([grants, notUnderstood.length]).toEqual([[], 1]);
});

test("what is over and holds another record is not all that was printed", () => {
  const over = { ...printed, State: "Expired" };
  const inside = customObject({ State: "Active", AccessLevel: "Diagnostics" });
  for (const nodes of [
    inside,
    list([inside]),
    hashtable({ Node1: inside }),
    "@{State=Active; AccessLevel=Diagnostics}",
  ])
    expect(accessOf([customObject({ ...over, Nodes: nodes })])).toMatchObject({
      grants: [{ active: false }],
      notUnderstood: [expect.stringContaining("State=Active")],
    });
  expect(
    accessOf([customObject({ ...over, Nodes: list(["AZS-ERCS01", "AZS-ERCS02"]) })]).notUnderstood,
  ).toEqual([]);
});

test("any values in these properties give a grant of the contract's shape, or are left over", () => {
  const anything = fc.oneof(
    fc.constantFrom<ClixmlValue>(
      null,
      1,
      1n << 62n,
      true,
      scalar("DT", "9999-12-31T23:59:59.9999999-14:00"),
      list([]),
      printed["State"] ?? null,
    ),
    fc.string(),
    fc
      .date({ noInvalidDate: true })
      .map((date) => psObject({ adapted: { UtcTicks: BigInt(date.getTime()) * 10_000n } })),
  );
  const properties = fc.dictionary(fc.constantFrom(...Object.keys(printed), "Extra"), anything);
  fc.assert(
    fc.property(properties, fc.boolean(), (values, includeExpired) => {
      const { grants, notUnderstood } = accessOf([customObject(values)], { includeExpired });
      expect(grantShape.array().safeParse(grants).error).toBeUndefined();
      expect(grants.length + notUnderstood.length).toBeGreaterThan(0);
    }),
  );
});
