# SPDX-License-Identifier: Apache-2.0
"""The words by which `alarms` knows a sign. English only: how they are written stands there."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_HURT = "pain|hurt|hurst=|ache|aching|achy|sore|tender|agony|agoni"
_SWOLLEN = "swell|swollen|swolen|swollon|swole|puff|balloon|fluid"
_HUGE = (
    "huge|enormous|massive|melon|grapefruit|blew_up|blown_up|twice_the|twice_its|like_a_football"
)
_INJURY = "#fell|twist|blow=|accident|tackle|landed|landing|crash|injur|hit=|kicked|collid|wrench"
_JOINT = "knee|nee=|joint|hip=|hips=|ankle|kneecap"
_CANNOT = (
    "cannot=|can't=|cant=|can_not=|couldn't=|couldnt=|could_not=|unable|not_able|impossible"
    "|barely|hardly|scarcely"
)
_FEEL = "|".join(
    f"{verb}_{whose}{part}"
    for verb in ("feel", "move", "wiggle")
    for whose in ("my_", "the_", "my_left_", "my_right_")
    for part in ("foot", "feet", "leg", "toe", "big_toe", "shin", "thigh", "calf", "ankle")
)
_LEGS = "leg=|legs=|foot=|feet=|toe|calf|shin|thigh"
_YOUNG = "#young|teen|my_son|my_daughter|my_child|my_kid|my_boy|my_girl|school"

PATTERNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "chest-or-breath": (
            (
                f"chest + {_HURT}|tight|pressure|pressing|squeez|heav|burn|stab|crush|elephant"
                "|sits_on|sitting_on|in_a_vice"
            ),
            (
                "short_of|shortness_of|out_of|gasp|struggl|hard_to|is_hard|difficult|trouble "
                "+ breath|breth"
            ),
            f"{_CANNOT} + breath|breth|get_air|get_any_air|get_enough_air",
            "enough_air|gasping|fight_for_air|fighting_for_air|suffocat",
            (
                "winded|puffed|panting|wheez + stair|walk|rest|sitting|lying|leg=|sudden|just="
                "|nothing|talk"
            ),
            f"breath|winded & {_LEGS} + {_SWOLLEN}",
            "breathless",
            "cough|spit + blood",
            "heart_attack|angina",
            "pulmonary|lung + embol|clot",
        ),
        "hot-joint": (
            f"{_JOINT} ~ #hot|#red|burning_up|feverish|septic|infect|pus=",
            (
                f"{_JOINT} + {_HURT}|{_SWOLLEN}|#hot|#red|on_fire|burn|{_HUGE} "
                "& fever|feaver|chills|shiver|feel_ill|felt_ill|temperature"
            ),
            f"{_JOINT}|{_SWOLLEN} + fever|feaver|chills|shiver|feel_ill|felt_ill|temperature",
        ),
        "cannot-walk": (
            f"{_CANNOT} + walk|stand=|#step|put_weight|put_any_weight|take_weight|bear|weight_on",
            f"{_CANNOT} + straight_leg|lift_my_leg|lift_the_leg|raise_my_leg|straight_leg_raise",
            f"{_CANNOT} + bend + {_JOINT}|it=",
            (
                "too_much|too_bad|too_sore|too_painful|so_painful|so_much "
                "+ single_step|take_a_step|to_walk|to_stand=|weight_on"
            ),
            (
                "won't|wont=|will_not|doesn't|doesnt|does_not|cannot|can't|cant= "
                "+ hold_me|hold_my_weight|carry_me|support_me|hold_up|take_my_weight|bear_weight"
            ),
            "not_walk|no_longer_walk|not_bear|not_take_weight|not_put_weight|not_put_any_weight",
            "snapp|cracked=|fractur|broke|broken= + knee|kneecap|leg=|tendon",
            "torn=|tore=|ruptur + tendon|quadriceps",
            "torn=|tore=|ruptur + knee|leg= + just=|today|yesterday|last_night|morning|now=",
            "knee|kneecap|leg=|foot= + deform|out_of_shape|crooked|wrong_place|wrong_way|wonky",
        ),
        "back-and-both-legs": (
            "numb|no_feeling|can't_feel|cannot_feel + wipe|wiping|toilet|sit_bones|saddle",
            "wet_myself|wetting_myself|wet_my_pants|wet_the_bed|soiled_my|peed=|pee_myself|poo_myself|can't_pee|cannot_pee",
            "numb|tingl|no_feeling + between|groin|saddle|genital|crotch|private|bottom",
            f"both_legs|both_feet|both_my + weak|numb|tingl|{_HURT}|heavy|give_way|gave_way",
            (
                "bladder|bowel|wee=|pee=|urin|incontinen|stool|poo= "
                "+ los|control|hold|leak|trouble|problem|cannot=|can't=|accident|retention|numb"
            ),
            "incontinen",
            "* cauda_equina|saddle_anaesthesia|saddle_anesthesia",
        ),
        "calf": (
            f"calf|calves|lower_leg + {_SWOLLEN}|#hot|warm|#red|clot|throb",
            (
                f"calf|calves + {_HURT}|tight|cramp + surgery|operation|flight|flew|fly=|flying"
                "|journey|pregnan|pill=|hormone|hrt=|bed=|cast="
            ),
            f"one_calf|left_calf|right_calf + {_HURT}",
            "calf + thick|bigger|larger|fatter|wider|twice|hard_as|rock_hard",
            "leg=|lower_leg + thicker|fatter|twice_as_thick|twice_as_big|twice_the_size",
            f"calf|calves + {_HURT} + reason|nowhere|sudden|overnight|without_doing",
            f"calf|calves + {_HURT}|cramp|tight & flight|flew=|surgery|operation|pregnan|cast=",
            "dvt=|thrombo|blood_clot",
            f"{_LEGS} + clot",
            f"{_LEGS} ~ blue=|bluish|purple|pale=|white=|grey=|gray= ~ cold=|icy",
            f"{_LEGS} ~ turned_blue|turning_blue|turns_blue|gone_blue|went_blue|ice_cold",
        ),
        "swelling-after-injury": (
            f"{_INJURY} & {_SWOLLEN}|{_HUGE}",
            (
                f"{_SWOLLEN}|{_HUGE} "
                "+ within|minutes|hours|straight_away|immediately|instantly|at_once|rapid"
            ),
            "acl=|meniscus|ligament + snapp|popp",
            "pop=|popped=|popping=|snap= + heard|felt=|loud|twist|landed",
        ),
        "fall": (
            f"#fell|slipped=|tripped= + {_JOINT}|bone + {_HURT}|bruis|press|touch",
            f"#old & #fell|slipped=|tripped=|banged & {_HURT}|bruis|press|touch",
            "#old + #fell",
            f"#fell|slipped=|tripped=|banged & {_JOINT}|bone + {_HURT}|bruis",
            "fell=|fallen= + on_my_knee|on_the_knee|onto_my_knee|onto_my_hip|on_my_hip",
        ),
        "young-hip": (
            f"#young & hip=|groin|thigh|knee|nee= + {_HURT}|limp|stiff",
            "#young & limp",
            f"{_YOUNG} + hip=|groin|thigh|knee|nee= + {_HURT}|limp|stiff",
            f"{_YOUNG} + limp",
            "* slipped_capital|scfe=|perthes",
        ),
        "locked": (
            f"{_JOINT} + lock|stuck|catch|jam",
            f"{_CANNOT}|won't=|wont=|will_not|not= + straighten|go_straight|get_it_straight",
            f"{_JOINT} + won't_bend|wont_bend|will_not_bend|won't_move|wont_move",
            "lock|stuck + straighten|bend",
            "loose_body|bucket_handle",
        ),
        "night-pain": (
            (
                f"{_HURT}|throb + night|sleep|asleep|lying_down|lying_still|lying_in|however_i_lie"
                "|at_rest|in_bed"
            ),
            f"{_HURT}|throb|knee|hip= + keeps_me_up|kept_me_up|keeps_me_awake|kept_me_awake",
            f"{_CANNOT} + sleep + {_HURT}|knee|hip=",
            f"wakes_me|woke|waking_me|wake_me|wake_up|wakes_h + {_HURT}|knee|hip=|throb",
            "weight_loss|losing_weight|lost_weight|lump=|lumps=|tumour|tumor|cancer|sarcoma|metasta",
            "night_sweat",
        ),
        "groin": (
            f"groin + {_HURT}|stab + weight|hop=|hopping|run|stand|step|walk|jump",
            "stress + fractur|reaction",
            f"groin + {_HURT} + osteopor|eat|period",
            "femoral_neck|neck_of_femur",
        ),
        "numb-or-weak": (
            (
                f"{_LEGS}|knee + numb|tingl|pins_and_needles|no_feeling|lost_feeling|feels_dead"
                "|gone_dead|goes_dead|went_dead"
            ),
            f"{_CANNOT} + {_FEEL}",
            "cannot=|can't=|cant=|couldn't=|unable + lift|raise|pull_up|pick_up + toe|foot=|feet=",
            "foot_drop|drop_foot|dropped_foot|foot_drops|foot_slap|drag_my_foot|dragging_my_foot",
            (
                f"back + {_HURT}|shoot|electric|radiat|down "
                "+ below_my_knee|past_my_knee|past_the_knee|to_my_calf|into_my_calf|down_one_leg"
                "|to_the_foot|into_the_foot|into_my_leg|into_my_toes|below_the_knee|down_my_leg|down_the_leg|into_my_foot|to_my_foot|to_my_toes"
            ),
            "sciatic",
        ),
        "gives-way": (
            (
                f"{_JOINT}|it=|leg= + gives_way|give_way|gave_way|giving_way|gives_out|gave_out"
                "|buckl|giving_out|collaps|crumpl|folds_under|folded_under|fold_under|folds_away"
                "|goes_from_under|went_from_under"
            ),
            "kneecap|patella + slip|dislocat|out_of_place|popped_out|sublux|came_out|goes_out",
            f"{_JOINT} + dislocat",
        ),
        "swollen": (
            f"{_JOINT} + {_SWOLLEN}",
            f"{_JOINT} + {_HUGE}",
            "water_on|water_in_my|water_in_the|fluid_on|fluid_in|effusion|baker's_cyst|bakers_cyst|baker_cyst",
        ),
        "several-joints": (
            (
                f"several|many|all_my|multiple|both_hands|fingers|wrists + joint|{_HURT}|{_SWOLLEN}"
                "|stiff"
            ),
            "stiff + morning + hour|hours|half_an_hour|forty|thirty|30=|40=|45=|60=|long",
            "* rheumat|psoria|lupus|ankylosing|crohn|colitis|uveitis|gout",
            "rash|red_eye|sore_eye + joint|knee|stiff",
        ),
        "ask-first": (
            (
                "surgery|operation|operated|replacement|arthroscop + week|month|yesterday|ago"
                "|recent|just=|last|after|had=|since|new="
            ),
            "new_knee=|new_hip=|c_section|caesarean",
            f"pregnan + pelvi|pubic|spd=|pgp=|{_HURT}",
            "* heart + failure|condition|problem|disease|arrhythm|stent|bypass|uncontrolled",
            "* stent=|pacemaker",
        ),
    }
)
"""Sign of `planning.red_flags` -> its patterns."""


def _age(number: str) -> str:
    """Said as an age: weeks, sets and the years of something have numbers too."""
    person = (
        r"(?:(?:child|kid|son|daughter|boy|girl) of"
        r"|am|i'm|im|is|he's|she's|aged?|turned|turning|only|just)"
    )
    other = (
        r"week|day|minute|month|rep|sec|kilo|kg|session|hour|pound|percent|of|time|year(?! old)|min"
    )
    return (
        rf"{person} (?:{number})\b(?! (?:{other}))"
        rf"|(?:{number})(?:yo| yo|y| y o| ?(?:year|yr)s? olds?)\b|(?:{number}) (?:f|m)\b"
    )


NAMED: Mapping[str, str] = MappingProxyType(
    {
        "#young": _age(
            r"[5-9]|1[0-6]|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
            "|sixteen"
        ),
        "#old": _age(
            "5[5-9]|[6-9][0-9]|fifty (?:five|six|seven|eight|nine)"
            "|(?:sixty|seventy|eighty|ninety)(?: (?:one|two|three|four|five|six|seven|eight|nine))?"
        )
        + "|pensioner|elderly|osteopor|retired"
        "|my (?:late )?(?:sixties|seventies|eighties|60s|70s|80s)",
        # What sounds like a sign and is sleep, a bath, a band or an exercise.
        "#fell": r"(?:fell|fall|fallen)\b(?! (?:asleep|in love|behind|short|apart|in or|inward))",
        "#hot": r"hot\b(?! (?:bath|shower|water|pack|bottle|days?|summer|yoga|pad|tea))"
        r"(?<!hot(?= weather| outside))"
        r"(?<!it was hot(?= today| here| in| out| last| that| and humid))",
        "#red": r"red\b(?! (?:band|loop|line|dot|mat|light|button|shoe|one|bit|part))",
        "#step": r"steps?\b(?! (?:up|down|by|touch|aerobic))",
    }
)
