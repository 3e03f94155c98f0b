import { replayVectors } from "./replaying.js";

replayVectors("referral_state");
