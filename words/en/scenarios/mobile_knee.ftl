mobile-knee-messages = { $messages ->
    [one] { $messages } message, the last at { $last }
   *[other] { $messages } messages, the last at { $last }
}
# $share: frames with a stalled message, where each message stalls by itself; $together: the same,
# where a stall meets all messages of a frame at once; $home: share of messages in a home mesh.
mobile-knee-stalled = { $messages ->
    [one] { $share } of frames; home mesh: { $home }
   *[other] { $share } of frames, or { $together } if a stall meets all messages of a frame at once; home mesh: { $home }
}
mobile-knee-truth = Your mesh, region by region: P99 is { $low } at 45% of capacity and { $high } at 90%. At 45% already { $late_low } of frames stutter, at 90% { $late_high }. The jitter of α was there before the queue.
