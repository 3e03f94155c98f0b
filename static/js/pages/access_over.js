// The page that says that somebody's access was ended leaves nothing of the keys in this tab. What lies there could not be
// opened any more: the portal's half of its key is gone.

import { forget } from "./session/stored_tab.js";

forget();
