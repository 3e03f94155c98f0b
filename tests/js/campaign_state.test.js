import { replayVectors } from "./replaying.js";

replayVectors("campaign_state");
