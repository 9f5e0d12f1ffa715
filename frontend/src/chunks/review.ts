import { panel } from "../kit";
import { bankOfPage, planOfPage } from "../panels/page-plan";
import { SsReview } from "../panels/review";

panel("ss-review", SsReview, (element: SsReview) => { Object.assign(element, { plan: planOfPage(), bank: bankOfPage() }); });
