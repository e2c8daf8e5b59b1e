"""The colours of a picture, for light and dark grounds. Kinds of links differ by their lines, so that a print in black
and white can be read; the subject stands in the legend and in each box's title."""

from __future__ import annotations

from tongwen.concept import LinkKind

SUBJECTS = (
    "#2f6db3",
    "#c0713a",
    "#3d8a57",
    "#8a57a8",
    "#b0883a",
    "#3b8f99",
    "#b24a68",
    "#6b7686",
    "#7a8f2f",
    "#5a5fc0",
)
OTHER = "#8b8f98"  # concepts without a subject: said by texts alone

WORDS: dict[LinkKind, str] = {
    "broader": "narrower → broader",
    "narrower": "broader → narrower",
    "related": "related",
    "contrast": "contrast: alike, not the same",
}

FONTS = (
    "'Noto Sans CJK SC','Source Han Sans SC','PingFang SC','Microsoft YaHei','Noto Sans CJK TC','PingFang TC',"
    "'Microsoft JhengHei','Noto Sans',system-ui,sans-serif"
)

LAYING = """.tongwen .title{font-size:22px;font-weight:600}
.tongwen .small,.tongwen .second{font-size:13px}
.tongwen .main{font-size:16px;font-weight:600}
.tongwen .english{font-size:11.5px}
.tongwen .box{stroke-width:1.2}
.tongwen .text .box{stroke-dasharray:2 3}
.tongwen .asked .box{stroke-width:3.2}
.tongwen .link{fill:none;stroke-linecap:round}
.tongwen .broader,.tongwen .narrower{stroke-width:1.9}
.tongwen .related{stroke-width:1}
.tongwen .contrast{stroke-width:1.6;stroke-dasharray:7 5}
"""

# Plain colours in plain rules: many programs that draw SVG know no variables.
_PAINTED = """.tongwen .ground{{fill:{ground}}}
.tongwen text{{fill:{ink}}}
.tongwen .soft,.tongwen .english{{fill:{soft}}}
.tongwen .box{{fill:{box};stroke:{rim}}}
.tongwen .asked .box{{stroke:{glow}}}
.tongwen .broader,.tongwen .narrower{{stroke:{wide}}}
.tongwen .head{{fill:{wide}}}
.tongwen .related{{stroke:{near}}}
.tongwen .contrast{{stroke:{against}}}
"""

LIGHT = {
    "ground": "#fbfaf7",
    "ink": "#1d2430",
    "soft": "#5b6472",
    "box": "#ffffff",
    "rim": "#c9ccd3",
    "wide": "#39424f",
    "near": "#a3abb8",
    "against": "#c22f3d",
    "glow": "#e8b92f",
}
DARK = {
    "ground": "#15181d",
    "ink": "#eceff4",
    "soft": "#a6afbd",
    "box": "#21262e",
    "rim": "#414a57",
    "wide": "#c4ccd8",
    "near": "#69748a",
    "against": "#ff7c85",
    "glow": "#d9a520",
}


def style() -> str:
    """The rules of a picture: for light grounds, and for dark ones where the reader prefers them."""
    dark = _PAINTED.format(**DARK)
    return f"\n{LAYING}{_PAINTED.format(**LIGHT)}@media (prefers-color-scheme:dark){{\n{dark}}}\n"


def colours(subjects: list[str]) -> dict[str, str]:
    """Of each subject; when there are more than colours they come again."""
    return {"": OTHER} | {subject: SUBJECTS[at % len(SUBJECTS)] for at, subject in enumerate(subjects)}
