# Words of the track Edge Guardian
edge-name = Edge Guardian
edge-persona = AV Systems Lead
edge-serves = Ten perception sub-models in one 10 ms safety loop on a car’s computer
edge-north-star = P99.9 of the loop at most 10 ms
edge-crisis-title = The fan-out tail
edge-crisis = Each of ten sub-models meets its 10 ms, and the loop that waits for the slowest does not.
edge-honest-note = The sub-models’ times, stalls and shapes are assumptions of a plausible size, not measurements of a car. Deadlines here are statistical; certified real-time systems bound the worst case instead.
