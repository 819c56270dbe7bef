# Words of the track Mobile Nomad
mobile-name = Mobile Nomad
mobile-persona = AR Glasses Dev
mobile-serves = AR translation at 60 frames a second: glasses with a fleet of edge nodes over a Wi-Fi 6 mesh
mobile-north-star = { $limit-1-mean } a frame, stutter under { $limit-1-stutter } of frames
mobile-crisis-title = The offload jitter
mobile-crisis = The mean frame is in time, and yet frames stutter: the start-up latency α of the mesh varies.
mobile-honest-note = Mesh quality decides what can be promised at all. Measured Wi-Fi 6 keeps P99 under 10 ms on a clean 80 MHz channel; a measured home mesh has a P99 of about 90 ms. No window, cut or draft in this track brings stutter below 1% on the second.
