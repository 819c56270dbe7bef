# Words of the track Edge Guardian
edge-name = Edge Guardian
edge-persona = AV Systems Lead
edge-serves = Ten perception sub-models in one { $limit-1-loop } safety loop on a car’s computer
edge-north-star = P99.9 of the loop at most { $limit-1-loop }
edge-crisis-title = The fan-out tail
edge-crisis = Each of ten sub-models meets its { $limit-1-loop }, and the loop that waits for the slowest does not.
edge-honest-note = The sub-models’ times, stalls and shapes are assumptions of a plausible size, not measurements of a car. Deadlines here are statistical; certified real-time systems bound the worst case instead.
