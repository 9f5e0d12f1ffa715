import { panel } from "../kit";
import { SsFinalCheck } from "../panels/final-check";
import { bankOfPage, planOfPage } from "../panels/page-plan";

panel("ss-final-check", SsFinalCheck, (element: SsFinalCheck) => { Object.assign(element, { plan: planOfPage(), bank: bankOfPage() }); });
