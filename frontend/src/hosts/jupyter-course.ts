/** JupyterLab, for what looks at the whole course: review, final check, progress, certificate, what is due. */

import "../chunks/certificate";
import "../chunks/due";
import "../chunks/final-check";
import "../chunks/progress";
import "../chunks/review";
import "../chunks/vignette";

export { default } from "./jupyter";
