import { replayVectors } from "./replaying.js";

replayVectors("keyring");
