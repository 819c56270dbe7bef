# Which request holds which slot of a batch. { $first } and { $second } are policies: "static
# batching" in the sentence, "Static" in the formula.
timeline-title = Slots
timeline-prefill = Prefill
timeline-decode = Decode
timeline-idle = Idle slot
timeline-policy = Policy
timeline-request = Request
timeline-slot = Slot
timeline-start = Start
timeline-first-token = First token
timeline-end = End
timeline-panel = { $policy }: { $busy } busy, { $finished } finished
timeline-sentence = In { $horizon }, { $first } keeps its { $slots } slots busy { $first_busy } of the time and finishes { $first_finished ->
    [one] { $first_finished } request
   *[other] { $first_finished } requests
}; { $second } keeps its { $slots } slots busy { $second_busy } of the time and finishes { $second_finished ->
    [one] { $second_finished } request
   *[other] { $second_finished } requests
}.
timeline-table = Requests in the slots
timeline-formula = Share of slot time in which a request is worked on
# Indices of a time t in the formula.
timeline-formula-start = start
timeline-formula-end = end
timeline-formula-numbers = { $first }: { $first_time } / ({ $slots } × { $horizon }) = { $first_busy }; { $second }: { $second_time } / ({ $slots } × { $horizon }) = { $second_busy }
timeline-formula-source = Yu et al., Orca: iteration-level scheduling (2022)
