# Notices about a link to settings of the workbench. $value and $key stand in quotes.
link-not-allowed = The link's { $key }={ $value } is not allowed (allowed: { $allowed }); the default { $default } is used.
link-unknown = The link has an unknown key { $key }, which is ignored; known: { $known }.
link-unknown-many = The link has { $count } keys that are unknown here, { $first } among them; they are ignored.
link-twice = The link has { $key } more than once; the first value counts.
link-too-long = The link is longer than { $characters } characters and is ignored.
link-more = { $left } more are not shown.
# Stands for a default value: whether the system is light or dark.
link-theme-of-system = the system's
link-view-of-all = the whole part
link-no-knob = { $key } is no knob of part { $part }
