// A time as the reader's own calendar and clock have it, with the zone that it is told in.
import { language } from "../page/words.js";

const FORM = {
  weekday: "long", day: "numeric", month: "long", year: "numeric",
  hour: "2-digit", minute: "2-digit", timeZoneName: "short",
};

export const saidTime = (at) => new Intl.DateTimeFormat(language, FORM).format(new Date(at));
