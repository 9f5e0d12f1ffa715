/** JupyterLab, for the clinic: its charts would weigh on every other widget. */

import "../chunks/clinic";

export { default } from "./jupyter";
