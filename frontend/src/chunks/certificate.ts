import { panel } from "../kit";
import { SsCertificate } from "../panels/certificate";
import { planOfPage } from "../panels/page-plan";

panel("ss-certificate", SsCertificate, (element: SsCertificate) => { element.plan = planOfPage(); });
