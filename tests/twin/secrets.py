"""What must not be known to everybody, and how it is said in one world and in the other.

A secret is a name, where it stands, and two values that differ in words and in length. A world is
told by the names of the secrets that are said the other way in it.
"""

from dataclasses import dataclass

INNER = "inner"
"""The inner work of the red cell."""
HANDED = "handed"
"""What the red cell handed in: the head of the core group and the deciders read it as well."""
GATE = "gate"
"""What happens at an open gate before its decision."""
OFFICE = "office"
"""What only the secretariat knows, and the person it is about."""
CONFIDED = "confided"
"""What the research says in confidence: its owner, the lead of the group and the secretariat."""


@dataclass(frozen=True)
class Secret:
    """One thing not everybody may know. Some differ in words, some in who or whether."""

    name: str
    kind: str
    what: str

    def said(self, other: bool) -> str:
        """Its words in the first world, or in the other one."""
        return f"碧海{self.name}帆影" if other else f"松涛{self.name}石径问雪"


SECRETS = {
    one.name: one
    for one in (
        Secret("draft", INNER, "the text of a report not handed in"),
        Secret("meetingtitle", INNER, "the title of a meeting"),
        Secret("meetingplace", INNER, "the place of a meeting"),
        Secret("agenda", INNER, "what a meeting is about"),
        Secret("minutes", INNER, "the minutes of a meeting"),
        Secret("resolution", INNER, "what a meeting settled"),
        Secret("item", INNER, "the title of an action item"),
        Secret("announced", INNER, "the text that announces a meeting"),
        Secret("task", INNER, "the title of a task"),
        Secret("tasknote", INNER, "what was reported of a task"),
        Secret("bookdraft", INNER, "a task book not issued"),
        Secret("findingtitle", INNER, "the title of a finding"),
        Secret("findingtext", INNER, "the text of a finding"),
        Secret("answer", INNER, "what was answered to a finding"),
        Secret("filename", INNER, "the name of a file handed in"),
        Secret("filetext", INNER, "the content of a file handed in"),
        Secret("fileline", INNER, "the summary of a file handed in"),
        Secret("extension", INNER, "why a duty was extended: also told in a letter to its holder"),
        Secret("casedraft", INNER, "a case that is not settled"),
        Secret("mapinstrument", INNER, "on what an assessment rests that nobody else read yet"),
        Secret("mapstate", INNER, "what that assessment concludes"),
        Secret("demandtitle", CONFIDED, "the title of a demand"),
        Secret("demandtext", CONFIDED, "the obstacle a demand names"),
        Secret("demandunmet", CONFIDED, "why a demand is not taken up"),
        Secret("demandwhether", CONFIDED, "whether a demand was refused yet"),
        Secret("demandside", CONFIDED, "whose voice a demand is"),
        Secret("demandanswer", CONFIDED, "which recommendation takes a demand up"),
        Secret("casetitle", CONFIDED, "the title of a settled case"),
        Secret("casefacts", CONFIDED, "the facts of a settled case"),
        Secret("caseunit", CONFIDED, "of which unit a settled case tells"),
        Secret("casecheck", CONFIDED, "what was checked of a settled case"),
        Secret("caseoutcome", CONFIDED, "what that check found"),
        Secret("addressee", CONFIDED, "to whom a recommendation is addressed in confidence"),
        Secret("became", CONFIDED, "what shows that a recommendation was taken up there"),
        Secret("becamestate", CONFIDED, "what became of it there"),
        Secret("returned", HANDED, "why a report was returned"),
        Secret("month", HANDED, "the text of a monthly report"),
        Secret("pinned", HANDED, "the text that a gate judges"),
        Secret("opinion", GATE, "the comment of an opinion"),
        Secret("verdict", GATE, "the verdict of an opinion"),
        Secret("voter", GATE, "who has given an opinion so far"),
        Secret("conflict", GATE, "what a declared conflict is"),
        Secret("aside", GATE, "whether a decider declared a conflict"),
        Secret("wrote", GATE, "which reviewer wrote which comment, after the decision"),
        Secret("application", OFFICE, "what an application says"),
        Secret("applicant", OFFICE, "the name of another applicant"),
        Secret("check", OFFICE, "why a requirement is not met"),
        Secret("rejected", OFFICE, "why an application was refused"),
        Secret("rosterrow", OFFICE, "a row of a roster that could not be read"),
        Secret("mail", OFFICE, "a person's mail address"),
        Secret("mobile", OFFICE, "a person's mobile number"),
        Secret("consent", OFFICE, "who agrees to be named in the roll"),
        Secret("link", OFFICE, "for whom a personal link was issued"),
        Secret("charter", OFFICE, "a change of the charter that is being drafted"),
    )
}
ALL = frozenset(SECRETS)


def of(*kinds: str) -> frozenset[str]:
    """The secrets of these kinds."""
    return frozenset(one.name for one in SECRETS.values() if one.kind in kinds)


@dataclass(frozen=True)
class World:
    """Which secrets are said the other way in this world."""

    other: frozenset[str] = frozenset()

    def __call__(self, name: str) -> str:
        """The words of a secret in this world."""
        return SECRETS[name].said(name in self.other)

    def text(self, words: str) -> str:
        """What people wrote that is no secret: these words."""
        return words

    def pick(self, name: str, one: str, two: str) -> str:
        """What a secret is that is no text: `one` in the first world, `two` in the other."""
        return two if name in self.other else one
