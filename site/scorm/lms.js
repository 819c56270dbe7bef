// The run-time of a learning-management system as SCORM 1.2 has it: an object `API` in a window
// around this one, or around the window that opened it.

const FARTHEST = 50; // windows; some systems nest a dozen, a loop of frames would never end

function near(start) {
  let at = start;
  for (let step = 0; step < FARTHEST; step += 1) {
    try {
      if (at.API) return at.API;
    } catch {
      return null; // a page of another origin: what lies beyond it can't be reached either
    }
    if (at.parent === at) return null;
    at = at.parent;
  }
  return null;
}

export function findApi(win) {
  const api = near(win);
  if (api) return api;
  try {
    return win.top.opener ? near(win.top.opener) : win.opener && near(win.opener);
  } catch {
    return null;
  }
}

// Wraps the API: nothing it does or refuses may stop the lab.
export class Lms {
  constructor(api) {
    this.api = api;
    this.trouble = "";
    this.open = this.call("LMSInitialize", "");
  }

  call(name, ...values) {
    try {
      if (String(this.api[name](...values)) === "true") return true;
      this.trouble = `${name}: ${this.api.LMSGetLastError?.() ?? "?"}`; // the course's own code
    } catch (error) {
      this.trouble = `${name}: ${error.name}`;
    }
    return false;
  }

  get(element) {
    try {
      return this.open ? String(this.api.LMSGetValue(element) ?? "") : "";
    } catch {
      return "";
    }
  }

  set(element, value) {
    return this.open && this.call("LMSSetValue", element, value);
  }

  commit() {
    return this.open && this.call("LMSCommit", "");
  }

  finish() {
    if (!this.open) return;
    this.call("LMSFinish", "");
    this.open = false;
  }
}
