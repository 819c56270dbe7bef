// Which frame of a motion is on show, and which should be, see labpy/instruments/pictures/felt.py.

// By frame, the moment from which it can be shown, in s.
export function momentsOf({ frames, period, due, late }) {
  const moments = Float64Array.from({ length: frames }, (_, k) => k * period + due);
  for (const [k, took] of late) moments[k] = k * period + took;
  return moments;
}

// The newest that is there at a moment, -1 for none, and the newest that is due by then.
export function shownAt(moments, { period, due, frames }, time) {
  const wanted = Math.min(Math.floor((time - due) / period), frames - 1);
  let shown = wanted;
  while (shown >= 0 && moments[shown] > time) shown -= 1;
  return [shown, wanted];
}
