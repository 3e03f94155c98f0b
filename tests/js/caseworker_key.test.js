import { replayVectors } from "./replaying.js";

replayVectors("caseworker_key");
