/** What `match` and `order` share, for a page that uses either. */

import { Cards } from "../activities/cards";

Object.assign((globalThis as unknown as { secondSight: object }).secondSight, { Cards });
