import { panel } from "../kit";
import { planOfPage } from "../panels/page-plan";
import { SsProgress } from "../panels/progress";

panel("ss-progress", SsProgress, (element: SsProgress) => { element.plan = planOfPage(); });
