# Words of the track Tiny Pioneer
tiny-name = Tiny Pioneer
tiny-persona = Hearable Lead
tiny-serves = Neural noise isolation for a fleet of hearables and their gateway
tiny-north-star = Under { $limit-1-echo } ear to ear, under { $limit-1-ear } at the ear
tiny-crisis-title = The power-latency seesaw
tiny-crisis = Bigger batches save the gateway’s power, and add 50 ms: the wearer hears an echo.
tiny-honest-note = One milliwatt is what listening for a word takes. A published neural hearable that isolates speech on the ear takes 71.6 mW, so the mission can be met only as a mean over the day and with the network elsewhere.
