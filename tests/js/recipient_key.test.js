import { replayVectors } from "./replaying.js";

replayVectors("recipient_key");
