/** A learning platform as a page reaches it: SCORM 1.2 and SCORM 2004, each with its own names for the same things. */

type Call = (...values: string[]) => unknown;
type Api = Record<string, Call>;

export type Version = "1.2" | "2004";

interface Dialect {
  /** The object that the platform puts into a window around the page. */
  api: string;
  calls: Record<"open" | "get" | "set" | "commit" | "close", string>;
  /** What is kept of a trainee, by our name for it. */
  names: Record<"state" | "place" | "mode" | "status" | "exit" | "time" | "score", string>;
  /** Characters that the state may have. */
  limit: number;
}

export const DIALECTS: Record<Version, Dialect> = {
  "1.2": {
    api: "API",
    calls: { open: "LMSInitialize", get: "LMSGetValue", set: "LMSSetValue", commit: "LMSCommit", close: "LMSFinish" },
    names: {
      state: "cmi.suspend_data", place: "cmi.core.lesson_location", mode: "cmi.core.lesson_mode", status: "cmi.core.lesson_status",
      exit: "cmi.core.exit", time: "cmi.core.session_time", score: "cmi.core.score",
    },
    limit: 4096,
  },
  "2004": {
    api: "API_1484_11",
    calls: { open: "Initialize", get: "GetValue", set: "SetValue", commit: "Commit", close: "Terminate" },
    names: {
      state: "cmi.suspend_data", place: "cmi.location", mode: "cmi.mode", status: "cmi.completion_status",
      exit: "cmi.exit", time: "cmi.session_time", score: "cmi.score",
    },
    limit: 64_000,
  },
};

/** Windows that are looked through on the way up; a platform puts few around a course. */
const MOST = 500;

/** The platform's object: in a window around this one, or around the one that opened this. */
export function findApi(version: Version, from: Window = window): Api | null {
  const { api } = DIALECTS[version];
  return upwards(from, api) ?? (from.top?.opener ? upwards(from.top.opener as Window, api) : null) ?? (from.opener ? upwards(from.opener as Window, api) : null);
}

function upwards(from: Window, api: string): Api | null {
  let at = from;
  try {
    for (let number = 0; number < MOST; number += 1) {
      const found = (at as unknown as Record<string, Api | undefined>)[api];
      if (found) return found;
      if (at.parent === at) return null;
      at = at.parent;
    }
  } catch {
    /* A window of another site: what it holds is not for us. */
  }
  return null;
}

/** One visit to the platform. Nothing in it throws: what the platform does not take is told by `false`. */
export class Runtime {
  readonly names: Dialect["names"];
  readonly limit: number;
  private readonly calls: Dialect["calls"];
  private opened: boolean;

  constructor(private readonly api: Api, readonly version: Version) {
    ({ names: this.names, limit: this.limit, calls: this.calls } = DIALECTS[version]);
    this.opened = this.did("open", "");
  }

  get(name: string): string {
    return this.opened ? String(this.call("get", name) ?? "") : "";
  }

  set(name: string, value: string): boolean {
    return this.opened && this.did("set", name, value);
  }

  commit(): boolean {
    return this.opened && this.did("commit", "");
  }

  close(): void {
    if (this.opened) this.did("close", "");
    this.opened = false;
  }

  private did(what: keyof Dialect["calls"], ...values: string[]): boolean {
    return String(this.call(what, ...values)) === "true";
  }

  private call(what: keyof Dialect["calls"], ...values: string[]): unknown {
    try {
      return this.api[this.calls[what]]!(...values);
    } catch {
      return undefined;
    }
  }
}

const two = (value: number): string => String(value).padStart(2, "0");

/** A time in seconds as the platform takes it: `HHHH:MM:SS.SS`, or as an ISO 8601 duration. */
export function duration(seconds: number, version: Version): string {
  const hundredths = Math.min(Math.round(seconds * 100), 9999 * 360_000 + 359_999);
  const [hours, minutes, rest] = [Math.floor(hundredths / 360_000), Math.floor(hundredths / 6000) % 60, hundredths % 6000];
  if (version === "1.2") return `${String(hours).padStart(4, "0")}:${two(minutes)}:${two(Math.floor(rest / 100))}.${two(rest % 100)}`;
  return `PT${hours}H${minutes}M${rest / 100}S`;
}
