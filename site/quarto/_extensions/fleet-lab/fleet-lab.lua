-- {{< fleet-lab cloud 1 view=workbench >}}: a part of the Fleet Serving Lab in a page of a book.
-- A page gets the lab in a frame that has the lab's own height and the page's theme; paper gets a
-- drawing of the part and the address. The lab's address stands in the document or in _quarto.yml:
--   fleet-lab:
--     url: https://your.site/lab/

local TRACKS = { cloud = "Cloud Titan", edge = "Edge Guardian", mobile = "Mobile Nomad", tiny = "Tiny Pioneer" }
local VIEWS = { instrument = true, workbench = true, lock = true }
-- Of this shortcode; any other key is a dial, and goes into the lab's address as it stands.
local OWN = { view = true, height = true, title = true, caption = true, picture = true }

local function text(value)
  return value ~= nil and pandoc.utils.stringify(value) or ""
end

local function escaped(value)
  return (value:gsub("[&<>\"']", { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;", ["'"] = "&#39;" }))
end

local function encoded(value)
  return (value:gsub("[^%w%-._~]", function(byte) return string.format("%%%02X", string.byte(byte)) end))
end

-- The address of the part: its view, and the dials in the order of their names.
local function address(base, track, part, view, dials, embedded)
  local query = { "part=" .. part }
  if embedded then
    table.insert(query, 1, "embed=1")
    if view ~= "" then table.insert(query, "view=" .. view) end
  end
  local keys = {}
  for key in pairs(dials) do keys[#keys + 1] = key end
  table.sort(keys)
  for _, key in ipairs(keys) do
    query[#query + 1] = encoded(key) .. "=" .. encoded(dials[key])
  end
  return base .. track .. "/?" .. table.concat(query, "&")
end

local function refuse(reason)
  error("fleet-lab: " .. reason)
end

local function read(args, kwargs, meta)
  local asked = { track = text(args[1]), part = text(args[2]), view = text(kwargs["view"]), dials = {} }
  if asked.part == "" then asked.part = "1" end
  if not TRACKS[asked.track] then refuse("the track is one of cloud, edge, mobile, tiny, not '" .. asked.track .. "'") end
  if not asked.part:match("^[123]$") then refuse("the part is 1, 2 or 3, not '" .. asked.part .. "'") end
  if asked.view ~= "" and not VIEWS[asked.view] then
    refuse("the view is one of instrument, workbench, lock, not '" .. asked.view .. "'")
  end
  asked.height = text(kwargs["height"])
  if asked.height == "" then asked.height = "640" end
  if not asked.height:match("^%d+$") then refuse("the height is a number of pixels, not '" .. asked.height .. "'") end
  local given = meta["fleet-lab"]
  asked.base = given ~= nil and text(given["url"]) or ""
  if not asked.base:match("^https?://") then refuse("say where the lab is: fleet-lab: url: in _quarto.yml") end
  if not asked.base:match("/$") then asked.base = asked.base .. "/" end
  asked.title = text(kwargs["title"])
  if asked.title == "" then
    asked.title = "Fleet Serving Lab: " .. TRACKS[asked.track] .. ", part " .. asked.part
  end
  for key, value in pairs(kwargs) do
    if not OWN[key] and text(value) ~= "" then asked.dials[key] = text(value) end
  end
  asked.caption = text(kwargs["caption"])
  asked.picture = text(kwargs["picture"])
  return asked
end

local function frame(asked)
  quarto.doc.add_html_dependency({
    name = "fleet-lab", version = "1.0.0", scripts = { { path = "fleet-lab.js", attribs = { defer = "true" } } },
  })
  local source = address(asked.base, asked.track, asked.part, asked.view, asked.dials, true)
  local html = '<iframe class="fleet-lab" src="' .. escaped(source) .. '" title="' .. escaped(asked.title)
    .. '" loading="lazy" allow="clipboard-write" style="width: 100%; height: ' .. asked.height .. 'px; border: 0"></iframe>'
  if asked.caption ~= "" then
    html = '<figure class="figure">' .. html .. '<figcaption class="figure-caption">' .. escaped(asked.caption) .. "</figcaption></figure>"
  end
  return pandoc.RawBlock("html", html)
end

local function paper(asked)
  local link = address(asked.base, asked.track, asked.part, "", asked.dials, false)
  local picture = asked.picture
  if picture == "" then
    picture = quarto.utils.resolve_path("pictures/" .. asked.track .. "-" .. asked.part .. ".svg")
  end
  local words = { pandoc.Str(asked.caption ~= "" and asked.caption or asked.title), pandoc.Str("."), pandoc.Space(), pandoc.Link({ pandoc.Str(link) }, link) }
  return { pandoc.Para({ pandoc.Image({ pandoc.Str(asked.title) }, picture) }), pandoc.Para(words) }
end

return {
  ["fleet-lab"] = function(args, kwargs, meta)
    local asked = read(args, kwargs, meta)
    if quarto.doc.is_format("html:js") then return frame(asked) end
    return paper(asked)
  end,
}
