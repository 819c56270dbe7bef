mobile-knee-messages = { $messages ->
    [one] { $messages } message, the last at { $last }
   *[other] { $messages } messages, the last at { $last }
}
mobile-knee-stalled = { $share } of frames; home mesh: { $home }
mobile-knee-truth = Your mesh, region by region: P99 is { $low } at 45% of capacity and { $high } at 90%. At 45% already { $late_low } of frames stutter, at 90% { $late_high }. The jitter of α was there before the queue.
