frames-title = Frame by frame
frames-number-axis = The last { $frames } frames, oldest first
frames-time-axis = Frame time
frames-frame = Frame
frames-took = Took
frames-deadline = deadline { $deadline }
frames-none = No frames yet
# $verdict: whether the share of late frames is within what is allowed.
frames-heading = ▼ { $late } of { $drawn } late ({ $share }): { frames-heading-verdict }
frames-heading-of-all = ▼ { $late } of { $drawn } late ({ $share } of { $frames }): { frames-heading-verdict }
frames-heading-verdict = { $verdict ->
    [within] allowed
   *[beyond] too many
}

frames-summary-none = No frame has been drawn yet.
frames-summary = { $come ->
    [all] The mean frame takes { $mean }
   *[some] Some frames never come
}, and { $late } of { $frames } frames ({ $share }) miss { $deadline }, { $verdict ->
    [within] within
   *[beyond] above
} the { $limit } that are allowed.

frames-caption = Frames against a deadline of { $deadline }
frames-column-of = Of the frames
frames-column-value = Value
frames-row-frames = Frames
frames-row-late = Late
frames-row-share = Share that is late
frames-row-mean = Mean
frames-row-median = Median
frames-row-longest = Longest

frames-formula = Stutter
frames-formula-late = late
frames-formula-numbers = { $late } / { $frames } = { $share }; the deadline is one frame at { $rate }
# The same where the frames are drawn from a law, which has the share more exactly than a count.
frames-formula-numbers-law = { $share } by the law of the frames; of { $frames } drawn from it { $late } are late; the deadline is one frame at { $rate }
frames-formula-source = Definition; the limit is the mission's
