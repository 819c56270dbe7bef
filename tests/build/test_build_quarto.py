"""The extension for Quarto: its shortcode, run by Lua, and its pictures."""

import io
import re
import xml.etree.ElementTree as ET
import zipfile

import pytest
from lupa import LuaError, LuaRuntime

from buildlib import quarto
from buildlib.paths import default_layout
from labpy.missions import track_keys
from labpy.state.link import VIEWS

SITE = default_layout().site
EXTENSION = SITE / "quarto/_extensions/fleet-lab"
SHORTCODE = (EXTENSION / "fleet-lab.lua").read_text("utf-8")
# What the shortcode asks of Pandoc and Quarto, as small as can be.
HOST = """
added = {}
pandoc = { utils = { stringify = tostring },
  RawBlock = function(_, html) return html end, Str = tostring, Space = function() return " " end,
  Link = function(words, link) return "<" .. link .. ">" end,
  Image = function(words, path) return "![" .. words[1] .. "](" .. path .. ")" end,
  Para = function(words) return table.concat(words) end }
quarto = { doc = { add_html_dependency = function(d) table.insert(added, d.scripts[1].path) end,
  is_format = function(name) return FORMAT == name end },
  utils = { resolve_path = function(path) return path end } }
function told(arguments, keys, url)
  local made = SHORTCODE["fleet-lab"](arguments, keys, { ["fleet-lab"] = { url = url } })
  return type(made) == "table" and table.concat(made, "\\n") or made
end
"""


def shortcode(arguments, keys=None, format="html:js", url="https://book.example/lab"):
    """Run the shortcode as Quarto would; give what it makes, and the scripts that it adds."""
    lua = LuaRuntime(unpack_returned_tuples=True)
    lua.execute(HOST)
    lua.globals().FORMAT = format
    lua.globals().SHORTCODE = lua.execute(SHORTCODE)
    made = lua.globals().told(lua.table_from(arguments), lua.table_from(keys or {}), url)
    return made, list(lua.globals().added.values())


def test_a_page_gets_a_frame_with_the_view_and_the_dials():
    keys = {"view": "workbench", "link": "pcie5", "draft_tokens": "2"}
    made, added = shortcode(["cloud", "2"], keys)
    assert added == ["fleet-lab.js"]
    assert (EXTENSION / added[0]).is_file()
    source = "https://book.example/lab/cloud/?embed=1&amp;part=2&amp;view=workbench"
    assert f'<iframe class="fleet-lab" src="{source}&amp;draft_tokens=2&amp;link=pcie5"' in made
    assert 'title="Fleet Serving Lab: Cloud Titan, part 2"' in made


def test_paper_gets_the_drawing_and_the_address():
    made, added = shortcode(["tiny"], format="latex")
    assert not added
    assert made.startswith("![Fleet Serving Lab: Tiny Pioneer, part 1](pictures/tiny-1.svg)")
    assert made.endswith("<https://book.example/lab/tiny/?part=1>")


def test_what_is_typed_becomes_text_and_never_markup():
    made, _ = shortcode(["edge"], {"title": '"><script>', "caption": "a < b", "x": "&<"})
    assert "<script" not in made
    assert "a &lt; b</figcaption>" in made
    assert "x=%26%3C" in made


@pytest.mark.parametrize(
    ("arguments", "keys", "reason"),
    [
        (["clod"], {}, "the track is one of"),
        (["cloud", "4"], {}, "the part is 1, 2 or 3"),
        (["cloud"], {"view": "all"}, "the view is one of"),
        (["cloud"], {"height": "tall"}, "a number of pixels"),
    ],
)
def test_what_can_t_be_stops_the_book_and_says_why(arguments, keys, reason):
    with pytest.raises(LuaError, match=reason):
        shortcode(arguments, keys)


def test_a_book_that_does_not_say_where_the_lab_is_is_told_how():
    with pytest.raises(LuaError, match="fleet-lab: url:"):
        shortcode(["cloud"], url="")


def test_the_shortcode_knows_the_tracks_and_the_views_of_the_lab():
    tracks = re.search(r"TRACKS = \{(.*?)\}", SHORTCODE)[1]
    assert set(re.findall(r"(\w+) = \"", tracks)) == set(track_keys())
    views = re.search(r"VIEWS = \{(.*?)\}", SHORTCODE)[1]
    assert set(re.findall(r"(\w+) = true", views)) == set(VIEWS)


def test_each_part_has_a_picture_that_stands_alone():
    found = quarto.pictures(SITE)
    assert len(found) == 3 * len(track_keys())
    for name, data in found.items():
        ET.fromstring(data)
        text = data.decode()
        assert "var(" not in text, name
        for used in set(re.findall(r'class="(crisis-[a-z]+)', text)) - {
            "crisis-held",
            "crisis-axis",
        }:
            assert f".{used}" in text, (name, used)


def test_the_zip_can_be_unpacked_beside_a_book():
    with zipfile.ZipFile(io.BytesIO(quarto.packed(SITE)[quarto.NAME])) as archive:
        names = archive.namelist()
    assert "README.md" in names
    inside = {name.removeprefix("_extensions/fleet-lab/") for name in names}
    assert {"_extension.yml", "fleet-lab.lua", "fleet-lab.js", "pictures/edge-3.svg"} <= inside
