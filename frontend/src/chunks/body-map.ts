import { panel } from "../kit";
import { SsBodyMap } from "../panels/body-map";

panel("ss-body-map", SsBodyMap);
