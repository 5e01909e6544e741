"""What a host call may ask instead of a plain Yes or No: by name, the method and its parameters."""

import psrpcore.types as ps

CONSENT = "By approving this request, the PEER'S support organization will be given direct access to your device.\n\nIt says so itself."
MESSAGE = "\r\nProceed with enabling remote support?"

CALLS = ps.HostMethodIdentifier


def choices(*labels):
    return [ps.ChoiceDescription(label, "") for label in labels]


def choice(labels, default=0, caption=CONSENT, message=MESSAGE):
    return CALLS.PromptForChoice, [caption, message, choices(*labels), default]


def text_field(name):
    return ps.FieldDescription(
        Name=name, ParameterTypeName="String", ParameterTypeFullName="System.String", ParameterAssemblyFullName="mscorlib", IsMandatory=True
    )


QUESTIONS = {
    "usual": lambda: choice(["&Yes", "&No"]),
    "defaultNo": lambda: choice(["&Yes", "&No"], 1),
    "noDefault": lambda: choice(["&Yes", "&No"], -1),
    "noFirst": lambda: choice(["&No", "&Yes"], 0),
    "spacedLetters": lambda: choice(["yes", " NO "]),
    "threeChoices": lambda: choice(["&Maybe", "&Later", "&Never"]),
    "yesToAll": lambda: choice(["&Yes", "Yes to &All", "&No", "No to A&ll"]),
    "foreignWords": lambda: choice(["&Ja", "&Nein"]),
    "onlyYes": lambda: choice(["&Yes"]),
    "noChoices": lambda: choice([]),
    "hostName": lambda: (CALLS.GetName, []),
    "hostVersion": lambda: (CALLS.GetVersion, []),
    "readLine": lambda: (CALLS.ReadLine, []),
    "secureLine": lambda: (CALLS.ReadLineAsSecureString, []),
    "prompt": lambda: (CALLS.Prompt, [CONSENT, MESSAGE, [text_field("Consent")]]),
    "credential": lambda: (CALLS.PromptForCredential1, [CONSENT, MESSAGE, "PEER\\peer", "peer"]),
    "manyChoices": lambda: (CALLS.PromptForChoiceMultipleSelection, [CONSENT, MESSAGE, choices("&Yes", "&No"), [0]]),
    "key": lambda: (CALLS.ReadKey, [1]),
}
