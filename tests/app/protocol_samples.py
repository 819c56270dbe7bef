"""Messages that Python and the page's scripts must judge alike."""

AT = "2026-03-01T09:30:00.000Z"
IMPORT = {"kind": "import", "at": AT, "text": ""}
DEPLOY = {"kind": "deploy", "at": AT, "part": 1}
DECLARED = [DEPLOY, IMPORT, {**IMPORT, "replace": None}, {**IMPORT, "replace": True}]
NOT_DECLARED = [
    ({"kind": "warp"}, "there is no message"),
    ({"kind": "__proto__"}, "there is no message"),
    ({"kind": "toString"}, "there is no message"),
    ({"at": AT}, "there is no message"),
    ({"kind": ["predict"]}, "there is no message"),
    ({"kind": "deploy", "at": AT}, "part of the message"),
    ({**DEPLOY, "part": "1"}, "part of the message"),
    ({**DEPLOY, "part": 1.5}, "part of the message"),
    ({**DEPLOY, "part": -1}, "part of the message"),
    ({**DEPLOY, "part": True}, "part of the message"),
    ({**DEPLOY, "at": None}, "at of the message"),
    ({**DEPLOY, "more": 1}, "has no field"),
    ({**DEPLOY, "toString": 1}, "has no field"),
    ({**IMPORT, "replace": 1}, "replace of the message"),
]
