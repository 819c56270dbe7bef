mobile-knee-messages = { $messages ->
    [one] { $messages } mensaje, el último a los { $last }
   *[other] { $messages } mensajes, el último a los { $last }
}
# $share: frames with a stalled message, where each message stalls by itself; $together: the same,
# where a stall meets all messages of a frame at once; $home: share of messages in a home mesh.
mobile-knee-stalled = { $messages ->
    [one] { $share } de los fotogramas; malla doméstica: { $home }
   *[other] { $share } de los fotogramas, o { $together } si un parón alcanza a la vez todos los mensajes de un fotograma; malla doméstica: { $home }
}
mobile-knee-truth = Tu malla, región a región: el P99 es { $low } al 45 % de la capacidad y { $high } al 90 %. Ya al 45 % da tirones el { $late_low } de los fotogramas; al 90 %, el { $late_high }. El jitter de α estaba allí antes que la cola.
