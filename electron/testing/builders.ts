import type {
  Door,
  EndpointReading,
  Grant,
  GrantRequest,
  NewTarget,
  Question,
  Receipt,
  Session,
  ShownCertificate,
  Target,
  TargetOverview,
} from "#contract";

/* Valid values; a test names only what it is about. The still clock starts at 2026-11-21T03:10:00Z. */

export function aGrant(about: Partial<Grant> = {}): Grant {
  return {
    key: "grant-1",
    state: "Active",
    active: true,
    level: "Diagnostics",
    levelAsPrinted: "Diagnostics",
    createdAt: "2026-11-21T03:00:00.000Z",
    updatedAt: "2026-11-21T03:00:00.000Z",
    expiresAt: "2026-11-21T11:00:00.000Z",
    connectionStatus: "Connecting",
    connectionError: null,
    targetService: "PowerShell",
    other: [],
    record: null,
    acts: [],
    shownBy: ["ERCS01"],
    ...about,
  };
}

export function aSession(about: Partial<Session> = {}): Session {
  return {
    id: "7f3c0000-0000-4000-8000-000000000001",
    level: "Diagnostics",
    levelAsPrinted: "Diagnostics",
    startedAt: "2026-11-20T22:00:00.000Z",
    running: false,
    endedAt: "2026-11-20T23:00:00.000Z",
    remoteApplication: "Powershell",
    transcriptPath: null,
    transcriptForgottenAt: null,
    other: [],
    shownBy: ["ERCS01"],
    under: null,
    ...about,
  };
}

export function aCertificate(about: Partial<ShownCertificate> = {}): ShownCertificate {
  return {
    subject: "CN=azs-ercs01",
    issuer: "CN=Contoso Issuing CA",
    sha256: Array.from({ length: 32 }, () => "A1").join(":"),
    validFrom: "2026-01-01T00:00:00.000Z",
    validTo: "2028-01-01T00:00:00.000Z",
    names: ["azs-ercs01"],
    problem: null,
    ...about,
  };
}

export function aNewTarget(about: Partial<NewTarget> = {}): NewTarget {
  return {
    kind: "stamp",
    name: "Contoso",
    transport: "http",
    configuration: "PrivilegedEndpoint",
    account: "AZS\\cloudadmin",
    endpoints: ["ERCS01", "ERCS02", "ERCS03"].map((name, index) => ({
      name,
      host: `10.0.0.${index + 1}`,
      port: 5985,
    })),
    signIn: { kind: "negotiate" },
    ...about,
  };
}

export function aTarget(about: Partial<Target> = {}): Target {
  return { ...aNewTarget(), id: "target-1", practice: false, certificates: [], scope: null, ...about };
}

/** A target with its door; nothing stands behind it, and nobody answered. */
export function anOverview(target: Partial<Target>, door: Partial<Door>): TargetOverview {
  const shut = { state: "closed", grant: null, sessionsInside: [], answeredBy: null } as const;
  return {
    target: aTarget(target),
    signedIn: true,
    door: {
      ...shut,
      answeredAt: null,
      endpoints: [],
      lastKnown: null,
      deviceAheadMs: null,
      trouble: null,
      ...door,
    },
    toldAt: "2026-11-21T03:10:00.000Z",
  };
}

/** One endpoint that was read and shows nothing. */
export function anEndpointReading(about: Partial<EndpointReading> = {}): EndpointReading {
  return {
    endpoint: "ERCS01",
    readAt: "2026-11-21T03:10:00.000Z",
    activeGrants: 0,
    liveSessions: 0,
    notUnderstood: [],
    failure: null,
    ...about,
  };
}

export function aGrantRequest(about: Partial<GrantRequest> = {}): GrantRequest {
  return {
    targetId: "none",
    level: "Diagnostics",
    minutes: 480,
    operator: "Alex Operator",
    reason: "storage is slow",
    caseNumber: "2611210001",
    agreedTermsSha256: null,
    ...about,
  };
}

export function aReceipt(about: Partial<Receipt> = {}): Receipt {
  return {
    id: "receipt-1",
    act: "grant",
    targetId: "target-1",
    targetName: "Contoso",
    practice: false,
    endpoint: "ERCS01",
    operator: "Alex Operator",
    account: "AZS\\cloudadmin",
    reason: "storage is slow",
    caseNumber: "2611210001",
    level: "Diagnostics",
    minutes: 480,
    command: "Enable-RemoteSupport -AccessLevel Diagnostics -ExpireInMinutes 480",
    termsText: null,
    termsSha256: null,
    answer: "yes",
    answeredBy: "person",
    startedAt: "2026-11-21T03:00:00.000Z",
    finishedAt: "2026-11-21T03:00:10.000Z",
    facts: [],
    outcome: "granted",
    stateAfter: "ERCS01 shows an active grant until 2026-11-21T11:00:00.000Z.",
    ...about,
  };
}

export function aQuestion(about: Partial<Question> = {}): Question {
  return {
    questionId: "question-1",
    endpoint: "ERCS01",
    text: "the terms",
    sentNoText: false,
    message: "Proceed with enabling remote support?",
    choices: ["Yes", "No"],
    whole: "the terms\n\nProceed with enabling remote support?\n\n[Yes] [No]",
    sha256: "0".repeat(64),
    sameAsPublished: false,
    ...about,
  };
}
