/** JupyterLab, for the clinic: its charts would weigh on every other widget. */

import "../chunks/clinic";
import "../chunks/vignette";

export { default } from "./jupyter";
