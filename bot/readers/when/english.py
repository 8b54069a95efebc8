"""The English words of the reader: what a customer may type, and the kind of token it is."""

from typing import Final

Meaning = tuple[str, int, str]
"""Kind of token (see grammar), its number, its name."""


def _each(kind: str, words: str) -> dict[str, list[Meaning]]:
    """Words separated by spaces, alternatives for the same thing by "/"; numbered from 0."""
    table: dict[str, list[Meaning]] = {}
    for number, group in enumerate(words.split()):
        table.update({word: [(kind, number, "")] for word in group.split("/")})
    return table


def _all(kind: str, words: str, number: int = 0, name: str = "") -> dict[str, list[Meaning]]:
    """All these words (separated by spaces, "_" standing for a space in them) mean the same."""
    return {word.replace("_", " "): [(kind, number, name)] for word in words.split()}


NUMBERS: Final = _each(
    "WORDNUM",
    "zero/o/oh one two three four five six seven eight nine ten eleven twelve thirteen fourteen/forteen"
    " fifteen"
    " sixteen seventeen eighteen nineteen",
) | {
    word: [("TENS", number, "")]
    for word, number in {
        "twenty": 20,
        "thirty": 30,
        "forty": 40,
        "fourty": 40,
        "fifty": 50,
        "sixty": 60,
        "ninety": 90,
    }.items()
}
ORDINALS: Final = _each(
    "ORDINAL",
    "zeroth first/1st second/2nd third/3rd fourth fifth sixth seventh eighth ninth tenth eleventh"
    " twelfth/twelveth"
    " thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth",
) | {"thirtieth": [("ORDINAL", 30, "")]}

WEEKDAYS: Final = _each(
    "WEEKDAY",
    "monday/mondays/mon/monady/munday/monday's tuesday/tuesdays/tue/tues/tuseday/teusday/tusday/tuesdy"
    " wednesday/wednesdays/wed/weds/wendesday/wensday/wednsday/wenesday/wedensday/wendsday/wednesdy"
    " thursday/thursdays/thu/thur/thurs/thrusday/thurday/thursdy/thirsday"
    " friday/fridays/fri/firday/frday/fridy"
    " saturday/saturdays/sat/saterday/satuday/saturdy/satrday sunday/sundays/sun/sundy/sunnday",
)
SHY_WEEKDAYS: Final = frozenset({"sat", "sun", "mon", "wed"})
"""Also words of their own: days only beside other words of time."""

MONTHS: Final = _each(
    "MONTH",
    "- january/jan/janury/januray february/feb/febuary/feburary/februrary march/mar april/apr/aprl may"
    " june/jun july/jul"
    " august/aug september/sep/sept/septemeber/setember october/oct/octobre november/nov/novemeber"
    " december/dec/decemeber",
)
SHY_MONTHS: Final = frozenset(
    {"jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"}
)
"""Never a whole month without a word before them ("in Feb", "after Feb")."""

PARTS: Final = (
    _all("PART", "morning mornings mornin morn moring mroning forenoon breakfast", name="morning")
    | _all("PART", "afternoon afternoons afternon afernoon aftrenoon arvo", name="afternoon")
    | _all("PART", "evening evenings evenning evning eve night nights nite nighttime", name="evening")
    | _all("PART", "lunch lunchtime lunch-time lunch_time", name="noon")
    | _all("PART", "midafternoon mid-afternoon", name="mid afternoon")
    | _all("PART", "dinner dinnertime supper sunset dusk twilight", name="dusk")
    | _all("PART", "dawn sunrise", name="early morning")
    | _all("PART", "daytime day-time", name="day")
    | {
        word: [("RELDAY", 0, ""), ("PART", 0, "evening")]
        for word in ("tonight", "tonite", "2nite", "tonigt", "tonght")
    }
)
GREETINGS: Final = (
    "good morning",
    "good afternoon",
    "good evening",
    "good night",
    "good day",
    "any time",
    "anytime",
)

MEALS: Final = frozenset({"breakfast", "lunch", "dinner", "supper"})
"""Also what people eat: "this lunch" is no time."""

RELATIVE: Final = (
    _all("RELDAY", "today todays today's tday 2day todya")
    | _all(
        "RELDAY",
        "tomorrow tomorrow's tomorrows tommorow tommorrow tomorow tomorrrow tomorro tomorrw tomrrow"
        " tmrw tmr tmrrw tmw"
        " tmoro tomoz 2moro 2morrow 2mrw tmrow tomo",
        1,
    )
    | _all("RELDAY", "overmorrow", 2)
    | _all("RELDAY", "yesterday yesterdays yesturday yest", -1)
    | _all("RELDAY", "next_day following_day", 1, "following")
    | _all("THIS", "this these current")
    | _all("COMING", "coming upcoming")
    | _all("REL", "next nxt following", 1)
    | _all("LAST", "last previous past", -1)
    | _all("EDGE", "early beginning start_of beginning_of early_in early_on", name="early")
    | _all("EDGE", "mid middle middle_of mid-", name="mid")
    | _all("EDGE", "late end end_of late_in", name="late")
    | _all("WEEKEND", "weekend weekends week-end wkend wknd week_end")
    | _all("NOW", "right_now just_now now immediately")
    | _all("WEEKLY", "every each daily weekly everyday")
)
UNITS: Final = (
    _all("UNIT", "seconds secs sec", name="second")
    | _all("UNIT", "minute minutes min mins minuts minites", name="minute")
    | _all("UNIT", "hour hours hr hrs hours' hour's", name="hour")
    | _all("UNIT", "day days days'", name="day")
    | _all("UNIT", "week weeks wk wks week's weeks' workweek", name="week")
    | _all("UNIT", "fortnight fortnights", name="fortnight")
    | _all("UNIT", "month months mo mos month's", name="month")
    | _all("UNIT", "year years yr yrs year's", name="year")
)
CLOCK: Final = (
    _all("OCLOCK", "o'clock oclock o_clock o'clocks")
    | {
        "noon": [("CLOCK", 720, "")],
        "midday": [("CLOCK", 720, "")],
        "mid-day": [("CLOCK", 720, "")],
        "noontime": [("CLOCK", 720, "")],
        "midnight": [("CLOCK", 1440, "")],
        "mid night": [("CLOCK", 1440, "")],
    }
    | _all("GE", "more")
    | _all("HALF", "half")
    | _all("QUARTER", "quarter")
    | _all("PAST", "past")
    | _all("ARTICLE", "a an", 1)
    | _all("COUPLE", "couple", 2)
    | _all("FEW", "few several")
)
BETWEEN: Final = (
    _all("AT", "at @ sharp exactly")
    | _all("ON", "on sometime")
    | _all("IN", "in during")
    | _all("FOR", "for")
    | _all("OF", "of")
    | _all("THE", "the")
    | _all("AROUND", "around about approximately approx roughly ish maybe perhaps circa")
    | _all("TO", "to till til until untill thru through upto")
    | _all("AND", "and n &")
    | _all("THOUSAND", "thousand", 1000)
    | _all("BUT", "but")
    | _all("BETWEEN", "between in_between")
    | _all("FROM", "from since")
    | _all("START", "starting beginning_on starting_on commencing starts begins")
    | _all(
        "BEFORE", "before by no_later_than not_later_than earlier_than prior_to latest_by at_the_latest_by"
    )
    | _all("AFTER", "after later_than no_earlier_than not_before")
    | _all("AHEAD", "or_earlier or_before at_the_latest")
    | _all("THEN", "onwards onward or_later or_after and_later and_after")
    | _all("WITHIN", "within inside")
    | _all("LATER", "later from_now hence ago")
    | _all("OR", "or")
    | _all("OTHER", "why_not if_not")
    | _all("NOT", "not except besides can't cannot cant")
    | _all(
        "REFUSED", "doesn't_work does_not_work is_not_possible isn't_possible won't_work is_no_good is_bad"
    )
    | _all("CHANGE", "move reschedule change switch postpone shift push rebook")
    | _all(
        "DOOR",
        "building block unit apt apartment room floor door gate no number suite house flat road street"
        " level tower"
        " phase zone lane avenue line bus code",
    )
)
WORDS: Final[dict[str, list[Meaning]]] = (
    NUMBERS | ORDINALS | WEEKDAYS | MONTHS | PARTS | RELATIVE | UNITS | CLOCK | BETWEEN
)
PHRASES: Final = tuple(
    sorted((w for w in WORDS if " " in w or "-" in w or w[0].isdigit()), key=len, reverse=True)
)

AFTER_A_NUMBER: Final = frozenset(
    "please pls plz thanks thank thx ok okay works work is are would will can could should if and or"
    " but so with would"
    " be good fine great best better suits suit instead then i i'd i'll we you they it's its thats"
    " that's that when"
    " because as just only also too either oclock sounds looks maybe hi hello for to".split()
)
"""A bare number is a time ("at 7") or a day ("on the 15th") only before one of these, a word of time, a
punctuation mark or the end: "at 7 people" is none, and neither is "at 5 Main Street"."""

BEFORE_A_COUNT: Final = frozenset(
    "are is am be was were have has had need needs want with for of only just us get got book".split()
)
"""A number after one of these counts something: "we are 3 tonight"."""

LONG_NAMES: Final = tuple(
    "tuesday wednesday thursday saturday tomorrow january february september october november december"
    " afternoon morning evening tonight weekend".split()
)
"""Words long enough to be recognised with one letter wrong, missing, doubled or swapped."""
