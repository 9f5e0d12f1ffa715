import { panel } from "../kit";
import { SsDue } from "../panels/due";
import { planOfPage } from "../panels/page-plan";

panel("ss-due", SsDue, (element: SsDue) => { element.plan = planOfPage(); });
